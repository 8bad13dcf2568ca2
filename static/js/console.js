// The console. What is typed wakes the panels (console:words, -place, -caller, -matter, -terms on body), pickers are
// searched by keyboard, outcomes open in place. While an input method composes, nothing here acts.

const form = document.getElementById("console");
const byId = (id) => document.getElementById(id);
const wake = (name) => document.body.dispatchEvent(new CustomEvent(`console:${name}`));
const composing = (event) => event.isComposing || event.keyCode === 229;

// -- Typing wakes the panels

const wakes = { words: ["words"], place: ["place"], phone: ["caller"] };
function typed(event) {
  const name = event.target.name;
  for (const panel of wakes[name] || []) wake(panel);
  if (name === "title") byTitle(event.target.value.trim() ? "person" : "auto");
  if (name === "answer") noteAnswer();
}
form.addEventListener("input", (event) => { if (!composing(event)) typed(event); });
form.addEventListener("compositionend", typed);

form.addEventListener("change", (event) => {
  const { name } = event.target;
  if (name === "category" || name === "unit") chosen(event.target);
  if (name === "kind" || name === "urgency" || name === "channel") wake("terms");
  if (name === "kind" || name === "channel") wake("matter"); // the catalogue may tell kinds and channels apart
});

/** A person's choice stays, whatever is suggested later; an answer still on its way must not undo it. */
function chosen(radio) {
  const panel = radio.closest("#categories, #units");
  window.htmx.trigger(panel, "htmx:abort");
  form.elements[`${radio.name}_by`].value = "person";
  if (radio.name === "category") { matter = radio.value; wake("matter"); }
  wake("terms");
}

let matter = form.querySelector("[name=category]:checked, [name=category][type=hidden]")?.value || "";
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "categories") {
    const now = form.querySelector("[name=category]:checked")?.value || "";
    if (now !== matter) { matter = now; wake("matter"); }
    saveSoon();
  }
  if (event.target.id === "units") { wake("terms"); saveSoon(); }
  if (event.target.id === "call") takeUp();
});
const saveSoon = () => form.dispatchEvent(new CustomEvent("autosave:suggested"));

// -- The title follows the words until somebody writes one

function byTitle(who) {
  form.elements.title_by.value = who;
  document.querySelector("[data-title-flag]").hidden = who === "person";
}
document.body.addEventListener("console:title", (event) => {
  const title = byId("title");
  if (form.elements.title_by.value === "person" || document.activeElement === title) return;
  title.value = event.detail.title;
});

// -- The first save gives the number

form.addEventListener("autosave:saved", ({ detail }) => {
  if (!detail.draft) return;
  form.elements.seen.value = detail.seen;
  if (form.elements.draft.value) return;
  form.elements.draft.value = detail.draft;
  form.elements.number.value = detail.number;
  form.dataset.autosave = detail.url;
  history.replaceState(null, "", detail.url);
  for (const place of document.querySelectorAll("[data-number]")) place.textContent = detail.number;
  for (const place of document.querySelectorAll("[data-code]")) place.textContent = detail.code;
  document.querySelector("[data-numbers]").hidden = false;
  const tab = document.querySelector("[data-own-tab]");
  if (tab) { tab.href = detail.url; tab.querySelector("[data-own-number]").textContent = ` · ${detail.number}`; }
  byId("drop").action = detail.drop;
  document.querySelector("[data-drop-draft]").hidden = false;
});

// -- A call that comes while nothing has been written is taken up at once

function takeUp() {
  const link = document.querySelector("[data-call-record]");
  const untouched = !form.elements.draft.value && !form.elements.call.value && !byId("words").value.trim();
  if (link && untouched && !form.querySelector("[aria-invalid=true]")) location.assign(link.href);
}

// -- Ways to end, opened in place

function reveal(id) {
  for (const other of document.querySelectorAll(".hl-outcome:not([hidden])")) if (other.id !== id && id !== "category-other" && id !== "unit-other") other.hidden = true;
  const place = byId(id);
  place.hidden = false;
  place.querySelector("button[type=submit], textarea, select, input")?.focus();
  document.querySelector(`[aria-controls="${id}"][aria-expanded]`)?.setAttribute("aria-expanded", "true");
}
function hide(place) {
  const held = place.contains(document.activeElement);
  place.hidden = true;
  document.querySelector(`[aria-controls="${place.id}"][aria-expanded]`)?.setAttribute("aria-expanded", "false");
  if (held) byId("words").focus();
}
addEventListener("click", (event) => {
  const opener = event.target.closest("[data-reveal]");
  if (opener) reveal(opener.dataset.reveal);
  const closer = event.target.closest("[data-hide]");
  if (closer) hide(byId(closer.dataset.hide));
  const quote = event.target.closest("[data-quote]");
  if (quote) quoteAnswer(quote);
  const answering = event.target.closest("[data-answer-now]");
  if (answering && !byId("answer").value.trim()) { event.preventDefault(); reveal("answer-box"); }
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || composing(event) || event.defaultPrevented) return;
  const open = event.target.closest?.(".hl-outcome") || document.querySelector(".hl-outcome:not([hidden])");
  if (open) hide(open);
});
// Enter in a line of text moves nothing and sends nothing: a case is sent by its own keys.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.target.nodeName !== "INPUT") return;
  event.preventDefault();
});

function quoteAnswer(button) {
  const answer = byId("answer");
  const text = button.closest("article").querySelector("[data-answer]").textContent.trim();
  const before = answer.value.trim();
  if (!before.includes(text)) answer.value = before ? `${before}\n${text}` : text;
  form.elements.article.value = button.dataset.quote;
  document.querySelector("[data-quoted]").hidden = false;
  reveal("answer-box");
  answer.dispatchEvent(new Event("input", { bubbles: true }));
}
function noteAnswer() {
  const note = document.querySelector("[data-answer-note]");
  note.dataset.without ??= note.textContent;
  const { without, quotedWords } = note.dataset;
  note.textContent = !byId("answer").value.trim() ? without : form.elements.article.value ? quotedWords : note.dataset.with;
}

// -- Pickers: type, arrows, Enter

class Combo {
  constructor(place) {
    this.what = place.dataset.combo;
    this.place = place;
    this.input = place.querySelector("[role=combobox]");
    this.list = place.querySelector("[role=listbox]");
    this.quiet = this.input.matches("[aria-invalid=true]"); // its error is to be read before the list covers it
    this.input.addEventListener("focus", () => {
      this.input.select();
      if (!this.quiet) this.ask();
      this.quiet = false;
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => { event.preventDefault(); this.choose(event.target.closest("[role=option]")); });
    this.input.addEventListener("htmx:beforeRequest", () => { this.sent = this.input.value; });
    this.list.addEventListener("htmx:afterSwap", () => this.arrived());
  }

  ask() { window.htmx.trigger(this.input, "combo:open"); }
  get options() { return [...this.list.querySelectorAll("[role=option]")]; }
  get current() { return this.list.querySelector("[aria-selected=true]"); }

  /** The list for what stands in the field; Enter pressed before it came is carried out on it. */
  arrived() {
    this.listed = this.sent;
    this.open();
    if (!this.entered || this.listed !== this.input.value) return;
    this.entered = false;
    this.choose(this.current);
    if (document.activeElement !== this.input) this.close();
  }

  open() {
    if (document.activeElement !== this.input) return;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(this.current);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (this.what === "region") this.settle();
  }

  /** Words that name no place are not left standing as if they did. */
  settle() {
    const hidden = byId("region-code");
    if (this.entered) return; // Enter was pressed and its list is on the way
    if (!this.input.value.trim() && hidden.value) { hidden.value = ""; this.changed(); }
    else if (this.label !== undefined && hidden.value) this.input.value = this.label;
    else if (!hidden.value) this.input.value = "";
  }

  mark(option) {
    for (const other of this.options) other.setAttribute("aria-selected", String(other === option));
    if (!option) return;
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (composing(event)) return;
    if (event.key !== "Enter") this.entered = false;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) { this.ask(); return; }
      const all = this.options;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(all[(all.indexOf(this.current) + step + all.length) % all.length]);
    } else if (event.key === "Enter" && !event.ctrlKey) {
      event.preventDefault();
      if (this.listed !== this.input.value) this.entered = true;
      else if (open) this.choose(this.current);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.what === "region") this.close(); else this.leave();
    }
  }

  choose(option) {
    if (!option) return;
    if (this.what === "region") {
      byId("region-code").value = option.dataset.value;
      this.label = this.input.value = option.dataset.label;
      const here = document.activeElement === this.input; // nobody who went on is called back
      this.close();
      this.changed();
      if (here) byId("place").focus();
      return;
    }
    this.pickOwn(option.dataset.value);
    this.leave();
  }

  changed() { wake("place"); wake("matter"); wake("terms"); saveSoon(); }

  leave() {
    this.input.value = "";
    this.list.hidden = true;
    this.place.hidden = true;
    this.place.parentElement.focus();
  }

  /** Another category or unit: told to the panel, which shows it with the suggestions, marked. */
  pickOwn(value) {
    const panel = byId(this.what === "category" ? "categories" : "units");
    window.htmx.trigger(panel, "htmx:abort");
    const own = document.createElement("input");
    Object.assign(own, { type: "hidden", name: this.what, value });
    panel.querySelector(`[name=${this.what}_by]`).value = "person";
    for (const radio of panel.querySelectorAll("[type=radio]")) radio.checked = false;
    panel.append(own);
    wake(`picked-${this.what}`);
    if (this.what === "category") wake("matter");
  }
}
for (const place of document.querySelectorAll("[data-combo]")) {
  const combo = new Combo(place);
  if (combo.what === "region" && byId("region-code").value) combo.label = combo.input.value;
}
noteAnswer();
