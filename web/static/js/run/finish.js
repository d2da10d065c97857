// Sign and finish: put in what is missing, the signatures, the end; then say where it is.

import { onChange, sendNow } from "../device/outbox.js";
import { update } from "../device/queue.js";
import { dropDraft, putPhoto } from "../device/store.js";
import { digestOf, fingerprint } from "./fingerprint.js";
import { entriesOf, offerAll, put, settled } from "./sending.js";

const panel = document.querySelector("[data-finished]");

/**
 * Finish the record of a page.
 *
 * @param {import("./record.js").RunRecord} record
 * @param {import("./progress.js").Progress} progress
 * @param {{name: string, pad: import("./pad.js").Pad}[]} signers
 */
export async function finish(record, { items, failed, open }, signers) {
  await offerAll(record, items);
  await settled();
  // Who signs has looked at everything: nothing is held back for an undo any more.
  await update(await entriesOf(record.draft.inspection), () => ({ not_before: 0 }));
  const digest = await digestOf(items);
  const { draft } = record;
  const signed = (await entriesOf(draft.inspection, "signature")).map((one) => JSON.parse(one.body));
  for (const signer of signers) {
    // A page that died on the way to the end has the signature under these answers already.
    if (signed.some((one) => one.name === signer.name && one.digest === digest)) continue;
    const stored = await putPhoto(await signer.pad.picture());
    await put(record, "signature", { name: signer.name, photo: stored.id, sha256: stored.sha256, digest });
  }
  const answers = (await entriesOf(draft.inspection, "answer")).length;
  const photos = (await entriesOf(draft.inspection, "photo")).length;
  const { occurrence, checklist, begun_at, note } = draft;
  const ended = await entriesOf(draft.inspection, "finish");
  if (!ended.length) await put(record, "finish", { occurrence, checklist, begun_at, note, digest, answers, photos });
  draft.finished = true;
  // The outbox holds everything now; photos that have arrived need no room here any more.
  draft.answers = {};
  draft.result = { answered: items.length - open.length, failed: failed.length, fingerprint: fingerprint(digest) };
  await record.save();
  sendNow();
}

/** Show that a record is finished, and where it is: here, or on the server. @param {import("./record.js").RunRecord} record */
export function showFinished(record) {
  const { inspection, result } = record.draft;
  panel.hidden = false;
  const what = panel.querySelector("[data-finished-what]");
  what.textContent = what.dataset.words
    .replace("{answered}", String(result.answered))
    .replace("{failed}", String(result.failed))
    .replace("{digest}", result.fingerprint);
  const link = panel.querySelector("[data-record-link]");
  link.href = link.dataset.url.replace("%7Bid%7D", inspection).replace("{id}", inspection);
  const anew = panel.querySelector("[data-anew]");
  anew.addEventListener("click", async () => {
    await dropDraft(record.draft.occurrence);
    location.replace(location.pathname);
  });
  const refresh = () => showWhere(inspection, [link, anew]);
  onChange(refresh);
  refresh();
  panel.querySelector("[data-finished-title]").focus();
  window.scrollTo(0, 0);
}

async function showWhere(inspection, buttons) {
  const entries = await entriesOf(inspection);
  const end = entries.filter((one) => one.kind === "finish").at(-1);
  const waiting = entries.filter((one) => one.state === "waiting").length;
  const title = panel.querySelector("[data-finished-title]");
  const words = { waiting: title.dataset.here, conflict: title.dataset.decide, refused: title.dataset.refused };
  const arrived = end?.received_at ? new Date(end.received_at) : null;
  const clock = arrived?.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }) ?? "";
  const state = waiting ? "waiting" : (end?.state ?? "sent");
  title.textContent = words[state] ?? title.dataset.there.replace("{clock}", clock);
  const left = panel.querySelector("[data-finished-left]");
  left.hidden = waiting === 0;
  left.textContent = left.dataset.words.replace("{count}", String(waiting));
  panel.querySelector("[data-finished-card]").classList.toggle("xj-big--ok", state === "sent");
  for (const button of buttons) button.hidden = state !== "sent";
}
