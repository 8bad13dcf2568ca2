"""How often an act asks the database, everything from the token to the kept answer included.

Time cannot be held by a test, this can. An answer within reach of half a second begins with few questions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotline import bell
from tests.cases.api.client import Api
from tests.cases.api.requests import a_reply, a_request

pytestmark = pytest.mark.django_db
OWN = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture(autouse=True)
def _first_times() -> None:
    """Wordings, policies and calendars are read once and kept."""
    _a_road(lambda _name, act: act())


def statements(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum(not query["sql"].startswith(OWN) for query in asked.captured_queries)


def _a_road(step: Callable[[str, Callable[[], Any]], Any]) -> None:
    """One case from intake to the citizen, told to ``step`` act by act."""
    wang, zhou, sun, wu = (Api(name) for name in ("wang", "zhou", "sun", "wu"))
    case: dict[str, Any] = {}

    def intake() -> None:
        case.update(wang.post("cases/", a_request(), Idempotency_Key=str(uuid4())).body)

    def moved(who: Api, slug: str, **body: Any) -> Callable[[], None]:
        return lambda: case.update(who.move(case, slug, **body))

    with bell.silence():
        step("intake", intake)
        step("dispatch", moved(zhou, "dispatch", unit="CGJ"))
        step("sign", moved(sun, "sign"))
        step("reply", moved(sun, "reply", **a_reply()))
        step("accept", moved(wu, "accept"))


def test_a_case_on_its_way_asks_just_so_often() -> None:
    asked: dict[str, int] = {}
    _a_road(lambda name, act: asked.update({name: statements(act)}))
    assert asked == {"intake": 6, "dispatch": 8, "sign": 8, "reply": 11, "accept": 11}
