// Search, filter and order: which records are shown. A query is { text, classes, size, flagged, ... }, as the chapter `query` has it.

// A query without the parts that say nothing.
function tidy(query) {
  const says = ([, value]) => value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && !value.length);
  const { asked, ...parts } = query;
  return Object.fromEntries(Object.entries(parts).filter(says).filter(([key, value]) => !(key === "reverse" && !value)));
}

function makeFinder(v) {
  let query = {},
    typing = false,
    awaited = "",
    filled = null;
  const text = h("input", {
    type: "search",
    className: "tfs-search",
    placeholder: "name\u2026",
    title: "part of a name, a tag or a note (/)",
    "aria-label": "search by name, tag or note",
    oninput: () => {
      typing = true;
      selectSoon();
    },
  });
  const selectSoon = debounce(250, () => typing && ask({ text: text.value }));
  const filter = h("select", { className: "tfs-filter", "aria-label": "which records", onchange: () => ask(readFilter(filter.value)) });
  const sort = h("select", { className: "tfs-sort", "aria-label": "order", onchange: () => ask({ ...readSort(sort.value), cell: undefined }) });
  const reverse = button("\u21c5", "the other way round", () => ask({ reverse: !query.reverse }), "tfs-reverse");
  const within = button("", "all records again", () => ask({ within: undefined }), "tfs-within tfs-chip");
  const clear = button("clear", "all records, in order", reset, "tfs-clear");
  const element = group(text, filter, sort, reverse, within, clear);

  function reset() {
    text.value = "";
    ask(Object.fromEntries(Object.keys(query).map((key) => [key, undefined])));
  }

  // Asks for other records: the query in force with some parts changed. The answer bears the mark of the question; until it
  // comes, the boxes show what was asked.
  function ask(parts) {
    typing = v.turning = false;
    awaited = `${Math.random()}`;
    element.setAttribute("aria-busy", "true");
    query = tidy({ ...query, ...(text.value === (query.text ?? "") ? {} : { text: text.value }), ...parts });
    (fill(), (filled = null));
    const answered = v.source.select({ ...query, asked: awaited });
    v.refresh();
    return answered;
  }

  function refresh() {
    const { meta } = v.source,
      now = meta.query ?? {};
    element.hidden = !meta.finds;
    if (filled === meta || typing || (awaited && now.asked !== awaited)) return;
    awaited = "";
    element.removeAttribute("aria-busy");
    query = tidy(now);
    (fill(), (filled = meta));
  }

  const className = (id) => v.source.meta.classes.find((c) => c.id === id)?.name ?? `class ${id}`;

  // Flags and classes as the value of the box, such as "flagged 4"; a share makes it longer.
  const written = () =>
    [
      ...(query.flagged === undefined ? [] : [query.flagged ? "flagged" : "unflagged"]),
      ...(query.classes ?? []).map(([id, low, high]) => (low === 0 && high === 1 ? `${id}` : `${id}:${low}:${high}`)),
    ].join(" ");

  function readFilter(value) {
    const words = value.split(" ").filter(Boolean),
      classes = words.filter((word) => /^\d/.test(word)).map((word) => word.split(":").map(Number));
    const flagged = words.includes("flagged") ? true : words.includes("unflagged") ? false : undefined;
    return { flagged, classes: classes.map(([id, low = 0, high = 1]) => [id, low, high]) };
  }

  // A class with its share in words.
  function classWords([id, low, high]) {
    if (high === 0) return `without ${className(id)}`;
    const share = low === 0 && high === 1 ? "" : ` ${wordsOfShare(low)} to ${wordsOfShare(high)}`;
    return `with ${className(id)}${share}`;
  }

  const filterWords = (value) => {
    const { flagged, classes } = readFilter(value);
    return [...(flagged === undefined ? [] : [flagged ? "flagged" : "not flagged"]), ...classes.map(classWords)].join(", ") || "all records";
  };

  const readSort = (value) => {
    const [name, by] = value.split(":");
    return { sort: name, by: by === undefined ? undefined : +by };
  };

  // The boxes say what is in force, and offer it where they did not.
  function fill() {
    const { meta } = v.source,
      ids = meta.classes.filter((c) => c.id !== meta.ignore).slice(0, ROWS).map((c) => `${c.id}`),
      values = ["", "flagged", ...ids],
      now = written(),
      order = query.by === undefined ? (query.sort ?? "") : `${query.sort}:${query.by}`;
    if (!values.includes(now)) values.push(now);
    const choices = values.filter((value) => !meta.sorts || !value || (value === "flagged" && meta.flags));
    offer(filter, now, choices.map((value) => [value, filterWords(value)]));
    filter.hidden = choices.length < 2;
    const orders = meta.sorts?.slice() ?? [
      ["", "in order"],
      ["rarest", "rarest class first"],
      ["largest", "largest area first"],
      ["name", "by name"],
      ["size", "largest image first"],
      ["classes", "most classes first"],
      ...(query.classes ?? []).map(([id]) => [`share:${id}`, `most ${className(id)} first`]),
    ];
    if (!orders.some(([value]) => value === order)) orders.push([order, query.by === undefined ? order : `most ${className(query.by)} first`]);
    offer(sort, order, orders);
    if (text.value !== (query.text ?? "") && document.activeElement !== text) text.value = query.text ?? "";
    else if (!typing && text.value !== (query.text ?? "")) text.value = query.text ?? "";
    for (const box of [text, filter, sort]) box.classList.toggle("tfs-active", box.value !== "");
    reverse.setAttribute("aria-pressed", Boolean(query.reverse));
    ((within.textContent = `${query.within ?? ""} \u00d7`), (within.hidden = !query.within));
    clear.hidden = !Object.keys(query).length;
  }

  return {
    ...{ element, refresh, reset, ask, className, classWords },
    query: () => query,
    acts: { "/": () => !element.hidden && text.focus() },
    keys: () => (v.source.meta.finds ? [["/", "search"]] : []),
  };
}

const wordsOfShare = (share) => `${+(100 * share).toPrecision(3)} %`;
