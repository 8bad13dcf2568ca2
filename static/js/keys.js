// Keys. The one table is the page itself: every [data-key="Alt+1"] element binds its key, gives its hint and its line on
// the key sheet (data-key-words, data-key-group). A field is focused, anything else is clicked. Lists add J K Enter X
// (lists.js). Bare letters work only outside fields, never while an input method composes, and can be switched off.

const words = JSON.parse(document.getElementById("hl-words").textContent);
const sheet = document.getElementById("hl-keys");
const browsers = new Set(["Alt+D", "Alt+E", "Alt+F", "Ctrl+N", "Ctrl+T", "Ctrl+W"]);
const names = {
  Slash: "/", BracketLeft: "[", BracketRight: "]", Escape: "Esc", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑",
  ArrowDown: "↓", Space: "Space", Enter: "Enter", NumpadEnter: "Enter", Comma: ",", Period: ".", Minus: "-", Equal: "=",
};

/** The pressed keys as the table spells them: "Ctrl+Shift+Enter", "Alt+1", "J". By place on the keyboard, not by letter. */
function pressed(event) {
  const name = names[event.code] || event.code.replace(/^(Key|Digit|Numpad)/, "");
  const held = [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift"];
  return [...held.filter(Boolean), name].join("+");
}

const composing = (event) => event.isComposing || event.keyCode === 229;
const typing = (element) => Boolean(element?.closest("input:not([type=checkbox],[type=radio],[type=button],[type=submit]), textarea, select, [contenteditable=true]"));
const shown = (element) => element.getClientRects().length > 0 && !element.disabled;

function lettersAllowed() {
  try { return localStorage.getItem("letters") !== "off"; } catch { return true; }
}

/** Whether a key without Ctrl or Alt may act now. A focused control has its own space bar and arrows. */
function bareAllowed(event) {
  const own = /^(Space|Arrow)/.test(event.code) && event.target.closest?.("a, button, input, select, summary, audio, [role=button]");
  return !own && lettersAllowed() && !typing(event.target) && !document.querySelector("dialog[open]");
}

/** The element a key means: the current row's first, then the open dialog's, then the page's. */
function bound(name) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(name)}"]`)].filter(shown);
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return all.find((element) => dialog.contains(element));
  return all.find((element) => element.closest(".cur")) || all.find((element) => !element.closest("[data-row]")) || null;
}

function act(element) {
  const field = element.matches("input:not([type=checkbox],[type=radio],[type=submit],[type=button]), textarea, select");
  if (field) { element.focus(); element.select?.(); return; }
  if (element.matches("[role=group], fieldset, section")) {
    (element.querySelector("input:checked") || element.querySelector("input, select, textarea, button, a"))?.focus();
    return;
  }
  element.click();
}

/** Ctrl Enter: the primary act of the form being filled, else of the page. */
function primary(target) {
  const form = target.closest?.("form");
  const own = form && [...form.elements].find((element) => element.matches(".btn-primary") && shown(element));
  const button = own || [...document.querySelectorAll("[data-primary], .btn-primary")].find(shown);
  button?.click();
  return Boolean(button);
}

addEventListener("keydown", (event) => {
  if (composing(event) || event.defaultPrevented) return;
  const name = pressed(event);
  const bare = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (browsers.has(name) || (bare && !bareAllowed(event))) return;
  const element = bound(name);
  if (element) { event.preventDefault(); act(element); return; }
  if (name === "Ctrl+Enter" && primary(event.target)) event.preventDefault();
});

function entries() {
  const groups = new Map();
  const add = (group, key, text) => {
    if (!groups.has(group)) groups.set(group, new Map());
    if (text && !groups.get(group).has(key)) groups.get(group).set(key, text);
  };
  if (document.querySelector("[data-list]")) {
    for (const [key, word] of [["J", "down"], ["K", "up"], ["Enter", "open"], ["X", "select"]]) add(words.groupList, key, words[word]);
  }
  for (const element of [...document.querySelectorAll("[data-key]")].filter(shown)) {
    if (element.closest("dialog")) continue;
    const group = element.dataset.keyGroup || (element.closest("[data-row]") ? words.groupList : words.groupPage);
    const text = element.dataset.keyWords || element.getAttribute("aria-label") || element.firstChild?.textContent || element.textContent;
    add(group === "all" ? words.groupAll : group, element.dataset.key, text.trim());
  }
  add(words.groupAll, "Ctrl+Enter", words.primary);
  add(words.groupAll, "Esc", words.close);
  return groups;
}

function fillSheet() {
  const place = sheet.querySelector("[data-sheet]");
  place.replaceChildren(...[...entries()].map(([group, keys]) => {
    const section = document.createElement("section");
    const title = document.createElement("h3");
    title.textContent = group;
    const list = document.createElement("dl");
    for (const [key, text] of keys) {
      const term = document.createElement("dt");
      const hint = document.createElement("kbd");
      hint.textContent = key.replaceAll("+", " ");
      term.append(hint);
      const meaning = document.createElement("dd");
      meaning.textContent = text;
      list.append(term, meaning);
    }
    section.append(title, list);
    return section;
  }));
  sheet.querySelector("[data-letters]").checked = lettersAllowed();
}

sheet.addEventListener("opening", fillSheet);
sheet.addEventListener("change", (event) => {
  if (!event.target.matches("[data-letters]")) return;
  try { localStorage.setItem("letters", event.target.checked ? "on" : "off"); } catch { /* this page only */ }
});
