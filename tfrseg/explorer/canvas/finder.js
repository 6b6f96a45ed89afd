// Search, filter and order: which records are shown.

function makeFinder(v) {
  let typing = false,
    awaited = "",
    filled = null;
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
  const clear = button("clear", "all records, in order", reset, "tfs-clear");
  const element = group(text, filter, sort, clear);

  function reset() {
    select({ text: "", filter: "", sort: "" });
  }

  // Asks for other records. The answer bears the mark of the question; until it comes, the boxes show what was asked.
  function select(query) {
    typing = v.turning = false;
    awaited = `${Math.random()}`;
    element.setAttribute("aria-busy", "true");
    const part = query?.sort === undefined ? {} : query; // or an event
    const asked = { text: text.value, filter: filter.value, sort: sort.value, ...part, asked: awaited };
    (fill(asked), (filled = null));
    v.source.select(asked);
  }

  function refresh() {
    const { meta } = v.source,
      query = meta.query ?? {};
    element.hidden = !meta.finds;
    if (filled === meta || typing || (awaited && query.asked !== awaited)) return;
    awaited = "";
    element.removeAttribute("aria-busy");
    (fill(query), (filled = meta));
  }

  // The boxes say what is in force, and offer it where they did not.
  function fill(query) {
    const { meta } = v.source,
      named = meta.classes.filter((c) => c.id !== meta.ignore).slice(0, ROWS);
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

  return { element, refresh, reset, acts: {}, keys: [] };
}
