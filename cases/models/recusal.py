"""Whom a case is kept from: the unit complained of in confidence, who stood aside, who is to ask about it blindly."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from hotline.any_of import AnyOf
from hotline.models import Membership, User
from hotline.privacy import MaskedCharField
from hotline.roles import UNIT


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def in_force(self) -> RecusalQuerySet:
        return self.filter(lifted_at__isnull=True)


class Recusal(models.Model):
    """A person stands aside from a case, by their own word or the office's. While it is in force, the case does not
    exist for them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(User, models.PROTECT, related_name="recusals")
    why = MaskedCharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    lifted_at = models.DateTimeField(null=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=Q(lifted_at__isnull=True),
                name="recusal_once",
                violation_error_message=_("This person stands aside from the case already."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="recusal_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.person_id}"


# Written out, because it stands in every question about cases and the ORM takes longer to write it than PostgreSQL to
# answer. The paths of bodies name all above them by their codes.
KEPT = """
SELECT {named_by} FROM cases_recusal AS recusal JOIN cases_case AS about ON about.id = recusal.case_id
WHERE recusal.person_id = %s AND recusal.lifted_at IS NULL
UNION ALL
SELECT {named_by} FROM cases_case AS about WHERE about.confidential AND about.subject_unit_id IN (
    SELECT body.id FROM hotline_organisation AS body WHERE body.code IN (
        SELECT unnest(string_to_array(own.path, '/')) FROM hotline_membership AS acting
        JOIN hotline_organisation AS own ON own.id = acting.organisation_id WHERE acting.user_id = %s){or_below})
UNION ALL
SELECT {named_by} FROM cases_independentcallback AS held JOIN cases_case AS about ON about.id = held.case_id
WHERE held.given_to_id = %s AND held.ended_at IS NULL
"""
OR_BELOW = " OR starts_with(body.path, %s)"


def kept_from(membership: Membership, key: str = "pk", named_by: str = "id") -> Q:
    """The cases that do not exist for this person, whatever the role reaches; ``key`` is the column that names them.

    Those they stood aside from; and confidential complaints of a body they act or ever acted for, or of one above that,
    in whatever role they look now: as a stand-in for instance. Where the city says so, those above the body complained
    of are kept out with it. And the one whose citizen they are calling independently, up to the answer: who asks must
    not know what was said before. A small set, found once a question by three indexes of its own.
    """
    values: list[Any] = [membership.user_id, membership.user_id]
    or_below = ""
    if membership.role in UNIT and not settings.SUPERIORS_HANDLE_CONFIDENTIAL:
        or_below, values = OR_BELOW, [*values, membership.organisation.path]
    values.append(membership.user_id)
    sql = KEPT.format(named_by=f"about.{named_by}", or_below=or_below)
    return Q(AnyOf(F(key), RawSQL(sql, values)))  # noqa: S611 - what is filled in are names of ours
