// What passed folds to one line once it is out of sight above; what is on the screen never moves.

import { answerWords, verdictOf } from "./item.js";

const FOLDS = new Set(["pass", "na"]);

/** @param {HTMLElement} item @param {boolean} folded */
export function fold(item, folded) {
  const verdict = verdictOf(item);
  const button = item.querySelector("[data-change]");
  const words = item.querySelector("[data-folded]");
  item.classList.toggle("xj-item--folded", folded);
  button.hidden = !folded;
  words.hidden = !folded;
  words.className = verdict === "pass" ? "xj-state xj-state--ok" : "xj-state xj-state--todo";
  words.textContent = "";
  if (!folded) return;
  const sign = item.querySelector(":scope > .xj-ans input:checked")?.closest("label").querySelector("svg");
  if (sign) words.append(sign.cloneNode(true));
  words.append(answerWords(item));
}

/** Fold every item that passed. @param {HTMLElement} form */
export function foldAll(form) {
  for (const item of form.querySelectorAll("[data-item]:not([hidden])")) {
    if (FOLDS.has(verdictOf(item))) fold(item, true);
  }
}

/** Fold items as they leave the screen upwards, and unfold them to be changed. @param {HTMLElement} form */
export function useFolding(form) {
  form.addEventListener("click", (event) => {
    const item = event.target.closest("[data-change]")?.closest("[data-item]");
    if (!item) return;
    fold(item, false);
    item.querySelector("input, textarea").focus();
  });
  // Without scroll anchoring the page would jump under the finger.
  if (!CSS.supports("overflow-anchor", "auto")) return;
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const isAbove = !isIntersecting && boundingClientRect.bottom < 0;
      const isIdle = !target.contains(document.activeElement);
      if (isAbove && isIdle && FOLDS.has(verdictOf(target))) fold(target, true);
    }
  });
  form.querySelectorAll("[data-item]").forEach((item) => seen.observe(item));
}
