// Signing out waits until everything was sent, or stands in a file that was taken away.

import { exportWaiting, isExported } from "./export.js";
import { sendNow, standing, waiting } from "./outbox.js";
import { address } from "./surroundings.js";
import { filled, say } from "./words.js";

/** Stop a sign-out while items wait, and offer the ways out. */
export function guardSignOut() {
  const dialog = document.querySelector("[data-sign-out]");
  if (!(dialog instanceof HTMLDialogElement)) return;
  const ending = new URL(address("account/sign-out")).pathname;
  let asked = false;
  const listen = async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (new URL(form.action).pathname !== ending || asked) return;
    event.preventDefault();
    event.stopPropagation();
    if ((await waiting()).length) return open(dialog, form);
    asked = true;
    form.requestSubmit();
  };
  document.addEventListener("submit", listen, { capture: true });
  dialog.addEventListener("click", async (event) => {
    const todo = event.target instanceof Element && event.target.closest("[data-do]");
    if (!todo) return;
    const form = document.querySelector(`form[data-leaving]`);
    if (todo.dataset.do === "stay") dialog.close();
    if (todo.dataset.do === "export") await exportWaiting();
    if (todo.dataset.do === "send") await sendNow();
    if (todo.dataset.do === "leave" || (todo.dataset.do === "send" && !(await waiting()).length)) {
      asked = true;
      dialog.close();
      return form instanceof HTMLFormElement && form.requestSubmit();
    }
    await fill(dialog);
  });
}

/** @param {HTMLDialogElement} dialog @param {HTMLFormElement} form */
async function open(dialog, form) {
  for (const other of document.querySelectorAll("form[data-leaving]")) delete other.dataset.leaving;
  form.dataset.leaving = "1";
  await fill(dialog);
  dialog.showModal();
}

/** Say how much waits, why, and whether it may be left behind. */
async function fill(dialog) {
  const count = (await waiting()).length;
  const heading = dialog.querySelector("[data-count]");
  heading.textContent = filled(heading.dataset.count, { count });
  const { state, code } = await standing();
  dialog.querySelector("[data-why]").textContent = state === "stopped" ? say(`problem-${code}`) : "";
  const free = await isExported();
  dialog.querySelector('[data-do="leave"]').hidden = !free;
  dialog.querySelector("[data-exported]").hidden = !free;
}
