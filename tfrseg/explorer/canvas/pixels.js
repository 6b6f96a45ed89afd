// Pixels: records decoded, bands as pictures, masks as areas or outlines.

async function inflate(bytes, bits) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  return bits === 16 ? new Uint16Array(buffer) : new Uint8Array(buffer);
}

function histogram(ids) {
  const counts = new Map(),
    table = new Uint32Array(ids instanceof Uint16Array ? 65536 : 256);
  for (let i = 0; i < ids.length; i++) table[ids[i]]++;
  table.forEach((n, id) => {
    if (n) counts.set(id, n);
  });
  return counts;
}

// A record with its pictures decoded: bitmaps, ids, and the pixels of each class. Some pictures are known: `same` ones are not sent again.
async function decode(record, buffers, known = new Map()) {
  const once = (make) => {
    const made = new Map();
    return (k) => {
      if (!made.has(k)) made.set(k, make(k));
      return made.get(k);
    };
  };
  const plain = { imageOrientation: "none", colorSpaceConversion: "none" };
  const bitmap = once((k) => createImageBitmap(new Blob([buffers[k]]), plain));
  const values = once((k) => inflate(buffers[k], 16));
  const pictures = await Promise.all(
    (record.pictures ?? []).map(async (p) => p.same ? known.get(p.kept) : {
      ...p,
      key: `${p.kept ?? ""}${p.bands ? ` bands ${p.bands.buffer}` : p.image}`,
      planes: p.bands && (await values(p.bands.buffer)),
      bitmap: p.bands ? new OffscreenCanvas(p.width, p.height) : p.image < 0 ? null : await bitmap(p.image),
      ids: p.mask < 0 ? null : await inflate(buffers[p.mask], p.bits),
    }),
  );
  markErrors(pictures, record.mark);
  for (const p of pictures) p.counts ??= p.ids ? byClass(histogram(p.ids), p.sets) : new Map();
  return { ...record, pictures };
}

// The pixels of each class, where an id stands for a set of classes.
function byClass(counts, sets) {
  if (!sets) return counts;
  const found = new Map();
  for (const [id, n] of counts) for (const c of sets[id]) found.set(c, (found.get(c) ?? 0) + n);
  return found;
}

// The values that are black and white of a band: the ends of the stretch, or the range of the dtype.
const endsOf = (bands, n, stretch) => (stretch ? bands.ends : bands.range)[n];
const valueOf = (bands, n, q) => bands.low[n] + (q - 1) * bands.step[n];

// Bands as a picture: up to three of them in red, green and blue, or one in the colours of fields; chequered where nothing was measured.
function compose(picture, shown, stretch, colors) {
  const { planes, width, height, bands } = picture,
    size = width * height,
    out = new Uint8ClampedArray(4 * size);
  const levels = shown.map((n) => {
    const table = new Uint8ClampedArray(65536);
    if (n < 0) return table;
    const [low, high] = endsOf(bands, n, stretch);
    for (let q = 1; q < 65536; q++) table[q] = high > low ? (255 * (valueOf(bands, n, q) - low)) / (high - low) : 127;
    return table;
  });
  const first = shown.map((n) => (n < 0 ? -1 : n * size));
  for (let i = 0, at = 0; i < size; i++, at += 4) {
    out[at + 3] = 255;
    if (first.some((start) => start >= 0 && !planes[start + i])) {
      out[at] = out[at + 1] = out[at + 2] = ((i % width >> 2) + (Math.floor(i / width) >> 2)) % 2 ? 144 : 96;
      continue;
    }
    for (let k = 0; k < 3; k++) out[at + k] = first[k] < 0 ? 0 : levels[k][planes[first[k] + i]];
    if (colors) [out[at], out[at + 1], out[at + 2]] = colors[out[at]];
  }
  picture.bitmap.getContext("2d").putImageData(new ImageData(out, width, height), 0, 0);
}

// Colours that add, as light does.
const mix = (colors) => [0, 1, 2].map((k) => Math.min(255, colors.reduce((sum, c) => sum + c[k], 0)));

// Ids in colours on a canvas of the picture's own size: areas or outlines; the ignore label is hatched.
function paint(picture, colors, ignore, outline, reach) {
  const { ids, width, height } = picture,
    out = new Uint32Array(width * height);
  picture.layer ??= new OffscreenCanvas(width, height);
  const lut = new Uint32Array(ids instanceof Uint16Array ? 65536 : 256);
  const word = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  const { sets } = picture,
    known = new Map(colors);
  if (sets)
    sets.forEach((set, id) => {
      const seen = set.filter((c) => known.has(c));
      if (seen.length) lut[id] = word(mix(seen.map((c) => known.get(c))));
    });
  else for (const [id, color] of colors) lut[id] = word(color);
  if (outline && sets)
    for (const [c, color] of colors) {
      const inside = Uint32Array.from(sets, (set) => (set.includes(c) ? word(color) : 0));
      if (picture.counts.has(c)) outlines(out, Uint32Array.from(ids, (id) => inside[id] && 1), [0, word(color)], width, height, reach);
    }
  else if (outline) outlines(out, ids, lut, width, height, reach);
  else for (let i = 0; i < out.length; i++) out[i] = lut[ids[i]];
  if (outline) halo(out, width, height, reach);
  const unknown = sets ? sets.findIndex((set) => set.includes(ignore)) : ignore;
  if (!outline && lut[unknown] && picture.counts.has(ignore)) hatch(out, ids, unknown, width, Math.max(2, 3 * reach));
  picture.layer.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(out.buffer), width, height), 0, 0);
}

function outlines(out, ids, lut, width, height, reach) {
  const down = reach * width;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const id = ids[i];
      if (
        lut[id] &&
        ((x >= reach && ids[i - reach] !== id) ||
          (x + reach < width && ids[i + reach] !== id) ||
          (y >= reach && ids[i - down] !== id) ||
          (y + reach < height && ids[i + down] !== id))
      )
        out[i] = lut[id];
    }
}

// A rim around outlines, dark around bright colours and bright around dark ones, so that they are seen on pixels of any colour.
function halo(out, width, height, reach) {
  const down = reach * width,
    dark = (170 << 24) >>> 0,
    bright = ((170 << 24) | 0xffffff) >>> 0;
  const beside = (i) => (out[i] >>> 24 === 255 ? out[i] : 0);
  const rim = (word) => ((word & 255) * 3 + ((word >> 8) & 255) * 6 + ((word >> 16) & 255) > 1100 ? dark : bright);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (out[i]) continue;
      const line =
        (x >= reach && beside(i - reach)) ||
        (x + reach < width && beside(i + reach)) ||
        (y >= reach && beside(i - down)) ||
        (y + reach < height && beside(i + down));
      if (line) out[i] = rim(line);
    }
}

// Stripes of two greys, as in every figure and legend.
function hatch(out, ids, ignore, width, stripe) {
  const [dark, light] = [40, 180].map((grey) => ((255 << 24) | (grey * 0x10101)) >>> 0);
  for (let i = 0; i < out.length; i++)
    if (ids[i] === ignore) out[i] = Math.floor(((i % width) + Math.floor(i / width)) / stripe) % 2 ? dark : light;
}

// Brightness (-1 to 1), contrast and gamma of an image. Done here, because not every browser has filters for canvases.
const DAYLIGHT = { brightness: 0, contrast: 1, gamma: 1 };
const isDaylight = (light) => Object.entries(DAYLIGHT).every(([key, value]) => light[key] === value);

function relit(picture, light) {
  if (isDaylight(light)) return picture.bitmap;
  const key = JSON.stringify([light, picture.composed]),
    { width, height } = picture.bitmap;
  if (picture.light === key) return picture.lit;
  const { brightness, contrast, gamma } = light,
    table = Uint8ClampedArray.from({ length: 256 }, (_, n) => 255 * (((n / 255) ** (1 / gamma) - 0.5) * contrast + 0.5 + brightness));
  picture.lit ??= new OffscreenCanvas(width, height);
  const pen = picture.lit.getContext("2d", { willReadFrequently: true });
  pen.drawImage(picture.bitmap, 0, 0);
  const pixels = pen.getImageData(0, 0, width, height);
  for (let i = 0; i < pixels.data.length; i += 4)
    for (let k = i; k < i + 3; k++) pixels.data[k] = table[pixels.data[k]];
  pen.putImageData(pixels, 0, 0);
  picture.light = key;
  return picture.lit;
}
