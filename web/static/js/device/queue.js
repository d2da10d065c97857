// The queue behind the outbox: what was recorded on this device, in order.
//
// An item is journalled before `put` returns, gets its number when the database has it, and leaves
// only after the server echoed its hash.

import { answered, within } from "./database.js";
import { knownOffset } from "./clock.js";
import * as journal from "./journal.js";
import { account, arrival, deviceId, digest, drafts, photo } from "./store.js";

/**
 * @typedef {"waiting" | "sent" | "conflict" | "refused" | "withdrawn"} State `conflict` and
 *   `refused` have reached the server and wait there for a person; `withdrawn` was undone.
 *
 * @typedef {{seq?: number, id: string, kind: string, account: string, device: string,
 *   device_at: string, body: string, sha256: string, size: number, group: string, photos: string[],
 *   title: string, place: string, not_before: number, offset_seconds: number | null, state: State,
 *   attempts: number, tried_at?: string, received_at?: string,
 *   problem?: {code: string, zh?: string, en?: string}}} Item
 *   `group` is what must keep its order; `photos` go before the item; `offset_seconds` is server
 *   time minus device time as known when it was recorded, or nothing.
 */

// A request that is undone within its time is never sent; a clock set back must not hold it longer.
const LONGEST_HOLD_MS = 60_000;
// What arrived stays readable on the device for a week.
const KEPT_DAYS = 7;

const channel = new BroadcastChannel("xunjian");
/** @type {Set<() => void>} */
const listeners = new Set();
channel.onmessage = () => tellHere();
let writing = Promise.resolve();

function tellHere() {
  for (const listener of listeners) listener();
}

/** Tell every tab that the outbox changed. */
export function changed() {
  channel.postMessage("changed");
  tellHere();
}

/** @param {() => void} listener called after every change, of this tab or another */
export function onChange(listener) {
  listeners.add(listener);
}

/**
 * Put what was recorded into the outbox. It is safe from a reload as soon as this returns.
 *
 * @param {string} kind `answer`, `photo`, `signature`, `finish` or `finding`
 * @param {Record<string, any>} payload goes to the server as it is
 * @param {{notBefore?: Date | number, title?: string, place?: string}} [options] `notBefore` gives
 *   undo its time; `title` and `place` are what the sync page shows, else those of the draft
 * @returns {Promise<Item>} kept when the item is on disk
 * @throws {import("./store.js").StorageFull} where the device has no room; the journal holds it.
 */
export function put(kind, payload, { notBefore = 0, title = "", place = "" } = {}) {
  const made = {
    id: crypto.randomUUID(),
    kind,
    account: account() ?? "",
    device_at: new Date().toISOString(),
    body: JSON.stringify(payload),
    group: payload.inspection ?? payload.finding ?? "",
    photos: [payload.photo, payload.original].filter(Boolean),
    title,
    place,
    not_before: Number(notBefore),
    offset_seconds: knownOffset(),
  };
  journal.note(`item:${made.device_at}:${made.id}`, made);
  return inTurn(() => enter(made));
}

/** @template T @param {() => Promise<T>} step @returns {Promise<T>} */
function inTurn(step) {
  const done = writing.then(step);
  writing = done.then(
    () => undefined,
    () => undefined,
  );
  return done;
}

/** Write what *made* says into the database, once, and strike it from the journal. */
async function enter(made) {
  const bytes = new TextEncoder().encode(made.body);
  const named = made.title ? made : { ...made, ...(await titleOf(made.group)) };
  /** @type {Item} */
  const item = {
    ...named,
    group: made.group || made.id,
    device: await deviceId(),
    sha256: await digest(bytes),
    size: bytes.length + (await sizeOf(made.photos)),
    state: "waiting",
    attempts: 0,
  };
  await within(["outbox"], "readwrite", async (tx) => {
    const outbox = tx.objectStore("outbox");
    const known = await answered(outbox.index("id").getKey(item.id));
    item.seq = /** @type {number} */ (known ?? (await answered(outbox.add(item))));
  });
  journal.strike(`item:${made.device_at}:${made.id}`);
  changed();
  return item;
}

/** @param {string[]} photos @returns {Promise<number>} bytes */
async function sizeOf(photos) {
  const kept = await Promise.all(photos.map((id) => photo(id)));
  return kept.reduce((sum, one) => sum + (one?.size ?? 0), 0);
}

/** What an inspection is called where people read of it. */
async function titleOf(group) {
  const found = (await drafts()).find((one) => one.inspection === group);
  return { title: found?.title ?? "", place: found?.place ?? "" };
}

/** Enter what a page noted and had no time to write; what does not fit stays in the journal. */
export function recover() {
  return inTurn(async () => {
    for (const name of journal.open("item:")) {
      const made = journal.noted(name);
      if (made) await enter(made).catch(() => {});
    }
  });
}

/**
 * Take an item back before it is sent.
 *
 * @param {string} id
 * @returns {Promise<boolean>} false where it is too late: it was sent, or is being sent.
 */
export async function takeBack(id) {
  await writing;
  const taken = await within(["outbox"], "readwrite", async (tx) => {
    const outbox = tx.objectStore("outbox");
    const item = await answered(outbox.index("id").get(id));
    const free = item?.state === "waiting" && item.attempts === 0;
    if (free) await answered(outbox.put({ ...item, state: "withdrawn" }));
    return free;
  });
  if (taken) changed();
  return taken;
}

/** @returns {Promise<Item[]>} what the signed-in person recorded here, oldest first. */
export async function all() {
  await writing;
  const items = await within(["outbox"], "readonly", (tx) =>
    answered(tx.objectStore("outbox").index("account").getAll(account() ?? "")),
  );
  return items.filter((item) => item.state !== "withdrawn").sort((a, b) => a.seq - b.seq);
}

/** @returns {Promise<Item[]>} what the server does not have yet, oldest first. */
export async function waiting() {
  return (await all()).filter((item) => item.state === "waiting");
}

/** @returns {Promise<{account: string, count: number}[]>} how much others left waiting here. */
export async function waitingOfOthers() {
  const items = await within(["outbox"], "readonly", (tx) => answered(tx.objectStore("outbox").getAll()));
  const counts = new Map();
  for (const item of items) {
    if (item.state !== "waiting" || item.account === account()) continue;
    counts.set(item.account, (counts.get(item.account) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ account: name, count }));
}

/** @param {Item} item @returns {boolean} whether its time to be undone has passed. */
export function isDue(item) {
  const hold = item.not_before - Date.now();
  return hold <= 0 || hold > LONGEST_HOLD_MS;
}

/** Let go of what arrived a week ago, and of photos that arrived and that no draft shows. */
export async function forgetOld() {
  const old = new Date(Date.now() - KEPT_DAYS * 86_400_000).toISOString();
  const needed = new Set(
    (await drafts()).flatMap((one) => Object.values(one.answers).flatMap((answer) => answer.photos ?? [])),
  );
  await within(["outbox", "photos", "kept"], "readwrite", async (tx) => {
    const [outbox, photos, facts] = ["outbox", "photos", "kept"].map((name) => tx.objectStore(name));
    const mine = await answered(outbox.index("account").getAll(account() ?? ""));
    for (const item of mine) if (item.state === "waiting") item.photos.forEach((id) => needed.add(id));
    for (const item of mine) {
      const arrived = item.state === "sent";
      for (const id of arrived ? item.photos : []) {
        if (!needed.has(id)) [photos.delete(id), facts.delete(arrival(id))];
      }
      const isOld = (item.received_at ?? item.device_at) < old;
      if ((arrived || item.state === "withdrawn") && isOld) outbox.delete(item.seq);
    }
  });
}

/**
 * Change items that are still waiting; one that was taken back in between stays so.
 *
 * @param {Item[]} items
 * @param {(item: Item) => Partial<Item> | null} change nothing leaves the item as it is
 * @returns {Promise<Item[]>} those that were changed, as they are now
 */
export async function update(items, change) {
  const kept = await within(["outbox"], "readwrite", async (tx) => {
    const outbox = tx.objectStore("outbox");
    const done = [];
    for (const { seq } of items) {
      const item = await answered(outbox.get(seq));
      const more = item?.state === "waiting" ? change(item) : null;
      if (!more) continue;
      done.push({ ...item, ...more });
      await answered(outbox.put(done.at(-1)));
    }
    return done;
  });
  if (kept.length) changed();
  return kept;
}
