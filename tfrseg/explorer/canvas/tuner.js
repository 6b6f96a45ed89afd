// The panel of `explore_augment`: operations, each with a control for each parameter, beside the viewer. Needs a kernel.
//
// model "panel": { rows, seed, mode, fault, back }; a row is { row, kind, doc, muted, open, error, controls };
// a control is { name, label, unit, tip, control, value, ... }, as `_control` of the chapter `tuner` tells it.
// What is asked is { tune: { do, row, name, value, kind, by, on, n } }; its answer bears `heard`, the number n.

// Sends one question after the other: the next when the last was answered, and of one slider only its last value.
function makeLine(model) {
  const queue = [];
  let number = 0,
    busy = 0,
    late;
  function next() {
    if (busy || !queue.length) return;
    busy = ++number;
    late = setTimeout(done, 20_000, busy); // a kernel that was interrupted does not answer
    model.send({ tune: { ...queue.shift(), n: busy } });
  }
  function done(heard) {
    if (heard !== busy) return;
    (clearTimeout(late), (busy = 0), next());
  }
  const ask = (message) => {
    const old = queue.findIndex((m) => m.do === "set" && message.do === "set" && m.row === message.row && m.name === message.name);
    if (old >= 0) queue[old] = message;
    else queue.push(message);
    next();
  };
  return { ask, done, idle: () => !busy && !queue.length };
}

// ---- controls: each has an element, `show(told)`, and calls `set(value)` when a hand has changed it

const pretty = (value) => `${+(+value).toPrecision(5)}`;
const labelled = (told, ...children) =>
  h("div", { className: "tfs-param", title: told.tip }, h("span", { className: "tfs-param-name" }, told.label, told.unit && h("small", {}, ` ${told.unit}`)), ...children);

// A slider and a box for the number. Where ends are far apart, positions of the slider are logarithmic.
function makeSlider(told, name, set) {
  const { low, high, log, whole, least, most } = told;
  const slider = h("input", { type: "range", ...(log ? { min: 0, max: 1000, step: 1 } : { min: low, max: high, step: told.step }), "aria-label": name, title: `${name}: ${told.tip}` });
  const box = h("input", { type: "number", className: "tfs-box", step: whole ? 1 : "any", "aria-label": `${name}, number`, title: `${name}: ${told.tip}` });
  const part = (value) => (high > low ? clamp((log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)), 0, 1) : 0);
  const valueOf = () => (log ? +(low * (high / low) ** (slider.value / 1000)).toPrecision(3) : +slider.value);
  slider.oninput = () => set(valueOf());
  box.onchange = () => {
    const value = clamp(box.value === "" ? low : +box.value, least ?? -Infinity, most ?? Infinity);
    set(whole ? Math.round(value) : value);
  };
  const show = (value) => {
    if (!log && !told.fixed) (value > +slider.max && (slider.max = value), value < +slider.min && (slider.min = value));
    slider.value = log ? 1000 * part(value) : value;
    if (document.activeElement !== box || +box.value !== value) box.value = pretty(value);
    slider.setAttribute("aria-valuetext", pretty(value));
  };
  return { slider, box, show, part };
}

function numberControl(told, set) {
  const one = makeSlider(told, told.label, (value) => (one.show(value), set(value)));
  return { element: labelled(told, one.slider, one.box), show: (now) => one.show(now.value) };
}

// (low, high) on one line: neither end passes the other.
function rangeControl(told, set) {
  let value = told.value;
  const take = (k) => (end) => {
    value = k ? [Math.min(value[0], end), end] : [end, Math.max(value[1], end)];
    (show({ value }), set(value));
  };
  const ends = told.ends.map((end, k) => makeSlider({ ...told, fixed: true }, `${told.label}, ${end}`, take(k)));
  const both = h("span", { className: "tfs-dual" }, ...ends.map((end) => end.slider));
  const show = (now) => {
    value = now.value;
    ends.forEach((end, k) => end.show(value[k]));
    both.style.setProperty("--tfs-from", ends[0].part(value[0]));
    both.style.setProperty("--tfs-to", ends[1].part(value[1]));
  };
  return { element: labelled(told, both, ...ends.map((end) => end.box)), show };
}

// Two numbers that do not depend on each other, such as height and width.
function numbersControl(told, set) {
  let value = told.value;
  const ends = told.ends.map((end, k) =>
    makeSlider(told, `${told.label}, ${end}`, (now) => ((value = value.map((old, n) => (n === k ? now : old))), ends[k].show(now), set(value))),
  );
  const lines = ends.map((end, k) => labelled({ ...told, label: told.ends[k] }, end.slider, end.box));
  return { element: h("div", { className: "tfs-params" }, ...lines), show: (now) => ((value = now.value), ends.forEach((end, k) => end.show(value[k]))) };
}

function choiceControl(told, set) {
  const box = h("select", { "aria-label": told.label, title: told.tip, onchange: () => set(told.choices[box.selectedIndex][0]) });
  box.append(...told.choices.map(([, word]) => h("option", {}, word)));
  return { element: labelled(told, box), show: (now) => void (box.selectedIndex = told.choices.findIndex(([value]) => value === now.value)) };
}

function checkControl(told, set) {
  const box = h("input", { type: "checkbox", "aria-label": told.label, title: told.tip, onchange: () => set(box.checked) });
  return { element: labelled(told, box), show: (now) => void (box.checked = now.value) };
}

// Some of a few: a button for each. The last one stays pressed.
function setControl(told, set) {
  let value = told.value;
  const turn = (one) => {
    const now = value.includes(one) ? value.filter((n) => n !== one) : [...value, one].sort((a, b) => a - b);
    if (now.length) (show({ value: now }), set(now));
  };
  const buttons = told.choices.map(([one, word]) => button(word, `${told.label} ${word}`, () => turn(one)));
  const show = (now) => {
    value = now.value;
    buttons.forEach((pressed, k) => pressed.setAttribute("aria-pressed", value.includes(told.choices[k][0])));
  };
  return { element: labelled(told, h("span", { className: "tfs-group tfs-some" }, ...buttons)), show };
}

function textControl(told, set) {
  const box = h("input", { type: "text", className: "tfs-text", "aria-label": told.label, title: told.tip, onchange: () => set(box.value) });
  return {
    element: labelled(told, box),
    show: (now) => {
      if (document.activeElement !== box) box.value = now.value;
    },
  };
}

const CONTROLS = {
  ...{ number: numberControl, range: rangeControl, numbers: numbersControl, choice: choiceControl },
  ...{ check: checkControl, set: setControl, text: textControl },
};

// ---- operations

// A drop-down with a button beside it, and a line that says what the choice does. Choosing alone changes nothing, so that keys can look through the choices.
function makeChooser(groups, label, act) {
  const told = new Map(Object.values(groups).flat()),
    box = h("select", { "aria-label": label }),
    said = h("div", { className: "tfs-doc" });
  for (const [name, offered] of Object.entries(groups)) {
    const options = offered.map(([value, doc]) => h("option", { value, title: doc }, value));
    box.append(...(name ? [h("optgroup", { label: name }, ...options)] : options));
  }
  const show = () => (said.textContent = box.title = told.get(box.value) ?? "");
  box.onchange = show;
  show();
  const press = button(label.split(" ")[0], label, () => act(box.value));
  return h("div", { className: "tfs-chooser" }, box, press, said);
}

// The cards of operations in a list, made anew only where their controls are others.
function makeCards(tuner, chooser) {
  const list = h("div", { className: "tfs-cards" }),
    cards = new Map(),
    element = h("div", { className: "tfs-inside" }, list, chooser);
  function show(rows) {
    const here = new Set(rows.map((row) => row.row));
    for (const [number, card] of cards) if (!here.has(number)) (card.element.remove(), cards.delete(number));
    rows.forEach((row, k) => {
      const shape = JSON.stringify([row.kind, row.controls.map(({ value, ...told }) => told)]),
        old = cards.get(row.row),
        isNew = old?.shape !== shape;
      if (isNew) {
        const card = { ...makeCard(tuner, row), shape };
        if (old) old.element.replaceWith(card.element);
        cards.set(row.row, card);
      }
      const { element } = cards.get(row.row),
        focused = element.contains(document.activeElement) && document.activeElement;
      if (list.children[k] !== element) (list.insertBefore(element, list.children[k] ?? null), focused && focused.focus({ preventScroll: true }));
      cards.get(row.row).show(row, k === 0, k === rows.length - 1, isNew || tuner.idle());
    });
  }
  return { element, show };
}

function makeCard(tuner, row) {
  const ask = (message) => tuner.ask({ row: row.row, ...message });
  const opener = h("button", { type: "button", className: "tfs-op", title: row.doc, onclick: () => ask({ do: "open", on: opener.getAttribute("aria-expanded") !== "true" }) });
  const mute = button("mute", `mute ${row.kind}`, () => ask({ do: "mute", on: mute.getAttribute("aria-pressed") !== "true" }), "tfs-mute"),
    up = button("\u2191", `move ${row.kind} up`, () => ask({ do: "move", by: -1 })),
    down = button("\u2193", `move ${row.kind} down`, () => ask({ do: "move", by: 1 })),
    off = button("\u00d7", `remove ${row.kind}`, remove);
  const error = h("div", { className: "tfs-error", role: "alert" });
  const parts = row.controls.map((told) => {
    if (told.control === "rows") return makeInside(tuner, row, told);
    return CONTROLS[told.control](told, (value) => ask({ do: "set", name: told.name, value }));
  });
  const body = h("div", { className: "tfs-op-body" }, ...parts.map((part) => part.element));
  const element = h("section", { className: "tfs-card", "aria-label": row.kind }, h("div", { className: "tfs-op-head" }, opener, mute, up, down, off), error, body);

  function remove() {
    const next = element.nextElementSibling ?? element.previousElementSibling;
    (next ?? tuner.element).querySelector("button")?.focus();
    ask({ do: "remove" });
  }

  // While a hand moves a slider, what the kernel knows of it is older than what the hand says.
  function show(now, first, last, withValues) {
    opener.textContent = `${now.open ? "\u25be" : "\u25b8"} ${now.kind}`;
    opener.setAttribute("aria-expanded", now.open);
    mute.setAttribute("aria-pressed", now.muted);
    ((up.disabled = first), (down.disabled = last), (off.hidden = up.hidden = down.hidden = row.alone));
    element.classList.toggle("tfs-muted", now.muted);
    ((error.textContent = now.error), (error.hidden = !now.error), (body.hidden = !now.open));
    parts.forEach((part, k) => (withValues || row.controls[k].control === "rows") && part.show(now.controls[k]));
  }

  return { element, show };
}

// Operations inside of an operation.
function makeInside(tuner, row, told) {
  const chooser = makeChooser(tuner.menu, told.single ? "replace operation" : "add operation", (kind) =>
    tuner.ask({ do: "add", row: row.row, name: told.name, kind }),
  );
  const cards = makeCards(tuner, chooser);
  return { element: cards.element, show: (now) => cards.show(now.value.map((one) => ({ ...one, alone: now.single }))) };
}

// ---- the panel, and its place beside the viewer

function makePanel(model) {
  const { menu, presets, modes } = model.get("meta").tuner;
  const tuner = { menu };
  const line = makeLine(model);
  Object.assign(tuner, { ask: line.ask, idle: line.idle });
  const ways = modes.map((mode, value) => button(mode, `show ${mode}`, () => line.ask({ do: "mode", value })));
  const seed = h("input", { type: "number", className: "tfs-seed", min: 0, step: 1, "aria-label": "seed", title: "seed of the draw", onchange: () => line.ask({ do: "seed", value: Math.round(+seed.value) }) });
  const dice = button("dice", "another seed", () => line.ask({ do: "dice" })),
    back = button("back", "the seed before", () => line.ask({ do: "back" }));
  const fault = h("div", { className: "tfs-error", role: "alert" });
  const cards = makeCards(tuner, makeChooser(menu, "add operation", (kind) => line.ask({ do: "add", kind })));
  const preset = makeChooser({ "": presets }, "use preset", (kind) => line.ask({ do: "preset", kind }));
  const element = h(
    "div",
    { className: "tfs tfs-panel", role: "group", "aria-label": "operations", onkeydown: (e) => e.stopPropagation() },
    h("div", { className: "tfs-panel-head" }, group(...ways), h("label", { className: "tfs-group" }, "seed", seed, dice, back), fault),
    cards.element,
    preset,
  );
  tuner.element = element;

  function show() {
    const { rows, ...now } = model.get("panel");
    cards.show(rows);
    ways.forEach((way, k) => way.setAttribute("aria-pressed", k === now.mode));
    if (document.activeElement !== seed) seed.value = now.seed;
    ((back.disabled = !now.back), (fault.textContent = now.fault), (fault.hidden = !now.fault));
  }

  const heard = (message) => message.heard !== undefined && line.done(message.heard);
  (model.on("msg:custom", heard), model.on("change:panel", show));
  show();
  return { element, stop: () => (model.off("msg:custom", heard), model.off("change:panel", show)) };
}

function mountTuner(el, model) {
  const view = h("div", { className: "tfs-tuner-view" }),
    panel = makePanel(model),
    words = h("div", { className: "tfs tfs-tuner-words" });
  el.replaceChildren(h("div", { className: "tfs-tuner" }, h("div", { className: "tfs-tuner-grid" }, view, panel.element, words)));
  const stop = mount(view, fromModel(model)),
    root = view.firstChild;
  words.append(...root.querySelectorAll(".tfs-note, .tfs-codebox"));
  const dress = () => (panel.element.dataset.theme = words.dataset.theme = root.dataset.theme);
  const skins = new MutationObserver(dress);
  skins.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  dress();
  return () => (skins.disconnect(), panel.stop(), stop());
}

export default { render: ({ model, el }) => mountTuner(el, model) };
