"""Contracts and their amendments: drafted by one person of the office, signed by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cases.permissions import check
from contractors.agreed import ContractGiven, TermsGiven, agree, agreed_in, fill, term_of, write_lots
from contractors.models import Contract, ContractLot, Terms
from hotline import two_people
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability


@verb
def draft(given: ContractGiven, terms: TermsGiven, *, by: Membership, at: datetime) -> Terms:
    """Begin a contract with its first terms; it binds nobody yet."""
    check(by, Capability.CONTRACT_WRITE)
    contract = Contract(created_by_id=by.user_id, created_at=at)
    fill(contract, given)
    contract.save(force_insert=True)
    write_lots(contract, given.lots)
    first = Terms(contract=contract, version=1, written_by_id=by.user_id, written_at=at)
    agree(first, terms)
    first.save(force_insert=True)
    return first


@verb
def revise(
    terms: Terms, given: TermsGiven, *, by: Membership, at: datetime, contract: ContractGiven | None = None
) -> Terms:
    """Change a draft; of a contract that is not signed yet also the contract itself."""
    terms = draft_of(terms, by)
    if contract is not None:
        if terms.contract.signed_at is not None:
            raise NotNow(_("The contract is signed. Change its terms by an amendment."))
        fill(terms.contract, contract)
        terms.contract.save()
        terms.contract.lots.all().delete()
        write_lots(terms.contract, contract.lots)
    agree(terms, given)
    terms.written_by_id, terms.written_at = by.user_id, at
    terms.save()
    return terms


@verb
def amend(contract: Contract, *, by: Membership, at: datetime, valid_from: date, note: str) -> Terms:
    """Begin the next version of the terms from the latest, clauses and all. The one in force stays meanwhile."""
    check(by, Capability.CONTRACT_WRITE)
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    if contract.signed_at is None:
        raise NotNow(_("The contract is not signed yet: change its draft."))
    if contract.terms.unfinished().exists():
        raise NotNow(_("Somebody is writing an amendment already."))
    latest = contract.terms.filter(state="approved").order_by("-version")[0]
    clauses = list(latest.clauses.in_order())
    version = (contract.terms.aggregate(last=Max("version"))["last"] or 0) + 1
    terms = Terms(contract=contract, version=version, written_by_id=by.user_id, written_at=at)
    agree(terms, replace(agreed_in(latest), valid_from=valid_from, note=note))
    terms.save(force_insert=True)
    for clause in clauses:
        clause.pk, clause.terms = None, terms
        clause._state.adding = True
        clause.save(force_insert=True)
    return terms


@verb
def propose(terms: Terms, *, by: Membership, at: datetime) -> Terms:
    """Put the draft before whoever signs for the office."""
    terms = draft_of(terms, by)
    two_people.propose(terms, by=by, at=at)
    terms.save()
    return terms


@verb
def send_back(terms: Terms, *, by: Membership, at: datetime, why: str) -> Terms:
    """It is a draft again; whoever proposed it reads why."""
    check(by, Capability.CONTRACT_SIGN)
    terms = _locked(terms)
    two_people.send_back(terms, why=why)
    terms.save()
    return terms


@verb
def drop(terms: Terms, *, by: Membership, at: datetime) -> Terms:
    """The draft comes to nothing; what is in force stays."""
    check(by, Capability.CONTRACT_WRITE)
    terms = _locked(terms)
    two_people.drop(terms)
    terms.save()
    return terms


@verb
def sign(terms: Terms, *, by: Membership, at: datetime) -> Terms:
    """It binds from its first day on. Raises NotAllowed for whoever proposed it, Invalid where contracts overlap."""
    check(by, Capability.CONTRACT_SIGN)
    terms = _locked(terms)
    two_people.approve(terms, by=by, at=at)
    terms.save()
    contract = terms.contract
    contract.signed_at = contract.signed_at or at
    if terms.ends_on is not None:
        contract.term = term_of(contract.first_day, terms.ends_on)
    _check_apart(contract)
    try:
        with transaction.atomic():
            contract.save()
    except IntegrityError as clash:  # signed at the same moment by somebody else
        raise Invalid(_("Another contract for this lot, or with this contractor, was signed just now.")) from clash
    return terms


def draft_of(terms: Terms, by: Membership) -> Terms:
    """The draft, locked, for somebody who may write it. Raises NotNow if it is none any more."""
    check(by, Capability.CONTRACT_WRITE)
    terms = _locked(terms)
    two_people.check_draft(terms)
    return terms


def _locked(terms: Terms) -> Terms:
    """The contract first, then the terms: everybody locks in that order."""
    contract = Contract.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=terms.contract_id)
    terms = two_people.locked(terms)
    terms.contract = contract
    return terms


def _check_apart(contract: Contract) -> None:
    """Raises Invalid with the contract that stands in the way."""
    others = ContractLot.objects.exclude(contract=contract).select_related("contract").order_by("pk")
    lots = contract.lots.values("lot")
    if other := others.filter(lot__in=lots, term__overlap=contract.term).first():
        said = {"lot": other.lot, "number": other.contract.number, "until": other.contract.last_day}
        raise Invalid(
            _("For lot %(lot)s contract %(number)s runs until %(until)s. Two contracts for one lot cannot overlap.")
            % said,
            field="first_day",
        )
    same = Contract.objects.signed().of(contract.organisation).exclude(pk=contract.pk)
    if clash := same.filter(term__overlap=contract.term).order_by("pk").first():
        said = {"who": contract.organisation.label, "number": clash.number, "until": clash.last_day}
        raise Invalid(
            _("Contract %(number)s with %(who)s runs until %(until)s. Write several lots into one contract.") % said,
            field="first_day",
        )
