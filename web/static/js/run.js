// Running a checklist: judge readings as they are typed, count what is answered, keep the clock true.
// Without this script the page is a plain form and the server says the same things on review.

const form = document.querySelector("[data-run]");

/** A reading as people type it: comma or point, any minus sign. Nothing where it is no number. */
function reading(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(/[，,]/g, ".");
  return plain === "" || Number.isNaN(Number(plain)) ? null : Number(plain);
}

/** @returns {"pass" | "near" | "fail"} how a value stands to the limits that the field carries. */
function judged(input, value) {
  const { min, max, near } = input.dataset;
  if (min !== undefined && value < Number(min)) return "fail";
  if (max !== undefined && value > Number(max)) return "fail";
  return distance(input, value) < Number(near) ? "near" : "pass";
}

/** How far a passing value is from the nearer limit. */
function distance(input, value) {
  const { min, max } = input.dataset;
  const gaps = [];
  if (min !== undefined) gaps.push(value - Number(min));
  if (max !== undefined) gaps.push(Number(max) - value);
  return gaps.length ? Math.min(...gaps) : Infinity;
}

/** Say the verdict in words and move the marker of both drawings. */
function showReading(item, input) {
  const say = item.querySelector("[data-say]");
  const value = reading(input.value);
  const empty = input.value.trim() === "";
  const bounded = input.dataset.min !== undefined || input.dataset.max !== undefined;
  const verdict = value === null || !bounded ? null : judged(input, value);
  const tone = { pass: "xj-ok", near: "xj-warn", fail: "xj-bad" };
  say.textContent = "";
  if (verdict || (value === null && !empty)) {
    const words = document.createElement("b");
    words.className = verdict ? tone[verdict] : "xj-bad";
    const gap = `${Number(distance(input, value).toFixed(3))} ${input.nextElementSibling.textContent}`;
    words.textContent = verdict ? say.dataset[verdict].replace("{gap}", gap) : say.dataset.bad;
    say.append(words);
  }
  for (const drawing of item.querySelectorAll("[data-gauge]")) {
    const marker = drawing.querySelector("[data-marker]");
    const { zero, scale, width } = drawing.dataset;
    const place = Math.min(Math.max(Number(zero) + value * Number(scale), 10), Number(width) - 10);
    marker.setAttribute("transform", `translate(${place} 0)`);
    marker.classList.toggle("d-none", value === null);
  }
  item.toggleAttribute("data-failing", verdict === "fail");
  return verdict === "near" ? "pass" : verdict || (value === null ? null : "noted");
}

/** @returns {string | null} the verdict of one item as it stands on the page. */
function verdictOf(item) {
  const number = item.querySelector("input[inputmode=decimal]");
  if (number) return showReading(item, number);
  const chosen = item.querySelector("input[type=radio]:checked");
  if (chosen) return item.dataset.type === "choice" ? ("fails" in chosen.dataset ? "fail" : "pass") : chosen.value;
  const file = item.querySelector("input[type=file]");
  const text = item.querySelector(":scope > textarea");
  const chosenPhotos = item.querySelector("[data-chosen]");
  if (file && chosenPhotos) {
    const count = file.files.length;
    chosenPhotos.textContent = count ? chosenPhotos.dataset.words.replace("{count}", String(count)) : "";
    if (!count && item.querySelector(".xj-photos")) return "noted";
  }
  return (file && file.files.length) || (text && text.value.trim()) ? "noted" : null;
}

/** Count and colour the ticks of the head. */
function showProgress() {
  let answered = 0;
  let failed = 0;
  const items = form.querySelectorAll("[data-item]");
  for (const item of items) {
    const verdict = verdictOf(item);
    const tick = document.querySelector(`[data-tick="${item.dataset.item}"]`);
    tick.className = verdict ? `is-${verdict}` : "";
    answered += verdict ? 1 : 0;
    failed += verdict === "fail" ? 1 : 0;
  }
  document.querySelector("[data-answered]").textContent = String(answered);
  document.querySelector("[data-failed]").textContent = String(failed);
  const open = items.length - answered;
  const left = document.querySelector("[data-open-count]");
  left.textContent = open ? left.dataset.words.replace("{count}", String(open)) : "";
  markNext(items);
}

/** The next open item has an accent edge; nothing moves by itself. */
function markNext(items) {
  let found = false;
  for (const item of items) {
    const tick = document.querySelector(`[data-tick="${item.dataset.item}"]`);
    const next = !found && tick.className === "";
    item.classList.toggle("xj-item--now", next && !item.classList.contains("xj-item--bad"));
    found = found || next;
  }
}

/** Keep the clock of the head true without asking the server. */
function runClock() {
  const clock = document.querySelector("[data-clock]");
  const started = Date.now();
  const [hours, minutes] = clock.textContent.split(":").map(Number);
  setInterval(() => {
    const passed = Math.floor((Date.now() - started) / 60000);
    const total = (hours * 60 + minutes + passed) % 1440;
    clock.textContent = [Math.floor(total / 60), total % 60].map((n) => String(n).padStart(2, "0")).join(":");
  }, 5000);
}

if (form) {
  form.addEventListener("input", showProgress);
  form.addEventListener("change", showProgress);
  showProgress();
  runClock();
}
