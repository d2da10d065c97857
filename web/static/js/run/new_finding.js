// Report a finding without a checklist: kept on the device at once, offered back, sent by the outbox.

import { all, onChange, put, sendNow, takeBack } from "../device/outbox.js";
import { account, canKeep, claimDraft, draft, dropDraft } from "../device/store.js";
import { fill } from "./item.js";
import { showShots, usePhotos } from "./photos.js";
import { newDraft, RunRecord } from "./record.js";
import { askToContinue } from "./resume.js";
import { useSpots } from "./spots.js";
import { offerUndo, UNDO_MS, undoWords } from "./undo.js";

const NAME = "new-finding";
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-report]"));
const item = form?.querySelector("[data-item]");
const panel = document.querySelector("[data-reported]");

/** A draft for one finding; its id is made here and stays. */
function fresh() {
  return new RunRecord(form, { ...newDraft(form, crypto.randomUUID()), occurrence: NAME });
}

async function recordToRun() {
  const found = await draft(NAME);
  const kept = found?.answers.finding;
  if (!kept || !(Object.keys(kept.fields.texts).length || kept.shots.length)) return fresh();
  const record = new RunRecord(form, found);
  if (!(await askToContinue(record))) {
    await dropDraft(NAME);
    return fresh();
  }
  fill(item, kept.fields);
  await showShots(record, item);
  return record;
}

/** Say what is missing; true where nothing is. */
function isWhole() {
  const missing = { spot: !form.spot.value, what: !form.what.value.trim() };
  for (const [name, isMissing] of Object.entries(missing)) form.querySelector(`[data-fault-${name}]`).hidden = !isMissing;
  const first = Object.keys(missing).find((name) => missing[name]);
  form.elements.namedItem(first ?? "")?.focus();
  return !first;
}

function payloadOf(record) {
  const [site, target_kind, target] = form.spot.value.split("|");
  const { shots } = record.kept(item) ?? { shots: [] };
  return {
    finding: record.draft.inspection,
    site,
    target_kind,
    target,
    what: form.what.value.trim(),
    severity: form.severity.value,
    danger: form.danger.checked,
    same_as: Number(form.querySelector("[name=same]:checked:not(:disabled)")?.value) || null,
    owner: form.owner.value || null,
    measures: form.measures.value.trim(),
    photos_expected: shots.length,
  };
}

/** Put the finding and its photos into the outbox; for eight seconds it can be taken back. */
async function report(record) {
  const payload = payloadOf(record);
  const place = form.spot.selectedOptions[0].textContent;
  const options = { notBefore: Date.now() + UNDO_MS, title: payload.what.slice(0, 80), place };
  const entries = [await put("finding", payload, options)];
  for (const shot of record.kept(item)?.shots ?? []) {
    entries.push(await put("photo", { finding: payload.finding, caption: "", ...shot }, options));
  }
  await dropDraft(NAME);
  showReported(payload, place);
  offerUndo(undoWords("words"), async () => {
    // The last one first: what goes is never without what it belongs to.
    for (const entry of entries.reverse()) await takeBack(entry.id);
    await record.save();
    swap(false);
  });
  sendNow();
}

function showReported(payload, place) {
  swap(true);
  panel.querySelector("[data-reported-what]").textContent = `${place} · ${payload.what}`;
  const refresh = async () => {
    const mine = (await all()).filter((one) => one.group === payload.finding);
    const waits = mine.some((one) => one.state === "waiting");
    const end = mine.find((one) => one.kind === "finding");
    const title = panel.querySelector("[data-reported-title]");
    const arrived = end?.received_at ? new Date(end.received_at) : new Date();
    const clock = arrived.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const { here, there, refused } = title.dataset;
    const isSent = !waits && end?.state === "sent";
    title.textContent = waits ? here : isSent ? there.replace("{clock}", clock) : refused;
    panel.querySelector("[data-reported-card]").classList.toggle("xj-big--ok", isSent);
  };
  onChange(refresh);
  refresh();
  panel.querySelector("[data-reported-title]").focus();
}

function swap(reported) {
  panel.hidden = !reported;
  form.hidden = reported;
  document.querySelector("[data-foot]").hidden = reported;
}

function keepTouches(record) {
  form.addEventListener("input", (event) => event.target.type !== "file" && record.touch(item));
  form.addEventListener("change", (event) => event.target.type !== "file" && record.touch(item));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isWhole()) report(record);
  }, true);
  usePhotos(record, {
    add: async () => undefined,
    takeBack: async () => true,
    changed: async () => undefined,
  });
}

async function start() {
  const showSpots = useSpots(form);
  if (!account() || !canKeep()) return;
  document.body.toggleAttribute("data-run-on-device", true);
  panel.querySelector("[data-another]").addEventListener("click", () => location.replace(location.pathname));
  if (!(await claimDraft(NAME))) {
    document.querySelector("[data-elsewhere]").hidden = false;
    form.inert = true;
    return;
  }
  const record = await recordToRun();
  showSpots();
  keepTouches(record);
}

if (form) start();
