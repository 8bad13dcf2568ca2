// The shell: dialogs, the menu behind one's name, counters of typed characters, a call's running time.

addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.open);
    dialog.dispatchEvent(new Event("opening"));
    if (!dialog.open) dialog.showModal();
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.nodeName === "DIALOG") event.target.close(); // its backdrop
  for (const menu of document.querySelectorAll("details.hl-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-print]")) print();
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  for (const menu of document.querySelectorAll("details.hl-menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The main navigation: what does not fit beside the search goes behind "More", last pages first, never the present one.
const more = document.querySelector("[data-nav-more]");
function fitNavigation() {
  const nav = more.parentElement;
  nav.classList.add("fitted");
  more.open = false;
  more.hidden = true;
  more.before(...more.querySelectorAll("a"));
  while (nav.scrollWidth > nav.clientWidth) {
    const last = [...nav.querySelectorAll(":scope > a:not([aria-current])")].pop();
    if (!last) return;
    more.hidden = false;
    more.lastElementChild.prepend(last);
  }
}
if (more) {
  fitNavigation();
  addEventListener("resize", fitNavigation);
  document.fonts.ready.then(fitNavigation);
}

// <span data-length-of="id"> shows how many characters the field holds.
function showLengths(field) {
  for (const place of document.querySelectorAll(`[data-length-of="${CSS.escape(field.id)}"]`)) {
    place.textContent = String([...field.value].length);
  }
}
addEventListener("input", (event) => { if (event.target.id) showLengths(event.target); });

// Errors at the top of a form get the focus, so that they are read out and seen.
addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-length-of]")) {
    const field = document.getElementById(place.dataset.lengthOf);
    if (field) showLengths(field);
  }
  document.querySelector("[aria-invalid=true]")?.focus({ preventScroll: false });
});

// Signing out takes everything kept on this device along.
addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  for (const store of [localStorage, sessionStorage]) {
    for (const key of Object.keys(store)) if (key.startsWith("draft:")) store.removeItem(key);
  }
});
