import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_open_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SuggestionModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "target",
                    models.CharField(choices=[("category", "Category"), ("unit", "Unit")], max_length=8),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to be trained"),
                            ("training", "in training"),
                            ("ready", "trained"),
                            ("failed", "could not be trained"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "file_name",
                    models.CharField(
                        blank=True, help_text="trained from this file; from closed cases if ''", max_length=200
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "heard_at",
                    models.DateTimeField(help_text="when the training last said how far it is", null=True),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, help_text="percent")),
                ("finished_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("figures", models.JSONField(default=dict)),
                ("on_since", models.DateTimeField(null=True)),
                ("off_since", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "off_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "on_by",
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
                        condition=models.Q(("target__in", ["category", "unit"])), name="suggestion_model_target"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "training", "ready", "failed"])),
                        name="suggestion_model_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress__lte", 100)), name="suggestion_model_progress"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_since__isnull", True),
                            models.Q(
                                ("on_by__isnull", False), ("on_since__gte", models.F("finished_at")), ("state", "ready")
                            ),
                            _connector="OR",
                        ),
                        name="suggestion_model_on",
                    ),
                    models.UniqueConstraint(fields=("target", "version"), name="suggestion_model_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("on_since__isnull", False)),
                        fields=("target",),
                        name="suggestion_model_one_on",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "training"))),
                        fields=("target",),
                        name="suggestion_model_one_training",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ModelWeights",
            fields=[
                (
                    "model",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="weights",
                        serialize=False,
                        to="cases.suggestionmodel",
                    ),
                ),
                ("arrays", models.BinaryField()),
                ("seal", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="SuggestionUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("offered", models.PositiveIntegerField()),
                ("first", models.PositiveIntegerField()),
                ("among", models.PositiveIntegerField()),
                (
                    "model",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="cases.suggestionmodel"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("model", "on"), name="suggestion_use_once"),
                    models.CheckConstraint(
                        condition=models.Q(("among__lte", models.F("offered")), ("first__lte", models.F("among"))),
                        name="suggestion_use_parts",
                    ),
                ],
            },
        ),
    ]
