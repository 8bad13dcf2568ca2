// Remaining times count down by the minute. The server decides: it gives what is left, from where on it is "soon", and
// until when the clock runs ([data-until]; a clock that stands has none). Nothing is sent or changed by this.

const words = JSON.parse(document.getElementById("hl-words").textContent);
const MINUTE = 60, HOUR = 3600;
const began = performance.now();
const loaded = Date.now();
const fill = (pattern, values) => pattern.replace(/%\((\w+)\)[ds]/g, (_, name) => values[name]);

/** The same words as hotline/wording.py. */
function duration(seconds, day) {
  const whole = Math.abs(Math.trunc(seconds));
  const days = Math.floor(whole / day), rest = whole % day;
  const hours = Math.floor(rest / HOUR), minutes = Math.floor((rest % HOUR) / MINUTE);
  if (days) return fill(hours ? words.dh : words.d, { days, hours });
  if (hours) return fill(minutes ? words.hm : words.h, { hours, minutes });
  return minutes ? fill(words.m, { minutes }) : words.under;
}

function show(element) {
  const { left, soon, day, until } = element.dataset;
  const running = Math.min(performance.now() - began, Date.parse(until) - loaded) / 1000;
  if (!(running > 0)) return;
  const now = Number(left) - running;
  const text = fill(now > 0 ? words.left : words.late, { duration: duration(now, Number(day)) });
  if (element.lastElementChild.textContent !== text) element.lastElementChild.textContent = text;
  const level = now <= 0 ? "late" : now <= Number(soon) ? "soon" : "ok";
  if (element.classList.contains(level)) return;
  element.classList.remove("ok", "soon", "late");
  element.classList.add(level);
  const mark = element.querySelector("use");
  const icon = { ok: "circle-check", soon: "clock-exclamation", late: "alert-octagon" }[level];
  mark.setAttribute("href", mark.getAttribute("href").replace(/#.*/, `#${icon}`));
}

/** [data-since]: a call's or a pause's running time, mm:ss. */
function showTimer(element) {
  const whole = Math.max(0, Math.floor((Date.now() - Date.parse(element.dataset.since)) / 1000));
  const pad = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / HOUR);
  element.textContent = `${hours ? `${hours}:` : ""}${pad(Math.floor((whole % HOUR) / MINUTE))}:${pad(whole % MINUTE)}`;
}

setInterval(() => document.querySelectorAll("[data-until]:not([data-until=''])").forEach(show), 15_000);
setInterval(() => document.querySelectorAll("[data-since]").forEach(showTimer), 1000);
document.querySelectorAll("[data-since]").forEach(showTimer);
