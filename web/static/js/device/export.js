// What waits on this device, as one file that an officer can import: the way out where no network
// will come back, or the tablet is to be handed on.
//
// The file is JSON: {format: "xunjian-tablet/1", device, account, made_at, offset_seconds,
// items: [as in POST /sync/items], photos: [{id, account, sha256, type, taken_at, bytes (base64)}]}.

import { knownOffset } from "./clock.js";
import { waiting } from "./queue.js";
import { account, deviceId, keep, kept, photo } from "./store.js";

const FORMAT = "xunjian-tablet/1";

/** @returns {Promise<{name: string, blob: Blob, count: number}>} the file; it changes nothing. */
export async function waitingAsFile() {
  const items = await waiting();
  const head = {
    format: FORMAT,
    device: await deviceId(),
    account: account(),
    made_at: new Date().toISOString(),
    offset_seconds: knownOffset() ?? 0,
    items: items.map(({ id, kind, seq, account: by, device_at, offset_seconds, sha256, body }) => {
      return { id, kind, seq, account: by, device_at, offset_seconds, sha256, body };
    }),
  };
  // Photos are added as parts: all of them in one text could be too long for the browser.
  const parts = [JSON.stringify(head).slice(0, -1), ',"photos":['];
  let comma = "";
  for (const id of new Set(items.flatMap((item) => item.photos))) {
    const one = await photo(id);
    if (!one) continue;
    const { bytes, sha256, type, taken_at } = one;
    const fields = { id, account: one.account, sha256, type, taken_at, bytes: await base64(bytes) };
    parts.push(comma, JSON.stringify(fields));
    comma = ",";
  }
  const blob = new Blob([...parts, "]}"], { type: "application/json" });
  const stamp = head.made_at.slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  return { name: `xunjian-${account()}-${stamp}.json`, blob, count: items.length };
}

/** Hand the file to the person, and remember what it holds. */
export async function exportWaiting() {
  const file = await waitingAsFile();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file.blob);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  await keep(`exported:${account()}`, (await waiting()).map((item) => item.id));
  return file;
}

/** @returns {Promise<boolean>} whether everything that waits is in the last exported file. */
export async function isExported() {
  const exported = new Set((await kept(`exported:${account()}`)) ?? []);
  return (await waiting()).every((item) => exported.has(item.id));
}

/** @param {ArrayBuffer} bytes @returns {Promise<string>} */
function base64(bytes) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.readAsDataURL(new Blob([bytes]));
  });
}
