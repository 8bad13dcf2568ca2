"""Changes of the rules: proposed by one, approved by another. What was proposed never changes, nor what was decided."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FROZEN = """
CREATE FUNCTION hotline_proposal_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'proposed'
        OR (NEW.subject, NEW.target, NEW.before, NEW.change, NEW.why, NEW.valid_from, NEW.proposed_by_id, NEW.proposed_at)
        IS DISTINCT FROM
        (OLD.subject, OLD.target, OLD.before, OLD.change, OLD.why, OLD.valid_from, OLD.proposed_by_id, OLD.proposed_at)
    THEN
        RAISE EXCEPTION 'a proposal is only decided, once: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposal_frozen BEFORE UPDATE OR DELETE ON hotline_proposal
    FOR EACH ROW EXECUTE FUNCTION hotline_proposal_frozen();
"""

# For the tables of rules: a version made by a proposal needs that proposal's approval.
APPROVED = """
CREATE FUNCTION hotline_needs_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.proposal_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM hotline_proposal WHERE id = NEW.proposal_id AND state = 'approved')
    THEN
        RAISE EXCEPTION 'nobody approved proposal %', NEW.proposal_id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0010_linking_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=40)),
                ("target", models.CharField(blank=True, max_length=80)),
                ("before", models.JSONField(null=True)),
                ("change", models.JSONField()),
                ("why", models.TextField()),
                ("valid_from", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "awaiting approval"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("withdrawn", "taken back"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("ruling", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-proposed_at", "-id"], name="proposal_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "approved", "rejected", "withdrawn"])),
                        name="proposal_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            ("state", "withdrawn"),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_two_people",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed"), models.Q(("target", ""), _negated=True)),
                        fields=("subject", "target"),
                        name="proposal_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            FROZEN, "DROP TRIGGER proposal_frozen ON hotline_proposal; DROP FUNCTION hotline_proposal_frozen()"
        ),
        migrations.RunSQL(APPROVED, "DROP FUNCTION hotline_needs_approval()"),
    ]
