// Running a checklist. On a device that can keep work every touch is saved at once and travels
// through the outbox; elsewhere the page stays a plain form that says readings as they are typed.

import { account, canKeep, claimDraft, draft } from "../device/store.js";
import { runClock } from "./clock.js";
import { runOnDevice } from "./on_device.js";
import { showProgress } from "./progress.js";
import { newDraft, RunRecord } from "./record.js";
import { askToContinue, forgetFinished, isGoingOn, openPinned } from "./resume.js";
import { showFinished } from "./finish.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-run]"));

/** A plain form: only what helps while it is filled in. */
function runPlainly() {
  const refresh = () => {
    showProgress(form);
    for (const words of form.querySelectorAll("[data-chosen]")) sayChosen(words);
  };
  form.addEventListener("input", refresh);
  form.addEventListener("change", refresh);
  refresh();
}

function sayChosen(words) {
  const input = words.parentElement.querySelector("input[type=file]");
  const count = input.files.length;
  words.textContent = count ? words.dataset.words.replace("{count}", String(count)) : "";
}

/** @returns {Promise<RunRecord | null>} what to go on with; nothing where this page goes no further */
async function recordToRun() {
  const { inspection, begun, occurrence } = form.dataset;
  const found = await draft(occurrence);
  const fresh = () => new RunRecord(form, newDraft(form, crypto.randomUUID()));
  if (!found) return begun === undefined ? fresh() : new RunRecord(form, newDraft(form, inspection));
  const record = new RunRecord(form, found);
  if (found.finished) {
    form.hidden = true;
    document.querySelector("[data-foot]").hidden = true;
    showFinished(record);
    return null;
  }
  if (!record.answered && !found.note) return record;
  showProgress(form);
  if (!isGoingOn(found) && !(await askToContinue(record))) return fresh();
  const isPinned = found.checklist === form.dataset.checklist;
  return !isPinned && openPinned(found) ? null : record;
}

async function start() {
  runClock();
  if (!account() || !canKeep()) return runPlainly();
  form.toggleAttribute("data-run-on-device", true);
  document.body.toggleAttribute("data-run-on-device", true);
  if (!(await claimDraft(form.dataset.occurrence))) {
    document.querySelector("[data-elsewhere]").hidden = false;
    form.inert = true;
    document.querySelector("[data-foot]").hidden = true;
    return undefined;
  }
  await forgetFinished();
  const record = await recordToRun();
  return record && runOnDevice(record);
}

if (form) start();
