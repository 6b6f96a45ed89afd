"""Results as a table (Markdown) and a picture (PNG)."""
from __future__ import annotations

import json
from pathlib import Path
from statistics import median

OURS, PEER, TEXT = "#1f6f8b", "#c9c4ba", "#2b2b2b"


def save_report(out: Path) -> None:
    "results.json as results.md and results.png beside it."
    results = json.loads((out / "results.json").read_text())
    (out / "results.md").write_text(table(results))
    draw(results, out / "results.png")


def rates(cell: dict) -> list[float]:
    "Images per second of each round, sorted."
    return sorted(r["images"] / r["wall"] for r in cell["rounds"])


def cpu(cell: dict) -> float:
    "CPU microseconds an image, the median of the rounds."
    return median(r["cpu"] * 1e6 / max(r["images"], 1) for r in cell["rounds"])


def is_ours(name: str) -> bool: return name.startswith("tfrseg")


def find(results: dict, track: str, job: str) -> dict[str, dict]:
    "The cells of one track and job, by peer."
    return {c["peer"]: c for c in results["cells"] if (c["track"], c["job"]) == (track, job) and not {"shards", "threads"} & set(c)}


def best(cells: dict[str, dict], ours: bool, float_only: bool = True) -> str | None:
    "The fastest of ours or of the others; limits and, where said, uint8 rows do not count."
    counts = lambda n: is_ours(n) == ours and not n.startswith(("bare", "limit")) and not (float_only and "uint8" in n)
    names = [n for n, c in cells.items() if counts(n) and c["rounds"] and "error" not in c]
    return max(names, key=lambda n: median(rates(cells[n])), default=None)


def table(results: dict) -> str:
    "The whole report."
    m = results["machine"]
    parts = [f"Measured on {results['date']}: {m['cpu']}, {m['cores']} cores, {m['memory_gib']} GiB, {m['system']}, "
             f"Python {m['python']}; {results['rounds']} rounds of {results['seconds']:g} s in turns, "
             f"{results.get('minutes', 0):.0f} minutes in all. {results.get('note', '')}".rstrip()]
    for track, what in results["tracks"].items():
        kind = "raw pixels" if track.startswith("raw") else "PNG"
        parts.append(f"## {kind}, {track.split()[1]}\n\n{what['count']} pictures, {what['kilobytes']:.0f} kB each as PNG. "
                     f"{verdict(results, track)} {limit_line(results, track)}".rstrip() + f"\n\n{track_table(results, track)}")
    parts += [part for part in (write_table(results), scale_table(results, "shards"), scale_table(results, "threads"), single_table(results)) if part]
    parts.append("## Settings and versions\n\n" + settings_table(results))
    return "\n\n".join(parts) + "\n"


def verdict(results: dict, track: str) -> str:
    "One line: ours against the best of the others, by time and by CPU."
    lines = []
    for job, what in (("read", "read"), ("augment", "read + augment")):
        cells = find(results, track, job)
        mine, theirs = best(cells, True), best(cells, False)
        if mine is None or theirs is None: continue
        by_time = median(rates(cells[mine])) / median(rates(cells[theirs]))
        by_cpu = cpu(cells[theirs]) / cpu(cells[mine])
        lines.append(f"{what}: {mine} is {by_time:.1f} times as fast as the best peer, {theirs} "
                     f"({by_cpu:.1f} times by CPU)")
    return "; ".join(lines)[:1].upper() + "; ".join(lines)[1:] + "." if lines else ""


def limit_line(results: dict, track: str) -> str:
    "Our share of the limit: the CPU time a pair that copying takes, as a part of what ours take, float32 and uint8."
    cells, shares = find(results, track, "augment"), []
    measured = {n: cpu(c) for n, c in cells.items() if c["rounds"] and "error" not in c}
    for name in (n for n in measured if n.startswith("tfrseg mapped")):
        limit = measured.get("limit, copy" if "uint8" in name else "limit, copy and cast")
        if limit: shares.append(f"{name} {limit / measured[name]:.0%}")
    return f"Share of the limit, by CPU a pair: {', '.join(shares)}." if shares else ""


def spread(cell: dict | None) -> list[str]:
    "Two columns: the median with its range, and CPU; or what went wrong."
    if cell is None: return ["-", ""]
    if "error" in cell or not cell["rounds"]: return [cell.get("error", "no result").replace("|", "/")[:80], ""]
    r = rates(cell)
    return [f"**{median(r):,.0f}** ({r[0]:,.0f} to {r[-1]:,.0f})".replace(",", " "), f"{cpu(cell):,.0f}".replace(",", " ")]


def markdown(head: list[str], rows: list[list[str]], right: int = 1) -> str:
    "A Markdown table; columns from `right` on are aligned right."
    lines = [head, ["---" if k < right else "---:" for k in range(len(head))], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def track_table(results: dict, track: str) -> str:
    "Peers of a track, the fastest first."
    cells = {job: find(results, track, job) for job in ("read", "augment")}
    names = list(dict.fromkeys([*cells["augment"], *cells["read"]]))
    speed = lambda name, job: median(rates(c)) if (c := cells[job].get(name)) and c["rounds"] and "error" not in c else 0
    names.sort(key=lambda n: (speed(n, "augment") or speed(n, "read"), speed(n, "read")), reverse=True)
    base = speed(best(cells["augment"], False), "augment") if best(cells["augment"], False) else 0
    rows = [[f"**{n}**" if is_ours(n) else n, *spread(cells["read"].get(n)), *spread(cells["augment"].get(n)),
             f"{speed(n, 'augment') / base:.2f}" if base and speed(n, "augment") else ""] for n in names]
    return markdown(["", "read, images/s", "CPU µs", "read + augment, images/s", "CPU µs", "best peer = 1"], rows)


def write_table(results: dict) -> str:
    "Writers, by track."
    tracks = list(dict.fromkeys(c["track"] for c in results["cells"] if c["job"] == "write"))
    if not tracks: return ""
    cells = {t: find(results, t, "write") for t in tracks}
    names = list(dict.fromkeys(n for found in cells.values() for n in found))
    rows = [[f"**{n}**" if is_ours(n) else n, *(spread(cells[t].get(n))[0] for t in tracks)] for n in names]
    text = "PNG files to each format, images/s: raw pixels, and PNG bytes as they are."
    return f"## Write\n\n{text}\n\n" + markdown(["", *tracks], rows)


SCALES = {"shards": ("Shards", "Read + augment, images/s, the same pictures in so many shards."),
          "threads": ("Threads", "Read + augment, images/s, by processes that may use so many of the machine's hardware threads.")}


def scale_table(results: dict, by: str) -> str:
    "Read + augment by number of shards or threads."
    cells = [c for c in results["cells"] if by in c]
    if not cells: return ""
    counts = sorted({c[by] for c in cells})
    rows = [[name, *(spread(next((c for c in cells if (c["peer"], c[by]) == (name, n)), None))[0] for n in counts)]
            for name in dict.fromkeys(c["peer"] for c in cells)]
    title, text = SCALES[by]
    return f"## {title}\n\n{text}\n\n" + markdown(["", *map(str, counts)], rows)


def single_table(results: dict) -> str:
    "A million records, and the first batch."
    found = [f for f in results["single"] if "error" not in f]
    parts = [f"{f['what']}, {f['reader']}: {f['error']}." for f in results["single"] if "error" in f]
    million = [f for f in found if f["what"] == "million"]
    if million:
        text = ("10^6 records of 8 x 8 pixels in 100 shards, shuffled. Seconds from the call of `make_dataset`; memory that is no "
                "file's, beyond TensorFlow's own. *new* is the very first opening, which checks every byte and keeps an index.")
        head = ["reader", "open, s", "first batch, s", "open, MiB", "first batch, MiB", "2 000 batches later, MiB"]
        keys = {"open_seconds": 2, "first_batch_seconds": 2, "open_mib": 0, "first_batch_mib": 0, "later_mib": 0}
        rows = [[f["reader"], *(f"{f[key]:.{digits}f}" for key, digits in keys.items())] for f in million]
        parts.append(f"## A million records\n\n{text}\n\n{markdown(head, rows)}")
    if starts := [f for f in found if f["what"] == "start"]:
        rows = []
        for reader in dict.fromkeys(f["reader"] for f in starts):
            seconds = [f["first_batch_seconds"] for f in starts if f["reader"] == reader]
            rows.append([reader, f"**{median(seconds):.2f}** ({min(seconds):.2f} to {max(seconds):.2f})"])
        text = "Seconds from after TensorFlow's import to the first batch of 16 augmented crops."
        parts.append(f"## First batch\n\n{text}\n\n{markdown(['reader', 's'], rows)}")
    return "\n\n".join(parts)


def settings_table(results: dict) -> str:
    "How each peer was set, and its versions."
    rows = [[name, setting, ", ".join(f"{k} {v}" for k, v in results["versions"].get(name, {}).items()) or "not installed"]
            for name, setting in results["settings"].items() if name in results["versions"]]
    return markdown(["peer", "setting, and whose advice", "versions"], rows, right=3)


def draw(results: dict, path: Path) -> None:
    "Read + augment of every track as bars, the fastest on top; the line in each bar is the range of its rounds."
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    tracks = [t for t in results["tracks"] if any(c["rounds"] for c in find(results, t, "augment").values())]
    if not tracks: return
    tracks.sort(key=lambda t: (not t.startswith("raw"), list(results["tracks"]).index(t)))
    across = 2 if len(tracks) > 1 else 1
    down = -(-len(tracks) // across)
    figure, axes = plt.subplots(down, across, figsize=(6.6 * across, 4.4 * down), squeeze=False, layout="constrained")
    for axis, track in zip(axes.flat, tracks): draw_track(axis, results, track)
    for axis in axes.flat[len(tracks):]: axis.axis("off")
    m = results["machine"]
    title = "Read + augment, images per second: random 256 × 256 crop and the eight symmetries"
    figure.suptitle(title + "\n", fontsize=14, color=TEXT, x=0.01, ha="left")
    note = (f"{m['cpu']}, {m['cores']} cores, {results['date']}; median of {results['rounds']} rounds in turns, "
            "thin lines from the slowest to the fastest")
    figure.text(0.01, 0.965 if down > 1 else 0.93, note, fontsize=9, color="#777777", va="top")
    figure.savefig(path, dpi=110, facecolor="white")
    plt.close(figure)


def draw_track(axis, results: dict, track: str) -> None:
    "One panel."
    cells = [c for c in find(results, track, "augment").values() if c["rounds"] and "error" not in c]
    cells.sort(key=lambda c: median(rates(c)))
    values = [median(rates(c)) for c in cells]
    names, longest = [c["peer"] for c in cells], max(rates(c)[-1] for c in cells)
    axis.barh(names, values, height=0.68, color=[OURS if is_ours(n) else PEER for n in names])
    for k, (cell, value) in enumerate(zip(cells, values)):
        axis.plot([rates(cell)[0], rates(cell)[-1]], [k, k], color=TEXT, linewidth=1, alpha=0.6)
        place = rates(cell)[-1] + longest * 0.015
        axis.text(place, k, f"{value:,.0f}".replace(",", "\u2009"), va="center", fontsize=9, color=TEXT)
    kind, size = track.split()
    axis.set_title(f"{'raw pixels' if kind == 'raw' else 'PNG'}, {size.replace('x', ' × ')}", loc="left", fontsize=11, color=TEXT)
    axis.set_xlim(0, longest * 1.14)
    axis.set_xticks([])
    axis.tick_params(axis="y", length=0, labelsize=9, labelcolor=TEXT)
    for label in axis.get_yticklabels():
        if is_ours(label.get_text()): label.set_fontweight("bold")
    for side in axis.spines.values(): side.set_visible(False)
