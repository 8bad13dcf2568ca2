"""What the bench copies is what the verbs write, column by column."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from bench.speed import copies, loading, patterns
from bench.speed.city import FIRST, City, Drawn
from bench.speed.fates import FATES
from cases import search
from cases.models import Case, CaseEvent, CaseText, Citizen
from hotline.models import AuditEntry, Message
from hotline.privacy import EncryptedTextField, blind_index
from tests.people import member

pytestmark = pytest.mark.django_db
N = 200
# What each copy has of its own: names, places and texts drawn anew, and the secrets of a link
OWN = {
    Case: {"number", "title", "words", "place", "category", "region", "channel", "citizen", "taken_by_organisation"}
    | {"unit", "proposed_unit", "routing"},
    CaseText: {"bigrams", "case"},
    Citizen: {"phone_index", "last4_index", "address"},
    Message: {"about", "provider_id", "to_organisation"},
    CaseEvent: {"payload"},
    AuditEntry: {"object_id", "request_id"},
}


@pytest.fixture
def city() -> City:
    with connection.cursor() as cursor:  # as in a city without a case, however many other tests have had
        cursor.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), 1)")
    drawn = replace(loading.found_city(7, texts=300), until=timezone.now(), total=N)
    copies.write(drawn, 0, N)
    return drawn


def rows_of(model: type[models.Model], case: Case) -> list[models.Model]:
    """The case's rows in a table, in the order they were written."""
    of: dict[Any, dict[str, Any]] = {
        Case: {"pk": case.pk},
        Citizen: {"pk": case.citizen_id},
        Message: {"about": case.number},
        AuditEntry: {"object_type": "cases.case", "object_id": str(case.pk)},
    }
    return list(model._default_manager.filter(**of.get(model, {"case": case.pk})).order_by("pk"))


def is_own(model: type[models.Model], field: Any) -> bool:
    within = field.is_relation and field.related_model not in (Case, Citizen, *patterns.COPIED, Message)
    drawn_anew = field.name in OWN.get(model, ()) or (field.name, within) in (("unit", True), ("organisation", True))
    return drawn_anew or field.primary_key or (field.is_relation and not within) or field.name == "digest"


def test_a_copy_is_what_the_verbs_wrote(city: City) -> None:
    for fate in range(len(FATES)):
        lived = Case.objects.get(number=city.lived[fate].case["number"])
        drawn = copied(city, fate)
        copy, shift = Case.objects.get(pk=FIRST + drawn.n), drawn.at - city.lived[fate].began
        for model in loading.WRITTEN:
            for one, other in zip(rows_of(model, lived), rows_of(model, copy), strict=True):
                for field in model._meta.concrete_fields:
                    assert_alike(model, field, one, other, shift)
    connection.check_constraints()


def copied(city: City, fate: int) -> Drawn:
    """A copy of that fate whose citizen called for the first time; made now if there is none."""
    first_calls = (d for d in map(city.case, range(N)) if d.fate == fate and d.citizen == d.n)
    if found := next(first_calls, None):
        return found
    only = replace(city, only=fate)
    made = next(d for d in map(only.case, range(N + fate * 50, N + fate * 50 + 50)) if d.citizen == d.n)
    copies.write(only, made.n, made.n + 1)
    return made


def assert_alike(model: type[models.Model], field: Any, one: Any, other: Any, shift: Any) -> None:
    first, second = getattr(one, field.attname), getattr(other, field.attname)
    where = (model.__name__, field.name, first, second)
    if isinstance(field, EncryptedTextField):
        assert field.name == "address" or isinstance(second, type(first)), where  # opened: sealed for its own row
    elif is_own(model, field):
        assert (first is None) == (second is None), where
        assert first is None or isinstance(second, type(first)), where
    elif isinstance(first, datetime) and model is not Citizen:
        assert second - first == shift, where
    elif not isinstance(first, datetime):
        assert second == first, where


def test_copies_are_found_as_cases_are(city: City) -> None:
    some = [d for d in map(city.case, range(N)) if d.citizen == d.n][:5]
    yan, now = member("yan"), timezone.now()
    for drawn in some:
        case = Case.objects.select_related("citizen").get(pk=FIRST + drawn.n)
        assert case.citizen is not None
        phone = case.citizen.phone or ""
        assert bytes(case.citizen.phone_index or b"") == blind_index("citizen.phone", phone)
        assert bytes(case.citizen.last4_index or b"") == blind_index("citizen.phone_last4", phone)
        assert case in search.find(phone, by=yan, at=now)
        assert case in search.find(f"门牌{drawn.n + 1}", by=yan, at=now)
        text = CaseText.objects.extra(
            where=["bigrams = %s::tsvector"], params=[search.vector_literal(search.text_of(case))]
        )
        assert text.filter(pk=case.pk).exists()
