// The record on the device: every touch goes into its draft at once, before anything else happens.

import { saveDraft, StorageFull } from "../device/store.js";
import { answerOf, fieldsOf, fill, idOf } from "./item.js";

/**
 * @typedef {{photo: string, sha256: string, taken_at: string, width: number, height: number,
 *   strokes: object[], original?: string}} Shot a photo of an item, kept on the device; strokes drawn on
 *   it are in its own coordinates, and `original` is the picture without them
 * @typedef {{value: any, note: string, severity: string | null, danger: boolean,
 *   same_as: number | null, fields: import("./item.js").Fields, photos: string[], shots: Shot[],
 *   earlier: {value: number, at: string, entry: string}[], at: string}} Kept one item in a draft
 */

/** A draft that nothing was entered into yet. @param {HTMLFormElement} form @param {string} inspection */
export function newDraft(form, inspection) {
  const { occurrence, checklist, title, place } = form.dataset;
  return {
    account: "",
    occurrence: Number(occurrence),
    inspection,
    checklist,
    title,
    place,
    begun_at: new Date().toISOString(),
    touched_at: "",
    answers: {},
    note: "",
    finished: false,
  };
}

export class RunRecord {
  /**
   * @param {HTMLFormElement} form
   * @param {import("../device/store.js").Draft} draft
   */
  constructor(form, draft) {
    this.form = form;
    this.draft = draft;
  }

  /** @param {HTMLElement} item @returns {Kept | undefined} */
  kept(item) {
    return this.draft.answers[idOf(item)];
  }

  /** @param {HTMLElement} item @returns {Kept | null} a copy to come back to */
  before(item) {
    const kept = this.kept(item);
    return kept ? structuredClone(kept) : null;
  }

  /** Keep an item as its fields stand now. @param {HTMLElement} item @param {Partial<Kept>} [more] */
  touch(item, more = {}) {
    const now = new Date().toISOString();
    const answer = answerOf(item) ?? { value: null, note: "", severity: null, danger: false, same_as: null };
    const before = this.kept(item) ?? { photos: [], shots: [], earlier: [] };
    const kept = { ...before, ...more, ...answer, fields: fieldsOf(item), at: now };
    kept.photos = kept.shots.map((shot) => shot.photo);
    this.draft.answers[idOf(item)] = kept;
    return this.save();
  }

  /** Put an item back to what it was. @param {HTMLElement} item @param {Kept | null} before */
  restore(item, before) {
    if (before) this.draft.answers[idOf(item)] = before;
    else delete this.draft.answers[idOf(item)];
    fill(item, before?.fields ?? null);
    return this.save();
  }

  /** Keep the draft; where the device is full, say so and go on: the journal still holds it. */
  save() {
    this.draft.touched_at = new Date().toISOString();
    return saveDraft(this.draft).then(
      () => showFull(false),
      (error) => {
        if (!(error instanceof StorageFull)) throw error;
        showFull(true);
      },
    );
  }

  /** How many items have an answer. */
  get answered() {
    return Object.values(this.draft.answers).filter((kept) => kept.value !== null).length;
  }
}

/** @param {boolean} full */
export function showFull(full) {
  document.querySelector("[data-full]").hidden = !full;
}
