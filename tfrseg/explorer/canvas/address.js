// The address of a page says which record is seen, what was asked for, and how it is shown: a link that can be kept and sent.

const IN_ADDRESS = ["alpha", "hidden", "solo", "outline", "side", "wipe", "target", "shown", "stretch", "light"];

// What each part of a query may be; a query of which one part is something else is left out.
const isText = (value) => typeof value === "string" && value.length <= 1000,
  isNumber = (value) => Number.isInteger(value) && value >= 0,
  isShare = (value) => typeof value === "number" && value >= 0 && value <= 1,
  areAll = (is) => (value) => Array.isArray(value) && value.every(is);
const IN_QUERY = {
  ...{ text: isText, splits: areAll(isText), tags: areAll(isText), records: areAll(isNumber), by: isNumber },
  classes: areAll((range) => Array.isArray(range) && range.length === 3 && isNumber(range[0]) && isShare(range[1]) && isShare(range[2])),
  size: (value) => areAll(isNumber)(value) && value.length === 2,
  ...{ model: isNumber, cell: (value) => areAll(isNumber)(value) && value.length === 2 },
  sort: (value) => ["iou", "difference", "order", "name", "size", "classes", "share", "rarest", "largest"].includes(value),
  ...Object.fromEntries(["empty", "unreadable", "flagged", "reverse"].map((key) => [key, (value) => typeof value === "boolean"])),
};
const isQuery = (query) => Object.entries(query).every(([key, value]) => IN_QUERY[key]?.(value));

function makeAddress(v) {
  const first = JSON.parse(JSON.stringify(v.view)),
    differs = (key) => JSON.stringify(v.view[key]) !== JSON.stringify(first[key]);
  let written = null,
    ready = false;

  function words() {
    const parts = [],
      { within, ...query } = v.finder.query(),
      view = Object.fromEntries(IN_ADDRESS.filter(differs).map((key) => [key, v.view[key]]));
    if (v.record?.number >= 0) parts.push(["record", v.record.number]);
    if (Object.keys(query).length) parts.push(["q", JSON.stringify(query)]);
    if (Object.keys(view).length) parts.push(["view", JSON.stringify(view)]);
    if (v.gallery.isOpen()) parts.push(["gallery", 1]);
    return new URLSearchParams(parts).toString();
  }

  function write() {
    const now = words();
    if (!ready || now === written || !v.root.isConnected) return;
    written = now;
    try {
      history.replaceState(history.state, "", `#${now}`);
    } catch {
      ready = false; // pages without an address of their own, such as frames
    }
  }

  // At once where other records are asked for; a few times a second while one turns pages or moves a slider.
  let timer = 0,
    asked = "";
  function refresh() {
    if (!v.source.whole) return;
    const now = JSON.stringify([v.finder.query(), v.gallery.isOpen()]);
    if (ready && now !== asked) (write(), (asked = now));
    timer ||= setTimeout(() => ((timer = 0), write()), 200);
  }

  const parsed = (text) => {
    try {
      const found = JSON.parse(text);
      return found && typeof found === "object" && !Array.isArray(found) ? found : null;
    } catch {
      return null;
    }
  };

  // Goes to a record. One that is on its way meanwhile is neither shown nor told of, lest the server takes it for the user's.
  async function lead(number) {
    v.held = true;
    await v.source.show(number);
    v.held = false;
  }

  // Goes where the address says. What it says in part, or wrongly, is left out.
  async function follow() {
    const told = new URLSearchParams(location.hash.slice(1)),
      query = parsed(told.get("q") ?? "null"),
      view = parsed(told.get("view") ?? "null") ?? {},
      again = !ready && v.source.remembers && performance.getEntriesByType("navigation")[0]?.type === "reload", // the server knows better
      number = /^\d{1,15}$/.test(told.get("record") ?? "") ? +told.get("record") : null;
    const known = Object.fromEntries(Object.entries(view).filter(([key, value]) => IN_ADDRESS.includes(key) && isLike(value, FIRST_VIEW[key], key)));
    if (Object.keys(known).length) v.change(known);
    if (query && isQuery(query) && !again && v.source.meta.finds && JSON.stringify(query) !== JSON.stringify(tidy({ ...v.finder.query(), within: null }))) {
      const gone = Object.fromEntries(Object.keys(v.finder.query()).map((key) => [key, undefined]));
      await v.finder.ask({ ...gone, ...query });
    }
    if (number !== null && !again && v.source.show && v.record?.number !== number) await lead(number);
    if (told.get("gallery") === "1" && !v.gallery.isOpen()) v.gallery.toggle();
    ready = true;
    refresh();
  }

  // Of the kind of what stands there otherwise.
  function isLike(value, first, key) {
    if (key === "solo") return value === null || Number.isInteger(value);
    if (Array.isArray(first)) return Array.isArray(value) && value.every(Number.isInteger);
    if (typeof first !== "object") return typeof value === typeof first && (typeof value !== "number" || (value >= 0 && value <= 1));
    return value && typeof value === "object" && Object.keys(first).every((name) => typeof value[name] === "number" && Number.isFinite(value[name]));
  }

  const changed = () => location.hash.slice(1) !== written && follow();

  function start() {
    if (!v.source.whole) return;
    addEventListener("hashchange", changed);
    follow();
  }

  return { refresh, start, stop: () => (clearTimeout(timer), removeEventListener("hashchange", changed)), acts: {}, keys: [] };
}
