"""A version of a time limit names the proposal it came from, and is never rewritten: it only ends."""

import django.db.models.deletion
from django.db import migrations, models

FROZEN = """
CREATE FUNCTION cases_policy_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD) - 'valid_until' - 'source';
BEGIN
    IF TG_OP = 'DELETE' OR was <> to_jsonb(NEW) - 'valid_until' - 'source' OR OLD.valid_until < NEW.valid_until THEN
        RAISE EXCEPTION 'a version of a time limit only ends: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_frozen BEFORE UPDATE OR DELETE ON cases_deadlinepolicy
    FOR EACH ROW EXECUTE FUNCTION cases_policy_frozen();
CREATE TRIGGER policy_approved BEFORE INSERT ON cases_deadlinepolicy
    FOR EACH ROW EXECUTE FUNCTION hotline_needs_approval();
CREATE TRIGGER step_frozen BEFORE UPDATE OR DELETE ON cases_escalationstep
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
"""
THAWED = """
DROP TRIGGER step_frozen ON cases_escalationstep;
DROP TRIGGER policy_approved ON cases_deadlinepolicy;
DROP TRIGGER policy_frozen ON cases_deadlinepolicy;
DROP FUNCTION cases_policy_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_linking_indexes"),
        ("hotline", "0011_proposals"),
    ]

    # squawk: adding-foreign-key-constraint - limits are some dozens of rows
    # squawk: disallowed-unique-constraint - limits are some dozens of rows
    operations = [
        migrations.AddField(
            model_name="deadlinepolicy",
            name="proposal",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="hotline.proposal",
            ),
        ),
        migrations.RunSQL(FROZEN, THAWED),
    ]
