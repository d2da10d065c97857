// From the draft to the outbox: an answer may be taken back for eight seconds, then it goes.

import * as outbox from "../device/outbox.js";
import { idOf } from "./item.js";
import { showFull } from "./record.js";
import { UNDO_MS } from "./undo.js";

/** Steps of this page, one after the other, so that two touches never overtake each other. */
let last = Promise.resolve();

function inTurn(step) {
  const done = last.then(step);
  last = done.catch((error) => console.error("not put into the outbox", error));
  return done;
}

/** @param {import("./record.js").RunRecord} record @param {string} kind @param {object} payload @param {boolean} [undoable] */
export async function put(record, kind, payload, undoable = false) {
  const { title, place, inspection } = record.draft;
  const notBefore = undoable ? Date.now() + UNDO_MS : 0;
  try {
    return await outbox.put(kind, { inspection, ...payload }, { notBefore, title, place });
  } catch (error) {
    showFull(true);
    throw error;
  }
}

/** What of an inspection was put in so far. @param {string} inspection @param {string} [kind] */
export async function entriesOf(inspection, kind) {
  const all = await outbox.all();
  return all.filter((one) => one.group === inspection && (!kind || one.kind === kind));
}

/** The entries of one item, the last one last. */
async function entriesOfItem(record, id, kind = "answer") {
  const mine = await entriesOf(record.draft.inspection, kind);
  return mine.filter((one) => JSON.parse(one.body).item === id);
}

/** An answer as the server takes it. */
function payloadOf(record, item, kept) {
  const { inspection, occurrence, checklist, begun_at } = record.draft;
  const { value, note, severity, danger, same_as } = kept;
  const about = { inspection, occurrence, checklist, begun_at, item: idOf(item) };
  return { ...about, value, note, severity, danger, same_as, photos_expected: kept.photos.length };
}

/**
 * Put the answer to an item into the outbox if it says anything new; it replaces one that may still
 * be taken back.
 *
 * @param {import("./record.js").RunRecord} record
 * @param {HTMLElement} item
 * @returns {Promise<string | null>} id of the entry that says so; nothing where there is no answer
 */
export function offer(record, item) {
  return inTurn(() => enter(record, item, false));
}

async function enter(record, item, again) {
  const kept = record.kept(item);
  if (!kept || kept.value === null || item.hidden) return null;
  const payload = payloadOf(record, item, kept);
  const before = (await entriesOfItem(record, payload.item)).at(-1);
  if (before && !again && before.body === JSON.stringify(payload)) return before.id;
  // First in, then out: a tablet that dies in between sends it twice, which does no harm.
  const entry = await put(record, "answer", payload, true);
  const settled = kept.earlier.some((one) => one.entry === before?.id);
  if (before && !settled) await outbox.takeBack(before.id);
  for (const dependent of dependentsOf(record, item)) await enter(record, dependent, true);
  return entry.id;
}

/** Items that are asked because of this one: the server must hear of them after it. */
function dependentsOf(record, item) {
  return record.form.querySelectorAll(`[data-asked-after="${item.dataset.item}"]:not([hidden])`);
}

/**
 * Take back what was put in for an item last.
 *
 * @returns {Promise<boolean>} false where it was sent already
 */
export function withdraw(record, item) {
  return inTurn(async () => {
    const entry = (await entriesOfItem(record, idOf(item))).at(-1);
    return entry ? outbox.takeBack(entry.id) : true;
  });
}

/**
 * Put in whatever the outbox does not say yet, in the order of the checklist. A page that died
 * between the draft and the outbox leaves photos in the draft alone.
 */
export async function offerAll(record, items) {
  for (const item of items) {
    for (const shot of record.kept(item)?.shots ?? []) await offerPhoto(record, item, shot);
    await offer(record, item);
  }
}

/**
 * Put a photo in, once.
 *
 * @param {import("./record.js").RunRecord} record @param {HTMLElement} item @param {{photo: string}} photo
 */
export function offerPhoto(record, item, photo) {
  return inTurn(async () => {
    const entries = await entriesOfItem(record, idOf(item), "photo");
    if (entries.some((one) => JSON.parse(one.body).photo === photo.photo)) return;
    await put(record, "photo", { item: idOf(item), caption: "", ...photo }, true);
  });
}

/** @returns {Promise<boolean>} false where the photo was sent already */
export function withdrawPhoto(record, item, photo) {
  return inTurn(async () => {
    const entries = await entriesOfItem(record, idOf(item), "photo");
    const entry = entries.find((one) => JSON.parse(one.body).photo === photo);
    return entry ? outbox.takeBack(entry.id) : true;
  });
}

/** Wait until everything that was begun is in the outbox. */
export function settled() {
  return last;
}
