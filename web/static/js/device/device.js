// On every page of the round: what waits, whether the server is there, and of when the page is.

import { refreshCodes } from "../codes/kept_codes.js";
import { onChange, sendNow, standing, waiting } from "./outbox.js";
import { beat, isReached, onPulse, ping } from "./pulse.js";
import { markJobs } from "./job_marks.js";
import { guardSignOut } from "./sign_out.js";
import { drafts, keep, kept } from "./store.js";
import { account, address, canKeep } from "./surroundings.js";
import { clock, say, words } from "./words.js";

const REFRESH_EVERY_MS = 10 * 60_000;

const root = document.documentElement;
const chip = document.querySelector("[data-sync-chip]");
const banner = document.querySelector("[data-sync-banner]");

/** Server time at which nothing waited and the server answered. */
async function syncedAt() {
  return kept(`synced:${account()}`);
}

/** @param {boolean} reached @param {string} serverAt */
async function onAnswer(reached, serverAt) {
  const was = root.dataset.reached;
  root.dataset.reached = String(reached);
  if (reached && was === "false") sendNow({ patient: false });
  if (reached && !(await waiting()).length) await keep(`synced:${account()}`, serverAt);
  await show();
}

/** Something changed in the outbox; how a run went is news of the server too. */
async function onNews() {
  const { state, code } = await standing();
  const away = state === "stopped" && ["unreachable", "slow"].includes(code);
  if (away === isReached()) await ping();
  await show();
}

async function show() {
  const [items, stood] = [await waiting(), await standing()];
  await showChip(items.length, stood);
  for (const badge of document.querySelectorAll("b[data-waiting]")) {
    badge.hidden = items.length === 0;
    badge.textContent = String(items.length);
  }
  showBanner(items.length, stood);
  await markJobs();
}

/** @param {number} count @param {import("./outbox.js").Standing} stood */
async function showChip(count, stood) {
  if (!(chip instanceof HTMLElement)) return;
  const at = await syncedAt();
  const sending = count > 0 && stood.state === "sending" && stood.total;
  const text = sending
    ? say("sending", { sent: stood.sent ?? 0, total: stood.total ?? 0 })
    : count
      ? say("waiting", { count })
      : at
        ? say("synced", { clock: clock(at) })
        : say("synchronising");
  chip.hidden = false;
  chip.classList.toggle("xj-sync--wait", count > 0);
  chip.querySelector("[data-words]").textContent = text;
  for (const icon of chip.querySelectorAll("[data-when]")) {
    icon.toggleAttribute("hidden", icon.getAttribute("data-when") !== (count ? "waiting" : "synced"));
  }
  for (const asOf of document.querySelectorAll("[data-asof]")) asOf.hidden = true;
}

/** @param {number} count @param {import("./outbox.js").Standing} stood */
function showBanner(count, stood) {
  if (!(banner instanceof HTMLElement)) return;
  const { code } = stood.state === "stopped" ? stood : { code: "" };
  const away = isReached() === false;
  const old = "kept" in root.dataset;
  const asOf = old ? ` ${say("asOf", { clock: clock(words().madeAt ?? "") })}` : "";
  let text = "";
  if (away) text = say("away") + asOf;
  else if (code === "signed-out") text = say(count ? "signInToSend" : "signedOut", { count });
  else if (code === "other-account") text = say("otherAccount");
  else if (code === "stranger") text = say("stranger");
  else if (old && isReached()) text = say("keptPage") + asOf;
  banner.hidden = text === "";
  const said = banner.querySelector("[data-words]");
  if (said.textContent !== text) said.textContent = text;
  banner.querySelector("[data-sign-in]").hidden = away || code !== "signed-out";
  banner.querySelector("[data-reload]").hidden = away || code === "signed-out" || !old;
}

/** Who chose a page waits for it, however slow: the kept one would only be in the way. @param {string} url */
function choose(url) {
  navigator.serviceWorker?.controller?.postMessage({ kind: "wait", url });
}

function offerWays() {
  const signIn = /** @type {HTMLAnchorElement} */ (banner.querySelector("[data-sign-in]"));
  signIn.addEventListener("click", () => choose(signIn.href));
  banner.querySelector("[data-reload]").addEventListener("click", () => {
    choose(location.href.split("#")[0]);
    location.reload();
  });
}

/** Start the worker, and let it fetch what the person needs today. */
async function install() {
  if (!navigator.serviceWorker) return;
  const options = { scope: address(""), updateViaCache: /** @type {const} */ ("none") };
  // Browsers may take seconds over it, and it fails without a network; a worker that is here already
  // need not wait for that.
  navigator.serviceWorker.register(address("sw.js"), options).catch(() => {});
  const registration = await navigator.serviceWorker.ready;
  const refresh = async () => {
    // A check that was begun goes on with the version of its checklist that it was begun with.
    const begun = (await drafts()).map((one) => {
      const url = new URL(address(`occurrences/${one.occurrence}/run`));
      return { path: url.pathname, pinned: `${url.pathname}?checklist=${one.checklist}` };
    });
    registration.active?.postMessage({ kind: "refresh", begun });
    await refreshCodes();
  };
  const renew = () => registration.update().then(refresh, () => {});
  setInterval(() => isReached() && renew(), REFRESH_EVERY_MS);
  navigator.serviceWorker.addEventListener("controllerchange", refresh);
  await refresh();
}

/** Ask the browser not to clear what is kept, once there is something; the answer is only shown. */
async function persist() {
  if (!navigator.storage?.persist || (await navigator.storage.persisted())) return;
  if ((await waiting()).length || (await drafts()).length) await navigator.storage.persist();
}

if (account() && canKeep()) {
  onPulse(onAnswer);
  onChange(onNews);
  if (banner) offerWays();
  guardSignOut();
  show();
  beat();
  addEventListener("load", () => install().then(persist), { once: true });
  if (document.readyState === "complete") install().then(persist);
}
