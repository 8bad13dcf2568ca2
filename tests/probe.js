// What tests/every_page.py looks at on a page as it stands. Loaded before the page's own scripts, with axe.
window.probe = (() => {
  // Words of cases, of people and of messages; code; what is kept for scripts
  const DATA = "script, style, template, noscript, datalist, code, pre, textarea, kbd, [lang]:not(html), [data-message], [data-given], .hl-hash, .front-secret, .hl-prose, .reply-words";
  const STANDS_FOR_ITSELF = "time[datetime][title], [data-since], [data-autosave-status], .hl-year, input, svg";
  const MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec";
  const TIME = new RegExp(`\\b\\d{1,2}:\\d{2}\\b|\\b\\d{4}-\\d{2}-\\d{2}\\b|\\d{1,2} 月 \\d{1,2} 日|\\b\\d{1,2} (${MONTHS})\\b`);
  const HOURS = /\d{1,2}:\d{2} ?[-–—] ?\d{1,2}:\d{2}/g; // opening hours are a rule, not a moment
  const EXACT = /^\d{4}-\d{2}-\d{2}/;
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

  const short = (words) => words.trim().replace(/\s+/g, " ").slice(0, 60);
  const named = (element) => element.localName + (element.id ? `#${element.id}` : "") + [...element.classList].map((c) => `.${c}`).join("");
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".visually-hidden, .hl-skip");

  function texts() {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.currentNode.data.trim()) found.push(walk.currentNode);
    return found;
  }

  function frame() {
    return {
      language: document.documentElement.lang,
      theme: document.documentElement.dataset.bsTheme,
      title: document.title,
      headings: document.querySelectorAll("h1").length,
      sideways: document.documentElement.scrollWidth - innerWidth,
    };
  }

  /** Every word of the interface: what is read, and what is only heard or shown on hover. */
  function words() {
    const found = [document.title, ...texts().filter((text) => !text.parentElement.closest(DATA)).map((text) => text.data)];
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
      if (!element.closest(DATA)) for (const name of ["aria-label", "placeholder", "title"]) found.push(element.getAttribute(name));
    }
    return [...new Set(found.filter((said) => said?.trim()).map((said) => said.trim()))];
  }

  /** A text that its box cuts off, or that leaves its box; what is cut on purpose has all of it in the title. */
  function cutIn(text, styles) {
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (!box.width || !box.height) return null;
    for (let element = text.parentElement; element && element !== document.body; element = element.parentElement) {
      if (!styles.has(element)) styles.set(element, [getComputedStyle(element), element.getBoundingClientRect()]);
      const [style, room] = styles.get(element);
      if (style.display === "inline" || style.display === "contents") continue;
      const clips = /hidden|clip/.test(style.overflowX);
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) return null; // told by scrolling()
      const beside = box.right > room.right + 1.5 || box.left < room.left - 1.5;
      const below = /hidden|clip/.test(style.overflowY) && (box.bottom > room.bottom + 3 || box.top < room.top - 3);
      if ((beside && clips) || below) {
        return element.closest("[title]")?.title.includes(text.data.trim()) ? null : `cuts “${short(text.data)}” off in ${named(element)}`;
      }
      if (beside) return `lets “${short(text.data)}” stick out of ${named(element)}`;
      if (/absolute|fixed|sticky/.test(style.position)) return null;
    }
    return null;
  }

  function scrolling() {
    const wide = [...document.querySelectorAll("body *")].filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth);
    return wide.filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && visible(element) && !element.matches("textarea, input"))
      .map((element) => `scrolls ${named(element)} sideways`);
  }

  /** The chosen option of a select and the hint of an empty field, which browsers cut without a word. */
  function fields() {
    const pen = document.createElement("canvas").getContext("2d");
    const cut = [];
    for (const field of document.querySelectorAll("select, input[placeholder]")) {
      const said = field.localName === "select" ? field.selectedOptions[0]?.text : !field.value && field.placeholder;
      if (!said || !visible(field)) continue;
      const style = getComputedStyle(field);
      pen.font = style.font;
      const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (pen.measureText(said).width > room + 2 && !field.title.includes(said)) cut.push(`cuts “${short(said)}” off in a field (${named(field)})`);
    }
    return cut;
  }

  function cut() {
    const styles = new Map();
    const found = texts().filter((text) => !text.parentElement.closest("script, style, template, option, noscript, svg") && visible(text.parentElement))
      .map((text) => cutIn(text, styles)).filter(Boolean);
    return [...new Set([...found, ...fields(), ...scrolling()])];
  }

  /** A time in the interface that does not say on hover exactly when it is. */
  function times() {
    const bare = texts().filter((text) => TIME.test(text.data.replace(HOURS, "")) && !text.parentElement.closest(`${DATA}, ${STANDS_FOR_ITSELF}`))
      .map((text) => `shows “${short(text.data)}” without its exact time`);
    const vague = [...document.querySelectorAll("time, [data-left]")].filter((time) => !EXACT.test(time.closest("[title]")?.title || "") || Number.isNaN(Date.parse(time.dateTime)))
      .map((time) => `shows “${short(time.textContent)}” without its exact time`);
    return [...new Set([...bare, ...vague])];
  }

  const outlined = (element) => {
    const style = element && getComputedStyle(element);
    return Boolean(style) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };

  const marked = (element) => [element, element.nextElementSibling, element.parentElement, element.parentElement?.parentElement].some(outlined);

  /** What has the focus, if one cannot see that: no outline, out of view, or behind something. */
  function unseen() {
    const element = document.activeElement;
    if (element === document.body) return null;
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const seen = top && (element.contains(top) || top.contains(element) || top.closest("label")?.control === element);
    return marked(element) && seen ? null : `the focus on ${named(element)} cannot be seen`;
  }

  /** What the keyboard reaches without showing it; an order other than that of reading; no way past the navigation. */
  function focus() {
    const all = [...document.querySelectorAll(FOCUSABLE)].filter((element) => !element.disabled && element.checkVisibility());
    const faults = all.filter((element) => element.tabIndex > 0).map((element) => `gives ${named(element)} a place of its own in the tab order`);
    const skip = document.querySelector("a.hl-skip");
    if (document.querySelector(".hl-nav, .hl-pub > .bar") && (all[0] !== skip || !document.querySelector(skip.getAttribute("href")))) faults.push("has no way past its navigation");
    const before = document.activeElement;
    for (const element of all) {
      document.activeElement.blur();
      element.focus({ focusVisible: true, preventScroll: true });
      if (document.activeElement !== element) continue;
      if (!marked(element)) faults.push(`does not show the focus on ${named(element)}`);
    }
    document.activeElement.blur();
    before.focus?.({ preventScroll: true });
    return [...new Set(faults)];
  }

  /** A foot that stays in view covers what scrolls under it; that is not too small. */
  const covered = (node) => node.any.some((check) => check.id === "target-size" && check.data?.messageKey?.startsWith("obscured")) || node.failureSummary?.includes("partially obscured");
  async function violations(rules) {
    const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return found.violations.flatMap((fault) => fault.nodes.filter((node) => !covered(node)).map((node) => `${fault.id}: ${node.html.slice(0, 200)}`));
  }

  /** Every script has run, and what fits itself to the window has done so: with the next picture drawn. */
  async function settled() {
    if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
    for (let drawn = 0; drawn < 2; drawn++) await new Promise(requestAnimationFrame);
  }

  async function desk(rules) {
    await settled();
    return { ...frame(), words: words(), faults: [...cut(), ...times(), ...await violations(rules), ...focus()] };
  }

  async function phone() {
    await settled();
    return { ...frame(), faults: cut() };
  }

  const inked = (element) => {
    const [red, green, blue, solid = 1] = getComputedStyle(element).backgroundColor.match(/[\d.]+/g).map(Number);
    return solid > 0 && red + green + blue < 3 * 200;
  };

  /** On paper: what is no use there, what is cut, what is not dark on light, and a time that says only "today". */
  function paper() {
    const useless = [...document.querySelectorAll("nav, button, .btn, kbd, .hl-top, .hl-foot, select, textarea")].filter(visible).map((element) => `prints ${named(element)}`);
    const dark = [...document.querySelectorAll("body *")].filter((element) => visible(element) && element.textContent.trim() && inked(element)).map((element) => `prints ${named(element)} on a dark ground`);
    const vague = [...document.querySelectorAll("time:not(.hl-urg)")].filter((time) => visible(time) && !getComputedStyle(time, "::after").content.includes(time.title)).map((time) => `prints “${time.textContent}”`);
    return { words: document.body.innerText, faults: [...new Set([...useless, ...dark, ...vague, ...cut()])] };
  }

  return { desk, phone, unseen, paper };
})();
