// Lines drawn with a finger, a pen or a mouse, as vectors in the coordinates of a canvas.

/** @typedef {{color: string, width: number, points: [number, number][]}} Stroke */

/** @param {CanvasRenderingContext2D} context @param {Stroke} stroke */
export function trace(context, { color, width, points }) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  context.moveTo(...points[0]);
  // A dot is a line too.
  for (const point of points.length > 1 ? points.slice(1) : points) context.lineTo(...point);
  context.stroke();
}

/**
 * Add a stroke for each line that a pointer draws on *canvas*.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Stroke[]} strokes
 * @param {{color: string, width: number}} pen
 * @param {() => void} redraw called after each change
 * @returns {() => void} stops it
 */
export function followPointer(canvas, strokes, pen, redraw) {
  const listening = new AbortController();
  /** @type {Map<number, Stroke>} */
  const running = new Map();
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) * canvas.width) / box.width;
    const y = ((event.clientY - box.top) * canvas.height) / box.height;
    return /** @type {[number, number]} */ ([Math.round(x), Math.round(y)]);
  };
  const on = (name, listener) => canvas.addEventListener(name, listener, { signal: listening.signal });
  on("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    const stroke = { ...pen, points: [placeOf(event)] };
    running.set(event.pointerId, stroke);
    strokes.push(stroke);
    redraw();
  });
  on("pointermove", (event) => {
    const stroke = running.get(event.pointerId);
    if (!stroke) return;
    // A fast finger moves further between two frames than one point can tell.
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const one of moves.length ? moves : [event]) stroke.points.push(placeOf(one));
    redraw();
  });
  const end = (event) => {
    if (running.delete(event.pointerId)) canvas.dispatchEvent(new Event("drawn", { bubbles: true }));
  };
  on("pointerup", end);
  on("pointercancel", end);
  return () => listening.abort();
}
