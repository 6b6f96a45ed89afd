// Where records come from: a kernel, the page itself, a server.

// A list of flags with changes that are on their way.
const changed = (flagged, pending) =>
  [...flagged.filter((n) => pending.get(n) !== false), ...[...pending].filter(([n, on]) => on && !flagged.includes(n)).map(([n]) => n)].sort(
    (a, b) => a - b,
  );

// A source that asks the kernel.
function fromModel(model) {
  const waiting = new Map(),
    bytes = (b) => new Uint8Array(b.buffer ?? b, b.byteOffset ?? 0, b.byteLength);
  const save = debounce(250, () => model.save_changes());
  const ended = "The kernel has stopped. Run the cell again.";
  let dead = false;
  const send = (message) => {
    try {
      Promise.resolve(model.send(message)).catch(() => (dead = true));
    } catch (e) {
      dead = true;
      throw e;
    }
  };
  const pending = new Map(); // flags that were told, and not yet heard of
  return {
    get meta() {
      return model.get("meta");
    },
    get flagged() {
      return changed(model.get("flagged"), pending);
    },
    get marks() {
      return model.get("marks") ?? {};
    },
    get place() {
      return model.get("position");
    },
    view: model.get("view"),
    load: (position) =>
      new Promise((resolve) => {
        waiting.set(position, [...(waiting.get(position) ?? []), resolve]);
        send({ load: position });
      }),
    ended: () => (dead ? ended : null),
    moved: (record) => send({ moved: record.number, position: record.position }),
    keep: (view) => {
      model.set("view", view);
      save();
    },
    flag: (number, on) => {
      pending.set(number, on);
      send(on ? { flagged: [number] } : { unflagged: [number] });
    },
    select: (query) => send({ select: query }),
    relabel: (asked) => send({ relabel: asked }),
    repair: (asked) => send({ repair: asked }),
    tag: (change) => send({ tag: change }),
    facets: (asked) => send({ facets: asked }),
    thumbs: (from, count) => send({ thumbs: { from, count } }),
    listen(events) {
      const heard = (message, buffers) => {
        if (message.go !== undefined) return events.go(message.go);
        if (message.facets) return events.facets(message.facets);
        if (message.thumbs) return events.thumbs(message, buffers.map(bytes));
        if (message.told) return events.told(message.told);
        const got = { record: message.record, buffers: buffers.map(bytes) };
        if (message.push) return events.push(got);
        if (message.version !== model.get("meta").version) return;
        for (const resolve of waiting.get(message.record.position) ?? []) resolve(got);
        waiting.delete(message.record.position);
      };
      let last = model.get("meta").version;
      const meta = () => {
        const now = model.get("meta");
        if (now.version === last) return events.refresh();
        ((last = now.version), waiting.clear());
        events.renew(now.position ?? 0);
      };
      const view = () => events.view(model.get("view")),
        flagged = () => {
          const now = model.get("flagged");
          for (const [number, on] of pending) if (now.includes(number) === on) pending.delete(number);
          events.refresh();
        };
      (model.on("msg:custom", heard),
        model.on("change:meta", meta),
        model.on("change:view", view),
        model.on("change:marks", events.refresh),
        model.on("change:flagged", flagged));
      return () => {
        (model.off("msg:custom", heard),
          model.off("change:meta", meta),
          model.off("change:view", view),
          model.off("change:marks", events.refresh),
          model.off("change:flagged", flagged));
      };
    },
  };
}

// A flag as a line of a list, as `flag_line` of the chapter `flags` writes it.
const lineOf = (...columns) => columns.map((text) => `${text}`.replace(/[\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]/g, escaped)).join("\t");
function escaped(character) {
  const short = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character],
    code = character.charCodeAt(0);
  return short ?? (code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`);
}

// A picture made small, for the gallery of a page, which holds whole pictures.
function shrunk(picture) {
  const scale = Math.min(1, 160 / Math.max(picture.width, picture.height)),
    [width, height] = [picture.width, picture.height].map((n) => Math.max(Math.round(n * scale), 1)),
    small = { ...picture, width, height, counts: picture.counts };
  if (picture.bitmap) {
    small.bitmap = new OffscreenCanvas(width, height);
    const pen = small.bitmap.getContext("2d");
    ((pen.imageSmoothingQuality = "high"), pen.drawImage(picture.bitmap, 0, 0, width, height));
  }
  if (!picture.ids) return small;
  small.ids = new picture.ids.constructor(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      small.ids[y * width + x] = picture.ids[Math.floor(((y + 0.5) * picture.height) / height) * picture.width + Math.floor(((x + 0.5) * picture.width) / width)];
  return small;
}

// A source that stands in the page: records with their buffers in base64, and facts, by which it answers queries itself.
export function fromPage({ meta, view, records }) {
  let events,
    order = records.map((_, k) => k),
    flagged = meta.flagged ?? [],
    marks = meta.marks ?? {};
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const { facts } = meta,
    key = facts && `tfrseg ${facts.key}`;
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    if (facts && kept) ({ flagged, marks } = kept);
  } catch {
    // this page may not keep anything
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify({ flagged, marks }));
    } catch {
      meta.notice = "this browser keeps no flags of this page; take their list along";
    }
    events?.refresh();
  }

  const load = async (position) => {
    const { record, buffers } = records[order[position]];
    return { record: judged({ ...record, position }, meta), buffers: buffers.map(bytes) };
  };
  const source = {
    meta,
    view,
    whole: true, // of its window
    load,
    moved() {},
    keep() {},
    get flagged() {
      return flagged;
    },
    get marks() {
      return marks;
    },
    flag(number, on) {
      flagged = changed(flagged, new Map([[number, on]]));
      meta.notice = "";
      keep();
    },
    select(query) {
      const asked = tidy(query);
      if (meta.matrix) order = findCompared(records, asked);
      else order = Object.keys(asked).length ? selectRows(facts, asked, flagged, marks) : records.map((_, k) => k);
      ((source.meta = meta), Object.assign(meta, { count: order.length, version: meta.version + 1, query: { ...asked, asked: query.asked } }));
      events?.renew(0);
    },
    relabel({ id, name, color }) {
      meta.classes = meta.classes.map((c) => (c.id === id ? { ...c, name: name || c.name, color: color ?? c.color } : c));
      events?.refresh();
    },
    listen: (given) => void (events = given),
  };
  if (!facts) return source;
  return Object.assign(Object.defineProperties({}, Object.getOwnPropertyDescriptors(source)), {
    tag({ numbers, add = [], remove = [], note }) {
      marks = { ...marks };
      for (const number of numbers) {
        const before = marks[number] ?? { tags: [], note: "" },
          tags = [...new Set([...before.tags.filter((tag) => !remove.includes(tag)), ...add])];
        marks[number] = { tags, note: note ?? before.note };
        flagged = changed(flagged, new Map([[number, true]]));
      }
      keep();
    },
    facets: (asked) => asked && queueMicrotask(() => events.facets(facetsOf(facts, order, flagged, marks, asked.share ?? null))),
    async thumbs(from, count) {
      const { version } = meta,
        positions = order.map((_, k) => k).slice(from, from + count);
      const made = await Promise.all(
        positions.map(async (position) => {
          const { record, buffers } = await load(position),
            whole = await decode(record, buffers).catch((e) => ({ ...record, pictures: [], error: e.message }));
          return { ...whole, pictures: whole.pictures.slice(0, 1).filter((p) => !p.bands).map(shrunk) };
        }),
      );
      events.thumbs({ thumbs: made, from, version, decoded: true }, []);
    },
    show(number) {
      const place = order.findIndex((k) => facts.numbers[k] === number);
      if (place >= 0) return events.go(place);
      source.select({});
      events.go(Math.max(facts.numbers.indexOf(number), 0));
    },
    list: () =>
      facts.numbers
        .map((number, k) => [number, k])
        .filter(([number]) => flagged.includes(number))
        .map(([number, k]) => lineOf(records[k].record.name, facts.shards[k], facts.inside[k], (marks[number]?.tags ?? []).join(", "), marks[number]?.note ?? "") + "\n")
        .join(""),
  });
}

// A source that asks the server which the page came from. A record comes as the length of its JSON, the JSON, and the buffers.
export async function fromServer() {
  const answer = async (path, message) => {
    const found = await fetch(path, message && { method: "POST", body: JSON.stringify(message) });
    if (!found.ok) throw new Error((await found.text()).trim());
    return found;
  };
  const ask = async (path, message) => (await answer(path, message)).json();
  let { meta, view, flagged, marks = {}, answer: newest } = await ask("meta"),
    events,
    timer = 0;
  const pending = new Map(); // flags that were told, and not yet heard of
  const told = (now) => {
    if (now.answer < newest) return; // answers may overtake each other
    newest = now.answer;
    const last = meta.version;
    if (now.meta.relabeled !== meta.relabeled && !now.meta.classes) return hear("meta");
    ((meta = { ...meta, ...now.meta }), (flagged = now.flagged), (marks = now.marks ?? marks)); // without the classes, which stay
    if (meta.version === last) events.refresh();
    else events.renew(meta.position ?? 0);
    if (meta.status && !timer) timer = setTimeout(() => ((timer = 0), hear("news")), 500);
  };
  const hear = (path, message) => ask(path, message).then(told, gone);
  let before = Promise.resolve();
  // Messages would overtake each other: each one goes when the one before it was answered.
  const tell = (message) => {
    const send = () => hear("tell", message);
    return (before = before.then(send, send));
  };
  let questions = 0, // for facets
    answered = 0; // the latest of them that was answered
  const gone = () => {
    ((meta = { ...meta, status: "the server has ended; start tfrseg browse again" }), events.refresh());
  };
  const packed = async (path) => {
    const data = await (await answer(path)).arrayBuffer(),
      length = new DataView(data).getUint32(0, true);
    const { record, sizes } = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
    let start = 4 + length;
    return { record, buffers: sizes.map((size) => new Uint8Array(data, (start += size) - size, size)) };
  };
  return {
    view,
    whole: true,
    remembers: true, // what is asked for and where one is, when the page is loaded again
    get meta() {
      return meta;
    },
    get flagged() {
      return changed(flagged, pending);
    },
    get marks() {
      return marks;
    },
    load: (position) => packed(`record?position=${position}`),
    moved: (record) => tell({ moved: record.number, position: record.position }),
    keep() {},
    async flag(number, on) {
      pending.set(number, on);
      await tell(on ? { flagged: [number] } : { unflagged: [number] });
      if (pending.get(number) === on) pending.delete(number);
      events.refresh();
    },
    select: (query) => tell({ select: query }),
    relabel: (asked) => tell({ relabel: asked }),
    repair: (asked) => tell({ repair: asked }),
    tag: (change) => tell({ tag: change }),
    facets(asked) {
      if (!asked) return tell({ facets: false });
      const mine = ++questions;
      return ask(`facets${asked.share === null ? "" : `?share=${asked.share}`}`).then((found) => {
        if (mine > answered) ((answered = mine), events.facets(found));
        return hear("news");
      }, gone);
    },
    thumbs: (from, count) =>
      packed(`thumbs?from=${from}&count=${count}`).then(({ record, buffers }) => events.thumbs({ ...record, from }, buffers), gone),
    async show(number) {
      await tell({ show: number });
      events.go(meta.position ?? 0);
    },
    listen(given) {
      events = given;
      if (meta.status) told({ meta, flagged, answer: newest });
    },
  };
}
