// Facets: histograms of the records that were found, which filter by a click, by keys or by a drag over their bars.

function makeFacets(v) {
  const element = h("div", { className: "tfs-facets", hidden: true, role: "group", "aria-label": "filters" }),
    opener = button("filters", "histograms that filter (q)", toggle, "tfs-facets-opener");
  let facets = null,
    told = "",
    shown = "",
    share = null, // the class whose shares are shown
    dragged = false; // a pointer is down over a histogram, whose bars stay until it ends

  function toggle() {
    if (opener.hidden) return;
    element.hidden = !element.hidden;
    dragged = false;
    (opener.setAttribute("aria-expanded", !element.hidden), (told = ""));
    if (element.hidden) v.source.facets(false);
    v.refresh();
    if (element.hidden && v.root.contains(document.activeElement)) opener.focus({ preventScroll: true });
  }

  // Asks anew where other records are shown, or more is known of them.
  function refresh() {
    const { meta, flagged, marks } = v.source;
    opener.hidden = !meta.finds || !v.source.facets || Boolean(meta.matrix);
    if (element.hidden || opener.hidden) return;
    const wanted = v.finder.query().classes ?? [];
    if (!wanted.some(([id]) => id === share)) share = wanted.at(-1)?.[0] ?? null;
    const asked = JSON.stringify([meta.version, meta.count, meta.status, meta.query, flagged.length, marks, share]);
    if (asked !== told) v.source.facets({ share });
    told = asked;
    show();
  }

  // Where not all records are scanned yet, more is known soon.
  function take(given) {
    facets = given;
    show();
    if (facets.scanned < facets.records) askSoon();
  }
  const askSoon = debounce(500, () => ((told = ""), refresh()));

  // ---- what is shown
  function show() {
    if (!facets || element.hidden || dragged) return;
    const query = v.finder.query(),
      state = JSON.stringify([facets, query, share, v.source.meta.classes.map((c) => [c.id, c.name, c.color])]);
    if (state === shown) return;
    shown = state;
    const had = element.contains(document.activeElement) ? document.activeElement.dataset.key : null,
      { scrollTop } = element;
    element.replaceChildren(...sections(query));
    element.scrollTop = scrollTop;
    if (had) (element.querySelector(`[data-key="${CSS.escape(had)}"]`) ?? element).focus({ preventScroll: true });
  }

  function sections(query) {
    const partly = facets.scanned < facets.records ? `${facets.scanned.toLocaleString("en")} of ${facets.records.toLocaleString("en")} scanned` : "";
    return [
      section("classes", classRows(query)),
      ...(facets.share && facets.share.id === share ? [shareSection(query)] : []),
      section("longer side, pixels", [histogram("size", facets.size, pixelWords, query.size && inclusive(query.size), (low, high) => v.finder.ask({ size: low === null ? undefined : [low, Math.max(high - 1, low)] }), 1)]),
      section("split", facets.splits.length > 1 ? facets.splits.map((bar) => listRow("splits", bar, query)) : []),
      section("tags", facets.tags.map((bar) => listRow("tags", bar, query))),
      section("records", [["flagged", "flagged"], ["empty", "empty mask"], ["unreadable", "unreadable"]].map(([key, label]) => factRow(key, label, query))),
      ...(partly ? [h("div", { className: "tfs-more tfs-partly" }, partly)] : []), // last: nothing moves when it goes
    ];
  }

  const section = (title, rows) => (rows.length ? h("section", {}, h("div", { className: "tfs-facet-head" }, title), ...rows) : "");

  // One bar as a button: how many of all records that are so were found.
  function row(key, label, found, all, most, pressed, act, swatch = null) {
    const bar = h("span", { className: "tfs-bar-all" }, h("span", { className: "tfs-bar-found" }));
    bar.style.width = `${(100 * all) / Math.max(most, 1)}%`;
    bar.firstChild.style.width = `${(100 * found) / Math.max(all, 1)}%`;
    const made = h(
      "button",
      { type: "button", className: "tfs-facet", title: `${label}: ${found.toLocaleString("en")} of ${all.toLocaleString("en")} records`, onclick: act },
      ...(swatch ? [swatch] : []),
      h("span", { className: "tfs-facet-name" }, h("bdi", {}, label)),
      h("small", {}, found.toLocaleString("en")),
      bar,
    );
    (made.setAttribute("aria-pressed", pressed), (made.dataset.key = key));
    return made;
  }

  function classRows(query) {
    const ids = new Map((query.classes ?? []).map((range) => [range[0], range])),
      bars = facets.classes.filter(([id]) => id !== v.source.meta.ignore),
      most = Math.max(...bars.map(([, , all]) => all), 1);
    return bars.map(([id, found, all]) => {
      const swatch = h("i", {}),
        { color } = v.legend.table().get(id) ?? v.legend.unnamed(id);
      swatch.style.setProperty("--tfs-class", hex(color));
      return row(`class ${id}`, v.finder.className(id), found, all, most, ids.has(id), () => turnClass(id), swatch);
    });
  }

  function turnClass(id) {
    const classes = v.finder.query().classes ?? [],
      without = classes.filter(([other]) => other !== id);
    share = id;
    v.finder.ask({ classes: without.length < classes.length ? without : [...classes, [id, 0, 1]] });
  }

  function shareSection(query) {
    const range = (query.classes ?? []).find(([id]) => id === share),
      limits = range && (range[1] > 0 || range[2] < 1) ? [range[1], range[2]] : null;
    const pick = (low, high) => {
      const others = (v.finder.query().classes ?? []).filter(([id]) => id !== share);
      v.finder.ask({ classes: [...others, [share, low ?? 0, high ?? 1]] });
    };
    return section(`share of ${v.finder.className(share)}`, [histogram("share", facets.share, wordsOfShare, limits, pick)]);
  }

  function listRow(key, [name, found, all], query) {
    const chosen = query[key] ?? [],
      on = chosen.includes(name);
    const act = () => v.finder.ask({ [key]: on ? chosen.filter((other) => other !== name) : [...chosen, name] });
    return row(`${key} ${name}`, name, found, all, Math.max(...facets[key].map((bar) => bar[2])), on, act);
  }

  // Yes, no, or either: one press after another.
  function factRow(key, label, query) {
    const now = query[key],
      next = now === undefined ? true : now ? false : undefined,
      [found, all] = facets[key];
    return row(key, now === false ? `not ${label}` : label, found, all, facets.scanned, now !== undefined, () => v.finder.ask({ [key]: next }));
  }

  const pixelWords = (n) => `${n}`;
  const inclusive = ([low, high]) => [low, high + 1];

  // Bars over a range: a press takes one, a drag or Shift several, the same again none.
  function histogram(key, { edges, found, all }, words, limits, pick, last = 0) {
    const end = (edge) => words(edge - last); // whole numbers: the end of a bar is the one before the next
    const most = Math.max(...all, 1);
    let from = null;
    const isIn = (k) => limits && edges[k] >= limits[0] && edges[k + 1] <= limits[1];
    const take = (a, b) => {
      const [low, high] = [edges[Math.min(a, b)], edges[Math.max(a, b) + 1]];
      if (limits && limits[0] === low && limits[1] === high) pick(null, null);
      else pick(low, high);
    };
    const anchor = () => (limits ? Math.max(edges.findIndex((edge) => edge >= limits[0]), 0) : null);
    const bars = all.map((total, k) => {
      const label = `${words(edges[k])} to ${end(edges[k + 1])}: ${found[k].toLocaleString("en")} of ${total.toLocaleString("en")} records`;
      const part = h("span", { className: "tfs-column-found" }),
        column = h("span", { className: "tfs-column-all" }, part);
      column.style.height = `${total ? Math.max((100 * total) / most, 4) : 0}%`;
      part.style.height = `${(100 * found[k]) / Math.max(total, 1)}%`;
      const bar = button("", label, (e) => e.detail === 0 && take(e.shiftKey ? (anchor() ?? k) : k, k), "tfs-column");
      bar.append(column);
      (bar.setAttribute("aria-pressed", Boolean(isIn(k))), (bar.dataset.key = `${key} ${k}`));
      bar.addEventListener("pointerdown", (e) => ((from = e.shiftKey ? (anchor() ?? k) : k), (dragged = true), bar.releasePointerCapture(e.pointerId), mark(from, k)));
      bar.addEventListener("pointerenter", () => from !== null && mark(from, k));
      bar.addEventListener("pointerup", () => from !== null && letGo(from, k));
      return bar;
    });
    const mark = (a, b) => bars.forEach((bar, k) => bar.classList.toggle("tfs-marked", k >= Math.min(a, b) && k <= Math.max(a, b)));
    const letGo = (...taken) => {
      ((from = null), (dragged = false), mark(1, 0));
      if (taken.length) take(...taken);
      show();
    };
    const columns = h("div", { className: "tfs-columns", onpointerleave: () => letGo() }, ...bars),
      ends = h("div", { className: "tfs-ends" }, h("span", {}, words(edges[0])), h("span", {}, limits ? `${words(limits[0])} to ${end(limits[1])}` : ""), h("span", {}, end(edges.at(-1))));
    return h("div", { className: "tfs-histogram" }, columns, ends);
  }

  return { element, opener, refresh, take, toggle, isOpen: () => !element.hidden, acts: { q: () => opener.hidden || toggle() }, keys: () => (v.source.meta.finds ? [["q", "histograms that filter"]] : []) };
}
