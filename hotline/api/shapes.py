"""What the API says, written once: a TypedDict is the type the checker reads and the schema the clients read."""

from __future__ import annotations

import inspect
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, TypedDict, Union, get_args, get_origin, get_type_hints, is_typeddict
from uuid import UUID

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.utils import OpenApiParameter

from hotline.api.authentication import BrowserSession, TokenAuthentication
from hotline.api.endpoint import Given

Schema = dict[str, Any]
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    UUID: {"type": "string", "format": "uuid"},
    Any: {},
}
_named: dict[str, Any] = {}


class Error(TypedDict):
    """What is wrong with one field; ``citizen.phone`` is a field of an inner object."""

    field: str
    code: str
    detail: str


class Problem(TypedDict):
    """RFC 9457. ``detail`` is for people, ``code`` for programs; some kinds carry more."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[Error]
    request_id: str


OPEN_SHAPES = {"Problem"}


def schema(kind: Any) -> Schema:
    """The JSON schema of a type; a TypedDict becomes a component and is referred to."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if is_typeddict(kind):
        _named[kind.__name__] = kind
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    origin, args = get_origin(kind), get_args(kind)
    if origin is list:
        return {"type": "array", "items": schema(args[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema(args[1])}
    if origin is Literal:
        return {"enum": list(args)}
    if origin in (Union, UnionType):
        return {"anyOf": [schema(arg) for arg in args]}
    raise TypeError(f"{kind} has no schema")


def page(kind: Any) -> Schema:
    """A page of a list: the rows, and the cursor of the next page (null on the last)."""
    return {
        "type": "object",
        "required": ["results", "next_cursor"],
        "additionalProperties": False,
        "properties": {"results": {"type": "array", "items": schema(kind)}, "next_cursor": schema(str | None)},
    }


def add_shapes(result: Schema, generator: Any, **_more: Any) -> Schema:
    """Spectacular's hook: put every TypedDict that an operation refers to among the components."""
    components = result.setdefault("components", {}).setdefault("schemas", {})
    waiting = list(_named)
    while waiting:
        name = waiting.pop()
        if name not in components:
            components[name] = _component(_named[name])
            waiting += [other for other in _named if other not in components]
    result["components"]["schemas"] = dict(sorted(components.items()))
    return result


def _component(kind: Any) -> Schema:
    fields = get_type_hints(kind)
    return {
        "type": "object",
        "description": inspect.getdoc(kind) or "",
        "required": sorted(kind.__required_keys__),
        "additionalProperties": kind.__name__ in OPEN_SHAPES,
        "properties": {name: schema(hint) for name, hint in fields.items()},
    }


def failures(*statuses: int) -> dict[tuple[int, str], Schema]:
    """The problems an operation may answer with."""
    return {(status, "application/problem+json"): schema(Problem) for status in sorted(statuses)}


READ_FAILURES = failures(400, 401, 403, 404, 406, 429)
WRITE_FAILURES = failures(400, 401, 403, 404, 406, 409, 413, 415, 422, 429)
MOVE_FAILURES = WRITE_FAILURES | failures(428)
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "maxLength": 80},
    OpenApiParameter.HEADER,
    description="Any text of your own, new for each act. A repeat with the same key and body gets the same answer and"
    " does nothing; the same key with another body is refused (422, key_reused).",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the case as you saw it. If somebody changed it meanwhile: 409 (stale) with what changed.",
)


class _GivenSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Bodies say in the schema, too, that they take no other fields."""

    target_class = Given
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> Schema:
        mapped: Schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**mapped, "additionalProperties": False}


class _TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token of one membership."}


class _SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BrowserSession
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "A signed-in browser."}
