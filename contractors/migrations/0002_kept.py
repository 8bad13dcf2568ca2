"""What the database itself keeps: signed contracts, locked months, marks handed in, scores that only rise."""

from django.db import migrations

# The term of a signed contract is copied to its lots, so that an exclusion constraint can keep those apart.
LOTS_FOLLOW = """
CREATE FUNCTION contractors_lots_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE contractors_contractlot SET term = NEW.term WHERE contract_id = NEW.id AND NEW.signed_at IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER lots_follow AFTER UPDATE OF term, signed_at ON contractors_contract
    FOR EACH ROW EXECUTE FUNCTION contractors_lots_follow();
"""
UNFOLLOWED = "DROP TRIGGER lots_follow ON contractors_contract; DROP FUNCTION contractors_lots_follow()"

# What was signed stays: of a contract only the end of its term changes, of terms and clauses nothing.
FROZEN = """
CREATE FUNCTION contractors_signed_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL AND (TG_OP = 'DELETE'
        OR (NEW.organisation_id, NEW.number, NEW.tender_reference, lower(NEW.term), NEW.planned_until, NEW.signed_at) IS DISTINCT FROM
           (OLD.organisation_id, OLD.number, OLD.tender_reference, lower(OLD.term), OLD.planned_until, OLD.signed_at)) THEN
        RAISE EXCEPTION 'contract % is signed: % refused', OLD.number, TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER signed_contract BEFORE UPDATE OR DELETE ON contractors_contract
    FOR EACH ROW EXECUTE FUNCTION contractors_signed_contract();

CREATE FUNCTION contractors_signed_lots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.contract_id, NEW.lot) = (OLD.contract_id, OLD.lot) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM contractors_contract WHERE signed_at IS NOT NULL
               AND id IN (NEW.contract_id, OLD.contract_id)) THEN
        RAISE EXCEPTION 'the contract is signed: % of its lots refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER signed_lots BEFORE INSERT OR UPDATE OR DELETE ON contractors_contractlot
    FOR EACH ROW EXECUTE FUNCTION contractors_signed_lots();

CREATE FUNCTION contractors_signed_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'approved' THEN
        RAISE EXCEPTION 'these terms are signed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER signed_terms BEFORE UPDATE OR DELETE ON contractors_terms
    FOR EACH ROW EXECUTE FUNCTION contractors_signed_terms();

CREATE FUNCTION contractors_signed_clauses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contractors_terms WHERE state = 'approved' AND id IN (NEW.terms_id, OLD.terms_id)) THEN
        RAISE EXCEPTION 'the terms are signed: % of a clause refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER signed_clauses BEFORE INSERT OR UPDATE OR DELETE ON contractors_clause
    FOR EACH ROW EXECUTE FUNCTION contractors_signed_clauses();
"""
THAWED = """
DROP TRIGGER signed_clauses ON contractors_clause; DROP FUNCTION contractors_signed_clauses();
DROP TRIGGER signed_terms ON contractors_terms; DROP FUNCTION contractors_signed_terms();
DROP TRIGGER signed_lots ON contractors_contractlot; DROP FUNCTION contractors_signed_lots();
DROP TRIGGER signed_contract ON contractors_contract; DROP FUNCTION contractors_signed_contract();
"""

# A month that both sides signed stays as it is: its account, its clauses, its objections, the entries it settles.
LOCKED = """
CREATE FUNCTION contractors_locked_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'locked' THEN
        RAISE EXCEPTION 'month % is locked: % refused', OLD.month, TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER locked_month BEFORE UPDATE OR DELETE ON contractors_assessment
    FOR EACH ROW EXECUTE FUNCTION contractors_locked_month();

CREATE FUNCTION contractors_within_locked_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contractors_assessment WHERE state = 'locked'
               AND id IN (NEW.assessment_id, OLD.assessment_id)) THEN
        RAISE EXCEPTION 'the month is locked: % of % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER within_locked_month BEFORE INSERT OR UPDATE OR DELETE ON contractors_clauseresult
    FOR EACH ROW EXECUTE FUNCTION contractors_within_locked_month();
CREATE TRIGGER within_locked_month BEFORE INSERT OR UPDATE OR DELETE ON contractors_objection
    FOR EACH ROW EXECUTE FUNCTION contractors_within_locked_month();

CREATE FUNCTION contractors_files_of_locked_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contractors_objection o JOIN contractors_assessment a ON a.id = o.assessment_id
               WHERE a.state = 'locked' AND o.id IN (NEW.objection_id, OLD.objection_id)) THEN
        RAISE EXCEPTION 'the month is locked: % of % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER within_locked_month BEFORE INSERT OR UPDATE OR DELETE ON contractors_objectionfile
    FOR EACH ROW EXECUTE FUNCTION contractors_files_of_locked_month();

CREATE FUNCTION contractors_entered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (NEW.assessment_id, NEW.amount, NEW.why, NEW.changes, NEW.made_by_id, NEW.made_at) IS DISTINCT FROM
           (OLD.assessment_id, OLD.amount, OLD.why, OLD.changes, OLD.made_by_id, OLD.made_at)
        OR (OLD.settled_in_id IS DISTINCT FROM NEW.settled_in_id AND OLD.settled_in_id IS NOT NULL) THEN
        RAISE EXCEPTION 'an adjusting entry stays as entered: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entered BEFORE UPDATE OR DELETE ON contractors_adjustment
    FOR EACH ROW EXECUTE FUNCTION contractors_entered();
"""
OPENED = """
DROP TRIGGER entered ON contractors_adjustment; DROP FUNCTION contractors_entered();
DROP TRIGGER within_locked_month ON contractors_objectionfile; DROP FUNCTION contractors_files_of_locked_month();
DROP TRIGGER within_locked_month ON contractors_objection;
DROP TRIGGER within_locked_month ON contractors_clauseresult; DROP FUNCTION contractors_within_locked_month();
DROP TRIGGER locked_month ON contractors_assessment; DROP FUNCTION contractors_locked_month();
"""

# Scores only rise, and neither they nor marks handed in, frames, approved scorecards and attributions ever change.
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


class Migration(migrations.Migration):
    dependencies = [("contractors", "0001_initial")]
    operations = [
        migrations.RunSQL(LOTS_FOLLOW, UNFOLLOWED),
        migrations.RunSQL(FROZEN, THAWED),
        migrations.RunSQL(LOCKED, OPENED),
        migrations.RunSQL(KEPT, LET_GO),
    ]
