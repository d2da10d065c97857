// Whether the server is there: asked of the server itself, never of the network.

import { ask, json } from "./server.js";
import { measured } from "./clock.js";

const EVERY_MS = 30_000;
const LIMIT_MS = 5000;

/** @type {Set<(reached: boolean, serverAt: string) => void>} */
const listeners = new Set();
/** @type {boolean | null} nothing until the first answer */
let reached = null;
/** @type {Promise<void> | null} the question under way */
let asking = null;

/** @returns {boolean | null} whether the server answered last time; nothing before it was asked. */
export function isReached() {
  return reached;
}

/** @param {(reached: boolean, serverAt: string) => void} listener told after each answer */
export function onPulse(listener) {
  listeners.add(listener);
}

/** Ask now, and wait for the answer; several callers share one question. */
export function ping() {
  asking ??= once().finally(() => (asking = null));
  return asking;
}

async function once() {
  const asked = Date.now();
  const said = await ask("sync/ping", {}, LIMIT_MS).then(json, () => null);
  reached = said?.service === "xunjian";
  if (reached) measured(said.server_at, asked);
  for (const listener of listeners) listener(reached, said?.server_at ?? "");
}

/** Ask as long as somebody looks. */
export function beat() {
  const look = () => document.visibilityState === "visible" && ping();
  document.addEventListener("visibilitychange", look);
  for (const name of ["online", "offline"]) addEventListener(name, () => ping());
  setInterval(look, EVERY_MS);
  return ping();
}
