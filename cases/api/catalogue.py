"""The dispatch catalogue: what holds, and versions from draft to approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypedDict

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import cataloguing
from cases.api.given import Nothing
from cases.api.given_by_keepers import ReturnGiven, VersionGiven
from cases.api.listing import listed
from cases.api.queries import CatalogueAsked, VersionsAsked
from cases.catalogue_lines import LineGiven
from cases.catalogue_preview import preview
from cases.deadlines import local_date
from cases.models import CatalogueChange, CatalogueEntry, CatalogueVersion
from hotline.api.answers import Kept, carry_out, kept
from hotline.api.endpoint import Endpoint, Given, asked, read
from hotline.api.pagination import Order
from hotline.api.shapes import KEY, READ_FAILURES, WRITE_FAILURES, page, schema
from hotline.api.words import Coded, Person, choice, choice_or_none, moment, named, named_one, person
from hotline.guards import acting
from hotline.models import TwoPeopleState
from hotline.roles import Capability


class LineShape(TypedDict):
    """Which cases, whose they are, who helps and who gets a copy; without a unit the line ends."""

    category: Coded
    region: Coded | None
    channel: Coded | None
    kind: Coded | None
    unit: Coded | None
    co_organisers: list[Coded]
    copy_to: Coded | None
    source: str


class EntryShape(LineShape):
    """A line that holds."""

    serial: int
    valid_from: date
    valid_until: date | None


class MoveShape(TypedDict):
    """Cases of last month that would have gone elsewhere."""

    before: Coded | None
    after: Coded | None
    cases: int


class VersionShape(TypedDict):
    """A set of changes: one person proposes it, another approves it."""

    id: int
    note: str
    state: Coded
    valid_from: date
    proposed_by: Person | None
    proposed_at: datetime | None
    approved_by: Person | None
    approved_at: datetime | None
    returned_why: str


class WholeVersionShape(VersionShape):
    """A version with its lines; until it is approved, with what it would have changed last month."""

    lines: list[LineShape]
    cases_last_month: int | None
    moved: list[MoveShape]


class Catalogue(Endpoint):
    capability = Capability.CATALOGUE_READ

    @extend_schema(
        operation_id="catalogue_list",
        summary="Lines of the dispatch catalogue that hold today",
        parameters=[CatalogueAsked],
        responses={200: page(EntryShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(CatalogueAsked, request)
        rows = CatalogueEntry.objects.in_force(local_date(timezone.now()))
        for name in ("category", "region", "unit"):
            if name in given:
                rows = rows.filter(**{name: given[name]})
        return listed(rows.prefetch_related("co_organisers"), Order("serial"), given, _entry)


class Versions(Endpoint):
    capability = {"GET": Capability.CATALOGUE_READ, "POST": Capability.CATALOGUE_EDIT}

    @extend_schema(
        operation_id="catalogue_versions_list",
        summary="Versions of the dispatch catalogue, the latest first",
        parameters=[VersionsAsked],
        responses={200: page(VersionShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(VersionsAsked, request)
        rows = CatalogueVersion.objects.visible_to(acting(request)).select_related("proposed_by", "approved_by")
        if "state" in given:
            rows = rows.filter(state=given["state"])
        return listed(rows, Order("created_at", descending=True), given, _version)

    @extend_schema(
        operation_id="catalogue_version_draft",
        summary="Begin a version with the lines it changes",
        parameters=[KEY],
        request=VersionGiven,
        responses={201: schema(WholeVersionShape), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> HttpResponse:
        by, at, given = acting(request), timezone.now(), read(VersionGiven, request)
        lines = [LineGiven(**line) for line in given.pop("lines")]
        return carry_out(
            lambda: cataloguing.draft(by=by, at=at, lines=lines, **given), lambda it: _told(it, status=201)
        )


class OneVersion(Endpoint):
    capability = Capability.CATALOGUE_READ

    @extend_schema(
        operation_id="catalogue_version",
        summary="One version, with its lines and what they would have changed last month",
        responses={200: schema(WholeVersionShape), **READ_FAILURES},
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(_whole(_found(request, pk)))


class Propose(Endpoint):
    capability = Capability.CATALOGUE_EDIT

    @extend_schema(
        operation_id="catalogue_version_propose",
        summary="Put a draft before those who approve it",
        parameters=[KEY],
        request=Nothing,
        responses={200: schema(WholeVersionShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _move(request, pk, Nothing, cataloguing.propose)


class Approve(Endpoint):
    capability = Capability.CATALOGUE_APPROVE

    @extend_schema(
        operation_id="catalogue_version_approve",
        summary="Let a version hold from its day on; never by who proposed it",
        parameters=[KEY],
        request=Nothing,
        responses={200: schema(WholeVersionShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _move(request, pk, Nothing, cataloguing.approve)


class SendBack(Endpoint):
    capability = Capability.CATALOGUE_APPROVE

    @extend_schema(
        operation_id="catalogue_version_send_back",
        summary="Make a version a draft again, saying why",
        parameters=[KEY],
        request=ReturnGiven,
        responses={200: schema(WholeVersionShape), **WRITE_FAILURES},
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return _move(request, pk, ReturnGiven, cataloguing.send_back)


def _move(request: Request, pk: int, kind: type[Given], act: Callable[..., CatalogueVersion]) -> HttpResponse:
    found, by, at = _found(request, pk), acting(request), timezone.now()
    given = read(kind, request)
    return carry_out(lambda: act(found, by=by, at=at, **given), _told)


def _found(request: Request, pk: int) -> CatalogueVersion:
    found = CatalogueVersion.objects.visible_to(acting(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _told(version: CatalogueVersion, status: int = 200) -> Kept:
    return kept(_whole(version), status=status)


def _line(line: Any) -> LineShape:
    return {
        "category": named_one(line.category),
        "region": named(line.region),
        "channel": named(line.channel),
        "kind": choice_or_none(line, "kind"),
        "unit": named(line.unit),
        "co_organisers": [named_one(unit) for unit in line.co_organisers.all()],
        "copy_to": named(line.copy_to),
        "source": line.source,
    }


def _entry(entry: CatalogueEntry) -> EntryShape:
    return {
        **_line(entry),
        "serial": entry.serial,
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
    }


def _version(version: CatalogueVersion) -> VersionShape:
    return {
        "id": version.pk,
        "note": version.note,
        "state": choice(version, "state"),
        "valid_from": version.valid_from,
        "proposed_by": person(version.proposed_by),
        "proposed_at": moment(version.proposed_at),
        "approved_by": person(version.approved_by),
        "approved_at": moment(version.approved_at),
        "returned_why": version.returned_why,
    }


def _whole(version: CatalogueVersion) -> WholeVersionShape:
    changes = CatalogueChange.objects.filter(version=version).order_by("pk")
    open_still = version.state in (TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED)
    shown = preview(version, local_date(timezone.now())) if open_still else None
    return {
        **_version(version),
        "lines": [_line(change) for change in changes.prefetch_related("co_organisers")],
        "cases_last_month": shown.total if shown else None,
        "moved": [
            {"before": named(move.before), "after": named(move.after), "cases": move.n}
            for move in (shown.moves if shown else [])
        ],
    }
