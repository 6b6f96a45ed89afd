// The canvas: pictures drawn, zoomed, compared by a wipe, and read off.

const TITLE = 20,
  GAP = 6,
  CRISP = 4; // from this scale on the pixels of an image are seen as squares

function makeStage(v) {
  const canvas = h("canvas", { className: "tfs-canvas", tabIndex: 0, role: "img" });
  const readout = h("span", { className: "tfs-readout" }),
    tip = h("div", { className: "tfs-tip", hidden: true }),
    badge = h("span", { className: "tfs-badge", hidden: true, "aria-hidden": "true" }, "\u2691"),
    message = h("div", { className: "tfs-message", hidden: true, role: "status" });
  const pose = { zoom: 1, x: 0.5, y: 0.5 };
  let cells = [],
    frame = 0,
    wipe = 0.5; // where the picture is parted, 0 to 1 of its cell

  const repaint = () => (v.record?.pictures ?? []).forEach((p) => (p.stale = true));

  // ---- where pictures stand
  function makeCells() {
    const made = [],
      drawn = new Set();
    for (const p of v.looker.seen()) {
      const plain = { picture: p, image: true, mask: false, title: p.plain ?? "image" };
      if ((v.view.side || v.view.wipe) && p.bitmap && p.ids && !drawn.has(p.key)) made.push(plain);
      drawn.add(p.key);
      made.push({ picture: p, image: true, mask: true, title: p.title });
    }
    return made;
  }

  // The first two cells of one size, one behind the other; or none.
  const parted = (made) => {
    const [a, b] = made.map((c) => `${c.picture.width} ${c.picture.height}`);
    return v.view.wipe && made.length > 1 && a === b;
  };

  // Columns that give the largest pictures, or nearly so in one row, and the height they need.
  function arrange() {
    cells = makeCells();
    const behind = parted(cells) ? cells.splice(0, 1)[0] : null;
    if (behind) cells[0].behind = behind;
    const width = Math.max(canvas.parentElement.clientWidth, 120),
      around = v.root.offsetHeight - canvas.offsetHeight + 26,
      limit = v.source.whole ? Math.max(innerHeight - around, 220) : clamp(innerHeight * 0.68, 220, 860);
    const w = Math.max(...cells.map((c) => c.picture.width), 1),
      high = Math.max(...cells.map((c) => c.picture.height), 1);
    const titled = cells.length > 1 && cells.some((c) => c.title) ? TITLE : 0;
    let best = {};
    for (let columns = 1; columns <= Math.max(cells.length, 1); columns++) {
      const rows = Math.ceil(Math.max(cells.length, 1) / columns);
      const cw = (width - GAP * (columns - 1)) / columns,
        ch = (limit - (GAP + titled) * rows) / rows;
      const scale = Math.min(cw / w, ch / high),
        wished = columns === v.record.columns && cw >= 160 ? 4 : 1,
        worth = wished * (rows === 1 ? 1.3 * scale : scale); // one row is easier to compare
      if (worth > (best.worth ?? 0))
        best = { worth, scale, columns, rows, cw, ch: clamp(high * scale, Math.min(120, ch), ch) };
    }
    const height = best.rows * (best.ch + titled) + GAP * (best.rows - 1);
    cells.forEach((c, k) =>
      Object.assign(c, {
        w: best.cw,
        h: best.ch,
        x: (k % best.columns) * (best.cw + GAP),
        y: Math.floor(k / best.columns) * (best.ch + titled + GAP) + titled,
      }),
    );
    if (behind) Object.assign(behind, { w: cells[0].w, h: cells[0].h, x: cells[0].x, y: cells[0].y });
    return { width, height };
  }

  function place(cell) {
    const { picture: p } = cell,
      scale = Math.min(cell.w / p.width, cell.h / p.height) * pose.zoom;
    const w = Math.max(p.width * scale, 1),
      high = Math.max(p.height * scale, 1);
    return { scale, w, h: high, x: cell.x + cell.w / 2 - pose.x * w, y: cell.y + cell.h / 2 - pose.y * high };
  }

  // ---- drawing
  function schedule() {
    if (!frame) frame = requestAnimationFrame(draw);
  }

  function draw() {
    frame = 0;
    const { record } = v;
    if (!record || !v.root.isConnected || !canvas.parentElement.clientWidth) return;
    const size = arrange(),
      ratio = devicePixelRatio || 1,
      c = canvas.getContext("2d");
    const pixels = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) {
      [canvas.width, canvas.height] = pixels;
      canvas.style.height = `${size.height}px`;
    }
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, size.width, size.height);
    ((c.fillStyle = "#8290a5"), (c.font = "12px system-ui, sans-serif"));
    for (const cell of cells) drawCell(c, cell);
    canvas.style.touchAction = pose.zoom > 1 ? "none" : "pan-x pan-y"; // one finger scrolls the page, two enlarge the picture
    canvas.dataset.shown = record.number;
    canvas.dataset.answer = record.answer ?? ""; // to which question of a panel this is the answer
    canvas.dataset.zoom = pose.zoom.toFixed(3);
  }

  function drawCell(c, cell) {
    if (cell.title && cells.length > 1 && !cell.behind) drawTitle(c, cell);
    if (!cell.behind) drawPicture(c, cell, 0, 1);
    else {
      (drawPicture(c, cell.behind, 0, wipe), drawPicture(c, cell, wipe, 1));
      const x = cell.x + wipe * cell.w;
      ((c.fillStyle = "#000000"), c.fillRect(x - 1.5, cell.y, 3, cell.h));
      ((c.fillStyle = "#ffffff"), c.fillRect(x - 0.5, cell.y, 1, cell.h));
      (c.beginPath(), c.arc(x, cell.y + cell.h / 2, 7, 0, 7), c.fill());
      ((c.strokeStyle = "#000000"), c.stroke(), (c.fillStyle = "#8290a5"));
      drawTitle(c, cell);
    }
    if (v.looker.isField(cell.picture)) drawBar(c, cell, cell.picture);
  }

  function drawTitle(c, cell) {
    if (!cell.behind) return c.fillText(cell.title, cell.x + 2, cell.y - 6, cell.w - 4);
    const place = { left: cell.x + 8, right: cell.x + cell.w - 8 };
    for (const [side, text] of [["left", cell.behind.title ?? "image"], ["right", cell.title]]) {
      c.textAlign = side;
      const width = c.measureText(text).width,
        x = side === "left" ? place.left : place.right - width;
      ((c.fillStyle = "rgb(12 14 20 / 70%)"), c.fillRect(x - 4, cell.y + 6, width + 8, 20));
      ((c.fillStyle = "#ffffff"), c.fillText(text, place[side], cell.y + 20));
    }
    ((c.textAlign = "left"), (c.fillStyle = "#8290a5"));
  }

  // A picture in its cell, between two places from 0 (left) to 1 (right).
  function drawPicture(c, cell, from, to) {
    const at = place(cell),
      p = cell.picture;
    c.save();
    (c.beginPath(), c.rect(cell.x + from * cell.w, cell.y, (to - from) * cell.w, cell.h), c.clip());
    ((c.imageSmoothingEnabled = at.scale < CRISP), (c.imageSmoothingQuality = "high"));
    if (p.bands) composeOnce(p);
    if (p.bitmap) c.drawImage(relit(p, v.view.light), at.x, at.y, at.w, at.h);
    if (cell.mask && p.ids && !v.muted && v.view.alpha > 0) {
      const reach = Math.max(1, Math.round((2 / at.scale) * pose.zoom));
      if (p.stale || p.reach !== reach) paint(p, v.legend.colorsOf(p), v.source.meta.ignore, v.view.outline, reach);
      ((p.stale = false), (p.reach = reach));
      c.imageSmoothingEnabled = at.scale < 1; // masks stay crisp
      const lit = (v.lit ?? null) !== null && !p.map;
      c.globalAlpha = lit ? Math.max(v.view.alpha, 0.75) : v.view.outline ? Math.min(1, 2 * v.view.alpha) : v.view.alpha;
      c.drawImage(p.layer, at.x, at.y, at.w, at.h);
    }
    c.globalAlpha = 1;
    if (v.record.frame && p === v.record.pictures[0]) drawFrame(c, at, v.record.frame);
    c.restore();
  }

  // What of a picture comes out of an augmentation: its corners, and all else darker.
  function drawFrame(c, at, corners) {
    const ways = new Path2D();
    corners.forEach(([x, y], k) => ways[k ? "lineTo" : "moveTo"](at.x + x * at.scale, at.y + y * at.scale));
    ways.closePath();
    const outside = new Path2D(ways);
    outside.rect(at.x, at.y, at.w, at.h);
    ((c.fillStyle = "rgb(12 14 20 / 45%)"), c.fill(outside, "evenodd"));
    for (const [color, width] of [["#000000", 3], ["#ffffff", 1.5]]) ((c.strokeStyle = color), (c.lineWidth = width), c.stroke(ways));
    c.fillStyle = "#8290a5";
  }

  function composeOnce(p) {
    const bands = v.looker.bandsOf(p),
      asked = JSON.stringify([bands, v.view.stretch]);
    if (p.composed !== asked) compose(p, bands, v.view.stretch, v.looker.isField(p) ? p.bands.colors : null);
    p.composed = asked;
  }

  // The colours of a field with the values at both ends.
  function drawBar(c, cell, p) {
    const [low, high] = endsOf(p.bands, v.looker.bandsOf(p)[0], v.view.stretch),
      { colors } = p.bands,
      x = cell.x + 10,
      y = cell.y + cell.h - 34;
    c.save();
    ((c.fillStyle = "rgb(0 0 0 / 60%)"), c.fillRect(x - 4, y - 4, 138, 32));
    colors.forEach((color, k) => ((c.fillStyle = hex(color)), c.fillRect(x + (k * 130) / colors.length, y, 2, 10)));
    ((c.fillStyle = "#ffffff"), c.fillText(number5(low), x, y + 23));
    ((c.textAlign = "right"), c.fillText(number5(high), x + 130, y + 23));
    c.restore();
  }

  // What is wrong, in words, and a way out.
  function say(text, ways = []) {
    const signature = JSON.stringify([text, ways.map(([label]) => label)]);
    if (message.dataset.signature === signature) return;
    message.dataset.signature = signature;
    message.hidden = !text;
    message.replaceChildren(h("p", {}, text ?? ""), ...ways.map(([label, act]) => button(label, label, act)));
  }

  // ---- zoom, pan
  function fit() {
    Object.assign(pose, { zoom: 1, x: 0.5, y: 0.5 });
    schedule();
  }

  function zoom(factor, cell = cells[0], px = cell ? cell.x + cell.w / 2 : 0, py = cell ? cell.y + cell.h / 2 : 0) {
    if (!cell) return;
    const old = place(cell),
      u = (px - old.x) / old.w,
      w = (py - old.y) / old.h,
      most = Math.max(64, (2 * Math.max(cell.picture.width, cell.picture.height)) / 100);
    pose.zoom = clamp(pose.zoom * factor, 1, most);
    const now = place(cell);
    ((pose.x = clamp(u + (cell.x + cell.w / 2 - px) / now.w, 0, 1)), (pose.y = clamp(w + (cell.y + cell.h / 2 - py) / now.h, 0, 1)));
    if (pose.zoom === 1) pose.x = pose.y = 0.5;
    schedule();
  }

  function actualSize() {
    if (cells[0]) zoom(1 / (place(cells[0]).scale * (devicePixelRatio || 1)));
  }

  // ---- reading off pixels
  const locate = (e) => {
    const box = canvas.getBoundingClientRect(),
      x = ((e.clientX - box.left) * canvas.clientWidth) / box.width,
      y = ((e.clientY - box.top) * canvas.clientHeight) / box.height;
    const cell = cells.find((c) => x >= c.x && x < c.x + c.w && y >= c.y && y < c.y + c.h);
    return { x, y, cell };
  };

  const probe = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  // The pixel below a pointer: { p, px, py, at }, or null.
  function pixelAt({ x, y, cell }) {
    if (!cell) return null;
    const front = cell.behind && x < cell.x + wipe * cell.w ? cell.behind : cell,
      p = front.picture,
      at = place(front);
    const px = Math.floor(((x - at.x) / at.w) * p.width),
      py = Math.floor(((y - at.y) / at.h) * p.height);
    return px < 0 || py < 0 || px >= p.width || py >= p.height ? null : { p, px, py, at: py * p.width + px };
  }

  function read(e) {
    const where = locate(e),
      found = pixelAt(where);
    if (!found) return (readout.replaceChildren(), (tip.hidden = true));
    const { p, px, py, at } = found,
      words = [`x ${px}  y ${py}`],
      gap = "  \u00b7  ";
    if (p.bands) words.push(gap, valuesAt(p, at));
    else if (p.bitmap) {
      probe.drawImage(p.bitmap, px, py, 1, 1, 0, 0, 1, 1);
      words.push(gap, hex([...probe.getImageData(0, 0, 1, 1).data].slice(0, 3)));
    }
    const swatch = h("i", {});
    if (p.ids) {
      const id = p.ids[at],
        here = (p.sets ? p.sets[id] : [id]).map((c) => v.legend.table(p.map).get(c) ?? v.legend.unnamed(c)),
        name = here.map((c) => c.name).join(" + ") || (p.sets ? "no class" : "");
      words.push(gap, p.sets ? "" : `${id} `, h("bdi", {}, name));
      swatch.style.setProperty("--tfs-class", hex(mix(here.map((c) => c.color))));
      showTip(where, name, swatch.cloneNode());
    } else tip.hidden = true;
    readout.replaceChildren(...words, " ", p.ids ? swatch : "");
  }

  // The name of the class beside the pointer, on the side where there is room.
  function showTip({ x, y }, name, swatch) {
    tip.hidden = false;
    tip.replaceChildren(swatch, h("bdi", {}, name));
    const right = x > canvas.clientWidth / 2;
    tip.style.left = right ? "auto" : `${x + 14}px`;
    tip.style.right = right ? `${canvas.clientWidth - x + 14}px` : "auto";
    tip.style.top = `${Math.max(y - 30, 2)}px`;
  }

  // The values of the bands that are shown, in the unit of the pixels.
  function valuesAt(p, at) {
    const size = p.width * p.height;
    const words = [...new Set(v.looker.bandsOf(p))].filter((n) => n >= 0).map((n) => {
      const q = p.planes[n * size + at];
      return q ? `${p.bands.names.length > 1 ? `${p.bands.names[n]} ` : ""}${number5(valueOf(p.bands, n, q))}` : null;
    });
    return words.includes(null) ? "not measured" : words.join("  ");
  }

  // ---- pointers: one moves the picture or the wipe, two enlarge it
  const fingers = new Map();
  let held = null,
    apart = 0;
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  const nearWipe = ({ x, cell }) => cell?.behind && Math.abs(x - cell.x - wipe * cell.w) < 12;

  canvas.addEventListener("pointerdown", (e) => {
    const where = locate(e);
    fingers.set(e.pointerId, where);
    held = { ...where, from: where, wiping: nearWipe(where) };
    if (fingers.size === 2) apart = spread();
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(e.pointerId);
  });
  const release = (e) => (fingers.delete(e.pointerId), (held = null));
  canvas.addEventListener("pointerup", (e) => {
    const start = held,
      now = locate(e);
    release(e);
    if (!start?.cell || start.wiping || Math.hypot(now.x - start.from.x, now.y - start.from.y) > 4) return;
    const found = pixelAt(now);
    if (found) v.repair?.picked(found);
  });
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => (readout.replaceChildren(), (tip.hidden = true)));
  canvas.addEventListener("dblclick", () => !v.repair?.isOn() && fit());
  canvas.addEventListener("pointermove", (e) => {
    read(e);
    const now = locate(e);
    canvas.classList.toggle("tfs-wiping", Boolean(held?.wiping || nearWipe(now)));
    if (fingers.has(e.pointerId)) fingers.set(e.pointerId, now);
    if (fingers.size === 2) return pinch();
    if (!held?.cell) return;
    if (held.wiping) return moveWipe((now.x - held.cell.x) / held.cell.w);
    if (pose.zoom === 1) return;
    const at = place(held.cell);
    ((pose.x = clamp(pose.x - (now.x - held.x) / at.w, 0, 1)), (pose.y = clamp(pose.y - (now.y - held.y) / at.h, 0, 1)));
    held = { ...held, x: now.x, y: now.y };
    schedule();
  });
  canvas.addEventListener(
    "wheel",
    (e) => {
      if (document.activeElement !== canvas && !e.ctrlKey) return;
      e.preventDefault();
      const { x, y, cell } = locate(e);
      zoom(Math.exp(-e.deltaY / 300), cell, x, y);
    },
    { passive: false },
  );

  function pinch() {
    const now = spread(),
      [a, b] = [...fingers.values()];
    if (apart > 0) zoom(now / apart, a.cell ?? cells[0], (a.x + b.x) / 2, (a.y + b.y) / 2);
    apart = now;
  }

  function moveWipe(to) {
    wipe = clamp(to, 0, 1);
    canvas.dataset.wipe = wipe.toFixed(3);
    schedule();
  }

  const element = h("div", { className: "tfs-view" }, canvas, tip, badge, message);
  const zoomers = group(
    button("\u2212", "zoom out (\u2212)", () => zoom(1 / 1.5)),
    button("fit", "fit (0)", fit, "tfs-fit"),
    button("+", "zoom in (+)", () => zoom(1.5)),
  );
  return {
    ...{ element, canvas, readout, badge, zoomers, repaint, schedule, say },
    stop: () => cancelAnimationFrame(frame),
    acts: {
      "+": () => zoom(1.5),
      "=": () => zoom(1.5),
      "-": () => zoom(1 / 1.5),
      0: fit,
      z: actualSize,
      ",": () => v.view.wipe && moveWipe(wipe - 0.05),
      ".": () => v.view.wipe && moveWipe(wipe + 0.05),
    },
    keys: [
      ["+ \u2212", "zoom; also wheel on the picture, two fingers"],
      ["0", "fit"],
      ["z", "one pixel to one pixel"],
      [", .", "wipe to the left, to the right"],
    ],
  };
}
