"""Documents as PDF, set by Typst from a template and JSON; the same document gives the same file."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

TEMPLATES: Path = settings.BASE_DIR / "templates"
FONTS = "noto_cjk_sans_otc"  # the package that brings the typeface


@cache
def _compiler() -> typst.Compiler:
    """Kept, because reading the fonts takes longer than setting a page."""
    return typst.Compiler(root=str(TEMPLATES), font_paths=[str(files(FONTS))], ignore_system_fonts=True)


def pdf(template: str, document: dict[str, Any], *, dated: datetime) -> bytes:
    """Set ``templates/<template>`` with the document, which is all it says; the file's date is the one given."""
    given = json.dumps(document, ensure_ascii=False)
    made: Any = _compiler().compile(
        input=str(TEMPLATES / template), format="pdf", sys_inputs={"document": given}, timestamp=int(dated.timestamp())
    )
    return bytes(made)
