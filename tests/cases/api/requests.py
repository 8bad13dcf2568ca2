"""Bodies as a program would send them."""

from __future__ import annotations

from typing import Any

from tests.stories import MANHOLE


def a_request(**given: Any) -> dict[str, Any]:
    """Mrs Li's missing manhole cover."""
    return {
        "words": MANHOLE,
        "title": "建设街窨井盖缺失，夜间有人绊倒",
        "kind": "complaint",
        "channel": "phone",
        "category": "SZ01",
        "place": "建设街 18 号门前",
        "citizen": {"name": "李女士", "phone": "13800006021"},
        "proposed_unit": "CGJ",
        **given,
    }


def a_reply(**given: Any) -> dict[str, Any]:
    return {
        "claim": "true",
        "contacted": False,
        "solved": "solved",
        "public_reply": "您反映的情况属实。已补装井盖并恢复路面，现可正常通行。",
        "internal_note": "巡查已列入重点路段。",
        **given,
    }
