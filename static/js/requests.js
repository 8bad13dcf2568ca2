// Sending: one submission at a time, and failures told in place. Forms keep their idempotency key when they are sent
// again, so a repeat never acts twice. 409 and 422 answers are swapped in as pages (see htmx-config in base.html).

const PENDING_LIMIT = 15_000; // a lost answer must not lock the form for good

function release(form) {
  delete form.dataset.pending;
  for (const button of form.querySelectorAll("[aria-busy=true]")) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" && !form.matches("[hx-post]")) return;
  if (form.dataset.pending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.pending = "1";
  // After the event: a disabled button would not send its name and value.
  setTimeout(() => {
    if (event.defaultPrevented && !form.matches("[hx-post]")) { release(form); return; }
    const button = event.submitter || form.querySelector("[type=submit]");
    if (button) { button.disabled = true; button.setAttribute("aria-busy", "true"); }
  });
  setTimeout(() => release(form), PENDING_LIMIT);
}, true);
addEventListener("pageshow", () => document.querySelectorAll("form[data-pending]").forEach(release));
addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

// Waiting: the old rows stay; after 400 ms the place says it is busy, and an empty one shows bars.
const waits = new WeakMap();
addEventListener("htmx:beforeRequest", (event) => {
  const place = event.detail.target;
  waits.set(event.detail.xhr, setTimeout(() => {
    place.setAttribute("aria-busy", "true");
    const skeleton = document.getElementById("hl-skeleton");
    if (skeleton && !place.children.length) place.append(skeleton.content.cloneNode(true));
  }, 400));
  place.querySelector(":scope > [data-failed]")?.remove();
  place.previousElementSibling?.matches("[data-failed]") && place.previousElementSibling.remove();
});
addEventListener("htmx:afterRequest", (event) => {
  clearTimeout(waits.get(event.detail.xhr));
  event.detail.target?.removeAttribute("aria-busy");
});

function tell(event, reason) {
  const { target, requestConfig, elt, xhr } = event.detail;
  const template = document.getElementById("hl-failed");
  if (!template || !target) return;
  const note = template.content.firstElementChild.cloneNode(true);
  const sentences = document.getElementById("hl-failures");
  note.dataset.failed = reason;
  note.querySelector("[data-what]").textContent = sentences.getAttribute(`data-${reason}`) || sentences.dataset.other;
  const reference = xhr?.getResponseHeader?.("X-Request-ID");
  if (reference) {
    const place = note.querySelector("[data-reference]");
    place.hidden = false;
    place.lastElementChild.textContent = reference;
  }
  const refused = ["401", "403", "404"].includes(reason);
  const signIn = note.querySelector("[data-sign-in]");
  signIn.hidden = reason !== "401";
  signIn.href = `${signIn.getAttribute("href")}?next=${encodeURIComponent(location.pathname + location.search)}`;
  note.querySelector("[data-retry]").hidden = refused;
  note.querySelector("[data-retry]").addEventListener("click", () => {
    note.remove();
    if (elt.matches("form")) elt.requestSubmit();
    else window.htmx.ajax(requestConfig.verb, requestConfig.path, { source: elt, target, values: requestConfig.parameters });
  });
  // A table's rows cannot hold a note: it stands before the table.
  const place = target.closest("table") || target;
  place.querySelector?.(":scope > .hl-skel")?.parentElement.replaceChildren();
  place.before(note);
}
addEventListener("htmx:responseError", (event) => tell(event, String(event.detail.xhr.status)));
addEventListener("htmx:sendError", (event) => tell(event, "network"));
addEventListener("htmx:timeout", (event) => tell(event, "timeout"));

// A part that a link or button opened ([data-foldable]) is folded by a [data-fold] in it; the opener gets the focus back.
const openers = new WeakMap();
addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.matches("a, button")) openers.set(detail.target, detail.elt);
});
addEventListener("click", (event) => {
  const place = event.target.closest("[data-fold]")?.closest("[data-foldable]");
  if (!place) return;
  place.replaceChildren();
  (openers.get(place) || document.getElementById("main")).focus();
});
