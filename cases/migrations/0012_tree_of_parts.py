"""A unit's part in a case stands in a tree of up to four tiers, which the database keeps in order.

A part is made below one of the same case and round and never moves; its tier follows from that. So there can be no
circle, and nothing deeper than the fourth tier. Code of the release before, which knows no tiers, is given them too.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PLACE = """
CREATE FUNCTION cases_assignment_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above cases_assignment%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a part of a case keeps its place in the tree'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_place';
    END IF;
    NEW.tier := 1;
    IF NEW.parent_id IS NOT NULL THEN
        SELECT * INTO above FROM cases_assignment WHERE id = NEW.parent_id;
        IF above.case_id IS DISTINCT FROM NEW.case_id OR above.round IS DISTINCT FROM NEW.round THEN
            RAISE EXCEPTION 'a part stands below one of the same case and round'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_place';
        END IF;
        NEW.tier := above.tier + 1;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_place_made BEFORE INSERT ON cases_assignment
    FOR EACH ROW EXECUTE FUNCTION cases_assignment_place();
CREATE TRIGGER assignment_place_kept BEFORE UPDATE OF parent_id, tier, case_id, round ON cases_assignment
    FOR EACH ROW WHEN ((OLD.parent_id, OLD.tier, OLD.case_id, OLD.round)
        IS DISTINCT FROM (NEW.parent_id, NEW.tier, NEW.case_id, NEW.round))
    EXECUTE FUNCTION cases_assignment_place();
"""
AS_IT_WAS = """
DROP TRIGGER assignment_place_kept ON cases_assignment;
DROP TRIGGER assignment_place_made ON cases_assignment;
DROP FUNCTION cases_assignment_place();
"""
WORDS = {
    "handed_down": {
        "name": "转下级办理",
        "name_en": "Given to your unit by the unit above",
        "body": "$who转办 $number：$title，请于$due前签收。",
        "body_en": "$who gave your unit $number: $title. Sign it off by $due.",
    },
    "part_replied": {
        "name": "下级答复待审核",
        "name_en": "A unit beneath replied",
        "body": "$number：$title，$who已答复，待你单位审核。",
        "body_en": "$who replied on $number: $title. Your unit reviews it.",
    },
    "part_recalled": {
        "name": "收回转办",
        "name_en": "Taken back by the unit above",
        "body": "$number：$title 已由$who收回，你单位无需继续办理。",
        "body_en": "$who took $number: $title back; your unit need not go on.",
    },
    "copied": {
        "name": "抄送",
        "name_en": "Copied for supervision",
        "body": "抄送 $number：$title，由$who办理，请督促。",
        "body_en": "Copy of $number: $title. $who handles it; see that it does.",
    },
}


def add_words(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A city that is only being founded brings its own words."""
    templates = apps.get_model("hotline", "MessageTemplate").objects
    if templates.exists():
        known = set(templates.filter(key__in=WORDS).values_list("key", flat=True))
        templates.bulk_create(templates.model(key=key, **words) for key, words in WORDS.items() if key not in known)


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_ladder"), ("hotline", "0007_looked_often")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="tier",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.RunSQL("UPDATE cases_assignment SET tier = 2 WHERE parent_id IS NOT NULL;", migrations.RunSQL.noop),
        migrations.RunSQL(PLACE, AS_IT_WAS),
        migrations.AddField(
            model_name="clock",
            name="not_after",
            field=models.DateTimeField(help_text="the limit of the part above, within which this one ends", null=True),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="role",
            field=models.CharField(
                choices=[
                    ("lead", "lead"),
                    ("co_organiser", "co-organiser"),
                    ("subordinate", "handled below"),
                    ("copy", "for supervision"),
                ],
                default="lead",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="reply",
            name="state",
            field=models.CharField(
                choices=[
                    ("submitted", "awaiting review"),
                    ("accepted", "accepted"),
                    ("sent_back", "sent back"),
                    ("reported", "awaiting the unit above"),
                    ("taken", "accepted by the unit above"),
                    ("declined", "sent back by the unit above"),
                ],
                default="submitted",
                max_length=9,
            ),
        ),
        # squawk: ban-drop-constraint - it comes back at once, and only allows more
        migrations.RemoveConstraint(model_name="assignment", name="assignment_role"),
        migrations.RemoveConstraint(model_name="reply", name="reply_state"),
        AddConstraintNotValid(
            "assignment",
            models.CheckConstraint(
                condition=models.Q(("role__in", ["lead", "co_organiser", "subordinate", "copy"])),
                name="assignment_role",
            ),
        ),
        AddConstraintNotValid(
            "reply",
            models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["submitted", "accepted", "sent_back", "reported", "taken", "declined"])
                ),
                name="reply_state",
            ),
        ),
        AddConstraintNotValid(
            "assignment",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("parent__isnull", True), ("tier", 1)),
                    models.Q(("parent__isnull", False), ("tier__gt", 1), ("tier__lte", 4)),
                    _connector="OR",
                ),
                name="assignment_tier",
            ),
        ),
        AddConstraintNotValid(
            "assignment",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "copy"), _negated=True),
                    models.Q(("leg_due_at__isnull", True), ("signed_at__isnull", True), ("state", "done")),
                    _connector="OR",
                ),
                name="assignment_copy_only_looks_on",
            ),
        ),
        AddConstraintNotValid(
            "clock",
            models.CheckConstraint(
                condition=models.Q(
                    ("not_after__isnull", True), ("due_at__lte", models.F("not_after")), _connector="OR"
                ),
                name="clock_within_the_one_above",
            ),
        ),
        migrations.RunPython(add_words, migrations.RunPython.noop),
    ]
