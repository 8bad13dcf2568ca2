// The worklist: what of the chosen rows can be signed off in bulk (opened ones that await it), and forms below their row.

function tellBulk() {
  const chosen = [...document.querySelectorAll("[data-select]:checked")];
  const waiting = chosen.filter((box) => box.dataset.signable !== undefined);
  const unopened = waiting.filter((box) => box.dataset.neverOpened !== undefined);
  for (const place of document.querySelectorAll("[data-bulk-count]")) place.textContent = String(waiting.length - unopened.length);
  const note = document.querySelector("[data-unopened]");
  if (!note) return;
  note.hidden = unopened.length === 0;
  note.querySelector("[data-unopened-links]").replaceChildren(...unopened.flatMap((box, index) => {
    const link = document.createElement("a");
    link.href = box.dataset.url;
    link.textContent = box.dataset.number;
    link.className = "hl-link";
    return index ? [" ", link] : [link];
  }));
  document.querySelector("[data-not-to-sign]").hidden = waiting.length === chosen.length;
}
addEventListener("change", () => setTimeout(tellBulk));
addEventListener("click", () => setTimeout(tellBulk));
addEventListener("keydown", () => setTimeout(tellBulk));
addEventListener("pageshow", () => setTimeout(tellBulk));

addEventListener("click", (event) => {
  const shower = event.target.closest("[data-show]");
  if (shower) {
    const place = document.getElementById(shower.dataset.show);
    place.hidden = !place.hidden;
    shower.setAttribute("aria-expanded", String(!place.hidden));
    if (!place.hidden) place.querySelector("select, input:not([type=hidden])")?.focus();
  }
});

// One form at a time; it gets the focus, and its first field too.
addEventListener("htmx:afterSwap", (event) => {
  const place = event.detail.target;
  if (!place.id?.startsWith("form-")) return;
  for (const other of document.querySelectorAll("[data-row-form]")) if (!place.contains(other)) other.closest("td").replaceChildren();
  (place.querySelector("[aria-invalid=true]") || place.querySelector("select, input:not([type=hidden])"))?.focus();
});
