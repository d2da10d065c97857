// Asking the server: always with a limit, always with a fresh form token, never led astray.

import { measured } from "./clock.js";
import { address } from "./surroundings.js";

const LIMIT_MS = 40_000;
const PHOTO_LIMIT_MS = 120_000;

/** Why a run stopped; `code` is what the words are looked up by. */
export class Stopped extends Error {
  /** @param {string} code @param {number} [retryAfter] seconds */
  constructor(code, retryAfter = 0) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/**
 * @param {string} path @param {RequestInit} [options] @param {number} [limit] milliseconds
 * @returns {Promise<Response>} an answer of the service itself
 * @throws {Stopped} `unreachable`, `slow`, `stranger` (somebody else answered: a hotel's or a
 *   school's sign-in page), `signed-out`, `busy`, `turn` (the server takes photos of others first)
 */
export async function ask(path, options = {}, limit = LIMIT_MS) {
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), limit);
  let response;
  try {
    response = await fetch(address(path), { ...options, cache: "no-store", signal: cut.signal });
  } catch {
    throw new Stopped(cut.signal.aborted ? "slow" : "unreachable");
  } finally {
    clearTimeout(timer);
  }
  if (response.status === 401) throw new Stopped("signed-out");
  if ([429, 502, 503, 504].includes(response.status)) {
    const said = await json(response);
    const wait = said?.retry_in ?? (Number(response.headers.get("Retry-After")) || 0);
    throw new Stopped(said?.code === "turn" ? "turn" : "busy", wait);
  }
  return response;
}

/** @param {Response} response @returns {Promise<any>} its JSON, or nothing where it is none. */
export async function json(response) {
  if (!response.headers.get("Content-Type")?.includes("json")) return null;
  return response.json().catch(() => null);
}

/** A run of requests as one person: the form token is fetched at its start and when it went stale. */
export class Conversation {
  /**
   * @param {{device: string, waiting: string, oldest: string}} told what the device says of itself
   * @returns {Promise<Conversation>} @throws {Stopped} as `ask`
   */
  static async open(told) {
    const talk = new Conversation();
    talk.told = told;
    talk.photosAtOnce = 1;
    await talk.greet();
    return talk;
  }

  async greet() {
    const asked = Date.now();
    const said = await json(await ask(`sync/token?${new URLSearchParams(this.told)}`));
    if (!said?.token) throw new Stopped("stranger");
    this.token = said.token;
    this.account = String(said.account);
    this.offset = measured(said.server_at, asked);
  }

  /** @param {Record<string, any>} batch @returns {Promise<Response>} */
  sendItems(batch) {
    const headers = { "Content-Type": "application/json" };
    return this.#send("sync/items", { method: "POST", headers, body: JSON.stringify(batch) });
  }

  /** @param {import("./store.js").Photo} photo @returns {Promise<Response>} */
  sendPhoto(photo) {
    const headers = {
      "Content-Type": photo.type,
      "X-Content-SHA256": photo.sha256,
      "X-Device": this.told.device,
    };
    const options = { method: "PUT", headers, body: photo.bytes };
    return this.#send(`sync/photos/${photo.id}`, options, PHOTO_LIMIT_MS);
  }

  /** Send with the token; where it is refused, once more with a fresh one. */
  async #send(path, options, limit = LIMIT_MS) {
    const once = () =>
      ask(path, { ...options, headers: { ...options.headers, "X-CSRFToken": this.token } }, limit);
    const first = await once();
    if (first.status !== 400 && first.status !== 403) return first;
    await this.greet();
    return once();
  }
}
