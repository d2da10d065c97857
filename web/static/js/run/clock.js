// Keep the clock of the head true without asking the server.

export function runClock() {
  const clock = document.querySelector("[data-clock]");
  const started = Date.now();
  const [hours, minutes] = clock.textContent.split(":").map(Number);
  setInterval(() => {
    const passed = Math.floor((Date.now() - started) / 60000);
    const total = (hours * 60 + minutes + passed) % 1440;
    clock.textContent = [Math.floor(total / 60), total % 60].map((n) => String(n).padStart(2, "0")).join(":");
  }, 5000);
}
