"""Who may be given which citizen to call: nobody chooses, nobody who had a hand in the case or looked at it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from cases.models import Case, CaseEvent, IndependentCallback, IndependentQuerySet, in_reach
from hotline.models import AuditEntry, Membership
from hotline.roles import Capability

GIVEN_BACK = "independent_calls.give_back"


def open_to(by: Membership, at: datetime) -> IndependentQuerySet:
    """Those this person may be given now, in the order they are given out.

    Not of cases this person acted on, opened, or stands aside from, nor one given back before; confidential ones only
    to those who may know the citizen.
    """
    if not by.can(Capability.CALLBACK_INDEPENDENT):
        return IndependentCallback.objects.none()
    free = IndependentCallback.objects.to_give(at).filter(in_reach(by))
    if not by.can(Capability.IDENTITY_SEALED):
        free = free.filter(case__confidential=False)
    return free.exclude(_had_a_hand(by)).exclude(_opened(by)).exclude(_gave_back(by))


def unfinished(_by: Membership) -> IndependentQuerySet:
    """All that are still to be called, by whomever."""
    return IndependentCallback.objects.waiting()


def _had_a_hand(by: Membership) -> Q:
    """In any role: whoever registered, dispatched, reviewed, called back, ruled on or urged it."""
    return Q(Exists(CaseEvent.objects.filter(case=OuterRef("case"), by=by.user_id)))


def _opened(by: Membership) -> Q:
    return Q(Exists(_entries(by, Case).filter(object_id=Cast(OuterRef("case_id"), CharField()))))


def _gave_back(by: Membership) -> Q:
    own = _entries(by, IndependentCallback).filter(act=GIVEN_BACK, result=AuditEntry.Result.OK)
    return Q(Exists(own.filter(object_id=Cast(OuterRef("pk"), CharField()))))


def _entries(by: Membership, model: type[Case] | type[IndependentCallback]) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(actor=by.user_id, object_type=model._meta.label_lower)
