// The year of drills: move a drill by drag or by arrow keys, and see at once what would break.
// Nothing is saved here: the panel that the server sends holds the form. Without this script the
// page of each drill has the same form.

const SVG = "http://www.w3.org/2000/svg";
const DAY_MS = 86_400_000;
// A hand that only clicks trembles by less.
const TREMBLE = 4;
// Days that are only passed are not asked about.
const WAIT_MS = 90;

const year = /** @type {HTMLElement} */ (document.querySelector("[data-year]"));
const panel = /** @type {HTMLElement} */ (document.querySelector("[data-panel]"));
const first = Date.parse(/** @type {string} */ (year.dataset.first));
const days = Number(year.dataset.days);

/**
 * @typedef {object} Move a drill on its way
 * @property {SVGAElement} mark
 * @property {SVGSVGElement} strip the row it stands in
 * @property {number} from number of the day it stands on, 0 is New Year's Day
 * @property {number} to number of the day it would go to
 * @property {number} startX where the pointer went down
 * @property {boolean} dragged whether the pointer has left the spot
 */

/** @type {Move | null} */
let move = null;
/** @type {AbortController | null} */
let question = null;
let timer = 0;

/** @param {string} day such as 2026-05-04 */
const numberOf = (day) => Math.round((Date.parse(day) - first) / DAY_MS);
/** @param {number} number */
const dayOf = (number) => new Date(first + number * DAY_MS).toISOString().slice(0, 10);
/** @param {number} number */
const within = (number) => Math.min(Math.max(number, 0), days - 1);

/** @param {EventTarget | null} target @returns {SVGAElement | null} the mark that may be moved */
function markOf(target) {
  return target instanceof Element ? target.closest("a[data-move]") : null;
}

/** @param {SVGAElement} mark @param {number} startX */
function begin(mark, startX) {
  const strip = /** @type {SVGSVGElement} */ (mark.closest("[data-strip]"));
  const from = numberOf(/** @type {string} */ (mark.dataset.on));
  move = { mark, strip, from, to: from, startX, dragged: false };
}

/** Show where the drill would stand, and ask what that would break. @param {number} number */
function go(number) {
  if (!move) return;
  const to = within(number);
  if (to === move.to) return;
  move.to = to;
  const width = move.strip.viewBox.baseVal.width;
  const by = ((to - move.from) * width) / days;
  move.mark.setAttribute("transform", `translate(${by.toFixed(1)} 0)`);
  draw(move.strip, (to + 0.5) * width / days, dayOf(to));
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT_MS);
}

/** Draw the day as a line with its date. @param {SVGSVGElement} strip */
function draw(strip, x, day) {
  const { width, height } = strip.viewBox.baseVal;
  const group = strip.querySelector("[data-ghost]") ?? strip.appendChild(ghost());
  const [line, text] = /** @type {SVGElement[]} */ ([...group.children]);
  for (const name of ["x1", "x2"]) line.setAttribute(name, x.toFixed(1));
  line.setAttribute("y2", String(height));
  const flip = x > width - 60;
  text.setAttribute("x", (flip ? x - 4 : x + 4).toFixed(1));
  text.setAttribute("text-anchor", flip ? "end" : "start");
  text.setAttribute("y", String(height - 8));
  text.textContent = day.slice(5);
}

function ghost() {
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("data-ghost", "");
  group.setAttribute("class", "xj-year__ghost");
  group.setAttribute("aria-hidden", "true");
  group.append(document.createElementNS(SVG, "line"), document.createElementNS(SVG, "text"));
  return group;
}

/** Ask the server what the move would break; only the latest question counts. */
async function ask() {
  if (!move) return;
  const { mark, to } = move;
  question?.abort();
  question = new AbortController();
  const site = encodeURIComponent(year.dataset.site ?? "");
  const address = `${mark.dataset.move}?day=${dayOf(to)}&part=1&site=${site}`;
  try {
    const answer = await fetch(address, { signal: question.signal, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.text());
    mark.classList.toggle("is-breaking", Boolean(panel.querySelector("[data-breaks]")));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    panel.textContent = year.dataset.lost ?? "";
  }
}

/** @param {string} html the panel as the server drew it */
function take(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  panel.replaceChildren(...[...page.body.childNodes].map((one) => document.adoptNode(one)));
}

/** Let the drill stay where it was. */
function cancel() {
  if (!move) return;
  clearTimeout(timer);
  question?.abort();
  move.mark.removeAttribute("transform");
  move.mark.classList.remove("is-breaking");
  move.strip.querySelector("[data-ghost]")?.remove();
  panel.replaceChildren();
  move = null;
}

/** Hand over to the panel: its button saves, and it has the words of what would break. */
async function decide() {
  clearTimeout(timer);
  await ask();
  const button = panel.querySelector("[data-first]");
  if (button instanceof HTMLElement) button.focus();
}

year.addEventListener("dragstart", (event) => {
  if (markOf(event.target)) event.preventDefault();
});

year.addEventListener("pointerdown", (event) => {
  const mark = markOf(event.target);
  if (!mark || event.button !== 0) return;
  cancel();
  begin(mark, event.clientX);
  mark.setPointerCapture(event.pointerId);
});

year.addEventListener("pointermove", (event) => {
  if (!move || !move.mark.hasPointerCapture(event.pointerId)) return;
  if (Math.abs(event.clientX - move.startX) > TREMBLE) move.dragged = true;
  if (!move.dragged) return;
  const perDay = move.strip.getBoundingClientRect().width / days;
  go(move.from + Math.round((event.clientX - move.startX) / perDay));
});

year.addEventListener("pointerup", (event) => {
  if (!move || !move.mark.hasPointerCapture(event.pointerId)) return;
  move.mark.releasePointerCapture(event.pointerId);
  if (!move.dragged) { move = null; return; }
  if (move.to === move.from) cancel();
  else decide();
});

year.addEventListener("pointercancel", cancel);

// A drag is no click: the page of the drill opens only where the pointer stayed.
year.addEventListener("click", (event) => {
  if (move?.dragged) event.preventDefault();
}, true);

year.addEventListener("keydown", (event) => {
  const mark = markOf(event.target);
  if (!mark) return;
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step) {
    event.preventDefault();
    if (move?.mark !== mark) { cancel(); begin(mark, 0); }
    go(/** @type {Move} */ (move).to + step * (event.shiftKey ? 7 : 1));
  } else if (event.key === "Escape") {
    cancel();
  } else if (event.key === "Enter" && move?.mark === mark && move.to !== move.from) {
    event.preventDefault();
    decide();
  }
});

panel.addEventListener("keydown", (event) => {
  const mark = move?.mark;
  if (event.key !== "Escape" || !mark) return;
  cancel();
  mark.focus();
});

panel.addEventListener("click", (event) => {
  const way = event.target instanceof Element ? event.target.closest("[data-stay]") : null;
  const mark = move?.mark;
  if (!way || !mark) return;
  event.preventDefault();
  cancel();
  mark.focus();
});
