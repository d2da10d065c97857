// Measure again: the reading that stands stays in the record, and the next one is beside it.

import { fieldsOf, readingsOf, valueOf } from "./item.js";
import { markEarlier } from "./reading.js";
import { offer } from "./sending.js";
import { offerUndo } from "./undo.js";

/**
 * @param {import("./record.js").RunRecord} record
 * @param {() => void} changed
 */
export function useMeasuringAgain(record, changed) {
  for (const button of record.form.querySelectorAll("[data-again]")) {
    const item = button.closest("[data-item]");
    item.addEventListener("input", () => refreshButton(item));
    refreshButton(item);
    button.addEventListener("click", () => again(record, item, changed));
  }
}

async function again(record, item, changed) {
  const [input] = readingsOf(item);
  const value = valueOf(item);
  if (value === null) return;
  await record.touch(item);
  const before = record.before(item);
  const entry = await offer(record, item);
  const at = new Date().toISOString();
  const earlier = [...record.kept(item).earlier, { value, at, entry }];
  input.value = "";
  await record.touch(item, { earlier, fields: fieldsOf(item) });
  showEarlier(item, earlier);
  refreshButton(item);
  changed();
  input.focus();
  offerUndo(item.querySelector("[data-again]").textContent.trim(), async () => {
    await record.restore(item, before);
    showEarlier(item, before.earlier);
    refreshButton(item);
    changed();
    await offer(record, item);
  });
}

/** Offer to measure again only where there is a reading. */
function refreshButton(item) {
  item.querySelector("[data-again]").hidden = valueOf(item) === null;
}

/** @param {HTMLElement} item @param {{value: number, at: string}[]} earlier list and draw what was read before */
export function showEarlier(item, earlier) {
  const line = item.querySelector("[data-readings]");
  if (!line) return;
  markEarlier(item, earlier.map((one) => one.value));
  const unit = readingsOf(item)[0].nextElementSibling.textContent;
  const words = earlier.map(({ value, at }) => {
    const clock = new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    return `${clock} ${value} ${unit}`;
  });
  const listed = line.querySelector("[data-listed]");
  listed.dataset.server ??= listed.textContent;
  listed.textContent = [listed.dataset.server, ...words].filter(Boolean).join(" → ");
  line.hidden = listed.textContent === "";
}
