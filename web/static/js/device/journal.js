// What was touched a moment ago, written before anything else happens.
//
// A write to the database takes a few milliseconds, and a page that is reloaded or killed in them
// takes the write along. localStorage is written before the call returns, so what is being typed
// goes there first and leaves when the database has it.

const PREFIX = "xj:";

/** @param {string} key @param {unknown} value */
export function note(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Full or switched off: the database is still there, and it says so if it is full too.
  }
}

/** @param {string} key @returns {any} what was noted, or nothing. */
export function noted(key) {
  const text = localStorage.getItem(PREFIX + key);
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {string} key */
export function strike(key) {
  localStorage.removeItem(PREFIX + key);
}

/** @param {string} start @returns {string[]} the keys that begin so and still wait, oldest first. */
export function open(start) {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX + start))
    .map((key) => key.slice(PREFIX.length))
    .sort();
}
