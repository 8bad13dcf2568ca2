"""What many people turn to the hotline about: found every night, opening its cases, never of a few."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from cases import hot_topics
from cases.models import Case, HotTopic, TopicRun
from cases.topic_finding import Request, find_topics
from hotline.acts import NotNow
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.people import local, member
from tests.stories import MONDAY, a_case

PLANT = [
    "丽发新城旁边建搅拌站，粉尘很大",
    "投诉丽发新城搅拌站夜间噪音",
    "丽发新城小区外搅拌站噪音和粉尘扰民",
    "搅拌站离丽发新城不到百米，噪音粉尘严重",
    "丽发新城居民反对搅拌站，噪音太大",
    "丽发新城的搅拌站什么时候搬走，粉尘呛人",
]
OTHERS = [
    "居住证续签需要什么材料",
    "公积金贷款怎么提取",
    "人民路路灯不亮三天了",
    "小学入学报名截止到哪天",
    "自来水水压太低，洗澡没有热水",
    "出租车司机拒载还骂人",
    "医保异地就医怎么备案",
    "建设街井盖缺失有人绊倒",
    "养老金认证在哪里办理",
]
MOVING_IN = "丽发新城二期什么时候交房"
SUNDAY = local("2026-03-15 23:00").date()
NIGHT = local("2026-03-16 01:00")


def told(texts: list[str], at: datetime = MONDAY) -> list[Request]:
    return [Request(n, at, text, "", text) for n, text in enumerate(texts)]


def test_requests_with_one_name_and_one_wording_are_a_topic() -> None:
    (topic,) = find_topics(told([*PLANT, MOVING_IN, *OTHERS * 3]))
    assert topic.names[0] == "丽发新城"
    assert {request.key for request in topic.members} == set(range(6)), "who asks when keys are handed over is left out"
    assert "搅拌站" in topic.wording


def test_four_are_no_topic() -> None:
    assert find_topics(told(PLANT[:4] + OTHERS * 3)) == []


def test_many_things_at_one_place_are_no_topic() -> None:
    places = [f"丽发新城{what}" for what in ("停电", "漏水了", "路灯坏", "电梯困人", "车位贵", "广场舞吵")]
    assert find_topics(told(places + OTHERS * 3)) == []


def test_what_was_as_many_before_is_less_hot() -> None:
    now = told(PLANT + OTHERS * 3)
    (quiet,) = find_topics(now, earlier=lambda _name: (told(PLANT * 4), 4))
    (fresh,) = find_topics(now, earlier=lambda _name: ([], 4))
    assert (quiet.before, fresh.before) == (6, 0)
    assert fresh.heat > quiet.heat == 0


def registered(*, confidential: int = 0) -> list[Case]:
    """A week of requests about the plant, and others."""
    cases = [a_case(MONDAY + timedelta(hours=n), words=text, title=text) for n, text in enumerate(PLANT)]
    cases += [a_case(MONDAY, words=PLANT[n], title=PLANT[n], confidential=True) for n in range(confidential)]
    for text in [*OTHERS * 3, MOVING_IN]:
        a_case(MONDAY, words=text, title=text)
    return cases


@pytest.mark.django_db
def test_a_night_keeps_the_topics_with_their_cases_and_looks_once() -> None:
    cases = registered(confidential=2)
    assert hot_topics.due(NIGHT) == SUNDAY
    hot_topics.look(SUNDAY, at=NIGHT)
    topic = HotTopic.objects.get()
    assert set(topic.cases.all()) == set(cases[:6]), "confidential ones are not among them"
    assert hot_topics.due(NIGHT) is None
    with pytest.raises(NotNow):
        hot_topics.look(SUNDAY, at=NIGHT)


@pytest.mark.django_db
def test_what_was_asked_four_weeks_long_is_compared() -> None:
    for weeks in (1, 2, 3, 4):
        for text in PLANT[:2]:
            a_case(MONDAY - timedelta(weeks=weeks), words=text, title=text)
    registered()
    hot_topics.look(SUNDAY, at=NIGHT)
    topic = HotTopic.objects.get()
    assert (topic.before, topic.grown) == (2, 3)


@pytest.mark.django_db
def test_a_topic_opens_its_cases(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    cases = registered()
    hot_topics.look(SUNDAY, at=NIGHT)
    topic, jiang = HotTopic.objects.get(), client_of("jiang")
    with django_assert_max_num_queries(7):
        page = jiang.get("/topics/").content.decode()
    assert "丽发新城" in page
    assert f"/cases/?topic={topic.pk}" in page
    listed = jiang.get(f"/cases/?topic={topic.pk}").content.decode()
    assert [case.number in listed for case in cases] == [True] * 6


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["wang", "liu", "luo"])
def test_units_and_contractors_are_not_told(who: str) -> None:
    registered()
    hot_topics.look(SUNDAY, at=NIGHT)
    assert client_of(who).get("/topics/").status_code == 403
    assert client_of(who).get(f"/cases/?topic={HotTopic.objects.get().pk}").status_code == 404


@pytest.mark.django_db
def test_a_topic_of_which_fewer_than_five_are_left_is_not_told() -> None:
    cases = registered()
    hot_topics.look(SUNDAY, at=NIGHT)
    Case.objects.filter(pk__in=[case.pk for case in cases[:2]]).update(confidential=True)
    _run, topics = hot_topics.shown(Case.objects.visible_to(member("jiang")))
    assert topics == []
    assert "丽发新城" not in client_of("jiang").get("/topics/").content.decode()


@pytest.mark.django_db
def test_programs_are_told_the_numbers_of_the_cases() -> None:
    cases = registered()
    assert Api("jiang").get("hot-topics/").body == {"on": None, "requests": 0, "topics": []}
    hot_topics.look(SUNDAY, at=NIGHT)
    body = Api("jiang").get("hot-topics/").body
    assert body["on"] == SUNDAY.isoformat()
    assert set(body["topics"][0]["cases"]) == {case.number for case in cases}


@pytest.mark.django_db
def test_the_command_finds_them_as_the_night_does(capsys: pytest.CaptureFixture[str]) -> None:
    registered()
    call_command("hot_topics", on=SUNDAY)
    assert "1 topics in 34 requests" in capsys.readouterr().out
    assert TopicRun.objects.get().on == SUNDAY


DATA = settings.BASE_DIR.parent / "shared" / "data" / "tipdm2020c" / "messages_2019.xlsx"


@pytest.mark.slow  # reads 4,326 real messages
@pytest.mark.data
def test_the_two_affairs_of_a_real_year_are_among_the_first_five(capsys: pytest.CaptureFixture[str]) -> None:
    if not Path(DATA).exists():
        pytest.skip("the real data are not here")
    call_command("hot_topics", DATA, most=5)
    lines = capsys.readouterr().out.splitlines()
    for name in ("丽发新城", "伊景园"):
        (line,) = (line for line in lines if name in line)
        assert int(line.split()[1]) >= 45
