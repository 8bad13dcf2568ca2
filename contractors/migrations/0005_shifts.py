"""The plan of shifts."""

from __future__ import annotations

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contractors", "0004_month_words"), ("cases", "0025_calls_reported_checked")]

    operations = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("span", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("break_minutes", models.PositiveSmallIntegerField(default=0)),
                (
                    "seat",
                    models.CharField(blank=True, help_text="Which seat, where seats are numbered", max_length=20),
                ),
                ("planned_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.organisation",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["organisation", "span"], name="shift_of_organisation"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("span__endswith__isnull", False),
                            ("span__isempty", False),
                            ("span__startswith__isnull", False),
                        ),
                        name="shift_span",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("user", "="), ("span", "&&")],
                        name="shift_one_at_a_time",
                        violation_error_message="This person is planned for another shift at that time.",
                    ),
                ],
            },
        ),
    ]
