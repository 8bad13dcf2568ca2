// Lists: <tbody data-list> (or <ul>) with children [data-row]. J and K move, Enter opens the row's first link, X selects.
// [data-select] are the rows' boxes, [data-select-all] the head's, [data-selected-count] shows the number and
// [data-selected-bar] is shown while something is selected. The current row survives an htmx refresh by its id.
// Row acts are ordinary [data-key] elements inside the row (keys.js).

const rowsOf = (list) => [...list.querySelectorAll("[data-row]")];
const typing = (element) => Boolean(element?.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true], dialog"));
let current = null;

function mark(row, { focus = true } = {}) {
  for (const old of document.querySelectorAll("[data-row].cur")) {
    old.classList.remove("cur");
    old.removeAttribute("aria-current");
  }
  if (!row) return;
  row.classList.add("cur");
  row.setAttribute("aria-current", "true");
  current = row.id;
  if (!focus) return;
  row.querySelector("a[href]")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const list = document.querySelector("[data-row].cur")?.closest("[data-list]") || document.querySelector("[data-list]");
  if (!list) return;
  const rows = rowsOf(list);
  const at = rows.findIndex((row) => row.classList.contains("cur"));
  mark(rows[Math.min(Math.max(at + step, 0), rows.length - 1)]);
}

function select(row) {
  const box = row?.querySelector("[data-select]");
  if (!box || box.disabled) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function showSelection() {
  const boxes = [...document.querySelectorAll("[data-select]")];
  const chosen = boxes.filter((box) => box.checked).length;
  for (const bar of document.querySelectorAll("[data-selected-bar]")) bar.hidden = chosen === 0;
  for (const number of document.querySelectorAll("[data-selected-count]")) number.textContent = String(chosen);
  for (const all of document.querySelectorAll("[data-select-all]")) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}

function lettersOff() {
  try { return localStorage.getItem("letters") === "off"; } catch { return false; }
}

addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || typing(event.target) || lettersOff()) return;
  const row = document.querySelector("[data-row].cur");
  const acts = {
    KeyJ: () => move(1),
    KeyK: () => move(-1),
    KeyX: () => select(row),
    Enter: () => row?.querySelector("a[href]")?.click(),
  };
  // A focused link or button has its own Enter.
  if (!acts[event.code] || !document.querySelector("[data-list]")) return;
  if (event.code === "Enter" && event.target.closest("a, button, summary, label, input")) return;
  event.preventDefault();
  acts[event.code]();
});

addEventListener("click", (event) => {
  const row = event.target.closest("[data-list] [data-row]");
  if (row) mark(row, { focus: false });
  if (event.target.closest("[data-select-none]")) {
    for (const box of document.querySelectorAll("[data-select]:checked")) box.checked = false;
    showSelection();
  }
});

addEventListener("change", (event) => {
  if (event.target.matches("[data-select-all]")) {
    for (const box of document.querySelectorAll("[data-select]:not(:disabled)")) box.checked = event.target.checked;
  }
  if (event.target.matches("[data-select-all], [data-select]")) showSelection();
});

addEventListener("htmx:afterSettle", () => {
  if (current && !document.querySelector("[data-row].cur")) mark(document.getElementById(current), { focus: false });
  showSelection();
});
addEventListener("pageshow", showSelection);

// One begins at the first row; where a row's form is open, in its first field.
if (!document.querySelector("[data-row].cur")) mark(document.querySelector("[data-list] [data-row]"), { focus: false });
const opened = document.querySelector("[data-list] tr.sel form");
// After the address's #row was scrolled to, which takes the focus away.
if (opened && !opened.querySelector("[aria-invalid=true]")) {
  addEventListener("load", () => setTimeout(() => opened.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true })));
}
