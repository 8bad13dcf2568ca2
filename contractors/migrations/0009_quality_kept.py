"""Scores only rise, and neither they nor marks handed in, frames, approved scorecards and attributions ever change."""

from django.db import migrations

KEPT = """
CREATE FUNCTION contractors_score_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM contractors_score s WHERE s.contact_id = NEW.contact_id AND s.total > NEW.total) THEN
        RAISE EXCEPTION 'a score is never lowered' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER score_rises BEFORE INSERT ON contractors_score
    FOR EACH ROW EXECUTE FUNCTION contractors_score_rises();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON contractors_score
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON contractors_attribution
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();

CREATE FUNCTION contractors_mark_handed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'a mark handed in is never changed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER handed_in BEFORE UPDATE OR DELETE ON contractors_mark
    FOR EACH ROW EXECUTE FUNCTION contractors_mark_handed_in();

CREATE FUNCTION contractors_mark_line_handed_in() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.mark_id ELSE NEW.mark_id END;
BEGIN
    IF EXISTS (SELECT FROM contractors_mark m WHERE m.id = of AND m.submitted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a mark handed in is never changed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER handed_in BEFORE INSERT OR UPDATE OR DELETE ON contractors_markline
    FOR EACH ROW EXECUTE FUNCTION contractors_mark_line_handed_in();

CREATE FUNCTION contractors_sample_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - 'late_told_at' <> to_jsonb(NEW) - 'late_told_at' THEN
        RAISE EXCEPTION 'a sample is never drawn anew: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON contractors_sample
    FOR EACH ROW EXECUTE FUNCTION contractors_sample_frozen();

CREATE FUNCTION contractors_scorecard_approved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.scorecard_id ELSE NEW.scorecard_id END;
BEGIN
    IF EXISTS (SELECT FROM contractors_scorecard c WHERE c.id = of AND c.state = 'approved') THEN
        RAISE EXCEPTION 'an approved scorecard is never changed: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER approved BEFORE INSERT OR UPDATE OR DELETE ON contractors_scorecarditem
    FOR EACH ROW EXECUTE FUNCTION contractors_scorecard_approved();
"""
LET_GO = """
DROP TRIGGER approved ON contractors_scorecarditem;
DROP FUNCTION contractors_scorecard_approved();
DROP TRIGGER frozen ON contractors_sample;
DROP FUNCTION contractors_sample_frozen();
DROP TRIGGER handed_in ON contractors_markline;
DROP FUNCTION contractors_mark_line_handed_in();
DROP TRIGGER handed_in ON contractors_mark;
DROP FUNCTION contractors_mark_handed_in();
DROP TRIGGER refuse_change ON contractors_attribution;
DROP TRIGGER refuse_change ON contractors_score;
DROP TRIGGER score_rises ON contractors_score;
DROP FUNCTION contractors_score_rises();
"""
WORDS = {  # key: name, English name, text, English text
    "quality_drawn": (
        "质检抽样",
        "Sample drawn",
        "$who $week 当周质检样本已由系统抽取，共 $n 件，请于 $due 前评完。",
        "The system drew the sample of $who for the week of $week: $n contacts, to be marked by $due.",
    ),
    "quality_late": (
        "质检超期",
        "Marking overdue",
        "$who $week 当周质检样本已超期，尚有 $n 件未评。",
        "The sample of $who for the week of $week is overdue: $n contacts are not marked yet.",
    ),
    "quality_published": (
        "质检结果发布",
        "Marks published",
        "您有 $n 件质检结果已发布，可于 $until 前申诉。",
        "$n marks about you were published. You may appeal until $until.",
    ),
    "quality_appealed": (
        "质检申诉",
        "Appeal against a mark",
        "$who 座席对 $number 的质检结果提出申诉，请于 $due 前复核。",
        "An agent of $who appeals against the mark of $number. Rule on it by $due.",
    ),
    "quality_appeal_due": (
        "质检申诉将到期",
        "Appeal due soon",
        "$who 的质检申诉 $number 应于 $due 前复核，尚未处理。",
        "The appeal $number of $who is to be ruled on by $due.",
    ),
    "quality_appeal_late": (
        "质检申诉超期",
        "Appeal overdue",
        "$who 的质检申诉 $number 已超过 $due 的复核时限。",
        "The appeal $number of $who should have been ruled on by $due.",
    ),
    "quality_ruled": (
        "质检申诉结果",
        "Appeal ruled on",
        "您对 $number 的申诉已复核（$outcome）：$ruling",
        "Your appeal against $number was ruled on ($outcome): $ruling",
    ),
    "agent_complaint_ruled": (
        "座席投诉认定",
        "Complaint about an agent ruled on",
        "对 $number 受理服务的投诉已认定：$finding。",
        "The complaint about how $number was taken down was ruled on: $finding.",
    ),
    "agent_complaint_late": (
        "座席投诉认定超期",
        "Complaint about an agent overdue",
        "对 $number 受理服务的投诉应于 $due 前认定，尚未处理。",
        "The complaint about how $number was taken down should have been ruled on by $due.",
    ),
    "attribution_disputed": (
        "责任归属异议",
        "Attribution disputed",
        "$who 对 $number 的责任归属提出异议，请于 $due 前裁定。",
        "$who disputes what is attributed to it in $number. Rule on it by $due.",
    ),
    "attribution_ruled": (
        "责任归属裁定",
        "Disputed attribution ruled on",
        "$number 的责任归属异议已裁定：$party。$ruling",
        "The disputed attribution in $number was ruled on: $party. $ruling",
    ),
}


def add_words(apps, schema_editor):
    """Where people are at work already, they have templates; a new city brings its own."""
    template = apps.get_model("hotline", "MessageTemplate")
    if not template.objects.exists():
        return
    for key, (name, english, body, body_en) in WORDS.items():
        given = {"name": name, "name_en": english, "body": body, "body_en": body_en}
        template.objects.get_or_create(key=key, version=1, defaults=given)


class Migration(migrations.Migration):
    dependencies = [
        ("contractors", "0008_quality"),
        ("hotline", "0016_restriction"),
    ]

    operations = [
        migrations.RunSQL(KEPT, LET_GO),
        migrations.RunPython(add_words, migrations.RunPython.noop),
    ]
