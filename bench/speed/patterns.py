"""The rows that each fate left behind, as patterns: what is a case's own in them, and what every copy shares."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from django.db import connection, models

from bench.speed.fates import FATES
from cases.models import Assignment, Case, CaseEvent, Clock, Decision, Feedback, Reply, Survey
from hotline.models import AuditEntry, Message, Organisation

Field: TypeAlias = "models.Field[Any, Any]"
Table = type[models.Model]

STEP = 64  # ids set aside for the rows of one case in a table; none has more
COPIED: tuple[Table, ...] = (Assignment, Clock, Decision, Reply, Survey, Feedback, CaseEvent, AuditEntry)
NAMED_INSIDE = {"reply": Reply, "clock": Clock, "decision": Decision}  # keys of a payload that name a row


def table(model: Table) -> str:
    return model._meta.db_table


def pattern(model: Table) -> str:
    return f"bench_{table(model)}"


def columns(model: Table) -> list[Field]:
    return list(model._meta.concrete_fields)


def own_references(model: Table) -> list[Field]:
    """The columns that name other rows of the same case."""
    return [f for f in columns(model) if f.is_relation and (f.related_model in COPIED or f.related_model is Message)]


def keep(lived: dict[str, Case]) -> None:
    """Put the rows of the lived fates aside, each with its fate and its place among the rows of its case."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_fate (fate int PRIMARY KEY, case_id bigint, number text, began timestamptz)")
        for fate, case in ((n, lived[fate.name]) for n, fate in enumerate(FATES)):
            cursor.execute(
                "INSERT INTO bench_fate VALUES (%s, %s, %s, %s)", [fate, case.pk, case.number, case.registered_at]
            )
        kept: tuple[Table, ...] = (Message, *COPIED)
        for model in kept:
            cursor.execute(_kept(model))
            cursor.execute(f"SELECT coalesce(max(place), 0) FROM {pattern(model)}")
            if cursor.fetchone()[0] >= STEP:
                raise ValueError(f"a case has more than {STEP} rows in {table(model)}")
        for model in COPIED:
            for statement in _resolved(model):
                cursor.execute(statement)


def _kept(model: Table) -> str:
    of = {
        Message: "r.about = f.number",
        AuditEntry: "r.object_type = 'cases.case' AND r.object_id = f.case_id::text",
    }.get(model, "r.case_id = f.case_id")
    made = {Message: "r.created_at - f.began", Survey: "r.sent_at - f.began"}.get(model, "NULL::interval")
    return (
        f"CREATE TABLE {pattern(model)} AS SELECT f.fate, f.began, {made} AS after,"
        f" (row_number() OVER (PARTITION BY f.fate ORDER BY r.id))::int - 1 AS place, r.*"
        f" FROM {table(model)} r JOIN bench_fate f ON {of}"
    )


def _resolved(model: Table) -> list[str]:
    """Beside each column that names a row of the same case: that row's place, and when it was made."""
    statements = []
    for field in own_references(model):
        names, to = field.column, pattern(field.related_model)  # type: ignore[arg-type]
        taken = f"{names}_place = k.place, {names}_after = k.after FROM {to} k WHERE k.id = p.{names}"
        statements += [
            f"ALTER TABLE {pattern(model)} ADD {names}_place int, ADD {names}_after interval",
            f"UPDATE {pattern(model)} p SET {taken}",
        ]
    if model is CaseEvent:
        statements.append(f"ALTER TABLE {pattern(model)} ADD inside text, ADD inside_place int")
        statements += [
            f"UPDATE {pattern(model)} p SET inside = '{key}', inside_place = k.place"
            f" FROM {pattern(to)} k WHERE k.id = (p.payload ->> '{key}')::bigint"
            for key, to in NAMED_INSIDE.items()
        ]
    return statements


def copying(model: Table, shared: dict[str, Any]) -> str:
    """The statement that writes a table's rows of all the cases set down in bench_copy, as their patterns have them.

    ``shared`` names what the patterns' cases had in common and each copy has its own of: unit, contractor, codes.
    """
    expressions = {str(field.column): _expression(model, field, shared) for field in columns(model)}
    return (
        f"INSERT INTO {table(model)} ({', '.join(expressions)}) SELECT {', '.join(expressions.values())}"
        f" FROM bench_copy c JOIN {pattern(model)} p ON p.fate = c.fate"
    )


def _expression(model: Table, field: Field, shared: dict[str, Any]) -> str:
    column = f"p.{field.column}"
    if field.primary_key:
        return _identity(field, "p.place", "p.after")
    if field in own_references(model):
        key = field.related_model._meta.pk  # type: ignore[union-attr]
        made = _identity(key, f"{column}_place", f"{column}_after")
        return f"CASE WHEN {column} IS NOT NULL THEN {made} END"
    if field.related_model is Case or (model, field.name) == (AuditEntry, "object_id"):
        return "c.id" if field.is_relation else "c.id::text"
    if field.related_model is Organisation:
        unit, contractor = shared["unit"], shared["contractor"]
        return f"CASE {column} WHEN {unit} THEN c.unit WHEN {contractor} THEN c.contractor ELSE {column} END"
    if isinstance(field, models.DateTimeField):
        return f"{column} + c.shift"
    if isinstance(field, models.DateField):
        return f"({column} + c.shift)::date"
    return _worded(model, field, column, shared)


def _worded(model: Table, field: Field, column: str, shared: dict[str, Any]) -> str:
    if (model, field.name) == (AuditEntry, "request_id"):
        return f"CASE WHEN {column} = '' THEN '' ELSE gen_random_uuid()::text END"
    if isinstance(field, models.BinaryField) and field.unique:  # the digest of a link
        return f"CASE WHEN {column} IS NOT NULL THEN sha256(convert_to(c.id || '-' || p.place, 'UTF8')) END"
    if (model, field.name) == (CaseEvent, "payload"):
        unit, category = (f'"{shared[key]}"' for key in ("unit_code", "category_code"))
        renamed = f"""replace({column}::text, '{unit}', '"' || c.unit_code || '"')"""
        renamed = f"""replace({renamed}, '{category}', '"' || c.category_code || '"')::jsonb"""
        return (
            f"CASE WHEN p.inside IS NOT NULL"
            f" THEN {column} || jsonb_build_object(p.inside, c.id * {STEP} + p.inside_place)"
            f" WHEN strpos({column}::text, '{unit}') > 0 THEN {renamed} ELSE {column} END"
        )
    return column


def _identity(key: Any, place: str, after: str) -> str:
    """The key of a copied row; of a time-ordered one the same as ``uuid_of`` makes."""
    if not isinstance(key, models.UUIDField):
        return f"c.id * {STEP} + {place}"
    milliseconds = f"lpad(to_hex(floor(extract(epoch FROM c.at + {after}) * 1000)::bigint), 12, '0')"
    return f"({milliseconds} || '7' || lpad(to_hex({place}), 3, '0') || '8' || lpad(to_hex(c.id), 15, '0'))::uuid"


def uuid_of(at: datetime, place: int, row: int) -> str:
    """A version 7 UUID made of what names the row."""
    digits = f"{int(at.timestamp() * 1000):012x}7{place:03x}8{row:015x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
