"""Headers that anybody can write are believed only from proxies of our own."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from hotline.models import AuditEntry
from hotline.proxies import ProxyMiddleware
from tests.doors import client_of

INVENTED: dict[str, Any] = {
    "HTTP_X_FORWARDED_FOR": "9.9.9.9",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_REAL_IP": "9.9.9.9",
    "HTTP_CF_CONNECTING_IP": "9.9.9.9",
    "HTTP_TRUE_CLIENT_IP": "9.9.9.9",
    "HTTP_FORWARDED": "for=9.9.9.9;proto=https;host=evil.example",
}


def seen(peer: str, **headers: Any) -> HttpRequest:
    """The request as it is behind the middleware."""
    given: list[HttpRequest] = []

    def keep(request: HttpRequest) -> HttpResponse:
        given.append(request)
        return HttpResponse()

    ProxyMiddleware(keep)(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))
    return given[0]


@pytest.fixture
def _two_proxies(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/24", "fd00::/8"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.usefixtures("_two_proxies")
@pytest.mark.parametrize(
    ("peer", "told", "client"),
    [
        ("8.8.8.8", "9.9.9.9", "8.8.8.8"),
        ("10.0.0.7", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.7", "1.1.1.1, 9.9.9.9", "9.9.9.9"),
        ("10.0.0.7", "1.1.1.1, 9.9.9.9, 10.0.0.8", "9.9.9.9"),
        ("10.0.0.7", "9.9.9.9, <script>, 10.0.0.8", "10.0.0.8"),
        ("10.0.0.7", "", "10.0.0.7"),
        ("10.0.0.7", "10.0.0.8", "10.0.0.8"),
        ("::ffff:10.0.0.7", "9.9.9.9", "9.9.9.9"),
        ("fd00::1", "2001:db8::5", "2001:db8::5"),
        ("fd00::1", "9.9.9.9:443", "fd00::1"),
    ],
)
def test_the_client_is_the_nearest_address_that_is_no_proxy_of_ours(peer: str, told: str, client: str) -> None:
    assert seen(peer, HTTP_X_FORWARDED_FOR=told).META["REMOTE_ADDR"] == client


@pytest.mark.usefixtures("_two_proxies")
def test_only_a_proxy_of_ours_says_that_it_was_https() -> None:
    assert seen("10.0.0.7", HTTP_X_FORWARDED_PROTO="https").is_secure()
    assert not seen("8.8.8.8", HTTP_X_FORWARDED_PROTO="https").is_secure()


@pytest.mark.parametrize("trusted", [[], ["10.0.0.0/24"]])
def test_whatever_a_stranger_writes_changes_nothing(settings: Settings, trusted: list[str]) -> None:
    settings.TRUSTED_PROXIES = trusted
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = seen("8.8.8.8", **INVENTED)
    assert request.META["REMOTE_ADDR"] == "8.8.8.8"
    assert not request.is_secure()
    assert request.get_host() == "testserver"


@pytest.mark.django_db
def test_an_invented_address_gives_no_fresh_tries(client: Client) -> None:
    answers = [
        client.post("/sign-in/", {"username": "wang", "password": "wrong"}, **{**INVENTED, header: f"9.9.9.{n}"})
        for n, header in enumerate([*INVENTED, "HTTP_X_CLIENT_IP"])
    ]
    assert [a.status_code for a in answers] == [422] * 4 + [429] * 4
    assert {entry.ip for entry in AuditEntry.objects.all()} == {"127.0.0.1"}


@pytest.mark.django_db
def test_nobody_is_inside_by_saying_so(settings: Settings) -> None:
    settings.METRICS_ADDRESSES = ["10.0.0.0/8"]
    assert client_of("zhou").get("/metrics", HTTP_X_FORWARDED_FOR="10.1.2.3").status_code == 403
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]
    assert Client().get("/metrics", HTTP_X_FORWARDED_FOR="10.1.2.3").status_code == 200
    assert Client().get("/metrics", HTTP_X_FORWARDED_FOR="10.1.2.3, 8.8.8.8").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "a b", ""])
def test_a_host_that_is_not_ours_is_refused_in_words(host: str) -> None:
    answer = Client().get("/sign-in/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
