// Repair of masks: a region that is clicked gets another class.

function makeRepair(v) {
  let on = false;
  const to = h("select", { className: "tfs-repair-to", "aria-label": "class that a region becomes", title: "class that a region becomes" });
  const undo = button("undo", "take back the last repair of this record (u)", () => v.source.repair({ undo: true }), "tfs-undo"),
    keep = button("keep", "", () => v.source.repair({ keep: true }), "tfs-keep-repairs"),
    hint = h("span", { className: "tfs-soft" }, "click a region");
  const tools = group(to, hint, undo, keep);
  const opener = button("repair", "give a region of the mask another class (e)", toggle, "tfs-repairer");

  function toggle() {
    if (!v.source.meta.repairs) return;
    on = !on;
    v.refresh();
  }

  const repairable = () => v.looker.seen().find((p) => p.ids && !p.map && !p.sets);

  function refresh() {
    const { meta } = v.source,
      many = (meta.repaired ?? []).length;
    opener.hidden = !meta.repairs;
    opener.disabled = !repairable();
    opener.setAttribute("aria-pressed", on);
    tools.hidden = !on;
    v.stage.canvas.classList.toggle("tfs-repairing", on);
    if (!on) return;
    const classes = [...v.legend.table().values()].sort((a, b) => a.id - b.id).slice(0, 1000);
    offer(to, to.value || `${classes[0]?.id ?? 0}`, classes.map((c) => [`${c.id}`, `${c.id} ${c.name}`]));
    undo.disabled = !v.record || !(meta.repaired ?? []).includes(v.record.number);
    ((keep.hidden = !many), (keep.textContent = `keep ${many} repaired mask${many > 1 ? "s" : ""}`), (keep.title = `write ${many} repaired masks into the dataset`));
  }

  // A pixel was clicked.
  function picked({ p, px, py }) {
    if (!on || p !== repairable()) return;
    v.source.repair({ number: v.record.number, row: py, column: px, class_id: +to.value });
  }

  return {
    elements: [opener, tools],
    refresh,
    picked,
    isOn: () => on,
    acts: { e: toggle, u: () => on && !undo.disabled && v.source.repair({ undo: true }) },
    keys: () =>
      v.source.meta.repairs
        ? [
            ["e", "repair: a region that is clicked gets another class"],
            ["u", "take back the last repair of this record"],
          ]
        : [],
  };
}
