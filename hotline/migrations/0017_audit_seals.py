"""Seals over the journals, which nobody may change either, and the checks that were made of them."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CLOSED = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON hotline_auditseal
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON hotline_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION hotline_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("hotline", "0016_restriction")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("line", models.TextField()),
            ],
        ),
        migrations.RunSQL(CLOSED, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to be checked"),
                            ("running", "being checked"),
                            ("done", "checked"),
                            ("failed", "could not be checked"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField(help_text="when the check last said how far it is", null=True)),
                ("progress", models.PositiveSmallIntegerField(default=0, help_text="percent")),
                ("finished_at", models.DateTimeField(null=True)),
                ("whole", models.BooleanField(help_text="whether nothing at all was found to be wrong", null=True)),
                (
                    "found",
                    models.JSONField(default=dict, help_text="figures and faults, see hotline.audit_checking"),
                ),
                ("failure", models.CharField(blank=True, max_length=300)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])),
                        name="audit_check_state",
                    ),
                    models.CheckConstraint(condition=models.Q(("progress__lte", 100)), name="audit_check_progress"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state", "done"), ("whole__isnull", False)),
                            models.Q(models.Q(("state", "done"), _negated=True), ("whole__isnull", True)),
                            _connector="OR",
                        ),
                        name="audit_check_done",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("state",),
                        name="audit_check_one_at_a_time",
                    ),
                ],
            },
        ),
    ]
