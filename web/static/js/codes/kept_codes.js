// The codes that this device keeps for its person, so that one can be typed without a network.

import { account, canKeep, keep, kept } from "../device/store.js";
import { address } from "../device/surroundings.js";

/**
 * @typedef {[string, string, string, [string, string][]]} KeptCode code, address, name, and the
 *   open checklists there (address and title), the one due first first
 */

function name() {
  return `codes:${account()}`;
}

/** @returns {Promise<Map<string, KeptCode>>} what was kept last, by code; empty for strangers. */
export async function keptCodes() {
  if (!account() || !canKeep()) return new Map();
  const found = await kept(name());
  return new Map((found?.codes ?? []).map((each) => [each[0], each]));
}

/**
 * Fetch the codes anew and keep them; what was kept stays where that fails.
 *
 * @returns {Promise<boolean>} whether they came.
 */
export async function refreshCodes() {
  if (!account() || !canKeep()) return false;
  try {
    const answer = await fetch(address("sync/codes"), { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return false;
    await keep(name(), await answer.json());
    return true;
  } catch {
    return false;
  }
}
