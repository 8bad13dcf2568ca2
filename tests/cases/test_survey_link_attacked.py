"""The link of a survey: long enough not to be guessed, worth nothing when it is not whole, and good for one answer."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from cases import surveys
from cases.models import Case, Feedback
from hotline.models import Message
from tests.stories import accepted


def link_of(case: Case) -> str:
    body = Message.objects.filter(about=case.number, template__key="survey").latest("created_at").body
    found = re.search(r"/r/([\w-]+)/", body)
    assert found
    return found[1]


@pytest.mark.django_db
def test_a_link_that_is_not_whole_leads_nowhere() -> None:
    token = link_of(accepted(at=timezone.now()))
    assert len(token) * 6 >= 128
    for spoilt in (token[:-1], token[1:], token + "A", token.swapcase(), token[::-1], surveys.digest(token).hex()):
        assert surveys.survey_for(spoilt) is None
        assert Client().get(f"/r/{spoilt}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_twenty_answers_sent_at_once_one_counts() -> None:
    token = link_of(accepted(at=timezone.now()))

    def answer(n: int) -> int:
        try:
            given = {"solved": "yes" if n % 2 else "no", "satisfaction": "5", "contacted": "yes"}
            return Client().post(f"/r/{token}/", {**given, "idempotency_key": f"{n}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(answer, range(20)))
    assert Feedback.objects.count() == 1
    assert set(codes) <= {200, 303, 410}
    assert codes.count(303) == 1
