// Tags and a note of a record, or of those that are chosen in the gallery.

function makeTags(v) {
  let open = false;
  const list = h("datalist", { id: `tfs-tags-${Math.random().toString(36).slice(2)}` }),
    chips = h("span", { className: "tfs-group tfs-chips" });
  const input = h("input", {
    ...{ type: "text", className: "tfs-tag", placeholder: "tag", maxLength: 190, title: "a tag, or several with commas; Enter adds (#)", "aria-label": "add a tag" },
    onkeydown: (e) => e.key === "Enter" && !e.isComposing && (e.preventDefault(), add()),
  });
  input.setAttribute("list", list.id);
  const note = h("input", {
    ...{ type: "text", className: "tfs-remark", placeholder: "note", maxLength: 10_000, title: "a note on this record", "aria-label": "note" },
    onchange: () => v.source.tag({ numbers: numbers(), note: note.value.trim() }),
    onkeydown: (e) => e.key === "Enter" && !e.isComposing && v.lookOn(),
  });
  const opener = button("# tag", "tags and a note (#)", show, "tfs-tagger"),
    said = h("span", { className: "tfs-notice", role: "status" });
  const element = h("div", { className: "tfs-bar tfs-tags", hidden: true }, h("span", { className: "tfs-tags-of" }), input, list, chips, note);

  const marksOf = (number) => v.source.marks[number] ?? { tags: [], note: "" };
  const numbers = () => v.gallery.chosen() ?? (v.record?.number >= 0 ? [v.record.number] : []);

  function show() {
    if (!v.source.meta.flags) return;
    open = true;
    v.refresh();
    input.focus({ preventScroll: true });
  }

  function add() {
    const tags = input.value.split(",").map((tag) => tag.trim()).filter(Boolean);
    if (!tags.length || !numbers().length) return;
    v.source.tag({ numbers: numbers(), add: tags });
    input.value = "";
    v.refresh();
  }

  // A tag is on all of the records, or on some.
  function chip(tag, count, all) {
    const away = () => (v.source.tag({ numbers: numbers(), remove: [tag] }), (open = true), input.focus({ preventScroll: true }));
    const made = button(`${tag} \u00d7`, `take ${tag} away`, away, "tfs-chip");
    made.classList.toggle("tfs-some", count < all);
    return made;
  }

  function refresh() {
    const { meta, marks } = v.source,
      chosen = numbers(),
      told = chosen.map(marksOf),
      has = told.some(({ tags, note }) => tags.length || note);
    said.textContent = meta.notice ?? "";
    said.hidden = !meta.notice;
    opener.hidden = !meta.flags || !chosen.length;
    element.hidden = opener.hidden || !(open || has);
    if (element.hidden) return;
    element.firstChild.textContent = chosen.length > 1 ? `${chosen.length} records` : "";
    const counts = new Map();
    for (const { tags } of told) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    const state = JSON.stringify([chosen, [...counts]]);
    if (chips.dataset.state !== state) chips.replaceChildren(...[...counts].map(([tag, count]) => chip(tag, count, chosen.length)));
    chips.dataset.state = state;
    const known = [...new Set(Object.values(marks).flatMap(({ tags }) => tags))].sort().slice(0, ROWS);
    if (list.dataset.known !== known.join()) list.replaceChildren(...known.map((tag) => h("option", { value: tag })));
    list.dataset.known = known.join();
    if (document.activeElement !== note) note.value = chosen.length === 1 ? told[0].note : "";
  }

  const close = () => ((open = false), v.refresh());
  return { element, opener, said, refresh, close, acts: { "#": show }, keys: () => (v.source.meta.flags ? [["#", "tags and a note"]] : []) };
}
