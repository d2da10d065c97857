// Where this page stands: whose it is, where the server is, and whether the browser can keep work.

const root = document.documentElement;

/** @returns {string | null} the account that the page was drawn for; nothing for strangers. */
export function account() {
  return root.dataset.account || null;
}

/**
 * Whether this browser can keep work on the device: a secure address (https, or this machine),
 * a database, hashes, and locks between tabs. Without them pages stay plain forms.
 */
export function canKeep() {
  return Boolean(globalThis.isSecureContext && globalThis.indexedDB && crypto.subtle && navigator.locks);
}

/**
 * @param {string} path relative to the service, for example `sync/token`
 * @returns {string} its address; the service may stand below a path of its host.
 */
export function address(path) {
  return new URL(path, new URL(root.dataset.base || "/", location.href)).href;
}
