"""Who saw a case. Every look leaves an entry in the audit trail, so that a leaked screenshot leads to its viewers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db.models import CharField, Count, Max, Min, Model, Q, QuerySet
from django.db.models.functions import Cast

from cases.models import Attachment, Case, IndependentCallback, Reveal
from hotline import audit
from hotline.models import AuditEntry, Membership

LOOKED = "case.look"
REVEALED = ("identity.reveal", "independent_calls.reveal")
PRINTED = "case.print"


def looked(case: Case | IndependentCallback, *, by: Membership, at: datetime) -> None:
    """Somebody is about to be shown the case, or what a blind caller sees of it. If this cannot be written, nothing is
    shown."""
    audit.record(LOOKED, by=by, at=at, thing=case)


def printed(case: Case, *, by: Membership, at: datetime) -> None:
    """Somebody is about to print the case by the page's own button."""
    audit.record(PRINTED, by=by, at=at, thing=case)


def who_saw(case: Case) -> QuerySet[AuditEntry, dict[str, Any]]:
    """One row for each person and organisation, the latest first: when, how often, and how often the identity.

    Whoever acted on the case, opened one of its files or asked for the identity has seen it as well; who called the
    citizen independently is told of once that is over.
    """
    kept: tuple[tuple[type[Model], dict[str, Any]], ...] = (
        (Case, {"pk": case.pk}),
        (Reveal, {"case": case}),
        (Attachment, {"case": case}),
        (IndependentCallback, {"case": case, "ended_at__isnull": False}),
    )
    about = [
        AuditEntry.objects.filter(
            object_type=model._meta.label_lower,
            object_id__in=model._default_manager.filter(**kept_by).annotate(key=Cast("pk", CharField())).values("key"),
        ).values("pk")
        for model, kept_by in kept
    ]
    seen = AuditEntry.objects.filter(pk__in=about[0].union(*about[1:], all=True))
    seen = seen.filter(actor__isnull=False, result=AuditEntry.Result.OK)
    people = seen.values("actor", "actor__name", "actor__staff_number", "organisation__name").annotate(
        first=Min("at"), last=Max("at"), times=Count("id"), identity=Count("id", filter=Q(act__in=REVEALED))
    )
    return cast("QuerySet[AuditEntry, dict[str, Any]]", people.order_by("-last"))
