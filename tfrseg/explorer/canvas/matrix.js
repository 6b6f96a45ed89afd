// Confusions: which class was taken for which. A cell shows the pictures with most of these pixels, and marks them.
//
// meta.matrix: { ids, left_out, models, rows, counts, iou }: of each model the pixels of each true class, the counts [true][predicted], and the
// IoU of each class by id. meta.query has `cell` ([1, 4]: true and predicted class) and `model`, from 0. In a page each record has `facts`, of
// each model: { mean, iou, cells: [[true, predicted, pixels], ...] }.

const CELL = 31, // pixels
  NAMES = 104;

function makeMatrix(v) {
  let open = false,
    made = "",
    at = [0, 0]; // row and column that Tab reaches
  const opener = button("matrix", "confusion matrix (m)", toggle, "tfs-matrix-opener");
  const model = h("select", {
    ...{ className: "tfs-model", title: "whose predictions are judged", "aria-label": "model that is judged" },
    onchange: () => ask({ model: +model.value || undefined }),
  });
  const chip = button("", "all confusions again", () => (ask({ cell: undefined }), v.stage.canvas.focus({ preventScroll: true })), "tfs-confusion");
  const grid = h("div", { className: "tfs-grid", role: "grid", "aria-label": "confusion matrix, % of each true class", onkeydown: walk });
  const said = h("div", { className: "tfs-more", role: "status" });
  const element = h("div", { className: "tfs-matrix", hidden: true }, h("div", { className: "tfs-head" }, "true \u2193   predicted \u2192"), grid, said);

  const table = () => v.source.meta.matrix;
  const query = () => v.source.meta.query ?? {};
  const nameOf = (id) => v.legend.table().get(id)?.name ?? `class ${id}`;
  const cellOf = () => (query().cell ?? []).join(" ");
  const ask = (part) => v.finder.ask(part);

  function toggle() {
    if (!table()) return;
    open = !open;
    v.refresh();
    if (open) cellAt(at)?.focus();
    else v.stage.canvas.focus({ preventScroll: true });
  }

  function refresh() {
    const told = table();
    opener.hidden = !told;
    model.hidden = chip.hidden = true;
    element.hidden = !told || !open;
    if (!told) return;
    opener.setAttribute("aria-expanded", open);
    model.hidden = told.models.length < 2;
    offer(model, `${query().model ?? 0}`, told.models.map((name, k) => [`${k}`, name]));
    const [true_, found] = query().cell ?? [];
    chip.hidden = found === undefined;
    if (found !== undefined) chip.textContent = `${wordsOf(true_, found)} \u2715`;
    if (open) build();
  }

  const wordsOf = (true_, found) => (true_ === found ? `${nameOf(true_)} found` : `${nameOf(true_)} taken for ${nameOf(found)}`);

  function build() {
    const told = table(),
      { model: k = 0 } = query(),
      now = cellOf(),
      names = told.ids.map(nameOf);
    const signature = JSON.stringify([told, k, names]);
    if (signature !== made) {
      const held = grid.contains(document.activeElement);
      made = signature;
      grid.style.gridTemplateColumns = `${NAMES}px repeat(${names.length}, ${CELL - 1}px)`;
      element.style.width = `${NAMES + CELL * names.length + 22}px`;
      grid.replaceChildren(headRow(names), ...told.ids.map((id, row) => bodyRow(told, k, row, names)));
      said.textContent = told.left_out ? `${told.left_out} rarer classes are not in here` : "";
      at = at.map((place) => Math.min(place, names.length - 1));
      (setStop(), held && cellAt(at)?.focus());
    }
    for (const cell of grid.querySelectorAll("button")) cell.setAttribute("aria-selected", cell.dataset.cell === now);
  }

  function headRow(names) {
    const heads = names.map((name) => h("div", { className: "tfs-column", role: "columnheader", title: name }, h("span", {}, name)));
    return h("div", { className: "tfs-row", role: "row" }, h("div", { className: "tfs-corner" }), ...heads);
  }

  function bodyRow(told, k, row, names) {
    const pixels = told.counts[k][row],
      whole = told.rows[k][row];
    const cells = pixels.map((n, column) => {
      const share = whole ? n / whole : 0,
        [true_, found] = [told.ids[row], told.ids[column]];
      const text = `${wordsOf(true_, found)}: ${percentOf(share)} of ${names[row]}, ${n.toLocaleString("en")} pixels`;
      const cell = h("button", { type: "button", className: "tfs-cell", role: "gridcell", tabIndex: -1, title: text, "aria-label": text });
      cell.dataset.cell = `${true_} ${found}`;
      cell.dataset.kind = row === column ? "right" : "wrong";
      cell.style.setProperty("--tfs-share", `${Math.round(100 * Math.sqrt(share))}%`); // so that 1 % is seen
      cell.classList.toggle("tfs-strong", share > 0.3);
      if (share >= 0.005) cell.textContent = Math.round(100 * share);
      else if (n) cell.textContent = "\u00b7";
      cell.addEventListener("click", () => ((at = [row, column]), setStop(), choose(cell.dataset.cell)));
      return cell;
    });
    return h("div", { className: "tfs-row", role: "row" }, h("div", { className: "tfs-rowhead", role: "rowheader", title: names[row] }, names[row]), ...cells);
  }

  const choose = (cell) => ask({ cell: cell === cellOf() ? undefined : cell.split(" ").map(Number) });
  const cellAt = ([row, column]) => grid.children[row + 1]?.children[column + 1];

  // One cell is reached by Tab; arrows go on from there.
  function setStop() {
    for (const cell of grid.querySelectorAll("button[tabindex='0']")) cell.tabIndex = -1;
    const cell = cellAt(at);
    if (cell) cell.tabIndex = 0;
  }

  function walk(e) {
    const last = (table()?.ids.length ?? 1) - 1,
      steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -last], End: [0, last] };
    if (!steps[e.key] || e.ctrlKey || e.metaKey || e.altKey) return;
    (e.preventDefault(), e.stopPropagation());
    at = at.map((place, k) => clamp(place + steps[e.key][k], 0, last));
    (setStop(), cellAt(at)?.focus());
  }

  const keys = () => (table() ? [["m", "confusion matrix"]] : []);
  return { element, opener, model, chip, refresh, acts: { m: toggle }, keys };
}

// ---- in a page: the order of the records, and what is marked

// Numbers of the records of a query, by the facts of each; as Python's `_find_records`.
function findCompared(records, { text = "", sort = "", by, cell, reverse = false, model = 0 }) {
  const facts = records.map((r) => r.record.facts[model]),
    [true_, found] = cell ?? [];
  const pixels = (k) => facts[k].cells.find(([t, f]) => t === true_ && f === found)?.[2] ?? 0;
  const last = (x) => (x === undefined || x === null ? Infinity : x);
  const keyOf = (k) => {
    if (cell) return -pixels(k);
    if (sort === "order") return records[k].record.number;
    if (sort === "difference") return -Math.abs((records[k].record.facts[0].mean ?? 0) - (records[k].record.facts.at(-1).mean ?? 0));
    return last(sort ? facts[k].iou[by] : facts[k].mean);
  };
  const wanted = text.toLowerCase();
  const order = records
    .map((_, k) => k)
    .filter((k) => (records[k].record.name ?? "").toLowerCase().includes(wanted) && (!cell || pixels(k)))
    .map((k) => [keyOf(k), k])
    .sort(([a, i], [b, j]) => (a === b ? records[i].record.number - records[j].record.number : a - b))
    .map(([, k]) => k);
  return reverse ? order.reverse() : order;
}

// A record of a page as the query has it: the scores of the model that is judged, and the confusion to be marked.
function judged(record, { matrix, query }) {
  if (!record.facts || !matrix) return record;
  const { model = 0, cell = null } = query,
    two = (x) => (x === undefined ? "\u2013" : x.toFixed(2));
  const here = record.facts[model].iou,
    scores = Object.fromEntries(Object.entries(matrix.iou[model]).map(([id, iou]) => [id, `${two(here[id])}  ${two(iou)}`]));
  return { ...record, scores, mark: cell && { cell, model } };
}

// Marks a confusion in the errors of decoded pictures.
function markErrors(pictures, mark) {
  if (!mark) return;
  for (const p of pictures) {
    if (p.judges?.[1] !== mark.model + 1) continue;
    const [truth, found] = p.judges.map((k) => pictures[k].ids),
      ignored = 255;
    p.ids = p.ids.map((id, i) => (id !== ignored && truth[i] === mark.cell[0] && found[i] === mark.cell[1] ? 2 : id));
  }
}
