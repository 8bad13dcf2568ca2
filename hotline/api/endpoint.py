"""The one base of the API's views: method, who asks, may they — and only then the body.

A POST that fails may be the repeat of one that succeeded: its answer is looked for before it is told what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ErrorDetail, ParseError, UnsupportedMediaType, ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from hotline.acts import KEY_LIMIT, Refusal, after_all
from hotline.roles import Capability


class Endpoint(APIView):
    """A view that names the capability it needs: one, or one for each method."""

    capability: Capability | Mapping[str, Capability] = {}
    tells_again = True  # answer a repeated POST from what is kept; False where the answer may not be kept
    admitted = False  # past the door: whoever fails now may have been answered before

    def check_permissions(self, request: Request) -> None:
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request)
        super().check_permissions(request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if len(request.headers.get("Idempotency-Key", "")) > KEY_LIMIT:
            raise ParseError(_("An Idempotency-Key has at most %(n)s characters.") % {"n": KEY_LIMIT})
        if request.method == "POST":
            _check_is_json(request)
            self.admitted = self.tells_again

    def handle_exception(self, exc: Exception) -> Any:
        if self.admitted and isinstance(exc, Refusal | Http404 | APIException):
            exc = after_all(exc)
        return super().handle_exception(exc)


def _check_is_json(request: Request) -> None:
    """A form is refused, not read as an empty body."""
    kind = str(request.content_type or "").partition(";")[0].strip().lower()
    if request.META.get("CONTENT_LENGTH") not in (None, "", "0") and kind != "application/json":
        raise UnsupportedMediaType(kind)


class Given(Serializer[Any]):
    """What a client may send. It never saves, and a field nobody asked for is refused by name."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            sentence = _("There is no such field.")
            raise ValidationError({str(name): ErrorDetail(sentence, code="unknown_field") for name in unknown})
        return super().to_internal_value(data)


@cache
def _checker(kind: type[Given]) -> Given:
    """One for all requests: making one copies every field, which takes as long as all the rest of a small request.

    It keeps nothing of a request: ``run_validation`` only reads it, and ``is_valid``, which does not, is not called.
    """
    return kind()


def _checked(kind: type[Given], data: Any) -> dict[str, Any]:
    try:
        return dict(_checker(kind).run_validation(data))
    except ValidationError as wrong:
        if isinstance(wrong.detail, list):  # where there is no body at all
            wrong.detail = {"non_field_errors": wrong.detail}
        raise


def read(kind: type[Given], request: Request) -> dict[str, Any]:
    """The body, checked. Raises ValidationError naming every field that is wrong."""
    return _checked(kind, request.data)


def asked(kind: type[Given], request: Request) -> dict[str, Any]:
    """The query, checked likewise: a misspelt filter must not silently mean "all"."""
    return _checked(kind, dict(request.query_params.items()))
