"""Queries whose SQL is made once. Writing it anew takes the ORM longer than PostgreSQL needs to answer.

For what every request asks. Everywhere else a plain query set says it better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet, query
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

M = TypeVar("M", bound=Model)
_populators: Any = query.get_related_populators
Slot = tuple[str, Callable[[Any], Any]]

# What stands for a value while the SQL is made, by its type
STAND_INS: dict[type, Callable[[int], Any]] = {
    datetime: lambda n: datetime(1900, 1, 1, 12, tzinfo=UTC) + timedelta(days=n, microseconds=n),
    UUID: lambda n: UUID(int=(1 << 120) + n),
    bytes: lambda n: b"\x00stands for a value\x00%d" % n,
    int: lambda n: (1 << 62) + n,
    str: lambda n: f"\x01stands for a value\x01{n}",
}


@dataclass(frozen=True)
class _Plan:
    """The SQL, where the values go among its parameters, and how a row becomes an object."""

    sql: str
    parameters: list[Any]
    slots: dict[int, Slot]
    compiler: SQLCompiler
    converters: Any
    populators: list[Any]
    model: Any
    columns: slice
    names: list[str]


class Compiled(Generic[M]):
    """A query set with places for values: ``Compiled(lambda at: Thing.objects.filter(until__gt=at), at=datetime)``.

    A value may be used several times, a moment also as its local day. The query's shape must not depend on the values,
    and nothing else may be reckoned from them: that is noticed when the SQL is made. None cannot be given.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **types: type) -> None:
        self._build, self._types = build, types
        self._made: _Plan | None = None

    def __call__(self, **values: Any) -> list[M]:
        plan = self._made = self._made or self._plan()
        parameters = list(plan.parameters)
        for place, (name, convert) in plan.slots.items():
            parameters[place] = convert(values[name])
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, parameters)
            rows = cursor.fetchall()
        if plan.converters:
            rows = plan.compiler.apply_converters(rows, plan.converters)
        return [_object(row, plan) for row in rows]

    def first(self, **values: Any) -> M | None:
        return next(iter(self(**values)), None)

    def get(self, **values: Any) -> M:
        """The only one. Raises the model's DoesNotExist or MultipleObjectsReturned, as a query set does."""
        found = self(**values)
        if len(found) != 1:
            model: Any = self._made.model if self._made else Model
            raise model.MultipleObjectsReturned(values) if found else model.DoesNotExist(values)
        return found[0]

    def _plan(self) -> _Plan:
        compiler, sql, parameters, slots = self._compiled(1)
        _other, other_sql, others, other_slots = self._compiled(101)
        frozen = [n for n, (one, other) in enumerate(zip(parameters, others, strict=True)) if one != other]
        if sql != other_sql or slots.keys() != other_slots.keys() or set(frozen) - slots.keys():
            raise ValueError(f"the query depends on its values otherwise than by places for them: {sql}")
        if missing := self._types.keys() - {name for name, _convert in slots.values()}:
            raise ValueError(f"no place for {', '.join(missing)} in {sql}")
        selected, found = compiler.select or [], compiler.klass_info or {}
        columns = slice(found["select_fields"][0], found["select_fields"][-1] + 1)
        return _Plan(
            sql,
            parameters,
            slots,
            compiler,
            compiler.get_converters([column for column, _sql, _alias in selected]),
            _populators(found, selected, DEFAULT_DB_ALIAS),
            found["model"],
            columns,
            [column.target.attname for column, _sql, _alias in selected[columns]],
        )

    def _compiled(self, first: int) -> tuple[SQLCompiler, str, list[Any], dict[int, Slot]]:
        known: dict[Any, Slot] = {}
        stand_ins = {}
        for n, (name, kind) in enumerate(self._types.items(), start=first):
            value = stand_ins[name] = STAND_INS[kind](n)
            known[value] = (name, _as_it_is)
            if kind is datetime:
                known[timezone.localdate(value)] = (name, timezone.localdate)
        compiler = self._build(**stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        plain = [getattr(value, "adapted", value) for value in parameters]
        return compiler, sql, plain, {place: known[value] for place, value in enumerate(plain) if value in known}


def _as_it_is(value: Any) -> Any:
    return value


def _object(row: Any, plan: _Plan) -> Any:
    """The row's object with those it was selected with, as a query set makes them."""
    made = plan.model.from_db(DEFAULT_DB_ALIAS, plan.names, row[plan.columns])
    for populator in plan.populators:
        populator.populate(row, made)
    for name, place in plan.compiler.annotation_col_map.items():
        setattr(made, name, row[place])
    return made
