"""Proofs about staff: brought by one person, checked by another, kept sealed; and who opened them is kept too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import sealed_files
from cases.attachments import Upload, checked
from cases.file_types import clean_name
from cases.permissions import check
from contractors.employing import check_contract
from contractors.models import Contract, Employment, Proof, ProofKind, ProofLine, ProofState
from contractors.models.proof import MONTHLY
from contractors.staff_measures import month_of
from hotline import audit
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.calendar import Period
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

TITLE_LIMIT, WHY_LIMIT, PEOPLE_LIMIT = 120, 300, 2_000
MOST_HOURS, MOST_WAGE = Decimal(300), Decimal(1_000_000)


@dataclass(frozen=True)
class About:
    """Somebody a proof is about, with the hours of training or the yuan paid, if it says so."""

    employment: Employment
    value: Decimal | None = None


def people_named(contract: Contract, text: str, kind: str, on: date) -> list[About]:
    """One person a line: staff number or user name, and hours or yuan if the kind has them. Nothing written: everybody
    employed under the contract in that month, or on that day. Raises Invalid naming the line."""
    period = month_of(on) if kind in MONTHLY else Period.days(on, on)
    there = Employment.objects.filter(contract=contract).within(period).select_related("user").order_by("pk")
    lines = [line.split() for line in text.replace(",", " ").replace("，", " ").splitlines() if line.strip()]
    if not lines:
        return [About(row) for row in there]
    if len(lines) > PEOPLE_LIMIT:
        raise Invalid(_("At most %(n)s lines.") % {"n": PEOPLE_LIMIT}, field="people")
    known = {name: row for row in there for name in (row.user.username, row.user.staff_number) if name}
    found: dict[int, About] = {}
    for n, words in enumerate(lines, start=1):
        row = known.get(words[0])
        if row is None:
            raise Invalid(
                _("Line %(n)s: nobody with the number %(who)s was employed then.") % {"n": n, "who": words[0][:40]},
                field="people",
            )
        if row.pk in found:
            raise Invalid(_("Line %(n)s: %(who)s is named twice.") % {"n": n, "who": words[0][:40]}, field="people")
        found[row.pk] = About(row, _value(kind, words[1:], n))
    return list(found.values())


def _value(kind: str, words: Sequence[str], n: int) -> Decimal | None:
    if not words:
        return None
    most = {ProofKind.TRAINING: MOST_HOURS, ProofKind.WAGE: MOST_WAGE}.get(ProofKind(kind))
    try:
        value = Decimal(words[0])
    except InvalidOperation:
        value = Decimal("NaN")
    if most is None or len(words) > 1 or not value.is_finite() or not 0 < value <= most:
        raise Invalid(
            _("Line %(n)s: “%(what)s” cannot stand here.") % {"n": n, "what": " ".join(words)[:40]}, field="people"
        )
    return value


@verb
def submit(
    contract: Contract,
    upload: Upload,
    *,
    by: Membership,
    at: datetime,
    kind: str,
    on: date,
    people: Sequence[About],
    title: str = "",
    hours: Decimal | None = None,
) -> Proof:
    """Bring a file that proves something about people of a contract. ``on`` is the day, or one of the month it is for.

    ``hours`` are for everybody a training is about who has none of the own. The file is written before the row.
    """
    check_contract(contract, by)
    if kind not in ProofKind.values:
        raise Invalid(_("Say what the file proves."), field="kind")
    if kind == ProofKind.WAGE and not by.can(Capability.WAGE_READ):
        raise NotAllowed(_("What people are paid is not within your reach."))
    if on > timezone.localdate(at):
        raise Invalid(_("This day is yet to come."), field="on")
    if len(title := clean_text(title)) > TITLE_LIMIT:
        raise Invalid(_("At most %(n)s characters.") % {"n": TITLE_LIMIT}, field="title")
    if not people:
        raise Invalid(_("Nobody was employed under this contract then."), field="on")
    if kind == ProofKind.TRAINING and not all(about.value or hours for about in people):
        raise Invalid(_("Say how many hours the training took."), field="hours")
    found, content = checked(upload)
    row = Proof(
        contract=contract,
        kind=kind,
        month=on.replace(day=1) if kind in MONTHLY else None,
        on=None if kind in MONTHLY else on,
        title=title,
        file_name=clean_name(upload.name, found),
        content_type=found,
        size=len(content),
        digest=hashlib.sha256(content).digest(),
        submitted_by_id=by.user_id,
        submitted_at=at,
    )
    sealed_files.keep(row.pk, content)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Invalid(_("This file was brought before."), field="file") from None
    ProofLine.objects.bulk_create([_line(row, about, hours) for about in people])
    return row


def _line(row: Proof, about: About, hours: Decimal | None) -> ProofLine:
    line = ProofLine(proof=row, employment=about.employment)
    if row.kind == ProofKind.TRAINING:
        line.hours = about.value or hours
    elif row.kind == ProofKind.WAGE and about.value is not None:
        line.amount = str(about.value)
    return line


@verb
def accept(proof: Proof, *, by: Membership, at: datetime) -> Proof:
    """It proves what it says, and counts from now on. Raises NotAllowed for whoever brought it."""
    return _checked(proof, ProofState.ACCEPTED, "", by=by, at=at)


@verb
def reject(proof: Proof, *, by: Membership, at: datetime, why: str) -> Proof:
    """It does not; whoever brought it reads why and may bring another."""
    if not (why := clean_text(why)):
        raise Invalid(_("Say why it is rejected."), field="why")
    if len(why) > WHY_LIMIT:
        raise Invalid(_("At most %(n)s characters.") % {"n": WHY_LIMIT}, field="why")
    return _checked(proof, ProofState.REJECTED, why, by=by, at=at)


def _checked(proof: Proof, state: ProofState, why: str, *, by: Membership, at: datetime) -> Proof:
    check(by, Capability.PROOF_CHECK)
    row = Proof.objects.select_for_update().get(pk=proof.pk)
    if row.state != ProofState.SUBMITTED:
        raise NotNow(_("This was checked before: %(state)s.") % {"state": row.get_state_display()})
    if row.submitted_by_id == by.user_id:
        raise NotAllowed(_("You brought this; somebody else must check it."))
    row.state, row.why, row.checked_by_id, row.checked_at = state, why, by.user_id, at
    row.save(update_fields=["state", "why", "checked_by", "checked_at"])
    return row


def content_of(proof: Proof, *, by: Membership, at: datetime) -> bytes:
    """The file, for somebody who sees the proof; who opened it stays in the audit trail."""
    content = sealed_files.content_of(proof.pk)
    audit.record("proofs.open", by=by, at=at, thing=proof, details={"kind": proof.kind})
    return content


def wages_of(proof: Proof, *, by: Membership, at: datetime) -> dict[object, str]:
    """Per line what was paid; that it was looked at is kept. Nothing for those whom it does not concern."""
    if proof.kind != ProofKind.WAGE or not by.can(Capability.WAGE_READ):
        return {}
    audit.record("proofs.wages", by=by, at=at, thing=proof)
    return {line.pk: line.amount or "" for line in proof.lines.all()}


def missing_files() -> Iterator[str]:
    """After a restore: proofs whose file is not there."""
    lost = [
        str(pk)
        for pk in Proof.objects.order_by("pk").values_list("pk", flat=True).iterator()
        if not sealed_files.path_for(pk).exists()
    ]
    if lost:
        yield f"{len(lost)} files that prove something about staff are missing: {', '.join(lost[:20])}."
