"""Staff brought to a state through the verbs: Luo manages Jia's people, Song checks proofs, Yan heads the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cases.attachments import Upload
from contractors import employing, proofs
from contractors.models import Contract, Employment, Proof
from contractors.proofs import people_named
from hotline import people
from hotline.models import Membership, Organisation, User
from tests.contractors.stories import signed
from tests.people import local, member, unit

YEAR_BEGINS, YEAR_ENDS = local("2026-01-01 00:00"), local("2027-01-01 00:00")
RECORDED = local("2025-12-20 09:00")
PDF = b"%PDF-1.7 one page"


def contract_of(code: str = "JIA", year: int = 2026, **given: Any) -> Contract:
    """A contract of one calendar year; each contractor has a lot of its own."""
    names: dict[str, Any] = {"organisation": unit(code), "number": f"YZ-{code}-{year}", "lots": [f"{code}标段"]}
    days = {"first_day": date(year, 1, 1), "last_day": date(year, 12, 31)}
    return signed(at=local(f"{year - 1}-12-15 10:00"), **(names | days | given))


def person(username: str) -> User:
    return User.objects.get(username=username)


def employed(
    username: str = "wang", contract: Contract | None = None, *, at: datetime = RECORDED, **given: Any
) -> Employment:
    """Put on record by the head of the office, from the contract's first second on."""
    under = contract or Contract.objects.get(number="YZ-JIA-2026")
    plain = {"since": under.term.lower}
    return employing.employ(under, person(username), by=member("yan"), at=at, **(plain | given))


def left(employment: Employment, *, by: str = "luo", at: datetime | None = None, **given: Any) -> Employment:
    plain = {"leaving": "resigned", "why": "个人原因"}
    return employing.end(employment, by=member(by), at=at or timezone.now(), **(plain | given))


def a_contractor(code: str) -> Organisation:
    """One that never had a contract, nor people."""
    return Organisation.objects.create(code=code, name=f"{code}公司", kind="contractor", active_from=date(2015, 1, 1))


def an_agent(username: str, body: Organisation, since: datetime, until: datetime | None = None) -> Membership:
    """Somebody with a role for as long as it was given."""
    user = User.objects.filter(username=username).first() or people.enrolled([(username, username, "", username)])[0]
    Membership.objects.create(user=user, organisation=body, role="agent", valid=(since, until))
    return Membership.objects.get(user=user, organisation=body, valid__startswith=since)


def brought(
    kind: str = "insurance",
    on: date = date(2026, 2, 10),
    *,
    by: str = "luo",
    contract: Contract | None = None,
    text: str = "",
    content: bytes = PDF,
    at: datetime | None = None,
    **given: Any,
) -> Proof:
    """A file about everybody employed then, unless ``text`` names some."""
    under = contract or Contract.objects.get(number="YZ-JIA-2026")
    about = people_named(under, text, kind, on)
    upload = Upload("证明.pdf", content)
    when = at or timezone.now()
    return proofs.submit(under, upload, by=member(by), at=when, kind=kind, on=on, people=about, **given)


def accepted(kind: str = "insurance", on: date = date(2026, 2, 10), **given: Any) -> Proof:
    row = brought(kind, on, content=PDF + f"{kind}{on}{given.get('text')}".encode(), **given)
    return proofs.accept(row, by=member("song"), at=timezone.now())
