// The canvas of tfrseg: pictures and masks blended in the browser, as a Jupyter widget (anywidget) or in a page of its own.
// The files of this folder are one script, in the order that `_SCRIPT` of the chapter `viewer` gives. Text from data only ever
// becomes textContent. No build step, no library, nothing from the network.
//
// A record: { position, number, name, note, code, error, pictures: [{ title, width, height, image, mask, bits, map }] };
// image and mask are numbers of its buffers: the file of a picture, and ids compressed with zlib; -1 where there is none.
// A picture of other pixels has `bands` instead: { buffer, names, shown, low, step, ends, range, colors }, with 16 bits a value, band by band,
// compressed: 0 where nothing was measured, else 1 + (value - low) / step. Masks of classes that overlap have `sets`: the class ids of each id.
// `of` is the target that a picture shows; one target is looked at.
//
// A source: { meta, view, flagged, load(position), moved(record), keep(view), flag(number, on), select(query), relabel(message), listen(events) }.
// Flags are told as changes, so that two views do not undo each other's.
// meta.query says what is asked for: { text, filter, sort, asked }, in all views alike; asked is the mark of the view that asked last.
//
// A viewer `v` is made by `mount`: { source, view, record, wanted, ... } and its parts. A part is made by a function of `v`; it may have
// elements, `refresh()`, which is called after each change, `acts`, which are functions by key, and `keys`, which are lines of the help.

// An element with properties and children; strings become text. What takes the focus keeps its keys from JupyterLab.
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes("-")) element[key] = value;
    else element.setAttribute(key, value);
  }
  if (["button", "input", "select", "canvas", "textarea"].includes(tag)) element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children);
  return element;
}

const button = (label, title, act, cls = "") =>
  h("button", { type: "button", className: cls, title, "aria-label": title, onclick: act }, label);

const group = (...children) => h("span", { className: "tfs-group" }, ...children);
const space = () => h("span", { className: "tfs-space" });

// Choices of a box, and the one in force. What is there already is left alone: the user may have it open.
function offer(box, value, choices) {
  const signature = JSON.stringify(choices);
  if (box.dataset.choices !== signature) box.replaceChildren(...choices.map(([value, label]) => h("option", { value }, label)));
  box.dataset.choices = signature;
  if (box.value !== value) box.value = value;
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
const percentOf = (share) => (share > 0 && share < 0.001 ? "<0.1 %" : `${(100 * share).toFixed(1)} %`);
const hex = (rgb) => "#" + rgb.map((n) => n.toString(16).padStart(2, "0")).join("");
const rgbOf = (text) => [1, 3, 5].map((k) => parseInt(text.slice(k, k + 2), 16));

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
