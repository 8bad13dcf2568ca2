"""What an emergency line was asked, and what it said; and which platform a channel comes from."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import hotline.privacy

PLATFORMS = {"police": "110", "province": "province"}
KEY = "handed_over"
WORDS = {
    "name": "转紧急专线",
    "name_en": "Handed to an emergency line",
    "body": "$number：$title 已移交$line，无需继续办理。",
    "body_en": "$number: $title was handed over to $line; your unit need not go on.",
}


def name_platforms_and_add_words(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A city that is only being founded brings its own."""
    for code, platform in PLATFORMS.items():
        apps.get_model("cases", "Channel").objects.filter(code=code, upstream=True).update(platform=platform)
    templates = apps.get_model("hotline", "MessageTemplate").objects
    if templates.exists() and not templates.filter(key=KEY).exists():
        templates.create(key=KEY, **WORDS)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_tree_of_parts_checked"),
        ("hotline", "0007_looked_often"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="channel",
            name="platform",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="That platform's name; an emergency line's is its telephone number",
                max_length=40,
            ),
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.CharField(
                        choices=[
                            ("110", "110 police"),
                            ("119", "119 fire"),
                            ("120", "120 ambulance"),
                            ("122", "122 traffic accidents"),
                            ("above", "platform above"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "the line has not said yet"),
                            ("accepted", "accepted by the line"),
                            ("refused", "refused by the line"),
                            ("dropped", "no longer asked for"),
                        ],
                        default="offered",
                        max_length=8,
                    ),
                ),
                (
                    "three_way",
                    models.BooleanField(
                        default=False, help_text="The citizen, the hotline and the line spoke together"
                    ),
                ),
                ("note", hotline.privacy.MaskedTextField(blank=True, help_text="What was said")),
                ("offered_at", models.DateTimeField()),
                (
                    "answered_by",
                    hotline.privacy.MaskedCharField(
                        blank=True, help_text="Who spoke for the line: name or seat", max_length=60
                    ),
                ),
                ("answer", hotline.privacy.MaskedTextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hand_overs", to="cases.case"
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
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
                        condition=models.Q(("line__in", ["110", "119", "120", "122", "above"])), name="handover_line"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["offered", "accepted", "refused", "dropped"])),
                        name="handover_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True), ("recorded_by__isnull", True), ("state", "offered")
                            ),
                            models.Q(
                                models.Q(("state", "offered"), _negated=True),
                                ("answered_at__isnull", False),
                                ("recorded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="handover_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "refused"]), _negated=True),
                            models.Q(("answered_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_says_who_answered",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")), fields=("case",), name="handover_one_at_a_time"
                    ),
                ],
            },
        ),
        migrations.RunPython(name_platforms_and_add_words, migrations.RunPython.noop),
    ]
