"""Who may import whom. Apps form a chain; inside an app the floors are

    pure -> models -> readers -> tasks -> verbs -> schedule -> forms, pages, api, admin -> urls

A module may import what stands before it. `hotline` is also the switchboard, which names apps only as strings.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

CHAIN = ("hotline", "cases", "contractors", "oversight")
SWITCHBOARD = {"hotline.settings", "hotline.urls", "hotline.celery", "hotline.wsgi", "hotline"}
VERBS = {
    "cases": {
        "intake",
        "workflow",
        "dispatching",
        "handling",
        "handing_down",
        "handing_over",
        "reviewing",
        "asking",
        "reviewing_parts",
        "sealing",
        "linking",
        "group_answers",
        "bursts",
        "decisions",
        "disputing",
        "effect",
        "excluding",
        "exporting",
        "export_building",
        "extending",
        "previews",
        "refusing",
        "resting",
        "returning",
        "suspending",
        "unreached",
        "surveys",
        "independent_drawing",
        "independent_calls",
        "callbacks",
        "identity",
        "supervision",
        "ladder",
        "digests",
        "attachments",
        "saved_views",
        "telephony",
        "call_platforms",
        "escalation",
        "learning",
        "hot_topics",
        "cataloguing",
        "catalogue_uploads",
        "knowledge",
        "knowledge_reports",
    },
    "contractors": {
        "quality",
        "assessments",
        "contracting",
        "clause_writing",
        "objecting",
        "adjusting",
        "incidents",
        "handover",
        "reconciliation",
        "rostering",
        "employing",
        "proofs",
        "staff_tables",
        "scorecards",
        "sampling",
        "marking",
        "publishing",
        "appeals",
        "agent_complaints",
        "attributing",
    },
    "oversight": {
        "audits",
        "bulletins",
        "snapshots",
        "findings",
        "detecting",
        "public_months",
        "public_topics",
        "pressing",
        "typical_cases",
        "costs",
        "demo",  # a story is told by verbs
    },
}
EDGE = {"forms", "pages", "api", "admin", "management", "templatetags"}
PRIVATE = EDGE - {"templatetags"} | {"tasks", "schedule", "urls"}
PURE, MODELS, READERS, TASKS, VERB, SCHEDULE, DOOR, URLS = range(8)
DRAWERS = {"utils", "util", "services", "selectors", "helpers", "managers", "constants", "common", "misc", "base"}
ROOT: Path = settings.BASE_DIR


def modules(*packages: str) -> Iterator[tuple[str, Path]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                yield ".".join(parts).removesuffix(".__init__"), path


SOURCES = dict(modules(*CHAIN))


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of ours that this one imports, also inside functions and for types only."""
    found = set()
    for node in ast.walk(ast.parse(SOURCES[module].read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & SOURCES.keys()) or {node.module}
    return frozenset(found & SOURCES.keys() - {module})


def app_of(module: str) -> str:
    return module.partition(".")[0]


@cache
def floor(module: str) -> int:
    app, _, rest = module.partition(".")
    concept = rest.partition(".")[0]
    named = {"models": MODELS, "tasks": TASKS, "schedule": SCHEDULE, "urls": URLS}
    if concept in named:
        return named[concept]
    if concept in EDGE:
        return DOOR
    if concept in VERBS.get(app, set()):
        return VERB
    own = {other for other in imports(module) if app_of(other) == app}
    return PURE if all(floor(other) == PURE for other in own) else READERS


@pytest.mark.parametrize("module", SOURCES)
def test_imports_only_go_downwards(module: str) -> None:
    app = app_of(module)
    for other in imports(module):
        assert CHAIN.index(app_of(other)) <= CHAIN.index(app), f"{module} imports {other}, an app above"
        if app_of(other) != app:
            shared = app_of(other) == "hotline" and floor(module) >= DOOR  # the ground floor's edge serves every door
            assert shared or other.split(".")[1:2] == [] or other.split(".")[1] not in PRIVATE, (
                f"{module} reaches into {other}"
            )
        elif module not in SWITCHBOARD and other not in SWITCHBOARD:
            assert floor(other) <= floor(module), f"{module} imports {other}, a floor above"


@pytest.mark.parametrize("module", sorted(SWITCHBOARD))
def test_the_switchboard_names_apps_only_as_strings(module: str) -> None:
    assert {app_of(other) for other in imports(module)} <= {"hotline"}


@pytest.mark.parametrize(("package", "longest"), [*((app, 300) for app in (*CHAIN, "bin", "bench")), ("tests", 400)])
def test_no_file_is_longer_than_a_reader_holds_in_mind(package: str, longest: int) -> None:
    lines = {name: len(path.read_text().splitlines()) for name, path in modules(package)}
    assert {name: count for name, count in lines.items() if count > longest} == {}


def test_every_module_is_named_after_what_it_is_about() -> None:
    assert {name for name in SOURCES if name.rpartition(".")[2] in DRAWERS} == set()


def test_only_one_postgres_driver_is_in_use() -> None:
    """Django silently prefers psycopg 3 where both can be imported."""
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    assert not is_psycopg3


@pytest.mark.parametrize("module", SOURCES)
def test_no_task_waits_in_the_broker_for_more_than_a_minute(module: str) -> None:
    """Redis delivers again what waits longer than its visibility timeout: long waits are rows."""
    for node in ast.walk(ast.parse(SOURCES[module].read_text())):
        if isinstance(node, ast.keyword) and node.arg in {"countdown", "eta"}:
            seconds = node.value.value if isinstance(node.value, ast.Constant) else None
            assert node.arg == "countdown", f"{module} sends a task with an eta"
            assert isinstance(seconds, int), f"{module} sends a task for it knows not when"
            assert seconds <= 60, f"{module} sends a task for later"
