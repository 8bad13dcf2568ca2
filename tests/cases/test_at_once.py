"""Two people, or two windows, at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from cases import handling, identity, intake
from cases.models import Assignment, Case, CaseEvent, Draft, ReplyDraft, Reveal
from hotline.acts import Refusal
from tests.doors import client_of
from tests.people import member
from tests.stories import MONDAY, a_registration, dispatched, lead, signed

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY + timedelta(hours=1)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What becomes of acts that begin together: a result, or the refusal."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            ready.wait(timeout=10)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_at_the_limit_only_one_of_several_parallel_looks_is_granted(settings: object) -> None:
    settings.REVEALS_PER_HOUR = 3  # type: ignore[attr-defined]
    case, sun = dispatched(), member("sun")
    for _ in range(2):
        identity.reveal(case, by=sun, at=LATER, reason="contact")
    told = at_once(*[lambda: identity.reveal(case, by=sun, at=LATER, reason="contact")] * 6)
    assert sum(isinstance(answer, Reveal) for answer in told) == 1
    assert Reveal.objects.count() == 3


def test_a_record_sent_from_two_windows_becomes_one_case() -> None:
    wang = member("wang")
    draft = intake.open_draft(by=wang, at=MONDAY, fields={})
    told = at_once(*[lambda: intake.register(a_registration(), by=wang, at=MONDAY, draft=draft)] * 4)
    assert sum(isinstance(answer, Case) for answer in told) == 1
    assert sum(isinstance(answer, Refusal) for answer in told) == 3
    assert (Case.objects.count(), Draft.objects.count()) == (1, 0)


def test_nobody_makes_a_case_of_another_persons_draft() -> None:
    draft = intake.open_draft(by=member("wang"), at=MONDAY, fields={})
    with pytest.raises(Refusal):
        intake.register(a_registration(), by=member("li"), at=MONDAY, draft=draft)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_the_first_look_and_its_trace_are_written_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assignment, sun = lead(dispatched()), member("sun")

    def fails(*_rows: object) -> None:
        raise RuntimeError("the server dies here")

    with monkeypatch.context() as dying:
        dying.setattr("cases.workflow.ledger.add", fails)
        with pytest.raises(RuntimeError):
            handling.mark_opened(assignment, by=sun, at=LATER)
    assert Assignment.objects.get(pk=assignment.pk).opened_at is None
    at_once(*[lambda: handling.mark_opened(assignment, by=sun, at=LATER)] * 4)
    assert CaseEvent.objects.filter(case=assignment.case_id, kind="opened").count() == 1


def kept(answers: list[object]) -> list[int]:
    return [answer.status_code for answer in answers]  # type: ignore[attr-defined]


def test_of_windows_that_begin_a_reply_together_one_is_kept_and_the_others_are_told() -> None:
    case = signed()
    windows = [client_of("liu") for _ in range(4)]

    def save(n: int) -> object:
        return windows[n].post(
            f"/cases/{case.number}/draft/", {"public_reply": f"窗口 {n}", "page": f"p{n}", "seen": ""}
        )

    assert sorted(kept(at_once(*[partial(save, n) for n in range(4)]))) == [200, 409, 409, 409]
    draft = ReplyDraft.objects.get()
    assert kept([save(int(draft.fields["page"][1:]))]) == [200]


def test_a_window_that_saw_what_the_other_saved_may_go_on_from_there() -> None:
    case, liu = signed(), client_of("liu")
    address = f"/cases/{case.number}/draft/"
    liu.post(address, {"public_reply": "第一个窗口", "page": "first", "seen": ""})
    seen = ReplyDraft.objects.get().saved_at.isoformat()
    told = [liu.post(address, {"public_reply": "第二个窗口", "page": "second", "seen": at}) for at in ("", seen)]
    assert kept(list(told)) == [409, 200]


def test_of_windows_that_save_a_record_together_none_overwrites_another_unseen() -> None:
    wang = member("wang")
    draft = intake.open_draft(by=wang, at=MONDAY, fields={"page": "opened"})
    windows, seen = [client_of("wang") for _ in range(4)], Draft.objects.get().saved_at.isoformat()

    def save(n: int) -> object:
        return windows[n].post(f"/console/drafts/{draft.pk}/", {"words": f"窗口 {n}", "page": f"p{n}", "seen": seen})

    told = kept(at_once(*[partial(save, n) for n in range(4)]))
    assert sorted(told) == [200, 409, 409, 409]
    assert Draft.objects.get().fields["words"] == f"窗口 {told.index(200)}"
