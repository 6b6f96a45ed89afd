// Which record is in view: its position, counted from 1, and its name.

const CACHE = 9; // records that are kept decoded

function makePager(v) {
  const cache = new Map();
  let version = 0;
  const total = h("span", { className: "tfs-total" }),
    name = h("span", { className: "tfs-name" });
  const number = h("input", {
    type: "number",
    className: "tfs-number",
    min: 1,
    title: "position, from 1",
    "aria-label": "position",
    onchange: () => turn(+number.value - 1),
  });
  const before = button("\u2039", "previous record (\u2190)", () => turn(v.wanted - 1)),
    after = button("\u203a", "next record (\u2192)", () => turn(v.wanted + 1));
  const element = group(before, number, total, after);

  function refresh() {
    const { count } = v.source.meta;
    total.textContent = `of ${count.toLocaleString("en")}`;
    element.hidden = count < 2;
    ((number.max = count), (before.disabled = v.wanted <= 0), (after.disabled = v.wanted >= count - 1));
    if (document.activeElement !== number) number.value = v.wanted + 1;
    if (v.record) showName();
  }

  // The number of a record, and its name with the end in sight, where long names differ.
  function showName() {
    const { record } = v,
      letters = [...(record.name ?? "")],
      cut = Math.max(letters.length - 14, 0),
      parts = [];
    if (v.source.meta.numbered && record.number >= 0) parts.push(h("span", { className: "tfs-of" }, `record ${record.number}`));
    if (letters.length) {
      const halves = [h("span", { className: "tfs-start" }, letters.slice(0, cut).join("")), h("span", {}, letters.slice(cut).join(""))];
      parts.push(h("bdi", {}, ...(cut > 8 ? halves : [record.name])));
    }
    name.replaceChildren(...parts.flatMap((part, k) => (k ? [h("span", { className: "tfs-of" }, " \u00b7 "), part] : [part])));
    name.title = name.textContent;
  }

  // ---- records: asked for when wanted, neighbours ahead of time
  function fetchRecord(position) {
    const key = `${version}/${position}`;
    if (!cache.has(key)) {
      const found = v.source.load(position).then(({ record, buffers }) => decode(record, buffers));
      cache.set(key, found);
      found.catch(() => cache.delete(key));
    }
    while (cache.size > CACHE) cache.delete(cache.keys().next().value);
    return cache.get(key);
  }

  // The user turns to another record: that stands, even where the list is renewed before it is shown.
  function turn(position) {
    v.turning = true;
    return go(position);
  }

  async function go(position) {
    const { count, empty } = v.source.meta;
    if (!count) {
      v.record = { number: -1, name: "", pictures: [], error: empty };
      v.wanted = 0;
      return v.refresh();
    }
    v.wanted = clamp(Number.isFinite(position) ? Math.round(position) : 0, 0, count - 1);
    const asked = version,
      late = setTimeout(() => ((v.waiting = "waiting for the record"), v.refresh()), 1000);
    let found;
    try {
      found = await fetchRecord(v.wanted);
    } catch (e) {
      found = { position: v.wanted, number: -1, name: "", pictures: [], error: v.source.ended?.() ?? `This record cannot be shown: ${e.message}`, again: true };
    }
    (clearTimeout(late), (v.waiting = ""));
    if (v.held || asked !== version || found.position !== v.wanted) return;
    show(found);
    if (found.number >= 0) v.source.moved(found);
    if (v.source.meta.ahead === false) return; // where each record is work
    for (const next of [v.wanted + 1, v.wanted - 1]) if (next >= 0 && next < count) fetchRecord(next).catch(() => {});
  }

  function show(found) {
    ((v.record = found), (v.turning = false));
    v.stage.repaint();
    v.refresh();
  }

  // Where a record was sent unasked, and where other records are shown.
  const push = (found) => (cache.clear(), (v.wanted = found.position), show(found));
  const renew = (position) => (version++, cache.clear(), v.refresh(), go(v.turning ? v.wanted : position));

  return {
    ...{ element, name, refresh, turn, go, push, renew },
    acts: {
      ArrowLeft: () => turn(v.wanted - 1),
      ArrowRight: () => turn(v.wanted + 1),
      Home: () => turn(0),
      End: () => turn(v.source.meta.count - 1),
    },
    keys: [
      ["\u2190 \u2192", "previous, next record"],
      ["Home End", "first, last record"],
    ],
  };
}
