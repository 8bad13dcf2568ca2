"""People come to work for a contractor and leave it. An employment opens no door: roles are given by the security
administrator. Its end shuts every door, at that second."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from cases.permissions import check
from contractors import running_work
from contractors.models import Contract, Employment, Leaving
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation, User
from hotline.plain_text import clean_text
from hotline.roles import CONTRACTOR, Capability

BEGUN = timedelta(microseconds=1)  # a period may not be empty: what was called off ends as it begins
POSITION_LIMIT, QUALIFICATION_LIMIT, WHY_LIMIT = 40, 80, 200


@verb
def employ(
    contract: Contract,
    user: User,
    *,
    by: Membership,
    at: datetime,
    since: datetime,
    until: datetime | None = None,
    position: str = "",
    qualification: str = "",
) -> Employment:
    """Put on record that somebody works under a contract, from ``since`` until ``until`` (as long as the contract).

    Raises Invalid for days outside the contract's term, for somebody employed already, or of the government side.
    """
    check_contract(contract, by)
    ends = until or contract.term.upper
    if not contract.term.lower <= since < ends <= contract.term.upper:
        raise Invalid(
            _("Contract %(number)s runs from %(first)s to %(last)s; the employment must lie within it.")
            % {"number": contract.number, "first": contract.first_day, "last": contract.last_day},
            field="since",
        )
    check_can_be_employed(user)
    row = Employment(
        contract=contract,
        user=user,
        position=clean_text(position)[:POSITION_LIMIT],
        qualification=clean_text(qualification)[:QUALIFICATION_LIMIT],
        period=DateTimeTZRange(since, ends),
        leaving=Leaving.CONTRACT if ends == contract.term.upper else Leaving.OTHER,
        recorded_by_id=by.user_id,
        recorded_at=at,
    )
    try:
        row.validate_constraints()
        with transaction.atomic():
            row.save(force_insert=True)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="since") from None
    except IntegrityError:  # by somebody else, a moment ago
        raise Invalid(_("This person is employed already in that period."), field="since") from None
    return row


@verb
def end(
    employment: Employment,
    *,
    by: Membership,
    at: datetime,
    until: datetime | None = None,
    leaving: str,
    why: str = "",
    drafts_to: Membership | None = None,
) -> Employment:
    """End an employment now or at ``until``: rights, sessions and keys end at that second, in every process.

    Records in progress go to ``drafts_to``, if somebody is named; else they are listed until somebody takes them.
    """
    check_contract(employment.contract, by)
    if by.user_id == employment.user_id:
        raise NotAllowed(_("Nobody ends the own employment here. Ask the office."))
    if leaving not in Leaving.values or leaving == Leaving.CONTRACT:
        raise Invalid(_("Say why the employment ends."), field="leaving")
    if len(why := clean_text(why)) > WHY_LIMIT:
        raise Invalid(_("Say it in %(n)s characters.") % {"n": WHY_LIMIT}, field="why")
    row = Employment.objects.select_for_update(of=("self",)).select_related("contract", "user").get(pk=employment.pk)
    when = until or at
    if row.period.upper <= at:
        raise NotNow(_("This employment has ended already."))
    if when < at:
        raise Invalid(_("An employment ends now or later. Leave the field empty for now."), field="until")
    if when >= row.period.upper:
        raise Invalid(_("The employment ends earlier than that already."), field="until")
    row.period = DateTimeTZRange(row.period.lower, max(when, row.period.lower + BEGUN))
    row.leaving, row.why, row.ended_by_id, row.ended_at = leaving, why, by.user_id, at
    row.save(update_fields=["period", "leaving", "why", "ended_by", "ended_at"])
    if drafts_to is not None:
        running_work.pass_drafts(row.user_id, drafts_to, by=by, at=at)
    return row


@verb
def carry_over(contract: Contract, *, by: Membership, at: datetime) -> tuple[Contract, int]:
    """Whoever works under the contractor's last contract at its end works on under this one, and keeps the roles.

    Returns the contract and how many people it was. Raises NotNow if no contract of the same contractor ends where
    this one begins. Whoever was carried over before is left as it is.
    """
    check_contract(contract, by)
    begins, ends = contract.term.lower, contract.term.upper
    before = Employment.objects.filter(
        contract__organisation=contract.organisation_id, period__endswith=begins, leaving=Leaving.CONTRACT
    ).exclude(contract=contract)
    if not Contract.objects.signed().of(contract.organisation).filter(term__endswith=begins).exists():
        raise NotNow(_("No contract of %(name)s ends where this one begins.") % {"name": contract.organisation.label})
    taken = Employment.objects.filter(period__overlap=(begins, ends)).values("user")
    going_on = [
        Employment(
            contract=contract,
            user_id=row.user_id,
            position=row.position,
            qualification=row.qualification,
            period=DateTimeTZRange(begins, ends),
            recorded_by_id=by.user_id,
            recorded_at=at,
        )
        for row in before.exclude(user__in=taken).order_by("pk")
    ]
    Employment.objects.bulk_create(going_on)
    return contract, len(going_on)


def check_contract(contract: Contract, by: Membership) -> None:
    """Raises NotAllowed unless this person keeps the staff of the contract's contractor, NotNow before it is signed."""
    check(by, Capability.STAFF_MANAGE)
    if by.role in CONTRACTOR and contract.organisation_id != by.organisation_id:
        raise NotAllowed(_("This contract is another contractor's."))
    if contract.signed_at is None:
        raise NotNow(_("The contract is not signed yet."))


def check_can_be_employed(user: User) -> None:
    """Raises Invalid for whoever has or had a role on the government side: they are no contractor's staff."""
    others = user.memberships.exclude(organisation__kind=Organisation.Kind.CONTRACTOR)
    if not user.is_active or others.exists():
        raise Invalid(
            _("The account %(username)s is not a contractor's. Give another user name, or ask the office.")
            % {"username": user.username},
            field="username",
        )
