"""The statement of a month as a PDF: the document that both sides sign, with its digest printed."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

TEMPLATE: Path = settings.BASE_DIR / "templates" / "contractors" / "statement.typ"
FONTS = "noto_cjk_sans_otc"  # the package that brings the typeface


@cache
def _compiler() -> typst.Compiler:
    """Kept, because reading the fonts takes longer than setting a page."""
    fonts = files(FONTS)
    return typst.Compiler(root=str(TEMPLATE.parent), font_paths=[str(fonts)], ignore_system_fonts=True)


def pdf(document: dict[str, Any], *, dated: datetime) -> bytes:
    """Set the statement. The same statement gives the same file: its date is the one it carries."""
    given = json.dumps(document, ensure_ascii=False)
    made: Any = _compiler().compile(
        input=str(TEMPLATE), format="pdf", sys_inputs={"document": given}, timestamp=int(dated.timestamp())
    )
    return bytes(made)
