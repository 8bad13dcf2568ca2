"""Groups of cases about the same thing, their answers, and bursts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotline.privacy


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_kept_from"),
        ("hotline", "0010_linking_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # squawk: adding-foreign-key-constraint - the new column is empty: there is nothing to check
    # squawk: adding-required-field - to tables made a moment before in the same transaction, which are empty
    operations = [
        migrations.CreateModel(
            name="GroupAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("left_out", models.JSONField(default=list)),
                ("begun_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="GroupAnswered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CaseGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", hotline.privacy.MaskedCharField(max_length=120)),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "main",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leads", to="cases.case"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Burst",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveIntegerField(help_text="how many there were when it was last looked at")),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("noticed_at", models.DateTimeField()),
                ("over_at", models.DateTimeField(null=True)),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.category",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.region",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bursts",
                        to="cases.casegroup",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                help_text="it is answered with that group's main case",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="cases.casegroup",
            ),
        ),
        migrations.AddField(
            model_name="groupanswer",
            name="by",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotline.membership"
            ),
        ),
        migrations.AddField(
            model_name="groupanswer",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="cases.casegroup"
            ),
        ),
        migrations.AddField(
            model_name="groupanswer",
            name="reply",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.reply"
            ),
        ),
        migrations.AddField(
            model_name="groupanswered",
            name="answer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="given",
                to="cases.groupanswer",
            ),
        ),
        migrations.AddField(
            model_name="groupanswered",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddIndex(
            model_name="casegroup",
            index=models.Index(fields=["-changed_at", "-id"], name="group_latest"),
        ),
        migrations.AddConstraint(
            model_name="casegroup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("main",),
                name="group_one_of_a_main_case",
                violation_error_message="This case is the main case of a group already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="casegroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="group_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="burst",
            index=models.Index(fields=["-noticed_at", "-id"], name="burst_latest"),
        ),
        migrations.AddConstraint(
            model_name="burst",
            constraint=models.UniqueConstraint(
                condition=models.Q(("over_at__isnull", True)), fields=("category", "region"), name="burst_noticed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="burst",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_at__gte", models.F("first_at"))), name="burst_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at__isnull", True)), fields=("group",), name="group_answer_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at__isnull", True), ("finished_at__gte", models.F("begun_at")), _connector="OR"
                ),
                name="group_answer_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupanswered",
            constraint=models.UniqueConstraint(fields=("answer", "case"), name="group_answered_once"),
        ),
    ]
