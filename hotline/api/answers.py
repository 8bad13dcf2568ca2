"""One act a request: the answer is written as text, kept with the act, and told again word for word."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request

from hotline.acts import answering
from hotline.api.rendering import Json

R = TypeVar("R")
_ETAG = re.compile(r'"(\d{1,9})"', re.ASCII)


class Kept(TypedDict):
    """An answer as it is stored: the body is text, because the database would sort the keys of an object."""

    status: int
    body: str
    headers: dict[str, str]


class PreconditionRequired(APIException):
    """A change without saying which version it was decided on could overwrite what somebody else did."""

    status_code = 428
    default_detail = _("Say in If-Match which version of the case you saw: it is the ETag of the case.")
    default_code = "precondition_required"


def kept(body: Any, *, status: int = 200, version: int | None = None, location: str = "") -> Kept:
    headers = {"ETag": f'"{version}"'} if version is not None else {}
    if location:
        headers["Location"] = location
    return {"status": status, "body": Json().render(body).decode(), "headers": headers}


def respond(answer: Kept) -> HttpResponse:
    return HttpResponse(
        answer["body"], status=answer["status"], content_type="application/json", headers=answer["headers"]
    )


def carry_out(act: Callable[[], R], tell: Callable[[R], Kept]) -> HttpResponse:
    """Run one verb; what ``tell`` makes of its result is stored in the act's own transaction and sent."""
    with answering(tell) as context:
        act()
    return respond(context.answer)


def if_match(request: Request) -> int:
    """The version the client decided on. Raises PreconditionRequired, ParseError."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionRequired
    found = _ETAG.fullmatch(given)
    if not found:
        raise ParseError(_('If-Match holds one version in quotation marks, like "3".'))
    return int(found[1])
