"""Every answer of every address carries what protects its reader, as production is set up."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings as running
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from oversight.demo.reference import PASSWORD
from tests.doors import client_of
from tests.hotline.test_settings import PRODUCTION, read
from tests.stories import accepted
from tests.test_guards import ADDRESSES, filled

pytestmark = pytest.mark.django_db
COOKIES = [
    f"{which}_COOKIE_{what}"
    for which in ("SESSION", "CSRF", "LANGUAGE")
    for what in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")
]
HSTS = [f"SECURE_HSTS_{what}" for what in ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")]
OF_PRODUCTION = [*COOKIES, *HSTS, "SECURE_SSL_REDIRECT", "CONTENT_SECURITY_POLICY"]
HOST = "localhost"
CARRIED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Server": "hotline",
}
REFERRER = {"same-origin", "strict-origin"}
# what everybody may read may be kept for a while; nothing of anybody is in it
PUBLISHED = {f"oversight:{name}" for name in ("public", "open_data", "month_csv", "month_json")}
BANNERS = re.compile(r"granian|django|python|nginx|postgres", re.IGNORECASE)


@pytest.fixture(scope="module")
def of_production() -> dict[str, object]:
    return read(PRODUCTION, *OF_PRODUCTION)


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings, of_production: dict[str, object]) -> None:
    for name, value in of_production.items():
        setattr(settings, name, value)


class ByHttps(Client):
    """A browser that is told of faults as everybody is."""

    def generic(self, *args: Any, **more: Any) -> Any:
        return super().generic(*args, **{**more, "secure": True})


def someone(username: str = "") -> Client:
    client = ByHttps(raise_request_exception=False, SERVER_NAME=HOST)
    if username:
        client.cookies[running.SESSION_COOKIE_NAME] = client_of(username).cookies["sessionid"].value
    return client


def lacking(answer: Any, *, kept: bool = False) -> list[str]:
    """What the answer lacks; of one that may be ``kept`` by browsers its Cache-Control is another."""
    wrong = [name for name, value in CARRIED.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if not policy.count("default-src 'self'") + policy.count("default-src 'none'") or re.search(r"unsafe|\*", policy):
        wrong.append(f"policy {policy!r}")
    if answer.headers.get("Referrer-Policy") not in REFERRER:
        wrong.append("Referrer-Policy")
    if "geolocation=()" not in answer.headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if not kept and "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append(f"Cache-Control {answer.headers.get('Cache-Control')!r}")
    said = " ".join(value for name, value in answer.headers.items() if name != "Location")
    return wrong + [f"banner {found}" for found in BANNERS.findall(said)]


def test_every_address_carries_them_for_strangers_and_staff() -> None:
    number, wrong = accepted().number, []
    for client in (someone(), someone("zhou"), someone("sun")):
        for route, name, _entry in ADDRESSES:
            path = filled(route, number)
            for method in ("GET", "POST", "HEAD", "OPTIONS", "DELETE", "TRACE"):
                answer = client.generic(method, path)
                wrong += [(method, path, fault) for fault in lacking(answer, kept=name in PUBLISHED)]
                if method == "TRACE":
                    wrong += [(method, path, str(answer.status_code))] * (answer.status_code != 405)
    assert wrong == []


def fails(*_given: Any) -> HttpResponse:
    raise RuntimeError("a fault that nobody foresaw")


def test_every_kind_of_failure_carries_them(monkeypatch: pytest.MonkeyPatch) -> None:
    client, zhou = someone(), someone("zhou")
    file = SimpleUploadedFile("x.txt", b"x")
    answers: dict[int, Any] = {
        400: client.get("/sign-in/", headers={"host": "evil.example"}),
        401: client.get("/api/v1/cases/"),
        403: someone("sun").get("/console/"),
        404: zhou.get("/nothing/"),
        405: zhou.get("/sign-out/"),
        409: zhou.post(f"/cases/{accepted().number}/moves/withdraw/", {"why": "x", "version": 99}),
        413: client.post("/sign-in/", {"username": "x" * 6_000_000, "password": "x"}),
        422: client.post("/sign-in/", {"username": "x", "password": "x"}),
    }
    answers |= {1413: zhou.post("/sign-in/", {"file": file}, CONTENT_LENGTH="10000000000")}
    answers |= {2413: zhou.post("/api/v1/cases/", "{}", "application/json", CONTENT_LENGTH="10000000000")}
    answers |= {3413: zhou.post("/sign-in/", {"file": file}, CONTENT_LENGTH="9" * 30)}
    monkeypatch.setattr("cases.pages.search.render", fails)
    answers |= {500: zhou.get("/search/?q=x")}
    assert {code: answer.status_code for code, answer in answers.items()} == {code: code % 1000 for code in answers}
    assert {code: lacking(answer) for code, answer in answers.items()} == {code: [] for code in answers}


def test_files_of_the_interface_carry_them_and_may_be_kept() -> None:
    for path in ("/static/css/hotline.css", "/static/img/favicon.svg", "/static/js/theme.js"):
        answer: Any = someone().get(path)
        assert b"".join(answer.streaming_content)
        answer.close()
        assert (answer.status_code, lacking(answer, kept=True)) == (200, [])
        assert "max-age" in answer["Cache-Control"]


def test_what_is_not_https_is_sent_there_and_the_policy_covers_the_way() -> None:
    answer = Client(SERVER_NAME=HOST).get("/sign-in/")
    assert (answer.status_code, answer["Location"]) == (301, f"https://{HOST}/sign-in/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client(SERVER_NAME="evil.example").get("/sign-in/").status_code == 400
    assert Client(SERVER_NAME=HOST).get("/health/live").status_code == 200


def test_cookies_belong_to_this_host_and_are_out_of_reach_of_scripts() -> None:
    client = someone()
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": "wang", "password": PASSWORD})
    client.post("/i18n/setlang/", {"language": "en"})
    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-django_language"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-"), name
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax"), name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


def test_a_page_too_large_says_so_and_ends_nothing() -> None:
    client = someone("wang")
    answer = client.post("/console/register/", {"words": "x" * 6_000_000, "idempotency_key": "k"})
    assert (answer.status_code, "20 MB" in answer.content.decode()) == (413, True)
    assert "__Host-sessionid" not in answer.cookies
    assert client.get("/inbox/").status_code == 200
    many = client.post("/console/register/", {f"field{n}": "x" for n in range(2_000)})
    assert (many.status_code, "<main" in many.content.decode()) == (400, True)


def test_no_check_is_silenced() -> None:
    assert running.SILENCED_SYSTEM_CHECKS == []
    assert "SILENCED" not in (running.BASE_DIR / "hotline" / "settings.py").read_text()
