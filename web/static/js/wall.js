// The overdue wall: ask for itself every minute, and say in red when nobody answers.

const EVERY = 60_000;
const PATIENCE = 15_000;

let drawnAt = Date.now();

/** @returns {HTMLElement} the part of the page that is replaced. */
const wall = () => /** @type {HTMLElement} */ (document.querySelector("[data-wall]"));

/**
 * Show or hide one of the two red lines.
 * @param {string} which
 * @param {boolean} shown
 */
function warn(which, shown) {
  const line = /** @type {HTMLElement} */ (document.querySelector(`[${which}]`));
  const words = /** @type {HTMLElement} */ (line.querySelector("[data-words]"));
  words.textContent = (words.dataset.words ?? "").replace("{clock}", wall().dataset.clock ?? "");
  line.hidden = !shown;
}

/** Ask for the page anew; a redirect means that nobody is signed in here any more. */
async function refresh() {
  try {
    const answer = await fetch(location.href, {
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const signedOut = answer.type === "opaqueredirect" || answer.status === 401;
    warn("data-signed-out", signedOut);
    warn("data-lost", !answer.ok && !signedOut);
    if (answer.ok) redraw(await answer.text());
  } catch {
    warn("data-lost", true);
  }
}

/**
 * Put the newer wall in place of this one; who reads it keeps place and focus.
 * @param {string} html
 */
function redraw(html) {
  const newer = new DOMParser().parseFromString(html, "text/html").querySelector("[data-wall]");
  if (!(newer instanceof HTMLElement)) throw new Error("no wall in the answer");
  const focused = document.activeElement instanceof HTMLAnchorElement
    ? document.activeElement.getAttribute("href") : null;
  wall().replaceWith(document.adoptNode(newer));
  drawnAt = Date.now();
  const again = focused && wall().querySelector(`a[href="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/** Let the clock go on between two answers; its hour is the server's, not this screen's. */
function tick() {
  const minutes = Number(wall().dataset.minutes) + Math.floor((Date.now() - drawnAt) / 60_000);
  const shown = wall().querySelector("[data-now]");
  const two = (/** @type {number} */ one) => String(one).padStart(2, "0");
  if (shown) shown.textContent = `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

setInterval(refresh, EVERY);
setInterval(tick, 1_000);
window.addEventListener("online", refresh);
window.addEventListener("offline", refresh);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
