// The editor of a pack. The text is the one source of truth: a change in the form is done to it by
// the server, and whatever is typed is read by the server, which sends form, faults and examples.
// Without this script the page is a plain form that checks, tries out and publishes.

const editor = /** @type {HTMLFormElement} */ (document.querySelector("[data-editor]"));
const text = /** @type {HTMLTextAreaElement} */ (editor.querySelector("#text"));
const lines = part("lines");
const state = part("state");
const undo = /** @type {HTMLButtonElement} */ (part("undo"));
const published = text.value;
const WAIT_MS = 350;

/** @type {string[]} Texts before each change that the form made. */
const before = [];
let shown = 0;
let asked = 0;
/** The question being put; the next one waits for its answer. */
let turn = Promise.resolve();
let faulty = new Set();
let timer = 0;
/** @type {string | null} A form that came while a field of the old one was being typed in. */
let waiting = null;

/** @returns {HTMLElement} the part of the page that carries `data-…`. */
function part(name) {
  return /** @type {HTMLElement} */ (document.querySelector(`[data-${name}]`));
}

/** Number the lines and mark those with faults; the numbers scroll with the text. */
function number() {
  const count = text.value.split("\n").length;
  const rows = document.createDocumentFragment();
  for (let line = 1; line <= count; line += 1) {
    const row = document.createElement("div");
    row.textContent = faulty.has(line) ? `✕ ${line}` : String(line);
    if (faulty.has(line)) row.className = "is-wrong";
    rows.append(row);
  }
  lines.replaceChildren(rows);
  lines.scrollTop = text.scrollTop;
}

/** Post JSON with the form's token. @returns {Promise<any>} the answer, or nothing when refused. */
async function post(url, data) {
  const token = /** @type {HTMLInputElement} */ (editor.elements.namedItem("csrf_token")).value;
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(data),
  });
  if (answer.status === 409) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Ask the server about the text, after a change of the form if there is one; one after another. */
function ask(change = undefined) {
  asked += 1;
  const mine = asked;
  turn = turn.then(() => put(mine, change));
}

async function put(mine, change) {
  // A later question tells the same, but a change is always made.
  if (!change && mine !== asked) return;
  const sent = text.value;
  try {
    const told = await post(editor.dataset.live, { text: sent, rule: shown, change });
    state.textContent = told === null ? editor.dataset.gone : "";
    if (told === null) return;
    if (text.value === sent) take(told);
    // Somebody typed meanwhile: nothing of that is overwritten, and the change is made to it.
    else if (change) await put(mine, change);
  } catch {
    state.textContent = editor.dataset.lost;
  }
}

/** Show what the server said. */
function take(told) {
  if (told.text !== text.value) {
    before.push(text.value);
    undo.disabled = false;
    const top = text.scrollTop;
    text.value = told.text;
    text.scrollTop = top;
    keep();
  }
  shown = told.rule;
  faulty = new Set(told.lines);
  waiting = told.form;
  showForm();
  fill("faults", told.faults);
  fill("examples", told.examples);
  number();
}

/** Show the newest form, but never under the fingers of somebody who types in a field of it. */
function showForm() {
  const field = /** @type {HTMLInputElement} */ (document.activeElement);
  const typing = part("form").contains(field) && "defaultValue" in field && field.value !== field.defaultValue;
  if (waiting === null || typing) return;
  fill("form", waiting);
  waiting = null;
}

/** Put a fragment of our own server in its place, and keep the focus and the scroll where they were. */
function fill(name, html) {
  const place = part(name);
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const top = place.scrollTop;
  place.innerHTML = html;
  place.scrollTop = top;
  if (focused) document.getElementById(focused)?.focus();
}

/** Keep what is not published on this device, so that a reload or a fault loses nothing. */
function keep() {
  try {
    if (text.value === published) localStorage.removeItem(editor.dataset.draft);
    else localStorage.setItem(editor.dataset.draft, JSON.stringify({ text: text.value, at: Date.now() }));
  } catch {
    // A device that keeps nothing still edits.
  }
}

/** Take up what was kept, and say so. */
function restore() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(editor.dataset.draft) ?? "null");
  } catch {
    return;
  }
  if (!kept || kept.text === published) return;
  text.value = kept.text;
  const words = /** @type {HTMLElement} */ (document.querySelector("[data-kept-words]"));
  const time = new Date(kept.at).toLocaleString(document.documentElement.lang);
  words.textContent = words.dataset.keptWords.replace("{time}", time);
  part("kept").classList.remove("d-none");
}

/** Bring a line into sight and select it. */
function goTo(line) {
  const rows = text.value.split("\n");
  const start = rows.slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + (rows[line - 1] ?? "").length);
  text.scrollTop = Math.max(0, (line - 6) * (text.scrollHeight / rows.length));
}

/** What a control of the form asks to be changed. */
function changeOf(control) {
  const { do: what, at, kind } = control.dataset;
  const values = control.selectedOptions
    ? [...control.selectedOptions].map((option) => option.value)
    : "value" in control && control.tagName !== "BUTTON" ? [control.value] : [];
  return {
    do: what, rule: shown, values, kind,
    at: at ? JSON.parse(at) : undefined,
    required: "required" in control.dataset,
  };
}

text.addEventListener("input", () => {
  number();
  keep();
  window.clearTimeout(timer);
  timer = window.setTimeout(() => ask(), WAIT_MS);
});
text.addEventListener("scroll", () => {
  lines.scrollTop = text.scrollTop;
});
editor.addEventListener("change", (event) => {
  const control = /** @type {HTMLElement} */ (event.target);
  if ("which" in control.dataset) {
    shown = Number(/** @type {HTMLSelectElement} */ (control).value);
    ask();
  } else if (control.dataset.do) {
    // What was sent is no longer being typed.
    if ("defaultValue" in control) control.defaultValue = control.value;
    ask(changeOf(control));
  }
});
editor.addEventListener("focusout", () => window.setTimeout(showForm));
editor.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!button) return;
  if (button.dataset.line) goTo(Number(button.dataset.line));
  else if (button.dataset.do) ask(changeOf(button));
  else if ("trial" in button.dataset) {
    event.preventDefault();
    try {
      const told = await post(editor.dataset.try, { text: text.value, rule: shown });
      if (told) fill("effect", told.effect);
    } catch {
      state.textContent = editor.dataset.lost;
    }
  }
});
editor.addEventListener("keydown", (event) => {
  // Enter in a field of the form changes that field; it publishes nothing.
  const control = /** @type {HTMLElement} */ (event.target);
  if (event.key === "Enter" && control.tagName === "INPUT" && control.dataset.do) {
    event.preventDefault();
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
undo.addEventListener("click", () => {
  const last = before.pop();
  if (last !== undefined) text.value = last;
  undo.disabled = before.length === 0;
  keep();
  ask();
});
part("drop").addEventListener("click", () => {
  text.value = published;
  part("kept").classList.add("d-none");
  keep();
  ask();
});

part("form").classList.remove("d-none");
undo.classList.remove("d-none");
part("plain").classList.add("d-none");
restore();
number();
ask();
