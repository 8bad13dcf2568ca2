"""What a browser sends, without the one character that no database holds."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

NUL = "\0"


class ReadableMiddleware:
    """An address with a NUL leads nowhere; from queries and forms it is left out. The API judges its own fields."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        if not request.path_info.startswith("/api/"):
            request.GET = _readable(request.GET)  # type: ignore[assignment]
            if request.method == "POST":
                request.POST = _readable(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _readable(given: QueryDict) -> QueryDict:
    if not any(NUL in text for name, values in given.lists() for text in (name, *values)):
        return given
    clean = QueryDict(mutable=True)
    for name, values in given.lists():
        clean.setlist(name.replace(NUL, ""), [str(value).replace(NUL, "") for value in values])
    clean._mutable = False
    return clean
