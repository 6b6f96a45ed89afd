// The viewer: its parts put together, keys, themes, and its life.

const FIRST_VIEW = {
  ...{ alpha: 0.5, hidden: [], solo: null, outline: false, side: false, wipe: false },
  ...{ theme: "", target: "", shown: [], stretch: true, light: { ...DAYLIGHT } },
};

// The overlay: how much of it, and how.
function makeOverlay(v) {
  const alpha = h("input", {
    ...{ type: "range", className: "tfs-alpha", min: 0, max: 100, step: 1, "aria-label": "overlay" },
    oninput: () => v.change({ alpha: alpha.value / 100 }),
  });
  const percent = h("output", { className: "tfs-percent" });
  const ways = [
    ["side", "side by side", "side by side or blended (s)"],
    ["wipe", "wipe", "image and overlay parted by a line that can be moved (w)"],
    ["outline", "outline", "outline or fill (o)"],
  ].map(([key, label, title]) => [key, button(label, title, () => turn(key), `tfs-${key}`)]);
  const turn = (key) => v.change({ ...(key === "outline" ? {} : { side: false, wipe: false }), [key]: !v.view[key] });
  const shift = (by) => v.change({ alpha: clamp(v.view.alpha + by, 0, 1) });

  function refresh() {
    const masks = v.looker.seen().some((p) => p.ids);
    ((alpha.value = Math.round(v.view.alpha * 100)), (percent.textContent = `${alpha.value} %`), (alpha.disabled = !masks));
    for (const [key, pressed] of ways) (pressed.setAttribute("aria-pressed", v.view[key]), (pressed.disabled = !masks));
  }

  return {
    elements: [h("label", { className: "tfs-group" }, "overlay", alpha, percent), group(...ways.map(([, pressed]) => pressed))],
    refresh,
    acts: {
      o: () => turn("outline"),
      s: () => turn("side"),
      w: () => turn("wipe"),
      " ": () => ((v.muted = !v.muted), v.stage.schedule()),
      "[": () => shift(-0.05),
      "]": () => shift(0.05),
    },
    keys: [
      ["[ ]", "overlay weaker, stronger"],
      ["space", "overlay off, on"],
      ["o", "outline or fill"],
      ["s", "side by side or blended"],
      ["w", "wipe"],
    ],
  };
}

// Notes and code of a record.
function makeTexts(v) {
  const note = h("div", { className: "tfs-note" }),
    code = h("pre", { className: "tfs-code" });
  const copy = button("copy", "copy the code", async () => {
    getSelection().selectAllChildren(code); // where the page may not write to the clipboard, the user can
    try {
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = "copied";
    } catch {
      copy.textContent = "selected";
    }
  });
  const box = h("div", { className: "tfs-codebox" }, copy, code);

  function refresh() {
    const { record } = v;
    if (!record) return;
    ((note.textContent = record.note ?? ""), (note.hidden = !record.note));
    if (code.textContent !== (record.code ?? "")) ((code.textContent = record.code ?? ""), (copy.textContent = "copy"));
    box.hidden = !record.code;
    const said = [v.pager.name.textContent, record.note, record.error].filter(Boolean);
    v.stage.canvas.setAttribute("aria-label", said.join(" "));
  }

  return { elements: [note, box], refresh, acts: {}, keys: [] };
}

// The keys, by name and in words.
function makeHelp(v) {
  const list = h("dl", { className: "tfs-help" }),
    panel = h("div", { className: "tfs-help-box tfs-popup", hidden: true }, list);
  const opener = button("?", "keys (?)", toggle, "tfs-helper");

  function toggle() {
    const lines = [...v.parts.flatMap((part) => (typeof part.keys === "function" ? part.keys() : part.keys)), ["t", "dark or light"], ["?", "these keys"]];
    list.replaceChildren(...lines.flatMap(([key, what]) => [h("dt", {}, key), h("dd", {}, what)]));
    panel.hidden = !panel.hidden;
    opener.setAttribute("aria-expanded", !panel.hidden);
  }

  return { opener, panel, close: () => !panel.hidden && toggle(), toggle };
}

function hostTheme() {
  const { dataset, classList } = document.body;
  if (dataset.jpThemeLight) return dataset.jpThemeLight === "true" ? "light" : "dark";
  if (classList.contains("vscode-dark") || classList.contains("vscode-light")) return classList.contains("vscode-dark") ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// The viewer in an element. Returns a function that takes it away.
export function mount(el, source) {
  const v = { source, record: null, wanted: 0, turning: false, muted: false, lit: null, waiting: "", held: false };
  v.view = { ...FIRST_VIEW, ...source.view };
  let painted = source.meta.classes; // whose colours are those of the masks in view

  v.change = (part) => {
    Object.assign(v.view, part);
    if ("outline" in part || "hidden" in part || "solo" in part) v.stage.repaint();
    source.keep({ ...v.view });
    v.refresh();
  };

  v.refresh = () => {
    status.textContent = source.meta.status || v.waiting;
    title.textContent = source.meta.heading ?? "";
    about.textContent = (source.meta.about ?? []).join(" \u00b7 ");
    headline.hidden = !title.textContent && !about.textContent;
    v.root.dataset.theme = v.view.theme || hostTheme();
    if (painted !== source.meta.classes) v.stage.repaint();
    painted = source.meta.classes;
    for (const part of v.parts) part.refresh?.();
    showState();
    v.stage.schedule();
  };

  // Nothing to be seen: why, and a way out.
  function showState() {
    const { record } = v,
      ways = [];
    if (!source.meta.count && source.meta.finds) ways.push(["show all records", v.finder.reset]);
    if (record?.again) ways.push(["try again", () => v.pager.renew(v.wanted)]);
    v.stage.say(record?.error, ways);
  }

  const status = h("span", { className: "tfs-status" }),
    title = h("span", { className: "tfs-title" }),
    about = h("span", { className: "tfs-about" }),
    headline = h("div", { className: "tfs-bar tfs-headline" }, title, about);
  v.looker = makeLooker(v);
  v.stage = makeStage(v);
  v.legend = makeLegend(v);
  v.finder = makeFinder(v);
  v.facets = makeFacets(v);
  v.gallery = makeGallery(v);
  v.flags = makeFlags(v);
  v.tags = makeTags(v);
  v.pager = makePager(v);
  v.light = makeLight(v);
  v.overlay = makeOverlay(v);
  v.texts = makeTexts(v);
  v.matrix = makeMatrix(v);
  v.repair = makeRepair(v);
  v.address = makeAddress(v);
  v.parts = [v.pager, v.flags, v.tags, v.overlay, v.legend, v.light, v.looker, v.stage, v.finder, v.matrix, v.repair, v.facets, v.gallery, v.texts, v.address];
  const help = makeHelp(v);
  const turnTheme = () => v.change({ theme: v.root.dataset.theme === "dark" ? "light" : "dark" });
  v.stage.element.append(help.panel, v.light.panel);
  v.root = h(
    "div",
    { className: "tfs", onkeydown: press },
    headline,
    h(
      "div",
      { className: "tfs-bar" },
      ...[v.pager.element, v.pager.name, v.flags.element, v.tags.opener, v.tags.said, space(), v.matrix.chip, v.matrix.model],
      ...[v.finder.element, group(v.facets.opener, v.gallery.opener), status],
    ),
    v.tags.element,
    h("div", { className: "tfs-stage" }, v.facets.element, v.stage.element, v.matrix.element, v.gallery.element, v.legend.element),
    h(
      "div",
      { className: "tfs-bar" },
      ...[v.looker.element, ...v.overlay.elements, v.matrix.opener, v.light.opener, ...v.repair.elements, v.stage.zoomers, space(), v.stage.readout],
      button("\u25d0", "dark or light (t)", turnTheme, "tfs-theme"),
      help.opener,
    ),
    ...v.texts.elements,
  );
  el.replaceChildren(v.root);

  v.lookOn = () => (v.gallery.isOpen() ? v.gallery.element : v.stage.canvas).focus({ preventScroll: true });
  const escape = () => (help.close(), v.light.close(), v.tags.close(), v.lookOn());
  const acts = Object.assign({}, ...v.parts.map((part) => part.acts), { t: turnTheme, "?": help.toggle, Escape: escape });

  // Keys of the viewer are not those of the notebook around it.
  function press(e) {
    e.stopPropagation();
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const typed = e.target.matches("input:not([type=range]), select, textarea") && e.key !== "Escape";
    const sliding = e.target.matches("input[type=range]") && /^(Arrow|Home|End|Page)/.test(e.key);
    const pressing = e.target.matches("button") && (e.key === " " || e.key === "Enter");
    if (!typed && !sliding && !pressing && acts[e.key]) (e.preventDefault(), acts[e.key]());
  }

  const observer = new ResizeObserver(v.stage.schedule);
  observer.observe(v.stage.element);
  const skins = new MutationObserver(v.refresh);
  skins.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  const quiet = source.listen({
    go: (position) => ((v.held = false), v.pager.go(position)),
    refresh: v.refresh,
    push: async ({ record, buffers }) => {
      const known = new Map((v.record?.pictures ?? []).filter((p) => p.kept).map((p) => [p.kept, p])),
        asked = record.pictures.filter((p) => p.same);
      if (asked.some((p) => !known.has(p.kept))) return v.pager.renew(record.position);
      v.pager.push(await decode(record, buffers, known));
    },
    told: ({ position, ...said }) => {
      if (v.record?.position === position) (Object.assign(v.record, said), v.refresh());
    },
    view: (given) => {
      Object.assign(v.view, given);
      v.stage.repaint();
      v.refresh();
    },
    renew: (position) => (v.pager.renew(position), v.gallery.renew(v.wanted)),
    facets: v.facets.take,
    thumbs: v.gallery.take,
  });
  // What the picture shows anew, thumbnails do, too.
  const { schedule } = v.stage;
  v.stage.schedule = () => (schedule(), v.gallery.schedule());
  (v.refresh(), v.pager.go(source.place ?? source.meta.position ?? 0), v.address.start());
  return () => (observer.disconnect(), skins.disconnect(), quiet?.(), v.stage.stop(), v.gallery.stop(), v.address.stop());
}
