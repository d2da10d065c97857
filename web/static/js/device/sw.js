// The worker between the pages and the network. The server puts `const SHELL = {…}` before this text.
//
// Files of the application are kept whole or not at all, under a version; old versions stay, because
// pages that were kept or are still open ask for them. Pages are kept for the one person who is
// signed in. What is recorded never passes through here: /sync is never kept.

/* global SHELL */

const SHELL_CACHE = `xj-shell-${SHELL.version}`;
const SHELLS_KEPT = 4;
const PAGES_CACHE = "xj-pages-";
const FACTS_CACHE = "xj-facts";
const WHOSE = new URL("whose", self.location.origin + SHELL.base).href;
// A page that is kept is shown after this long; where none is, waiting longer is all that can be done.
const LIMIT_MS = 2500;
const LIMIT_UNKEPT_MS = 10_000;
const POLL_MS = 100;
const REFRESH_LIMIT_MS = 30_000;
// Somebody who leafs through pages needs no new copies at each of them.
const REFRESH_PAUSE_MS = 60_000;
// Pages that the server lists no longer were looked at by choice; they stay so long.
const UNLISTED_MS = 3 * 86_400_000;
const AWAY = [502, 503, 504];

/** Since which change of persons, and when, what is kept was brought up to date; not by a clock that
 * somebody may set back. */
let refreshed = { since: "", at: -REFRESH_PAUSE_MS };
/** Answers that have arrived and are being looked at for who is here. */
let noting = Promise.resolve();
/** Addresses that somebody chose to wait for. */
const patient = new Set();
/** Addresses whose kept page is shown at once: the server wants a sign-in and is gone again. */
const stranded = new Set();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === self.location.origin && url.pathname.startsWith(SHELL.base);
  if (!ours || url.pathname.startsWith(`${SHELL.base}sync/`)) return;
  if (event.request.mode === "navigate") {
    event.respondWith(event.request.method === "GET" ? page(event) : form(event));
  } else if (event.request.method === "GET") {
    event.respondWith(file(event.request));
  }
});
self.addEventListener("message", (event) => {
  const { kind } = event.data ?? {};
  if (kind === "refresh") event.waitUntil(refresh(event.data.begun ?? []));
  if (kind === "wait") patient.add(event.data.url);
});

async function install() {
  const cache = await caches.open(SHELL_CACHE);
  await cache.addAll([...SHELL.assets, ...Object.values(SHELL.notices)]);
  await cache.put(files(SHELL.files), new Response());
  // Safe at any moment: every version's files stay, so no open page loses any of its own.
  await self.skipWaiting();
}

async function activate() {
  const shells = (await caches.keys()).filter((name) => name.startsWith("xj-shell-"));
  const others = shells.filter((name) => name !== SHELL_CACHE);
  const old = others.slice(0, Math.max(0, others.length - SHELLS_KEPT + 1));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Where it is noted that all files of a version are here. */
function files(version) {
  return `${SHELL.base}files/${version}`;
}

/** Whether a page finds its files here. After an upgrade it may not, and is dead where they fail. */
async function hasFiles(response) {
  const version = response.headers.get("X-Xunjian-Keep");
  return !version || Boolean(await caches.match(files(version)));
}

/** Fetch the files of a newer version, and tell whether they come in time. */
async function fetchFiles(response) {
  self.registration.update().catch(() => {});
  const end = performance.now() + LIMIT_MS;
  while (!(await hasFiles(response)) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return hasFiles(response);
}

/** A file: kept ones never change under their address. */
async function file(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}

/** A page: the network first, for a while; then as it was last seen. */
async function page(event) {
  const { url } = event.request;
  const { account, since } = await person();
  if (stranded.delete(url)) return (await keptPage(url, account)) ?? noticed("unseen");
  // Past the browser's own cache: there a request waits for another of the same page that hangs.
  const network = fetch(event.request, { cache: "no-store" });
  // A late answer still refreshes what is kept.
  event.waitUntil(network.then((response) => seen(url, response, since)).catch(() => undefined));
  const kept = await keptPage(url, account);
  const isChosen = patient.delete(url);
  const limit = isChosen ? null : kept ? LIMIT_MS : LIMIT_UNKEPT_MS;
  const answer = await within(network, limit);
  const isThere = answer && !AWAY.includes(answer.status);
  const mayShow = isThere && (isChosen || !kept || (await hasFiles(answer)) || (await fetchFiles(answer)));
  if (mayShow) return answer;
  if (kept) return kept;
  const beyond = await keptBeyond(url, account);
  if (beyond) return strand(beyond);
  return answer ?? noticed("unseen");
}

/** Lead to a kept page from a sign-in that does not come: it was wanted, and it is here. */
function strand(url) {
  stranded.add(url);
  return Response.redirect(url);
}

/** A form that is sent without its page's script. */
async function form(event) {
  const { pathname } = new URL(event.request.url);
  const answer = await fetch(event.request).catch(() => null);
  const isOut = pathname === SHELL.signOut;
  if (answer && pathname.startsWith(`${SHELL.base}account/`)) {
    await alone(async () => (isOut ? change("") : stamp((await person()).account)));
  }
  return answer ?? noticed("unsent");
}

/** @returns {Promise<Response | null | undefined>} undefined where it failed, null after *limit* */
function within(network, limit) {
  const asked = network.catch(() => undefined);
  if (limit === null) return asked;
  return Promise.race([asked, new Promise((resolve) => setTimeout(resolve, limit, null))]);
}

async function noticed(kind) {
  const kept = await caches.match(SHELL.notices[kind]);
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const policy = kept?.headers.get("Content-Security-Policy");
  if (policy) headers["Content-Security-Policy"] = policy;
  return new Response(kept ? kept.body : "", { status: 503, headers });
}

/** The page as it was kept for whoever is signed in; the start page is Today. */
async function keptPage(url, account) {
  if (!account) return undefined;
  const cache = await caches.open(PAGES_CACHE + account);
  const { pathname } = new URL(url);
  return cache.match(pathname === SHELL.base ? SHELL.today : url, { ignoreVary: true });
}

/** Where a sign-in leads, if that page is kept for whoever was signed in. */
async function keptBeyond(url, account) {
  const { pathname, searchParams } = new URL(url);
  const next = pathname === SHELL.signIn && searchParams.get("next");
  if (!next) return null;
  const beyond = new URL(next, self.location.origin);
  const isOurs = beyond.origin === self.location.origin;
  return isOurs && (await keptPage(beyond.href, account)) ? beyond.href : null;
}

/** Note from an answer who is signed in, and keep the page where it may be kept. */
async function seen(url, response, asked) {
  const account = response.headers.get("X-Xunjian-Account");
  const copy = account && response.headers.get("X-Xunjian-Keep") ? response.clone() : null;
  if (!account) return;
  const noted = note(account, asked);
  noting = Promise.allSettled([noting, noted]).then(() => {});
  const since = await noted;
  if (copy && since) await keep(url, copy, { account, digest: "", since });
}

/** Since when *account* is here; nothing where the person changed after the answer was asked for. */
async function note(account, asked) {
  return asked === (await person()).since ? becomes(account, asked) : "";
}

/**
 * Who is signed in here, and since which change: an answer that was asked for before it is not kept
 * after. It is noted with the pages and not in memory, since an older worker may still have answers
 * under way when a newer one takes over.
 *
 * @returns {Promise<{account: string, since: string}>} no account where nobody is known
 */
async function person() {
  const noted = await caches.match(WHOSE, { cacheName: FACTS_CACHE });
  if (noted) return { account: await noted.text(), since: noted.headers.get("X-Since") ?? "" };
  // A browser that is killed may lose what it was asked for again and again, and not the pages: those
  // are only ever kept for who is here.
  const pages = (await caches.keys()).filter((name) => name.startsWith(PAGES_CACHE));
  return { account: pages.length === 1 ? pages[0].slice(PAGES_CACHE.length) : "", since: "" };
}

/** One at a time, of all workers: what is decided over the person here still holds when it is done. */
function alone(work) {
  return navigator.locks.request("xunjian-person", work);
}

/**
 * An answer says who is signed in; where that is another person, what was kept before goes.
 *
 * @returns {Promise<string>} since which change *account* is here; nothing where the answer was asked
 *   for before the last one
 */
function becomes(account, asked) {
  return alone(async () => {
    const known = await person();
    if (known.account === account && known.since) return known.since;
    if (known.since !== asked) return "";
    return known.account === account ? stamp(account) : change(account);
  });
}

/** Let go of all that was kept, and note who is here; only inside `alone`. */
async function change(account) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES_CACHE));
  await Promise.all(names.map((name) => caches.delete(name)));
  return stamp(account);
}

/** Note who is here since now: what was asked for before is not kept. Only inside `alone`. */
async function stamp(account) {
  const since = crypto.randomUUID();
  const note = new Response(account, { headers: { "X-Since": since } });
  await (await caches.open(FACTS_CACHE)).put(WHOSE, note);
  return since;
}

/** Keep a page whose files are kept, marked so that it says of when it is. */
async function keep(url, response, { account, digest, since }) {
  if (!(await hasFiles(response))) return;
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.set("X-Xunjian-Digest", digest);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const marked = new Response(text.replace("<html ", "<html data-kept "), { headers });
  await alone(async () => {
    if (since === (await person()).since) await (await caches.open(PAGES_CACHE + account)).put(url, marked);
  });
}

/**
 * Bring what is kept up to date, one refresh a person at a time.
 *
 * @param {{path: string, pinned: string}[]} begun checks that were begun on this device: their pages
 *   are never let go, and each is kept with the version of the checklist that it was begun with
 */
async function refresh(begun) {
  // The page that asks may be the first of another person.
  await noting;
  const { since: asked } = await person();
  return navigator.locks.request(`xunjian-refresh-${asked}`, { ifAvailable: true }, async (lock) => {
    const isRecent = refreshed.since === asked && performance.now() - refreshed.at < REFRESH_PAUSE_MS;
    const answer = lock && !isRecent && (await limited(`${SHELL.base}sync/bundle`));
    const isBundle = answer?.ok && answer.headers.get("Content-Type")?.includes("json");
    if (!isBundle) return;
    const isWhole = await bring(await answer.json(), begun, asked);
    if (isWhole) refreshed = { since: (await person()).since, at: performance.now() };
  });
}

/** @returns {Promise<boolean>} whether it went on to its end: it stops where the person changes */
async function bring({ account: name, pages }, begun, asked) {
  const account = encodeURIComponent(name);
  const since = await becomes(account, asked);
  if (!since) return false;
  const cache = await caches.open(PAGES_CACHE + account);
  // A version never changes, so its page is fetched once.
  const pinned = begun.map(({ pinned: url }) => ({ url, digest: "pinned" }));
  for (const { url, digest } of [...pages, ...pinned]) {
    const known = await cache.match(url, { ignoreVary: true });
    if (known?.headers.get("X-Xunjian-Digest") === digest) continue;
    const answer = await limited(url);
    const mine = answer?.headers.get("X-Xunjian-Account") === account;
    if (since !== (await person()).since || answer?.type === "opaqueredirect") return false;
    if (!mine || !answer.headers.get("X-Xunjian-Keep")) continue;
    // Those of a version whose files are on their way are kept once they are here.
    if (!(await hasFiles(answer))) return false;
    await keep(url, answer, { account, digest, since });
  }
  const listed = new Set(pages.map(({ url }) => url));
  const hold = new Set(begun.map(({ path }) => path));
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    const isOld = Date.now() - Date.parse((await cache.match(request)).headers.get("Date")) > UNLISTED_MS;
    if (isOld && !listed.has(pathname + search) && !hold.has(pathname)) await cache.delete(request);
  }
  return true;
}

/** @returns {Promise<Response | null>} */
function limited(url) {
  const cut = AbortSignal.timeout(REFRESH_LIMIT_MS);
  const headers = { "X-Xunjian-Refresh": "1" };
  const options = { headers, cache: "no-store", credentials: "same-origin", redirect: "manual", signal: cut };
  return fetch(url, options).catch(() => null);
}
