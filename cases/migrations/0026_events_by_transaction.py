"""Events carry the number of the transaction that wrote them, as audit entries do: so they can be sealed."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hotline.partitions import index_parts

# Those that were there carry 0 and come into the first seal. The first default is a constant, so no row is written anew.
# Both statements are sent as one, which is one transaction: no event that comes in between carries 0.
NUMBERED = """
ALTER TABLE cases_caseevent ADD COLUMN IF NOT EXISTS xid bigint NOT NULL DEFAULT 0;
ALTER TABLE cases_caseevent ALTER COLUMN xid SET DEFAULT (pg_current_xact_id()::text::bigint);
"""


def build(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    index_parts("cases_caseevent", "event_by_transaction", "xid, id")


def take_away(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP INDEX IF EXISTS event_by_transaction")


class Migration(migrations.Migration):
    atomic = False
    dependencies: ClassVar = [("cases", "0025_calls_reported_checked"), ("hotline", "0017_audit_seals")]
    # squawk: prefer-robust-stmts - sent as one statement, and both may be done again
    operations: ClassVar = [
        migrations.RunSQL([NUMBERED], "ALTER TABLE cases_caseevent DROP COLUMN IF EXISTS xid"),
        migrations.RunPython(build, take_away),
    ]
