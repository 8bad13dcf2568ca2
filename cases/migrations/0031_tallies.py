"""Tallies, each case's share in them, and the notes by which triggers say that an act changed a case.

The release before writes cases as ever; the triggers note its acts too. Nothing is counted yet: see the next migration.
"""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models

NOTE = """
CREATE FUNCTION cases_tally_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT {case}, pg_current_xact_id()::text::bigint FROM {rows} WHERE {condition} ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {referencing}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_tally_{name}();
"""
# What tells of a case, by which column, which rows of it are counted, and which of their columns.
COUNTED = {
    "cases_case": (
        "fresh.id",
        "true",
        "kind channel_id category_id region_id unit_id taken_by_organisation_id status outcome round registered_at first_closed_at last_closed_at",
    ),
    "cases_assignment": ("fresh.case_id", "fresh.role = 'lead'", "role state round dispatched_at dispatched_by_id"),
    "cases_clock": ("fresh.case_id", "fresh.kind IN ('promise', 'sign')", "due_at met_at stopped_at"),
    "cases_decision": (
        "fresh.case_id",
        "fresh.kind IN ('extension', 'exclusion', 'suspension')",
        "state ruled_at lifted_at assignment_id",
    ),
    "cases_feedback": ("fresh.case_id", "true", "at contacted solved satisfaction superseded_at source"),
    "cases_survey": ("fresh.case_id", "true", "sent_at state"),
    "cases_callbackattempt": ("survey.case_id", "true", "at result survey_id"),
}


def triggers() -> str:
    made = []
    for table, (case, condition, columns) in COUNTED.items():
        short = table.removeprefix("cases_")
        beside = " JOIN cases_survey AS survey ON survey.id = fresh.survey_id" if case.startswith("survey") else ""
        old, new = (", ".join(f"{row}.{name}" for name in columns.split()) for row in ("old_row", "fresh"))
        made.append(
            NOTE.format(
                name=f"{short}_made", case=case, rows=f"fresh{beside}", condition=condition, event="INSERT",
                table=table, referencing="NEW TABLE AS fresh",
            )
            + NOTE.format(
                name=f"{short}_changed", case=case, rows=f"fresh JOIN old_rows AS old_row ON old_row.id = fresh.id{beside}",
                condition=f"{condition} AND ({old}) IS DISTINCT FROM ({new})", event="UPDATE",
                table=table, referencing="OLD TABLE AS old_rows NEW TABLE AS fresh",
            )
        )  # fmt: skip
    return "".join(made)


def no_triggers() -> str:
    names = [(table, f"{table.removeprefix('cases_')}_{event}") for table in COUNTED for event in ("made", "changed")]
    return "".join(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION cases_tally_{name}();" for table, name in names)


# Always a few hundred rows that come and go within seconds.
QUEUE = """
ALTER TABLE cases_tallychange SET (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
ALTER TABLE cases_tally SET (fillfactor = 90);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_proofs_by_time")]

    operations = [
        migrations.CreateModel(
            name="TallyChange",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "act", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("act", models.BigIntegerField(help_text="the number of the transaction")),
            ],
        ),
        migrations.CreateModel(
            name="TallyShare",
            fields=[
                ("case_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("unit", models.BigIntegerField()),
                ("taken_by", models.BigIntegerField()),
                ("category", models.BigIntegerField()),
                ("region", models.BigIntegerField()),
                ("channel", models.BigIntegerField()),
                ("standing", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=14)),
                ("whats", django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), size=None)),
                ("days", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                ("untils", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "grain", "what", "day", "until", "standing",
                        "unit", "taken_by", "category", "region", "channel", "kind",
                        blank=True, editable=False, primary_key=True, serialize=False,
                    ),
                ),
                ("unit", models.BigIntegerField()),
                ("taken_by", models.BigIntegerField()),
                ("category", models.BigIntegerField()),
                ("region", models.BigIntegerField()),
                ("channel", models.BigIntegerField()),
                ("day", models.DateField()),
                ("until", models.DateField()),
                ("n", models.IntegerField()),
                ("grain", models.SmallIntegerField()),
                ("what", models.SmallIntegerField()),
                ("standing", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=14)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("until__gt", models.F("day"))), name="tally_forwards")
                ],
            },
        ),
        migrations.RunSQL(QUEUE, migrations.RunSQL.noop),
        migrations.RunSQL(triggers(), no_triggers()),
    ]  # fmt: skip
