"""Calls by signed reports and from files: whose number, whose call since when, holds, the menu; and who reports them.

Code of the release before goes on writing calls: every new column has a value of its own.
"""

from __future__ import annotations

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import hotline.identifiers
import hotline.privacy


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_reasons_known"), ("hotline", "0015_ruling_words")]

    operations = [
        migrations.CreateModel(
            name="CallPlatform",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hotline.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.SlugField(help_text="In the address it reports to", max_length=40, unique=True)),
                ("secret", hotline.privacy.EncryptedTextField()),
                ("earlier_secret", hotline.privacy.EncryptedTextField(null=True)),
                (
                    "earlier_until",
                    models.DateTimeField(
                        help_text="Until then what it signs with the earlier secret counts", null=True
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotline.membership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("earlier_secret__isnull", True), ("earlier_until__isnull", True)),
                            models.Q(("earlier_secret__isnull", False), ("earlier_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_platform_earlier_secret",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(help_text="SHA-256 of id, time and signature", max_length=32)),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "platform",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.callplatform",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("platform", "digest"), name="call_report_once")],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="caller_index",
            field=models.BinaryField(help_text="By which a number is found again", max_length=16, null=True),
        ),
        migrations.AddField(
            model_name="call",
            name="in_menu",
            field=models.BooleanField(db_default=False, default=False, help_text="Ended before a person was asked for"),
        ),
        migrations.AddField(
            model_name="call",
            name="agent_since",
            field=models.DateTimeField(help_text="When the platform said whose call it is", null=True),
        ),
        migrations.AddField(
            model_name="call",
            name="held",
            field=models.JSONField(db_default=[], default=list, help_text="When it was put on hold and taken up again"),
        ),
        migrations.AddField(
            model_name="call",
            name="abusive_at",
            field=models.DateTimeField(help_text="When the agent said that the caller is abusive", null=True),
        ),
        AddConstraintNotValid(
            "call",
            models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True),
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("answered_at")),
                    _connector="OR",
                ),
                name="call_ended_after_answer",
            ),
        ),
        AddConstraintNotValid(
            "call",
            models.CheckConstraint(
                condition=models.Q(("in_menu", False), ("answered_at__isnull", True), _connector="OR"),
                name="call_menu_unanswered",
            ),
        ),
    ]
