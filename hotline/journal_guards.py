"""Whether the database still refuses to change its journals: triggers, their function, grants, rules, numbering.

Seals find what was changed; this finds how somebody could, or could hide it. What was switched off and on again
meanwhile leaves no sign here, only in the entries.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, NamedTuple

from django.db import connection

from hotline.journals import JOURNALS, SEALS

REFUSES = "hotline_refuse_change"
# pg_trigger.tgtype: row 1, before 2, delete 8, update 16, truncate 32
CHANGE, TRUNCATE = 1 | 2 | 8 | 16, 2 | 32
WANTED = {"refuse_change": CHANGE, "refuse_truncate": TRUNCATE}
XID_DEFAULT = "((pg_current_xact_id())::text)::bigint"

TABLES = """
SELECT c.oid::regclass::text, c.relrowsecurity OR c.relforcerowsecurity
FROM pg_class c WHERE c.oid = ANY(%(tables)s::regclass[])
   OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = ANY(%(tables)s::regclass[]))
ORDER BY 1
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, tgname, tgtype, tgenabled IN ('O', 'A'), tgqual IS NULL, tgfoid::regproc::text
FROM pg_trigger WHERE tgrelid = ANY(%(parts)s::regclass[]) AND NOT tgisinternal OR tgname = ANY(%(names)s)
AND tgrelid = ANY(%(parts)s::regclass[])
"""
FUNCTION = "SELECT prosrc FROM pg_proc WHERE oid = to_regproc(%(function)s)"
GRANTS = """
SELECT c.oid::regclass::text, coalesce(r.rolname, 'PUBLIC'),
  string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type)
FROM pg_class c, aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.oid = ANY(%(parts)s::regclass[]) AND a.grantee <> c.relowner
  AND a.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
GROUP BY 1, 2 ORDER BY 1, 2
"""
RULES = "SELECT ev_class::regclass::text, rulename FROM pg_rewrite WHERE ev_class = ANY(%(parts)s::regclass[])"
REPLICA = """
SELECT coalesce(d.datname, '*') || ' ' || coalesce(r.rolname, '*')
FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole
WHERE EXISTS (
    SELECT FROM unnest(s.setconfig) one WHERE one LIKE 'session_replication_role=%%' AND one NOT LIKE '%%=origin'
  )
  AND coalesce(d.datname, current_database()) = current_database()
UNION ALL SELECT 'this connection' WHERE current_setting('session_replication_role') <> 'origin'
"""
DEFAULTS = """
SELECT a.attrelid::regclass::text, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = ANY(%(journals)s::regclass[]) AND a.attname = 'xid'
"""


class WeakSpot(NamedTuple):
    """One thing that is not as it was set up: what, at which table, and the name of it."""

    what: str
    table: str = ""
    name: str = ""


def weak_spots() -> list[WeakSpot]:
    """Everything that is not as the migrations made it."""
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"tables": [*JOURNALS, SEALS], "journals": list(JOURNALS), "names": list(WANTED)}
        tables = _asked(cursor, TABLES, given)
        given |= {"parts": [table for table, _hidden in tables], "function": REFUSES}
        found = [WeakSpot("hidden", table) for table, hidden in tables if hidden]
        found += _triggers(given["parts"], _asked(cursor, TRIGGERS, given))
        body = [source.strip() for (source,) in _asked(cursor, FUNCTION, given)]
        found += [WeakSpot("function", name=REFUSES)] if body != [_body()] else []
        found += [WeakSpot("granted", table, f"{who}: {what}") for table, who, what in _asked(cursor, GRANTS, given)]
        found += [WeakSpot("rule", table, name) for table, name in _asked(cursor, RULES, given)]
        found += [WeakSpot("replica", name=name) for (name,) in _asked(cursor, REPLICA, given)]
        found += [WeakSpot("default", t, d or "") for t, d in _asked(cursor, DEFAULTS, given) if d != XID_DEFAULT]
        return found + [spot for journal in JOURNALS for spot in _numbers(cursor, journal)]


def _asked(cursor: Any, statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    cursor.execute(statement, given)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _triggers(parts: list[str], rows: list[tuple[Any, ...]]) -> list[WeakSpot]:
    """Each table and part needs both triggers, switched on, unconditional, of their kind; and no others."""
    there, sound = set(), set()
    for part, name, kind, on, always, does in rows:
        there.add((part, name))
        if (kind, does) == (WANTED.get(name), REFUSES) and on and always:
            sound.add((part, name))
    wanted = {(part, name) for part in parts for name in WANTED}
    found = [WeakSpot("trigger_gone", *one) for one in sorted(wanted - there)]
    found += [WeakSpot("trigger_off", *one) for one in sorted((wanted & there) - sound)]
    return found + [WeakSpot("trigger_more", *one) for one in sorted(there - wanted)]


def _body() -> str:
    """What the function was made to do, as its migration says."""
    made = import_module("hotline.migrations.0002_append_only").REFUSE
    return str(re.findall(r"\$\$(.*?)\$\$", made, flags=re.DOTALL)[0]).strip()


def _numbers(cursor: Any, journal: str) -> list[WeakSpot]:
    """Ids that would be given out again, and entries of transactions that there never were."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [journal])
    (sequence,) = cursor.fetchone()
    cursor.execute(
        f"SELECT coalesce(max(id), 0) > (SELECT last_value FROM {sequence})"  # noqa: S608 - names of ours
        f" FROM {journal}"
    )
    found = [WeakSpot("numbering", journal, sequence)] if cursor.fetchone()[0] else []
    later = f"SELECT count(*) FROM {journal} WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint"  # noqa: S608
    cursor.execute(later)
    n = cursor.fetchone()[0]
    return found + ([WeakSpot("future", journal, str(n))] if n else [])
