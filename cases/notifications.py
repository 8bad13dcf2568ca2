"""What we say to citizens and units, and to whom. Texts are approved templates; here they only get their words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import override

from cases import confidentiality
from cases.models import (
    Case,
    CatalogueVersion,
    Clock,
    ClockKind,
    KnowledgeArticle,
    KnowledgeReport,
    LadderStep,
    Urgency,
    kept_from,
)
from hotline import outbox
from hotline.models import Membership, Message, Organisation, User
from hotline.privacy import retrieval_code
from hotline.roles import CONTRACTOR, Capability, Role


def citizen_sms(case: Case, key: str, *, at: datetime, by: Membership | None = None, **words: Any) -> Message | None:
    """An SMS to the case's citizen; None if there is no number to send it to."""
    citizen = case.citizen
    if citizen is None or not (phone := citizen.reached_at):
        return None
    return outbox.sms(
        key,
        to=phone,
        at=at,
        language=citizen.language,
        words={"number": case.number, "code": retrieval_code(case.number), "site": settings.SITE_URL, **words},
        about=case.number,
        urgent=case.urgency == Urgency.EMERGENCY,
        by=by,
    )


def unit_notice(
    unit: Organisation | int,
    key: str,
    case: Case,
    *,
    at: datetime,
    role: str = "",
    by: Membership | None = None,
    **words: Any,
) -> Message | None:
    """A notice to a unit's people: it names the case by number and title only. None to a unit it is kept from."""
    if confidentiality.bars(case, unit):
        return None
    return outbox.notice(
        key,
        at=at,
        to_organisation=unit,
        to_role=role,
        words={"number": case.number, "title": case.title, **words},
        about=case.number,
        by=by,
    )


def office_notice(key: str, case: Case, *, at: datetime, role: Role, **words: Any) -> Message:
    """A notice to everybody who holds the role, wherever they sit."""
    return outbox.notice(
        key, at=at, to_role=role, words={"number": case.number, "title": case.title, **words}, about=case.number
    )


def notices_kept_from(membership: Membership) -> Q:
    """The notices that do not exist for a person: of cases that do not; and where a confidential reporter was sent an
    SMS, except to the roles that may know them."""
    confidential = Exists(Case.objects.filter(number=OuterRef("about"), confidential=True))
    kept = kept_from(membership, "about", named_by="number")
    if membership.role in CONTRACTOR:
        return kept | Q(confidential)
    if not membership.can(Capability.IDENTITY_SEALED):
        return kept | Q(confidential, channel=Message.Channel.SMS)
    return kept


def catalogue_notice(
    key: str,
    version: CatalogueVersion,
    *,
    at: datetime,
    by: Membership,
    role: str = "",
    user: User | None = None,
    **words: Any,
) -> Message:
    """A notice about a version of the dispatch catalogue, to those who approve it or to who proposed it."""
    words = {"note": version.note, "day": version.valid_from.isoformat(), "who": by.user.name, **words}
    return outbox.notice(key, at=at, to_role=role, to_user=user, words=words, by=by)


def knowledge_notice(
    key: str,
    article: KnowledgeArticle,
    *,
    at: datetime,
    by: Membership | None = None,
    role: str = "",
    user: User | None = None,
    unit: Organisation | None = None,
    **words: Any,
) -> Message:
    """A notice about an answer: to its unit, to who proposed it, or to those who approve."""
    told = {"title": article.title, **words}
    return outbox.notice(key, at=at, to_role=role, to_user=user, to_organisation=unit, words=told, by=by)


def report_notice(
    key: str,
    report: KnowledgeReport,
    *,
    at: datetime,
    by: Membership | None = None,
    role: str = "",
    user: User | None = None,
    unit: Organisation | None = None,
    **words: Any,
) -> Message:
    """A notice about what was reported: to the unit that owns the matter, to who reported it, or to a role."""
    told = {"title": report.article.title if report.article else report.words[:20], **words}
    return outbox.notice(key, at=at, to_role=role, to_user=user, to_organisation=unit, words=told, by=by)


def local_time(at: datetime) -> str:
    """The moment as it stands in messages: 2026-03-16 18:00, in the city's time."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m-%d %H:%M")


def ladder_notice(
    key: str, paper: LadderStep, case: Case, *, at: datetime, role: str = "", by: Membership | None = None, **words: Any
) -> Message | None:
    """A notice about a step of the ladder: to its unit, or to all who hold the role. None to a unit it is kept from."""
    if not role and confidentiality.bars(case, paper.unit_id):
        return None
    with override("zh-hans"):  # notices are in Chinese
        said = {"number": case.number, "title": case.title, "paper": paper.number, **words}
    to: dict[str, Any] = {"to_role": role} if role else {"to_organisation": paper.unit_id}
    return outbox.notice(key, at=at, words=said, about=case.number, by=by, **to)


def digest(lines: list[str], n: int, *, at: datetime, unit_id: int | None, to_role: str) -> Message:
    """What was held back for one recipient, in one notice."""
    words = {"n": n, "lines": "\n".join(lines), "more": f"…… 共 {n} 条" if n > len(lines) else ""}
    return outbox.notice("digest", at=at, to_organisation=unit_id, to_role=to_role, words=words)


def recipient(unit_id: int | None, to_role: str) -> tuple[int | None, str]:
    """Whom a step's notice goes to: people of the unit whose limit it is, or all who hold the role."""
    if unit_id is not None and to_role in ("", Role.CLERK, Role.HANDLER, Role.UNIT_HEAD):
        return unit_id, to_role
    return None, to_role or Role.OFFICE_HEAD


def escalation(
    clock: Clock, act: str, *, at: datetime, to_role: str, unit_id: int | None, number: str, title: str
) -> Message:
    """The notice that goes with a yellow or red card, an urge or a supervision."""
    words = {"number": number, "title": title, "due": local_time(clock.due_at), "leg": ClockKind(clock.kind).label}
    to, role = recipient(unit_id, to_role)
    return outbox.notice(f"clock_{act}", at=at, to_organisation=to, to_role=role, words=words, about=number)
