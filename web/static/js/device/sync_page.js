// The page of what waits on this device: drawn from the device's own record, never from a click.

import { knownOffset } from "./clock.js";
import { exportWaiting } from "./export.js";
import { all, onChange, sendNow, standing, waitingOfOthers } from "./outbox.js";
import { onPulse } from "./pulse.js";
import { shrunk } from "../run/picture.js";
import { again, isRefused, replace } from "./refused_photos.js";
import { drafts, kept } from "./store.js";
import { account, address, canKeep } from "./surroundings.js";
import { age, clock, filled, lasting, size, words } from "./words.js";

const MOST_ROWS = 100;
const LITTLE_ROOM = 200 * 1024 * 1024;
const REDRAW_MS = 30_000;

const page = /** @type {HTMLElement} */ (document.querySelector("[data-sync-page]"));
const find = (selector) => /** @type {HTMLElement} */ (page.querySelector(selector));

/** @param {string} key @param {Record<string, string | number>} [values] */
function tell(key, values = {}) {
  return filled(page.dataset[key] ?? "", values);
}

/** Why an item has not arrived, in the person's words. */
function reason({ problem }) {
  if (!problem) return "";
  const own = document.documentElement.lang === "en" ? problem.en : problem.zh;
  const key = `problem-${problem.code}`.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
  return own || words()[key] || `${words().problemError} (${problem.code})`;
}

/** @param {import("./queue.js").Item} item @param {number} nextAt */
function status(item, nextAt) {
  if (item.state === "sent") return tell("received", { clock: clock(item.received_at) });
  if (item.state !== "waiting") return reason(item) || tell(item.state);
  const why = reason(item) || tell("untried");
  return item.problem && nextAt > Date.now() ? tell("next", { why, clock: clock(nextAt) }) : why;
}

/** @param {import("./queue.js").Item} item */
function facts(item) {
  const values = { size: size(item.size), clock: clock(item.device_at), age: age(item.device_at) };
  if (item.state !== "waiting") return `${values.size} · ${values.clock}`;
  return tell("recorded", values) + (item.attempts ? ` · ${tell("tried", { count: item.attempts })}` : "");
}

function row({ sign, name, about, text, tone = "xj-2", href = "" }) {
  const template = /** @type {HTMLTemplateElement} */ (find("[data-row]"));
  const made = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
  const icon = made.querySelector(`[data-sign="${sign}"]`);
  if (icon) icon.toggleAttribute("hidden", false);
  const label = made.querySelector("[data-name]");
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.className = "xj-q__a";
    label.append(link);
  }
  (label.firstElementChild ?? label).textContent = name;
  made.querySelector("[data-facts]").textContent = about;
  const said = made.querySelector("[data-status]");
  said.textContent = text;
  said.classList.add(tone);
  return made;
}

function itemRow(item, nextAt) {
  const kind = tell(`kind${item.kind[0].toUpperCase()}${item.kind.slice(1)}`) || item.kind;
  const name = [kind, item.title, item.place].filter(Boolean).join(" · ");
  const tone = { sent: "xj-ok", conflict: "xj-warn", refused: "xj-bad" }[item.state];
  const held = item.problem ? "xj-warn" : "xj-2";
  const shown = { sign: item.kind, name, about: facts(item), text: status(item, nextAt) };
  const made = row({ ...shown, tone: tone ?? held });
  if (isRefused(item)) offerWaysOut(made, item);
  return made;
}

/** A photo that the server does not take goes once more as it is, or makes way for another. */
function offerWaysOut(made, item) {
  made.querySelector("[data-ways-out]").hidden = false;
  made.querySelector("[data-again]").addEventListener("click", () => again([item]).then(() => sendNow()));
  const chosen = made.querySelector("input");
  chosen.closest("label").hidden = item.kind !== "photo";
  chosen.addEventListener("change", () => takeInstead(item, chosen.files[0]));
}

async function takeInstead(item, file) {
  const isTaken = await shrunk(file).then((picture) => replace(item, picture)).catch(() => null);
  // It went meanwhile: the list says so.
  if (isTaken === false) return;
  const done = find("[data-done]");
  done.textContent = isTaken ? done.dataset.replaced : done.dataset.unfit;
  done.classList.toggle("xj-note--ok", isTaken === true);
  done.hidden = false;
  if (isTaken) await sendNow();
}

/** @param {string} name @param {HTMLElement[]} rows @param {number} count */
function part(name, rows, count = rows.length) {
  const section = find(`[data-part="${name}"]`);
  section.hidden = count === 0;
  section.querySelector("[data-count]").textContent = String(count);
  const shown = rows.slice(0, MOST_ROWS);
  if (count > shown.length) {
    const more = document.createElement("li");
    more.className = "xj-q__more";
    more.textContent = tell("more", { count: count - shown.length });
    shown.push(more);
  }
  section.querySelector("[data-list]").replaceChildren(...shown);
}

async function show() {
  const [items, stood, begun] = [await all(), await standing(), await drafts()];
  const waiting = items.filter((item) => item.state === "waiting");
  await head(waiting, stood);
  const rows = (chosen) => chosen.slice(0, MOST_ROWS).map((item) => itemRow(item, stood.next_at));
  part("waiting", rows(waiting), waiting.length);
  find('[data-part="waiting"] [data-sum]').textContent = tell("total", {
    size: size(waiting.reduce((sum, item) => sum + item.size, 0)),
  });
  const look = items.filter((item) => item.state === "conflict" || item.state === "refused");
  part("look", rows(look), look.length);
  const sent = items.filter((item) => item.state === "sent").reverse();
  part("sent", rows(sent), sent.length);
  part("drafts", begun.map(draftRow));
  find("[data-lock]").hidden = waiting.length === 0;
  await showDevice();
}

/** @param {import("./store.js").Draft} draft */
function draftRow(draft) {
  const name = [draft.title, draft.place].filter(Boolean).join(" · ");
  const about = tell("touched", { clock: clock(draft.touched_at ?? Date.now()) });
  return row({ sign: "draft", name, about, text: "", href: address(`occurrences/${draft.occurrence}/run`) });
}

async function head(waiting, stood) {
  const sending = waiting.length > 0 && stood.state === "sending" && stood.total;
  const at = await kept(`synced:${account()}`);
  const block = find("[data-head]");
  block.classList.toggle("xj-big--ok", waiting.length === 0);
  let [title, text] = [tell("clearTitle"), at ? tell("clearText", { clock: clock(at) }) : tell("clearNever")];
  if (waiting.length) {
    title = tell("waitingTitle", { count: waiting.length });
    text = tell("waitingText", { age: age(waiting[0].device_at) });
  }
  if (sending) title = tell("sendingTitle", { sent: stood.sent, total: stood.total });
  find("[data-title]").textContent = title;
  find("[data-text]").textContent = text;
  const bar = /** @type {HTMLProgressElement} */ (find("[data-progress]"));
  bar.hidden = !sending;
  if (sending) [bar.max, bar.value] = [stood.total, stood.sent];
  find("[data-acts]").hidden = waiting.length === 0;
}

async function showDevice() {
  const { usage = 0, quota = 0 } = (await navigator.storage.estimate?.()) ?? {};
  const values = { used: size(usage), free: size(Math.max(0, quota - usage)) };
  const tight = quota - usage < LITTLE_ROOM;
  const storage = find("[data-storage-text]");
  storage.textContent = tell("storage", values) + (tight ? ` ${tell("storageFull", values)}` : "");
  storage.classList.toggle("xj-bad", tight);
  const meter = /** @type {HTMLProgressElement} */ (find("[data-meter]"));
  meter.hidden = false;
  [meter.max, meter.value] = [quota || 1, usage];
  find("[data-persist-text]").textContent = tell((await navigator.storage.persisted?.()) ? "persisted" : "notPersisted");
  showClock();
  const others = await waitingOfOthers();
  find("[data-others-list]").replaceChildren(
    ...others.map((one) => Object.assign(document.createElement("li"), { textContent: tell("others", one) })),
  );
}

function showClock() {
  const offset = knownOffset();
  const seconds = Math.abs(Math.round(offset ?? 0));
  const key = seconds < 5 ? "clockRight" : offset > 0 ? "clockBehind" : "clockAhead";
  find("[data-clock-text]").textContent = offset === null ? "" : tell(key, { span: lasting(seconds) });
}

async function send(event) {
  const button = event.currentTarget;
  button.disabled = true;
  await again(await all());
  await sendNow().finally(() => (button.disabled = false));
}

async function takeAway(event) {
  const button = event.currentTarget;
  button.disabled = true;
  const { count } = await exportWaiting().finally(() => (button.disabled = false));
  const done = find("[data-done]");
  done.textContent = filled(done.dataset.exported, { count });
  done.hidden = false;
}

if (account() && canKeep()) {
  find("[data-send]").addEventListener("click", send);
  find("[data-export]").addEventListener("click", takeAway);
  onChange(show);
  onPulse(showClock);
  setInterval(show, REDRAW_MS);
  show();
  navigator.storage.persist?.().then(show);
} else {
  find("[data-head]").classList.add("xj-big--bad");
  find("[data-title]").textContent = tell("cannotTitle");
  find("[data-text]").textContent = tell("cannotText");
}
