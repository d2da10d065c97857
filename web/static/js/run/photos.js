// Photos of an item: shrunk, kept on the device, shown small, drawn on, taken out again.

import { keep, kept, photo, putPhoto, StorageFull } from "../device/store.js";
import { drawOn } from "./draw.js";
import { addressOf, shrunk } from "./picture.js";
import { offerUndo, undoWords } from "./undo.js";

const ORIGINALS = "keep-originals";

/**
 * Let photos be taken on every item of the page.
 *
 * @typedef {{add: (item: HTMLElement, shot: import("./record.js").Shot) => Promise<any>,
 *   takeBack: (item: HTMLElement, photo: string) => Promise<boolean>,
 *   changed: (item: HTMLElement) => Promise<any>}} Outlet where photos go besides the draft;
 *   `takeBack` says false where it is too late
 *
 * @param {import("./record.js").RunRecord} record
 * @param {Outlet} outlet
 */
export function usePhotos(record, outlet) {
  record.form.addEventListener("change", async (event) => {
    const input = event.target;
    if (input.type !== "file") return;
    const files = [...input.files];
    // The plain form must not carry them a second time.
    input.value = "";
    for (const file of files) await add(record, outlet, input.closest("[data-item]"), file);
  });
  record.form.addEventListener("click", async (event) => {
    const shot = event.target.closest(".xj-shot");
    if (!shot) return;
    const item = shot.closest("[data-item]");
    if (event.target.closest("[data-drop-photo]")) await takeOut(record, outlet, item, shot);
    else if (event.target.closest("[data-open-photo]")) await draw(record, outlet, item, shot);
  });
  useChoice();
}

/** Whether the pictures as they were taken are kept too: a choice of this tablet. */
async function useChoice() {
  const choice = document.querySelector("[data-keep-originals]");
  document.querySelector("[data-photo-choice]").hidden = false;
  choice.checked = (await kept(ORIGINALS)) ?? false;
  choice.addEventListener("change", () => keep(ORIGINALS, choice.checked));
}

async function add(record, outlet, item, file) {
  const warning = document.querySelector("[data-no-photo]");
  try {
    const picture = await shrunk(file);
    warning.hidden = true;
    const stored = await putPhoto(picture);
    const original = (await kept(ORIGINALS)) ? await keepOriginal(file) : null;
    await addShot(record, outlet, item, shotOf(stored, picture, original));
  } catch (error) {
    if (error.name !== "InvalidStateError" && error.name !== "EncodingError") {
      if (!(error instanceof StorageFull)) throw error;
      document.querySelector("[data-full]").hidden = false;
      return;
    }
    warning.hidden = false;
    warning.scrollIntoView({ block: "center" });
  }
}

async function keepOriginal(file) {
  const stored = await putPhoto({ bytes: await file.arrayBuffer(), type: file.type });
  return stored.id;
}

function shotOf({ id, sha256, taken_at }, { width, height }, original, strokes = []) {
  return { photo: id, sha256, taken_at, width, height, strokes, ...(original ? { original } : {}) };
}

/** Show a shot, keep it in the draft, and let it go where it belongs. */
async function addShot(record, outlet, item, shot) {
  const shots = [...(record.kept(item)?.shots ?? []), shot];
  const shown = await show(item, shot);
  // Kept before it is seen: what is seen is on the tablet.
  if (shown) shown.hidden = true;
  await record.touch(item, { shots });
  if (shown) shown.hidden = false;
  await outlet.add(item, shot);
  await outlet.changed(item);
}

/** @param {HTMLElement} item @param {import("./record.js").Shot} shot */
async function show(item, shot) {
  const stored = await photo(shot.photo);
  if (!stored) return null;
  const made = document.querySelector("[data-photo-template]").content.cloneNode(true).firstElementChild;
  made.dataset.photo = shot.photo;
  made.dataset.sha256 = shot.sha256;
  made.querySelector("img").src = addressOf(stored);
  rowOf(item).append(made);
  return made;
}

/** Photos of a photo item stand in the item, those of a failure in its block. */
function rowOf(item) {
  return item.querySelector(":scope > [data-photos]") ?? item.querySelector("[data-photos]");
}

/** Show what the draft holds. @param {import("./record.js").RunRecord} record @param {HTMLElement} item */
export async function showShots(record, item) {
  const row = rowOf(item);
  if (!row) return;
  for (const shown of row.querySelectorAll("[data-photo]")) remove(shown);
  for (const shot of record.kept(item)?.shots ?? []) await show(item, shot);
}

function remove(shown) {
  URL.revokeObjectURL(shown.querySelector("img").src);
  shown.remove();
}

async function takeOut(record, outlet, item, shown) {
  const before = record.before(item);
  const id = shown.dataset.photo;
  const inTime = await outlet.takeBack(item, id);
  const shots = before.shots.filter((shot) => shot.photo !== id);
  remove(shown);
  await record.touch(item, { shots });
  await outlet.changed(item);
  offerUndo(undoWords("photoWords"), async () => {
    await record.restore(item, before);
    await showShots(record, item);
    if (inTime) await outlet.add(item, before.shots.find((shot) => shot.photo === id));
    await outlet.changed(item);
  });
}

/** Draw on a shot: what is drawn on takes its place, the picture below stays kept. */
async function draw(record, outlet, item, shown) {
  const id = shown.dataset.photo;
  const drawn = await drawOn(await photo(id));
  if (!drawn) return;
  const stored = await putPhoto(drawn.picture);
  const shots = record.kept(item).shots.filter((shot) => shot.photo !== id);
  remove(shown);
  await record.touch(item, { shots });
  await addShot(record, outlet, item, shotOf(stored, drawn.picture, id, drawn.strokes));
  await outlet.takeBack(item, id);
}

