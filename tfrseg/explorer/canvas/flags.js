// Flags of records.

function makeFlags(v) {
  const flag = button("\u2691 flag", "flag this record (f)", toggle, "tfs-flag"),
    list = button("list", "the flagged records as a file, as --leave-out reads it", save, "tfs-flag-list");
  const element = group(flag, list);
  const numbers = () => v.gallery.chosen() ?? (v.record?.number >= 0 ? [v.record.number] : []);
  const areFlagged = () => numbers().length > 0 && numbers().every((number) => v.source.flagged.includes(number));
  const isFlagged = () => Boolean(v.record) && v.source.flagged.includes(v.record.number);

  // Of several records of the gallery: all of them, unless all are flagged.
  function toggle() {
    if (!v.source.meta.flags) return;
    const on = !areFlagged();
    for (const number of numbers()) if (v.source.flagged.includes(number) !== on) v.source.flag(number, on);
    v.refresh();
  }

  // A page of its own cannot write a file; it hands one over.
  function save() {
    const url = URL.createObjectURL(new Blob([v.source.list()], { type: "text/plain" })),
      link = h("a", { href: url, download: "flagged.txt" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  function refresh() {
    const { meta, flagged } = v.source;
    flag.hidden = !meta.flags || !meta.count || !numbers().length;
    flag.setAttribute("aria-pressed", areFlagged());
    list.hidden = !v.source.list || !meta.flags || !flagged.length;
    v.root.classList.toggle("tfs-flagged", isFlagged());
    v.stage.badge.hidden = !isFlagged();
  }

  return { element, refresh, acts: { f: toggle }, keys: () => (v.source.meta.flags ? [["f", "flag this record"]] : []) };
}
