"""What the matrix asks about in quality inspection: samples, contacts, appeals, drafts, complaints, attributions."""

from __future__ import annotations

import wave
from array import array
from datetime import date, timedelta
from math import sin
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from cases.models import Case
from contractors import agent_complaints, attributing, sampling, scorecards
from contractors.models import (
    Appeal,
    Attribution,
    Mark,
    Purpose,
    Sample,
    SampledContact,
    Scorecard,
)
from contractors.scorecards import CardGiven, ItemGiven
from hotline.models import Membership
from tests.people import member, unit
from tests.quality import AFTER, WEEK, a_call
from tests.stories import MONDAY

Place = dict[str, Any]
TONE = "access/tone.wav"


def a_tone() -> str:
    """A second of a generated tone, where the recordings are kept."""
    path = Path(settings.RECORDINGS_ROOT) / TONE
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(array("h", (int(8000 * sin(n / 3)) for n in range(8000))).tobytes())
    return TONE


def lay_quality(ground: Any, about: Case, complaint: Case, *, jias: Case, cgjs: Case) -> None:
    """Jia's two samples of a week, a published contact under appeal; a draft, a complaint; two attributions."""
    a_call(MONDAY + timedelta(days=1), recording=a_tone(), name="access-quality")
    for name, purpose in (("jias_own", Purpose.INSPECTION), ("jias_recheck", Purpose.RECHECK)):
        sample = sampling.draw(unit("JIA"), WEEK, purpose, at=AFTER, by=None)
        contact = sample.contacts.filter(call__recording=TONE).order_by("position")[0]
        ground.add("sample", name, pk=sample.pk)
        ground.add("contact", name, pk=contact.pk)
        ground.add("recording", name, pk=contact.pk)
    told = published(sample, 900, member("wang"))
    ground.add("contact", "published", pk=told.pk)
    ground.add("appeal", "published", pk=appeal_of(told).pk)
    items = [ItemGiven("all", "全部", "record", 100)]
    given = CardGiven("草稿", 80, date(2030, 1, 1), items)
    ground.add("scorecard", "draft", pk=scorecards.write(given, by=member("song"), at=MONDAY).pk)
    row = agent_complaints.name(complaint, about, by=member("zhou"), at=MONDAY)
    ground.add("complaint", "about_jia", pk=row.pk)
    for name, case, code in (("jias", jias, "JIA"), ("cgjs", cgjs, "CGJ")):
        ground.add("attribution", name, pk=attribution(case, code).pk)
    kept = attributing.dispute(attribution(cgjs, "CGJ"), words="不是我单位原因。", by=member("peng"), at=MONDAY)
    ground.add("contested", "cgjs", pk=kept.pk)


def attribution(case: Case, code: str) -> Attribution:
    """As the rules would name them."""
    return Attribution.objects.create(
        case=case,
        outcome="late",
        source=f"test:{Attribution.objects.count()}",
        round=1,
        occurred_at=MONDAY,
        party="contractor" if unit(code).kind == "contractor" else "unit",
        organisation=unit(code),
        rule="late_with_the_unit",
        rules_version=1,
        made_at=MONDAY,
    )


def published(sample: Sample, position: int, by: Membership) -> SampledContact:
    """A contact that person was marked in."""
    call = a_call(MONDAY, agent=by.user.username, recording=a_tone(), name=f"access-{by.user.username}-{position}")
    contact = SampledContact.objects.create(
        sample=sample,
        position=position,
        stratum="ordinary",
        key=f"call:{call.pk}",
        call=call,
        agent=by.user,
        at=MONDAY,
        state="published",
        total=90,
        published_at=AFTER,
        appeal_until=timezone.now() + timedelta(days=30),
    )
    verdicts = {item.code: "clear" if item.fatal else "full" for item in sample.scorecard.items.all()}
    mark = Mark.objects.create(
        contact=contact, seat="first", by=member("zhou").user, organisation=unit("HOTLINE"), started_at=AFTER
    )
    mark.submitted_at, mark.total = AFTER, 90
    mark.save()
    contact.scores.create(
        serial=1,
        origin="first",
        verdicts=verdicts | {"read_back": "not_met"},
        total=90,
        fatal=False,
        by=mark.by,
        at=AFTER,
    )
    return contact


def appeal_of(contact: SampledContact) -> Appeal:
    return Appeal.objects.create(
        contact=contact,
        level=1,
        words="已复述。",
        asked_by=contact.agent,
        asked_at=AFTER,
        due_at=AFTER + timedelta(days=3),
    )


def own_quality(by: Membership) -> dict[str, Place]:
    """A mark that person writes; for agents a contact they were marked in."""
    card = Scorecard.objects.get(version=1)
    week = WEEK - timedelta(weeks=by.user_id)
    code = by.organisation if by.organisation.kind == "contractor" else unit("JIA")
    sample = Sample.objects.create(
        organisation=code,
        purpose=Purpose.RECHECK,
        week=week,
        scorecard=card,
        rules={"tolerance": 5, "appeal_days": 5, "review_days": 3, "second_review_days": 5, "double_percent": 10},
        seed="0" * 32,
        frame="",
        frame_hash="0" * 64,
        frame_size=0,
        drawn_at=AFTER,
        due_at=AFTER,
    )
    contact = SampledContact.objects.create(
        sample=sample, position=1, stratum="ordinary", key="x", call=a_call(MONDAY), agent=member("li").user, at=MONDAY
    )
    mark = Mark.objects.create(
        contact=contact, seat="first", by=by.user, organisation=by.organisation, started_at=AFTER
    )
    things: dict[str, Place] = {"own mark": {"pk": mark.pk}}
    if by.role in ("agent", "shift_leader"):
        told = published(sample, 2, by)
        things |= {"own contact": {"pk": told.pk}, "own recording": {"pk": told.pk}}
    return things
