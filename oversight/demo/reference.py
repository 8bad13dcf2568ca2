"""The demo city's ground: places, bodies, people, rules and words. The tests stand on it too."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from pypinyin import Style, lazy_pinyin

from cases.models import CatalogueEntry, Category, Channel, DeadlinePolicy, EscalationStep, KnowledgeArticle
from cases.search import vector_of
from contractors.models import Scorecard, ScorecardItem
from hotline.models import Calendar, Heartbeat, Membership, MessageTemplate, Organisation, Region, User
from hotline.models.working_calendar import seed_from_holidays

HERE = Path(__file__).parent
BEGAN = date(2018, 1, 1)
REVIEWED_AFTER = timedelta(days=180)
GROUND = "demo_ground"  # the sign that this city is the demo's, not somebody's own
PASSWORD = "yunzhou-12345"  # noqa: S105 - the demo's, shown on its sign-in page


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def initials(name: str) -> str:
    """Pinyin initials for quick entry: 锦绣花园 → jxhy."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))[:40]


@transaction.atomic
def load(*, at: datetime) -> None:
    """Everything that must be there before the first call, as it stood on 1 January 2018."""
    calendar = Calendar.objects.create(code="city", name="云州市工作日历", name_en="Yunzhou working calendar")
    seed_from_holidays(calendar, range(2018, at.year + 2), at=at)
    _regions, organisations = _places()
    _people(organisations)
    channels = {
        code: Channel.objects.create(code=code, name=name, name_en=english, upstream=upstream, platform=platform)
        for code, (name, english, upstream, platform) in read("city")["channels"].items()
    }
    categories = _categories(organisations)
    _rules(channels)
    _knowledge(organisations, categories, at)
    _scorecard()
    Heartbeat.objects.create(name=GROUND, at=at)


def _scorecard() -> None:
    """What contacts are marked by; its two people are Song and Yan."""
    given = read("scorecard")
    written, approved = User.objects.get(username="song"), User.objects.get(username="yan")
    at = datetime.combine(BEGAN, datetime.min.time(), UTC)
    card = Scorecard.objects.create(
        version=1,
        note=given["note"],
        pass_mark=given["pass_mark"],
        valid_from=BEGAN,
        written_by=written,
        written_at=at,
        proposed_by=written,
        proposed_at=at,
    )
    ScorecardItem.objects.bulk_create(
        ScorecardItem(
            scorecard=card,
            position=n,
            code=code,
            name=name,
            name_en=english,
            weight=weight,
            fatal=not weight,
            about=about,
        )
        for n, (code, (name, english, weight, about)) in enumerate(given["items"].items(), start=1)
    )
    card.state, card.approved_by, card.approved_at = "approved", approved, at
    card.save()


def _places() -> tuple[dict[str, Region], dict[str, Organisation]]:
    regions: dict[str, Region] = {}
    for code, (name, english, parent, level) in read("city")["regions"].items():
        regions[code] = Region.objects.create(
            code=code, name=name, name_en=english, parent=regions.get(parent), level=level, initials=initials(name)
        )
    organisations: dict[str, Organisation] = {}
    for code, (kind, name, english, parent, tier, region) in read("city")["organisations"].items():
        organisations[code] = Organisation.objects.create(
            code=code,
            kind=kind,
            name=name,
            name_en=english,
            parent=organisations.get(parent),
            tier=tier,
            region=regions[region],
            initials=initials(name),
            active_from=BEGAN,
        )
    return regions, organisations


def _people(organisations: dict[str, Organisation]) -> None:
    since = datetime(BEGAN.year, BEGAN.month, BEGAN.day, tzinfo=UTC)
    hashed = User()
    hashed.set_password(PASSWORD)  # one hash for all: making it is slow on purpose
    for username, (name, english, number, organisation, role) in read("people").items():
        user = User.objects.create(
            username=username, name=name, name_en=english, staff_number=number, password=hashed.password
        )
        Membership.objects.create(
            user=user, organisation=organisations[organisation], role=role, valid=DateTimeTZRange(since, None)
        )


def _categories(organisations: dict[str, Organisation]) -> dict[str, Category]:
    categories: dict[str, Category] = {}
    serial = 100
    for code, (name, english, parent, hints, unit) in read("matters")["categories"].items():
        categories[code] = Category.objects.create(
            code=code,
            name=name,
            name_en=english,
            parent=categories.get(parent),
            hints=hints,
            initials=initials(name),
            valid_from=BEGAN,
        )
        if unit and organisations[unit].kind == Organisation.Kind.UNIT:
            serial += 1
            CatalogueEntry.objects.create(
                serial=serial,
                category=categories[code],
                unit=organisations[unit],
                source="派单目录（2026-01 版）",
                valid_from=BEGAN,
            )
    return categories


def _rules(channels: dict[str, Channel]) -> None:
    for rule in read("rules")["policy"]:
        given = {key: value for key, value in rule.items() if key != "steps"}
        policy = DeadlinePolicy.objects.create(valid_from=BEGAN, **given)
        EscalationStep.objects.bulk_create(
            EscalationStep(policy=policy, act=act, offset=offset, unit=unit, to_role=role)
            for act, offset, unit, role in rule.get("steps", [])
        )
    MessageTemplate.objects.bulk_create(
        MessageTemplate(key=key, name=name, name_en=english, body=body, body_en=body_en)
        for key, (name, english, body, body_en) in read("rules")["template"].items()
    )


def _knowledge(organisations: dict[str, Organisation], categories: dict[str, Category], at: datetime) -> None:
    editor = User.objects.get(username="he")
    for article in read("matters")["knowledge"]:
        KnowledgeArticle.objects.create(
            key=article["key"],
            title=article["title"],
            title_en=article["title_en"],
            body=article["body"],
            body_en=article["body_en"],
            unit=organisations[article["unit"]],
            category=categories[article["category"]] if article.get("category") else None,
            state="approved",
            approved_by=editor,
            approved_at=at,
            review_on=(at + REVIEWED_AFTER).date(),
            bigrams=vector_of(f"{article['title']}\n{article['body']}"),
        )
