"""The lists of cases that can be exported: a worklist as it is filtered, and the cases behind a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import worklists
from cases.export_kinds import MOST_ROWS, Asked, ExportKind, Line, register
from cases.in_hand import worklists_for
from cases.models import Assignment, Case, CaseQuerySet
from cases.permissions import may_see_identity
from cases.selected_cases import may_list, selected
from cases.worklist_filters import Filters
from cases.worklist_words import place_of, state_of
from hotline.acts import Invalid
from hotline.masking import mask_text
from hotline.models import Membership
from hotline.privacy import shown
from hotline.roles import Capability

BATCH = 500


class WorklistKind(ExportKind):
    """What a unit has in hand; nobody's name or number."""

    key = "worklist"
    label = gettext_lazy("Worklist")
    may = Capability.CASE_SEARCH

    def clean(self, given: Mapping[str, str], by: Membership, at: datetime) -> Asked:
        filters = Filters.read(given)
        if mask_text(filters.q) != filters.q:
            raise Invalid(_("A list found by a telephone number is not exported."))
        slug = str(given.get("list", ""))
        lists = worklists_for(by)
        return {"list": next((w.slug for w in lists if w.slug == slug), lists[0].slug), **filters.chosen()}

    def title(self, asked: Asked, by: Membership) -> str:
        name = next((str(w.title) for w in worklists_for(by) if w.slug == asked["list"]), asked["list"])
        narrowed = ", ".join(str(value) for key, value in asked.items() if key != "list")
        return f"{name} ({narrowed})" if narrowed else name

    def count(self, asked: Asked, by: Membership, at: datetime) -> int:
        return self._page(asked, by, at, "", 1).total

    def header(self, *, personal: bool) -> list[str]:
        heads = [_("Number"), _("Title"), _("Subject"), _("Unit"), _("State"), _("Area"), _("Place"), _("Returns")]
        return [*heads, _("Leg due"), _("Promised by")]

    def lines(self, asked: Asked, by: Membership, at: datetime, *, personal: bool) -> Iterator[Line]:
        after = ""
        while True:
            page = self._page(asked, by, at, after, BATCH)
            for assignment in page.rows:
                yield Line(_worklist_cells(assignment))
            if not (after := page.after):
                return

    def _page(self, asked: Asked, by: Membership, at: datetime, after: str, size: int) -> worklists.Page:
        filters = Filters.read(asked)
        return worklists.read(by, at=at, slug=asked["list"], filters=filters, after=after, size=size)


def _worklist_cells(assignment: Assignment) -> list[str]:
    case = assignment.case
    return [
        case.number,
        mask_text(case.title),
        case.category.label if case.category else "",
        assignment.unit.label,
        state_of(assignment),
        *place_of(assignment),
        str(max(case.hops - 1, 0)),
        moment(assignment.leg_due_at),
        moment(case.promise_due_at),
    ]


class CasesKind(ExportKind):
    """The cases behind a number, as its list shows them; with the citizens, for those who may see identities."""

    key = "cases"
    label = gettext_lazy("Cases")
    may = Capability.CASE_SEARCH
    offers_personal = True

    def clean(self, given: Mapping[str, str], by: Membership, at: datetime) -> Asked:
        chosen = selected(given)
        if not may_list(chosen, by):
            raise Invalid(_("Your role has no such list to export."))
        return dict(chosen.address())

    def title(self, asked: Asked, by: Membership) -> str:
        chosen = selected(asked)
        named = [unit.label for unit in (chosen.unit, chosen.contractor) if unit]
        if chosen.period:
            named.append(f"{moment(chosen.period.start)} – {moment(chosen.period.end)}")
        return " · ".join([str(chosen.title), *named])

    def count(self, asked: Asked, by: Membership, at: datetime) -> int:
        return self._cases(asked, by, at).order_by().values("pk")[: MOST_ROWS + 1].count()

    def header(self, *, personal: bool) -> list[str]:
        heads = [_("Number"), _("Kind"), _("Title"), _("Subject"), _("Unit"), _("State"), _("Outcome"), _("Area")]
        heads += [_("Taken in"), _("Promised by"), _("Closed at")]
        return [*heads, _("Name"), _("Telephone"), _("Address")] if personal else heads

    def lines(self, asked: Asked, by: Membership, at: datetime, *, personal: bool) -> Iterator[Line]:
        rows, last = self._cases(asked, by, at).select_related("citizen"), None
        while True:
            found = list((rows.filter(pk__gt=last) if last else rows).order_by("pk")[:BATCH])
            for case in found:
                yield _case_line(case, by, personal=personal)
            if len(found) < BATCH:
                return
            last = found[-1].pk

    def _cases(self, asked: Asked, by: Membership, at: datetime) -> CaseQuerySet:
        return selected(asked).cases(Case.objects.visible_to(by), at)


def _case_line(case: Case, by: Membership, *, personal: bool) -> Line:
    cells = [
        case.number,
        str(case.get_kind_display()),
        mask_text(case.title),
        case.category.label if case.category else "",
        case.unit.label if case.unit else "",
        str(case.get_status_display()),
        str(case.get_outcome_display()),
        case.region.label if case.region else "",
        moment(case.registered_at),
        moment(case.promise_due_at),
        moment(case.last_closed_at),
    ]
    if not personal:
        return Line(cells)
    if not may_see_identity(by, case):
        return Line([*cells, _("sealed"), _("sealed"), _("sealed")])
    if case.citizen is None:
        return Line([*cells, "", "", ""])
    return Line([*cells, *(shown(case.citizen, field) for field in ("name", "phone", "address"))], case.pk)


def moment(at: Any) -> str:
    """By the city's clock, to the minute."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


register(WorklistKind())
register(CasesKind())
