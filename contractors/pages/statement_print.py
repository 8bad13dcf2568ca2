"""The statement of a month as a PDF: the document that both sides sign, with its digest printed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hotline import printing


def pdf(document: dict[str, Any], *, dated: datetime) -> bytes:
    """Set the statement. The same statement gives the same file: its date is the one it carries."""
    return printing.pdf("contractors/statement.typ", document, dated=dated)
