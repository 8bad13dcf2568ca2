"""A code that carries a reason is one that somebody worded, instead of one of a list that only a release could change.

Whether it is in force is asked by the verb: what was chosen may be written down again later, by a copy or an import.
"""

from django.db import migrations, models

KNOWN = """
CREATE FUNCTION cases_reason_known() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given jsonb := to_jsonb(NEW);
    wanted text := coalesce(given ->> TG_ARGV[1], TG_ARGV[1]);
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cases_reason WHERE kind = wanted AND code = given ->> TG_ARGV[0]) THEN
        RAISE EXCEPTION 'nobody worded the reason % of %', given ->> TG_ARGV[0], wanted
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reason_known BEFORE INSERT OR UPDATE OF reason, kind ON cases_decision
    FOR EACH ROW EXECUTE FUNCTION cases_reason_known('reason', 'kind');
CREATE TRIGGER unsolved_reason_known BEFORE INSERT OR UPDATE OF unsolved_reason ON cases_reply
    FOR EACH ROW WHEN (NEW.unsolved_reason <> '') EXECUTE FUNCTION cases_reason_known('unsolved_reason', 'unsolved');
CREATE TRIGGER review_reason_known BEFORE INSERT OR UPDATE OF review_reason ON cases_reply
    FOR EACH ROW WHEN (NEW.review_reason <> '') EXECUTE FUNCTION cases_reason_known('review_reason', 'send_back');
CREATE TRIGGER result_known BEFORE INSERT OR UPDATE OF result ON cases_callbackattempt
    FOR EACH ROW EXECUTE FUNCTION cases_reason_known('result', 'callback');
CREATE TRIGGER reason_known BEFORE INSERT OR UPDATE OF reason ON cases_reveal
    FOR EACH ROW EXECUTE FUNCTION cases_reason_known('reason', 'reveal');
"""
UNKNOWN = """
DROP TRIGGER reason_known ON cases_reveal;
DROP TRIGGER result_known ON cases_callbackattempt;
DROP TRIGGER review_reason_known ON cases_reply;
DROP TRIGGER unsolved_reason_known ON cases_reply;
DROP TRIGGER reason_known ON cases_decision;
DROP FUNCTION cases_reason_known();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0022_reasons"),
    ]

    # squawk: ban-drop-constraint - the trigger refuses all that it refused: codes nobody worded, which no program knows
    operations = [
        migrations.RunSQL(KNOWN, UNKNOWN),
        migrations.RemoveConstraint(model_name="callbackattempt", name="callback_result"),
        migrations.AlterField(model_name="callbackattempt", name="result", field=models.CharField(max_length=12)),
        migrations.AlterField(
            model_name="reply", name="review_reason", field=models.CharField(blank=True, max_length=12)
        ),
        migrations.AlterField(
            model_name="reply", name="unsolved_reason", field=models.CharField(blank=True, max_length=16)
        ),
    ]
