"""The contacts of a contractor's week, and which stratum each belongs to: what a sample is drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from cases.models import Call, Case, Feedback, FeedbackSource, Outcome, Satisfaction
from contractors.models import AgentComplaint, Purpose, Stratum
from hotline.calendar import Period
from hotline.models import Membership, Organisation
from hotline.proposals import Values
from hotline.roles import CONTRACTOR


class Contact(NamedTuple):
    """What was handled, by whom and when."""

    agent: int
    at: datetime
    call: Any = None
    case: int | None = None


@dataclass(frozen=True)
class Week:
    """One contractor's week, Monday to Sunday in local days, for one purpose and under the rules of that draw."""

    organisation: Organisation
    monday: date
    purpose: str
    rules: Values

    @property
    def period(self) -> Period:
        return Period.days(self.monday, self.monday + timedelta(days=6))

    def contacts(self) -> dict[str, tuple[Stratum, Contact]]:
        """Every contact by its key, in the first stratum that it fits.

        A call that somebody took is one, with the case it led to; a case taken down without a call is one; and a
        callback that turned a dissatisfied citizen into a satisfied one.
        """
        found = {**self._ordinary(), **dict(self._turned()), **dict(self._complained())}
        return {key: (stratum, contact) for key, (stratum, contact) in found.items()}

    def _ordinary(self) -> dict[str, tuple[Stratum, Contact]]:
        new = self._new_staff()
        found = {}
        for key, contact, refused, seconds in [*self._calls(), *self._cases()]:
            stratum = Stratum.ORDINARY
            if refused:
                stratum = Stratum.REFUSED
            elif seconds is not None and seconds < self.rules["short_seconds"]:
                stratum = Stratum.SHORT
            elif contact.agent in new:
                stratum = Stratum.NEW_STAFF
            found[key] = (stratum, contact)
        return found

    def _calls(self) -> Iterator[tuple[str, Contact, bool, float | None]]:
        calls = Call.objects.filter(organisation=self.organisation, agent__isnull=False, direction="inbound")
        rows = self._within(calls, "answered_at").filter(self._open("case__"))
        fields = ("pk", "agent_id", "answered_at", "ended_at", "case_id", "case__outcome")
        for pk, agent, answered, ended, case, outcome in rows.values_list(*fields).iterator():
            seconds = (ended - answered).total_seconds() if ended else None
            yield call_key(pk), Contact(agent, answered, pk, case), outcome == Outcome.REFUSED, seconds

    def _cases(self) -> Iterator[tuple[str, Contact, bool, None]]:
        cases = Case.objects.filter(taken_by_organisation=self.organisation, taken_by__isnull=False)
        rows = self._within(cases, "registered_at").filter(self._open(""))
        by_call = Call.objects.filter(case=OuterRef("pk"), agent__isnull=False, organisation=self.organisation)
        fields = ("pk", "taken_by_id", "registered_at", "outcome")
        for pk, agent, at, outcome in rows.filter(~Exists(by_call)).values_list(*fields).iterator():
            yield case_key(pk), Contact(agent, at, None, pk), outcome == Outcome.REFUSED, None

    def _turned(self) -> Iterator[tuple[str, tuple[Stratum, Contact]]]:
        """By a callback of the contractor's own: who gains by it made it."""
        bad = Q(solved=False) | Q(satisfaction__lt=Satisfaction.BASICALLY)
        before = Feedback.objects.ordinary().filter(bad, case=OuterRef("case"), at__lt=OuterRef("at"))
        answers = Feedback.objects.filter(
            Exists(before), source=FeedbackSource.CONTRACTOR_CALLBACK, solved=True, by__isnull=False
        ).filter(Q(satisfaction__isnull=True) | Q(satisfaction__gte=Satisfaction.BASICALLY), self._open("case__"))
        rows = self._within(answers, "at").filter(case__taken_by_organisation=self.organisation)
        for pk, agent, at, case in rows.values_list("pk", "by_id", "at", "case_id"):
            yield f"callback:{pk}", (Stratum.TURNED, Contact(agent, at, None, case))

    def _complained(self) -> Iterator[tuple[str, tuple[Stratum, Contact]]]:
        """Complained of in this week, whenever the contact itself was."""
        complaints = AgentComplaint.objects.filter(organisation=self.organisation)
        rows = self._within(complaints, "named_at").filter(self._open("about__"))
        for row in rows.select_related("about", "call"):
            key = call_key(row.call_id) if row.call_id else case_key(row.about_id)
            at = (row.call.answered_at if row.call else None) or row.about.registered_at
            yield key, (Stratum.COMPLAINED, Contact(row.agent_id, at, row.call_id, row.about_id))

    def _new_staff(self) -> set[int]:
        """Those whose first role with this contractor began less than so many days before the week ended."""
        since = self.period.end
        assert since is not None
        first = Membership.objects.filter(organisation=self.organisation, role__in=CONTRACTOR)
        begun = first.values("user").annotate(since=Min(Lower("valid")))
        return set(
            begun.filter(since__gt=since - timedelta(days=self.rules["new_days"])).values_list("user", flat=True)
        )

    def _open(self, case: str) -> Q:
        """A contractor's own inspection has no confidential cases: its people do not see them."""
        if self.purpose == Purpose.RECHECK:
            return Q()
        return Q(**{f"{case}confidential": False}) | (Q(case__isnull=True) if case == "case__" else Q(pk__in=[]))

    def _within(self, rows: QuerySet[Any, Any], field: str) -> QuerySet[Any, Any]:
        return rows.filter(**{f"{field}__gte": self.period.start, f"{field}__lt": self.period.end}).order_by(F("pk"))


def call_key(pk: Any) -> str:
    return f"call:{pk}"


def case_key(pk: Any) -> str:
    return f"case:{pk}"
