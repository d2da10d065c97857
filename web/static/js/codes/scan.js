// Get to the right checklist: read a label with the camera, or type its code. Without this script
// the page is a plain form; without a network the codes kept on the device say where to go.

import { keptCodes, refreshCodes } from "./kept_codes.js";
import { near, plainOf, readCode, shown } from "./short_code.js";
import { scanner } from "./scanner.js";

const root = /** @type {HTMLElement} */ (document.querySelector("[data-codes]"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("code"));
const say = part("[data-say]");
const found = part("[data-found]");
const words = root.dataset;
/** @type {import("./short_code.js").Rules} */
const rules = {
  alphabet: words.alphabet ?? "",
  length: Number(words.length),
  readAs: JSON.parse(words.readAs ?? "{}"),
};
/** @type {Map<string, import("./kept_codes.js").KeptCode>} */
let known = new Map();

/** @param {string} which @returns {HTMLElement} */
function part(which) {
  return /** @type {HTMLElement} */ (root.querySelector(which));
}

/** @param {string} which @returns {HTMLElement} a fresh copy of one of the page's templates. */
function copyOf(which) {
  const template = /** @type {HTMLTemplateElement} */ (part(`template[${which}]`));
  const copy = /** @type {HTMLElement} */ (template.content.cloneNode(true).firstElementChild);
  return copy;
}

/** @param {string} code */
function pageOf(code) {
  return (words.page ?? "").replace("CODE", shown(code));
}

/** What stands behind a code that this device keeps: its checklists in one tap. */
function showKnown(kept) {
  const [code, , name, checks] = kept;
  const card = copyOf("data-known");
  /** @type {HTMLElement} */ (card.querySelector("[data-name]")).textContent = name;
  /** @type {HTMLElement} */ (card.querySelector("[data-none]")).hidden = checks.length > 0;
  const list = /** @type {HTMLElement} */ (card.querySelector("[data-do]"));
  for (const [href, title] of checks) {
    const link = /** @type {HTMLAnchorElement} */ (copyOf("data-check"));
    link.href = href;
    /** @type {HTMLElement} */ (link.querySelector("span")).textContent = title;
    list.append(link);
  }
  /** @type {HTMLAnchorElement} */ (card.querySelector("[data-page]")).href = pageOf(code);
  found.append(card);
}

function showUnknown(code) {
  const card = copyOf("data-unknown");
  /** @type {HTMLAnchorElement} */ (card.querySelector("[data-page]")).href = pageOf(code);
  found.append(card);
}

/** Which kind of mistake it is, and which codes may have been meant. */
function showMistake(read) {
  const near_ = read.mistake === "check" ? near(read.plain, rules, (code) => known.has(code)) : [];
  const slips = new Set(near_.map((each) => each.slip));
  const kind = slips.size === 1 ? [...slips][0] : read.mistake;
  say.textContent = (words[kind] ?? "")
    .replace("{count}", String(read.off))
    .replace("{number}", String((read.at ?? 0) + 1))
    .replace("{wrong}", read.plain[read.at ?? 0] ?? "");
  say.classList.toggle("xj-bad", read.mistake !== "short" && read.mistake !== "empty");
  if (!near_.length) return;
  const block = copyOf("data-near");
  for (const each of near_) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "xj-btn";
    button.textContent = shown(each.code);
    button.addEventListener("click", () => type(each.code));
    item.append(button);
    /** @type {HTMLElement} */ (block.querySelector("ul")).append(item);
  }
  found.append(block);
}

/** Say of what stands in the field as much as can be said. */
function look() {
  const read = readCode(field.value, rules);
  found.replaceChildren();
  // Where the device knows the way, there is nothing more to ask the server for.
  part("[data-open]").hidden = "code" in read && known.has(read.code);
  say.textContent = "";
  say.classList.remove("xj-bad");
  if (!("code" in read)) showMistake(read);
  else if (known.has(read.code)) showKnown(known.get(read.code));
  else showUnknown(read.code);
}

/** @param {string} text */
function type(text) {
  const plain = plainOf(text, rules);
  field.value = shown(plain);
  look();
}

/** @param {string} text what the camera read: our address, or a bare code */
function scanned(text) {
  const code = /\/a\/([^/?#]+)/.exec(text)?.[1] ?? text;
  const read = readCode(decodeURIComponent(code), rules);
  if (!("code" in read)) return false;
  type(read.code);
  return true;
}

function listen() {
  field.inputMode = "none";
  field.addEventListener("input", () => type(field.value));
  part("[data-keypad]").hidden = false;
  part("[data-keypad]").addEventListener("click", (event) => {
    const key = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
    if (!key) return;
    if (key.dataset.key) type(plainOf(field.value, rules) + key.dataset.key);
    else if ("back" in key.dataset) type(plainOf(field.value, rules).slice(0, -1));
    else type("");
  });
  // What the device knows leads on from here; what it does not know is asked of the server.
  part("[data-typed]").addEventListener("submit", (event) => {
    const read = readCode(field.value, rules);
    if ("code" in read && !known.has(read.code)) return;
    event.preventDefault();
    look();
    /** @type {HTMLElement | null} */ (found.querySelector("a"))?.focus();
  });
}

listen();
scanner(root, scanned);
known = await keptCodes();
if (field.value) look();
if (await refreshCodes()) {
  known = await keptCodes();
  if (field.value) look();
}
