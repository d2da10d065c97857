// Read a typed code and say what is wrong with it; the same rules as inspections/codes/short_code.py.

/**
 * @typedef {{alphabet: string, length: number, readAs: Record<string, string>}} Rules
 * @typedef {{code: string} | {mistake: "empty" | "short" | "long" | "character" | "check",
 *   plain: string, at?: number, off?: number}} Read `off` says how many characters are missing or
 *   too many
 */

const BETWEEN = /[\s\-_.·‐‑‒–—−]/g;

/** @param {string} code @param {Rules} rules @returns {boolean} whether it agrees with its last one. */
export function fits(code, { alphabet, length }) {
  const sum = [...code].reduce((sofar, each) => (2 * sofar + alphabet.indexOf(each)) % alphabet.length, 0);
  return code.length === length && sum === 1;
}

/** @param {string} typed @param {Rules} rules @returns {string} capitals, no dash, look-alikes read. */
export function plainOf(typed, { readAs }) {
  const capitals = typed.normalize("NFKC").toUpperCase().replace(BETWEEN, "");
  return [...capitals].map((each) => readAs[each] ?? each).join("");
}

/** @param {string} typed @param {Rules} rules @returns {Read} */
export function readCode(typed, rules) {
  const plain = plainOf(typed, rules);
  const odd = [...plain].findIndex((each) => !rules.alphabet.includes(each));
  if (!plain) return { mistake: "empty", plain };
  if (odd >= 0) return { mistake: "character", plain, at: odd };
  const off = plain.length - rules.length;
  if (off) return { mistake: off < 0 ? "short" : "long", plain, off: Math.abs(off) };
  return fits(plain, rules) ? { code: plain } : { mistake: "check", plain };
}

/** @param {string} code @returns {string} as labels show it. */
export function shown(code) {
  return code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}

/**
 * Codes that may have been meant.
 *
 * @param {string} plain @param {Rules} rules @param {(code: string) => boolean} known
 * @returns {{code: string, slip: "swapped" | "wrong"}[]} swaps of neighbours before single ones.
 */
export function near(plain, rules, known) {
  const found = [];
  for (let at = 0; at < plain.length - 1; at += 1) {
    const code = plain.slice(0, at) + plain[at + 1] + plain[at] + plain.slice(at + 2);
    if (fits(code, rules) && known(code)) found.push({ code, slip: "swapped" });
  }
  for (let at = 0; at < plain.length; at += 1) {
    for (const other of rules.alphabet) {
      const code = plain.slice(0, at) + other + plain.slice(at + 1);
      if (fits(code, rules) && known(code)) found.push({ code, slip: "wrong" });
    }
  }
  return found;
}
