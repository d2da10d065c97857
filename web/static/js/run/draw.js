// Draw on a photo: strokes are kept as vectors in the picture's own coordinates, the picture stays.

import { addressOf, pictureOf } from "./picture.js";
import { followPointer, trace } from "./strokes.js";

const RED = "#E3242B";

/**
 * Let somebody draw on a photo.
 *
 * @param {{bytes: ArrayBuffer, type: string}} photo
 * @returns {Promise<{picture: import("./picture.js").Picture, strokes: object[]} | null>} the photo
 *   with the lines on it and the lines by themselves; nothing where it was left as it is
 */
export async function drawOn(photo) {
  const dialog = document.querySelector("[data-draw]");
  const canvas = dialog.querySelector("canvas");
  const image = await loaded(photo);
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = { color: RED, width: Math.max(4, Math.round(canvas.width / 160)) };
  /** @type {import("./strokes.js").Stroke[]} */
  const strokes = [];
  const redraw = () => {
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    strokes.forEach((stroke) => trace(context, stroke));
  };
  redraw();
  const stop = followPointer(canvas, strokes, pen, redraw);
  dialog.showModal();
  const keep = await answerOf(dialog, () => strokes.pop() && redraw());
  stop();
  dialog.close();
  URL.revokeObjectURL(image.src);
  return keep && strokes.length ? { picture: await pictureOf(canvas, "image/jpeg"), strokes } : null;
}

function loaded(photo) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = addressOf(photo);
  });
}

/** @returns {Promise<boolean>} whether it is to be kept */
function answerOf(dialog, takeBack) {
  return new Promise((resolve) => {
    const buttons = new AbortController();
    const end = (keep) => {
      buttons.abort();
      resolve(keep);
    };
    const on = (name, listener) =>
      dialog.querySelector(`[data-draw-${name}]`).addEventListener("click", listener, { signal: buttons.signal });
    on("undo", takeBack);
    on("cancel", () => end(false));
    on("done", () => end(true));
    dialog.addEventListener("cancel", () => end(false), { signal: buttons.signal });
  });
}
