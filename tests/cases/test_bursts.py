"""Many requests alike in a short time around one place: noticed once, told once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cases import bursts, linking
from cases.models import Burst, Case, CaseGroup
from cases.schedule import look_for_bursts
from hotline.models import Message
from tests.cases.test_at_once import at_once
from tests.doors import client_of
from tests.people import category, member, region
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_make_a_burst(settings: Any) -> None:
    settings.BURST_CASES, settings.BURST_MINUTES = 3, 40


def calls(n: int, *, first: int = 0, **given: Any) -> list[Case]:
    """One a minute, from ``first`` minutes after ten."""
    return [
        a_case(MONDAY + timedelta(minutes=first + i), phone=f"1380000{7000 + first * 10 + i}", **given)
        for i in range(n)
    ]


def at(minutes: int) -> Any:
    return MONDAY + timedelta(minutes=minutes)


def told() -> list[str]:
    notices = Message.objects.filter(template__key="burst").order_by("to_role")
    return [m.to_role or str(m.to_organisation and m.to_organisation.code) for m in notices]


def test_it_is_told_once_to_shift_leaders_dispatchers_and_the_unit() -> None:
    calls(3)
    assert bursts.look(at(5)) == 1
    assert sorted(told()) == ["SZZX", "dispatcher", "shift_leader"]
    calls(2, first=6)
    assert bursts.look(at(10)) == 0
    assert len(told()) == 3
    assert Burst.objects.get().n == 5
    assert "3 件" in Message.objects.filter(template__key="burst")[0].words


@pytest.mark.parametrize(
    ("given", "minutes", "found"),
    [
        ({}, 5, 1),
        ({}, 60, 0),
        ({"confidential": True, "proposed_unit": None}, 5, 0),
        ({"category": None}, 5, 0),
        ({"region": None}, 5, 0),
    ],
    ids=["alike", "long ago", "confidential", "no category", "no place"],
)
def test_what_makes_a_burst(given: dict[str, Any], minutes: int, found: int) -> None:
    calls(3, **given)
    assert bursts.look(at(minutes)) == found


def test_other_things_and_other_streets_are_not_counted_together() -> None:
    calls(2)
    calls(1, first=2, category=category("SZ02"))
    calls(1, first=3, region=region("老城街道"))
    assert bursts.look(at(5)) == 0


def test_when_nothing_like_it_came_for_a_while_it_is_over_and_the_next_is_told_anew() -> None:
    calls(3)
    bursts.look(at(5))
    bursts.look(at(50))
    assert Burst.objects.get().over_at == at(50)
    calls(3, first=60)
    assert bursts.look(at(65)) == 1
    assert len(told()) == 6


def test_looking_reads_the_last_minutes_by_the_index_on_the_time() -> None:
    calls(1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = bursts.lately(at(5)).filter(category__isnull=False).explain()
    assert "Index Cond: ((registered_at" in plan


def test_while_typing_the_agent_reads_it_and_the_way_to_the_group() -> None:
    now = timezone.now()
    cases = [a_case(now - timedelta(minutes=3 + n), phone=f"1380000710{n}") for n in range(3)]
    bursts.look(now)
    typed = {"words": "井盖缺失", "category": "SZ01", "region": region().code}
    client = client_of("wang")
    assert "3 like this within 40 minutes around here" in client.post("/console/suggestions/likely/", typed).text
    linking.gather(Burst.objects.get(), by=member("zhou"), at=now)
    page = client.post("/console/suggestions/likely/", typed).text
    assert f"join:{cases[-1].number}" in page


def test_the_shift_leader_makes_the_group_from_the_list() -> None:
    cases = calls(4)
    bursts.look(at(5))
    burst = Burst.objects.get()
    client = client_of("xu")
    assert all(case.number in client.get(f"/bursts/{burst.pk}/").text for case in cases)
    done = client.post(f"/bursts/{burst.pk}/group/", follow=True)
    assert "3 cases joined" in done.text
    group = CaseGroup.objects.get(bursts=burst)
    assert group.main == cases[0]
    assert Case.objects.filter(group=group).count() == 3


def test_the_unit_is_told_how_many_but_sees_none_that_is_not_with_it() -> None:
    cases = calls(3)
    bursts.look(at(5))
    page = client_of("sun").get(f"/bursts/{Burst.objects.get().pk}/")
    assert page.status_code == 200
    assert not any(case.number in page.text for case in cases)


@pytest.mark.django_db(transaction=True)
def test_of_several_that_look_at_once_one_tells() -> None:
    calls(3)
    moment = at(5)
    assert sum(at_once(*[lambda: bursts.look(moment)] * 4)) == 1  # type: ignore[arg-type]
    assert len(told()) == 3


def test_the_timetable_looks() -> None:
    assert look_for_bursts() == 0
