// Photos that the server cannot take: not sent again by themselves, until a person says what to do.

import { answered, within } from "./database.js";
import { changed, update } from "./queue.js";
import { arrival, digest, kept } from "./store.js";

const REFUSALS = ["not-a-photo", "photo-damaged", "photo-too-heavy", "photo-too-wide", "photo-gone", "photo-413"];
// A server that was brought up to date may take what it refused before.
const LEFT_ALONE_MS = 60 * 60_000;

/** @param {import("./queue.js").Item} item whether its photo itself is what keeps it back */
export function isRefused({ state, problem }) {
  return state === "waiting" && REFUSALS.includes(problem?.code ?? "");
}

/** @param {import("./queue.js").Item} item whether it waits for a person rather than for the server */
export function isLeftAlone(item) {
  return isRefused(item) && Date.now() - Date.parse(item.tried_at ?? "") < LEFT_ALONE_MS;
}

/** Let refused photos go with the next run. @param {import("./queue.js").Item[]} items */
export function again(items) {
  return update(items, (item) => (isRefused(item) ? { problem: undefined } : null));
}

/**
 * Put another picture in the place of a refused one; the item keeps its place and its id.
 *
 * @param {import("./queue.js").Item} item
 * @param {import("../run/picture.js").Picture} picture
 * @returns {Promise<boolean>} false where it is refused no longer, for example because it arrived
 * @throws {import("./store.js").StorageFull} where the device has no room; then all is as before.
 */
export async function replace(item, picture) {
  const { original, ...told } = JSON.parse(item.body);
  // Where the picture arrived and its original did not, the server knows this id by another hash.
  const id = (await kept(arrival(told.photo))) ? crypto.randomUUID() : told.photo;
  const photo = { ...picture, id, account: item.account, size: picture.bytes.byteLength };
  photo.sha256 = await digest(picture.bytes);
  photo.taken_at = new Date().toISOString();
  const { sha256, taken_at, width, height } = photo;
  const shown = { photo: id, sha256, taken_at, width, height, strokes: [], replaces: told.sha256 };
  const body = JSON.stringify({ ...told, ...shown });
  const bytes = new TextEncoder().encode(body);
  const more = { body, sha256: await digest(bytes), size: bytes.length + photo.size, photos: [id], problem: undefined };
  // No run may be sending it meanwhile: it would tell of the picture before.
  const isDone = await navigator.locks.request("xunjian-outbox", () => swap(item, photo, more));
  if (isDone) changed();
  return isDone;
}

function swap(item, photo, more) {
  return within(["outbox", "photos"], "readwrite", async (tx) => {
    const [outbox, photos] = [tx.objectStore("outbox"), tx.objectStore("photos")];
    const now = await answered(outbox.get(item.seq));
    if (!now || !isRefused(now)) return false;
    for (const old of now.photos) await answered(photos.delete(old));
    await answered(photos.add(photo));
    await answered(outbox.put({ ...now, ...more }));
    return true;
  });
}
