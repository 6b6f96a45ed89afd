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
    listen(events) {
      const heard = (message, buffers) => {
        if (message.go !== undefined) return events.go(message.go);
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
        model.on("change:flagged", flagged));
      return () => {
        (model.off("msg:custom", heard),
          model.off("change:meta", meta),
          model.off("change:view", view),
          model.off("change:flagged", flagged));
      };
    },
  };
}

// A source that stands in the page: records with their buffers in base64.
export function fromPage({ meta, view, records }) {
  let events;
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return {
    meta,
    view,
    whole: true, // of its window
    flagged: [],
    moved() {},
    keep() {},
    flag() {},
    select() {},
    relabel({ id, name, color }) {
      meta.classes = meta.classes.map((c) => (c.id === id ? { ...c, name: name || c.name, color: color ?? c.color } : c));
      events?.refresh();
    },
    listen: (given) => void (events = given),
    load: async (position) => ({ record: records[position].record, buffers: records[position].buffers.map(bytes) }),
  };
}

// A source that asks the server which the page came from. A record comes as the length of its JSON, the JSON, and the buffers.
export async function fromServer() {
  const answer = async (path, message) => {
    const found = await fetch(path, message && { method: "POST", body: JSON.stringify(message) });
    if (!found.ok) throw new Error((await found.text()).trim());
    return found;
  };
  const ask = async (path, message) => (await answer(path, message)).json();
  let { meta, view, flagged } = await ask("meta"),
    events,
    timer = 0;
  const pending = new Map(); // flags that were told, and not yet heard of
  const told = (now) => {
    if (now.meta.version < meta.version) return; // answers may overtake each other
    const last = meta.version;
    if (now.meta.relabeled !== meta.relabeled && !now.meta.classes) return hear("meta");
    ((meta = { ...meta, ...now.meta }), (flagged = now.flagged)); // without the classes, which stay
    if (meta.version === last) events.refresh();
    else events.renew(meta.position ?? 0);
    if (meta.status && !timer) timer = setTimeout(() => ((timer = 0), hear("news")), 500);
  };
  const hear = (path, message) => ask(path, message).then(told, gone);
  const gone = () => {
    ((meta = { ...meta, status: "the server has ended; start tfrseg browse again" }), events.refresh());
  };
  return {
    view,
    whole: true,
    get meta() {
      return meta;
    },
    get flagged() {
      return changed(flagged, pending);
    },
    async load(position) {
      const data = await (await answer(`record?position=${position}`)).arrayBuffer(),
        length = new DataView(data).getUint32(0, true);
      const { record, sizes } = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
      let start = 4 + length;
      return { record, buffers: sizes.map((size) => new Uint8Array(data, (start += size) - size, size)) };
    },
    moved: (record) => hear("tell", { moved: record.number, position: record.position }),
    keep() {},
    async flag(number, on) {
      pending.set(number, on);
      await hear("tell", on ? { flagged: [number] } : { unflagged: [number] });
      if (pending.get(number) === on) pending.delete(number);
      events.refresh();
    },
    select: (query) => hear("tell", { select: query }),
    relabel: (asked) => hear("tell", { relabel: asked }),
    listen(given) {
      events = given;
      if (meta.status) told({ meta, flagged });
    },
  };
}
