"""No page and no answer shows a citizen's name or number unasked: the drill of that name, in small."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from bench.checks.canaries import STAGES, crawl, live, look_everywhere
from bench.report import Report
from bench.seeded import Search, crowd
from cases import identity
from cases.models import Case
from tests.doors import client_of
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_nobody_is_shown_a_citizen_unasked() -> None:
    people, report = crowd(STAGES, seed=1), Report("canaries", 1)
    live(people, timezone.now() - timedelta(hours=9))
    look_everywhere(people, ["agent", "dispatcher", "clerk"], 10, report, cases=2)
    assert report.broken == []
    assert report.figures["of them in full, no refusal or fault"] > 60


def test_the_search_itself_finds_what_is_shown() -> None:
    people = crowd(2, seed=1)
    live(people, timezone.now() - timedelta(hours=9))
    case = Case.objects.latest("pk")
    identity.reveal(case, by=member("zhou"), at=timezone.now(), reason="contact")
    search = Search(people)
    crawl(client_of("zhou"), "zhou", [f"/cases/{case.number}/"], 0, search)
    assert {kind.split()[0] for kind in search.found} == {"name", "number", "address"}


def test_a_seeded_person_is_found_however_it_is_spelt() -> None:
    people = crowd(1000, seed=3)
    search = Search(people)
    spelt = [
        people[5].name,
        json.dumps(people[4].name),
        quote(people[2].name),
        f"+86{people[7].phone}",
        people[3].address,
    ]
    phone = people[9].phone
    search.text(" ".join([*spelt, f"{phone[:3]} {phone[3:7]} {phone[7:]}", "19900000000", "睢**"]), "here")
    assert search.found == {"name in here": 3, "number in here": 2, "address in here": 1}
