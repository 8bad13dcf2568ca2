// Marking: the player with its picture, points and total as verdicts are given, and the next item after a number key.
// [data-player] holds [data-audio], [data-play], [data-skip], [data-seek], [data-time], [data-wave]; [data-to] goes to a second.

const player = document.querySelector("[data-player]");
const audio = player?.querySelector("[data-audio]");
const clock = (seconds) => {
  const whole = Math.floor(seconds || 0);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
};

if (audio) {
  const seek = player.querySelector("[data-seek]");
  const bars = [...player.querySelectorAll("[data-wave] rect")];
  for (const bar of bars) {
    const height = Math.max(2, Number(bar.dataset.loud) * 0.54);
    bar.setAttribute("y", String(27 - height / 2));
    bar.setAttribute("height", String(height));
  }
  const show = () => {
    seek.value = String(Math.floor(audio.currentTime));
    seek.setAttribute("aria-valuetext", clock(audio.currentTime));
    player.querySelector("[data-time]").textContent = `${clock(audio.currentTime)} / ${clock(audio.duration)}`;
    const heard = audio.duration ? audio.currentTime / audio.duration * bars.length : 0;
    bars.forEach((bar, index) => bar.classList.toggle("heard", index < heard));
  };
  const go = (seconds) => { audio.currentTime = Math.min(Math.max(seconds, 0), audio.duration || 0); };
  const measured = () => { seek.max = String(Math.ceil(audio.duration)); show(); };
  const unplayable = () => { player.querySelector("[data-unplayable]").hidden = false; };
  audio.addEventListener("loadedmetadata", measured);
  audio.addEventListener("timeupdate", show);
  audio.addEventListener("error", unplayable);
  // The browser may have been quicker than this script
  if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) measured();
  if (audio.error) unplayable();
  seek.addEventListener("input", () => go(Number(seek.value)));
  addEventListener("click", (event) => {
    if (event.target.closest("[data-play]")) { if (audio.paused) audio.play(); else audio.pause(); }
    const skip = event.target.closest("[data-skip]");
    if (skip) go(audio.currentTime + Number(skip.dataset.skip));
    const place = event.target.closest("[data-to]");
    if (place) { go(Number(place.dataset.to)); audio.play(); }
  });
}

const form = document.getElementById("score");
if (form) {
  const shares = JSON.parse(form.dataset.shares);
  const written = (points) => String(Math.round(points * 10) / 10);
  const add = () => {
    let total = 0, whole = true, any = false;
    for (const row of form.querySelectorAll("[data-weight]")) {
      const verdict = row.querySelector("input[type=radio]:checked")?.value;
      const points = verdict === undefined ? null : shares[verdict] * Number(row.dataset.weight);
      row.querySelector("[data-points]").textContent = points === null ? "–" : written(points);
      if (points === null) whole = false; else { total += points; any = true; }
    }
    for (const part of form.querySelectorAll("[data-fatal]")) {
      const happened = part.querySelector("input[value=happened]").checked;
      part.querySelector("input.form-control").hidden = !happened;
      if (happened) { total = 0; whole = any = true; }
    }
    for (const place of form.querySelectorAll("[data-total]")) place.textContent = any ? written(total) + (whole ? "" : " …") : "–";
    const needed = document.querySelector("[data-needed]");
    if (needed) needed.hidden = !whole || total >= Number(form.dataset.pass);
  };
  form.addEventListener("change", add);
  add();
  // After a number key the next item is the current one.
  addEventListener("keyup", (event) => {
    if (!/^(Digit|Numpad)[123]$/.test(event.code) || event.target.closest("input:not([type=radio]), textarea")) return;
    const row = form.querySelector("[data-row].cur");
    if (row?.querySelector("input:checked")) row.nextElementSibling?.querySelector("td")?.click();
  });
}
