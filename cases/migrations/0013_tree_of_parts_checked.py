"""What was already there is looked through for the tree's rules, and its indexes are built, while people work on."""

from __future__ import annotations

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

ACTIVE = ["dispatched", "handling", "replied"]


def built(what: str, name: str, on: str, state: Operation) -> migrations.SeparateDatabaseAndState:
    """An index, built without keeping anybody waiting, and built once if this is done again."""
    build = migrations.RunSQL(
        f"CREATE {what} CONCURRENTLY IF NOT EXISTS {name} ON {on};", f"DROP INDEX CONCURRENTLY IF EXISTS {name};"
    )
    return migrations.SeparateDatabaseAndState([build], [state])


def unique(model: str, constraint: models.UniqueConstraint, on: str) -> migrations.SeparateDatabaseAndState:
    return built("UNIQUE INDEX", constraint.name, on, migrations.AddConstraint(model, constraint))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0012_tree_of_parts")]

    # squawk: prefer-robust-stmts - to validate what is valid already does nothing
    operations = [
        ValidateConstraint("assignment", "assignment_role"),
        ValidateConstraint("assignment", "assignment_tier"),
        ValidateConstraint("assignment", "assignment_copy_only_looks_on"),
        ValidateConstraint("reply", "reply_state"),
        ValidateConstraint("clock", "clock_within_the_one_above"),
        built(
            "INDEX",
            "assignment_below",
            "cases_assignment (parent_id) WHERE parent_id IS NOT NULL",
            migrations.AddIndex(
                "assignment",
                models.Index(condition=models.Q(("parent__isnull", False)), fields=["parent"], name="assignment_below"),
            ),
        ),
        unique(
            "assignment",
            models.UniqueConstraint(
                condition=models.Q(("role", "subordinate"), ("state__in", ACTIVE)),
                fields=("parent", "unit"),
                name="assignment_once_below",
            ),
            "cases_assignment (parent_id, unit_id)"
            " WHERE role = 'subordinate' AND state IN ('dispatched', 'handling', 'replied')",
        ),
        unique(
            "assignment",
            models.UniqueConstraint(
                condition=models.Q(("role", "copy")), fields=("case", "unit"), name="assignment_one_copy"
            ),
            "cases_assignment (case_id, unit_id) WHERE role = 'copy'",
        ),
        unique(
            "reply",
            models.UniqueConstraint(
                condition=models.Q(("state", "reported")),
                fields=("assignment",),
                name="reply_one_report_at_a_time",
            ),
            "cases_reply (assignment_id) WHERE state = 'reported'",
        ),
    ]
