// The case page: fields that matter only for some answers, the move's form, and identity that goes when its time is over.

function follow(form) {
  const solved = form.querySelector("[name=solved]:checked")?.value;
  const contacted = form.querySelector("[name=contacted]:checked")?.value;
  for (const part of form.querySelectorAll("[data-when-unsolved]")) part.hidden = !solved || solved === "solved";
  for (const part of form.querySelectorAll("[data-when-contacted]")) part.hidden = contacted !== "yes";
}
function watch() {
  for (const form of document.querySelectorAll("[data-reply]")) follow(form);
}
addEventListener("change", (event) => { const form = event.target.closest("[data-reply]"); if (form) follow(form); });
addEventListener("input", (event) => { if (event.target.matches("[data-reply]")) follow(event.target); });
watch();

addEventListener("click", (event) => {
  const all = event.target.closest("[data-choose]");
  if (all) document.querySelector(all.dataset.choose)?.click();
});

addEventListener("htmx:afterSwap", (event) => {
  const place = event.detail.target;
  if (place.id === "move-form") (place.querySelector("[aria-invalid=true]") || place.querySelector("select, textarea, input:not([type=hidden])"))?.focus();
  if (place.id === "preview-body") document.getElementById("preview").showModal();
});

// Dispatch: the suggested unit goes into the field with one click; the person still confirms.
addEventListener("click", (event) => {
  const taken = event.target.closest("[data-take-unit]");
  if (!taken) return;
  const field = document.getElementById("id_unit");
  field.value = taken.dataset.takeUnit;
  field.focus();
});
