// On lists of tasks: what was begun or finished on this device, which the page cannot know yet.

import { all } from "./outbox.js";
import { drafts } from "./store.js";
import { words } from "./words.js";

/**
 * Occurrences with what this device knows of them.
 *
 * @returns {Promise<Map<string, "begunHere" | "doneHere" | "doneSent">>}
 */
async function known() {
  const found = new Map();
  for (const one of await drafts()) found.set(String(one.occurrence), "begunHere");
  for (const item of await all()) {
    if (item.kind !== "finish") continue;
    const { occurrence } = JSON.parse(item.body);
    if (occurrence) found.set(String(occurrence), item.state === "waiting" ? "doneHere" : "doneSent");
  }
  return found;
}

/** Mark the rows `[data-job]` of this page. */
export async function markJobs() {
  const rows = document.querySelectorAll("[data-job]");
  if (!rows.length) return;
  const marks = await known();
  for (const row of rows) {
    const mark = marks.get(/** @type {HTMLElement} */ (row).dataset.job ?? "");
    const place = row.querySelector("[data-job-mark]");
    if (!place) continue;
    place.toggleAttribute("hidden", !mark);
    place.textContent = mark ? (words()[mark] ?? "") : "";
    place.classList.toggle("xj-tag--go", mark === "begunHere");
    place.classList.toggle("xj-tag--warn", mark === "doneHere");
    place.classList.toggle("xj-tag--ok", mark === "doneSent");
  }
}
