"""What a citizen's words say at a glance: a title, and which of the facts that a unit needs are in them (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLE_LENGTH = 44
_OPENING = re.compile(
    r"^(?:来电人|来电者|市民|诉求人|群众)?(?:来电)?(?:反映|反应|咨询|求助|投诉|举报|建议|表示|称)?(?:了)?[:：,，]?\s*"
)
_DISTRICT = re.compile(r"^(?:[^，,。；\s]{2,5}?(?:(?<![小社])区|县))?(?:[^，,。；\s]{2,5}?(?:街道|镇|乡))(?=.{4})")
_CLAUSE = re.compile(r"[,，。；;！!？?\n]")
_NUMERAL = r"[\d一二三四五六七八九十两几半]+"
_TIME = re.compile(
    rf"{_NUMERAL}\s*月\s*{_NUMERAL}\s*[日号]|[今昨前当]天(?:早上|上午|中午|下午|晚上|夜里|凌晨)?|今早|今晚|昨晚|"
    rf"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|夜间|深夜|半夜)(?:\s*{_NUMERAL}\s*[点时])?(?:{_NUMERAL}分|半|左右)?|"
    rf"(?:每[天日晚]\s*)?{_NUMERAL}\s*[点时](?:{_NUMERAL}分|半)?(?:左右|以后|后|前)?|{_NUMERAL}\s*年(?:{_NUMERAL}月)?|上[周月]|刚才|刚刚"
)
_FREQUENCY = re.compile(
    rf"每[天日晚周月年]|天天|经常|多次|反复|一直|长期|持续|(?:近|连续)\s*{_NUMERAL}\s*个?[天日周月年]|近[日期]|第\s*{_NUMERAL}\s*次|又"
)
_WISH = re.compile(
    r"(?:要求|希望|请求|请|建议|咨询|想问|想知道|诉求)[:：]?\s*(?:\d[.、]\s*)?([^，。；;！!？?\n]{2,14})"
)


@dataclass(frozen=True)
class Element:
    """A fact the unit needs: the words that state it, or nothing if it has yet to be asked for."""

    label: str | Promise
    found: str


def proposed_title(words: str) -> str:
    """The first clauses of the words, without how they begin and the district they name, as far as a title goes."""
    text = _DISTRICT.sub("", _OPENING.sub("", " ".join(words.split())))
    title = ""
    for clause in filter(None, (part.strip() for part in _CLAUSE.split(text))):
        longer = f"{title}，{clause}" if title else clause
        if title and len(longer) > TITLE_LENGTH:
            break
        title = longer
    return title[:TITLE_LENGTH]


def elements(words: str, place: str) -> list[Element]:
    """Time, place, frequency and wish, as far as the words (or the place field) state them."""
    wish = _WISH.search(words)
    return [
        Element(_("Time"), _first(_TIME, words)),
        Element(_("Place"), place.strip()[:10]),
        Element(_("How often"), _first(_FREQUENCY, words)),
        Element(_("Wish"), wish[1].strip() if wish else ""),
    ]


def _first(pattern: re.Pattern[str], words: str) -> str:
    found = pattern.search(words)
    return found[0].strip() if found else ""
