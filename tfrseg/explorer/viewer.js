// The canvas of tfrseg: pictures and masks blended in the browser, as a Jupyter widget (anywidget) or in a page of its own.
// Text from data only ever becomes textContent. No build step, no library, nothing from the network.
//
// A record: { position, number, name, note, code, error, pictures: [{ title, width, height, image, mask, bits, map }] };
// image and mask are numbers of its buffers: the file of a picture, and ids compressed with zlib; -1 where there is none.
// A picture of other pixels has `bands` instead: { buffer, names, shown, low, step, ends, range, colors }, with 16 bits a value, band by band,
// compressed: 0 where nothing was measured, else 1 + (value - low) / step. Masks of classes that overlap have `sets`: the class ids of each id.
// `of` is the target that a picture shows; one target is looked at.
// A source: { meta, view, flagged, load(position), moved(record), keep(view), flag(number, on), select(query), listen(events) }.
// Flags are told as changes, so that two views do not undo each other's.
// meta.query says what is asked for: { text, filter, sort, asked }, in all views alike; asked is the mark of the view that asked last.

const CACHE = 9,
  ROWS = 300, // of a legend or a list of choices
  TITLE = 20,
  GAP = 6;
const KEYS = [
  ["\u2190 \u2192", "previous, next record"],
  ["Home End", "first, last record"],
  ["f", "flag this record"],
  ["[ ]", "overlay weaker, stronger"],
  ["space", "overlay off, on"],
  ["o", "outline or fill"],
  ["s", "side by side or blended"],
  ["1 \u2026 9", "class off, on"],
  ["d", "next target, such as depth"],
  ["b", "stretch of values off, on"],
  ["+ \u2212", "zoom; also wheel on the picture"],
  ["0", "fit"],
  ["z", "one pixel to one pixel"],
  ["t", "dark or light"],
  ["?", "these keys"],
];

// An element with properties and children; strings become text. What takes the focus keeps its keys from JupyterLab.
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes("-")) element[key] = value;
    else element.setAttribute(key, value);
  }
  if (["button", "input", "select", "canvas"].includes(tag)) element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children);
  return element;
}

const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
const debounce = (wait, act) => {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait, ...args);
  };
};
const number5 = (x) => `${+x.toPrecision(5)}`;
const hex = (rgb) => "#" + rgb.map((n) => n.toString(16).padStart(2, "0")).join("");

// The colour of a class id, as `default_colors` of the chapter `palette` gives it: 32 colours, each round of them moved in a direction of its own.
const CLASS_COLORS = (
  "56b4e9 999900 bbeecc bb0055 ccee00 2244ff 77aa77 336611 99eeff 779999 99dd77 227799 ccbbcc 996655 ff9999 9966dd " +
  "ffaa33 aa00aa ee77cc aa8844 22cc99 666677 ffddaa ff22aa aaccff 009977 ffdd55 009922 7799ff aa6600 ccdddd cc6677"
).split(" ");
function classColor(id) {
  id %= 65536;
  if (id === 255 || id === 65535) return [224, 224, 192];
  const rgb = [0, 2, 4].map((k) => parseInt(CLASS_COLORS[id % 32].slice(k, k + 2), 16));
  for (let level = 0; level < 5; level++)
    for (let channel = 0; channel < 3; channel++) rgb[channel] ^= (((id >> 5) >> (3 * level + channel)) & 1) << (4 - level);
  return rgb;
}

async function inflate(bytes, bits) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  return bits === 16 ? new Uint16Array(buffer) : new Uint8Array(buffer);
}

function histogram(ids) {
  const counts = new Map(),
    table = new Uint32Array(ids instanceof Uint16Array ? 65536 : 256);
  for (let i = 0; i < ids.length; i++) table[ids[i]]++;
  table.forEach((n, id) => {
    if (n) counts.set(id, n);
  });
  return counts;
}

// A record with its pictures decoded: bitmaps, ids, and the pixels of each class.
async function decode(record, buffers) {
  const once = (make) => {
    const made = new Map();
    return (k) => {
      if (!made.has(k)) made.set(k, make(k));
      return made.get(k);
    };
  };
  const plain = { imageOrientation: "none", colorSpaceConversion: "none" };
  const bitmap = once((k) => createImageBitmap(new Blob([buffers[k]]), plain));
  const values = once((k) => inflate(buffers[k], 16));
  const pictures = await Promise.all(
    (record.pictures ?? []).map(async (p) => ({
      ...p,
      key: p.bands ? `bands ${p.bands.buffer}` : p.image,
      planes: p.bands && (await values(p.bands.buffer)),
      bitmap: p.bands ? new OffscreenCanvas(p.width, p.height) : p.image < 0 ? null : await bitmap(p.image),
      ids: p.mask < 0 ? null : await inflate(buffers[p.mask], p.bits),
    })),
  );
  for (const p of pictures) p.counts = p.ids ? byClass(histogram(p.ids), p.sets) : new Map();
  return { ...record, pictures };
}

// The pixels of each class, where an id stands for a set of classes.
function byClass(counts, sets) {
  if (!sets) return counts;
  const found = new Map();
  for (const [id, n] of counts) for (const c of sets[id]) found.set(c, (found.get(c) ?? 0) + n);
  return found;
}

// The values that are black and white of a band: the ends of the stretch, or the range of the dtype.
const endsOf = (bands, n, stretch) => (stretch ? bands.ends : bands.range)[n];
const valueOf = (bands, n, q) => bands.low[n] + (q - 1) * bands.step[n];

// Bands as a picture: up to three of them in red, green and blue, or one in the colours of fields; chequered where nothing was measured.
function compose(picture, shown, stretch, colors) {
  const { planes, width, height, bands } = picture,
    size = width * height,
    out = new Uint8ClampedArray(4 * size);
  const levels = shown.map((n) => {
    const table = new Uint8ClampedArray(65536);
    if (n < 0) return table;
    const [low, high] = endsOf(bands, n, stretch);
    for (let q = 1; q < 65536; q++) table[q] = high > low ? (255 * (valueOf(bands, n, q) - low)) / (high - low) : 127;
    return table;
  });
  const first = shown.map((n) => (n < 0 ? -1 : n * size));
  for (let i = 0, at = 0; i < size; i++, at += 4) {
    out[at + 3] = 255;
    if (first.some((start) => start >= 0 && !planes[start + i])) {
      out[at] = out[at + 1] = out[at + 2] = ((i % width >> 2) + (Math.floor(i / width) >> 2)) % 2 ? 144 : 96;
      continue;
    }
    for (let k = 0; k < 3; k++) out[at + k] = first[k] < 0 ? 0 : levels[k][planes[first[k] + i]];
    if (colors) [out[at], out[at + 1], out[at + 2]] = colors[out[at]];
  }
  picture.bitmap.getContext("2d").putImageData(new ImageData(out, width, height), 0, 0);
}

// Colours that add, as light does.
const mix = (colors) => [0, 1, 2].map((k) => Math.min(255, colors.reduce((sum, c) => sum + c[k], 0)));

// Ids in colours on a canvas of the picture's own size: areas or outlines; the ignore label is hatched.
function paint(picture, colors, ignore, outline, reach) {
  const { ids, width, height } = picture,
    out = new Uint32Array(width * height);
  picture.layer ??= new OffscreenCanvas(width, height);
  const lut = new Uint32Array(ids instanceof Uint16Array ? 65536 : 256);
  const word = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  const { sets } = picture,
    known = new Map(colors);
  if (sets)
    sets.forEach((set, id) => {
      const seen = set.filter((c) => known.has(c));
      if (seen.length) lut[id] = word(mix(seen.map((c) => known.get(c))));
    });
  else for (const [id, color] of colors) lut[id] = word(color);
  if (outline && sets)
    for (const [c, color] of colors) {
      const inside = Uint32Array.from(sets, (set) => (set.includes(c) ? word(color) : 0));
      if (picture.counts.has(c)) outlines(out, Uint32Array.from(ids, (id) => inside[id] && 1), [0, word(color)], width, height, reach);
    }
  else if (outline) outlines(out, ids, lut, width, height, reach);
  else for (let i = 0; i < out.length; i++) out[i] = lut[ids[i]];
  const unknown = sets ? sets.findIndex((set) => set.includes(ignore)) : ignore;
  if (!outline && lut[unknown] && picture.counts.has(ignore)) hatch(out, ids, unknown, width, Math.max(2, 3 * reach));
  picture.layer.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(out.buffer), width, height), 0, 0);
}

function outlines(out, ids, lut, width, height, reach) {
  const down = reach * width;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const id = ids[i];
      if (
        lut[id] &&
        ((x >= reach && ids[i - reach] !== id) ||
          (x + reach < width && ids[i + reach] !== id) ||
          (y >= reach && ids[i - down] !== id) ||
          (y + reach < height && ids[i + down] !== id))
      )
        out[i] = lut[id];
    }
}

function hatch(out, ids, ignore, width, stripe) {
  for (let i = 0; i < out.length; i++)
    if (ids[i] === ignore && Math.floor(((i % width) + Math.floor(i / width)) / stripe) % 2) out[i] = 0;
}

// The viewer in an element. Returns a function that takes it away.
export function mount(el, source) {
  const view = { alpha: 0.5, hidden: [], outline: false, side: false, theme: "", target: "", shown: [], stretch: true, ...source.view };
  const pose = { zoom: 1, x: 0.5, y: 0.5 };
  const cache = new Map();
  let record = null,
    wanted = 0,
    turning = false,
    cells = [],
    muted = false,
    frame = 0,
    version = 0,
    typing = false,
    awaited = "",
    filled = null;

  // ---- what there is to see and press
  const canvas = h("canvas", { className: "tfs-canvas", tabIndex: 0, role: "img" });
  const name = h("span", { className: "tfs-name" }),
    note = h("div", { className: "tfs-note" });
  const readout = h("span", { className: "tfs-readout" }),
    status = h("span", { className: "tfs-status" });
  const total = h("span", { className: "tfs-total" });
  const number = h("input", {
    type: "number",
    className: "tfs-number",
    min: 0,
    title: "position, from 0",
    "aria-label": "position",
    onchange: () => turn(+number.value),
  });
  const button = (label, title, act, cls = "") =>
    h("button", { type: "button", className: cls, title, "aria-label": title, onclick: act }, label);
  const before = button("\u2039", "previous record (\u2190)", () => turn(wanted - 1)),
    after = button("\u203a", "next record (\u2192)", () => turn(wanted + 1));
  const flag = button("\u2691 flag", "flag this record (f)", toggleFlag, "tfs-flag");
  const alpha = h("input", {
    type: "range",
    className: "tfs-alpha",
    min: 0,
    max: 100,
    step: 1,
    "aria-label": "overlay",
    oninput: () => change({ alpha: alpha.value / 100 }),
  });
  const percent = h("output", { className: "tfs-percent" });
  const outline = button("outline", "outline or fill (o)", () => change({ outline: !view.outline }), "tfs-outline");
  const side = button("side by side", "side by side or blended (s)", () => change({ side: !view.side }), "tfs-side");
  const target = h("select", { className: "tfs-target", "aria-label": "target to look at", onchange: () => change({ target: target.value }) });
  const bandBoxes = ["red", "green", "blue"].map((color) =>
    h("select", { className: "tfs-band", "aria-label": `band shown as ${color}`, title: `band shown as ${color}`, onchange: takeBands }),
  );
  const stretch = button("stretch", "stretch of values off, on (b)", () => change({ stretch: !view.stretch }), "tfs-stretch");
  const looker = h("span", { className: "tfs-group tfs-looker", hidden: true }, target, ...bandBoxes, stretch);
  const legend = h("div", { className: "tfs-legend" });
  const text = h("input", {
    type: "search",
    className: "tfs-search",
    placeholder: "name\u2026",
    "aria-label": "search by name",
    oninput: () => {
      typing = true;
      selectSoon();
    },
  });
  const selectSoon = debounce(250, () => typing && select());
  const filter = h("select", { className: "tfs-filter", "aria-label": "which records", onchange: select });
  const sort = h("select", { className: "tfs-sort", "aria-label": "order", onchange: select });
  const clear = button("clear", "all records, in order", () => select({ text: "", filter: "", sort: "" }), "tfs-clear");
  const code = h("pre", { className: "tfs-code" });
  const copy = button("copy", "copy the code", async () => {
    getSelection().selectAllChildren(code); // where the page may not write to the clipboard, the user can
    try {
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = "copied";
    } catch {
      copy.textContent = "selected";
    }
  });
  const codeBox = h("div", { className: "tfs-codebox" }, copy, code);
  const help = h(
    "dl",
    { className: "tfs-help", hidden: true },
    ...KEYS.flatMap(([k, what]) => [h("dt", {}, k), h("dd", {}, what)]),
  );
  const pager = h("span", { className: "tfs-group" }, before, number, total, after);
  const finder = h("span", { className: "tfs-group" }, text, filter, sort, clear);
  const root = h(
    "div",
    { className: "tfs", onkeydown: press },
    h("div", { className: "tfs-bar" }, pager, name, flag, h("span", { className: "tfs-space" }), finder, status),
    h("div", { className: "tfs-stage" }, h("div", { className: "tfs-view" }, canvas, help), legend),
    h(
      "div",
      { className: "tfs-bar" },
      looker,
      h("label", { className: "tfs-group" }, "overlay", alpha, percent),
      side,
      outline,
      h(
        "span",
        { className: "tfs-group" },
        button("\u2212", "zoom out (\u2212)", () => zoom(1 / 1.5)),
        button("fit", "fit (0)", fit, "tfs-fit"),
        button("+", "zoom in (+)", () => zoom(1.5)),
      ),
      h("span", { className: "tfs-space" }),
      readout,
      button("\u25d0", "dark or light (t)", turnTheme, "tfs-theme"),
      button("?", "keys (?)", () => {
        help.hidden = !help.hidden;
      }),
    ),
    note,
    codeBox,
  );
  el.replaceChildren(root);

  // ---- state
  function change(part) {
    Object.assign(view, part);
    if ("outline" in part || "hidden" in part) repaint();
    source.keep({ ...view });
    refresh();
  }

  function refresh() {
    const meta = source.meta,
      flagged = record && source.flagged.includes(record.number);
    total.textContent = `of ${meta.count}`;
    pager.hidden = meta.count < 2;
    ((flag.hidden = !meta.flags || !meta.count), (finder.hidden = !meta.finds));
    ((number.max = meta.count - 1), (before.disabled = wanted <= 0), (after.disabled = wanted >= meta.count - 1));
    if (document.activeElement !== number) number.value = wanted;
    (flag.setAttribute("aria-pressed", flagged), root.classList.toggle("tfs-flagged", flagged));
    (outline.setAttribute("aria-pressed", view.outline), side.setAttribute("aria-pressed", view.side));
    ((alpha.value = Math.round(view.alpha * 100)), (percent.textContent = `${alpha.value} %`));
    status.textContent = meta.status ?? "";
    showQuery();
    root.dataset.theme = view.theme || hostTheme();
    if (record) (showTexts(), showLegend(), showLooker());
    schedule();
  }

  // ---- targets and bands: which are looked at
  const targets = () => [...new Set((record?.pictures ?? []).map((p) => p.of).filter(Boolean))];

  // The pictures of the target that is looked at; the first one where that is missing here.
  function seen() {
    const names = targets(),
      now = names.includes(view.target) ? view.target : names[0];
    return (record?.pictures ?? []).filter((p) => !p.of || p.of === now);
  }

  // Three numbers of bands, for red, green and blue; one alone is grey, of two the blue is missing (-1).
  function bandsOf(p) {
    const chosen = p.of === targets()[0] ? view.shown.filter((n) => n >= -1 && n < p.bands.names.length) : [],
      shown = chosen.length ? chosen : p.bands.shown;
    return shown.length === 1 ? [shown[0], shown[0], shown[0]] : [...shown, -1, -1].slice(0, 3);
  }

  const isField = (p) => p.bands?.colors && new Set(bandsOf(p)).size === 1;

  function showLooker() {
    const names = targets(),
      main = seen().find((p) => p.bands);
    looker.hidden = !main && names.length < 2;
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
    stretch.setAttribute("aria-pressed", view.stretch);
  }

  function takeBands() {
    const shown = bandBoxes.map((box) => +box.value);
    if (shown.some((n) => n >= 0)) change({ shown });
    else refresh();
  }

  function nextTarget() {
    const names = targets();
    if (names.length > 1) change({ target: names[(names.indexOf(seen()[0]?.of) + 1) % names.length] });
  }

  function showTexts() {
    const said = [record.name && h("bdi", {}, record.name), source.meta.numbered && record.number >= 0 && `record ${record.number}`];
    name.replaceChildren(...said.filter(Boolean).flatMap((part, k) => (k ? [" \u00b7 ", part] : [part])));
    name.title = name.textContent;
    ((note.textContent = record.note ?? ""), (note.hidden = !record.note));
    if (code.textContent !== (record.code ?? "")) ((code.textContent = record.code ?? ""), (copy.textContent = "copy"));
    codeBox.hidden = !record.code;
    canvas.setAttribute("aria-label", [name.textContent, record.note, record.error].filter(Boolean).join(" "));
  }

  // ---- records: asked for when wanted, neighbours ahead of time
  function fetchRecord(position) {
    const key = `${version}/${position}`;
    if (!cache.has(key)) {
      const found = source.load(position).then(({ record, buffers }) => decode(record, buffers));
      cache.set(key, found);
      found.catch(() => cache.delete(key));
    }
    while (cache.size > CACHE) cache.delete(cache.keys().next().value);
    return cache.get(key);
  }

  // The user turns to another record: that stands, even where the list is renewed before it is shown.
  function turn(position) {
    turning = true;
    return go(position);
  }

  async function go(position) {
    if (!source.meta.count) {
      record = { number: -1, name: "", pictures: [], error: source.meta.empty };
      wanted = 0;
      return refresh();
    }
    wanted = clamp(Number.isFinite(position) ? Math.round(position) : 0, 0, source.meta.count - 1);
    const asked = version;
    let found;
    try {
      found = await fetchRecord(wanted);
    } catch (e) {
      found = { position, number: -1, name: "", pictures: [], error: `cannot be shown: ${e.message}` };
    }
    if (asked !== version || found.position !== wanted) return;
    show(found);
    source.moved(found);
    for (const next of [wanted + 1, wanted - 1])
      if (next >= 0 && next < source.meta.count) fetchRecord(next).catch(() => {});
  }

  function show(found) {
    ((record = found), (turning = false));
    repaint();
    refresh();
  }

  function toggleFlag() {
    if (!record || record.number < 0 || !source.meta.flags) return;
    source.flag(record.number, !source.flagged.includes(record.number));
    refresh();
  }

  // Asks for other records. The answer bears the mark of the question; until it comes, the boxes show what was asked.
  function select(query) {
    typing = turning = false;
    awaited = `${Math.random()}`;
    finder.setAttribute("aria-busy", "true");
    const part = query?.sort === undefined ? {} : query; // or an event
    const asked = { text: text.value, filter: filter.value, sort: sort.value, ...part, asked: awaited };
    (fill(asked), (filled = null));
    source.select(asked);
  }

  function showQuery() {
    const query = source.meta.query ?? {};
    if (filled === source.meta || typing || (awaited && query.asked !== awaited)) return;
    awaited = "";
    finder.removeAttribute("aria-busy");
    (fill(query), (filled = source.meta));
  }

  // The boxes say what is in force, and offer it where they did not.
  function fill(query) {
    const named = source.meta.classes.filter((c) => c.id !== source.meta.ignore).slice(0, ROWS);
    const names = new Map(named.map((c) => [`${c.id}`, c.name]));
    const label = (value) =>
      value
        .split(" ")
        .map((word) => (word === "flagged" ? word : `with ${names.get(word) ?? `class ${word}`}`))
        .join(", ");
    const values = ["", "flagged", ...names.keys()],
      now = query.filter ?? "";
    if (!values.includes(now)) values.push(now);
    offer(filter, now, values.map((value) => [value, value ? label(value) : "all records"]));
    offer(sort, query.sort ?? "", [
      ["", "in order"],
      ["rarest", "rarest class first"],
      ["largest", "largest area first"],
    ]);
    if (text.value !== (query.text ?? "")) text.value = query.text ?? "";
    for (const box of [text, filter, sort]) box.classList.toggle("tfs-active", box.value !== "");
    clear.hidden = !(text.value || now || query.sort);
  }

  // Choices of a box, and the one in force. What is there already is left alone: the user may have it open.
  function offer(box, value, choices) {
    const signature = JSON.stringify(choices);
    if (box.dataset.choices !== signature) box.replaceChildren(...choices.map(([value, label]) => h("option", { value }, label)));
    box.dataset.choices = signature;
    if (box.value !== value) box.value = value;
  }

  // ---- classes
  const tables = new WeakMap(); // there may be 65,000 classes
  function byId(classes) {
    if (!tables.has(classes)) tables.set(classes, new Map(classes.map((c) => [c.id, c])));
    return tables.get(classes);
  }

  function table(map) {
    const known = byId(map ? source.meta.maps[map] : source.meta.classes);
    const ids = map ? [] : seen().filter((p) => !p.map).flatMap((p) => [...p.counts.keys()]);
    const more = ids.filter((id) => !known.has(id)).map((id) => [id, unnamed(id)]);
    return more.length ? new Map([...known, ...more]) : known;
  }

  const unnamed = (id) => ({ id, name: id === source.meta.ignore ? "ignored" : `class ${id}`, color: classColor(id) });

  function repaint() {
    for (const p of record?.pictures ?? []) p.stale = true;
  }

  function colorsOf(picture) {
    const hidden = new Set(view.hidden);
    const shown = [...table(picture.map).values()].filter((c) => picture.map || !hidden.has(c.id));
    return shown.filter((c) => !c.clear).map((c) => [c.id, c.color]);
  }

  function showLegend() {
    const counts = new Map(),
      main = seen().find((p) => p.ids && !p.map);
    for (const [id, n] of main?.counts ?? []) counts.set(id, n / main.ids.length);
    const every = [...table().values()].sort((a, b) => a.id - b.id);
    let room = Math.max(ROWS - counts.size, 0); // those of this record, and some of the others
    const rows = every.filter((c) => counts.has(c.id) || every.length <= ROWS || room-- > 0),
      more = every.length - rows.length;
    const signature = JSON.stringify([rows.map((c) => [c.id, c.name, c.color]), view.hidden, [...counts]]);
    if (legend.dataset.signature === signature) return;
    const focused = legend.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    legend.dataset.signature = signature;
    legend.hidden = !rows.length || !main;
    const all = button("all", "show all classes", () => change({ hidden: [] })),
      none = button("none", "hide all classes", () => change({ hidden: every.map((c) => c.id) }));
    legend.replaceChildren(
      h("div", { className: "tfs-head" }, "classes", h("span", { className: "tfs-space" }), all, none),
      ...rows.map((c) => legendRow(c, counts.get(c.id))),
      ...(more ? [h("div", { className: "tfs-more" }, `and ${more} more`)] : []),
    );
    if (focused !== null) legend.querySelector(`[data-id="${focused}"]`)?.focus();
  }

  function legendRow(c, share) {
    const on = !view.hidden.includes(c.id),
      swatch = h("i", {});
    swatch.style.background = hex(c.color);
    const row = h(
      "button",
      { type: "button", className: "tfs-class", title: `${c.id} ${c.name}`, onclick: () => toggle(c.id) },
      swatch,
      h("span", {}, c.name),
      h("small", {}, share === undefined ? "" : share < 0.001 ? "<0.1 %" : `${(100 * share).toFixed(1)} %`),
    );
    (row.setAttribute("aria-pressed", on), (row.dataset.id = c.id));
    row.classList.toggle("tfs-absent", share === undefined);
    return row;
  }

  function toggle(id) {
    change({ hidden: view.hidden.includes(id) ? view.hidden.filter((n) => n !== id) : [...view.hidden, id] });
  }

  // ---- drawing
  function makeCells() {
    const cells = [],
      drawn = new Set();
    for (const p of seen()) {
      if (view.side && p.bitmap && p.ids && !drawn.has(p.key))
        cells.push({ picture: p, image: true, mask: false, title: p.plain ?? "image" });
      drawn.add(p.key);
      cells.push({ picture: p, image: true, mask: true, title: p.title });
    }
    return cells;
  }

  // Columns that give the largest pictures, or nearly so in one row, and the height they need.
  function arrange() {
    cells = makeCells();
    const width = Math.max(canvas.parentElement.clientWidth, 120),
      limit = clamp(innerHeight * 0.68, 220, 860);
    const w = Math.max(...cells.map((c) => c.picture.width), 1),
      high = Math.max(...cells.map((c) => c.picture.height), 1);
    const titled = cells.length > 1 && cells.some((c) => c.title) ? TITLE : 0;
    let best = {};
    for (let columns = 1; columns <= Math.max(cells.length, 1); columns++) {
      const rows = Math.ceil(Math.max(cells.length, 1) / columns);
      const cw = (width - GAP * (columns - 1)) / columns,
        ch = (limit - (GAP + titled) * rows) / rows;
      const scale = Math.min(cw / w, ch / high),
        worth = rows === 1 ? 1.3 * scale : scale; // one row is easier to compare
      if (worth > (best.worth ?? 0))
        best = { worth, scale, columns, rows, cw, ch: clamp(high * scale, Math.min(120, ch), ch) };
    }
    const height = best.rows * (best.ch + titled) + GAP * (best.rows - 1);
    cells.forEach((c, k) =>
      Object.assign(c, {
        w: best.cw,
        h: best.ch,
        x: (k % best.columns) * (best.cw + GAP),
        y: Math.floor(k / best.columns) * (best.ch + titled + GAP) + titled,
      }),
    );
    return { width, height };
  }

  function place(cell) {
    const { picture: p } = cell,
      scale = Math.min(cell.w / p.width, cell.h / p.height) * pose.zoom;
    const w = Math.max(p.width * scale, 1),
      high = Math.max(p.height * scale, 1);
    return { scale, w, h: high, x: cell.x + cell.w / 2 - pose.x * w, y: cell.y + cell.h / 2 - pose.y * high };
  }

  function schedule() {
    if (!frame) frame = requestAnimationFrame(draw);
  }

  function draw() {
    frame = 0;
    if (!record || !root.isConnected || !canvas.parentElement.clientWidth) return;
    const size = arrange(),
      ratio = devicePixelRatio || 1,
      c = canvas.getContext("2d");
    const pixels = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) {
      [canvas.width, canvas.height] = pixels;
      canvas.style.height = `${size.height}px`;
    }
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, size.width, size.height);
    ((c.fillStyle = "#8290a5"), (c.font = "12px system-ui, sans-serif"));
    for (const cell of cells) drawCell(c, cell);
    if (record.error) drawError(c, size);
    canvas.dataset.shown = record.number;
  }

  function drawCell(c, cell) {
    const at = place(cell),
      p = cell.picture;
    if (cell.title && cells.length > 1) c.fillText(cell.title, cell.x + 2, cell.y - 6, cell.w - 4);
    c.save();
    (c.beginPath(), c.rect(cell.x, cell.y, cell.w, cell.h), c.clip());
    c.imageSmoothingEnabled = at.scale < 1.5;
    if (p.bands) composeOnce(p);
    if (p.bitmap) c.drawImage(p.bitmap, at.x, at.y, at.w, at.h);
    if (cell.mask && p.ids && !muted && view.alpha > 0) {
      const reach = Math.max(1, Math.round((1.6 / at.scale) * pose.zoom));
      if (p.stale || p.reach !== reach) paint(p, colorsOf(p), source.meta.ignore, view.outline, reach);
      ((p.stale = false), (p.reach = reach));
      c.globalAlpha = view.outline ? Math.min(1, 2 * view.alpha) : view.alpha;
      c.drawImage(p.layer, at.x, at.y, at.w, at.h);
    }
    c.restore();
    if (isField(p)) drawBar(c, cell, p);
  }

  function composeOnce(p) {
    const asked = JSON.stringify([bandsOf(p), view.stretch]);
    if (p.composed !== asked) compose(p, bandsOf(p), view.stretch, isField(p) ? p.bands.colors : null);
    p.composed = asked;
  }

  // The colours of a field with the values at both ends.
  function drawBar(c, cell, p) {
    const [low, high] = endsOf(p.bands, bandsOf(p)[0], view.stretch),
      { colors } = p.bands,
      x = cell.x + 10,
      y = cell.y + cell.h - 34;
    c.save();
    ((c.fillStyle = "rgb(0 0 0 / 60%)"), c.fillRect(x - 4, y - 4, 138, 32));
    colors.forEach((color, k) => ((c.fillStyle = hex(color)), c.fillRect(x + (k * 130) / colors.length, y, 2, 10)));
    ((c.fillStyle = "#ffffff"), c.fillText(number5(low), x, y + 23));
    ((c.textAlign = "right"), c.fillText(number5(high), x + 130, y + 23));
    c.restore();
  }

  function drawError(c, size) {
    c.textAlign = "center";
    const words = record.error.split(/(?<=[ /])/).flatMap((word) => word.match(/.{1,40}/gsu) ?? []),
      lines = [""];
    for (const word of words) {
      if (c.measureText(lines.at(-1) + word).width > size.width - 40) lines.push("");
      lines[lines.length - 1] += word;
    }
    lines.forEach((line, k) => c.fillText(line, size.width / 2, size.height / 2 + 18 * (k - (lines.length - 1) / 2)));
    c.textAlign = "start";
  }

  // ---- zoom, pan, reading off pixels
  function fit() {
    Object.assign(pose, { zoom: 1, x: 0.5, y: 0.5 });
    schedule();
  }

  function zoom(factor, cell = cells[0], px = cell ? cell.x + cell.w / 2 : 0, py = cell ? cell.y + cell.h / 2 : 0) {
    if (!cell) return;
    const old = place(cell),
      u = (px - old.x) / old.w,
      v = (py - old.y) / old.h;
    pose.zoom = clamp(
      pose.zoom * factor,
      1,
      Math.max(64, (2 * Math.max(cell.picture.width, cell.picture.height)) / 100),
    );
    const now = place(cell);
    ((pose.x = clamp(u + (cell.x + cell.w / 2 - px) / now.w, 0, 1)),
      (pose.y = clamp(v + (cell.y + cell.h / 2 - py) / now.h, 0, 1)));
    if (pose.zoom === 1) pose.x = pose.y = 0.5;
    schedule();
  }

  const locate = (e) => {
    const box = canvas.getBoundingClientRect(),
      x = e.clientX - box.left,
      y = e.clientY - box.top;
    const cell = cells.find((c) => x >= c.x && x < c.x + c.w && y >= c.y && y < c.y + c.h);
    return { x, y, cell };
  };

  const probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function read(e) {
    const { x, y, cell } = locate(e),
      p = cell?.picture,
      at = cell && place(cell);
    const px = p ? Math.floor(((x - at.x) / at.w) * p.width) : -1,
      py = p ? Math.floor(((y - at.y) / at.h) * p.height) : -1;
    if (!p || px < 0 || py < 0 || px >= p.width || py >= p.height) {
      readout.replaceChildren();
      return;
    }
    const words = [`x ${px}  y ${py}`],
      gap = "  \u00b7  ";
    if (p.bands) words.push(gap, valuesAt(p, py * p.width + px));
    else if (p.bitmap) {
      probe.drawImage(p.bitmap, px, py, 1, 1, 0, 0, 1, 1);
      words.push(gap, hex([...probe.getImageData(0, 0, 1, 1).data].slice(0, 3)));
    }
    const swatch = h("i", {});
    if (p.ids) {
      const id = p.ids[py * p.width + px],
        here = (p.sets ? p.sets[id] : [id]).map((c) => table(p.map).get(c) ?? unnamed(c));
      words.push(gap, p.sets ? "" : `${id} `, h("bdi", {}, here.map((c) => c.name).join(" + ") || (p.sets ? "no class" : "")));
      swatch.style.background = hex(mix(here.map((c) => c.color)));
    }
    readout.replaceChildren(...words, " ", p.ids ? swatch : "");
  }

  // The values of the bands that are shown, in the unit of the pixels.
  function valuesAt(p, at) {
    const size = p.width * p.height;
    const words = [...new Set(bandsOf(p))].filter((n) => n >= 0).map((n) => {
      const q = p.planes[n * size + at];
      return q ? `${p.bands.names.length > 1 ? `${p.bands.names[n]} ` : ""}${number5(valueOf(p.bands, n, q))}` : null;
    });
    return words.includes(null) ? "not measured" : words.join("  ");
  }

  let held = null;
  canvas.addEventListener("pointerdown", (e) => {
    held = locate(e);
    canvas.focus();
    canvas.setPointerCapture(e.pointerId);
  });
  canvas.addEventListener("pointerup", () => {
    held = null;
  });
  canvas.addEventListener("pointerleave", () => readout.replaceChildren());
  canvas.addEventListener("dblclick", fit);
  canvas.addEventListener("pointermove", (e) => {
    read(e);
    if (!held?.cell || pose.zoom === 1) return;
    const now = locate(e),
      at = place(held.cell);
    ((pose.x = clamp(pose.x - (now.x - held.x) / at.w, 0, 1)),
      (pose.y = clamp(pose.y - (now.y - held.y) / at.h, 0, 1)));
    held = { ...held, x: now.x, y: now.y };
    schedule();
  });
  canvas.addEventListener(
    "wheel",
    (e) => {
      if (document.activeElement !== canvas && !e.ctrlKey) return;
      e.preventDefault();
      const { x, y, cell } = locate(e);
      zoom(Math.exp(-e.deltaY / 300), cell, x, y);
    },
    { passive: false },
  );

  function actualSize() {
    const cell = cells[0];
    if (cell) zoom(1 / (place(cell).scale * (devicePixelRatio || 1)));
  }

  // ---- keys, theme
  const acts = {
    ArrowLeft: () => turn(wanted - 1),
    ArrowRight: () => turn(wanted + 1),
    Home: () => turn(0),
    End: () => turn(source.meta.count - 1),
    f: toggleFlag,
    o: () => change({ outline: !view.outline }),
    s: () => change({ side: !view.side }),
    d: nextTarget,
    b: () => !stretch.hidden && change({ stretch: !view.stretch }),
    " ": () => {
      muted = !muted;
      schedule();
    },
    "[": () => change({ alpha: clamp(view.alpha - 0.05, 0, 1) }),
    "]": () => change({ alpha: clamp(view.alpha + 0.05, 0, 1) }),
    "+": () => zoom(1.5),
    "=": () => zoom(1.5),
    "-": () => zoom(1 / 1.5),
    0: fit,
    z: actualSize,
    t: turnTheme,
    "?": () => {
      help.hidden = !help.hidden;
    },
  };
  function press(e) {
    e.stopPropagation();
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const typed = e.target.matches("input[type=search], input[type=number], select");
    const sliding = e.target.matches("input[type=range]") && /^(Arrow|Home|End|Page)/.test(e.key);
    const pressing = e.target.matches("button") && (e.key === " " || e.key === "Enter");
    if (typed || sliding || pressing) return;
    const classes = [...table().values()].sort((a, b) => a.id - b.id);
    const act = /^[1-9]$/.test(e.key) ? classes[+e.key - 1] && (() => toggle(classes[+e.key - 1].id)) : acts[e.key];
    if (act) (e.preventDefault(), act());
  }

  function hostTheme() {
    const { dataset, classList } = document.body;
    if (dataset.jpThemeLight) return dataset.jpThemeLight === "true" ? "light" : "dark";
    if (classList.contains("vscode-dark") || classList.contains("vscode-light"))
      return classList.contains("vscode-dark") ? "dark" : "light";
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  function turnTheme() {
    change({ theme: root.dataset.theme === "dark" ? "light" : "dark" });
  }

  // ---- life
  const observer = new ResizeObserver(schedule);
  observer.observe(canvas.parentElement);
  const skins = new MutationObserver(refresh);
  skins.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  const quiet = source.listen({
    go,
    refresh,
    push: async (message) => {
      const found = await decode(message.record, message.buffers);
      (cache.clear(), (wanted = found.position));
      show(found);
    },
    view: (given) => {
      Object.assign(view, given);
      repaint();
      refresh();
    },
    renew: (position) => {
      (version++, cache.clear(), refresh(), go(turning ? wanted : position));
    },
  });
  (refresh(), go(source.place ?? source.meta.position ?? 0));
  return () => {
    (observer.disconnect(), skins.disconnect(), quiet?.(), cancelAnimationFrame(frame));
  };
}

// A list of flags with changes that are on their way.
const changed = (flagged, pending) =>
  [...flagged.filter((n) => pending.get(n) !== false), ...[...pending].filter(([n, on]) => on && !flagged.includes(n)).map(([n]) => n)].sort(
    (a, b) => a - b,
  );

// A source that asks the kernel.
function fromModel(model) {
  const waiting = new Map(),
    bytes = (b) => new Uint8Array(b.buffer ?? b, b.byteOffset ?? 0, b.byteLength);
  const save = debounce(250, () => model.save_changes());
  const pending = new Map(); // flags that were told, and not yet heard of
  return {
    get meta() {
      return model.get("meta");
    },
    get flagged() {
      return changed(model.get("flagged"), pending);
    },
    get place() {
      return model.get("position");
    },
    view: model.get("view"),
    load: (position) =>
      new Promise((resolve) => {
        waiting.set(position, [...(waiting.get(position) ?? []), resolve]);
        model.send({ load: position });
      }),
    moved: (record) => model.send({ moved: record.number, position: record.position }),
    keep: (view) => {
      model.set("view", view);
      save();
    },
    flag: (number, on) => {
      pending.set(number, on);
      model.send(on ? { flagged: [number] } : { unflagged: [number] });
    },
    select: (query) => model.send({ select: query }),
    listen(events) {
      const heard = (message, buffers) => {
        if (message.go !== undefined) return events.go(message.go);
        const got = { record: message.record, buffers: buffers.map(bytes) };
        if (message.push) return events.push(got);
        if (message.version !== model.get("meta").version) return;
        for (const resolve of waiting.get(message.record.position) ?? []) resolve(got);
        waiting.delete(message.record.position);
      };
      let last = model.get("meta").version;
      const meta = () => {
        const now = model.get("meta");
        if (now.version === last) return events.refresh();
        ((last = now.version), waiting.clear());
        events.renew(now.position ?? 0);
      };
      const view = () => events.view(model.get("view")),
        flagged = () => {
          const now = model.get("flagged");
          for (const [number, on] of pending) if (now.includes(number) === on) pending.delete(number);
          events.refresh();
        };
      (model.on("msg:custom", heard),
        model.on("change:meta", meta),
        model.on("change:view", view),
        model.on("change:flagged", flagged));
      return () => {
        (model.off("msg:custom", heard),
          model.off("change:meta", meta),
          model.off("change:view", view),
          model.off("change:flagged", flagged));
      };
    },
  };
}

// A source that stands in the page: records with their buffers in base64.
export function fromPage({ meta, view, records }) {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return {
    meta,
    view,
    flagged: [],
    moved() {},
    keep() {},
    flag() {},
    select() {},
    listen() {},
    load: async (position) => ({ record: records[position].record, buffers: records[position].buffers.map(bytes) }),
  };
}

// A source that asks the server which the page came from. A record comes as the length of its JSON, the JSON, and the buffers.
export async function fromServer() {
  const answer = async (path, message) => {
    const found = await fetch(path, message && { method: "POST", body: JSON.stringify(message) });
    if (!found.ok) throw new Error((await found.text()).trim());
    return found;
  };
  const ask = async (path, message) => (await answer(path, message)).json();
  let { meta, view, flagged } = await ask("meta"),
    events,
    timer = 0;
  const pending = new Map(); // flags that were told, and not yet heard of
  const told = (now) => {
    if (now.meta.version < meta.version) return; // answers may overtake each other
    const last = meta.version;
    ((meta = { ...meta, ...now.meta }), (flagged = now.flagged)); // without the classes, which stay
    if (meta.version === last) events.refresh();
    else events.renew(meta.position ?? 0);
    if (meta.status && !timer) timer = setTimeout(() => ((timer = 0), hear("news")), 500);
  };
  const hear = (path, message) => ask(path, message).then(told, gone);
  const gone = () => {
    ((meta = { ...meta, status: "the server has ended" }), events.refresh());
  };
  return {
    view,
    get meta() {
      return meta;
    },
    get flagged() {
      return changed(flagged, pending);
    },
    async load(position) {
      const data = await (await answer(`record?position=${position}`)).arrayBuffer(),
        length = new DataView(data).getUint32(0, true);
      const { record, sizes } = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
      let start = 4 + length;
      return { record, buffers: sizes.map((size) => new Uint8Array(data, (start += size) - size, size)) };
    },
    moved: (record) => hear("tell", { moved: record.number, position: record.position }),
    keep() {},
    async flag(number, on) {
      pending.set(number, on);
      await hear("tell", on ? { flagged: [number] } : { unflagged: [number] });
      if (pending.get(number) === on) pending.delete(number);
      events.refresh();
    },
    select: (query) => hear("tell", { select: query }),
    listen(given) {
      events = given;
      if (meta.status) told({ meta, flagged });
    },
  };
}

export default { render: ({ model, el }) => mount(el, fromModel(model)) };
