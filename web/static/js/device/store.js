// What the device keeps: drafts of inspections, photos, and small facts.
//
// Everything is stamped with the account that wrote it; one person never sees what another left.

import { answered, StorageFull, within } from "./database.js";
import * as journal from "./journal.js";
import { account, canKeep } from "./surroundings.js";

export { account, canKeep, StorageFull };

/**
 * @typedef {{value: any, note?: string, severity?: string, danger?: boolean, photos?: string[],
 *   signature?: any, earlier?: {value: any, at: string}[], at: string}} DraftAnswer
 *
 * @typedef {{account: string, occurrence: number | string, inspection: string, checklist: string,
 *   title: string, place: string, begun_at: string, touched_at: string,
 *   answers: Record<string, DraftAnswer>, note: string, finished: boolean,
 *   key?: string, revision?: number}} Draft `revision` counts the saves; it decides between the
 *   journal and the database, because a clock may be set back.
 *
 * @typedef {{id: string, account: string, type: string, bytes: ArrayBuffer, size: number,
 *   sha256: string, taken_at: string}} Photo never a Blob, and never written again: some browsers
 *   lose those.
 */

/** Writes of this tab, one after the other: a draft that is dropped stays dropped. */
let writing = Promise.resolve();

/** @param {() => Promise<any>} step */
function inTurn(step) {
  const done = writing.then(step);
  writing = done.catch(() => {});
  return done;
}

/** @param {number | string} occurrence */
function keyOf(occurrence) {
  return `${account()}/${occurrence}`;
}

/**
 * The draft of the signed-in person for *occurrence*, as it was last touched, or nothing.
 *
 * @param {number | string} occurrence
 * @returns {Promise<Draft | null>}
 */
export async function draft(occurrence) {
  const key = keyOf(occurrence);
  await writing;
  const kept = await within(["drafts"], "readonly", (tx) => answered(tx.objectStore("drafts").get(key)));
  const found = later(journal.noted(`draft:${key}`), kept);
  if (found && found !== kept) saveDraft(found);
  return found;
}

/** @param {Draft | null} one @param {Draft | undefined} other */
function later(one, other) {
  if (one && (!other || (one.revision ?? 0) > (other.revision ?? 0))) return one;
  return other ?? null;
}

/** @returns {Promise<Draft[]>} every draft of the signed-in person, the last touched first. */
export async function drafts() {
  const start = `draft:${account()}/`;
  await writing;
  const kept = await within(["drafts"], "readonly", (tx) =>
    answered(tx.objectStore("drafts").index("account").getAll(account())),
  );
  const found = new Map(kept.map((one) => [one.key, one]));
  for (const name of journal.open(start)) {
    const one = journal.noted(name);
    if (one) found.set(one.key, later(one, found.get(one.key)));
  }
  return [...found.values()].sort((a, b) => (a.touched_at < b.touched_at ? 1 : -1));
}

/**
 * Keep *draft*: in the journal before this returns, in the database when the promise is kept.
 *
 * @param {Draft} draft gets its key, account and revision
 * @throws {StorageFull} where the device has no room; the journal still holds it.
 */
export function saveDraft(draft) {
  draft.account ||= account() ?? "";
  draft.key = `${draft.account}/${draft.occurrence}`;
  draft.revision = (draft.revision ?? 0) + 1;
  const kept = structuredClone(draft);
  const name = `draft:${kept.key}`;
  journal.note(name, kept);
  return inTurn(async () => {
    await within(["drafts"], "readwrite", (tx) => answered(tx.objectStore("drafts").put(kept)));
    if (journal.noted(name)?.revision === kept.revision) journal.strike(name);
  });
}

/** @param {number | string} occurrence */
export function dropDraft(occurrence) {
  const key = keyOf(occurrence);
  return inTurn(async () => {
    journal.strike(`draft:${key}`);
    await within(["drafts"], "readwrite", (tx) => answered(tx.objectStore("drafts").delete(key)));
  });
}

/**
 * Take the draft of *occurrence* for this tab until it is closed.
 *
 * @param {number | string} occurrence
 * @returns {Promise<boolean>} false where another tab works on it: two would overwrite each other.
 */
export function claimDraft(occurrence) {
  return new Promise((resolve) => {
    navigator.locks.request(`xunjian-draft/${keyOf(occurrence)}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

/**
 * Keep a photo; a photo that is kept is never written again.
 *
 * @param {{id?: string, bytes: ArrayBuffer, type: string, taken_at?: string}} given
 * @returns {Promise<Photo>}
 * @throws {StorageFull} where the device has no room; then it is not kept.
 */
export async function putPhoto({ id, bytes, type, taken_at }) {
  const photo = {
    id: id ?? crypto.randomUUID(),
    account: account() ?? "",
    type,
    bytes,
    size: bytes.byteLength,
    sha256: await digest(bytes),
    taken_at: taken_at ?? new Date().toISOString(),
  };
  await within(["photos"], "readwrite", (tx) => answered(tx.objectStore("photos").add(photo)));
  return photo;
}

/** @param {string} id @returns {Promise<Photo | null>} nothing too where it is another person's. */
export async function photo(id) {
  const found = await within(["photos"], "readonly", (tx) => answered(tx.objectStore("photos").get(id)));
  return found && found.account === account() ? found : null;
}

/** @param {string} id a photo that nothing refers to, for example one that was undone */
export function dropPhoto(id) {
  return within(["photos"], "readwrite", (tx) => answered(tx.objectStore("photos").delete(id)));
}

/** @param {string} photo its id @returns {string} the fact that its bytes are on the server */
export function arrival(photo) {
  return `arrived:${photo}`;
}

/** @param {string} name @param {any} value a small fact, of the device or (by its name) of a person */
export function keep(name, value) {
  return within(["kept"], "readwrite", (tx) => answered(tx.objectStore("kept").put(value, name)));
}

/** @param {string} name @returns {Promise<any>} */
export function kept(name) {
  return within(["kept"], "readonly", (tx) => answered(tx.objectStore("kept").get(name)));
}

/** @returns {Promise<string>} the id of this browser on this device, made once. */
export function deviceId() {
  return within(["kept"], "readwrite", async (tx) => {
    const facts = tx.objectStore("kept");
    const known = await answered(facts.get("device"));
    if (!known) await answered(facts.put(crypto.randomUUID(), "device"));
    return known ?? answered(facts.get("device"));
  });
}

/** @param {BufferSource} bytes @returns {Promise<string>} SHA-256 in hexadecimal. */
export async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
