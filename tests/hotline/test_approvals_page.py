"""The pages on which rules are changed: typed, tried out, proposed, compared, approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.forms.policies import PolicyForm
from cases.models import DeadlinePolicy
from hotline.models import Proposal, ProposalState
from tests.doors import client_of
from tests.rules import WHY, limit, proposed

pytestmark = pytest.mark.django_db


def typed(**changed: Any) -> dict[str, Any]:
    """The form of the general handling limit as it stands, with some of it changed."""
    form = PolicyForm(before=limit(), first=timezone.localdate())
    given = {name: form[name].value() for name in form.fields}
    given = {name: "" if value is None else value for name, value in given.items() if value is not False}
    return {**given, "valid_from": timezone.localdate().isoformat(), "why": WHY, **changed}


def address(policy: DeadlinePolicy | None = None) -> str:
    return f"{reverse('cases:propose_policy')}?from={(policy or limit()).pk}"


def test_trying_out_shows_what_it_would_do_and_keeps_nothing() -> None:
    page = client_of("song").post(address(), typed(amount=3, act="try")).content.decode()
    assert "3 working days" in page
    assert "4 working days" in page
    assert "they keep it" in page
    assert not Proposal.objects.exists()


def test_what_was_tried_out_is_proposed_and_approved_by_somebody_else() -> None:
    song, yan = client_of("song"), client_of("yan")
    answer = song.post(address(), typed(amount=3, act="propose"))
    proposal = Proposal.objects.get()
    assert answer["Location"] == reverse("hotline:approval", args=[proposal.pk])
    own = song.get(answer["Location"]).content.decode()
    assert "somebody else decides" in own
    assert reverse("hotline:decide", args=[proposal.pk]) not in own
    assert "4 working days" in yan.get(answer["Location"]).content.decode()
    yan.post(reverse("hotline:decide", args=[proposal.pk]), {"act": "approve", "ruling": ""})
    assert limit().amount == 3
    assert Proposal.objects.get().state == ProposalState.APPROVED


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays() -> None:
    answer = client_of("song").post(address(), typed(amount=3, yellow_n="many", act="propose"))
    assert answer.status_code == 422
    assert "yellow_n" in answer.context["form"].errors
    assert answer.context["form"]["amount"].value() == "3"
    answer = client_of("song").post(address(), typed(amount=3, max_extension=0, act="try"))
    assert "max_extension" in answer.context["form"].errors


def test_a_rejection_without_a_reason_comes_back_with_a_sentence() -> None:
    url = reverse("hotline:decide", args=[proposed().pk])
    answer = client_of("yan").post(url, {"act": "reject", "ruling": ""})
    assert answer.status_code == 422
    assert "Say why it is rejected." in answer.content.decode()


def test_the_list_of_limits_leads_to_the_change_that_waits() -> None:
    proposal = proposed()
    page = client_of("song").get(reverse("cases:policies")).content.decode()
    assert reverse("hotline:approval", args=[proposal.pk]) in page
    assert reverse("cases:propose_policy") not in client_of("liu").get(reverse("cases:policies")).content.decode()


def test_the_list_asks_the_same_however_many_there_are(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    yan = client_of("yan")
    clocks = ["handle", "sign", "promise", "contact", "review"]
    for clock in clocks:
        proposed(limit(clock), amount=7)
    with django_assert_max_num_queries(7):
        rows = _rows(yan)
    assert len(rows) == len(clocks)


def _rows(client: Client) -> list[Proposal]:
    rows: list[Proposal] = client.get(reverse("hotline:approvals")).context["rows"]
    return rows


def test_the_list_of_those_that_wait_leaves_out_what_was_decided() -> None:
    proposal, yan = proposed(), client_of("yan")
    yan.post(reverse("hotline:decide", args=[proposal.pk]), {"act": "reject", "ruling": "暂缓"})
    assert _rows(yan) == []
    assert [p.pk for p in yan.get(reverse("hotline:approvals"), {"state": "all"}).context["rows"]] == [proposal.pk]
