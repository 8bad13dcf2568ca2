// Drafts: <form data-autosave="/drafts/7/" data-autosave-every="3">, its state in [data-autosave-status] (role=status).
// What was typed is kept on this device at once and sent every few seconds; when the server has it, the device's copy
// goes. The copy is encrypted with a key that only a signed-in page of the same person holds (data-device-key), so on a
// shared machine it is noise; where the browser has no cryptography it lives in this tab only. Signing out removes it.
// autosave:suggested, sent to the form, says that the page itself changed it. Events on the form: autosave:saved (detail: the server's JSON), autosave:conflict, autosave:kept.

const words = JSON.parse(document.getElementById("hl-words").textContent);
const me = document.body.dataset;
const skipped = new Set(["csrfmiddlewaretoken", "idempotency_key"]);
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

const deviceKey = me.deviceKey && window.crypto?.subtle
  ? crypto.subtle.importKey("raw", bytes(me.deviceKey), "AES-GCM", false, ["encrypt", "decrypt"]) : null;
const store = deviceKey ? localStorage : sessionStorage;

async function keep(name, fields) {
  const plain = JSON.stringify(fields);
  if (!deviceKey) { store.setItem(name, plain); return; }
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await deviceKey, new TextEncoder().encode(plain));
  store.setItem(name, `${text(iv)}.${text(sealed)}`);
}

async function kept(name) {
  const found = store.getItem(name);
  if (!found) return null;
  try {
    if (!deviceKey) return JSON.parse(found);
    const [iv, sealed] = found.split(".").map(bytes);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await deviceKey, sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch { store.removeItem(name); return null; } // another person's, or of an older key
}

const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => !skipped.has(name) && typeof value === "string");

function restore(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
  for (const element of form.elements) {
    if (!element.name || skipped.has(element.name) || element.type === "file") continue;
    const given = values.get(element.name) || [];
    if (element.type === "checkbox" || element.type === "radio") element.checked = given.includes(element.value);
    else if (given.length) element.value = given.shift();
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.every = Number(form.dataset.autosaveEvery || 3) * 1000;
    this.wait = this.every;
    this.dirty = false;
    this.sent = JSON.stringify(fieldsOf(form));
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("autosave:suggested", () => this.changed({ byPerson: false }));
    form.addEventListener("submit", () => { this.dirty = false; });
    addEventListener("online", () => { if (this.dirty) this.send(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.dirty) this.send(); });
    this.offer();
  }

  /** The copy's name on this device: the address says which record, and a new record gets its own with its number. */
  get name() { return `draft:${me.me}:${this.form.dataset.autosave}`; }

  /** What is only suggested is sent too, but nothing of it could be lost: this device keeps what a person wrote. */
  changed({ byPerson = true } = {}) {
    if (JSON.stringify(fieldsOf(this.form)) === this.sent) return;
    this.dirty = true;
    if (byPerson) {
      this.written = true;
      clearTimeout(this.keeping);
      this.keeping = setTimeout(() => this.keep(), 400);
    }
    this.timer ??= setTimeout(() => this.send(), this.wait);
  }

  keep() { keep(this.name, fieldsOf(this.form)).catch(() => {}); }

  async send() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.sending || !this.dirty) return;
    this.sending = true;
    const now = JSON.stringify(fieldsOf(this.form));
    try {
      const body = new FormData(this.form);
      const answer = await fetch(this.form.dataset.autosave, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(10_000) });
      if (answer.ok) await this.saved(answer, now);
      else this.refused(answer.type === "opaqueredirect" ? 401 : answer.status);
    } catch { this.failed("offline"); }
    this.sending = false;
    if (this.dirty && !this.stopped) this.timer ??= setTimeout(() => this.send(), this.wait);
  }

  async saved(answer, now) {
    const detail = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    this.sent = now;
    this.wait = this.every;
    this.dirty = JSON.stringify(fieldsOf(this.form)) !== now;
    if (!this.dirty) { clearTimeout(this.keeping); this.written = false; store.removeItem(this.name); }
    this.show("saved", words.saved.replace("%(time)s", detail.saved_at || new Date().toLocaleTimeString("zh-CN", { hour12: false })));
    this.form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail }));
  }

  refused(status) {
    if (status === 401 || status === 403) { this.stopped = true; this.failed("signedOut"); return; }
    if (status === 409) {
      this.stopped = true;
      this.failed("conflict");
      this.form.dispatchEvent(new CustomEvent("autosave:conflict", { bubbles: true }));
      return;
    }
    this.failed("unsaved");
  }

  failed(kind) {
    this.wait = Math.min(this.wait * 2, 60_000);
    if (this.written) this.keep();
    this.show(kind, words[kind]);
    this.form.dispatchEvent(new CustomEvent("autosave:kept", { bubbles: true, detail: { kind } }));
  }

  show(kind, sentence) {
    const place = this.form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
    if (!place) return;
    place.classList.remove("ok", "soon", "late");
    place.classList.add(kind === "saved" ? "ok" : "soon");
    place.querySelector("use")?.setAttribute("href", place.querySelector("use").getAttribute("href").replace(/#.*/, kind === "saved" ? "#cloud-check" : "#cloud-off"));
    place.querySelector("[data-words]").textContent = sentence;
  }

  /** Whether the form says all this already; what nobody sees, as the version, does not count. */
  holds(fields) {
    const seen = (pairs) => JSON.stringify(pairs.filter(([name]) => this.form.elements[name]?.type !== "hidden"));
    return seen(fields) === seen(fieldsOf(this.form));
  }

  /** A copy left from before: [data-autosave-restore] is shown; its buttons are [data-take] and [data-drop]. */
  async offer() {
    const fields = await kept(this.name);
    const note = document.querySelector("[data-autosave-restore]");
    if (!fields || !note || this.holds(fields)) return;
    note.hidden = false;
    note.addEventListener("click", (event) => {
      if (event.target.closest("[data-take]")) { restore(this.form, fields); note.hidden = true; }
      if (event.target.closest("[data-drop]")) { store.removeItem(this.name); note.hidden = true; }
    });
  }
}

const drafts = new WeakSet();
function watch() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (!drafts.has(form)) { drafts.add(form); new Draft(form); }
  }
}
watch();
addEventListener("htmx:load", watch);
