// Readings as people type them, and how they stand to their limits; judged while they are entered.

/** @param {string} text @returns {number | null} nothing where it is no number: comma or point, any minus sign. */
export function reading(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(/[，,]/g, ".");
  return plain === "" || Number.isNaN(Number(plain)) ? null : Number(plain);
}

/** @param {HTMLInputElement} input @param {number} value @returns {"pass" | "near" | "fail"} */
export function judged(input, value) {
  const { min, max, near } = input.dataset;
  if (min !== undefined && value < Number(min)) return "fail";
  if (max !== undefined && value > Number(max)) return "fail";
  return distance(input, value) < Number(near) ? "near" : "pass";
}

/** @param {HTMLInputElement} input @param {number} value @returns {number} how far a passing value is from the nearer limit. */
export function distance(input, value) {
  const { min, max } = input.dataset;
  const gaps = [];
  if (min !== undefined) gaps.push(value - Number(min));
  if (max !== undefined) gaps.push(Number(max) - value);
  return gaps.length ? Math.min(...gaps) : Infinity;
}

/** @param {HTMLInputElement} input @returns {boolean} whether it has more digits after the point than the item takes. */
export function tooFine(input) {
  const value = reading(input.value);
  const digits = String(value ?? "").split(".")[1] ?? "";
  return digits.length > Number(input.dataset.decimals ?? 3);
}

const TONES = { pass: "xj-ok", near: "xj-warn", fail: "xj-bad" };

/**
 * Say the verdict of one reading in words and move the marker of both drawings.
 *
 * @param {HTMLElement} item
 * @param {HTMLInputElement} input
 * @returns {"pass" | "fail" | "noted" | null} nothing where there is no reading yet
 */
export function showReading(item, input) {
  const value = reading(input.value);
  const bounded = input.dataset.min !== undefined || input.dataset.max !== undefined;
  const wrong = value === null ? (input.value.trim() ? "bad" : null) : tooFine(input) ? "digits" : null;
  const verdict = value === null || wrong || !bounded ? null : judged(input, value);
  say(input, value, verdict, wrong);
  moveMarkers(item, value);
  if (value === null || wrong) return null;
  return verdict === "near" ? "pass" : (verdict ?? "noted");
}

function say(input, value, verdict, wrong) {
  const line = document.getElementById(input.getAttribute("aria-describedby"));
  line.textContent = "";
  if (!verdict && !wrong) return;
  const words = document.createElement("b");
  words.className = verdict ? TONES[verdict] : "xj-bad";
  const gap = verdict && `${Number(distance(input, value).toFixed(3))} ${input.nextElementSibling.textContent}`;
  words.textContent = line.dataset[verdict ?? wrong].replace("{gap}", gap ?? "");
  line.append(words);
}

function moveMarkers(item, value) {
  for (const drawing of item.querySelectorAll("[data-gauge]")) {
    const marker = drawing.querySelector("[data-marker]");
    marker.setAttribute("transform", `translate(${placeOn(drawing, value ?? 0)} 0)`);
    marker.classList.toggle("d-none", value === null);
  }
}

function placeOn(drawing, value) {
  const { zero, scale, width } = drawing.dataset;
  return Math.min(Math.max(Number(zero) + value * Number(scale), 10), Number(width) - 10);
}

/** @param {HTMLElement} item @param {number[]} values earlier readings, drawn as dotted lines */
export function markEarlier(item, values) {
  for (const drawing of item.querySelectorAll("[data-gauge]")) {
    drawing.querySelectorAll("[data-earlier]").forEach((line) => line.remove());
    for (const value of values) {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      const x = String(placeOn(drawing, value));
      const look = { class: "s-inks", x1: x, x2: x, y1: "22", y2: "48", "stroke-width": "2", "stroke-dasharray": "3 3" };
      for (const [name, set] of Object.entries(look)) line.setAttribute(name, set);
      line.dataset.earlier = "";
      drawing.querySelector("[data-marker]").before(line);
    }
  }
}
