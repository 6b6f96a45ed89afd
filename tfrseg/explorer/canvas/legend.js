// Classes: names, colours and shares; hidden, alone or lit up; edited.

const ROWS = 300; // of a legend or a list of choices

function makeLegend(v) {
  const element = h("div", { className: "tfs-legend", onpointerleave: () => light(null) });
  let editing = false,
    wanted = ""; // part of a name, where there are many classes
  const tables = new WeakMap(); // there may be 65,000 classes

  function byId(classes) {
    if (!tables.has(classes)) tables.set(classes, new Map(classes.map((c) => [c.id, c])));
    return tables.get(classes);
  }

  // The classes of a picture by id: those of its own map, or those of all records and what else occurs here.
  function table(map) {
    const known = byId(map ? v.source.meta.maps[map] : v.source.meta.classes);
    const ids = map ? [] : v.looker.seen().filter((p) => !p.map).flatMap((p) => [...p.counts.keys()]);
    const more = ids.filter((id) => !known.has(id)).map((id) => [id, unnamed(id)]);
    return more.length ? new Map([...known, ...more]) : known;
  }

  const unnamed = (id) => ({ id, name: id === v.source.meta.ignore ? "ignored" : `class ${id}`, color: classColor(id) });

  // (id, colour) of what is painted: what is lit up or alone, or all that is not hidden.
  function colorsOf(picture) {
    const only = v.lit ?? v.view.solo,
      hidden = new Set(v.view.hidden);
    const wanted = (c) => picture.map || (only === null || only === undefined ? !hidden.has(c.id) : c.id === only);
    return [...table(picture.map).values()].filter((c) => wanted(c) && !c.clear).map((c) => [c.id, c.color]);
  }

  const main = () => v.looker.seen().find((p) => p.ids && !p.map);

  function shares() {
    const counts = new Map();
    for (const [id, n] of main()?.counts ?? []) counts.set(id, n / main().ids.length);
    return counts;
  }

  function refresh() {
    const counts = shares();
    const every = [...table().values()].sort((a, b) => a.id - b.id);
    const named = wanted ? every.filter((c) => `${c.id} ${c.name}`.toLowerCase().includes(wanted)) : every;
    let room = Math.max(ROWS - counts.size, 0); // those of this record, and some of the others
    const rows = named.filter((c) => counts.has(c.id) || named.length <= ROWS || room-- > 0),
      more = named.length - rows.length;
    const said = v.source.meta.scores ?? {};
    const state = [rows.map((c) => [c.id, c.name, c.color]), v.view.hidden, v.view.solo, [...counts], editing, said, v.record?.scores];
    const signature = JSON.stringify([...state, v.source.meta.relabels, v.source.meta.unkept]);
    if (element.dataset.signature === signature) return;
    element.dataset.signature = signature;
    element.hidden = !every.length || !main();
    keepFocus(() =>
      element.replaceChildren(
        head(every),
        ...(every.length > 20 ? [search] : []),
        ...rows.map((c) => (editing ? editRow(c) : row(c, counts.get(c.id)))),
        ...(more ? [h("div", { className: "tfs-more" }, `and ${more} more`)] : []),
        ...twins(every.filter((c) => counts.has(c.id))),
        ...(wanted && !rows.length ? [h("div", { className: "tfs-more" }, "no class of this name")] : []),
        ...others(),
      ),
    );
  }

  // Classes of this record that one cannot tell apart.
  function twins(here) {
    const colors = new Set(here.map((c) => hex(c.color)));
    return colors.size < here.length ? [h("div", { className: "tfs-more tfs-twins" }, `${here.length} classes here in ${colors.size} colour${colors.size > 1 ? "s" : ""}: edit`)] : [];
  }

  // Rows are made anew; what had the focus has it again.
  function keepFocus(act) {
    const had = element.contains(document.activeElement) ? document.activeElement : null,
      at = had === search ? [search.selectionStart, search.selectionEnd] : null;
    act();
    if (!had) return;
    if (had.isConnected) (had.focus(), at && search.setSelectionRange(...at));
    else (element.querySelector(`[data-id="${had.dataset.id}"]${had.dataset.part ? `[data-part="${had.dataset.part}"]` : ""}`) ?? v.stage.canvas).focus();
  }

  const search = h("input", {
    type: "search",
    className: "tfs-find-class",
    placeholder: "class\u2026",
    "aria-label": "search a class",
    oninput: () => ((wanted = search.value.trim().toLowerCase()), refresh()),
  });

  function head(every) {
    const all = button("all", "show all classes", () => v.change({ hidden: [], solo: null })),
      none = button("none", "hide all classes", () => v.change({ hidden: every.map((c) => c.id), solo: null })),
      edit = button("edit", "names and colours of classes", () => ((editing = !editing), refresh()), "tfs-edit");
    edit.setAttribute("aria-pressed", editing);
    edit.hidden = !v.source.meta.relabels;
    const keep = button("keep", v.source.meta.unkept ?? "", () => v.source.relabel({ keep: true }), "tfs-keep");
    keep.hidden = !v.source.meta.unkept;
    return h("div", { className: "tfs-head" }, "classes", space(), keep, edit, all, none);
  }

  function swatchOf(c) {
    const swatch = h("i", { className: c.id === v.source.meta.ignore ? "tfs-ignored" : "" });
    swatch.style.setProperty("--tfs-class", hex(c.color));
    return swatch;
  }

  function row(c, share) {
    const on = v.view.solo === null ? !v.view.hidden.includes(c.id) : v.view.solo === c.id,
      score = v.record?.scores?.[c.id] ?? v.source.meta.scores?.[c.id];
    const key = c.id >= 1 && c.id <= 9 ? `; key ${c.id}` : "";
    const made = h(
      "button",
      {
        type: "button",
        className: "tfs-class",
        title: `${c.id} ${c.name}${key}; double click or Alt: this class alone`,
        onclick: (e) => press(e, c.id),
        onkeydown: (e) => e.altKey && e.key === "Enter" && (e.preventDefault(), solo(c.id)),
        onpointerenter: (e) => e.pointerType === "mouse" && light(c.id),
      },
      swatchOf(c),
      h("em", {}, `${c.id}`),
      h("span", {}, c.name),
      h("small", {}, score !== undefined ? score : share === undefined ? "" : percentOf(share)),
    );
    (made.setAttribute("aria-pressed", on), (made.dataset.id = c.id));
    made.classList.toggle("tfs-absent", share === undefined);
    return made;
  }

  function editRow(c) {
    const ignored = c.id === v.source.meta.ignore;
    const color = h("input", { type: "color", value: hex(c.color), "aria-label": `colour of ${c.name}`, disabled: ignored });
    const name = h("input", { type: "text", value: c.name, "aria-label": `name of class ${c.id}`, maxLength: 200, disabled: ignored });
    ((color.dataset.id = name.dataset.id = c.id), (color.dataset.part = "color"), (name.dataset.part = "name"));
    color.addEventListener("change", () => v.source.relabel({ id: c.id, color: rgbOf(color.value) }));
    name.addEventListener("change", () => v.source.relabel({ id: c.id, name: name.value.trim() }));
    return h("div", { className: "tfs-class-edit" }, color, h("em", {}, `${c.id}`), name);
  }

  // The tables of pictures that have their own, such as errors.
  function others() {
    const maps = [...new Set(v.looker.seen().map((p) => p.map).filter(Boolean))];
    return maps.flatMap((map) => [
      h("div", { className: "tfs-head" }, map),
      ...v.source.meta.maps[map].filter((c) => !c.clear).map((c) => h("div", { className: "tfs-class-said" }, swatchOf(c), h("span", {}, c.name))),
    ]);
  }

  function toggle(id) {
    const { hidden, solo } = v.view;
    if (solo !== null) v.change({ solo: null });
    else v.change({ hidden: hidden.includes(id) ? hidden.filter((n) => n !== id) : [...hidden, id] });
  }

  // One class alone; again: all as before.
  const solo = (id) => v.change({ solo: v.view.solo === id ? null : id });

  // A click, or the second one of two: rows are made anew in between, so that the browser does not count them.
  let last = { id: null, at: 0 };
  function press(e, id) {
    if (e.altKey) return solo(id);
    const again = last.id === id && e.timeStamp - last.at < 400,
      { before } = last;
    last = again ? { id: null, at: 0 } : { id, at: e.timeStamp, before: { hidden: v.view.hidden, solo: v.view.solo } };
    if (again) v.change({ hidden: before.hidden, solo: before.solo === id ? null : id });
    else toggle(id);
  }

  function light(id) {
    if ((v.lit ?? null) === id) return;
    v.lit = id;
    (v.stage.repaint(), v.stage.schedule());
  }

  const byNumber = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => [id, () => table().has(id) && toggle(id)]));
  return { element, refresh, table, unnamed, colorsOf, acts: byNumber, keys: [["1 \u2026 9", "class of this id off, on"]] };
}
