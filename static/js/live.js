// Live pages: <main data-live="/live/" data-live-events="worklist counts">. Each named server-sent event fires
// "live:worklist" on the body, so a part of the page says hx-trigger="live:worklist from:body, live:missed". However
// many tabs are open, one holds the connection and tells the others. Without a connection the same events fire every
// 30 seconds.

const place = document.querySelector("[data-live]");
const POLL = 30_000;

function start({ live: url, liveEvents }) {
  const events = liveEvents.split(/\s+/).filter(Boolean);
  const fire = (name, detail) => document.body.dispatchEvent(new CustomEvent(`live:${name}`, { bubbles: true, detail }));
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel(`live:${url}`) : null;
  const state = (on) => document.querySelectorAll("[data-live-status]").forEach((mark) => mark.classList.toggle("off", !on));
  let polling = null;
  const poll = (on) => {
    clearInterval(polling);
    polling = on ? setInterval(() => { if (!document.hidden) events.forEach((name) => fire(name)); }, POLL) : null;
    state(!on);
  };

  function connect() {
    const source = new EventSource(url);
    source.onopen = () => poll(false);
    source.onerror = () => poll(true); // the browser itself tries again; until then the page asks
    for (const name of events) {
      source.addEventListener(name, (event) => {
        fire(name, event.data);
        tabs?.postMessage({ name, data: event.data });
      });
    }
    addEventListener("pagehide", () => source.close());
    return source;
  }

  if (tabs) tabs.onmessage = ({ data }) => { if (events.includes(data.name)) fire(data.name, data.data); };
  if (navigator.locks && tabs) {
    // Held until the tab closes; the next tab then takes over.
    navigator.locks.request(`live:${url}`, () => new Promise(() => { connect(); }));
  } else connect();
}

// Nothing moves under a reader's hands: a part with an open detail or the focus in it is left as it is, and renewed once
// they let go of it.
const missed = new Set();
const held = (part) => part.querySelector("details[open]") || part.contains(document.activeElement);

document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  const told = requestConfig?.triggeringEvent?.type;
  if (!told?.startsWith("live:") || !held(target)) return;
  event.detail.shouldSwap = false;
  missed.add(target);
});

const letGo = () => setTimeout(() => missed.forEach((part) => {
  if (part.isConnected && held(part)) return;
  missed.delete(part);
  if (part.isConnected) part.dispatchEvent(new CustomEvent("live:missed"));
}));
document.addEventListener("focusout", letGo);
document.addEventListener("toggle", letGo, true);

if (place) start(place.dataset);
