"""Wordings, years and settings by versions: what is refused, what is in force on which day, and what keeps its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from string import Template
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases import surveys
from cases.models import Case, Survey
from cases.survey_rules import RULES
from hotline import approving, outbox, rulebook
from hotline.acts import Invalid
from hotline.calendar_versions import days_of, known_notice, worked_days
from hotline.models import Calendar, CalendarYear, Message, MessageTemplate, Proposal
from hotline.models.working_calendar import forget
from hotline.proposals import subject_of
from hotline.template_versions import names_in, parts_of_sms
from tests.doors import client_of
from tests.people import SHANGHAI, member
from tests.stories import a_case, accepted, survey_of

BODY = "【云州12345】已受理，工单号 $number，查询码 $code。"
WORDS = {"name": "受理告知", "name_en": "Registered", "body": BODY, "body_en": ""}


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    yield
    outbox.forget()
    forget()
    rulebook.versions.forget()


def changed(subject: str, target: str, given_: dict[str, Any], *, on: date | None = None) -> Proposal:
    """Song proposes, Yan approves, from today on if not said otherwise."""
    at, on = timezone.now(), on or timezone.localdate()
    row = approving.propose(subject, target, given_, valid_from=on, why="依据最新通知。", by=member("song"), at=at)
    return approving.approve(row, by=member("yan"), at=at)


# -- Wordings


@pytest.mark.django_db
def test_a_message_is_written_in_the_wording_of_its_day_and_keeps_it() -> None:
    before = a_case(timezone.now())
    tomorrow = timezone.localdate() + timedelta(days=1)
    changed("message_template", "registered", WORDS, on=tomorrow)
    today_, after = a_case(timezone.now()), a_case(timezone.now() + timedelta(days=1))
    versions = {
        number: Message.objects.get(about=number, channel="sms").template.version
        for number in (before.number, today_.number, after.number)
    }
    assert list(versions.values()) == [1, 1, 2]
    old = MessageTemplate.objects.get(key="registered", version=1)
    assert old.retired_at == datetime.combine(tomorrow, time(), SHANGHAI)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ({"body": "【云州12345】已受理 $number，$code，$price 元。"}, "body", r"\$price"),
        ({"body": "【云州12345】已受理 $number。"}, "body", r"still hold \$code"),
        ({"body": "$number $code 只需 5$ 。"}, "body", "dollar"),
        ({"body": ""}, "body", "Chinese words"),
        ({"body": "$number $code" + "好" * 500}, "body", "500"),
        ({"body_en": "Registered: $number."}, "body_en", r"still hold \$code"),
    ],
)
def test_words_that_could_not_be_sent_are_refused_at_their_field(words: dict[str, str], field: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        changed("message_template", "registered", {**WORDS, **words})
    assert refused.value.field == field


@pytest.mark.django_db
def test_a_wording_is_never_rewritten() -> None:
    with pytest.raises(ProgrammingError, match="only retired"), transaction.atomic():
        MessageTemplate.objects.filter(key="registered").update(body="改")


@pytest.mark.django_db
def test_every_wording_that_was_brought_could_be_proposed_again() -> None:
    subject = subject_of("message_template")
    draft = Proposal(valid_from=timezone.localdate())
    for row in MessageTemplate.objects.all():
        values = {name: getattr(row, name) for name in ("name", "name_en", "body", "body_en")}
        assert subject.clean(row.key, values, draft) == values


@given(st.text(alphabet="好$number{} a", max_size=40))
def test_words_are_either_refused_or_can_be_filled_in(text: str) -> None:
    try:
        names = names_in(text)
    except Invalid:
        return
    Template(text).substitute(dict.fromkeys(names, "x"))


@given(st.integers(0, 700))
def test_an_sms_has_as_many_parts_as_its_length_needs(n: int) -> None:
    parts = parts_of_sms("好" * n)
    assert parts == 1 if n <= 70 else (parts - 1) * 67 < n <= parts * 67


# -- Years


@pytest.mark.django_db
def test_a_year_counts_once_a_second_person_approved_its_notice() -> None:
    city = Calendar.objects.get(code="city")
    new_year = date(2027, 1, 1)
    assert city.working().is_working_day(new_year)  # a Friday, and nobody's word yet
    days, _warning = known_notice(2027)
    changed("calendar_year", "city:2027", {"days": days, "source": "国务院办公厅通知"})
    row = CalendarYear.objects.get(calendar=city, year=2027)
    assert (row.state, row.approved_by, row.source) == ("approved", member("yan").user, "国务院办公厅通知")
    assert row.proposal is not None
    assert days_of(city, 2027) == sorted(days)
    forget()  # what happens at the commit
    assert not city.working().is_working_day(new_year)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([["2027-02-30", "holiday", "春节", ""]], "no date"),
        ([["2028-01-01", "holiday", "元旦", ""]], "not in 2027"),
        ([["2027-01-01", "feast", "元旦", ""]], "what it is"),
        ([["2027-01-01", "holiday", "", ""]], "what it is"),
        ([["2027-01-04", "makeup", "班", ""]], "worked anyway"),
        ([["2027-01-01", "holiday", "元旦", ""]] * 2, "twice"),
        ([], "its days"),
    ],
)
def test_a_notice_that_makes_no_sense_is_refused(days: list[list[str]], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        changed("calendar_year", "city:2027", {"days": days, "source": "通知"})


@pytest.mark.django_db
def test_the_dry_run_of_a_year_counts_its_working_days() -> None:
    city = Calendar.objects.get(code="city")
    days = [["2027-01-01", "holiday", "元旦", "New Year"], ["2027-01-02", "makeup", "调休上班", ""]]
    plain = worked_days(city, 2027, None)
    assert worked_days(city, 2027, {"days": days}) == plain  # a Friday less, a Saturday more
    assert worked_days(city, 2027, {"days": days[:1]}) == plain - 1


@pytest.mark.django_db
def test_a_due_time_once_given_stays_when_its_year_is_approved() -> None:
    case = a_case(datetime(2031, 12, 30, 10, tzinfo=SHANGHAI))
    assert case.provisional
    changed("calendar_year", "city:2032", {"days": [["2032-01-01", "holiday", "元旦", ""]], "source": "通知"})
    assert Case.objects.get(pk=case.pk).promise_due_at == case.promise_due_at


# -- Asking citizens


@pytest.mark.django_db
def test_a_survey_keeps_the_rules_of_the_day_it_began() -> None:
    at = timezone.now()
    old = survey_of(accepted(at=at - timedelta(days=2), phone="0593-2345678"))
    changed("survey", "all", {"reminder_hours": 12, "callbacks": 1})
    new = survey_of(accepted(at=at, phone="0593-2345679"))
    assert (surveys.callbacks_of(old), surveys.callbacks_of(new)) == (3, 1)
    _call(new)
    assert Survey.objects.get(pk=new.pk).ended_at is not None
    _call(old)
    assert Survey.objects.get(pk=old.pk).ended_at is None
    assert RULES.on(at) == {"reminder_hours": 12, "callbacks": 1}


def _call(survey: Survey) -> None:
    surveys.call_back(survey, by=member("zheng"), at=timezone.now(), result="no_answer")


# -- The pages


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["rulebooks", "templates", "approvals"])
@pytest.mark.parametrize(("who", "opens"), {"yan": 200, "song": 200, "shen": 200, "wang": 403, "liu": 403}.items())
def test_who_looks_at_the_rules(name: str, who: str, opens: int) -> None:
    assert client_of(who).get(reverse(f"hotline:{name}")).status_code == opens


@pytest.mark.django_db
def test_a_year_is_typed_a_day_a_line_and_what_cannot_be_read_is_named() -> None:
    song = client_of("song")
    url = reverse("hotline:propose_year") + "?calendar=city&year=2027"
    assert "2027-01-01 holiday" in song.get(url).context["form"]["days"].value()
    typed = {"source": "通知", "valid_from": timezone.localdate().isoformat(), "why": "依通知。", "act": "try"}
    answer = song.post(url, {**typed, "days": "2027-01-01 放假 元旦\n2027-01-02 班 调休上班 | Make-up day"})
    assert answer.status_code == 200
    becomes = [d.becomes for d in answer.context["tried"]["differences"]]
    assert becomes[1:] == ["Holiday · 元旦", "Make-up working day · 调休上班"]
    wrong = song.post(url, {**typed, "days": "2027-01-01 元旦"})
    assert wrong.status_code == 422
    assert "2027-01-01 元旦" in str(wrong.context["form"].errors["days"])
    assert not Proposal.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("book", ["urging", "survey"])
def test_a_book_of_rules_is_typed_tried_out_and_proposed(book: str) -> None:
    song = client_of("song")
    url = reverse("hotline:propose_rules") + f"?book={book}"
    form = song.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    name = {"urging": "urge_days", "survey": "callbacks"}[book]
    answer = song.post(url, {**typed, name: 2, "why": "试行。", "act": "try"})
    assert [d.name for d in answer.context["tried"]["differences"] if d.changed] == [str(form[name].label)]
    song.post(url, {**typed, name: 2, "why": "试行。", "act": "propose"})
    assert Proposal.objects.get().change[name] == 2
