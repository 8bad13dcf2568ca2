"""The new rule of feedback is checked for what was there, and the day's ended surveys are found by an index."""

from __future__ import annotations

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models

ENDED = models.Index(condition=models.Q(("ended_at__isnull", False)), fields=["ended_at"], name="survey_by_end")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0027_independent_callback")]

    # squawk: prefer-robust-stmts - to validate what is valid already does nothing
    operations = [
        ValidateConstraint("feedback", "feedback_agent_satisfaction"),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "CREATE INDEX CONCURRENTLY IF NOT EXISTS survey_by_end ON cases_survey (ended_at)"
                    " WHERE ended_at IS NOT NULL;",
                    "DROP INDEX CONCURRENTLY IF EXISTS survey_by_end;",
                )
            ],
            [migrations.AddIndex("survey", ENDED)],
        ),
    ]
