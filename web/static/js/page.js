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

focusFaults();
sendOnce();
printButtons();
