// Brightness, contrast and gamma of images; masks keep their colours.

function makeLight(v) {
  const sliders = [
    ["brightness", -1, 1],
    ["contrast", 0.2, 4],
    ["gamma", 0.2, 5],
  ].map(([name, min, max]) => {
    const said = h("output", { className: "tfs-value" });
    const slider = h("input", { type: "range", min, max, step: 0.05, "aria-label": name, className: `tfs-${name}` });
    slider.addEventListener("input", () => v.change({ light: { ...v.view.light, [name]: +slider.value } }));
    return { name, slider, said, row: h("label", { className: "tfs-light-row" }, name, slider, said) };
  });
  const reset = button("reset", "brightness, contrast and gamma as they were", () => v.change({ light: { ...DAYLIGHT } }));
  const panel = h("div", { className: "tfs-light tfs-popup", hidden: true }, ...sliders.map((s) => s.row), reset);
  const opener = button("light", "brightness, contrast and gamma of the image (l)", toggle, "tfs-lighter");

  function toggle() {
    panel.hidden = !panel.hidden;
    v.refresh();
    if (!panel.hidden) sliders[0].slider.focus();
  }

  function refresh() {
    for (const { name, slider, said } of sliders) {
      slider.value = v.view.light[name];
      said.textContent = (+slider.value).toFixed(2);
    }
    opener.setAttribute("aria-expanded", !panel.hidden);
    opener.classList.toggle("tfs-active", !isDaylight(v.view.light));
    opener.hidden = !v.looker.seen().some((p) => p.bitmap);
  }

  return {
    opener,
    panel,
    refresh,
    acts: { l: toggle },
    keys: [["l", "brightness, contrast and gamma"]],
    close: () => !panel.hidden && toggle(),
  };
}
