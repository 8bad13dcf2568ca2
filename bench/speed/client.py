"""A small HTTP client that keeps its connections: threads over plain sockets, cheap enough to share the machine."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bench.report import percentile

TIMEOUT = 60


@dataclass(frozen=True)
class Request:
    """What to send. ``path`` begins with a slash."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One kept connection."""

    def __init__(self, address: str, headers: dict[str, str] | None = None) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.headers = headers or {}
        self.socket: socket.socket | None = None
        self.rest = b""

    def send(self, request: Request) -> Response:
        if self.socket is None:
            self.socket = socket.create_connection((self.host, self.port), timeout=TIMEOUT)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(self._written(request))
        return self._answer(self.socket)

    def _written(self, request: Request) -> bytes:
        headers = {"Host": f"{self.host}:{self.port}", **self.headers, **request.headers}
        if request.method != "GET":
            headers["Content-Length"] = str(len(request.body))
        lines = [f"{request.method} {request.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + request.body

    def _answer(self, from_: socket.socket) -> Response:
        received = self.rest
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more(from_)
        first, *lines = received[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines)}
        body = received[end + 4 :]
        if headers.get("transfer-encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more(from_)
            size = len(body)
        else:
            size = int(headers.get("content-length", 0))
        while len(body) < size:
            body += self._more(from_)
        self.rest = body[size:]
        return Response(int(first.split(" ")[1]), headers, body[:size])

    def _more(self, from_: socket.socket) -> bytes:
        if not (received := from_.recv(262_144)):
            raise ConnectionError("the server hung up")
        return received


@dataclass(frozen=True)
class Round:
    """What one stretch of requests took."""

    seconds: float
    times: list[float]
    statuses: Counter[int]
    bytes: int

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def milliseconds(self, share: float) -> float:
        return percentile(self.times, share) * 1000

    @property
    def failed(self) -> int:
        return sum(n for status, n in self.statuses.items() if status >= 400)


def drive(
    address: str,
    requests: Iterator[Request],
    *,
    clients: int,
    count: int,
    seconds: float,
    headers: Callable[[int], dict[str, str]] = lambda _n: {},
) -> Round:
    """Send requests over so many connections at once, each waiting for its answer, until count or time is reached."""
    lock, times, statuses, size = threading.Lock(), [], Counter[int](), [0]
    began = time.perf_counter()
    left = iter(range(count))

    def one(number: int) -> None:
        connection = Connection(address, headers(number))
        while time.perf_counter() - began < seconds:
            with lock:
                request = next(requests, None) if next(left, None) is not None else None
            if request is None:
                return
            start = time.perf_counter()
            response = connection.send(request)
            took = time.perf_counter() - start
            with lock:
                times.append(took)
                statuses[response.status] += 1
                size[0] += len(response.body)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Round(time.perf_counter() - began, times, statuses, size[0])
