// Flags of records.

function makeFlags(v) {
  const flag = button("\u2691 flag", "flag this record (f)", toggle, "tfs-flag");
  const isFlagged = () => Boolean(v.record) && v.source.flagged.includes(v.record.number);

  function toggle() {
    if (!v.record || v.record.number < 0 || !v.source.meta.flags) return;
    v.source.flag(v.record.number, !isFlagged());
    v.refresh();
  }

  function refresh() {
    const { meta } = v.source;
    flag.hidden = !meta.flags || !meta.count || !v.record || v.record.number < 0;
    flag.setAttribute("aria-pressed", isFlagged());
    v.root.classList.toggle("tfs-flagged", isFlagged());
    v.stage.badge.hidden = !isFlagged();
  }

  return { element: flag, refresh, acts: { f: toggle }, keys: () => (v.source.meta.flags ? [["f", "flag this record"]] : []) };
}
