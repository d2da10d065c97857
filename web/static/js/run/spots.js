// Choosing where something is: found by part of its name, with what is open there and how long it may take.

/**
 * @param {HTMLFormElement} form
 * @returns {() => void} shows anew what hangs on the chosen spot
 */
export function useSpots(form) {
  const select = /** @type {HTMLSelectElement} */ (form.querySelector("[data-spot]"));
  const show = () => {
    showOpen(form, select.value);
    showDeadlines(form, select.value.split("|")[0]);
  };
  useSearch(form, select, show);
  select.addEventListener("change", show);
  showStale(form);
  show();
  return show;
}

/** Leave only the options that hold the words; what is chosen stays. */
function useSearch(form, select, show) {
  const search = form.querySelector("[data-spot-search]");
  const groups = [...select.querySelectorAll("optgroup")].map((group) => ({ group, options: [...group.children] }));
  search.hidden = false;
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const { group, options } of groups) {
      const isSite = group.label.toLowerCase().includes(wanted);
      const fits = (option) => option.selected || isSite || option.textContent.toLowerCase().includes(wanted);
      group.replaceChildren(...options.filter(fits));
      group.remove();
      if (group.children.length) select.append(group);
    }
    const left = select.querySelectorAll("optgroup option");
    if (wanted && left.length === 1) left[0].selected = true;
    show();
  });
  // A field of the search is none of the report.
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}

function showOpen(form, spot) {
  const list = form.querySelector("[data-same-list]");
  const here = [...list.querySelectorAll("[data-at]")].filter((one) => {
    const isHere = spot !== "" && one.dataset.at === spot;
    one.hidden = !isHere;
    one.querySelector("input").disabled = !isHere;
    return isHere;
  });
  list.hidden = here.length === 0;
  const fresh = list.querySelector('input[value=""]');
  fresh.disabled = list.hidden;
  if (!here.some((one) => one.querySelector("input").checked)) fresh.checked = true;
  const words = list.querySelector("legend");
  words.textContent = words.dataset.words.replace("{count}", String(here.length));
}

/** Only the deadlines of the chosen site; before one is chosen, those of the first. */
function showDeadlines(form, site) {
  const blocks = [...form.querySelectorAll("[data-sites]")];
  const key = site || blocks[0]?.dataset.sites.split(" ")[0];
  for (const block of blocks) block.hidden = !block.dataset.sites.split(" ").includes(key);
}

/** A page that was kept on the device counts from when it was kept: say so on another day. */
function showStale(form) {
  const words = form.querySelector("[data-stale]");
  words.hidden = Date.now() - Date.parse(words.dataset.computedAt) < 6 * 3_600_000;
}
