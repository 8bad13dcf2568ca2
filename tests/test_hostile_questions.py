"""No question to the database is made of what somebody sent: held in the code, and by a sample of hostile values."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator

import pytest

from bench.hostile.questions import places, questions, seen
from tests.stories import accepted
from tests.test_architecture import SOURCES

GIVEN = {"request", "GET", "POST", "data", "query_params", "cleaned_data", "validated_data", "params", "query"}
ASKING = {
    "filter", "exclude", "get", "create", "update", "get_or_create", "update_or_create", "annotate", "aggregate",
    "order_by", "values", "values_list", "only", "defer", "extra", "select_related", "prefetch_related", "raw", "alias",
}  # fmt: skip
RUNNING = {"execute", "executemany", "raw", "RawSQL", "extra"}
# SQL put together from the names of our own tables, columns and queries; nothing in it comes from outside
OUR_OWN = {
    "hotline.pages.shell", "hotline.management.commands.run_demo", "hotline.embedded.postgres", "hotline.rows",
    "hotline.rotation", "hotline.partitions", "hotline.management.commands.migrate", "hotline.seals",
    "hotline.journal_guards", "hotline.audit_checking", "hotline.schema",
}  # fmt: skip


def calls(module: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(SOURCES[module].read_text())):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def names_in(node: ast.AST) -> set[str]:
    return {getattr(n, "id", getattr(n, "attr", "")) for n in ast.walk(node) if isinstance(n, ast.Name | ast.Attribute)}


def is_put_together(node: ast.expr) -> bool:
    """An f-string with something in it, ``%``, ``+`` or ``.format``."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return not (isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant))
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format"


def test_no_query_takes_its_names_from_a_request() -> None:
    """``filter(**request.GET)`` would let anybody ask for any column."""
    wrong = []
    for module in SOURCES:
        for name, call in calls(module):
            spread = [keyword.value for keyword in call.keywords if keyword.arg is None]
            spread += [argument for argument in call.args if isinstance(argument, ast.Starred)]
            if name in ASKING and any(names_in(each) & GIVEN for each in spread):
                wrong.append(f"{module} line {call.lineno}: {name}")
    assert wrong == []


def test_no_sql_is_put_together() -> None:
    """Values go beside the statement, never into it."""
    wrong = [
        f"{module} line {call.lineno}: {name}"
        for module in SOURCES.keys() - OUR_OWN
        for name, call in calls(module)
        if name in RUNNING and call.args and is_put_together(call.args[0])
    ]
    assert wrong == []


def test_what_may_put_sql_together_knows_no_request() -> None:
    assert set(SOURCES) >= OUR_OWN
    for module in OUR_OWN:
        for name, call in calls(module):
            if name in RUNNING and call.args and is_put_together(call.args[0]):
                assert not names_in(call.args[0]) & GIVEN, f"{module} line {call.lineno}"


@pytest.mark.django_db
def test_a_hostile_value_is_answered_as_a_harmless_one() -> None:
    """A few of what ``bin/check hostile_queries`` asks."""
    accepted()
    chance, faults = random.Random(7), []
    for place, question in zip(chance.sample(places(), 40), questions(chance, 40), strict=True):
        hostile, harmless = place.told(question.hostile), place.told(question.harmless)
        if hostile.status_code >= 500 or seen(hostile) != seen(harmless):
            faults.append((place.asked(question.hostile), seen(hostile), seen(harmless)))
    assert faults == []
