// The outbox as pages see it: put things in, see what waits, send.
//
// It sends by itself: on start, when the page is shown, when the network comes back, half a minute
// after the last time (longer while it fails), and when something is put in. Never on the network's
// word alone: a server may be down while the network is up.

import { answered, within } from "./database.js";
import { changed, forgetOld, isDue, onChange, recover, waiting } from "./queue.js";
import { run } from "./sending.js";
import { Stopped } from "./server.js";
import { account, canKeep } from "./surroundings.js";

export { all, onChange, put, takeBack, waiting, waitingOfOthers } from "./queue.js";

/**
 * @typedef {{state: "idle" | "sending" | "stopped", code?: string, at: string, sent?: number,
 *   total?: number, failures: number, next_at: number}} Standing how the last run went; `code` says
 *   what stopped it, `next_at` (milliseconds) when it is tried again
 */

const EVERY_MS = 30_000;
const LONGEST_MS = 15 * 60_000;

/** @returns {Promise<Standing>} */
export async function standing() {
  const known = await within(["kept"], "readonly", (tx) => answered(tx.objectStore("kept").get(name())));
  return known ?? { state: "idle", at: "", failures: 0, next_at: 0 };
}

function name() {
  return `standing:${account()}`;
}

async function stand(given) {
  const now = { ...(await standing()), at: new Date().toISOString(), ...given };
  await within(["kept"], "readwrite", (tx) => answered(tx.objectStore("kept").put(now, name())));
  changed();
}

/**
 * Send what waits, now, whatever went wrong before.
 *
 * @param {{patient?: boolean}} [options] patient waits where another tab is sending, and sends then;
 *   otherwise that tab's run is enough
 * @returns {Promise<Standing>} how it went
 */
export async function sendNow({ patient = true } = {}) {
  if (!account() || !canKeep()) return standing();
  await recover();
  await navigator.locks.request("xunjian-outbox", patient ? {} : { ifAvailable: true }, (lock) =>
    lock ? once() : undefined,
  );
  return standing();
}

/** One run, and a note of how it went. */
async function once() {
  try {
    await run((sent, total) => stand({ state: "sending", sent, total }));
    await forgetOld();
    await stand({ state: "idle", code: undefined, failures: 0, next_at: 0 });
  } catch (error) {
    if (!(error instanceof Stopped)) console.warn("sending stopped", error);
    // To be told that others come first is no failure.
    const failures = (await standing()).failures + (error.code === "turn" ? 0 : 1);
    const pause = Math.min(EVERY_MS * 2 ** Math.max(0, failures - 1), LONGEST_MS);
    const wait = Math.max(pause, (error.retryAfter ?? 0) * 1000);
    await stand({ state: "stopped", code: error.code ?? "error", failures, next_at: Date.now() + wait });
  }
}

/** Send unless an earlier failure asks for patience. */
async function inItsTime() {
  const { next_at } = await standing();
  const early = next_at > Date.now() && next_at - Date.now() <= LONGEST_MS;
  if (!early && (await waiting()).some(isDue)) await sendNow({ patient: false });
}

/** Send soon after something was put in, or when its time to be undone is over. */
let soon = 0;
async function arrange() {
  const items = await waiting();
  const times = items.filter((item) => item.attempts === 0).map((item) => item.not_before - Date.now());
  if (!times.length) return;
  clearTimeout(soon);
  soon = setTimeout(inItsTime, Math.max(100, Math.min(...times.filter((ms) => ms <= EVERY_MS), EVERY_MS)));
}

if (account() && canKeep()) {
  const send = () => sendNow({ patient: false });
  onChange(arrange);
  addEventListener("online", send);
  addEventListener("pageshow", (event) => event.persisted && send());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  setInterval(inItsTime, EVERY_MS);
  send();
}
