"""What people let the public read: cases retold, names of topics; and that nobody is recognised in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from cases.models import Case
from hotline.acts import Invalid, NotAllowed, NotNow
from oversight import public_reading, public_topics, typical_cases
from oversight.models import TopicWording, TypicalCase
from tests.doors import client_of
from tests.people import member
from tests.publications import LATER, TOLD, a_retold, a_topic, published, released
from tests.stories import a_case, closed, dispatched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(settings: Any) -> None:
    settings.PUBLIC_MINIMUM_N = 5
    for kept in (public_reading.months, public_reading.topics, public_reading.told, public_reading.contracts):
        kept.forget()


def public_page(client: Client) -> str:
    return client.get("/figures/", headers={"accept-language": "zh-hans"}).content.decode()


# -- Cases retold


def test_a_case_retold_is_read_by_everybody_once_a_second_person_approved_it(client: Client) -> None:
    draft = a_retold()
    assert TOLD.title not in public_page(client)
    published(draft)
    words = public_page(client)
    assert TOLD.title in words
    assert draft.case.number not in words


def test_it_is_withdrawn_at_any_time_by_one_person(client: Client) -> None:
    told = published()
    gone = typical_cases.withdraw(told, by=member("jiang"), at=LATER, because="当事人请求撤下。")
    assert TOLD.title not in public_page(client)
    assert (gone.withdrawn_by, gone.is_published) == (member("jiang").user, False)
    with pytest.raises(NotNow):
        typical_cases.withdraw(told, by=member("he"), at=LATER, because="再次")
    with pytest.raises(Invalid):
        typical_cases.withdraw(published(a_retold(closed(phone="13800006055"))), by=member("he"), at=LATER, because=" ")


def test_whoever_wrote_it_does_not_approve_it() -> None:
    draft = typical_cases.write(closed(), TOLD, by=member("yan"), at=LATER)
    waiting = typical_cases.propose(draft, by=member("he"), at=LATER)
    with pytest.raises(NotAllowed):
        typical_cases.approve(waiting, by=member("yan"), at=LATER)
    assert typical_cases.approve(waiting, by=member("jiang"), at=LATER).is_published


def test_a_case_in_confidence_is_never_retold() -> None:
    with pytest.raises(NotAllowed):
        a_retold(closed(confidential=True))


def test_a_case_sealed_meanwhile_is_neither_approved_nor_shown(client: Client) -> None:
    told = published()
    waiting = typical_cases.propose(a_retold(closed(phone="13800006055")), by=member("he"), at=LATER)
    Case.objects.update(confidential=True)
    with pytest.raises(NotAllowed):
        typical_cases.approve(waiting, by=member("yan"), at=LATER)
    public_reading.told.forget()
    assert told.title not in public_page(client)


def test_an_open_case_is_not_retold() -> None:
    with pytest.raises(NotNow):
        a_retold(dispatched())


def test_a_case_is_retold_once_at_a_time_and_again_after_it_was_withdrawn() -> None:
    told = published()
    with pytest.raises(NotNow):
        a_retold(told.case)
    typical_cases.withdraw(told, by=member("he"), at=LATER, because="改写。")
    assert a_retold(told.case).state == "draft"


@pytest.mark.parametrize(
    "words",
    [
        "请拨打 13912345678 联系。",
        "市民李晓燕反映井盖缺失。",
        "建设街 18 号门前缺井盖。",
        "身份证 350102199003071234 的市民反映。",
        "座机 0593-6000123。",
    ],
)
def test_what_would_tell_who_it_was_is_refused_wherever_it_stands(words: str) -> None:
    case = closed(name="李晓燕", phone="13800006021")
    for field in ("title", "words", "title_en", "words_en"):
        with pytest.raises(Invalid, match="who it was") as refusal:
            a_retold(case, replace(TOLD, **{field: words}))
        assert refusal.value.field == field


def test_the_cases_own_number_is_refused() -> None:
    case = closed()
    with pytest.raises(Invalid, match="who it was"):
        a_retold(case, replace(TOLD, words=f"工单 {case.number} 已办结。"))


@pytest.mark.parametrize("wrong", [{"title": ""}, {"words": "长" * 2001}, {"words_en": ""}])
def test_a_text_that_is_missing_or_too_long_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        a_retold(told=replace(TOLD, **wrong))


def test_the_database_keeps_what_was_approved() -> None:
    told = published()
    with pytest.raises(DatabaseError, match="approved"), transaction.atomic():
        TypicalCase.objects.filter(pk=told.pk).update(words="改")
    with pytest.raises(DatabaseError, match="approved"), transaction.atomic():
        told.delete()


@pytest.mark.parametrize("who", ["wang", "zhou", "sun", "shen"])
def test_others_retell_nothing(who: str) -> None:
    with pytest.raises(NotAllowed):
        typical_cases.write(closed(), TOLD, by=member(who), at=LATER)


def test_a_draft_is_written_sent_back_and_dropped_on_its_pages() -> None:
    case, he, yan = closed(), client_of("he"), client_of("yan")
    said = {"number": case.number, "title": TOLD.title, "words": TOLD.words}
    assert he.post("/publication/cases/write/", said | {"number": "123"}).status_code == 422
    assert he.post("/publication/cases/write/", said).status_code == 303
    draft = TypicalCase.objects.get()
    page = reverse("oversight:typical_case", args=[draft.pk])
    assert he.post(f"{page}revise/", said | {"title": "改后的标题"}).status_code == 303
    assert he.post(f"{page}propose/").status_code == 303
    assert yan.post(f"{page}send-back/", {"why": ""}).status_code == 422
    assert yan.post(f"{page}send-back/", {"why": "请去掉路名。"}).status_code == 303
    assert "请去掉路名。" in he.get(page).content.decode()
    assert he.post(f"{page}drop/").status_code == 303
    assert TypicalCase.objects.get().state == "dropped"


# -- Topics


def five() -> list[Case]:
    return [a_case(phone=f"1380000600{n}") for n in range(5)]


def test_a_topic_is_read_by_everybody_once_somebody_let_its_name_out(client: Client) -> None:
    topic = a_topic(*five())
    assert topic.name not in public_page(client)
    name = released(topic)
    assert topic.name in public_page(client)
    public_topics.withdraw(name, by=member("he"), at=LATER)
    assert topic.name not in public_page(client)
    with pytest.raises(NotNow):
        public_topics.withdraw(name, by=member("he"), at=LATER)


def test_a_name_let_out_once_is_not_let_out_again_and_holds_for_later_nights(client: Client) -> None:
    cases = five()
    released(a_topic(*cases))
    later = a_topic(*cases, at=LATER)
    with pytest.raises(NotNow):
        released(later)
    assert later.name in public_page(client)


def test_a_topic_of_fewer_than_the_minimum_is_not_shown(client: Client, settings: Any) -> None:
    released(a_topic(*five()))
    settings.PUBLIC_MINIMUM_N = 6
    public_reading.topics.forget()
    assert "和平里" not in public_page(client)


def test_a_released_name_is_read_as_somebody_worded_it_and_every_wording_keeps_its_author(client: Client) -> None:
    topic = a_topic(*five())
    name = released(topic)
    public_topics.reword(name, "和平里小区供暖不足", by=member("he"), at=LATER)
    public_topics.reword(name, "和平里小区供暖温度偏低", by=member("yan"), at=LATER)
    page = public_page(client)
    assert "和平里小区供暖温度偏低" in page
    assert topic.name not in page
    kept = public_topics.wordings([name.name])[name.name]
    assert [(one.serial, one.by.username) for one in kept] == [(2, "yan"), (1, "he")]
    for change in (lambda: TopicWording.objects.update(words="x"), lambda: TopicWording.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_wording_outlives_a_withdrawal(client: Client) -> None:
    topic = a_topic(*five())
    name = released(topic)
    public_topics.reword(name, "和平里小区供暖不足", by=member("he"), at=LATER)
    public_topics.withdraw(name, by=member("he"), at=LATER)
    with pytest.raises(NotNow):
        public_topics.reword(name, "和平里小区停暖两日", by=member("he"), at=LATER)
    assert "供暖不足" not in public_page(client)
    released(topic)
    assert "供暖不足" in public_page(client)


@pytest.mark.parametrize("words", ["", "暖", "长" * 61, "停暖请打 13912345678", "和平里小区停暖"])
def test_words_that_say_nothing_new_or_name_a_number_are_refused(words: str) -> None:
    name = released(a_topic(*five()))
    with pytest.raises(Invalid) as refusal:
        public_topics.reword(name, words, by=member("he"), at=LATER)
    assert refusal.value.field == "words"


@pytest.mark.parametrize("username", ["wang", "liu", "zhou", "jiang"])
def test_only_who_lets_names_out_rewords_them(username: str) -> None:
    name = released(a_topic(*five()))
    with pytest.raises(NotAllowed):
        public_topics.reword(name, "和平里小区供暖不足", by=member(username), at=LATER)


def test_a_name_is_reworded_on_the_page_with_its_history() -> None:
    name, he = released(a_topic(*five())), client_of("he")
    address = reverse("oversight:topic_reword", args=[name.pk])
    assert he.post(address, {"words": "和平里小区供暖不足"}).status_code == 303
    page = he.get("/publication/").content.decode()
    assert 'value="和平里小区供暖不足"' in page
    assert f"as found by the machine: <span data-given>{name.name}</span>" in page
    assert he.post(address, {"words": ""}).status_code == 422


def test_topics_are_let_out_and_taken_back_on_the_page() -> None:
    topic, he = a_topic(*five()), client_of("he")
    assert topic.name in he.get("/publication/").content.decode()
    said = {"name_en": "No heating in Heping Estate"}
    assert he.post(reverse("oversight:topic_release", args=[topic.pk]), said).status_code == 303
    assert said["name_en"] in Client().get("/figures/", headers={"accept-language": "en"}).content.decode()
    assert he.post(reverse("oversight:topic_release", args=[topic.pk + 1000])).status_code == 404
