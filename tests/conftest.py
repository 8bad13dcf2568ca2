from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.db.models.signals import post_delete, post_save
from django.test import TransactionTestCase
from django.test.signals import setting_changed
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from hotline import kept
from tests.browser import CHROMIUM, browser, page, sit
from tests.database import clone_over, migrated_template, put_out

__all__ = ["browser", "page", "sit"]

MIDDLEWARE = {"_middleware_chain", "_view_middleware", "_template_response_middleware", "_exception_middleware"}


def pytest_configure() -> None:
    # How fast a machine is that does other things beside is no property of what is tested.
    hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
    hypothesis.settings.load_profile("busy")
    if settings.EMBEDDED_IN_USE:
        settings.EMBEDDED.ensure()


def pytest_make_parametrize_id(val: object) -> str | None:
    """A long value is named by its beginning: names go to every worker and back for each test."""
    if isinstance(val, str | bytes) and len(val) > 60:
        return f"{val[:40]!a} and {len(val) - 40} more"
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if any("data" in report.keywords for report in skipped):
        terminalreporter.write_sep("!", "IMPORTS OF REAL FILES DID NOT RUN: ../shared/data is not here")
    if not CHROMIUM and any("browser" in report.keywords for report in skipped):
        terminalreporter.write_sep("!", "BROWSER TESTS DID NOT RUN: no Chromium found (set CHROMIUM or install it)")


@pytest.fixture(scope="session", autouse=True)
def _nothing_kept_runs_out() -> Iterator[None]:
    """Questions are counted; a calendar whose half minute is over in between would be asked for again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hotline.kept.SECONDS", 86_400.0)
        patch.setattr("hotline.models.working_calendar._KEEP_SECONDS", 86_400.0)
        patch.setattr("hotline.guards.NOTED_SECONDS", 1_200.0)  # no page writes because another was slow
        patch.setattr("oversight.kept.LONG", 86_400.0)  # numbers are counted every time, however slow the machine
        yield


@pytest.fixture(autouse=True)
def _what_was_undone_is_not_kept(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that asks the database begins with everything kept as it stands there, and leaves nothing it changed."""
    if not request.node.get_closest_marker("django_db") and not {"db", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    for value in kept.everything():
        value()
    models = {model for value in kept.everything() for model in value.models}
    changed: list[type] = []

    def note(sender: type, **_signal: object) -> None:
        if sender in models:
            changed.append(sender)

    post_save.connect(note)
    post_delete.connect(note)
    yield
    post_save.disconnect(note)
    post_delete.disconnect(note)
    if changed:
        for value in kept.everything():
            value.forget()


@pytest.fixture(autouse=True)
def _nobody_has_asked_too_often() -> None:
    """The API counts a membership's requests in the cache, which all tests of a process share."""
    cache.clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are asserted as they stand in the code; a request speaks its own language (Chinese unless it asks)."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Clone the test database from one that is migrated already; migrations run once per change, not per run."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_template()


@pytest.fixture(scope="session", autouse=True)
def _middleware_is_loaded_once() -> Iterator[None]:
    """Not for every client: each would look through all static files. Anew where a test changes a setting."""
    loaded: list[BaseHandler] = []
    load = BaseHandler.load_middleware

    def reuse(handler: BaseHandler, is_async: bool = False) -> None:
        if not loaded:
            load(handler, is_async)
            loaded.append(handler)
        handler.__dict__.update({name: value for name, value in loaded[0].__dict__.items() if name in MIDDLEWARE})

    def forget(**_changed: object) -> None:
        loaded.clear()

    setting_changed.connect(forget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "load_middleware", reuse)
        yield
    setting_changed.disconnect(forget)


@pytest.fixture(scope="session", autouse=True)
def _nobody_is_left_in_the_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A thread that a test started may still hold a connection when the database is to go."""
    yield
    with django_db_blocker.unblock():
        put_out(connection)


@pytest.fixture(scope="session", autouse=True)
def _fresh_database_after_a_transactional_test() -> Iterator[None]:
    """A clone instead of TRUNCATE: journals refuse to be emptied, and reference rows come back."""

    def afresh(_self: object) -> None:
        clone_over(connection)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", afresh)
    yield
    patch.undo()
