// One run of sending: what was answered and found first, then photos, each with what it shows.
//
// Whatever goes wrong, an item stays until the server has echoed its hash. An item that cannot go
// does not hold up the others.

import { all, isDue, update, waiting } from "./queue.js";
import { isLeftAlone } from "./refused_photos.js";
import { Conversation, json, Stopped } from "./server.js";
import { account, arrival, deviceId, keep, kept, photo } from "./store.js";

// The first items are few, so that something is on the server soon also where the network is slow.
const FIRST_ITEMS = 12;
const MOST_ITEMS = 50;
// What is recorded meanwhile waits for no more photos than these.
const PHOTOS_BETWEEN = 6;
const PHOTOS_AT_ONCE = 3;
const QUICK_MS = 400;
// A server that answers everything with errors is left in peace after so many.
const MOST_ERRORS = 5;
// A server that takes photos of others first is waited for so long in one run, and said on the item
// where that can be read.
const MOST_TURNS_SECONDS = 60;
const READABLE_SECONDS = 1;
// Clocks this close are one clock.
const SAME_CLOCK_SECONDS = 5;

/**
 * Send what waits of the person whose page this is.
 *
 * @param {(sent: number, total: number) => void} onProgress
 * @throws {Stopped} where the server could not be asked, or is another person's just now
 */
export async function run(onProgress) {
  const mine = await waiting();
  const total = mine.filter(isDue).length;
  const talk = await Conversation.open({
    device: await deviceId(),
    waiting: String(mine.length),
    oldest: mine[0]?.device_at ?? "",
  }).catch(refused);
  if (talk.account !== account()) throw new Stopped("other-account");
  const tried = new Set();
  let errors = 0;
  for (let batch = await next(tried); batch.length; batch = await next(tried)) {
    batch.forEach((item) => tried.add(item.seq));
    // Marked first: from here on it is too late to take an item back.
    const marked = await update(batch, tryOf);
    const ready = await withPhotos(marked, talk).catch((error) => notTried(error, marked));
    errors += await deliver(ready, talk);
    onProgress(Math.min(tried.size, total), total);
    if (errors > MOST_ERRORS) throw new Stopped("error");
  }
}

/** The next items that may go: not tried in this run, due, and in order; photos when no others wait. */
async function next(tried) {
  const held = new Set();
  const [words, shown] = [[], []];
  const most = tried.size ? MOST_ITEMS : FIRST_ITEMS;
  for (const item of await waiting()) {
    if (!isDue(item)) held.add(item.group);
    if (tried.has(item.seq) || held.has(item.group) || isLeftAlone(item)) continue;
    (item.photos.length ? shown : words).push(item);
    if (words.length === most) break;
  }
  return words.length ? words : shown.slice(0, PHOTOS_BETWEEN);
}

/** Server time minus device time for *item*: as measured now, unless the clock was set since. */
function offsetOf(item, talk) {
  const then = item.offset_seconds;
  return then !== null && Math.abs(then - talk.offset) > SAME_CLOCK_SECONDS ? then : talk.offset;
}

/** The server could not even be greeted: say so on the items that would have gone first. */
async function refused(error) {
  const first = (await waiting()).filter(isDue).slice(0, MOST_ITEMS);
  return stop(error, await update(first, tryOf));
}

/** Say on the items what stopped them, and stop. */
async function stop(error, items) {
  await update(items, () => ({ problem: { code: error instanceof Stopped ? error.code : "error" } }));
  throw error;
}

/** To wait for one's turn is no attempt. */
async function notTried(error, items) {
  if (error.code === "turn") await update(items, ({ attempts }) => ({ attempts: attempts - 1 }));
  throw error;
}

function tryOf(item) {
  return { attempts: item.attempts + 1, tried_at: new Date().toISOString() };
}

/** Bring the photos of *batch* to the server; items whose photos did not arrive are left out. */
async function withPhotos(batch, talk) {
  const owed = batch.filter((item) => item.photos.length);
  const failed = new Set();
  const one = async (item) => {
    const problem = await bring(item, talk);
    if (!problem) return;
    failed.add(item.seq);
    await update([item], () => ({ problem }));
  };
  // More at once while the server is quick; one by one where many tablets ask it together.
  while (owed.length) {
    const start = performance.now();
    await Promise.all(owed.splice(0, talk.photosAtOnce).map(one));
    const isQuick = performance.now() - start < QUICK_MS;
    talk.photosAtOnce = isQuick ? Math.min(talk.photosAtOnce + 1, PHOTOS_AT_ONCE) : 1;
  }
  return batch.filter((item) => !failed.has(item.seq));
}

/** @returns {Promise<{code: string, zh?: string, en?: string} | null>} what kept a photo back */
async function bring(item, talk) {
  for (const id of item.photos) {
    if (await kept(arrival(id))) continue;
    const own = await photo(id);
    if (!own) return { code: "photo-gone" };
    const response = await inTurn(own, item, talk).catch((error) => stop(error, [item]));
    const said = await json(response);
    const arrived = said?.sha256 === own.sha256 && ["stored", "replayed"].includes(said.status);
    if (!arrived) return said?.problem ?? { code: `photo-${response.status}` };
    await keep(arrival(id), true);
  }
  return null;
}

/** Send a photo, as often as the server asks for a moment's patience because of other tablets. */
async function inTurn(own, item, talk) {
  for (let waited = 0; ; ) {
    try {
      return await talk.sendPhoto(own);
    } catch (error) {
      waited += error.retryAfter;
      if (error.code !== "turn" || waited > MOST_TURNS_SECONDS) throw error;
      talk.photosAtOnce = 1;
      if (error.retryAfter >= READABLE_SECONDS) await update([item], () => ({ problem: { code: "turn" } }));
      await new Promise((resolve) => setTimeout(resolve, error.retryAfter * 1000));
    }
  }
}

/**
 * Send *batch*; where the server cannot take it whole, in halves, so that one bad item is alone.
 *
 * @returns {Promise<number>} how many items the server answered with an error
 */
async function deliver(batch, talk) {
  if (!batch.length) return 0;
  const response = await talk.sendItems(await wire(batch, talk)).catch((error) => stop(error, batch));
  const said = response.ok ? await json(response) : null;
  if (said?.answers) {
    await settle(batch, said.answers);
    return 0;
  }
  if (response.ok) return stop(new Stopped("stranger"), batch);
  if (batch.length === 1) {
    await update(batch, () => ({ problem: { code: `http-${response.status}` } }));
    return 1;
  }
  const half = Math.ceil(batch.length / 2);
  return (await deliver(batch.slice(0, half), talk)) + (await deliver(batch.slice(half), talk));
}

/** What goes over the wire: each item as it was written, and what it comes after. */
async function wire(items, talk) {
  const known = await all();
  return {
    device: await deviceId(),
    sent_at: new Date().toISOString(),
    offset_seconds: talk.offset,
    waiting: known.filter((item) => item.state === "waiting").length,
    oldest_at: known.find((item) => item.state === "waiting")?.device_at,
    items: items.map((item) => {
      const { id, kind, seq, account: by, device_at, sha256, body } = item;
      // What carries a photo keeps nothing waiting: a photo that cannot go must not hold answers up.
      const isBefore = (one) => one.seq < seq && one.group === item.group && !one.photos.length;
      const after = known.findLast(isBefore)?.id;
      return { id, kind, seq, account: by, device_at, offset_seconds: offsetOf(item, talk), sha256, body, after };
    }),
  };
}

/** Let go of what was echoed; keep everything else. */
async function settle(items, answers) {
  const given = new Map(answers.map((one) => [one.id, one]));
  await update(items, (item) => outcome(item, given.get(item.id)));
  for (const item of items) {
    // The server misses something of it: its photos go once more.
    if (given.get(item.id)?.status === "waiting") for (const id of item.photos) await keep(arrival(id), false);
  }
}

/** What the answer makes of an item; where the server kept nothing it echoes no hash of ours. */
function outcome(item, answer) {
  if (answer?.sha256 !== item.sha256) return { problem: answer?.problem ?? { code: "no-echo" } };
  const { received_at, problem } = answer;
  if (answer.status === "stored" || answer.status === "replayed") {
    return { state: "sent", received_at, problem: undefined };
  }
  if (answer.status === "conflict") return { state: "conflict", received_at, problem };
  if (answer.status === "refused") return { state: "refused", received_at, problem };
  return { problem: problem ?? { code: "waiting" } };
}
