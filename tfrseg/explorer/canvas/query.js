// Queries and facets in a page without a kernel, as the chapter `query` answers them. Facts are rows by record of the page.

const SHARES = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const foldCase = (text) => text.toLowerCase().replaceAll("\u00df", "ss").replaceAll("\n", " ");

// Pixels of each record that `wanted` (by class id) counts, or 1 a class where `one`.
function sumByRecord(facts, wanted, one = false) {
  const sums = new Float64Array(facts.numbers.length);
  facts.records.forEach((record, k) => (sums[record] += wanted(facts.ids[k]) ? (one ? 1 : facts.pixels[k]) : 0));
  return sums;
}
const shareOf = (facts, id) => sumByRecord(facts, (c) => c === id).map((n, k) => n / Math.max(facts.area[k], 1));
const isCounted = (facts) => (c) => c !== facts.ignore && c !== facts.background;

// Which records fit: one truth value for each condition and record.
function conditionsOf(facts, query, flagged, marks) {
  const found = [],
    numbers = facts.numbers,
    told = (k) => marks[numbers[k]] ?? { tags: [], note: "" },
    flags = new Set(flagged);
  const longer = (k) => Math.max(facts.height[k], facts.width[k]);
  if (query.text) {
    const text = foldCase(query.text);
    found.push((k) => facts.folded[k].includes(text) || foldCase(`${told(k).tags.join(", ")} ${told(k).note}`).includes(text));
  }
  for (const [id, low, high] of query.classes ?? []) {
    const share = shareOf(facts, id);
    found.push((k) => (high === 0 ? share[k] === 0 : share[k] > 0 && share[k] >= low && share[k] <= high));
  }
  if (query.size) found.push((k) => longer(k) >= query.size[0] && longer(k) <= query.size[1]);
  if (query.unreadable !== undefined) found.push((k) => facts.unreadable[k] === query.unreadable);
  if (query.empty !== undefined) {
    const classes = sumByRecord(facts, isCounted(facts), true);
    found.push((k) => (classes[k] === 0 && !facts.unreadable[k]) === query.empty);
  }
  if (query.flagged !== undefined) found.push((k) => flags.has(numbers[k]) === query.flagged);
  if (query.splits?.length) found.push((k) => query.splits.includes(facts.splitNames[facts.splits[k]]));
  for (const tag of query.tags ?? []) found.push((k) => told(k).tags.includes(tag));
  return found;
}

// By what records are sorted, from low to high; null: as they are.
function ranksOf(facts, query) {
  const by = query.by ?? (query.classes?.length === 1 ? query.classes[0][0] : undefined),
    minus = (values) => Array.from(values, (n) => -n);
  if (query.sort === "name") {
    const order = facts.folded.map((_, k) => k).sort((a, b) => (facts.folded[a] < facts.folded[b] ? -1 : facts.folded[a] > facts.folded[b] ? 1 : a - b)),
      rank = [];
    order.forEach((k, place) => (rank[k] = place));
    return rank;
  }
  if (query.sort === "size") return minus(facts.area);
  if (query.sort === "classes") return minus(sumByRecord(facts, (c) => c !== facts.ignore, true));
  if (query.sort === "share" && by !== undefined) return minus(shareOf(facts, by));
  if (query.sort === "largest" || query.sort === "share") return minus(sumByRecord(facts, by === undefined ? isCounted(facts) : (c) => c === by));
  if (query.sort !== "rarest") return null;
  const frequency = new Map(),
    rank = facts.numbers.map(() => 2 ** 40);
  for (const id of facts.ids) frequency.set(id, (frequency.get(id) ?? 0) + 1);
  facts.records.forEach((record, k) => {
    if (facts.ids[k] !== facts.ignore) rank[record] = Math.min(rank[record], frequency.get(facts.ids[k]));
  });
  return rank;
}

// The rows of the records that fit, in order.
function selectRows(facts, query, flagged, marks) {
  const conditions = conditionsOf(facts, query, flagged, marks),
    rows = facts.numbers.map((_, k) => k).filter((k) => conditions.every((holds) => holds(k))),
    rank = ranksOf(facts, query),
    sign = query.reverse ? -1 : 1;
  if (!rank) return query.reverse ? rows.reverse() : rows;
  return rows.sort((a, b) => sign * (rank[a] - rank[b]) || a - b);
}

// ---- facets
function countBars(edges, values, found) {
  const count = (rows) => {
    const bars = edges.slice(1).map(() => 0);
    for (const k of rows) {
      const bar = Math.min(edges.findLastIndex((edge) => values[k] >= edge), bars.length - 1);
      if (bar >= 0) bars[bar]++;
    }
    return bars;
  };
  return { edges, found: count(found), all: count(values.map((_, k) => k)) };
}

function sizeEdges(longer) {
  const sizes = [...new Set(longer.filter((n) => n > 0))].sort((a, b) => a - b);
  if (sizes.length < 2) return sizes.length ? [sizes[0], sizes[0] + 1] : [0, 1];
  const bars = Math.min(sizes.length, 12),
    [low, high] = [sizes[0], sizes.at(-1) + 1];
  return [...new Set(Array.from({ length: bars + 1 }, (_, k) => Math.round(low * (high / low) ** (k / bars))))];
}

// Lists of [name, found, all], the most frequent first.
function countNames(pairs, found) {
  const bars = new Map();
  for (const [name, k] of pairs) {
    const bar = bars.get(name) ?? [name, 0, 0];
    (bar[2]++, (bar[1] += found.has(k) ? 1 : 0));
    bars.set(name, bar);
  }
  return [...bars.values()].sort((a, b) => b[2] - a[2]);
}

function facetsOf(facts, rows, flagged, marks, share) {
  const found = new Set(rows),
    every = facts.numbers.map((_, k) => k),
    flags = new Set(flagged),
    longer = every.map((k) => Math.max(facts.height[k], facts.width[k])),
    classes = sumByRecord(facts, isCounted(facts), true);
  const pair = (holds) => [rows.filter(holds).length, every.filter(holds).length];
  const facets = {
    scanned: every.length,
    records: every.length,
    classes: countNames(facts.ids.map((id, k) => [id, facts.records[k]]), found),
    size: countBars(sizeEdges(longer), longer, rows),
    splits: countNames(every.filter((k) => facts.splits[k] >= 0).map((k) => [facts.splitNames[facts.splits[k]], k]), found),
    tags: countNames(every.flatMap((k) => (marks[facts.numbers[k]]?.tags ?? []).map((tag) => [tag, k])), found),
    flagged: pair((k) => flags.has(facts.numbers[k])),
    empty: pair((k) => classes[k] === 0 && !facts.unreadable[k]),
    unreadable: pair((k) => facts.unreadable[k]),
  };
  if (share === null) return facets;
  const shares = shareOf(facts, share),
    there = every.filter((k) => shares[k] > 0);
  const counted = countBars(SHARES, there.map((k) => shares[k]), there.map((k, n) => [k, n]).filter(([k]) => found.has(k)).map(([, n]) => n));
  return { ...facets, share: { id: share, ...counted } };
}
