// Photos of a report, made small before they are sent: three of a telephone's would be too much for
// one form, and what a camera adds of places stays with whoever took them.

import { shrunk } from "../run/picture.js";

const field = /** @type {HTMLInputElement | null} */ (document.getElementById("photos"));

/** @param {File} file @returns {Promise<File>} the same one where this browser cannot read it. */
async function small(file) {
  try {
    const { bytes, type } = await shrunk(file);
    return new File([bytes], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type });
  } catch {
    return file;
  }
}

field?.addEventListener("change", async () => {
  const chosen = [...(field.files ?? [])];
  const transfer = new DataTransfer();
  for (const file of chosen) transfer.items.add(await small(file));
  // Somebody may have chosen others meanwhile; those have a change of their own.
  if (chosen.every((file, index) => field.files?.[index] === file)) field.files = transfer.files;
});
