// Copy buttons: shown only where the browser can copy; they say when they have.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard || !(button instanceof HTMLElement)) continue;
  button.classList.remove("d-none");
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy ?? "");
    if (!(field instanceof HTMLInputElement)) return;
    field.select();
    await navigator.clipboard.writeText(field.value);
    const words = button.querySelector("span");
    if (words) words.textContent = button.dataset.done ?? "";
  });
}
