"""What cases refer to: organisations, regions, categories and channels."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api import queries
from cases.api.listing import listed
from cases.deadlines import local_date
from cases.models import Category, Channel
from hotline.api.endpoint import Endpoint, asked
from hotline.api.pagination import Order
from hotline.api.shapes import READ_FAILURES, page
from hotline.api.words import Coded, choice, named
from hotline.models import Organisation, Region
from hotline.roles import Capability

BY_PATH = Order("path")


class Node(TypedDict):
    """A place in a tree. ``path`` holds the codes from the top down."""

    code: str
    name: str
    name_en: str
    label: str
    path: str


class OrganisationShape(Node):
    """A body that takes part."""

    kind: Coded
    tier: int
    region: Coded | None
    active_from: date
    active_until: date | None


class RegionShape(Node):
    """A place by its GB/T 2260 code."""

    level: Coded


class CategoryShape(Node):
    """A node of the category tree. Only leaves in force may be chosen for a case."""

    full_name: str
    depth: int
    valid_from: date
    valid_until: date | None


class ChannelShape(TypedDict):
    """A way in."""

    code: str
    name: str
    name_en: str
    label: str
    upstream: bool
    is_active: bool


class Organisations(Endpoint):
    capability = Capability.DIRECTORY_READ

    @extend_schema(
        operation_id="organisations_list",
        summary="Organisations, by their place in the tree",
        parameters=[queries.OrganisationsAsked],
        responses={200: page(OrganisationShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(queries.OrganisationsAsked, request)
        rows = Organisation.objects.all()
        if "kind" in given:
            rows = rows.filter(kind=given["kind"])
        return listed(_under(rows, given), BY_PATH, given, _organisation)


class Regions(Endpoint):
    capability = Capability.DIRECTORY_READ

    @extend_schema(
        operation_id="regions_list",
        summary="Regions, by their place in the tree",
        parameters=[queries.RegionsAsked],
        responses={200: page(RegionShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(queries.RegionsAsked, request)
        rows = Region.objects.filter(level=given["level"]) if "level" in given else Region.objects.all()
        return listed(_under(rows, given), BY_PATH, given, lambda r: {**_node(r), "level": choice(r, "level")})


class Categories(Endpoint):
    capability = Capability.DIRECTORY_READ

    @extend_schema(
        operation_id="categories_list",
        summary="Categories in force today, by their place in the tree",
        parameters=[queries.CategoriesAsked],
        responses={200: page(CategoryShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given = asked(queries.CategoriesAsked, request)
        rows = Category.objects.in_force(local_date(timezone.now()))
        return listed(_under(rows, given), BY_PATH, given, _category)


class Channels(Endpoint):
    capability = Capability.DIRECTORY_READ

    @extend_schema(
        operation_id="channels_list",
        summary="Channels, by code",
        parameters=[queries.Listed],
        responses={200: page(ChannelShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        return listed(Channel.objects.all(), Order("code"), asked(queries.Listed, request), _channel)


def _under(rows: Any, given: dict[str, Any]) -> Any:
    return rows.filter(path__startswith=given["under"].path) if "under" in given else rows


def _node(thing: Any) -> Node:
    return {
        "code": thing.code,
        "name": thing.name,
        "name_en": thing.name_en,
        "label": thing.label,
        "path": thing.path,
    }


def _organisation(body: Organisation) -> OrganisationShape:
    return {
        **_node(body),
        "kind": choice(body, "kind"),
        "tier": body.tier,
        "region": named(body.region),
        "active_from": body.active_from,
        "active_until": body.active_until,
    }


def _category(node: Category) -> CategoryShape:
    return {
        **_node(node),
        "full_name": node.full_label,
        "depth": node.depth,
        "valid_from": node.valid_from,
        "valid_until": node.valid_until,
    }


def _channel(way: Channel) -> ChannelShape:
    return {
        "code": way.code,
        "name": way.name,
        "name_en": way.name_en,
        "label": way.label,
        "upstream": way.upstream,
        "is_active": way.is_active,
    }
