"""Likely repeats of the same matter: the same telephone, near words, the same place, within thirty days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.search import SearchRank
from django.db.models import QuerySet

from cases.models import Case, CaseQuerySet, CaseText
from cases.permissions import may_know_citizen
from cases.search import any_of, bigrams
from hotline import audit
from hotline.models import Membership, Region
from hotline.privacy import InvalidPhone, blind_index
from hotline.roles import Capability

WITHIN = timedelta(days=30)
CANDIDATES = 200
LIKELY = 0.28


@dataclass(frozen=True)
class Likely:
    """A case that may be the same matter: how alike (0 to 1), and in what."""

    case: Case
    likeness: float
    same_caller: bool
    same_region: bool


def likely_duplicates(
    text: str,
    *,
    by: Membership,
    at: datetime,
    phone: str = "",
    region: Region | None = None,
    place: str = "",
    limit: int = 5,
) -> list[Likely]:
    """Recent cases alike within the person's reach, most alike first, of equals the newest.

    Looking up a telephone is logged. Likeness is the share of common bigrams (Dice) of title, place and words, raised
    for the same region and caller.
    """
    tokens = bigrams(f"{place} {text}")
    caller = _phone_index(phone)
    if caller is not None:
        audit.record("search.phone", by=by, at=at, details={"by": "number", "for": "duplicates"})
    return _alike(tokens, caller, region, by=by, at=at, limit=limit)


def like(case: Case, *, by: Membership, at: datetime, limit: int = 20) -> list[Likely]:
    """Recent cases like this one, itself left out."""
    caller = case.citizen.phone_index if case.citizen and may_know_citizen(by, case) else None
    tokens = bigrams(f"{case.place} {case.title} {case.words}")
    index = bytes(caller) if caller else None
    found = _alike(tokens, index, case.region, by=by, at=at, limit=limit + 1)
    return [likely for likely in found if likely.case.pk != case.pk][:limit]


def _alike(
    tokens: list[str], caller: bytes | None, region: Region | None, *, by: Membership, at: datetime, limit: int
) -> list[Likely]:
    given = set(tokens)
    if len(given) < 2 and caller is None:
        return []
    reach = Case.objects.visible_to(by).select_related("citizen", "group__main")
    cases = {case.pk: case for case in _near(tokens, reach, at)}
    if caller is not None:
        own = of_caller(reach, caller, by).filter(registered_at__gte=at - WITHIN, registered_at__lte=at)
        cases |= {case.pk: case for case in own.latest_first()[:20]}
    found = [_compare(case, given, caller if may_know_citizen(by, case) else None, region) for case in cases.values()]
    alike = (d for d in found if d.likeness >= LIKELY or d.same_caller)
    return sorted(alike, key=lambda d: (-d.likeness, -d.case.pk))[:limit]


def of_caller(reach: CaseQuerySet, phone_index: bytes, by: Membership) -> CaseQuerySet:
    """The caller's cases within reach; who a confidential reporter is, is told to the roles named for it only."""
    found = reach.filter(citizen__phone_index=phone_index)
    return found if by.can(Capability.IDENTITY_SEALED) else found.filter(confidential=False)


def _near(tokens: list[str], reach: QuerySet[Case], at: datetime) -> list[Case]:
    """Candidates that share bigrams with the place and the first words, best ranked first, by the text index."""
    query = any_of(tokens) if len(set(tokens)) > 1 else None
    if query is None:
        return []
    hits = CaseText.objects.filter(bigrams=query, registered_at__range=(at - WITHIN, at))
    ranked = hits.order_by(SearchRank("bigrams", query).desc(), "-pk").values("pk")[:CANDIDATES]
    return list(reach.filter(pk__in=ranked))


def _compare(case: Case, given: set[str], caller: bytes | None, region: Region | None) -> Likely:
    theirs = set(bigrams(f"{case.title} {case.words} {case.place}"))
    dice = 2 * len(given & theirs) / max(len(given) + len(theirs), 1)
    contained = len(given & theirs) / max(min(len(given), len(theirs)), 1)
    same_caller = caller is not None and case.citizen is not None and bytes(case.citizen.phone_index or b"") == caller
    same_region = region is not None and case.region is not None and case.region.path.startswith(region.path)
    likeness = 0.5 * dice + 0.3 * contained + (0.12 if same_region else 0) + (0.08 if same_caller else 0)
    return Likely(case, round(min(likeness, 0.99), 2), same_caller, same_region)


def _phone_index(phone: str) -> bytes | None:
    try:
        return blind_index("citizen.phone", phone) if phone.strip() else None
    except InvalidPhone:
        return None
