"""The independent callback: the day's blind draw, the rounds in it, the tries to reach their citizens.

Code of the release before goes on writing feedback: the new column is empty for all it writes.
"""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import hotline.privacy

# What was drawn, tried and said stays; of a callback that is over nothing changes.
KEPT = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON cases_independentdraw
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON cases_independentdraw
    FOR EACH STATEMENT EXECUTE FUNCTION hotline_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON cases_independentattempt
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON cases_independentattempt
    FOR EACH STATEMENT EXECUTE FUNCTION hotline_refuse_change();
CREATE TRIGGER result_known BEFORE INSERT ON cases_independentattempt
    FOR EACH ROW EXECUTE FUNCTION cases_reason_known('result', 'callback');
CREATE TRIGGER independent_stays BEFORE UPDATE OR DELETE ON cases_feedback
    FOR EACH ROW WHEN (OLD.source = 'independent') EXECUTE FUNCTION hotline_refuse_change();

CREATE FUNCTION cases_independent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
        OR (NEW.draw_id, NEW.position, NEW.stratum, NEW.case_id, NEW.survey_id, NEW.expires_at) IS DISTINCT FROM
           (OLD.draw_id, OLD.position, OLD.stratum, OLD.case_id, OLD.survey_id, OLD.expires_at)
        OR (NEW.contractor_id, NEW.unit_id) IS DISTINCT FROM (OLD.contractor_id, OLD.unit_id)
    THEN
        RAISE EXCEPTION 'independent callback % stays as it was drawn and ended: % refused', OLD.id, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON cases_independentcallback
    FOR EACH ROW EXECUTE FUNCTION cases_independent_stays();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON cases_independentcallback
    FOR EACH STATEMENT EXECUTE FUNCTION hotline_refuse_change();
"""
UNKEPT = """
DROP TRIGGER refuse_truncate ON cases_independentcallback;
DROP TRIGGER stays ON cases_independentcallback;
DROP FUNCTION cases_independent_stays();
DROP TRIGGER independent_stays ON cases_feedback;
DROP TRIGGER result_known ON cases_independentattempt;
DROP TRIGGER refuse_truncate ON cases_independentattempt;
DROP TRIGGER refuse_change ON cases_independentattempt;
DROP TRIGGER refuse_truncate ON cases_independentdraw;
DROP TRIGGER refuse_change ON cases_independentdraw;
"""
STRATA = [
    ("contractor", "answered to the contractor's callback"),
    ("otherwise", "answered by link or to the office"),
    ("unanswered", "not answered"),
]
STATES = [
    ("waiting", "to be called"),
    ("answered", "answered"),
    ("refused", "refused"),
    ("not_reached", "not reached"),
    ("expired", "expired uncalled"),
]
SATISFACTION = [
    (1, "Very dissatisfied"),
    (2, "Dissatisfied"),
    (3, "Basically satisfied"),
    (4, "Satisfied"),
    (5, "Very satisfied"),
]


def to(model: str, **given: object) -> models.ForeignKey:
    kept = {"db_index": False, "related_name": "+", **given}
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=model, **kept)


def key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_events_by_transaction"), ("hotline", "0016_restriction")]

    operations = [
        migrations.CreateModel(
            name="IndependentDraw",
            fields=[
                ("id", key()),
                ("day", models.DateField(unique=True)),
                ("rules", models.JSONField(help_text="the rules as they stood at the draw; its callbacks keep them")),
                ("seed", models.CharField(max_length=32)),
                (
                    "frame",
                    models.TextField(help_text="every round it was drawn from, a line each: stratum, contractor, key"),
                ),
                ("frame_hash", models.CharField(help_text="SHA-256 of the frame", max_length=64)),
                ("frame_size", models.PositiveIntegerField()),
                ("drawn_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="IndependentCallback",
            fields=[
                ("id", key()),
                ("position", models.PositiveSmallIntegerField()),
                ("stratum", models.CharField(choices=STRATA, max_length=10)),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=11)),
                ("next_at", models.DateTimeField(help_text="Not called before")),
                ("expires_at", models.DateTimeField()),
                ("held_until", models.DateTimeField(help_text="Then it may be given to somebody else", null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("case", to("cases.case", db_index=True)),
                ("contractor", to("hotline.organisation", null=True)),
                ("draw", to("cases.independentdraw", related_name="callbacks")),
                ("given_to", to(settings.AUTH_USER_MODEL, null=True)),
                (
                    "survey",
                    models.OneToOneField(
                        help_text="the round that was asked about",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.survey",
                    ),
                ),
                ("unit", to("hotline.organisation", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["next_at", "id"],
                        name="independent_to_give",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["ended_at", "id"],
                        name="independent_by_end",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "position"), name="independent_position"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("given_to",),
                        name="independent_one_in_hand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stratum__in", [code for code, _words in STRATA])),
                        name="independent_stratum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", [code for code, _words in STATES])), name="independent_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="independent_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_to__isnull", True), ("held_until__isnull", True)),
                            models.Q(("given_to__isnull", False), ("held_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="independent_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndependentAttempt",
            fields=[
                ("id", key()),
                ("at", models.DateTimeField()),
                ("result", models.CharField(max_length=12)),
                ("note", hotline.privacy.MaskedCharField(blank=True, max_length=200)),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("callback", to("cases.independentcallback", db_index=True, related_name="attempts")),
                ("organisation", to("hotline.organisation")),
            ],
        ),
        migrations.AddField(
            model_name="feedback",
            name="agent_satisfaction",
            field=models.PositiveSmallIntegerField(choices=SATISFACTION, null=True),
        ),
        AddConstraintNotValid(
            "feedback",
            models.CheckConstraint(
                condition=models.Q(
                    ("agent_satisfaction__isnull", True),
                    models.Q(("agent_satisfaction__gte", 1), ("agent_satisfaction__lte", 5), ("source", "independent")),
                    _connector="OR",
                ),
                name="feedback_agent_satisfaction",
            ),
        ),
        migrations.RunSQL(KEPT, UNKEPT),
    ]
