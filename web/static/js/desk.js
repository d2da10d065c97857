// The register: choose all of a page at once, and say how many are chosen.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-many]"));

/** @param {HTMLFormElement} many */
function choosing(many) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...many.querySelectorAll("[name=finding]")]);
  const every = /** @type {HTMLInputElement | null} */ (many.querySelector("[data-every]"));
  const count = /** @type {HTMLElement | null} */ (many.querySelector("[data-count]"));
  if (!every || !count) return;
  const show = () => {
    const chosen = boxes.filter((one) => one.checked).length;
    every.checked = chosen === boxes.length;
    every.indeterminate = chosen > 0 && chosen < boxes.length;
    count.textContent = chosen
      ? (count.dataset.count ?? "").replace("{count}", String(chosen)) : "";
  };
  every.hidden = false;
  every.addEventListener("change", () => {
    for (const one of boxes) one.checked = every.checked;
    show();
  });
  many.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

if (form) choosing(form);
