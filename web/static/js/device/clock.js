// How far the device's clock is from the server's, and whether that is still true.

/** @type {{offset: number, drift: number} | null} */
let last = null;

/** Wall clock minus steady clock: changes only where somebody sets the clock, or in sleep. */
function drift() {
  return Date.now() - performance.now();
}

/**
 * Note what the server said the time was.
 *
 * @param {string} serverAt
 * @param {number} asked when it was asked, in milliseconds of the device
 * @returns {number} server time minus device time in seconds
 */
export function measured(serverAt, asked) {
  const offset = (Date.parse(serverAt) - (asked + Date.now()) / 2) / 1000;
  last = { offset, drift: drift() };
  return offset;
}

/**
 * The offset of what is recorded now, in seconds.
 *
 * Clocks are often put right at the moment the network comes back, and then the offset measured
 * when sending is not the one of the recording.
 *
 * @returns {number | null} nothing where this page has not heard from the server yet, or where the
 *   clock may have been set since.
 */
export function knownOffset() {
  return last && Math.abs(drift() - last.drift) < 2000 ? last.offset : null;
}
