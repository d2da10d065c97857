// Every page: move the focus to what needs it, and keep a form from being sent twice.

/** Focus the summary of faults, so that a screen reader reads it and its links are at hand. */
function focusFaults() {
  const summary = document.querySelector("[data-focus]");
  if (summary instanceof HTMLElement) summary.focus();
}

/** A second tap within the same send does nothing; coming back with the back key frees the form. */
function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}

/** Print buttons appear only where they work. */
function printButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.classList.remove("d-none");
    button.addEventListener("click", () => window.print());
  }
}

/** Photos that the server would not take are named before anything is sent. */
function checkFiles() {
  const { mostPhoto, mostUpload, tooHeavy } = document.body.dataset;
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" ) return;
    const others = [...(input.form?.querySelectorAll("input[type=file]") ?? [input])];
    const files = others.flatMap((one) => [.../** @type {HTMLInputElement} */ (one).files]);
    const heavy = [...input.files].find((file) => file.size > Number(mostPhoto));
    const sum = files.reduce((total, file) => total + file.size, 0);
    input.setCustomValidity(heavy || sum > Number(mostUpload) ? tooHeavy : "");
    input.reportValidity();
  });
}

/** A way back that keeps what was typed; only where there is one. */
function backButtons() {
  for (const button of document.querySelectorAll("[data-back]")) {
    button.classList.toggle("d-none", history.length < 2);
    button.addEventListener("click", () => history.back());
  }
}

focusFaults();
sendOnce();
printButtons();
checkFiles();
backButtons();
