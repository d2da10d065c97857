// A running checklist on the device: touches, undo, measuring again, review, signature, end.

import { finish, showFinished } from "./finish.js";
import { sayFinding } from "./finding_line.js";
import { foldAll, useFolding } from "./fold.js";
import { answerOf, answerWords, fill, readingsOf } from "./item.js";
import { useMeasuringAgain, showEarlier } from "./again.js";
import { Pad } from "./pad.js";
import { showShots, usePhotos } from "./photos.js";
import { goTo, showProgress } from "./progress.js";
import { closeReview, openReview } from "./review.js";
import { offer, offerAll, offerPhoto, withdraw, withdrawPhoto } from "./sending.js";
import { putPhoto } from "../device/store.js";
import { guardTaps } from "./taps.js";
import { offerUndo, undoWords } from "./undo.js";

// A reading or a note is whole when the field is left, or when nobody typed for so long.
const PAUSE_MS = 1500;

/** @param {import("./record.js").RunRecord} record */
export async function runOnDevice(record) {
  const { form } = record;
  const progress = () => refresh(form);
  // What is put into the fields must not overtake a finger: listen only when it is there.
  await showDraft(record, progress);
  guardTaps(document.body);
  useFolding(form);
  usePhotos(record, {
    add: (item, shot) => offerPhoto(record, item, shot),
    takeBack: (item, photo) => withdrawPhoto(record, item, photo),
    changed: (item) => {
      progress();
      return offer(record, item);
    },
  });
  useMeasuringAgain(record, progress);
  useTouches(record, progress);
  useSignatures(record, progress);
  useFoot(record, progress);
  useReview(record, progress);
}

/** Count, colour and say what follows of what stands on the page. */
function refresh(form) {
  const found = showProgress(form);
  found.failed.forEach(sayFinding);
  return found;
}

/**
 * Put what the draft holds into the fields. A record of its own shows nothing of another; what was
 * tapped before this script was there is the first of a new one.
 */
async function showDraft(record, progress) {
  const { form, draft } = record;
  const isOther = "begun" in form.dataset && draft.inspection !== form.dataset.inspection;
  const items = [...form.querySelectorAll("[data-item]")];
  for (const item of items) {
    const kept = record.kept(item);
    if (kept || isOther) fill(item, kept?.fields ?? null);
    if (isOther) item.querySelectorAll("[data-stored]").forEach((one) => (one.dataset.stored = ""));
    showEarlier(item, kept?.earlier ?? []);
  }
  document.querySelector("[data-record-note]").value = draft.note;
  for (const item of items) await showShots(record, item);
  const asked = progress().items;
  foldAll(form);
  const early = "begun" in form.dataset ? [] : asked.filter((item) => !record.kept(item) && answerOf(item));
  early.forEach((item) => record.touch(item));
  offerAll(record, asked);
}

/** Every touch: into the draft at once, into the outbox when it is whole. */
function useTouches(record, progress) {
  const timers = new Map();
  const touched = (event, isWhole) => {
    const item = event.target.closest("[data-item]");
    if (!item || event.target.type === "file") return;
    const before = record.before(item);
    progress();
    record.touch(item);
    progress();
    clearTimeout(timers.get(item));
    if (isWhole) offer(record, item);
    else timers.set(item, setTimeout(() => offer(record, item), PAUSE_MS));
    if (isDecision(event.target)) offerToUndo(record, item, before, progress);
  };
  record.form.addEventListener("input", (event) => touched(event, !isTyped(event.target)));
  record.form.addEventListener("change", (event) => isTyped(event.target) && touched(event, true));
  record.form.addEventListener("submit", (event) => event.preventDefault());
}

function isTyped(field) {
  return field.matches("textarea, input[inputmode]");
}

/** The answer itself, not what is said about a failure. */
function isDecision(field) {
  return field.type === "radio" && field.closest(".xj-ans")?.parentElement.matches("[data-item]");
}

function offerToUndo(record, item, before, progress) {
  const number = item.querySelector(".xj-item__q > span").textContent;
  offerUndo(undoWords("words", { number, answer: answerWords(item) }), async () => {
    await record.restore(item, before);
    progress();
    if (before?.value != null) await offer(record, item);
    else await withdraw(record, item);
  });
}

/** Pads of items that ask for a signature: the drawing is a photo of the item. */
function useSignatures(record, progress) {
  for (const box of record.form.querySelectorAll("[data-pad]")) {
    const item = box.closest("[data-item]");
    const pad = new Pad(box);
    box.addEventListener("drawn", async () => {
      if (!pad.isSigned) return;
      const picture = await pad.picture();
      const stored = await putPhoto(picture);
      const { width, height } = picture;
      const { id: photo, sha256, taken_at } = stored;
      const shot = { photo, sha256, taken_at, width, height, strokes: pad.strokes };
      for (const old of record.kept(item)?.shots ?? []) await withdrawPhoto(record, item, old.photo);
      await record.touch(item, { shots: [shot] });
      await offerPhoto(record, item, shot);
      await offer(record, item);
      progress();
    });
  }
}

function useFoot(record, progress) {
  const next = document.querySelector("[data-next]");
  next.hidden = false;
  next.addEventListener("click", () => {
    const { open } = progress();
    const here = open.find((item) => item.getBoundingClientRect().top > 150) ?? open[0];
    if (here) goTo(here);
  });
  window.addEventListener("pagehide", () => {
    const item = document.activeElement?.closest("[data-item]");
    if (item && readingsOf(item).length) record.touch(item);
  });
}

function useReview(record, progress) {
  const { form } = record;
  const panel = document.querySelector("[data-review]");
  const note = panel.querySelector("[data-record-note]");
  const own = new Pad(panel.querySelector('[data-pad="record"]'));
  const second = new Pad(panel.querySelector('[data-pad="second"]'));
  document.querySelector("[data-to-review]").addEventListener("click", (event) => {
    event.preventDefault();
    openReview({ form, progress });
  });
  panel.querySelector("[data-back]").addEventListener("click", () => closeReview(form));
  note.addEventListener("input", () => {
    record.draft.note = note.value.trim();
    record.save();
  });
  panel.addEventListener("drawn", () => (panel.querySelector("[data-unsigned]").hidden = own.isSigned));
  panel.querySelector("[data-finish]").addEventListener("click", async (event) => {
    const signers = signersOf(panel, form.dataset.person, own, second);
    if (!signers) return;
    event.target.disabled = true;
    await finish(record, progress(), signers);
    panel.hidden = true;
    showFinished(record);
  });
}

/** @returns {{name: string, pad: Pad}[] | null} nothing where a signature is missing; the page says which */
function signersOf(panel, person, own, second) {
  const name = panel.querySelector("[data-second-name]").value.trim();
  const isHalf = Boolean(name) !== second.isSigned;
  panel.querySelector("[data-unsigned]").hidden = own.isSigned;
  panel.querySelector("[data-half]").hidden = !isHalf;
  if (!own.isSigned || isHalf) return null;
  const signers = [{ name: person, pad: own }];
  return name ? [...signers, { name, pad: second }] : signers;
}
