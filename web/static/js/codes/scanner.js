// The camera as a reader of labels, where the browser can read squares; with its light where it has one.

const EVERY_MS = 200;

/**
 * Show the scanner below *root* where there is one.
 *
 * @param {HTMLElement} root
 * @param {(text: string) => boolean} take gets what was read; false where it was none of ours
 */
export async function scanner(root, take) {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  if (!Detector || !navigator.mediaDevices) return;
  const formats = await Detector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;
  new Scanner(root, new Detector({ formats: ["qr_code"] }), take).offer();
}

class Scanner {
  /** @param {HTMLElement} root @param {any} detector @param {(text: string) => boolean} take */
  constructor(root, detector, take) {
    this.words = root.dataset;
    this.detector = detector;
    this.take = take;
    this.box = this.part(root, "[data-scanner]");
    this.say = this.part(root, "[data-scan-say]");
    this.view = /** @type {HTMLVideoElement} */ (this.part(root, "[data-view]"));
    this.buttons = {
      start: this.part(root, "[data-start]"),
      stop: this.part(root, "[data-stop]"),
      torch: this.part(root, "[data-torch]"),
    };
    /** @type {MediaStream | null} */
    this.stream = null;
  }

  /** @param {HTMLElement} root @param {string} which @returns {HTMLElement} */
  part(root, which) {
    return /** @type {HTMLElement} */ (root.querySelector(which));
  }

  offer() {
    this.box.hidden = false;
    this.buttons.start.addEventListener("click", () => this.start());
    this.buttons.stop.addEventListener("click", () => this.stop());
    this.buttons.torch.addEventListener("click", () => this.light());
    // The camera must not stay on behind another page or a locked screen.
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
  }

  async start() {
    try {
      const video = { facingMode: "environment" };
      this.stream = await navigator.mediaDevices.getUserMedia({ video });
    } catch {
      this.say.textContent = this.words.noCamera ?? "";
      return;
    }
    this.view.srcObject = this.stream;
    // A camera may take its time until the first picture; stopping it must be possible before.
    this.view.play().catch(() => this.stop());
    this.show(true);
    this.say.textContent = this.words.looking ?? "";
    this.read();
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.view.srcObject = null;
    this.say.textContent = "";
    this.show(false);
  }

  /** @param {boolean} running */
  show(running) {
    this.view.hidden = !running;
    this.buttons.start.hidden = running;
    this.buttons.stop.hidden = !running;
    this.buttons.torch.hidden = !(running && this.hasLight());
    this.buttons.torch.setAttribute("aria-pressed", "false");
  }

  /** @returns {any} the camera itself; its light is not yet in the types of browsers. */
  track() {
    return this.stream?.getVideoTracks()[0];
  }

  hasLight() {
    return Boolean(this.track()?.getCapabilities?.().torch);
  }

  async light() {
    const torch = this.buttons.torch.getAttribute("aria-pressed") !== "true";
    await this.track()?.applyConstraints({ advanced: [{ torch }] });
    this.buttons.torch.setAttribute("aria-pressed", String(torch));
  }

  /** Look again and again until a square of ours is in the picture. */
  async read() {
    while (this.stream) {
      const squares = await this.detector.detect(this.view).catch(() => []);
      const ours = squares.some((each) => this.take(each.rawValue));
      if (ours) {
        navigator.vibrate?.(60);
        this.stop();
        return;
      }
      if (squares.length) this.say.textContent = this.words.noCode ?? "";
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }
}
