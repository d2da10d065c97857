// A second tap on the same spot within a blink is the same tap: what moved under it is not meant.

const BLINK_MS = 300;
const SPOT_PX = 24;

/** @param {HTMLElement} root taps in it are guarded; drawing and typing are not */
export function guardTaps(root) {
  let last = { at: -Infinity, x: 0, y: 0 };
  let isSecond = false;
  root.addEventListener(
    "pointerdown",
    (event) => {
      const near = Math.hypot(event.clientX - last.x, event.clientY - last.y) < SPOT_PX;
      const free = event.target.closest("canvas, textarea, input:not([type=radio], [type=checkbox]), dialog");
      isSecond = !free && near && event.timeStamp - last.at < BLINK_MS;
      if (!isSecond) last = { at: event.timeStamp, x: event.clientX, y: event.clientY };
    },
    true,
  );
  root.addEventListener(
    "click",
    (event) => {
      if (!isSecond || event.detail === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}
