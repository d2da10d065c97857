// The undo bar: eight seconds in which nothing has left the device.

export const UNDO_MS = 8000;

const bar = document.querySelector("[data-undo]");
let timer = 0;
/** @type {(() => void) | null} */
let action = null;

/** @param {string} words what was done @param {() => void} undo */
export function offerUndo(words, undo) {
  clearTimeout(timer);
  bar.querySelector("[data-undo-words]").textContent = words;
  bar.hidden = false;
  action = undo;
  timer = setTimeout(closeUndo, UNDO_MS);
}

/** Put the bar away. */
export function closeUndo() {
  clearTimeout(timer);
  bar.hidden = true;
  action = null;
}

/** @param {"words" | "photoWords"} kind @param {Record<string, string>} [values] */
export function undoWords(kind, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), bar.dataset[kind]);
}

bar?.querySelector("[data-undo-button]").addEventListener("click", () => {
  const undo = action;
  closeUndo();
  undo?.();
});
