// What a failed item says of its finding while nothing has left the device.

const SEVERITIES = ["minor", "moderate", "severe"];

/** @param {HTMLElement} item that failed */
export function sayFinding(item) {
  const line = item.querySelector("[data-finding]");
  const words = line.querySelector("[data-words]");
  const same = item.querySelector(".xj-same input:checked")?.dataset.number;
  const severity = item.querySelector(".xj-ans--sev input:checked")?.value;
  const known = item.dataset.known;
  const isKnown = known && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(known);
  line.hidden = false;
  if (same) words.textContent = words.dataset.sameWords.replace("{number}", same);
  else words.textContent = isKnown ? words.dataset.knownWords : words.dataset.words;
}
