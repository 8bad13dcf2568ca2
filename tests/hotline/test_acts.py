"""Acts: one transaction, one entry in the audit trail, and one answer however often a request is sent."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from cases import dispatching, intake
from cases.models import Case, CaseEvent
from hotline.acts import AlreadyAnswered, Invalid, KeyReused, NotAllowed, answering, part
from hotline.context import RequestContext, within
from hotline.models import AuditEntry, Message, RequestKey
from tests.people import member, unit
from tests.stories import MONDAY, a_case, a_registration, dispatched, footprint

BODY, OTHER_BODY = b"b" * 32, b"o" * 32


def _request(key: str = "k1", *, owner: str = "wang", body: bytes = BODY) -> RequestContext:
    return RequestContext(id="request-1", ip="10.0.0.7", owner=owner, key=key, fingerprint=body)


def _register(context: RequestContext) -> str:
    """What the edge does: register, and keep the number as the answer."""
    with within(context), answering(lambda case: case.number) as told:
        intake.register(a_registration(), by=member("wang"), at=MONDAY)
        return str(told.answer)


@pytest.mark.django_db
def test_a_repeat_of_a_request_gets_the_same_answer_and_does_nothing() -> None:
    number = _register(_request())
    with pytest.raises(AlreadyAnswered) as again:
        _register(_request())
    assert again.value.answer == number
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused() -> None:
    _register(_request())
    with pytest.raises(KeyReused):
        _register(_request(body=OTHER_BODY))
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_two_people_may_use_the_same_key() -> None:
    _register(_request(owner="wang"))
    _register(_request(owner="li"))
    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_act_leaves_its_key_free_for_a_better_try() -> None:
    with within(_request()), pytest.raises(Invalid):
        intake.register(a_registration(words=" "), by=member("wang"), at=MONDAY)
    assert not RequestKey.objects.exists()
    assert _register(_request())


@pytest.mark.django_db
def test_parts_of_one_request_have_keys_of_their_own() -> None:
    with within(_request()):
        for name in ("first", "second"):
            with part(name):
                intake.register(a_registration(), by=member("wang"), at=MONDAY)
    assert set(RequestKey.objects.values_list("key", flat=True)) == {"k1#first", "k1#second"}


@pytest.mark.django_db
def test_an_act_done_is_on_record_with_who_for_whom_and_from_where() -> None:
    with within(_request()):
        case = intake.register(a_registration(), by=member("wang"), at=MONDAY)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.result) == ("intake.register", "ok")
    assert (entry.actor_id, entry.organisation_id) == (member("wang").user_id, member("wang").organisation_id)
    assert (entry.object_type, entry.object_id) == ("cases.case", str(case.pk))
    assert (entry.request_id, entry.ip, entry.at) == ("request-1", "10.0.0.7", MONDAY)


@pytest.mark.django_db
def test_an_act_refused_is_on_record_and_has_changed_nothing() -> None:
    case = a_case()
    before = footprint(case)
    with pytest.raises(NotAllowed):
        dispatching.dispatch(case, by=member("wang"), at=MONDAY, version=case.version, unit=unit())
    entry = AuditEntry.objects.latest("id")
    assert (entry.act, entry.result, entry.reason) == ("dispatching.dispatch", "refused", "not_allowed")
    assert footprint(case) == before


@pytest.mark.django_db
def test_a_failure_half_way_leaves_nothing_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database refuses the very last row, the audit entry: gone are case, clocks, events, messages and key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''disk full''; END';"
            "CREATE TRIGGER fail BEFORE INSERT ON hotline_auditentry FOR EACH ROW EXECUTE FUNCTION fail()"
        )
    with pytest.raises(Exception, match="disk full"):
        _register(_request())
    assert not Case.objects.exists()
    assert not CaseEvent.objects.exists()
    assert not Message.objects.exists()
    assert not RequestKey.objects.exists()


def _at_once(n: int, act: Callable[[int], object]) -> list[object]:
    """The act by ``n`` people at the same moment; what each got, or what refused it."""
    start = Barrier(n)

    def one(number: int) -> object:
        try:
            start.wait(10)
            return act(number)
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(one, range(n)))


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_eight_times_at_once_makes_one_case() -> None:
    got = _at_once(8, lambda _n: _register(_request()))
    numbers = {g.answer if isinstance(g, AlreadyAnswered) else g for g in got}
    assert len(numbers) == 1, got
    assert list(Case.objects.values_list("number", flat=True)) == list(numbers)


@pytest.mark.django_db(transaction=True)
def test_of_two_dispatchers_at_once_one_is_told_what_the_other_did() -> None:
    case = a_case()
    version, later = case.version, MONDAY + timedelta(minutes=5)
    people = [member("zhou"), member("qin")]
    got = _at_once(2, lambda n: dispatching.dispatch(case, by=people[n], at=later, version=version, unit=unit()))
    refused = [g for g in got if isinstance(g, Exception)]
    assert [getattr(r, "code", r) for r in refused] == ["stale"]
    assert case.assignments.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_of_a_day_are_given_once_however_many_ask() -> None:
    got = _at_once(6, lambda _n: [intake.next_number(MONDAY.date()) for _ in range(20)])
    numbers = [number for some in got if isinstance(some, list) for number in some]
    assert len(set(numbers)) == 120


@pytest.mark.django_db(transaction=True)
def test_a_verb_inside_another_transaction_fails_loudly() -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        dispatched()
