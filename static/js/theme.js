// Loaded before the first paint, so that a dark desk never flashes white. The choice stays on this device.
(function () {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const choice = () => { try { return localStorage.getItem("theme") || "auto"; } catch { return "auto"; } };
  const show = () => {
    const now = choice();
    document.documentElement.dataset.bsTheme = now === "auto" ? (dark.matches ? "dark" : "light") : now;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
    }
  };
  show();
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  addEventListener("DOMContentLoaded", show);
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    try { localStorage.setItem("theme", button.dataset.themeChoice); } catch { /* private window: this page only */ }
    show();
    document.dispatchEvent(new CustomEvent("theme:changed"));
  });
})();
