// One item of the page: what it is answered, and how an answer is put into its fields.

import { reading, showReading, tooFine } from "./reading.js";

/**
 * @typedef {{value: any, note: string, severity: string | null, danger: boolean, same_as: number | null}} Answer
 *   as the server takes it; `severity` only where it is graver than the rules say.
 */

/** @param {HTMLElement} item @returns {string} its id in the checklist */
export function idOf(item) {
  return item.dataset.item.slice(2);
}

/** @param {HTMLElement} item @returns {HTMLInputElement[]} the fields of a reading, in order */
export function readingsOf(item) {
  return [...item.querySelectorAll("input[inputmode=decimal]")];
}

/** @param {HTMLElement} item @returns {HTMLInputElement | null} the chosen key of the answer itself */
export function chosenOf(item) {
  return item.querySelector(":scope > .xj-ans input:checked");
}

/** @param {HTMLElement} item @returns {HTMLTextAreaElement | null} the words that answer it */
export function wordsOf(item) {
  return item.querySelector(":scope > textarea");
}

/** @param {HTMLElement} item @returns {string[]} hashes of its photos, those on the server first */
export function photosOf(item) {
  const kept = item.querySelector(":scope > [data-photos]");
  if (!kept) return [];
  const here = [...kept.querySelectorAll("[data-sha256]")].map((one) => one.dataset.sha256);
  return [...kept.dataset.stored.split(" ").filter(Boolean), ...here];
}

/**
 * The verdict of one item as it stands on the page; readings say theirs in words.
 *
 * @param {HTMLElement} item
 * @returns {"pass" | "fail" | "na" | "noted" | null}
 */
export function verdictOf(item) {
  const numbers = readingsOf(item);
  if (numbers.length) {
    const verdicts = numbers.map((input) => showReading(item, input));
    item.toggleAttribute("data-failing", verdicts.includes("fail"));
    if (verdicts.includes(null)) return null;
    return verdicts.includes("fail") ? "fail" : verdicts.includes("noted") ? "noted" : "pass";
  }
  const chosen = chosenOf(item);
  if (chosen) return item.dataset.type === "choice" ? ("fails" in chosen.dataset ? "fail" : "pass") : chosen.value;
  if (item.dataset.type === "photo") return valueOf(item) !== null || filesOf(item) ? "noted" : null;
  return wordsOf(item)?.value.trim() ? "noted" : null;
}

/** How many files are chosen and go with the plain form. */
function filesOf(item) {
  return item.querySelector(":scope > input[type=file]")?.files.length ?? 0;
}

/** @param {HTMLElement} item @returns {any} the value, or nothing where it is no answer yet */
export function valueOf(item) {
  const numbers = readingsOf(item);
  if (numbers.length) {
    const values = numbers.map((input) => (tooFine(input) ? null : reading(input.value)));
    if (values.includes(null)) return null;
    return numbers.length === 1 ? values[0] : values;
  }
  if (item.dataset.type === "photo") {
    const hashes = photosOf(item);
    const { fewest, most } = item.querySelector(":scope > [data-photos]").dataset;
    return hashes.length >= Number(fewest) && hashes.length <= Number(most) ? hashes : null;
  }
  return chosenOf(item)?.value ?? (wordsOf(item)?.value.trim() || null);
}

/** @param {HTMLElement} item @returns {Answer | null} nothing where it is not answered */
export function answerOf(item) {
  const value = valueOf(item);
  if (value === null) return null;
  const failed = verdictOf(item) === "fail";
  const block = failed ? item.querySelector("[data-open]") : null;
  const severity = block?.querySelector(".xj-ans--sev input:checked:not(:disabled)");
  return {
    value,
    note: block?.querySelector("textarea")?.value.trim() ?? "",
    severity: severity && severity !== lightest(block) ? severity.value : null,
    danger: block?.querySelector("[data-danger]")?.checked ?? false,
    same_as: Number(block?.querySelector(".xj-same input:checked")?.value) || null,
  };
}

/** The severity that the rules give, as a key. */
function lightest(block) {
  return block.querySelector(".xj-ans--sev input:not(:disabled)");
}

/**
 * @typedef {{checked: string[], texts: Record<string, string>}} Fields what the fields of an item hold
 */

/** @param {HTMLElement} item @returns {Fields} */
export function fieldsOf(item) {
  const checked = [];
  const texts = {};
  for (const field of item.querySelectorAll("input, textarea, select")) {
    if (field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) checked.push(`${field.name}=${field.value}`);
    } else if (field.value && field.id) texts[field.id] = field.value;
  }
  return { checked, texts };
}

/** @param {HTMLElement} item @param {Fields | null} fields nothing empties the item */
export function fill(item, fields) {
  const checked = new Set(fields?.checked ?? []);
  for (const field of item.querySelectorAll("input, textarea, select")) {
    if (field.type === "file") continue;
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = checked.has(`${field.name}=${field.value}`);
    } else field.value = fields?.texts[field.id] ?? "";
  }
  if (fields) return;
  // An empty block still knows the severity of the rules, and that a failure is a new finding.
  const block = item.querySelector("[data-open]");
  if (block) lightest(block).checked = true;
  const fresh = item.querySelector('.xj-same input[value=""]');
  if (fresh) fresh.checked = true;
}

/** @param {HTMLElement} item @returns {string} its answer as a person reads it */
export function answerWords(item) {
  const chosen = chosenOf(item);
  if (chosen) return chosen.closest("label").textContent.trim();
  const numbers = readingsOf(item);
  if (numbers.length) {
    const unit = numbers[0].nextElementSibling.textContent;
    return `${numbers.map((input) => input.value.trim()).join(" / ")} ${unit}`.trim();
  }
  return wordsOf(item)?.value.trim() ?? "";
}
