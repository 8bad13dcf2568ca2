"""Queries whose SQL is made once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hotline.compiled import Compiled
from hotline.models import Membership, Organisation
from tests.people import member, unit

pytestmark = pytest.mark.django_db

with_all = Compiled(
    lambda name, now: (
        Membership.objects.current(now).select_related("user", "organisation__region").filter(user__username=name)
    ),
    name=str,
    now=datetime,
)


def test_it_finds_what_the_query_set_finds(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    wang = member("wang")
    with django_assert_num_queries(1):
        found = with_all.first(name="wang", now=timezone.now())
        assert found is not None
        assert (found.user.username, found.organisation.pk) == ("wang", wang.organisation_id)
    assert {f.attname: getattr(found, f.attname) for f in Membership._meta.concrete_fields} == {
        f.attname: getattr(member("wang"), f.attname) for f in Membership._meta.concrete_fields
    }


def test_the_only_one_is_there_or_missed_as_by_a_query_set() -> None:
    of_organisation = Compiled(lambda pk: Membership.objects.filter(organisation=pk), pk=int)
    assert with_all.get(name="wang", now=timezone.now()) == member("wang")
    with pytest.raises(Membership.DoesNotExist):
        with_all.get(name="nobody", now=timezone.now())
    with pytest.raises(Membership.MultipleObjectsReturned):
        of_organisation.get(pk=unit().pk)


def test_it_is_asked_anew_with_other_values() -> None:
    assert with_all(name="nobody", now=timezone.now()) == []
    assert [m.user.username for m in with_all(name="zhou", now=timezone.now())] == ["zhou"]
    assert with_all(name="zhou", now=timezone.now() - timedelta(days=20_000)) == []


def test_a_moment_stands_for_its_local_day_too() -> None:
    active = Compiled(lambda now: Organisation.objects.filter(active_from__lte=timezone.localdate(now)), now=datetime)
    long_ago = timezone.now() - timedelta(days=20_000)
    assert unit() in active(now=timezone.now())
    assert active(now=long_ago) == []


def test_what_is_reckoned_from_a_value_is_refused() -> None:
    later = Compiled(lambda now: Membership.objects.filter(created_at__lt=now + timedelta(days=1)), now=datetime)
    with pytest.raises(ValueError, match="depends on its values"):
        later(now=timezone.now())


def test_a_value_nobody_asks_for_is_refused() -> None:
    idle = Compiled(lambda n: Membership.objects.all(), n=int)
    with pytest.raises(ValueError, match="no place for n"):
        idle(n=1)
