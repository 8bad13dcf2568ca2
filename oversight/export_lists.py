"""What oversight can export: findings, the table of measures by unit, and the audit trail of some days."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.export_kinds import MOST_ROWS, Asked, ExportKind, Line, register
from cases.export_lists import moment
from hotline.acts import Invalid
from hotline.calendar import Period
from hotline.measures import Ratio
from hotline.models import AuditEntry, Membership
from hotline.roles import Capability
from oversight.board_asked import board_asked, narrowed_to
from oversight.boards import Span, outcome_lines, span, unit_lines
from oversight.detectors import BY_KEY
from oversight.models import Finding, FindingState

LONGEST_DAYS = 92


class FindingsKind(ExportKind):
    """As the list is filtered, without what is about the reader."""

    key = "findings"
    label = pgettext_lazy("page", "Findings")
    may = Capability.FINDING_READ

    def clean(self, given: Mapping[str, str], by: Membership, at: datetime) -> Asked:
        detector, state = str(given.get("detector", "")), str(given.get("state", ""))
        return {
            "detector": detector if detector in BY_KEY else "",
            "state": state if state in (*FindingState.values, "all") else "",
        }

    def title(self, asked: Asked, by: Membership) -> str:
        named = [str(self.label)]
        if asked["detector"]:
            named.append(str(BY_KEY[asked["detector"]].name))
        if asked["state"]:
            named.append(str(FindingState(asked["state"]).label) if asked["state"] != "all" else _("all"))
        return " · ".join(named)

    def count(self, asked: Asked, by: Membership, at: datetime) -> int:
        return self._rows(asked, by).count()

    def header(self, *, personal: bool) -> list[str]:
        return [
            *(_("Detector"), _("Organisation"), _("Person"), _("State"), _("Rows"), _("Of"), _("Share"), _("Peers")),
            *(_("First day"), _("Last day"), _("Latest row")),
        ]

    def lines(self, asked: Asked, by: Membership, at: datetime, *, personal: bool) -> Iterator[Line]:
        for row in self._rows(asked, by).select_related("organisation", "person").order_by("-grown_at", "-pk"):
            rule = BY_KEY.get(row.detector)
            share, peers = (f"{n:.1f}%" if n is not None else "" for n in (row.share, row.peers))
            person = f"{row.person.label} {row.person.staff_number}".strip() if row.person else ""
            cells = [str(rule.name) if rule else row.detector, row.organisation.label, person]
            cells += [str(row.get_state_display()), str(row.n), str(row.of), share, peers]
            yield Line([*cells, row.first.isoformat(), row.last.isoformat(), moment(row.grown_at)])

    def _rows(self, asked: Asked, by: Membership) -> QuerySet[Finding, Finding]:
        rows = Finding.objects.visible_to(by)
        state = asked["state"]
        rows = rows.filter(state=state) if state in FindingState.values else rows if state else rows.unsettled()
        return rows.of(asked["detector"]) if asked["detector"] else rows


class MeasuresKind(ExportKind):
    """The supervisor's outcomes of a period, narrowed as the page is, and two of them by unit; each rate with its
    numerator and denominator."""

    key = "measures"
    label = gettext_lazy("Table of measures")
    may = Capability.OVERVIEW_READ

    def clean(self, given: Mapping[str, str], by: Membership, at: datetime) -> Asked:
        first, last = _days(given)
        chosen = span(str(given.get("period", "")), at, first, last)
        days = {"from": chosen.period.start.isoformat(), "until": (chosen.period.end or at).isoformat()}
        return days | {name: thing.code for name, thing in narrowed_to(board_asked(given, by, at)).items()}

    def title(self, asked: Asked, by: Membership) -> str:
        period = _period(asked)
        narrowed = narrowed_to(board_asked(asked, by, timezone.now()))
        days = f"{moment(period.start)} – {moment(period.end)}"
        return " · ".join([str(self.label), days, *(thing.label for thing in narrowed.values())])

    def count(self, asked: Asked, by: Membership, at: datetime) -> int:
        return len(list(self.lines(asked, by, at, personal=False)))

    def header(self, *, personal: bool) -> list[str]:
        return [_("Measure"), _("Unit"), _("Numerator"), _("Denominator"), _("Left out"), _("Rate")]

    def lines(self, asked: Asked, by: Membership, at: datetime, *, personal: bool) -> Iterator[Line]:
        period = _period(asked)
        board, chosen = board_asked(asked, by, at), Span("custom", period, period, "")
        for line in outcome_lines(board, chosen):
            yield _rate(str(line.measure.name), "", line.now)
        for unit in unit_lines(board, chosen):
            yield _rate(_("Closed on time"), unit.unit.label, unit.due)
            yield _rate(_("Solved"), unit.unit.label, unit.solved)


def _rate(name: str, unit: str, ratio: Ratio) -> Line:
    percent = ratio.percent()
    rate = "" if percent is None else f"{percent}%"
    return Line([name, unit, f"{ratio.numerator}", f"{ratio.denominator}", f"{ratio.excluded}", rate])


class AuditKind(ExportKind):
    """The audit trail of some days: who did what when. It names people and addresses, so it is always approved."""

    key = "audit"
    label = gettext_lazy("Audit trail")
    may = Capability.AUDIT_READ
    always_personal = True

    def clean(self, given: Mapping[str, str], by: Membership, at: datetime) -> Asked:
        first, last = _days(given)
        today = timezone.localdate(at)
        first, last = first or today - timedelta(1), last or today
        if last < first or last - first > timedelta(LONGEST_DAYS):
            raise Invalid(_("Choose 1 to %(n)s days.") % {"n": LONGEST_DAYS})
        return {"first": first.isoformat(), "last": last.isoformat()}

    def title(self, asked: Asked, by: Membership) -> str:
        return f"{self.label} · {asked['first']} – {asked['last']}"

    def count(self, asked: Asked, by: Membership, at: datetime) -> int:
        return self._rows(asked).values("pk")[: MOST_ROWS + 1].count()

    def header(self, *, personal: bool) -> list[str]:
        return [
            *(_("Number"), _("When"), _("Person"), _("Staff number"), _("Organisation"), _("Act"), _("Object")),
            *(_("Result"), _("Reason given"), _("Address"), _("Details")),
        ]

    def lines(self, asked: Asked, by: Membership, at: datetime, *, personal: bool) -> Iterator[Line]:
        rows = self._rows(asked).select_related("actor", "organisation").order_by("at", "id")
        for row in rows.iterator(2_000):
            cells = [str(row.id), f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"]
            cells += [row.actor.label, row.actor.staff_number] if row.actor else ["", ""]
            cells += [row.organisation.label if row.organisation else "", row.act]
            cells += [f"{row.object_type} {row.object_id}".strip(), str(row.get_result_display()), row.reason]
            details = json.dumps(row.details, ensure_ascii=False) if row.details else ""
            yield Line([*cells, row.ip or "", details])

    def _rows(self, asked: Asked) -> QuerySet[AuditEntry, AuditEntry]:
        period = Period.days(date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"]))
        return AuditEntry.objects.filter(at__gte=period.start, at__lt=period.end)


def _days(given: Mapping[str, str]) -> tuple[date | None, date | None]:
    """The two days an address names, where they are days."""

    def day(name: str) -> date | None:
        try:
            found = parse_date(str(given.get(name, "")))
        except ValueError:
            return None
        return found if found and found.year in range(2000, 2100) else None

    return day("first"), day("last")


def _period(asked: Asked) -> Period:
    start, end = (datetime.fromisoformat(str(asked[side])) for side in ("from", "until"))
    return Period(start, end)


KINDS: list[Any] = [FindingsKind, MeasuresKind, AuditKind]
for kind in KINDS:
    register(kind())
