// Words and times on the device: the server writes the words, the page fills them in.

/** @returns {DOMStringMap} the words of the frame, in the person's language. */
export function words() {
  return /** @type {HTMLElement} */ (document.querySelector("[data-sync-words]")).dataset;
}

/** @param {string} text with `{name}` @param {Record<string, string | number>} values */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @param {string | undefined} key of the words @param {Record<string, string | number>} [values] */
export function say(key, values = {}) {
  return filled(words()[key] ?? "", values);
}

function formatted(at, options) {
  const zone = { timeZone: words().zone, hourCycle: "h23" };
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...zone, ...options }).format(new Date(at));
}

/** @param {string} at @returns {string} `09:12`, with the day where it is not today. */
export function clock(at) {
  const time = formatted(at, { hour: "2-digit", minute: "2-digit" });
  const day = { year: "numeric", month: "numeric", day: "numeric" };
  const isToday = formatted(at, day) === formatted(Date.now(), day);
  return isToday ? time : `${formatted(at, { month: "numeric", day: "numeric" })} ${time}`;
}

/** @param {number} bytes @returns {string} `18 KB`, `1.1 MB` */
export function size(bytes) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}

/** @param {string} since @returns {string} how long ago: `2 小时 06 分`, `3 天` */
export function age(since) {
  const seconds = Math.max(0, (Date.now() - Date.parse(since)) / 1000);
  return seconds < 60 ? say("ageNow") : lasting(seconds);
}

/** @param {number} seconds @returns {string} `40 秒`, `2 小时 06 分`, `3 天` */
export function lasting(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return say("ageSeconds", { seconds: Math.round(seconds) });
  if (minutes < 60) return say("ageMinutes", { minutes });
  if (minutes < 1440) {
    return say("ageHours", { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
  }
  return say("ageDays", { days: Math.floor(minutes / 1440) });
}
