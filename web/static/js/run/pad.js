// A signature pad: lines in the colour of the page, black on white in the picture that is kept.

import { pictureOf } from "./picture.js";
import { followPointer, trace } from "./strokes.js";

const PEN_PX = 6;

export class Pad {
  /** @param {HTMLElement} box with a canvas and a button to sign again */
  constructor(box) {
    this.box = box;
    this.canvas = box.querySelector("canvas");
    /** @type {import("./strokes.js").Stroke[]} */
    this.strokes = [];
    box.hidden = false;
    const pen = { color: "#000000", width: PEN_PX };
    followPointer(this.canvas, this.strokes, pen, () => this.redraw());
    box.querySelector("[data-pad-clear]").addEventListener("click", () => this.clear());
  }

  /** Whether somebody drew on it. */
  get isSigned() {
    return this.strokes.length > 0;
  }

  clear() {
    this.strokes.length = 0;
    this.redraw();
    this.canvas.dispatchEvent(new Event("drawn", { bubbles: true }));
  }

  redraw() {
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const color = getComputedStyle(this.canvas).color;
    this.strokes.forEach((stroke) => trace(context, { ...stroke, color }));
  }

  /** @returns {Promise<import("./picture.js").Picture>} black on white, whatever the page looks like */
  picture() {
    const paper = document.createElement("canvas");
    paper.width = this.canvas.width;
    paper.height = this.canvas.height;
    const context = paper.getContext("2d");
    context.fillStyle = "#FFFFFF";
    context.fillRect(0, 0, paper.width, paper.height);
    this.strokes.forEach((stroke) => trace(context, stroke));
    return pictureOf(paper, "image/png");
  }
}
