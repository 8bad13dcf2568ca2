"""Finding cases: one box for number, telephone, words, place, unit and status. Scope is inside the SQL.

Chinese has no spaces, and two characters are the commonest query; so text is cut into bigrams and kept in a
``tsvector``: 路灯不亮 → 路灯 灯不 不亮. A query is the phrase of its own bigrams.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from cases.models import Case, CaseQuerySet, CaseText, Citizen
from hotline import audit
from hotline.acts import Invalid, NotAllowed
from hotline.any_of import AnyOf
from hotline.identifiers import parse_case_number
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.privacy import InvalidPhone, blind_index, normalise_phone
from hotline.roles import Capability

TOKENS = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+", re.IGNORECASE)
QUERY_LIMIT = 100
CANDIDATES = 10_000
COUNT_CAP = 1_000
MAX_PLACES = 16_000  # PostgreSQL keeps positions up to 16,383
MAX_PLACES_OF_ONE = 255
MAX_TOKEN = 200  # PostgreSQL takes no lexeme above 2,046 bytes


def bigrams(text: str) -> list[str]:
    """The text's tokens in order: bigrams of each run of Chinese, Latin words and numbers whole, lower case."""
    tokens: list[str] = []
    for run in TOKENS.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii() or len(run) == 1:
            tokens.append(run[:MAX_TOKEN])
        else:
            tokens += [run[i : i + 2] for i in range(len(run) - 1)]
    return tokens


def vector_of(text: str) -> Any:
    """The text as a ``tsvector``, for Django to write."""
    return Cast(Value(vector_literal(text)), SearchVectorField())


def vector_literal(text: str) -> str:
    """The tokens with their places, written out as PostgreSQL reads a ``tsvector``: no dictionary has a say in it."""
    places: dict[str, list[int]] = {}
    for place, token in enumerate(bigrams(text)[:MAX_PLACES], start=1):
        places.setdefault(token, []).append(place)
    return " ".join(f"'{token}':{','.join(map(str, at[:MAX_PLACES_OF_ONE]))}" for token, at in places.items())


def text_of(case: Case) -> str:
    """What the search knows of a case: title, place and words."""
    return f"{case.title}\n{case.place}\n{case.words}"


class Phrases(SearchQuery):
    """A ``tsquery`` written out already: no dictionary touches it."""

    template = "(%(expressions)s)::tsquery"


def matching(text: str) -> Phrases | None:
    """The ``tsquery`` for words apart by spaces, which must all occur, each as a phrase; None if nothing is left."""
    phrases = [" <-> ".join(f"'{t}'" for t in tokens) for word in text.split() if (tokens := bigrams(word))]
    return Phrases(" & ".join(f"({p})" for p in phrases), search_type="raw") if phrases else None


def any_of(tokens: Iterable[str], limit: int = 60) -> Phrases | None:
    """The ``tsquery`` for any of the first tokens, single characters left out; None if nothing is left."""
    telling = [token for token in dict.fromkeys(tokens) if len(token) > 1][:limit]
    return Phrases(" | ".join(f"'{token}'" for token in telling), search_type="raw") if telling else None


@dataclass(frozen=True)
class Asked:
    """What somebody typed, understood: exactly one of the four is set."""

    number: str = ""
    phone: str = ""
    last4: str = ""
    words: str = ""


def understand(text: str) -> Asked:
    """Number, telephone, last four digits or words? Raises Invalid for nothing at all or far too much."""
    text = clean_text(text)
    if not text:
        raise Invalid(_("Type a case number, a telephone number or words."), field="q")
    if len(text) > QUERY_LIMIT:
        raise Invalid(_("At most %(n)s characters can be searched for.") % {"n": QUERY_LIMIT}, field="q")
    if number := parse_case_number(text):
        return Asked(number=number)
    digits = re.sub(r"[\s\-()+]", "", unicodedata.normalize("NFKC", text))
    if digits.isdecimal():
        if len(digits) == 4:
            return Asked(last4=digits)
        try:
            return Asked(phone=normalise_phone(text))
        except InvalidPhone:
            return Asked(words=text)
    return Asked(words=text)


def find(text: str, *, by: Membership, at: datetime) -> CaseQuerySet:
    """The cases within the person's reach that the text asks for, latest first. Looking up a telephone is logged.

    Raises Invalid, and NotAllowed for the last four digits without the right to them.
    """
    asked = understand(text)
    reach = Case.objects.visible_to(by)
    if asked.number:
        return reach.filter(number=asked.number).latest_first()
    if asked.phone or asked.last4:
        return _by_phone(asked, reach, by=by, at=at).latest_first()
    return with_words(reach, asked.words).latest_first()


def _by_phone(asked: Asked, reach: CaseQuerySet, *, by: Membership, at: datetime) -> CaseQuerySet:
    if asked.last4:
        if not by.can(Capability.PHONE_LAST4_SEARCH):
            raise NotAllowed(_("You may search by the whole telephone number, not by its last four digits."))
        index = blind_index("citizen.phone_last4", asked.last4)
        # the index is coarse on purpose: several endings share one, so the numbers themselves decide
        same = [c.pk for c in Citizen.objects.filter(last4_index=index) if c.reached_at.endswith(asked.last4)]
        found = reach.filter(citizen__in=same)
    else:
        found = reach.filter(citizen__phone_index=blind_index("citizen.phone", asked.phone))
    audit.record("search.phone", by=by, at=at, details={"by": "last4" if asked.last4 else "number"})
    # nobody is to learn from a search who a confidential reporter is
    return found if by.can(Capability.IDENTITY_SEALED) else found.filter(confidential=False)


def with_words(cases: CaseQuerySet, text: str) -> CaseQuerySet:
    """Cases that contain all the words. Rare words start from the text index, common ones from the latest cases.

    Left alone, the planner walks the date index for a rare word too, or reads all cases: millions of rows.
    """
    query = matching(text)
    if query is None:
        return cases.none()
    hits = CaseText.objects.filter(bigrams=query)
    if capped_count(hits.values("pk"), CANDIDATES) <= CANDIDATES:
        return cases.filter(AnyOf(F("pk"), Subquery(hits.values("pk")[: CANDIDATES + 1])))
    return cases.filter(text__bigrams=query)


def capped_count(rows: QuerySet[Any, Any], cap: int = COUNT_CAP) -> int:
    """How many rows, but never counting past ``cap`` + 1: a list says “more than 1,000” and stays fast."""
    return rows.order_by()[: cap + 1].count()
