// The gallery: thumbnails of all records that are shown, of which only those in view exist.

const THUMBS = 1500, // that are kept decoded
  CHUNK = 24, // records that are asked for at once
  TALLEST = 6_000_000, // pixels of a scrolled element, which browsers limit
  HEAD = 34; // pixels of the head of a group

function makeGallery(v) {
  const pane = h("div", { className: "tfs-pane" }),
    sizer = h("div", { className: "tfs-sizer" }, pane);
  const scroller = h(
    "div",
    { className: "tfs-gallery", hidden: true, tabIndex: 0, role: "listbox", "aria-label": "gallery", "aria-multiselectable": "true", onkeydown: press },
    sizer,
  );
  scroller.setAttribute("data-lm-suppress-shortcuts", "true");
  const opener = button("gallery", "many records at once (g)", toggle, "tfs-gallery-opener");
  const thumbs = new Map(), // "version/position": a decoded record
    cells = new Map(), // position: its element
    heads = new Map(), // group: its element
    asked = new Map(); // "version/chunk" that is on its way: when it was asked for
  let top = 0, // pixels above what is in view, of all rows
    set = -1, // the scroll position that was set last
    frame = 0,
    painted = "",
    laid = {},
    seen = 0, // how often groups were shown
    at = 0, // the position that has the focus
    anchor = 0; // where a range begins
  const name = `tfs-${Math.random().toString(36).slice(2)}`;

  const isOpen = () => !scroller.hidden;
  const version = () => v.source.meta.version ?? 0;
  const kept = (position) => thumbs.get(`${version()}/${position}`);

  function toggle() {
    if (opener.hidden) return;
    scroller.hidden = !scroller.hidden;
    v.stage.element.classList.toggle("tfs-away", isOpen());
    opener.setAttribute("aria-pressed", isOpen());
    if (isOpen()) {
      (measure(), choose(v.wanted), scroller.focus({ preventScroll: true }));
    } else v.stage.canvas.focus({ preventScroll: true });
    v.refresh();
  }

  // ---- where everything stands
  // A page of its own is filled to its end. True where that changed.
  function fitHeight() {
    if (!v.source.whole) return false;
    const high = `${Math.max(innerHeight - (v.root.offsetHeight - scroller.offsetHeight) - 26, 220)}px`;
    if (scroller.style.height === high) return false;
    scroller.style.height = high;
    return true;
  }

  function measure() {
    const { meta } = v.source;
    fitHeight();
    const width = Math.max(scroller.clientWidth - 8, 100),
      columns = Math.max(Math.floor((width + 8) / 158), 2),
      w = (width - 8 * (columns - 1)) / columns,
      high = Math.round(Math.min(w * 0.78, 160)),
      row = high + 32;
    let start = 0,
      y = 0;
    const groups = meta.groups?.length ? meta.groups : [[null, meta.count]];
    const parts = groups.map(([title, count]) => {
      const part = { title, count, start, y, head: title === null ? 0 : HEAD };
      ((start += count), (y += part.head + Math.ceil(count / columns) * row));
      return part;
    });
    const height = scroller.clientHeight;
    laid = { columns, w, high, row, parts, total: Math.max(y, 1), height };
    const scrolled = Math.min(laid.total, TALLEST);
    sizer.style.height = `${scrolled}px`;
    laid.scale = (laid.total - height) / Math.max(scrolled - height, 1);
    top = clamp(top, 0, Math.max(laid.total - height, 0));
  }

  const partAt = (key, value) => {
    let low = 0,
      high = laid.parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (laid.parts[middle][key] <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const place = (position) => {
    const part = laid.parts[partAt("start", position)],
      k = position - part.start;
    return { x: (k % laid.columns) * (laid.w + 8), y: part.y + part.head + Math.floor(k / laid.columns) * laid.row };
  };

  // The positions and groups between two heights.
  function between(low, high) {
    const positions = [],
      groups = [];
    for (let k = partAt("y", Math.max(low, 0)); k < laid.parts.length && laid.parts[k].y < high; k++) {
      const part = laid.parts[k],
        first = Math.max(Math.floor((low - part.y - part.head) / laid.row), 0),
        last = Math.ceil((high - part.y - part.head) / laid.row);
      if (part.head) groups.push(k);
      for (let p = first * laid.columns; p < Math.min(last * laid.columns, part.count); p++) positions.push(part.start + p);
    }
    return { positions, groups };
  }

  // ---- scrolling: the bar is coarser than the rows where there are very many of them
  function goTo(y) {
    top = clamp(y, 0, Math.max(laid.total - laid.height, 0));
    set = Math.round(top / Math.max(laid.scale, 1e-9));
    scroller.scrollTop = set;
    schedule();
  }
  scroller.addEventListener("scroll", () => {
    if (Math.abs(scroller.scrollTop - set) > 1) top = scroller.scrollTop * laid.scale;
    set = -1;
    schedule();
  });
  scroller.addEventListener(
    "wheel",
    (e) => {
      if (laid.scale <= 1.001 || e.ctrlKey) return;
      e.preventDefault();
      goTo(top + e.deltaY * (e.deltaMode === 1 ? 32 : 1));
    },
    { passive: false },
  );

  // ---- cells
  function schedule() {
    if (isOpen() && !frame) frame = requestAnimationFrame(draw);
  }

  function draw() {
    frame = 0;
    if (!isOpen() || !v.root.isConnected) return;
    if (fitHeight()) measure();
    const { positions, groups } = between(top, top + laid.height),
      wanted = new Set(positions),
      look = JSON.stringify([version(), v.view.alpha, v.view.hidden, v.view.solo, v.lit, v.view.outline, v.view.light, v.muted, v.source.meta.relabeled, v.source.meta.classes.length]);
    for (const [position, cell] of cells) if (!wanted.has(position)) (cell.remove(), cells.delete(position));
    for (const [k, head] of heads) if (!groups.includes(k)) (head.remove(), heads.delete(k));
    for (const k of groups) showHead(k);
    for (const position of positions) showCell(position, look);
    painted = look;
    ask(positions);
    scroller.setAttribute("aria-activedescendant", `${name}-${at}`);
    scroller.dataset.from = positions[0] ?? -1;
    scroller.dataset.missing = positions.filter((position) => !kept(position)).length;
  }

  function showHead(k) {
    const part = laid.parts[k];
    if (!heads.has(k)) {
      heads.set(k, h("div", { className: "tfs-group-head" }));
      pane.append(heads.get(k));
    }
    const text = `${part.title} \u00b7 ${part.count} ${part.count === 1 ? "record" : "records"}`;
    if (heads.get(k).textContent !== text) heads.get(k).textContent = text;
    heads.get(k).style.transform = `translate(0px, ${part.y - top}px)`;
  }

  function showCell(position, look) {
    const { x, y } = place(position),
      cell = cells.get(position) ?? makeCell(position),
      record = kept(position);
    cell.style.transform = `translate(${x}px, ${y - top}px)`;
    ((cell.style.width = `${laid.w}px`), (cell.style.height = `${laid.row - 8}px`), (cell.firstChild.style.height = `${laid.high}px`));
    const [low, high] = range();
    (cell.setAttribute("aria-selected", position >= low && position <= high), cell.classList.toggle("tfs-at", position === at));
    if (!record) return;
    const { marks } = v.source,
      tags = marks[record.number]?.tags ?? [],
      flagged = v.source.flagged.includes(record.number),
      said = JSON.stringify([record.number, flagged, tags, Boolean(marks[record.number]?.note)]);
    if (cell.dataset.said !== said) tell(cell, record, flagged, tags);
    cell.dataset.said = said;
    if (cell.dataset.look !== look) drawThumb(cell, record);
    cell.dataset.look = look;
  }

  function makeCell(position) {
    const cell = h("div", { className: "tfs-thumb", role: "option", id: `${name}-${position}`, onclick: (e) => click(e, position) }, h("span", { className: "tfs-thumb-box" }), h("span", { className: "tfs-caption" }));
    cell.dataset.position = position;
    cells.set(position, cell);
    pane.append(cell);
    return cell;
  }

  // Number, name, flag and tags.
  function tell(cell, record, flagged, tags) {
    const letters = [...record.name],
      cut = Math.max(letters.length - 8, 0),
      halves = [h("span", { className: "tfs-start" }, letters.slice(0, cut).join("")), h("span", {}, letters.slice(cut).join(""))];
    const marks = [...(flagged ? ["\u2691"] : []), ...tags.slice(0, 2), ...(tags.length > 2 ? [`+${tags.length - 2}`] : [])];
    cell.lastChild.replaceChildren(h("small", {}, `${record.number}`), h("bdi", {}, ...(cut > 2 ? halves : [record.name])));
    cell.title = [`record ${record.number}`, record.name, ...tags, record.error].filter(Boolean).join(" \u00b7 ");
    cell.setAttribute("aria-label", cell.title + (flagged ? ", flagged" : ""));
    cell.classList.toggle("tfs-thumb-flagged", flagged);
    cell.querySelector(".tfs-thumb-marks")?.remove();
    if (marks.length) cell.append(h("span", { className: "tfs-thumb-marks" }, ...marks.map((mark) => h("span", {}, mark))));
  }

  function drawThumb(cell, record) {
    const box = cell.firstChild,
      picture = record.pictures[0];
    if (!picture) return box.replaceChildren(h("span", { className: "tfs-thumb-error" }, record.error ?? "nothing to show"));
    const canvas = box.querySelector("canvas") ?? h("canvas", { "aria-hidden": "true" });
    if (!canvas.isConnected) box.replaceChildren(canvas);
    [canvas.width, canvas.height] = [picture.width, picture.height];
    const c = canvas.getContext("2d");
    if (picture.bitmap) c.drawImage(relit(picture, v.view.light), 0, 0);
    if (!picture.ids || v.muted || !v.view.alpha) return;
    paint(picture, colorsOf(picture), v.source.meta.ignore, v.view.outline, 1);
    c.globalAlpha = picture.bitmap ? (v.view.outline ? Math.min(1, 2 * v.view.alpha) : v.view.alpha) : 1;
    c.drawImage(picture.layer, 0, 0);
  }

  // Colours of the legend, and of classes that only this record has.
  function colorsOf(picture) {
    const known = v.legend.table(),
      only = v.lit ?? v.view.solo ?? null,
      more = [...picture.counts.keys()].filter((id) => !known.has(id) && (only === null ? !v.view.hidden.includes(id) : id === only));
    return [...v.legend.colorsOf(picture), ...more.map((id) => [id, v.legend.unnamed(id).color])];
  }

  // ---- thumbnails: chunks in view are asked for, at most two at a time; those that were scrolled past are not
  function ask(positions) {
    for (const [key, since] of asked) if (performance.now() - since > 10_000) asked.delete(key);
    for (const position of positions) {
      const chunk = Math.floor(position / CHUNK),
        key = `${version()}/${chunk}`;
      if (kept(position) || asked.has(key)) continue;
      if (asked.size >= 2) return;
      asked.set(key, performance.now());
      v.source.thumbs(chunk * CHUNK, CHUNK);
    }
  }

  // Thumbnails have come: [{ position, number, name, pictures }] and their buffers.
  async function take({ thumbs: records, from, version: of, decoded: are }, buffers) {
    const decoded = are ? records : await Promise.all(records.map((record) => decode(record, buffers).catch((e) => ({ ...record, pictures: [], error: e.message }))));
    for (const record of decoded) thumbs.set(`${of}/${record.position}`, record);
    for (const key of thumbs.keys()) {
      if (thumbs.size <= THUMBS) break;
      thumbs.delete(key);
    }
    asked.delete(`${of}/${Math.floor(from / CHUNK)}`);
    (schedule(), v.refresh());
  }

  // ---- choosing
  const range = () => [Math.min(at, anchor), Math.max(at, anchor)];

  // The numbers of the records that are chosen; null where the gallery is closed.
  function chosen() {
    if (!isOpen()) return null;
    const [low, high] = range(),
      numbers = [];
    for (let position = low; position <= high; position++) if (kept(position)) numbers.push(kept(position).number);
    return numbers;
  }

  function choose(position, extend = false) {
    at = clamp(position, 0, Math.max(v.source.meta.count - 1, 0));
    if (!extend) anchor = at;
    anchor = clamp(anchor, at - THUMBS / 2, at + THUMBS / 2);
    const { y } = place(at);
    if (y < top) goTo(y - (laid.parts[partAt("start", at)].head || 0));
    else if (y + laid.row > top + laid.height) goTo(y + laid.row - laid.height);
    (schedule(), v.refresh());
  }

  function click(e, position) {
    if (e.shiftKey) return (e.preventDefault(), choose(position, true));
    (choose(position), open());
  }

  function open() {
    const position = at;
    toggle();
    v.pager.turn(position);
  }

  function press(e) {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target !== scroller) return;
    const page = Math.max(Math.floor(laid.height / laid.row), 1) * laid.columns,
      steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -laid.columns, ArrowDown: laid.columns, PageUp: -page, PageDown: page, Home: -Infinity, End: Infinity };
    if (e.key in steps) choose(at + steps[e.key], e.shiftKey);
    else if (e.key === "Enter") open();
    else if (e.key === "Escape") toggle();
    else return;
    (e.preventDefault(), e.stopPropagation());
  }

  function refresh() {
    const { meta } = v.source;
    opener.hidden = !meta.finds || !v.source.thumbs || Boolean(meta.matrix);
    if ((meta.gallery ?? 0) > seen && !isOpen()) (((seen = meta.gallery), toggle()));
    seen = meta.gallery ?? 0;
    if (!isOpen()) return;
    const state = JSON.stringify([version(), meta.count, meta.groups?.length ?? 0]);
    if (scroller.dataset.state !== state) {
      scroller.dataset.state = state;
      for (const cell of cells.values()) cell.remove();
      (cells.clear(), heads.forEach((head) => head.remove()), heads.clear(), measure());
      if (at >= meta.count) at = anchor = Math.max(meta.count - 1, 0);
      goTo(top);
    }
    scroller.classList.toggle("tfs-empty", !meta.count);
    schedule();
  }

  // Other records are shown: from the first, or from the one in view.
  function renew(position) {
    ((at = anchor = position), asked.clear());
    if (isOpen()) (measure(), (top = 0), choose(position));
  }

  const resized = () => isOpen() && (measure(), goTo(top)),
    observer = new ResizeObserver(resized);
  observer.observe(scroller);
  addEventListener("resize", resized);

  return {
    ...{ element: scroller, opener, refresh, take, chosen, toggle, isOpen, schedule, renew },
    stop: () => (observer.disconnect(), removeEventListener("resize", resized), cancelAnimationFrame(frame)),
    acts: { g: toggle },
    keys: () => (v.source.meta.finds ? [["g", "gallery"], ["shift", "with arrows or a click: several records of it"]] : []),
  };
}
