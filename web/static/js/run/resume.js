// Going on with what was begun: one card that says from when, and nothing is put back unasked.

import { dropDraft, drafts } from "../device/store.js";

const KEPT_MS = 7 * 86_400_000;

const card = document.querySelector("[data-continue]");

/**
 * Ask whether to go on with a draft.
 *
 * @param {import("./record.js").RunRecord} record
 * @returns {Promise<boolean>} false where a new record is to be begun
 */
export function askToContinue(record) {
  const { form, draft } = record;
  const at = new Date(draft.touched_at || draft.begun_at);
  const title = card.querySelector("[data-continue-title]");
  const isToday = at.toDateString() === new Date().toDateString();
  const lang = document.documentElement.lang;
  title.textContent = (isToday ? title.dataset.words : title.dataset.dayWords)
    .replace("{day}", at.toLocaleDateString(lang, { month: "long", day: "numeric" }))
    .replace("{clock}", at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }));
  const what = card.querySelector("[data-continue-what]");
  what.textContent = what.dataset.words
    .replace("{answered}", String(record.answered))
    .replace("{items}", document.querySelector("[data-asked]")?.textContent ?? "");
  card.querySelector("[data-continue-newer]").hidden = draft.checklist === form.dataset.checklist;
  show(form, true);
  title.focus();
  return new Promise((resolve) => {
    const answer = (goOn) => {
      show(form, false);
      resolve(goOn);
    };
    card.querySelector("[data-continue-yes]").addEventListener("click", () => answer(true), { once: true });
    card.querySelector("[data-continue-no]").addEventListener("click", () => answer(false), { once: true });
  });
}

function show(form, asking) {
  card.hidden = !asking;
  form.hidden = asking;
  document.querySelector("[data-foot]").hidden = asking;
}

const GOING_ON = "xj-going-on";

/**
 * Open the page again with the version of the checklist that a draft was begun with.
 *
 * @returns {boolean} false where that was done before: then the server does not know the version
 */
export function openPinned(draft) {
  const address = new URL(location.href);
  if (address.searchParams.get("checklist") === draft.checklist) return false;
  address.searchParams.set("checklist", draft.checklist);
  sessionStorage.setItem(GOING_ON, draft.inspection);
  location.replace(address);
  return true;
}

/** @param {import("../device/store.js").Draft} draft @returns {boolean} whether somebody said so just before */
export function isGoingOn(draft) {
  const said = sessionStorage.getItem(GOING_ON) === draft.inspection;
  sessionStorage.removeItem(GOING_ON);
  return said;
}

/** Let go of what was finished a week ago. */
export async function forgetFinished() {
  const old = new Date(Date.now() - KEPT_MS).toISOString();
  for (const one of await drafts()) {
    if (one.finished && one.touched_at < old) await dropDraft(one.occurrence);
  }
}
