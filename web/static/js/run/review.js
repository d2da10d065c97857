// Review on the device: what is open first, then what failed, then the rest folded; then sign.

import { digestOf, fingerprint } from "./fingerprint.js";
import { answerWords, verdictOf } from "./item.js";
import { goTo } from "./progress.js";
import { closeUndo } from "./undo.js";

const panel = document.querySelector("[data-review]");
const foot = document.querySelector("[data-foot]");

/**
 * @typedef {{title: string, form: HTMLElement, progress: () => import("./progress.js").Progress}} Page
 */

/** @param {Page} page show the review in place of the items */
export async function openReview(page) {
  const { items, open, failed } = page.progress();
  list("open", open, page);
  list("fail", failed, page);
  list("sound", items.filter((item) => !open.includes(item) && !failed.includes(item)), page);
  sayWhatIsMissing(open.filter((item) => "required" in item.dataset).length);
  panel.querySelector("[data-fingerprint]").textContent = fingerprint(await digestOf(items));
  closeUndo();
  swap(page.form, true);
  panel.querySelector("h2").focus();
  window.scrollTo(0, 0);
}

/** @param {HTMLElement} form go back to the items */
export function closeReview(form) {
  swap(form, false);
}

function swap(form, reviewing) {
  panel.hidden = !reviewing;
  form.hidden = reviewing;
  foot.hidden = reviewing;
}

function list(name, items, page) {
  const group = panel.querySelector(`[data-group="${name}"]`);
  group.hidden = items.length === 0;
  const title = group.querySelector("[data-words]");
  title.textContent = title.dataset.words.replace("{count}", String(items.length));
  group.querySelector("ul").replaceChildren(...items.map((item) => lineOf(item, page)));
}

function lineOf(item, page) {
  const line = panel.querySelector("[data-line-template]").content.cloneNode(true).firstElementChild;
  const [number, title] = item.querySelectorAll(".xj-item__q > span");
  const verdict = verdictOf(item);
  line.querySelector("[data-line-number]").textContent = number.textContent;
  line.querySelector("[data-line-title]").textContent = title.textContent;
  line.querySelector("[data-line-answer]").textContent = verdict ? answerWords(item) : "";
  const note = verdict === "fail" ? item.querySelector("[data-open] textarea")?.value.trim() : "";
  line.querySelector("[data-line-note]").textContent = note ?? "";
  line.querySelector("button").addEventListener("click", () => {
    closeReview(page.form);
    item.querySelector("[data-change]:not([hidden])")?.click();
    goTo(item);
  });
  return line;
}

function sayWhatIsMissing(count) {
  const why = panel.querySelector("[data-why]");
  why.hidden = count === 0;
  why.textContent = why.dataset.words.replace("{count}", String(count));
  panel.querySelector("[data-finish]").disabled = count > 0;
}
