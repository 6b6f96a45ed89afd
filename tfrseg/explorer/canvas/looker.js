// Targets and bands: which are looked at.

function makeLooker(v) {
  const target = h("select", {
    className: "tfs-target",
    "aria-label": "target to look at",
    onchange: () => v.change({ target: target.value }),
  });
  const bandBoxes = ["red", "green", "blue"].map((color) =>
    h("select", { className: "tfs-band", "aria-label": `band shown as ${color}`, title: `band shown as ${color}`, onchange: takeBands }),
  );
  const stretch = button("stretch", "stretch of values off, on (b)", () => v.change({ stretch: !v.view.stretch }), "tfs-stretch");
  const element = h("span", { className: "tfs-group tfs-looker", hidden: true }, target, ...bandBoxes, stretch);

  const pictures = () => v.record?.pictures ?? [];
  const targets = () => [...new Set(pictures().map((p) => p.of).filter(Boolean))];

  // The pictures of the target that is looked at; the first one where that is missing here.
  function seen() {
    const names = targets(),
      now = names.includes(v.view.target) ? v.view.target : names[0];
    return pictures().filter((p) => !p.of || p.of === now);
  }

  // Three numbers of bands, for red, green and blue; one alone is grey, of two the blue is missing (-1).
  function bandsOf(p) {
    const chosen = p.of === targets()[0] ? v.view.shown.filter((n) => n >= -1 && n < p.bands.names.length) : [],
      shown = chosen.length ? chosen : p.bands.shown;
    return shown.length === 1 ? [shown[0], shown[0], shown[0]] : [...shown, -1, -1].slice(0, 3);
  }

  const isField = (p) => p.bands?.colors && new Set(bandsOf(p)).size === 1;

  function refresh() {
    const names = targets(),
      main = seen().find((p) => p.bands);
    element.hidden = !main && names.length < 2;
    target.hidden = names.length < 2;
    offer(target, seen()[0]?.of ?? "", names.map((n) => [n, n]));
    const choose = main && main.of === names[0] && main.bands.names.length > 1;
    bandBoxes.forEach((box, k) => {
      box.hidden = !choose;
      if (!choose) return;
      const choices = main.bands.names.map((name, n) => [`${n}`, name]);
      offer(box, `${bandsOf(main)[k]}`, [...choices, ["-1", "\u2013"]]);
    });
    stretch.hidden = !main;
    stretch.setAttribute("aria-pressed", v.view.stretch);
  }

  function takeBands() {
    const shown = bandBoxes.map((box) => +box.value);
    if (shown.some((n) => n >= 0)) v.change({ shown });
    else v.refresh();
  }

  function nextTarget() {
    const names = targets();
    if (names.length > 1) v.change({ target: names[(names.indexOf(seen()[0]?.of) + 1) % names.length] });
  }

  return {
    element,
    seen,
    bandsOf,
    isField,
    refresh,
    acts: { d: nextTarget, b: () => !stretch.hidden && v.change({ stretch: !v.view.stretch }) },
    keys: [
      ["d", "next target, such as depth"],
      ["b", "stretch of values off, on"],
    ],
  };
}
