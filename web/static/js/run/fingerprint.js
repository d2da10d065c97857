// The fingerprint of a record: eight characters over its answers, the same on every device.

import { digest } from "../device/store.js";
import { answerOf, idOf } from "./item.js";

/** @param {any} data @returns {string} JSON with sorted keys and no spaces */
export function canonical(data) {
  if (Array.isArray(data)) return `[${data.map(canonical).join(",")}]`;
  if (data === null || typeof data !== "object") return JSON.stringify(data);
  const pairs = Object.keys(data).sort().map((key) => `${JSON.stringify(key)}:${canonical(data[key])}`);
  return `{${pairs.join(",")}}`;
}

/** @param {HTMLElement[]} items those that are asked @returns {Promise<string>} SHA-256 over their answers */
export function digestOf(items) {
  const answers = {};
  for (const item of items) {
    const answer = answerOf(item);
    if (!answer) continue;
    const { value, note, severity, danger, same_as } = answer;
    answers[idOf(item)] = [value, note, severity, danger, same_as];
  }
  return digest(new TextEncoder().encode(canonical(answers)));
}

/** @param {string} hash @returns {string} its first eight characters as people read them */
export function fingerprint(hash) {
  const short = hash.slice(0, 8).toUpperCase();
  return `${short.slice(0, 4)}-${short.slice(4)}`;
}
