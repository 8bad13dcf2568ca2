"""Live updates of the supervisor's page: server-sent events that say no more than that there is news."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET

from hotline.guards import requires
from hotline.roles import Capability
from oversight.news import NEWS

MOST_LISTENERS = 24  # of the 64 threads of a web process
LASTS_SECONDS = 300.0  # then the browser asks again, and whether it still may is looked at anew
BREATH_SECONDS = 15.0  # a line now and then finds out whether anybody is still there
APART_SECONDS = 5.0


@require_GET
@requires(Capability.OVERVIEW_READ)
def overview_live(_request: HttpRequest) -> HttpResponse:
    """An event whenever something happened; without a place (204) the page asks every thirty seconds instead."""
    if not NEWS.join(MOST_LISTENERS):
        return HttpResponse(status=204)
    response = StreamingHttpResponse(Listener(), content_type="text/event-stream")
    response["X-Accel-Buffering"] = "no"
    return response  # type: ignore[return-value]


class Listener:
    """What one listener is sent. Its place is given back when the server closes the answer, begun or not."""

    def __init__(self) -> None:
        self.parts = self._parts()
        self.gone = False

    def __iter__(self) -> Iterator[str]:
        return self.parts

    def close(self) -> None:
        if not self.gone:
            self.gone = True
            NEWS.leave()

    __del__ = close  # where no server closed it

    def _parts(self) -> Iterator[str]:
        if not connection.in_atomic_block:
            connection.close()  # a listener needs none
        end, number = time.monotonic() + LASTS_SECONDS, NEWS.number
        yield "retry: 3000\n\n"
        while time.monotonic() < end:
            latest = NEWS.after(number, BREATH_SECONDS)
            yield f"event: overview\ndata: {latest}\n\n" if latest != number else ": \n\n"
            if latest != number:
                time.sleep(APART_SECONDS)
            number = latest
