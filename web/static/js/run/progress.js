// What is asked, what is answered, and where to go on; nothing moves by itself.

import { chosenOf, verdictOf } from "./item.js";

/** @typedef {{items: HTMLElement[], open: HTMLElement[], failed: HTMLElement[]}} Progress items that are asked */

/** Whether an item is asked, given the verdicts and choices of those before it. */
function isAsked(item, given) {
  const { askedAfter, askedAnswers } = item.dataset;
  if (askedAfter === undefined) return true;
  const answers = given.get(askedAfter) ?? [];
  return askedAnswers.split(" ").some((answer) => answers.includes(answer));
}

/** Show an item or put it away; what is put away is neither counted nor sent. */
function ask(item, asked) {
  item.hidden = !asked;
  for (const field of item.querySelectorAll("input, textarea")) {
    field.disabled = !asked || field.closest(".is-off") !== null;
  }
  tickOf(item).hidden = !asked;
}

/** @param {HTMLElement} item @returns {HTMLElement} its tick in the head */
function tickOf(item) {
  return document.querySelector(`[data-tick="${item.dataset.item}"]`);
}

/**
 * Ask what is to be asked, then count and colour the ticks of the head.
 *
 * @param {HTMLElement} form
 * @returns {Progress}
 */
export function showProgress(form) {
  const given = new Map();
  const found = { items: [], open: [], failed: [] };
  for (const item of form.querySelectorAll("[data-item]")) {
    const asked = isAsked(item, given);
    ask(item, asked);
    if (!asked) continue;
    found.items.push(item);
    const verdict = verdictOf(item);
    given.set(item.dataset.item, [verdict, chosenOf(item)?.value]);
    tickOf(item).className = verdict ? `is-${verdict}` : "";
    if (verdict === null) found.open.push(item);
    if (verdict === "fail") found.failed.push(item);
  }
  write(found);
  return found;
}

function write({ items, open, failed }) {
  document.querySelector("[data-answered]").textContent = String(items.length - open.length);
  document.querySelector("[data-asked]").textContent = String(items.length);
  document.querySelector("[data-failed]").textContent = String(failed.length);
  const left = document.querySelector("[data-open-count]");
  left.textContent = open.length ? left.dataset.words.replace("{count}", String(open.length)) : "";
  const ticks = document.querySelector(".xj-ticks");
  ticks.setAttribute("aria-label", `${items.length - open.length} / ${items.length}`);
  // The next open item has an accent edge.
  for (const item of items) {
    item.classList.toggle("xj-item--now", item === open[0] && !item.classList.contains("xj-item--bad"));
  }
}

/** @param {HTMLElement} item bring it into view and make it where the keyboard goes on */
export function goTo(item) {
  item.tabIndex = -1;
  item.scrollIntoView({ block: "start" });
  item.focus({ preventScroll: true });
}
