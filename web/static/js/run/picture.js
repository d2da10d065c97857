// Pictures on their way into the store: shrunk to what a person needs to see, as JPEG.

export const LONGEST_PX = 1600;
const QUALITY = 0.85;

/** @typedef {{bytes: ArrayBuffer, type: string, width: number, height: number}} Picture */

/**
 * Shrink a photo to at most 1600 pixels; turned upright, and without what a camera adds of places.
 *
 * @param {Blob} file
 * @returns {Promise<Picture>}
 * @throws {Error} where it is no picture that this browser can read
 */
export async function shrunk(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_PX / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return pictureOf(canvas, "image/jpeg");
}

/** @param {HTMLCanvasElement} canvas @param {string} type @returns {Promise<Picture>} */
export async function pictureOf(canvas, type) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
  const bytes = await blob.arrayBuffer();
  return { bytes, type, width: canvas.width, height: canvas.height };
}

/** @param {{bytes: ArrayBuffer, type: string}} kept @returns {string} an address to show it; revoke it when done. */
export function addressOf(kept) {
  return URL.createObjectURL(new Blob([kept.bytes], { type: kept.type }));
}
