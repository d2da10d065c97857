// The page in place of one that is not on the device: ask for it once more, as long as it takes.

const button = document.querySelector("[data-wait]");
button?.addEventListener("click", () => {
  button.disabled = true;
  navigator.serviceWorker?.controller?.postMessage({ kind: "wait", url: location.href.split("#")[0] });
  location.reload();
});
