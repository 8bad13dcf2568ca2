"""The supervision ladder's numbered steps, and notices held back for a digest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotline.privacy


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_policy_proposals"),
        ("hotline", "0012_rule_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LadderSerial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("urge", "urging"),
                            ("supervise", "supervision"),
                            ("summons", "summons talk"),
                            ("circular", "circular"),
                        ],
                        max_length=9,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("rung", "year"), name="ladder_serial_once")],
            },
        ),
        migrations.CreateModel(
            name="HeldNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("yellow", "yellow card"),
                            ("red", "red card"),
                            ("urge", "urge"),
                            ("supervise", "supervision"),
                            ("summons", "summons talk"),
                            ("circular", "circular"),
                            ("remind", "reminder"),
                            ("expire", "expiry"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "leg",
                    models.CharField(
                        choices=[
                            ("promise", "promise to the citizen"),
                            ("dispatch", "dispatch by the hotline"),
                            ("sign", "sign-off"),
                            ("contact", "first contact"),
                            ("handle", "handling"),
                            ("review", "review of the reply"),
                            ("decision", "ruling"),
                            ("verdict", "citizen's verdict"),
                        ],
                        max_length=8,
                    ),
                ),
                ("limit_due_at", models.DateTimeField()),
                (
                    "to_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agent", "Call agent"),
                            ("shift_leader", "Shift leader"),
                            ("quality_inspector", "Quality inspector"),
                            ("contractor_manager", "Contractor manager"),
                            ("dispatcher", "Dispatcher"),
                            ("reviewer", "Reviewer"),
                            ("callback_officer", "Callback officer"),
                            ("quality_officer", "Quality officer"),
                            ("knowledge_editor", "Knowledge editor"),
                            ("office_head", "Head of the hotline office"),
                            ("clerk", "Unit clerk"),
                            ("handler", "Handler"),
                            ("unit_head", "Unit head"),
                            ("supervisor", "Supervisor"),
                            ("auditor", "Auditor"),
                            ("arbiter", "Arbiter"),
                            ("system_admin", "System administrator"),
                            ("security_admin", "Security administrator"),
                            ("audit_admin", "Audit administrator"),
                            ("integration", "Connected system"),
                        ],
                        max_length=20,
                    ),
                ),
                ("held_at", models.DateTimeField()),
                ("release_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.message",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("message__isnull", True)), fields=["release_at", "id"], name="held_due"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("release_at__gte", models.F("held_at"))), name="held_forwards"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("urge", "urging"),
                            ("supervise", "supervision"),
                            ("summons", "summons talk"),
                            ("circular", "circular"),
                        ],
                        max_length=9,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("limit_due_at", models.DateTimeField(help_text="when the clock was due that issued it", null=True)),
                ("words", hotline.privacy.MaskedTextField(blank=True)),
                ("issued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "awaiting an answer"),
                            ("answered", "answered"),
                            ("accepted", "answer accepted"),
                            ("climbed", "gone on to a higher step"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", hotline.privacy.MaskedTextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("finding", hotline.privacy.MaskedTextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.assignment",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ladder", to="cases.case"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.clock",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.ladderstep",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-issued_at", "-id"], name="ladder_latest"),
                    models.Index(fields=["unit", "-issued_at", "-id"], name="ladder_of_unit"),
                    models.Index(
                        condition=models.Q(("state__in", ["open", "answered"])),
                        fields=["due_at", "id"],
                        name="ladder_awaited",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rung__in", ["urge", "supervise", "summons", "circular"])),
                        name="ladder_rung",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "answered", "accepted", "climbed"])),
                        name="ladder_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rung__in", ["summons", "circular"]), _negated=True),
                            ("issued_by__isnull", False),
                            _connector="OR",
                        ),
                        name="ladder_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                models.Q(("state__in", ["answered", "accepted"]), _negated=True),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("state", "open"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ladder_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", True),
                                ("settled_by__isnull", True),
                                ("state__in", ["open", "answered"]),
                            ),
                            models.Q(("settled_at__isnull", False), ("state__in", ["accepted", "climbed"])),
                            _connector="OR",
                        ),
                        name="ladder_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                ("settled_by__isnull", False),
                                models.Q(("settled_by", models.F("answered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ladder_two_people",
                    ),
                    models.UniqueConstraint(fields=("rung", "year", "serial"), name="ladder_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("clock__isnull", False)),
                        fields=("clock", "rung", "limit_due_at"),
                        name="ladder_once_a_limit",
                    ),
                ],
            },
        ),
    ]
