"""The hand-over at the end of a contract: ticked off step by step, signed by two people, then it is closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from cases.permissions import check
from contractors import handover_file, running_work
from contractors.handover_state import left_to_do
from contractors.models import Closing, Contract, Step, StepDone
from hotline import audit
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, User
from hotline.plain_text import clean_text
from hotline.roles import CONTRACTOR, Capability

NOTE_LIMIT, TEXT_LIMIT, WHY_LIMIT = 300, 2_000, 200
SHORTEST = timedelta(microseconds=1)


@verb
def begin(contract: Contract, *, by: Membership, at: datetime) -> Closing:
    """Open the checklist of a contract's end; before it ends, so that there is time, or after."""
    check(by, Capability.CLOSING_MANAGE)
    if contract.signed_at is None:
        raise NotNow(_("The contract is not signed yet."))
    try:
        with transaction.atomic():
            return Closing.objects.create(contract=contract, opened_by_id=by.user_id, opened_at=at)
    except IntegrityError:
        raise NotNow(_("The hand-over of this contract was begun before.")) from None


@verb
def end_contract(contract: Contract, *, by: Membership, at: datetime, because: str) -> Contract:
    """End the contract at this second, before its term is over: so does every employment and every access under it."""
    check(by, Capability.CONTRACT_SIGN)
    if not because.strip():
        raise Invalid(_("Say why. It is kept in the audit trail."), field="because")
    if len(because) > WHY_LIMIT:
        raise Invalid(_("Say it in %(n)s characters.") % {"n": WHY_LIMIT}, field="because")
    row = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if row.signed_at is None:
        raise NotNow(_("The contract is not signed yet."))
    if row.term.upper <= at:
        raise NotNow(_("The contract has ended already."))
    row.term = DateTimeTZRange(row.term.lower, max(at, row.term.lower + SHORTEST))
    row.save(update_fields=["term"])
    return row


@verb
def tick(closing: Closing, *, by: Membership, at: datetime, step: str, note: str) -> Closing:
    """Note that a step is done, and how. Raises NotNow if it was before."""
    row = _open(closing, by)
    if step not in Step.values:
        raise Invalid(_("Choose a step of the list."), field="step")
    if not (note := clean_text(note)) or len(note) > NOTE_LIMIT:
        raise Invalid(_("Write what was done, in at most %(n)s characters.") % {"n": NOTE_LIMIT}, field="note")
    made = {"note": note, "done_by_id": by.user_id, "done_at": at}
    _done, fresh = StepDone.objects.get_or_create(closing=row, step=step, defaults=made)
    if not fresh:
        raise NotNow(_("This step was ticked off before."))
    return row


@verb
def pass_on(
    closing: Closing, *, by: Membership, at: datetime, owner: User | None, to: Membership
) -> tuple[Closing, int]:
    """Give records in progress, of one person or of everybody, to somebody who goes on with them. Returns how many."""
    row = _open(closing, by)
    drafts = running_work.of_contractor(row.contract.organisation, at).drafts
    owners = set(drafts.order_by().values_list("owner", flat=True)) - {to.user_id}
    if owner is not None:
        owners &= {owner.pk}
    return row, sum(running_work.pass_drafts(pk, to, by=by, at=at) for pk in sorted(owners))


@verb
def export(closing: Closing, *, by: Membership, at: datetime) -> tuple[Closing, bytes]:
    """The successor's file. What it holds and who took it stays in the trail."""
    row = _locked(closing, by)
    content, counts = handover_file.file_of(row.contract, at)
    row.exported_at = at
    row.save(update_fields=["exported_at"])
    audit.record("handover.file", by=by, at=at, thing=row, details=counts)
    return row, content


@verb
def sign(closing: Closing, *, by: Membership, at: datetime, deleted: str = "", returned: str = "") -> Closing:
    """Stand for the certificate. The first says what was deleted and returned, another confirms it; one at least is of
    the office. Raises NotNow while anything is left to do."""
    check(by, Capability.CLOSING_SIGN)
    row = Closing.objects.select_for_update(of=("self",)).select_related("contract__organisation").get(pk=closing.pk)
    if by.role in CONTRACTOR and by.organisation_id != row.contract.organisation_id:
        raise NotAllowed(_("This contract is another contractor's."))
    if row.is_signed:
        raise NotNow(_("The certificate is signed."))
    if open_points := left_to_do(row, at):
        raise NotNow(_("Something is left to do: %(what)s") % {"what": " · ".join(open_points)})
    if row.first_signed_by_id is None:
        row.deleted, row.returned = _text(deleted, "deleted"), _text(returned, "returned")
        row.first_signed_by_id, row.first_signed_as, row.first_signed_at = by.user_id, by.role, at
    elif row.first_signed_by_id == by.user_id:
        raise NotAllowed(_("You signed already; somebody else must confirm it."))
    elif by.role in CONTRACTOR and row.first_signed_as in CONTRACTOR:
        raise NotAllowed(_("One of the two is of the office."))
    else:
        row.second_signed_by_id, row.second_signed_as, row.second_signed_at = by.user_id, by.role, at
    row.save()
    return row


def _text(text: str, field: str) -> str:
    if not (text := clean_text(text)):
        raise Invalid(_("Fill this in: it stands on the certificate."), field=field)
    if len(text) > TEXT_LIMIT:
        raise Invalid(_("At most %(n)s characters.") % {"n": TEXT_LIMIT}, field=field)
    return text


def _open(closing: Closing, by: Membership) -> Closing:
    row = _locked(closing, by)
    if row.first_signed_at is not None:
        raise NotNow(_("The certificate is signed; nothing is added to the hand-over any more."))
    return row


def _locked(closing: Closing, by: Membership) -> Closing:
    check(by, Capability.CLOSING_MANAGE)
    rows = Closing.objects.select_for_update(of=("self",)).select_related("contract__organisation")
    return rows.get(pk=closing.pk)
