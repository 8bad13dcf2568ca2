"""The rules of calls are checked for those that were there, and their indexes built, while calls come in."""

from __future__ import annotations

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

# Calls whose end was reported to be before their answer had no length either; they end as they were answered.
MEND = "UPDATE cases_call SET ended_at = answered_at WHERE ended_at < answered_at;"


def built(index: models.Index, on: str) -> Operation:
    """An index, built without keeping anybody waiting, and built once if this is done again."""
    build = migrations.RunSQL(
        f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {index.name} ON {on};",
        f"DROP INDEX CONCURRENTLY IF EXISTS {index.name};",
    )
    return migrations.SeparateDatabaseAndState([build], [migrations.AddIndex("call", index)])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0024_calls_reported")]

    # squawk: prefer-robust-stmts - to validate what is valid already does nothing
    operations = [
        migrations.RunSQL(MEND, migrations.RunSQL.noop),
        ValidateConstraint("call", "call_ended_after_answer"),
        ValidateConstraint("call", "call_menu_unanswered"),
        built(
            models.Index(
                condition=models.Q(("agent__isnull", False)), fields=["agent", "-offered_at"], name="call_by_agent"
            ),
            "cases_call (agent_id, offered_at DESC) WHERE agent_id IS NOT NULL",
        ),
        built(
            models.Index(
                condition=models.Q(("caller_index__isnull", False)),
                fields=["caller_index", "offered_at"],
                name="call_by_number",
            ),
            "cases_call (caller_index, offered_at) WHERE caller_index IS NOT NULL",
        ),
    ]
