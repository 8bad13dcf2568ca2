-- Written by manage.py write_schema from the migrations; a test compares them.
-- PostgreSQL 18
-- stands for admin 0001_initial
-- stands for admin 0002_logentry_remove_auto_add
-- stands for admin 0003_logentry_add_action_flag_choices
-- stands for auth 0001_initial
-- stands for auth 0002_alter_permission_name_max_length
-- stands for auth 0003_alter_user_email_max_length
-- stands for auth 0004_alter_user_username_opts
-- stands for auth 0005_alter_user_last_login_null
-- stands for auth 0006_require_contenttypes_0002
-- stands for auth 0007_alter_validators_add_error_messages
-- stands for auth 0008_alter_user_username_max_length
-- stands for auth 0009_alter_user_last_name_max_length
-- stands for auth 0010_alter_group_name_max_length
-- stands for auth 0011_update_proxy_permissions
-- stands for auth 0012_alter_user_first_name_max_length
-- stands for axes 0001_initial
-- stands for axes 0002_auto_20151217_2044
-- stands for axes 0003_auto_20160322_0929
-- stands for axes 0004_auto_20181024_1538
-- stands for axes 0005_remove_accessattempt_trusted
-- stands for axes 0006_remove_accesslog_trusted
-- stands for axes 0007_alter_accessattempt_unique_together
-- stands for axes 0008_accessfailurelog
-- stands for axes 0009_add_session_hash
-- stands for axes 0010_accessattemptexpiration
-- stands for cases 0001_initial
-- stands for cases 0002_events_and_numbers
-- stands for cases 0003_import_run
-- stands for cases 0004_measure_indexes
-- stands for cases 0005_masked_text
-- stands for cases 0006_longer_content_type
-- stands for cases 0007_kept_from
-- stands for cases 0008_groups
-- stands for cases 0009_linking_indexes
-- stands for cases 0010_policy_proposals
-- stands for cases 0011_ladder
-- stands for cases 0012_tree_of_parts
-- stands for cases 0013_tree_of_parts_checked
-- stands for cases 0014_emergency_lines
-- stands for cases 0015_decisions
-- stands for cases 0016_open_cases
-- stands for cases 0017_suggestion_models
-- stands for cases 0018_hot_topics
-- stands for cases 0019_dispatch_catalogue
-- stands for cases 0020_knowledge_editing
-- stands for cases 0021_catalogue_uploads
-- stands for cases 0022_reasons
-- stands for cases 0023_reasons_known
-- stands for cases 0024_calls_reported
-- stands for cases 0025_calls_reported_checked
-- stands for cases 0026_events_by_transaction
-- stands for cases 0027_independent_callback
-- stands for cases 0028_independent_callback_checked
-- stands for cases 0029_exports
-- stands for cases 0030_proofs_by_time
-- stands for cases 0031_tallies
-- stands for cases 0032_tallies_begin
-- stands for cases 0033_export_words
-- stands for cases 0034_returned
-- stands for cases 0035_past_serials
-- stands for contenttypes 0001_initial
-- stands for contenttypes 0002_remove_content_type_name
-- stands for contractors 0001_initial
-- stands for contractors 0002_kept
-- stands for contractors 0003_access_bound
-- stands for contractors 0004_words
-- stands for contractors 0005_paper_objections
-- stands for contractors 0006_paper_signatures
-- stands for contractors 0007_paper_signatures_checked
-- stands for hotline 0001_initial
-- stands for hotline 0002_append_only
-- stands for hotline 0003_rate_count
-- stands for hotline 0004_administrators_apart
-- stands for hotline 0005_perhaps_sent
-- stands for hotline 0006_authenticator
-- stands for hotline 0007_looked_often
-- stands for hotline 0008_receipts
-- stands for hotline 0009_receipts_hold
-- stands for hotline 0010_linking_words
-- stands for hotline 0011_proposals
-- stands for hotline 0012_rule_versions
-- stands for hotline 0013_approved_versions
-- stands for hotline 0014_accounts
-- stands for hotline 0015_ruling_words
-- stands for hotline 0016_restriction
-- stands for hotline 0017_audit_seals
-- stands for hotline 0018_entries_by_transaction
-- stands for hotline 0019_notices_unread
-- stands for hotline 0020_notices_read
-- stands for otp_static 0001_initial
-- stands for otp_static 0002_throttling
-- stands for otp_static 0003_add_timestamps
-- stands for oversight 0001_findings
-- stands for oversight 0002_audit_samples
-- stands for oversight 0003_publication
-- stands for oversight 0004_finding_steps
-- stands for oversight 0005_frozen_figures
-- stands for oversight 0006_strata_and_topic_words
-- stands for sessions 0001_initial

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE FUNCTION public.cases_assignment_not_to_subject() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF cases_lies_with_subject(NEW.case_id, NEW.unit_id) THEN
        RAISE EXCEPTION 'a confidential case does not go to the body it is about'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_not_to_subject';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.cases_assignment_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.cases_case_not_with_subject() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cases_assignment AS part WHERE part.case_id = NEW.id
               AND part.state IN ('dispatched', 'handling', 'replied')
               AND cases_lies_with_subject(NEW.id, part.unit_id)) THEN
        RAISE EXCEPTION 'a confidential case does not lie with the body it is about'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_not_with_subject';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_independent_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.cases_lies_with_subject(the_case bigint, the_unit bigint) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (
        SELECT 1 FROM cases_case AS about
        JOIN hotline_organisation AS subject ON subject.id = about.subject_unit_id
        JOIN hotline_organisation AS unit ON unit.id = the_unit
        WHERE about.id = the_case AND about.confidential AND starts_with(unit.path, subject.path))
$$;

CREATE FUNCTION public.cases_next_serial(wanted date) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    begun bigint;
    serial bigint;
BEGIN
    LOOP
        SELECT before INTO begun FROM cases_serial_day WHERE day = wanted;
        serial := nextval('cases_serial');
        IF begun IS NOT NULL AND serial > begun THEN
            RETURN serial - begun;
        END IF;
        IF begun IS NULL THEN
            INSERT INTO cases_serial_day VALUES (wanted, serial) ON CONFLICT DO NOTHING;
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION public.cases_policy_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    was jsonb := to_jsonb(OLD) - 'valid_until' - 'source';
BEGIN
    IF TG_OP = 'DELETE' OR was <> to_jsonb(NEW) - 'valid_until' - 'source' OR OLD.valid_until < NEW.valid_until THEN
        RAISE EXCEPTION 'a version of a time limit only ends: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.cases_reason_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ends_at IS NOT NULL OR NEW.ends_at IS NULL
        OR to_jsonb(OLD) - 'ends_at' - 'ended_by_id' <> to_jsonb(NEW) - 'ends_at' - 'ended_by_id'
        OR NOT EXISTS (SELECT 1 FROM hotline_proposal WHERE id = NEW.ended_by_id AND state = 'approved')
    THEN
        RAISE EXCEPTION 'a reason only ends, once, when two people agree: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.cases_reason_known() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.cases_tally_assignment_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh JOIN old_rows AS old_row ON old_row.id = fresh.id WHERE fresh.role = 'lead' AND (old_row.role, old_row.state, old_row.round, old_row.dispatched_at, old_row.dispatched_by_id) IS DISTINCT FROM (fresh.role, fresh.state, fresh.round, fresh.dispatched_at, fresh.dispatched_by_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_assignment_made() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh WHERE fresh.role = 'lead' ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_callbackattempt_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT survey.case_id, pg_current_xact_id()::text::bigint FROM fresh JOIN old_rows AS old_row ON old_row.id = fresh.id JOIN cases_survey AS survey ON survey.id = fresh.survey_id WHERE true AND (old_row.at, old_row.result, old_row.survey_id) IS DISTINCT FROM (fresh.at, fresh.result, fresh.survey_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_callbackattempt_made() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT survey.case_id, pg_current_xact_id()::text::bigint FROM fresh JOIN cases_survey AS survey ON survey.id = fresh.survey_id WHERE true ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_case_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.id, pg_current_xact_id()::text::bigint FROM fresh JOIN old_rows AS old_row ON old_row.id = fresh.id WHERE true AND (old_row.kind, old_row.channel_id, old_row.category_id, old_row.region_id, old_row.unit_id, old_row.taken_by_organisation_id, old_row.status, old_row.outcome, old_row.round, old_row.registered_at, old_row.first_closed_at, old_row.last_closed_at) IS DISTINCT FROM (fresh.kind, fresh.channel_id, fresh.category_id, fresh.region_id, fresh.unit_id, fresh.taken_by_organisation_id, fresh.status, fresh.outcome, fresh.round, fresh.registered_at, fresh.first_closed_at, fresh.last_closed_at) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_case_made() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.id, pg_current_xact_id()::text::bigint FROM fresh WHERE true ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_clock_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh JOIN old_rows AS old_row ON old_row.id = fresh.id WHERE fresh.kind IN ('promise', 'sign') AND (old_row.due_at, old_row.met_at, old_row.stopped_at) IS DISTINCT FROM (fresh.due_at, fresh.met_at, fresh.stopped_at) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_clock_made() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh WHERE fresh.kind IN ('promise', 'sign') ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_decision_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh JOIN old_rows AS old_row ON old_row.id = fresh.id WHERE fresh.kind IN ('extension', 'exclusion', 'suspension') AND (old_row.state, old_row.ruled_at, old_row.lifted_at, old_row.assignment_id) IS DISTINCT FROM (fresh.state, fresh.ruled_at, fresh.lifted_at, fresh.assignment_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_decision_made() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh WHERE fresh.kind IN ('extension', 'exclusion', 'suspension') ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_feedback_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh JOIN old_rows AS old_row ON old_row.id = fresh.id WHERE true AND (old_row.at, old_row.contacted, old_row.solved, old_row.satisfaction, old_row.superseded_at, old_row.source) IS DISTINCT FROM (fresh.at, fresh.contacted, fresh.solved, fresh.satisfaction, fresh.superseded_at, fresh.source) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_feedback_made() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh WHERE true ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_survey_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh JOIN old_rows AS old_row ON old_row.id = fresh.id WHERE true AND (old_row.sent_at, old_row.state) IS DISTINCT FROM (fresh.sent_at, fresh.state) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cases_tally_survey_made() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    INSERT INTO cases_tallychange (case_id, act)
    SELECT DISTINCT fresh.case_id, pg_current_xact_id()::text::bigint FROM fresh WHERE true ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.contractors_bound(person bigint, body bigint, wish tstzrange) RETURNS tstzrange
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    terms tstzmultirange;
    periods tstzmultirange;
    missing tstzmultirange;
BEGIN
    SELECT range_agg(term) INTO terms FROM contractors_contract
        WHERE organisation_id = body AND signed_at IS NOT NULL;
    IF terms IS NULL THEN
        RETURN wish;
    END IF;
    missing := tstzmultirange(wish * tstzrange(lower(terms), NULL)) - terms;
    SELECT range_agg(e.period) INTO periods FROM contractors_employment e
        JOIN contractors_contract c ON c.id = e.contract_id
        WHERE e.user_id = person AND c.organisation_id = body;
    IF periods IS NOT NULL THEN
        missing := missing + (tstzmultirange(wish * tstzrange(lower(periods), NULL)) - periods);
    END IF;
    IF isempty(missing) THEN
        RETURN wish;
    END IF;
    RETURN wish * tstzrange(NULL, lower(missing));
END $$;

CREATE FUNCTION public.contractors_contract_moved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.signed_at IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE contractors_employment e SET period = tstzrange(lower(e.period), LEAST(upper(NEW.term), (
            SELECT min(lower(o.period)) FROM contractors_employment o
            WHERE o.user_id = e.user_id AND o.id <> e.id AND lower(o.period) >= upper(e.period))))
        WHERE e.contract_id = NEW.id AND e.leaving = 'contract' AND upper(e.period) < upper(NEW.term);
    UPDATE contractors_employment SET leaving = 'contract',
            period = tstzrange(lower(period), GREATEST(upper(NEW.term), lower(period) + interval '1 microsecond'))
        WHERE contract_id = NEW.id AND upper(period) > upper(NEW.term)
            AND upper(period) - lower(period) > interval '1 microsecond';
    UPDATE hotline_membership SET valid = valid
        WHERE organisation_id = NEW.organisation_id AND (given IS NOT NULL OR upper(valid) IS NULL
            OR upper(valid) > lower(NEW.term));
    RETURN NULL;
END $$;

CREATE FUNCTION public.contractors_cut_membership() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    wish tstzrange := NEW.valid;
    left_over tstzrange;
    following timestamptz;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.given IS NOT NULL AND NEW.valid = OLD.valid THEN
        wish := NEW.given;
        SELECT min(lower(valid)) INTO following FROM hotline_membership
            WHERE user_id = NEW.user_id AND role = NEW.role AND id <> NEW.id AND lower(valid) > lower(NEW.valid);
        wish := wish * tstzrange(NULL, following);
    ELSE
        NEW.given := NULL;
    END IF;
    left_over := contractors_bound(NEW.user_id, NEW.organisation_id, wish);
    IF isempty(left_over) AND TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'no contract or employment covers this membership'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_within_contract';
    ELSIF isempty(left_over) THEN
        left_over := tstzrange(lower(wish), lower(wish) + interval '1 microsecond');
    END IF;
    IF left_over <> wish AND NEW.given IS NULL THEN
        NEW.given := wish;
    ELSIF left_over = NEW.given THEN
        NEW.given := NULL;
    END IF;
    NEW.valid := left_over;
    RETURN NEW;
END $$;

CREATE FUNCTION public.contractors_employment_moved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE hotline_membership m SET valid = m.valid FROM contractors_contract c
        WHERE c.id = COALESCE(NEW.contract_id, OLD.contract_id) AND m.organisation_id = c.organisation_id
            AND m.user_id = COALESCE(NEW.user_id, OLD.user_id);
    RETURN NULL;
END $$;

CREATE FUNCTION public.contractors_employment_within() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF upper(NEW.period) - lower(NEW.period) > interval '1 microsecond' AND NOT EXISTS (
        SELECT 1 FROM contractors_contract
        WHERE id = NEW.contract_id AND signed_at IS NOT NULL AND NEW.period <@ term) THEN
        RAISE EXCEPTION 'an employment lies within the term of a signed contract'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'employment_within_contract';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.contractors_entered() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.contractors_files_of_locked_month() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contractors_objection o JOIN contractors_assessment a ON a.id = o.assessment_id
               WHERE a.state = 'locked' AND o.id IN (NEW.objection_id, OLD.objection_id)) THEN
        RAISE EXCEPTION 'the month is locked: % of % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION public.contractors_locked_month() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'locked' THEN
        RAISE EXCEPTION 'month % is locked: % refused', OLD.month, TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION public.contractors_lots_follow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE contractors_contractlot SET term = NEW.term WHERE contract_id = NEW.id AND NEW.signed_at IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION public.contractors_mark_handed_in() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'a mark handed in is never changed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.contractors_mark_line_handed_in() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    of bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.mark_id ELSE NEW.mark_id END;
BEGIN
    IF EXISTS (SELECT FROM contractors_mark m WHERE m.id = of AND m.submitted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a mark handed in is never changed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.contractors_sample_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - 'late_told_at' <> to_jsonb(NEW) - 'late_told_at' THEN
        RAISE EXCEPTION 'a sample is never drawn anew: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.contractors_score_rises() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM contractors_score s WHERE s.contact_id = NEW.contact_id AND s.total > NEW.total) THEN
        RAISE EXCEPTION 'a score is never lowered' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.contractors_scorecard_approved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    of bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.scorecard_id ELSE NEW.scorecard_id END;
BEGIN
    IF EXISTS (SELECT FROM contractors_scorecard c WHERE c.id = of AND c.state = 'approved') THEN
        RAISE EXCEPTION 'an approved scorecard is never changed: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.contractors_signed_clauses() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contractors_terms WHERE state = 'approved' AND id IN (NEW.terms_id, OLD.terms_id)) THEN
        RAISE EXCEPTION 'the terms are signed: % of a clause refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION public.contractors_signed_contract() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL AND (TG_OP = 'DELETE'
        OR (NEW.organisation_id, NEW.number, NEW.tender_reference, lower(NEW.term), NEW.planned_until, NEW.signed_at) IS DISTINCT FROM
           (OLD.organisation_id, OLD.number, OLD.tender_reference, lower(OLD.term), OLD.planned_until, OLD.signed_at)) THEN
        RAISE EXCEPTION 'contract % is signed: % refused', OLD.number, TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION public.contractors_signed_lots() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.contractors_signed_terms() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'approved' THEN
        RAISE EXCEPTION 'these terms are signed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION public.contractors_within_locked_month() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contractors_assessment WHERE state = 'locked'
               AND id IN (NEW.assessment_id, OLD.assessment_id)) THEN
        RAISE EXCEPTION 'the month is locked: % of % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION public.hotline_needs_approval() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.proposal_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM hotline_proposal WHERE id = NEW.proposal_id AND state = 'approved')
    THEN
        RAISE EXCEPTION 'nobody approved proposal %', NEW.proposal_id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.hotline_proposal_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.hotline_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION public.hotline_template_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - 'retired_at' <> to_jsonb(NEW) - 'retired_at' THEN
        RAISE EXCEPTION 'a wording is only retired: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.oversight_approved_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'approved' AND
        (NEW.state, NEW.case_id, NEW.title, NEW.words, NEW.title_en, NEW.words_en, NEW.approved_by_id) IS DISTINCT FROM
        (OLD.state, OLD.case_id, OLD.title, OLD.words, OLD.title_en, OLD.words_en, OLD.approved_by_id) THEN
        RAISE EXCEPTION 'typical case % is approved: % refused', OLD.id, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.oversight_frozen_bulletin() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state IN ('approved', 'dropped')
        OR (NEW.template_id, NEW.begins_at, NEW.ends_at, NEW.content, NEW.digest, NEW.made_at) IS DISTINCT FROM
           (OLD.template_id, OLD.begins_at, OLD.ends_at, OLD.content, OLD.digest, OLD.made_at) THEN
        RAISE EXCEPTION 'the figures of bulletin % are frozen: % refused', OLD.id, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.oversight_keep_sample() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'draft'
       OR (NEW.title, NEW.drawn_by_id, NEW.drawn_at, NEW.first, NEW.last, NEW.outcome, NEW.wanted, NEW.proposed_seed,
           NEW.frame_hash, NEW.frame_size)
          IS DISTINCT FROM
          (OLD.title, OLD.drawn_by_id, OLD.drawn_at, OLD.first, OLD.last, OLD.outcome, OLD.wanted, OLD.proposed_seed,
           OLD.frame_hash, OLD.frame_size)
       OR (NEW.unit_id, NEW.contractor_id, NEW.category_id) IS DISTINCT FROM
          (OLD.unit_id, OLD.contractor_id, OLD.category_id)
       OR NEW.frame <> OLD.frame OR NEW.strata_by <> OLD.strata_by
    THEN
        RAISE EXCEPTION 'an audit sample stays as it was drawn: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.oversight_only_while_freezing() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (SELECT state FROM oversight_auditsample WHERE id = NEW.sample_id) <> 'draft' THEN
        RAISE EXCEPTION 'the list of a frozen sample takes no more cases'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);

ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);

ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
);

ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_assignment (
    id bigint NOT NULL,
    role character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    round smallint NOT NULL,
    hop smallint NOT NULL,
    dispatched_at timestamp with time zone NOT NULL,
    note text NOT NULL,
    opened_at timestamp with time zone,
    signed_at timestamp with time zone,
    contacted_at timestamp with time zone,
    replied_at timestamp with time zone,
    ended_at timestamp with time zone,
    leg_due_at timestamp with time zone,
    dispatched_by_id bigint,
    handler_id bigint,
    parent_id bigint,
    signed_by_id bigint,
    unit_id bigint NOT NULL,
    case_id bigint NOT NULL,
    tier smallint DEFAULT 1 NOT NULL,
    CONSTRAINT assignment_copy_only_looks_on CHECK (((NOT ((role)::text = 'copy'::text)) OR ((leg_due_at IS NULL) AND (signed_at IS NULL) AND ((state)::text = 'done'::text)))),
    CONSTRAINT assignment_ended CHECK ((((ended_at IS NULL) AND ((state)::text = ANY ((ARRAY['dispatched'::character varying, 'handling'::character varying, 'replied'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['dispatched'::character varying, 'handling'::character varying, 'replied'::character varying])::text[]))) AND (ended_at IS NOT NULL)))),
    CONSTRAINT assignment_role CHECK (((role)::text = ANY ((ARRAY['lead'::character varying, 'co_organiser'::character varying, 'subordinate'::character varying, 'copy'::character varying])::text[]))),
    CONSTRAINT assignment_signed_by_somebody CHECK ((((signed_at IS NULL) AND (signed_by_id IS NULL)) OR ((signed_at IS NOT NULL) AND (signed_by_id IS NOT NULL)))),
    CONSTRAINT assignment_state CHECK (((state)::text = ANY ((ARRAY['dispatched'::character varying, 'handling'::character varying, 'replied'::character varying, 'done'::character varying, 'returned'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT assignment_tier CHECK ((((parent_id IS NULL) AND (tier = 1)) OR ((parent_id IS NOT NULL) AND (tier > 1) AND (tier <= 4)))),
    CONSTRAINT cases_assignment_hop_check CHECK ((hop >= 0)),
    CONSTRAINT cases_assignment_round_check CHECK ((round >= 0)),
    CONSTRAINT cases_assignment_tier_check CHECK ((tier >= 0))
);

ALTER TABLE public.cases_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_attachment (
    id uuid NOT NULL,
    kind character varying(16) NOT NULL,
    name character varying(120) NOT NULL,
    content_type character varying(100) NOT NULL,
    size integer NOT NULL,
    digest bytea NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    uploaded_by_id bigint NOT NULL,
    case_id bigint NOT NULL,
    reply_id bigint,
    CONSTRAINT attachment_kind CHECK (((kind)::text = ANY ((ARRAY['credential'::character varying, 'contact_proof'::character varying, 'handling_proof'::character varying, 'grounds'::character varying])::text[]))),
    CONSTRAINT cases_attachment_size_check CHECK ((size >= 0))
);

CREATE TABLE public.cases_burst (
    id bigint NOT NULL,
    n integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    noticed_at timestamp with time zone NOT NULL,
    over_at timestamp with time zone,
    category_id bigint NOT NULL,
    region_id bigint NOT NULL,
    group_id bigint,
    CONSTRAINT burst_order CHECK ((last_at >= first_at)),
    CONSTRAINT cases_burst_n_check CHECK ((n >= 0))
);

ALTER TABLE public.cases_burst ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_burst_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_call (
    id uuid NOT NULL,
    platform_id character varying(80) NOT NULL,
    direction character varying(8) NOT NULL,
    caller bytea,
    queue character varying(40) NOT NULL,
    language character varying(40) NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    abandoned boolean NOT NULL,
    hold_seconds integer NOT NULL,
    wrap_up_seconds integer,
    recording character varying(200) NOT NULL,
    agent_id bigint,
    organisation_id bigint,
    case_id bigint,
    citizen_id uuid,
    caller_index bytea,
    in_menu boolean DEFAULT false NOT NULL,
    agent_since timestamp with time zone,
    held jsonb DEFAULT '[]'::jsonb NOT NULL,
    abusive_at timestamp with time zone,
    CONSTRAINT call_abandoned_unanswered CHECK (((NOT abandoned) OR (answered_at IS NULL))),
    CONSTRAINT call_answered_after_offer CHECK (((answered_at IS NULL) OR (answered_at >= offered_at))),
    CONSTRAINT call_direction CHECK (((direction)::text = ANY ((ARRAY['inbound'::character varying, 'outbound'::character varying])::text[]))),
    CONSTRAINT call_ended_after_answer CHECK (((answered_at IS NULL) OR (ended_at IS NULL) OR (ended_at >= answered_at))),
    CONSTRAINT call_ended_after_offer CHECK (((ended_at IS NULL) OR (ended_at >= offered_at))),
    CONSTRAINT call_menu_unanswered CHECK (((NOT in_menu) OR (answered_at IS NULL))),
    CONSTRAINT cases_call_hold_seconds_check CHECK ((hold_seconds >= 0)),
    CONSTRAINT cases_call_wrap_up_seconds_check CHECK ((wrap_up_seconds >= 0))
);

CREATE TABLE public.cases_callbackattempt (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    result character varying(12) NOT NULL,
    note character varying(200) NOT NULL,
    by_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    survey_id uuid NOT NULL
);

ALTER TABLE public.cases_callbackattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_callbackattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_callplatform (
    id uuid NOT NULL,
    code character varying(40) NOT NULL,
    secret bytea NOT NULL,
    earlier_secret bytea,
    earlier_until timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    membership_id uuid NOT NULL,
    CONSTRAINT call_platform_earlier_secret CHECK ((((earlier_secret IS NULL) AND (earlier_until IS NULL)) OR ((earlier_secret IS NOT NULL) AND (earlier_until IS NOT NULL))))
);

CREATE TABLE public.cases_callreport (
    id bigint NOT NULL,
    digest bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    platform_id uuid NOT NULL
);

ALTER TABLE public.cases_callreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_callreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_case (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    kind character varying(14) NOT NULL,
    upstream_platform character varying(40) NOT NULL,
    upstream_number character varying(60) NOT NULL,
    place character varying(200) NOT NULL,
    latitude double precision,
    longitude double precision,
    title character varying(120) NOT NULL,
    words text NOT NULL,
    urgency character varying(10) NOT NULL,
    confidential boolean NOT NULL,
    callback_wish character varying(6) NOT NULL,
    status character varying(12) NOT NULL,
    outcome character varying(12) NOT NULL,
    round smallint NOT NULL,
    hops smallint NOT NULL,
    routing jsonb NOT NULL,
    promise_due_at timestamp with time zone,
    provisional boolean NOT NULL,
    version integer NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    first_closed_at timestamp with time zone,
    last_closed_at timestamp with time zone,
    proposed_unit_id bigint,
    region_id bigint,
    taken_by_id bigint,
    taken_by_organisation_id bigint,
    unit_id bigint,
    category_id bigint,
    channel_id bigint NOT NULL,
    citizen_id uuid,
    subject_unit_id bigint,
    group_id bigint,
    CONSTRAINT case_closing_order CHECK (((first_closed_at IS NULL) OR (last_closed_at >= first_closed_at))),
    CONSTRAINT case_ended_says_how CHECK ((((last_closed_at IS NOT NULL) AND ((status)::text = ANY ((ARRAY['closed'::character varying, 'handed_over'::character varying, 'refused'::character varying, 'withdrawn'::character varying])::text[])) AND (NOT ((outcome)::text = ''::text))) OR (((outcome)::text = ''::text) AND ((status)::text = ANY ((ARRAY['dispatched'::character varying, 'disputed'::character varying, 'handling'::character varying, 'registered'::character varying, 'rehandling'::character varying, 'replied'::character varying, 'suspended'::character varying, 'verifying'::character varying])::text[]))))),
    CONSTRAINT case_kind CHECK (((kind)::text = ANY ((ARRAY['consultation'::character varying, 'help'::character varying, 'complaint'::character varying, 'report'::character varying, 'suggestion'::character varying, 'thanks'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT case_status CHECK (((status)::text = ANY ((ARRAY['registered'::character varying, 'dispatched'::character varying, 'disputed'::character varying, 'handling'::character varying, 'replied'::character varying, 'verifying'::character varying, 'rehandling'::character varying, 'suspended'::character varying, 'closed'::character varying, 'refused'::character varying, 'handed_over'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT case_unit CHECK (((NOT ((status)::text = ANY ((ARRAY['dispatched'::character varying, 'handling'::character varying, 'rehandling'::character varying])::text[]))) OR (unit_id IS NOT NULL))),
    CONSTRAINT case_urgency CHECK (((urgency)::text = ANY ((ARRAY['ordinary'::character varying, 'urgent'::character varying, 'emergency'::character varying])::text[]))),
    CONSTRAINT cases_case_hops_check CHECK ((hops >= 0)),
    CONSTRAINT cases_case_round_check CHECK ((round >= 0)),
    CONSTRAINT cases_case_version_check CHECK ((version >= 0))
);

ALTER TABLE public.cases_case ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_caseevent (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    by_id bigint,
    role character varying(20) NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint NOT NULL,
    from_status character varying(12) NOT NULL,
    to_status character varying(12) NOT NULL,
    why text NOT NULL,
    payload jsonb NOT NULL,
    version integer NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL
)
PARTITION BY RANGE (at);

CREATE TABLE public.cases_caseevent_2025_01 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_02 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_03 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_04 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_05 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_06 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_07 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_08 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_09 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_10 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_11 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2025_12 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_01 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_02 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_03 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_04 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_05 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_06 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_07 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_08 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_09 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_10 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_11 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2026_12 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2027_01 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2027_02 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_2027_03 (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

CREATE TABLE public.cases_caseevent_default (
    id bigint CONSTRAINT cases_caseevent_id_not_null NOT NULL,
    case_id bigint CONSTRAINT cases_caseevent_case_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT cases_caseevent_at_not_null NOT NULL,
    kind character varying(20) CONSTRAINT cases_caseevent_kind_not_null NOT NULL,
    by_id bigint,
    role character varying(20) CONSTRAINT cases_caseevent_role_not_null NOT NULL,
    organisation_id bigint,
    assignment_id bigint,
    round smallint CONSTRAINT cases_caseevent_round_not_null NOT NULL,
    from_status character varying(12) CONSTRAINT cases_caseevent_from_status_not_null NOT NULL,
    to_status character varying(12) CONSTRAINT cases_caseevent_to_status_not_null NOT NULL,
    why text CONSTRAINT cases_caseevent_why_not_null NOT NULL,
    payload jsonb CONSTRAINT cases_caseevent_payload_not_null NOT NULL,
    version integer CONSTRAINT cases_caseevent_version_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT cases_caseevent_xid_not_null NOT NULL
);

ALTER TABLE public.cases_caseevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_caseevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_casegroup (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by_id bigint,
    main_id bigint NOT NULL,
    opened_by_id bigint NOT NULL,
    CONSTRAINT group_ended_by_somebody CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL))))
);

ALTER TABLE public.cases_casegroup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_casegroup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_casetext (
    case_id bigint NOT NULL,
    bigrams tsvector NOT NULL,
    registered_at timestamp with time zone NOT NULL
);

CREATE TABLE public.cases_cataloguechange (
    id bigint NOT NULL,
    kind character varying(14) DEFAULT ''::character varying NOT NULL,
    source character varying(120) NOT NULL,
    category_id bigint NOT NULL,
    channel_id bigint,
    copy_to_id bigint,
    region_id bigint,
    ruling_id bigint,
    unit_id bigint,
    version_id bigint NOT NULL,
    CONSTRAINT catalogue_change_kind CHECK (((kind)::text = ANY ((ARRAY[''::character varying, 'consultation'::character varying, 'help'::character varying, 'complaint'::character varying, 'report'::character varying, 'suggestion'::character varying, 'thanks'::character varying, 'other'::character varying])::text[])))
);

CREATE TABLE public.cases_cataloguechange_co_organisers (
    id bigint NOT NULL,
    cataloguechange_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.cases_cataloguechange_co_organisers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_cataloguechange_co_organisers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.cases_cataloguechange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_cataloguechange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_catalogueentry (
    id bigint NOT NULL,
    serial integer NOT NULL,
    source character varying(120) NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    region_id bigint,
    unit_id bigint NOT NULL,
    category_id bigint NOT NULL,
    channel_id bigint,
    copy_to_id bigint,
    kind character varying(14) DEFAULT ''::character varying NOT NULL,
    ruling_id bigint,
    version_id bigint,
    CONSTRAINT cases_catalogueentry_serial_check CHECK ((serial >= 0)),
    CONSTRAINT catalogue_kind CHECK (((kind)::text = ANY ((ARRAY[''::character varying, 'consultation'::character varying, 'help'::character varying, 'complaint'::character varying, 'report'::character varying, 'suggestion'::character varying, 'thanks'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT catalogue_period_in_order CHECK (((valid_until IS NULL) OR (valid_until >= valid_from)))
);

CREATE TABLE public.cases_catalogueentry_co_organisers (
    id bigint NOT NULL,
    catalogueentry_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.cases_catalogueentry_co_organisers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_catalogueentry_co_organisers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.cases_catalogueentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_catalogueentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_catalogueupload (
    id bigint NOT NULL,
    file_name character varying(200) NOT NULL,
    header jsonb NOT NULL,
    rows jsonb NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    uploaded_by_id bigint NOT NULL,
    version_id bigint
);

ALTER TABLE public.cases_catalogueupload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_catalogueupload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_catalogueversion (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    proposed_at timestamp with time zone,
    approved_at timestamp with time zone,
    returned_why character varying(300) NOT NULL,
    note character varying(120) NOT NULL,
    valid_from date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    approved_by_id bigint,
    created_by_id bigint NOT NULL,
    proposed_by_id bigint,
    CONSTRAINT catalogueversion_approved_at CHECK ((((approved_at IS NOT NULL) AND ((state)::text = 'approved'::text)) OR ((NOT ((state)::text = 'approved'::text)) AND (approved_at IS NULL) AND (approved_by_id IS NULL)))),
    CONSTRAINT catalogueversion_proposed_by_somebody CHECK (((NOT ((state)::text = 'proposed'::text)) OR ((proposed_at IS NOT NULL) AND (proposed_by_id IS NOT NULL)))),
    CONSTRAINT catalogueversion_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'proposed'::character varying, 'approved'::character varying, 'dropped'::character varying])::text[]))),
    CONSTRAINT catalogueversion_two_people CHECK (((approved_by_id IS NULL) OR (proposed_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))))
);

ALTER TABLE public.cases_catalogueversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_catalogueversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_category (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    path character varying(255) NOT NULL,
    code character varying(20) NOT NULL,
    depth smallint NOT NULL,
    full_name character varying(255) NOT NULL,
    full_name_en character varying(400) NOT NULL,
    initials character varying(60) NOT NULL,
    hints text NOT NULL,
    external_codes jsonb NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    parent_id bigint,
    CONSTRAINT cases_category_depth_check CHECK ((depth >= 0)),
    CONSTRAINT category_period CHECK (((valid_until IS NULL) OR (valid_until > valid_from)))
);

ALTER TABLE public.cases_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_channel (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    code character varying(20) NOT NULL,
    upstream boolean NOT NULL,
    reply_upstream boolean NOT NULL,
    is_active boolean NOT NULL,
    platform character varying(40) DEFAULT ''::character varying NOT NULL
);

ALTER TABLE public.cases_channel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_channel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_citizen (
    id uuid NOT NULL,
    name bytea,
    phone bytea,
    address bytea,
    phone_index bytea,
    last4_index bytea,
    language character varying(10) NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.cases_clock (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    amount integer NOT NULL,
    unit character varying(11) NOT NULL,
    round smallint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    extended integer NOT NULL,
    extensions smallint NOT NULL,
    paused_at timestamp with time zone,
    provisional boolean NOT NULL,
    next_action_at timestamp with time zone,
    stage smallint NOT NULL,
    card character varying(6) NOT NULL,
    met_at timestamp with time zone,
    breached_at timestamp with time zone,
    stopped_at timestamp with time zone,
    assignment_id bigint,
    case_id bigint NOT NULL,
    policy_id bigint NOT NULL,
    not_after timestamp with time zone,
    CONSTRAINT cases_clock_amount_check CHECK ((amount >= 0)),
    CONSTRAINT cases_clock_extended_check CHECK ((extended >= 0)),
    CONSTRAINT cases_clock_extensions_check CHECK ((extensions >= 0)),
    CONSTRAINT cases_clock_round_check CHECK ((round >= 0)),
    CONSTRAINT cases_clock_stage_check CHECK ((stage >= 0)),
    CONSTRAINT clock_forwards CHECK ((due_at >= started_at)),
    CONSTRAINT clock_kind CHECK (((kind)::text = ANY ((ARRAY['promise'::character varying, 'dispatch'::character varying, 'sign'::character varying, 'contact'::character varying, 'handle'::character varying, 'review'::character varying, 'decision'::character varying, 'verdict'::character varying])::text[]))),
    CONSTRAINT clock_met CHECK (((met_at IS NULL) OR (stopped_at IS NOT NULL))),
    CONSTRAINT clock_stopped_is_silent CHECK (((stopped_at IS NULL) OR (next_action_at IS NULL))),
    CONSTRAINT clock_within_the_one_above CHECK (((not_after IS NULL) OR (due_at <= not_after)))
);

ALTER TABLE public.cases_clock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_clock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_clockpause (
    id bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    reason character varying(120) NOT NULL,
    clock_id bigint NOT NULL,
    CONSTRAINT pause_forwards CHECK (((ended_at IS NULL) OR (ended_at > started_at)))
);

ALTER TABLE public.cases_clockpause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_clockpause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_deadlinepolicy (
    id bigint NOT NULL,
    clock character varying(8) NOT NULL,
    kind character varying(14) NOT NULL,
    urgency character varying(10) NOT NULL,
    upstream_platform character varying(40) NOT NULL,
    amount integer NOT NULL,
    unit character varying(11) NOT NULL,
    pausable boolean NOT NULL,
    max_extensions smallint NOT NULL,
    max_extension integer NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    source character varying(120) NOT NULL,
    approved_by_id bigint,
    category_id bigint,
    channel_id bigint,
    region_id bigint,
    proposal_id bigint,
    max_total_extension integer,
    CONSTRAINT cases_deadlinepolicy_amount_check CHECK ((amount >= 0)),
    CONSTRAINT cases_deadlinepolicy_max_extension_check CHECK ((max_extension >= 0)),
    CONSTRAINT cases_deadlinepolicy_max_extensions_check CHECK ((max_extensions >= 0)),
    CONSTRAINT cases_deadlinepolicy_max_total_extension_check CHECK ((max_total_extension >= 0)),
    CONSTRAINT policy_amount CHECK ((amount > 0)),
    CONSTRAINT policy_clock CHECK (((clock)::text = ANY ((ARRAY['promise'::character varying, 'dispatch'::character varying, 'sign'::character varying, 'contact'::character varying, 'handle'::character varying, 'review'::character varying, 'decision'::character varying, 'verdict'::character varying])::text[]))),
    CONSTRAINT policy_period CHECK (((valid_until IS NULL) OR (valid_until > valid_from))),
    CONSTRAINT policy_unit CHECK (((unit)::text = ANY ((ARRAY['minute'::character varying, 'hour'::character varying, 'day'::character varying, 'working_day'::character varying])::text[])))
);

ALTER TABLE public.cases_deadlinepolicy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_deadlinepolicy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_decision (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    reason character varying(30) NOT NULL,
    grounds text NOT NULL,
    amount integer,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    ruled_at timestamp with time zone,
    ruling text NOT NULL,
    final boolean NOT NULL,
    asked_by_id bigint,
    assignment_id bigint,
    case_id bigint NOT NULL,
    proposed_unit_id bigint,
    ruled_by_id bigint,
    approved_at timestamp with time zone,
    approved_by_id bigint,
    category_id bigint,
    evidence character varying(300) DEFAULT ''::character varying NOT NULL,
    lifted_at timestamp with time zone,
    review_at timestamp with time zone,
    ruled_as character varying(20) DEFAULT ''::character varying NOT NULL,
    ruled_unit_id bigint,
    told text DEFAULT ''::text NOT NULL,
    CONSTRAINT cases_decision_amount_check CHECK ((amount >= 0)),
    CONSTRAINT decision_approved_by_another CHECK ((((approved_at IS NULL) AND (approved_by_id IS NULL)) OR ((approved_at IS NOT NULL) AND (approved_by_id IS NOT NULL) AND (NOT ((approved_by_id = asked_by_id) AND (approved_by_id IS NOT NULL) AND (asked_by_id IS NOT NULL)))))),
    CONSTRAINT decision_dispute_binds CHECK (((NOT (((kind)::text = 'dispute'::text) AND ((state)::text = 'granted'::text))) OR (final AND (ruled_unit_id IS NOT NULL)))),
    CONSTRAINT decision_kind CHECK (((kind)::text = ANY ((ARRAY['bounce'::character varying, 'extension'::character varying, 'dispute'::character varying, 'suspension'::character varying, 'exclusion'::character varying, 'closing'::character varying, 'refusal'::character varying])::text[]))),
    CONSTRAINT decision_ruled_by_government CHECK (((NOT ((state)::text = ANY ((ARRAY['granted'::character varying, 'rejected'::character varying])::text[]))) OR ((ruled_as)::text = ANY ((ARRAY['arbiter'::character varying, 'auditor'::character varying, 'callback_officer'::character varying, 'dispatcher'::character varying, 'knowledge_editor'::character varying, 'office_head'::character varying, 'quality_officer'::character varying, 'reviewer'::character varying, 'supervisor'::character varying])::text[])) OR (((kind)::text = ANY ((ARRAY['bounce'::character varying, 'extension'::character varying])::text[])) AND ((ruled_as)::text = ''::text)))),
    CONSTRAINT decision_ruled_by_somebody CHECK ((((ruled_at IS NULL) AND (ruled_by_id IS NULL) AND ((state)::text = 'asked'::text)) OR ((NOT ((state)::text = 'asked'::text)) AND (ruled_at IS NOT NULL) AND (ruled_by_id IS NOT NULL)))),
    CONSTRAINT decision_state CHECK (((state)::text = ANY ((ARRAY['asked'::character varying, 'granted'::character varying, 'rejected'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT decision_suspension_ends CHECK (((NOT ((kind)::text = 'suspension'::text)) OR (review_at IS NOT NULL))),
    CONSTRAINT decision_two_approvals CHECK (((NOT (((kind)::text = ANY ((ARRAY['exclusion'::character varying, 'suspension'::character varying])::text[])) AND ((state)::text = 'granted'::text))) OR ((approved_by_id IS NOT NULL) AND (NOT ((approved_by_id = ruled_by_id) AND (approved_by_id IS NOT NULL) AND (ruled_by_id IS NOT NULL)))))),
    CONSTRAINT decision_two_people CHECK (((ruled_by_id IS NULL) OR ((state)::text = 'withdrawn'::text) OR (NOT ((ruled_by_id = asked_by_id) AND (ruled_by_id IS NOT NULL)))))
);

ALTER TABLE public.cases_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_draft (
    id uuid NOT NULL,
    number character varying(20) NOT NULL,
    fields bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    call_id uuid,
    owner_id bigint NOT NULL
);

CREATE TABLE public.cases_escalationstep (
    id bigint NOT NULL,
    "offset" integer NOT NULL,
    unit character varying(11) NOT NULL,
    act character varying(9) NOT NULL,
    to_role character varying(20) NOT NULL,
    policy_id bigint NOT NULL,
    CONSTRAINT step_act CHECK (((act)::text = ANY ((ARRAY['yellow'::character varying, 'red'::character varying, 'urge'::character varying, 'supervise'::character varying, 'summons'::character varying, 'circular'::character varying, 'remind'::character varying, 'expire'::character varying])::text[])))
);

ALTER TABLE public.cases_escalationstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_escalationstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_export (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    title character varying(200) NOT NULL,
    asked jsonb NOT NULL,
    form character varying(4) NOT NULL,
    language character varying(10) NOT NULL,
    purpose character varying(300) NOT NULL,
    personal boolean NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    refused_why character varying(300) NOT NULL,
    attempt smallint NOT NULL,
    heard_at timestamp with time zone,
    progress smallint NOT NULL,
    rows integer,
    cut boolean NOT NULL,
    built_at timestamp with time zone,
    expires_at timestamp with time zone,
    failure character varying(300) NOT NULL,
    asked_by_id bigint NOT NULL,
    decided_by_id bigint,
    membership_id uuid NOT NULL,
    CONSTRAINT cases_export_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT cases_export_progress_check CHECK ((progress >= 0)),
    CONSTRAINT cases_export_rows_check CHECK ((rows >= 0)),
    CONSTRAINT export_built CHECK (((NOT ((state)::text = ANY ((ARRAY['ready'::character varying, 'gone'::character varying])::text[]))) OR ((built_at IS NOT NULL) AND (expires_at IS NOT NULL) AND (rows IS NOT NULL)))),
    CONSTRAINT export_form CHECK (((form)::text = ANY ((ARRAY['csv'::character varying, 'xlsx'::character varying])::text[]))),
    CONSTRAINT export_personal_is_approved CHECK (((NOT personal) OR ((state)::text = 'approval'::text) OR (decided_by_id IS NOT NULL))),
    CONSTRAINT export_progress CHECK ((progress <= 100)),
    CONSTRAINT export_says_why CHECK ((NOT ((purpose)::text = ''::text))),
    CONSTRAINT export_state CHECK (((state)::text = ANY ((ARRAY['approval'::character varying, 'waiting'::character varying, 'building'::character varying, 'ready'::character varying, 'refused'::character varying, 'failed'::character varying, 'gone'::character varying])::text[]))),
    CONSTRAINT export_two_people CHECK (((decided_by_id IS NULL) OR (NOT ((decided_by_id = asked_by_id) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.cases_export ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_export_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_exportfile (
    id uuid NOT NULL,
    content bytea NOT NULL,
    export_id bigint NOT NULL
);

CREATE TABLE public.cases_feedback (
    id bigint NOT NULL,
    round smallint NOT NULL,
    source character varying(12) NOT NULL,
    contacted boolean,
    solved boolean NOT NULL,
    satisfaction smallint,
    comment text NOT NULL,
    at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    by_id bigint,
    case_id bigint NOT NULL,
    unit_id bigint,
    survey_id uuid,
    agent_satisfaction smallint,
    CONSTRAINT cases_feedback_agent_satisfaction_check CHECK ((agent_satisfaction >= 0)),
    CONSTRAINT cases_feedback_round_check CHECK ((round >= 0)),
    CONSTRAINT cases_feedback_satisfaction_check CHECK ((satisfaction >= 0)),
    CONSTRAINT feedback_agent_satisfaction CHECK (((agent_satisfaction IS NULL) OR ((agent_satisfaction >= 1) AND (agent_satisfaction <= 5) AND ((source)::text = 'independent'::text)))),
    CONSTRAINT feedback_satisfaction CHECK (((satisfaction IS NULL) OR ((satisfaction >= 1) AND (satisfaction <= 5)))),
    CONSTRAINT feedback_source CHECK (((source)::text = ANY ((ARRAY['link'::character varying, 'contractor'::character varying, 'office'::character varying, 'independent'::character varying, 'imported'::character varying])::text[])))
);

ALTER TABLE public.cases_feedback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_feedback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_groupanswer (
    id bigint NOT NULL,
    words text NOT NULL,
    left_out jsonb NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    by_id uuid NOT NULL,
    group_id bigint NOT NULL,
    reply_id bigint NOT NULL,
    CONSTRAINT group_answer_order CHECK (((finished_at IS NULL) OR (finished_at >= begun_at)))
);

ALTER TABLE public.cases_groupanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_groupanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_groupanswered (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    answer_id bigint NOT NULL,
    case_id bigint NOT NULL
);

ALTER TABLE public.cases_groupanswered ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_groupanswered_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_handover (
    id bigint NOT NULL,
    line character varying(5) NOT NULL,
    state character varying(8) NOT NULL,
    three_way boolean NOT NULL,
    note text NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    answered_by character varying(60) NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    case_id bigint NOT NULL,
    offered_by_id bigint NOT NULL,
    recorded_by_id bigint,
    CONSTRAINT handover_answered_by_somebody CHECK ((((answered_at IS NULL) AND (recorded_by_id IS NULL) AND ((state)::text = 'offered'::text)) OR ((NOT ((state)::text = 'offered'::text)) AND (answered_at IS NOT NULL) AND (recorded_by_id IS NOT NULL)))),
    CONSTRAINT handover_line CHECK (((line)::text = ANY ((ARRAY['110'::character varying, '119'::character varying, '120'::character varying, '122'::character varying, 'above'::character varying])::text[]))),
    CONSTRAINT handover_says_who_answered CHECK (((NOT ((state)::text = ANY ((ARRAY['accepted'::character varying, 'refused'::character varying])::text[]))) OR (NOT ((answered_by)::text = ''::text)))),
    CONSTRAINT handover_state CHECK (((state)::text = ANY ((ARRAY['offered'::character varying, 'accepted'::character varying, 'refused'::character varying, 'dropped'::character varying])::text[])))
);

ALTER TABLE public.cases_handover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_handover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_heldnotice (
    id bigint NOT NULL,
    act character varying(9) NOT NULL,
    leg character varying(8) NOT NULL,
    limit_due_at timestamp with time zone NOT NULL,
    to_role character varying(20) NOT NULL,
    held_at timestamp with time zone NOT NULL,
    release_at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL,
    message_id uuid,
    unit_id bigint,
    CONSTRAINT held_forwards CHECK ((release_at >= held_at))
);

ALTER TABLE public.cases_heldnotice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_heldnotice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_hottopic (
    id bigint NOT NULL,
    rank smallint NOT NULL,
    names jsonb NOT NULL,
    wording jsonb NOT NULL,
    n integer NOT NULL,
    before double precision NOT NULL,
    heat double precision NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT cases_hottopic_n_check CHECK ((n >= 0)),
    CONSTRAINT cases_hottopic_rank_check CHECK ((rank >= 0)),
    CONSTRAINT hot_topic_never_of_few CHECK (((n >= 5) AND (before >= (0.0)::double precision)))
);

CREATE TABLE public.cases_hottopic_cases (
    id bigint NOT NULL,
    hottopic_id bigint NOT NULL,
    case_id bigint NOT NULL
);

ALTER TABLE public.cases_hottopic_cases ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_hottopic_cases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.cases_hottopic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_hottopic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_importrun (
    id bigint NOT NULL,
    source character varying(40) NOT NULL,
    file_name character varying(200) NOT NULL,
    digest bytea NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    rows_done integer NOT NULL,
    taken integer NOT NULL,
    known integer NOT NULL,
    refused integer NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT cases_importrun_known_check CHECK ((known >= 0)),
    CONSTRAINT cases_importrun_refused_check CHECK ((refused >= 0)),
    CONSTRAINT cases_importrun_rows_done_check CHECK ((rows_done >= 0)),
    CONSTRAINT cases_importrun_taken_check CHECK ((taken >= 0))
);

ALTER TABLE public.cases_importrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_importrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_independentattempt (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    result character varying(12) NOT NULL,
    note character varying(200) NOT NULL,
    by_id bigint NOT NULL,
    callback_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);

ALTER TABLE public.cases_independentattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_independentattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_independentcallback (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    stratum character varying(10) NOT NULL,
    state character varying(11) NOT NULL,
    next_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    held_until timestamp with time zone,
    ended_at timestamp with time zone,
    case_id bigint NOT NULL,
    contractor_id bigint,
    draw_id bigint NOT NULL,
    given_to_id bigint,
    survey_id uuid NOT NULL,
    unit_id bigint,
    CONSTRAINT cases_independentcallback_position_check CHECK (("position" >= 0)),
    CONSTRAINT independent_ended CHECK ((((ended_at IS NULL) AND ((state)::text = 'waiting'::text)) OR ((NOT ((state)::text = 'waiting'::text)) AND (ended_at IS NOT NULL)))),
    CONSTRAINT independent_held CHECK ((((given_to_id IS NULL) AND (held_until IS NULL)) OR ((given_to_id IS NOT NULL) AND (held_until IS NOT NULL)))),
    CONSTRAINT independent_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'answered'::character varying, 'refused'::character varying, 'not_reached'::character varying, 'expired'::character varying])::text[]))),
    CONSTRAINT independent_stratum CHECK (((stratum)::text = ANY ((ARRAY['contractor'::character varying, 'otherwise'::character varying, 'unanswered'::character varying])::text[])))
);

ALTER TABLE public.cases_independentcallback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_independentcallback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_independentdraw (
    id bigint NOT NULL,
    day date NOT NULL,
    rules jsonb NOT NULL,
    seed character varying(32) NOT NULL,
    frame text NOT NULL,
    frame_hash character varying(64) NOT NULL,
    frame_size integer NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    CONSTRAINT cases_independentdraw_frame_size_check CHECK ((frame_size >= 0))
);

ALTER TABLE public.cases_independentdraw ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_independentdraw_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_knowledgearticle (
    id bigint NOT NULL,
    key character varying(40) NOT NULL,
    version smallint NOT NULL,
    title character varying(120) NOT NULL,
    title_en character varying(160) NOT NULL,
    body text NOT NULL,
    body_en text NOT NULL,
    approved_at timestamp with time zone,
    valid_until date,
    replaced_at timestamp with time zone,
    bigrams tsvector,
    approved_by_id bigint,
    category_id bigint,
    unit_id bigint NOT NULL,
    expiry_told_at timestamp with time zone,
    proposed_at timestamp with time zone,
    proposed_by_id bigint,
    reminded_at timestamp with time zone,
    returned_why character varying(300) NOT NULL,
    review_on date,
    state character varying(8) NOT NULL,
    written_at timestamp with time zone,
    written_by_id bigint,
    CONSTRAINT cases_knowledgearticle_version_check CHECK ((version >= 0)),
    CONSTRAINT knowledgearticle_approved_at CHECK ((((approved_at IS NOT NULL) AND ((state)::text = 'approved'::text)) OR ((NOT ((state)::text = 'approved'::text)) AND (approved_at IS NULL) AND (approved_by_id IS NULL)))),
    CONSTRAINT knowledgearticle_proposed_by_somebody CHECK (((NOT ((state)::text = 'proposed'::text)) OR ((proposed_at IS NOT NULL) AND (proposed_by_id IS NOT NULL)))),
    CONSTRAINT knowledgearticle_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'proposed'::character varying, 'approved'::character varying, 'dropped'::character varying])::text[]))),
    CONSTRAINT knowledgearticle_two_people CHECK (((approved_by_id IS NULL) OR (proposed_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))))
);

ALTER TABLE public.cases_knowledgearticle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_knowledgearticle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_knowledgefile (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    content_type character varying(100) NOT NULL,
    size integer NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    uploaded_by_id bigint NOT NULL,
    CONSTRAINT cases_knowledgefile_size_check CHECK ((size >= 0))
);

CREATE TABLE public.cases_knowledgefile_articles (
    id bigint NOT NULL,
    knowledgefile_id uuid NOT NULL,
    knowledgearticle_id bigint NOT NULL
);

ALTER TABLE public.cases_knowledgefile_articles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_knowledgefile_articles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_knowledgereport (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    words character varying(500) NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    late_told_at timestamp with time zone,
    outcome character varying(9) NOT NULL,
    answer character varying(500) NOT NULL,
    settled_at timestamp with time zone,
    article_id bigint,
    reported_by_id bigint NOT NULL,
    settled_by_id bigint,
    unit_id bigint NOT NULL,
    CONSTRAINT knowledge_report_kind CHECK (((kind)::text = ANY ((ARRAY['wrong'::character varying, 'unclear'::character varying, 'missing'::character varying])::text[]))),
    CONSTRAINT knowledge_report_of_an_article CHECK (((article_id IS NOT NULL) OR ((kind)::text = 'missing'::text))),
    CONSTRAINT knowledge_report_outcome CHECK (((outcome)::text = ANY ((ARRAY[''::character varying, 'corrected'::character varying, 'right'::character varying, 'not_ours'::character varying])::text[]))),
    CONSTRAINT knowledge_report_settled_by_somebody CHECK (((((outcome)::text = ''::text) AND (settled_at IS NULL) AND (settled_by_id IS NULL)) OR ((NOT ((outcome)::text = ''::text)) AND (settled_at IS NOT NULL) AND (settled_by_id IS NOT NULL))))
);

ALTER TABLE public.cases_knowledgereport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_knowledgereport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_ladderserial (
    id bigint NOT NULL,
    rung character varying(9) NOT NULL,
    year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT cases_ladderserial_last_check CHECK ((last >= 0)),
    CONSTRAINT cases_ladderserial_year_check CHECK ((year >= 0))
);

ALTER TABLE public.cases_ladderserial ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_ladderserial_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_ladderstep (
    id bigint NOT NULL,
    rung character varying(9) NOT NULL,
    year smallint NOT NULL,
    serial integer NOT NULL,
    limit_due_at timestamp with time zone,
    words text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    finding text NOT NULL,
    settled_at timestamp with time zone,
    answered_by_id bigint,
    assignment_id bigint,
    case_id bigint NOT NULL,
    clock_id bigint,
    follows_id bigint,
    issued_by_id bigint,
    settled_by_id bigint,
    unit_id bigint,
    CONSTRAINT cases_ladderstep_serial_check CHECK ((serial >= 0)),
    CONSTRAINT cases_ladderstep_year_check CHECK ((year >= 0)),
    CONSTRAINT ladder_answered_by_somebody CHECK ((((answered_at IS NULL) AND (answered_by_id IS NULL) AND (NOT ((state)::text = ANY ((ARRAY['answered'::character varying, 'accepted'::character varying])::text[])))) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND (NOT ((state)::text = 'open'::text))))),
    CONSTRAINT ladder_by_a_person CHECK (((NOT ((rung)::text = ANY ((ARRAY['summons'::character varying, 'circular'::character varying])::text[]))) OR (issued_by_id IS NOT NULL))),
    CONSTRAINT ladder_rung CHECK (((rung)::text = ANY ((ARRAY['urge'::character varying, 'supervise'::character varying, 'summons'::character varying, 'circular'::character varying])::text[]))),
    CONSTRAINT ladder_settled CHECK ((((settled_at IS NULL) AND (settled_by_id IS NULL) AND ((state)::text = ANY ((ARRAY['open'::character varying, 'answered'::character varying])::text[]))) OR ((settled_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['accepted'::character varying, 'climbed'::character varying])::text[]))))),
    CONSTRAINT ladder_state CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'answered'::character varying, 'accepted'::character varying, 'climbed'::character varying])::text[]))),
    CONSTRAINT ladder_two_people CHECK (((NOT ((state)::text = 'accepted'::text)) OR ((settled_by_id IS NOT NULL) AND (NOT ((settled_by_id = answered_by_id) AND (settled_by_id IS NOT NULL) AND (answered_by_id IS NOT NULL))))))
);

ALTER TABLE public.cases_ladderstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_ladderstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_modelweights (
    model_id bigint NOT NULL,
    arrays bytea NOT NULL,
    seal bytea NOT NULL
);

CREATE TABLE public.cases_quotation (
    case_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL
);

CREATE TABLE public.cases_reason (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    kind character varying(12) NOT NULL,
    code character varying(30) NOT NULL,
    "position" smallint NOT NULL,
    needs_words boolean NOT NULL,
    begins_at timestamp with time zone,
    ends_at timestamp with time zone,
    ended_by_id bigint,
    proposal_id bigint,
    CONSTRAINT cases_reason_position_check CHECK (("position" >= 0)),
    CONSTRAINT reason_kind CHECK (((kind)::text = ANY ((ARRAY['bounce'::character varying, 'extension'::character varying, 'dispute'::character varying, 'suspension'::character varying, 'exclusion'::character varying, 'closing'::character varying, 'refusal'::character varying, 'send_back'::character varying, 'unsolved'::character varying, 'callback'::character varying, 'reveal'::character varying])::text[]))),
    CONSTRAINT reason_period CHECK (((begins_at IS NULL) OR (ends_at IS NULL) OR (ends_at > begins_at)))
);

ALTER TABLE public.cases_reason ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_reason_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_recusal (
    id bigint NOT NULL,
    why character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    by_id bigint NOT NULL,
    case_id bigint NOT NULL,
    lifted_by_id bigint,
    person_id bigint NOT NULL,
    CONSTRAINT recusal_lifted_by_somebody CHECK ((((lifted_at IS NULL) AND (lifted_by_id IS NULL)) OR ((lifted_at IS NOT NULL) AND (lifted_by_id IS NOT NULL))))
);

ALTER TABLE public.cases_recusal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_recusal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_reply (
    id bigint NOT NULL,
    round smallint NOT NULL,
    claim character varying(6) NOT NULL,
    beyond_powers boolean NOT NULL,
    contacted boolean NOT NULL,
    contacted_at timestamp with time zone,
    solved character varying(8) NOT NULL,
    unsolved_reason character varying(16) NOT NULL,
    measures character varying(300) NOT NULL,
    promised_on date,
    internal_note text NOT NULL,
    public_reply text NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    state character varying(9) NOT NULL,
    reviewed_at timestamp with time zone,
    review_reason character varying(12) NOT NULL,
    review_note text NOT NULL,
    assignment_id bigint NOT NULL,
    author_id bigint,
    case_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    reviewed_by_id bigint,
    CONSTRAINT cases_reply_round_check CHECK ((round >= 0)),
    CONSTRAINT reply_claim CHECK (((claim)::text = ANY ((ARRAY['true'::character varying, 'partly'::character varying, 'untrue'::character varying])::text[]))),
    CONSTRAINT reply_contact CHECK (((NOT contacted) OR (contacted_at IS NOT NULL))),
    CONSTRAINT reply_says_why_unsolved CHECK ((((solved)::text = 'solved'::text) OR (NOT ((unsolved_reason)::text = ''::text)))),
    CONSTRAINT reply_solved CHECK (((solved)::text = ANY ((ARRAY['solved'::character varying, 'partly'::character varying, 'unsolved'::character varying])::text[]))),
    CONSTRAINT reply_state CHECK (((state)::text = ANY ((ARRAY['submitted'::character varying, 'accepted'::character varying, 'sent_back'::character varying, 'reported'::character varying, 'taken'::character varying, 'declined'::character varying])::text[])))
);

ALTER TABLE public.cases_reply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_reply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_replydraft (
    id uuid NOT NULL,
    fields bytea NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    assignment_id bigint NOT NULL,
    owner_id bigint NOT NULL
);

CREATE TABLE public.cases_reveal (
    id uuid NOT NULL,
    reason character varying(20) NOT NULL,
    note character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    case_id bigint NOT NULL
);

CREATE TABLE public.cases_savedview (
    id bigint NOT NULL,
    page character varying(20) NOT NULL,
    name character varying(40) NOT NULL,
    query character varying(500) NOT NULL,
    owner_id bigint NOT NULL
);

ALTER TABLE public.cases_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.cases_serial
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.cases_serial_day (
    day date NOT NULL,
    before bigint NOT NULL
);

CREATE TABLE public.cases_serial_past (
    day date NOT NULL,
    last integer NOT NULL
);

CREATE TABLE public.cases_suggestionmodel (
    id bigint NOT NULL,
    target character varying(8) NOT NULL,
    version integer NOT NULL,
    state character varying(8) NOT NULL,
    file_name character varying(200) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone,
    progress smallint NOT NULL,
    finished_at timestamp with time zone,
    failure character varying(300) NOT NULL,
    figures jsonb NOT NULL,
    on_since timestamp with time zone,
    off_since timestamp with time zone,
    asked_by_id bigint NOT NULL,
    off_by_id bigint,
    on_by_id bigint,
    CONSTRAINT cases_suggestionmodel_progress_check CHECK ((progress >= 0)),
    CONSTRAINT cases_suggestionmodel_version_check CHECK ((version >= 0)),
    CONSTRAINT suggestion_model_on CHECK (((on_since IS NULL) OR ((on_by_id IS NOT NULL) AND (on_since >= finished_at) AND ((state)::text = 'ready'::text)))),
    CONSTRAINT suggestion_model_progress CHECK ((progress <= 100)),
    CONSTRAINT suggestion_model_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'training'::character varying, 'ready'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT suggestion_model_target CHECK (((target)::text = ANY ((ARRAY['category'::character varying, 'unit'::character varying])::text[])))
);

ALTER TABLE public.cases_suggestionmodel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_suggestionmodel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_suggestionuse (
    id bigint NOT NULL,
    "on" date NOT NULL,
    offered integer NOT NULL,
    first integer NOT NULL,
    among integer NOT NULL,
    model_id bigint NOT NULL,
    CONSTRAINT cases_suggestionuse_among_check CHECK ((among >= 0)),
    CONSTRAINT cases_suggestionuse_first_check CHECK ((first >= 0)),
    CONSTRAINT cases_suggestionuse_offered_check CHECK ((offered >= 0)),
    CONSTRAINT suggestion_use_parts CHECK (((among <= offered) AND (first <= among)))
);

ALTER TABLE public.cases_suggestionuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_suggestionuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_survey (
    id uuid NOT NULL,
    round smallint NOT NULL,
    state character varying(8) NOT NULL,
    digest bytea,
    sent_at timestamp with time zone NOT NULL,
    reminded_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    next_action_at timestamp with time zone,
    ended_at timestamp with time zone,
    case_id bigint NOT NULL,
    message_id uuid,
    CONSTRAINT cases_survey_round_check CHECK ((round >= 0)),
    CONSTRAINT survey_state CHECK (((state)::text = ANY ((ARRAY['sent'::character varying, 'answered'::character varying, 'callback'::character varying, 'expired'::character varying, 'declined'::character varying])::text[])))
);

CREATE TABLE public.cases_tally (
    unit bigint NOT NULL,
    taken_by bigint NOT NULL,
    category bigint NOT NULL,
    region bigint NOT NULL,
    channel bigint NOT NULL,
    day date NOT NULL,
    until date NOT NULL,
    n integer NOT NULL,
    grain smallint NOT NULL,
    what smallint NOT NULL,
    standing smallint NOT NULL,
    kind character varying(14) NOT NULL,
    CONSTRAINT tally_forwards CHECK ((until > day))
)
WITH (fillfactor='90');

CREATE TABLE public.cases_tallychange (
    case_id bigint NOT NULL,
    act bigint NOT NULL
)
WITH (autovacuum_vacuum_threshold='1000', autovacuum_vacuum_scale_factor='0');

CREATE TABLE public.cases_tallyshare (
    case_id bigint NOT NULL,
    unit bigint NOT NULL,
    taken_by bigint NOT NULL,
    category bigint NOT NULL,
    region bigint NOT NULL,
    channel bigint NOT NULL,
    standing smallint NOT NULL,
    kind character varying(14) NOT NULL,
    whats smallint[] NOT NULL,
    days date[] NOT NULL,
    untils date[] NOT NULL
);

CREATE TABLE public.cases_topicrun (
    id bigint NOT NULL,
    "on" date NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    requests integer NOT NULL,
    CONSTRAINT cases_topicrun_requests_check CHECK ((requests >= 0))
);

ALTER TABLE public.cases_topicrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.cases_topicrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cases_verbatim (
    id uuid NOT NULL,
    said bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL
);

CREATE TABLE public.contractors_adjustment (
    id bigint NOT NULL,
    amount numeric(14,2) NOT NULL,
    why text NOT NULL,
    changes jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint NOT NULL,
    assessment_id bigint NOT NULL,
    settled_in_id bigint,
    CONSTRAINT adjustment_of_something CHECK ((NOT (amount = (0)::numeric)))
);

ALTER TABLE public.contractors_adjustment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_adjustment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_agentcomplaint (
    id bigint NOT NULL,
    named_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    late_told_at timestamp with time zone,
    finding character varying(11) NOT NULL,
    grounds text NOT NULL,
    ruled_at timestamp with time zone,
    about_id bigint NOT NULL,
    agent_id bigint NOT NULL,
    call_id uuid,
    complaint_id bigint NOT NULL,
    named_by_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    ruled_by_id bigint,
    CONSTRAINT agent_complaint_finding CHECK (((finding)::text = ANY ((ARRAY[''::character varying, 'justified'::character varying, 'unjustified'::character varying, 'unclear'::character varying])::text[]))),
    CONSTRAINT agent_complaint_ruled CHECK (((((finding)::text = ''::text) AND (ruled_at IS NULL) AND (ruled_by_id IS NULL)) OR ((NOT ((finding)::text = ''::text)) AND (ruled_at IS NOT NULL) AND (ruled_by_id IS NOT NULL)))),
    CONSTRAINT agent_complaint_two_people CHECK (((ruled_by_id IS NULL) OR (NOT ((ruled_by_id = named_by_id) AND (ruled_by_id IS NOT NULL)))))
);

ALTER TABLE public.contractors_agentcomplaint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_agentcomplaint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_appeal (
    id bigint NOT NULL,
    level smallint NOT NULL,
    words text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    next_action_at timestamp with time zone,
    outcome character varying(6) NOT NULL,
    ruling text NOT NULL,
    ruled_at timestamp with time zone,
    again_until timestamp with time zone,
    asked_by_id bigint NOT NULL,
    ruled_by_id bigint,
    contact_id bigint NOT NULL,
    CONSTRAINT appeal_level CHECK ((level = ANY (ARRAY[1, 2]))),
    CONSTRAINT appeal_outcome CHECK (((outcome)::text = ANY ((ARRAY[''::character varying, 'raised'::character varying, 'kept'::character varying])::text[]))),
    CONSTRAINT appeal_ruled_by_somebody CHECK (((((outcome)::text = ''::text) AND (ruled_at IS NULL) AND (ruled_by_id IS NULL)) OR ((NOT ((outcome)::text = ''::text)) AND (next_action_at IS NULL) AND (ruled_at IS NOT NULL) AND (ruled_by_id IS NOT NULL)))),
    CONSTRAINT appeal_two_people CHECK (((ruled_by_id IS NULL) OR (NOT ((ruled_by_id = asked_by_id) AND (ruled_by_id IS NOT NULL))))),
    CONSTRAINT contractors_appeal_level_check CHECK ((level >= 0))
);

ALTER TABLE public.contractors_appeal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_appeal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_appealline (
    id bigint NOT NULL,
    claim character varying(200) NOT NULL,
    before character varying(8) NOT NULL,
    after character varying(8) NOT NULL,
    appeal_id bigint NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT appeal_line_after CHECK (((after)::text = ANY ((ARRAY[''::character varying, 'full'::character varying, 'partly'::character varying, 'not_met'::character varying, 'clear'::character varying, 'happened'::character varying])::text[]))),
    CONSTRAINT appeal_line_before CHECK (((before)::text = ANY ((ARRAY['full'::character varying, 'partly'::character varying, 'not_met'::character varying, 'clear'::character varying, 'happened'::character varying])::text[])))
);

ALTER TABLE public.contractors_appealline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_appealline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_assessment (
    id bigint NOT NULL,
    month date NOT NULL,
    state character varying(6) NOT NULL,
    frozen_at timestamp with time zone NOT NULL,
    calls integer NOT NULL,
    base numeric(14,2) NOT NULL,
    fixed numeric(14,2) NOT NULL,
    performance numeric(14,2) NOT NULL,
    earned numeric(14,2) NOT NULL,
    marks numeric(8,2) NOT NULL,
    full_marks numeric(8,2) NOT NULL,
    due numeric(14,2) NOT NULL,
    inputs_digest character varying(64) NOT NULL,
    terms_digest character varying(64) NOT NULL,
    document_digest character varying(64) NOT NULL,
    shown_at timestamp with time zone,
    objections_until timestamp with time zone,
    ruling_until timestamp with time zone,
    contractor_signed_at timestamp with time zone,
    office_signed_at timestamp with time zone,
    locked_at timestamp with time zone,
    contractor_signed_by_id bigint,
    office_signed_by_id bigint,
    run_by_id bigint,
    contract_id bigint NOT NULL,
    terms_id bigint NOT NULL,
    CONSTRAINT assessment_locked_by_both CHECK (((NOT ((state)::text = 'locked'::text)) OR ((contractor_signed_at IS NOT NULL) AND (locked_at IS NOT NULL) AND (office_signed_at IS NOT NULL) AND (NOT ((document_digest)::text = ''::text))))),
    CONSTRAINT assessment_month CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT assessment_parts_add_up CHECK ((fixed = (base - performance))),
    CONSTRAINT assessment_shown CHECK ((((shown_at IS NULL) AND ((state)::text = 'draft'::text)) OR ((NOT ((state)::text = 'draft'::text)) AND (shown_at IS NOT NULL)))),
    CONSTRAINT assessment_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'shown'::character varying, 'locked'::character varying])::text[]))),
    CONSTRAINT assessment_two_people_sign CHECK (((contractor_signed_by_id IS NULL) OR (office_signed_by_id IS NULL) OR (NOT ((contractor_signed_by_id = office_signed_by_id) AND (contractor_signed_by_id IS NOT NULL) AND (office_signed_by_id IS NOT NULL))))),
    CONSTRAINT contractors_assessment_calls_check CHECK ((calls >= 0))
);

ALTER TABLE public.contractors_assessment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_assessment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_attribution (
    id bigint NOT NULL,
    outcome character varying(12) NOT NULL,
    source character varying(40) NOT NULL,
    round smallint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    party character varying(10) NOT NULL,
    rule character varying(40) NOT NULL,
    rules_version smallint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    case_id bigint NOT NULL,
    organisation_id bigint,
    CONSTRAINT attribution_outcome CHECK (((outcome)::text = ANY ((ARRAY['returned'::character varying, 'late'::character varying, 'unsolved'::character varying, 'dissatisfied'::character varying, 'refused'::character varying, 'manner'::character varying])::text[]))),
    CONSTRAINT attribution_party CHECK ((((organisation_id IS NULL) AND ((party)::text = 'neither'::text)) OR ((organisation_id IS NOT NULL) AND ((party)::text = ANY ((ARRAY['contractor'::character varying, 'unit'::character varying])::text[]))))),
    CONSTRAINT contractors_attribution_round_check CHECK ((round >= 0)),
    CONSTRAINT contractors_attribution_rules_version_check CHECK ((rules_version >= 0))
);

ALTER TABLE public.contractors_attribution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_attribution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_attributiondispute (
    id bigint NOT NULL,
    words text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    late_told_at timestamp with time zone,
    party character varying(10) NOT NULL,
    ruling text NOT NULL,
    ruled_at timestamp with time zone,
    asked_by_id bigint NOT NULL,
    asked_for_id bigint NOT NULL,
    attribution_id bigint NOT NULL,
    organisation_id bigint,
    ruled_by_id bigint,
    CONSTRAINT attribution_dispute_party CHECK (((party)::text = ANY ((ARRAY[''::character varying, 'contractor'::character varying, 'unit'::character varying, 'neither'::character varying])::text[]))),
    CONSTRAINT attribution_dispute_ruled CHECK (((((party)::text = ''::text) AND (ruled_at IS NULL) AND (ruled_by_id IS NULL)) OR ((NOT ((party)::text = ''::text)) AND (ruled_at IS NOT NULL) AND (ruled_by_id IS NOT NULL)))),
    CONSTRAINT attribution_dispute_two_people CHECK (((ruled_by_id IS NULL) OR (NOT ((ruled_by_id = asked_by_id) AND (ruled_by_id IS NOT NULL)))))
);

ALTER TABLE public.contractors_attributiondispute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_attributiondispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_clause (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    "position" smallint NOT NULL,
    number character varying(20) NOT NULL,
    measure character varying(60) NOT NULL,
    direction character varying(8) NOT NULL,
    target numeric(14,4),
    scoring jsonb NOT NULL,
    weight numeric(6,2) NOT NULL,
    money numeric(14,2),
    window_months smallint NOT NULL,
    minimum_n integer NOT NULL,
    net boolean NOT NULL,
    evidence character varying(120) NOT NULL,
    valid_from date,
    valid_until date,
    terms_id bigint NOT NULL,
    CONSTRAINT clause_direction CHECK (((direction)::text = ANY ((ARRAY['at_least'::character varying, 'at_most'::character varying])::text[]))),
    CONSTRAINT clause_period_in_order CHECK (((valid_from IS NULL) OR (valid_until IS NULL) OR (valid_until > valid_from))),
    CONSTRAINT clause_weight CHECK ((weight >= (0)::numeric)),
    CONSTRAINT clause_window CHECK (((window_months >= 1) AND (window_months <= 36))),
    CONSTRAINT contractors_clause_minimum_n_check CHECK ((minimum_n >= 0)),
    CONSTRAINT contractors_clause_position_check CHECK (("position" >= 0)),
    CONSTRAINT contractors_clause_window_months_check CHECK ((window_months >= 0))
);

ALTER TABLE public.contractors_clause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_clause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_clauseresult (
    id bigint NOT NULL,
    measure_version smallint NOT NULL,
    rows bytea NOT NULL,
    rows_digest character varying(64) NOT NULL,
    numerator numeric(18,4) NOT NULL,
    denominator numeric(18,4) NOT NULL,
    n integer NOT NULL,
    excluded integer NOT NULL,
    value numeric(18,6),
    scored boolean NOT NULL,
    met boolean NOT NULL,
    marks numeric(8,2),
    effect numeric(14,2) NOT NULL,
    set_aside boolean NOT NULL,
    assessment_id bigint NOT NULL,
    clause_id bigint NOT NULL,
    CONSTRAINT contractors_clauseresult_excluded_check CHECK ((excluded >= 0)),
    CONSTRAINT contractors_clauseresult_measure_version_check CHECK ((measure_version >= 0)),
    CONSTRAINT contractors_clauseresult_n_check CHECK ((n >= 0))
);

ALTER TABLE public.contractors_clauseresult ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_clauseresult_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_closing (
    id bigint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    exported_at timestamp with time zone,
    deleted text NOT NULL,
    returned text NOT NULL,
    first_signed_as character varying(20) NOT NULL,
    first_signed_at timestamp with time zone,
    second_signed_as character varying(20) NOT NULL,
    second_signed_at timestamp with time zone,
    first_signed_by_id bigint,
    opened_by_id bigint NOT NULL,
    second_signed_by_id bigint,
    contract_id bigint NOT NULL,
    CONSTRAINT closing_first_signed CHECK ((((first_signed_at IS NULL) AND (first_signed_by_id IS NULL)) OR ((first_signed_at IS NOT NULL) AND (first_signed_by_id IS NOT NULL)))),
    CONSTRAINT closing_second_signed CHECK ((((second_signed_at IS NULL) AND (second_signed_by_id IS NULL)) OR ((second_signed_at IS NOT NULL) AND (second_signed_by_id IS NOT NULL)))),
    CONSTRAINT closing_two_people CHECK (((second_signed_by_id IS NULL) OR ((first_signed_by_id IS NOT NULL) AND (NOT ((second_signed_by_id = first_signed_by_id) AND (second_signed_by_id IS NOT NULL) AND (first_signed_by_id IS NOT NULL))))))
);

ALTER TABLE public.contractors_closing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_closing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_contract (
    id bigint NOT NULL,
    number character varying(60) NOT NULL,
    tender_reference character varying(80) NOT NULL,
    term tstzrange NOT NULL,
    planned_until date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    signed_at timestamp with time zone,
    created_by_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    CONSTRAINT contract_term CHECK (((upper(term) IS NOT NULL) AND (NOT isempty(term)) AND (lower(term) IS NOT NULL)))
);

ALTER TABLE public.contractors_contract ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_contract_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_contractlot (
    id bigint NOT NULL,
    lot character varying(40) NOT NULL,
    term tstzrange,
    contract_id bigint NOT NULL
);

ALTER TABLE public.contractors_contractlot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_contractlot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_employment (
    id bigint NOT NULL,
    "position" character varying(40) NOT NULL,
    qualification character varying(80) NOT NULL,
    period tstzrange NOT NULL,
    leaving character varying(9) NOT NULL,
    why character varying(200) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    contract_id bigint NOT NULL,
    ended_by_id bigint,
    recorded_by_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT employment_ended_by_somebody CHECK ((((ended_at IS NULL) AND (ended_by_id IS NULL)) OR ((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL)))),
    CONSTRAINT employment_leaving CHECK (((leaving)::text = ANY ((ARRAY['contract'::character varying, 'resigned'::character varying, 'dismissed'::character varying, 'moved'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT employment_period CHECK (((upper(period) IS NOT NULL) AND (NOT isempty(period)) AND (lower(period) IS NOT NULL)))
);

ALTER TABLE public.contractors_employment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_employment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_incident (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    at timestamp with time zone NOT NULL,
    words character varying(300) NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_why character varying(300) NOT NULL,
    case_id bigint,
    contract_id bigint NOT NULL,
    recorded_by_id bigint NOT NULL,
    CONSTRAINT incident_kind CHECK (((kind)::text = ANY ((ARRAY['leak'::character varying, 'forged_record'::character varying, 'insult'::character varying, 'wrong_refusal'::character varying, 'missed_emergency'::character varying, 'duty_done'::character varying])::text[]))),
    CONSTRAINT incident_withdrawn_why CHECK (((withdrawn_at IS NULL) OR (NOT ((withdrawn_why)::text = ''::text))))
);

ALTER TABLE public.contractors_incident ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_incident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_mark (
    id bigint NOT NULL,
    seat character varying(6) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    total numeric(4,1),
    fatal boolean NOT NULL,
    improvement text NOT NULL,
    by_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    CONSTRAINT mark_fatal_is_nought CHECK (((NOT fatal) OR (total = (0)::numeric))),
    CONSTRAINT mark_seat CHECK (((seat)::text = ANY ((ARRAY['first'::character varying, 'second'::character varying, 'third'::character varying])::text[]))),
    CONSTRAINT mark_submitted CHECK ((((submitted_at IS NULL) AND (total IS NULL)) OR ((submitted_at IS NOT NULL) AND (total IS NOT NULL))))
);

ALTER TABLE public.contractors_mark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_mark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_markline (
    id bigint NOT NULL,
    verdict character varying(8) NOT NULL,
    evidence character varying(200) NOT NULL,
    mark_id bigint NOT NULL,
    item_id bigint NOT NULL,
    CONSTRAINT mark_line_verdict CHECK (((verdict)::text = ANY ((ARRAY['full'::character varying, 'partly'::character varying, 'not_met'::character varying, 'clear'::character varying, 'happened'::character varying])::text[])))
);

ALTER TABLE public.contractors_markline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_markline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_objection (
    id bigint NOT NULL,
    words text NOT NULL,
    claimed character varying(80)[] NOT NULL,
    state character varying(9) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    recomputed jsonb NOT NULL,
    granted character varying(80)[] NOT NULL,
    ruling text NOT NULL,
    ruled_at timestamp with time zone,
    assessment_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    result_id bigint NOT NULL,
    ruled_by_id bigint,
    CONSTRAINT objection_ruled_by_somebody CHECK ((((ruled_at IS NULL) AND (ruled_by_id IS NULL) AND ((state)::text = ANY ((ARRAY['waiting'::character varying, 'withdrawn'::character varying])::text[]))) OR ((ruled_at IS NOT NULL) AND (ruled_by_id IS NOT NULL) AND ((state)::text = ANY ((ARRAY['upheld'::character varying, 'partly'::character varying, 'rejected'::character varying])::text[]))))),
    CONSTRAINT objection_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'upheld'::character varying, 'partly'::character varying, 'rejected'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT objection_two_people CHECK (((ruled_by_id IS NULL) OR (NOT ((ruled_by_id = made_by_id) AND (ruled_by_id IS NOT NULL)))))
);

ALTER TABLE public.contractors_objection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_objectionfile (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    content_type character varying(100) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    objection_id bigint NOT NULL,
    CONSTRAINT contractors_objectionfile_size_check CHECK ((size >= 0))
);

CREATE TABLE public.contractors_ownreport (
    id bigint NOT NULL,
    month date NOT NULL,
    file_name character varying(200) NOT NULL,
    header jsonb NOT NULL,
    rows jsonb NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    contract_id bigint NOT NULL,
    uploaded_by_id bigint NOT NULL,
    CONSTRAINT own_report_month CHECK ((EXTRACT(day FROM month) = (1)::numeric))
);

ALTER TABLE public.contractors_ownreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_ownreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_paperobjection (
    objection_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    received_from character varying(60) NOT NULL,
    CONSTRAINT paper_objection_from_somebody CHECK ((NOT ((received_from)::text = ''::text)))
);

CREATE TABLE public.contractors_papersignature (
    assessment_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    received_from character varying(60) NOT NULL,
    CONSTRAINT paper_signature_from_somebody CHECK ((NOT ((received_from)::text = ''::text)))
);

CREATE TABLE public.contractors_papersignaturefile (
    id uuid NOT NULL,
    name character varying(120) NOT NULL,
    content_type character varying(100) NOT NULL,
    size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    assessment_id bigint NOT NULL,
    CONSTRAINT contractors_papersignaturefile_size_check CHECK ((size >= 0))
);

CREATE TABLE public.contractors_proof (
    id uuid NOT NULL,
    kind character varying(15) NOT NULL,
    month date,
    "on" date,
    title character varying(120) NOT NULL,
    file_name character varying(120) NOT NULL,
    content_type character varying(100) NOT NULL,
    size integer NOT NULL,
    digest bytea NOT NULL,
    state character varying(9) NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone,
    why character varying(300) NOT NULL,
    checked_by_id bigint,
    contract_id bigint NOT NULL,
    submitted_by_id bigint NOT NULL,
    CONSTRAINT contractors_proof_size_check CHECK ((size >= 0)),
    CONSTRAINT proof_checked_by_somebody CHECK ((((checked_at IS NULL) AND (checked_by_id IS NULL) AND ((state)::text = 'submitted'::text)) OR ((checked_at IS NOT NULL) AND (checked_by_id IS NOT NULL) AND ((state)::text = ANY ((ARRAY['accepted'::character varying, 'rejected'::character varying])::text[]))))),
    CONSTRAINT proof_kind CHECK (((kind)::text = ANY ((ARRAY['qualification'::character varying, 'training'::character varying, 'confidentiality'::character varying, 'wage'::character varying, 'insurance'::character varying])::text[]))),
    CONSTRAINT proof_month_or_day CHECK (((((kind)::text = ANY ((ARRAY['wage'::character varying, 'insurance'::character varying])::text[])) AND (EXTRACT(day FROM month) = (1)::numeric) AND (month IS NOT NULL) AND ("on" IS NULL)) OR ((NOT ((kind)::text = ANY ((ARRAY['wage'::character varying, 'insurance'::character varying])::text[]))) AND (month IS NULL) AND ("on" IS NOT NULL)))),
    CONSTRAINT proof_two_people CHECK (((checked_by_id IS NULL) OR (NOT ((checked_by_id = submitted_by_id) AND (checked_by_id IS NOT NULL)))))
);

CREATE TABLE public.contractors_proofline (
    id uuid NOT NULL,
    hours numeric(5,1),
    amount bytea,
    employment_id bigint NOT NULL,
    proof_id uuid NOT NULL,
    CONSTRAINT proofline_hours CHECK (((hours IS NULL) OR ((hours > (0)::numeric) AND (hours <= (300)::numeric))))
);

CREATE TABLE public.contractors_sample (
    id bigint NOT NULL,
    purpose character varying(10) NOT NULL,
    week date NOT NULL,
    rules jsonb NOT NULL,
    seed character varying(32) NOT NULL,
    frame text NOT NULL,
    frame_hash character varying(64) NOT NULL,
    frame_size integer NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    late_told_at timestamp with time zone,
    organisation_id bigint NOT NULL,
    scorecard_id bigint NOT NULL,
    CONSTRAINT contractors_sample_frame_size_check CHECK ((frame_size >= 0)),
    CONSTRAINT sample_begins_on_monday CHECK ((EXTRACT(isodow FROM week) = (1)::numeric)),
    CONSTRAINT sample_purpose CHECK (((purpose)::text = ANY ((ARRAY['inspection'::character varying, 'recheck'::character varying])::text[])))
);

ALTER TABLE public.contractors_sample ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_sample_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_sampledcontact (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    stratum character varying(10) NOT NULL,
    key character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL,
    double boolean NOT NULL,
    state character varying(9) NOT NULL,
    total numeric(4,1),
    fatal boolean NOT NULL,
    published_at timestamp with time zone,
    appeal_until timestamp with time zone,
    locked_at timestamp with time zone,
    agent_id bigint NOT NULL,
    call_id uuid,
    case_id bigint,
    published_by_id bigint,
    sample_id bigint NOT NULL,
    CONSTRAINT contractors_sampledcontact_position_check CHECK (("position" >= 0)),
    CONSTRAINT sampled_contact_locked CHECK ((((locked_at IS NOT NULL) AND ((state)::text = 'locked'::text)) OR ((NOT ((state)::text = 'locked'::text)) AND (locked_at IS NULL)))),
    CONSTRAINT sampled_contact_of_something CHECK (((call_id IS NOT NULL) OR (case_id IS NOT NULL))),
    CONSTRAINT sampled_contact_published CHECK ((((appeal_until IS NOT NULL) AND (published_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['published'::character varying, 'locked'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['published'::character varying, 'locked'::character varying])::text[]))) AND (appeal_until IS NULL) AND (published_at IS NULL)))),
    CONSTRAINT sampled_contact_scored CHECK (((((state)::text = ANY ((ARRAY['to_mark'::character varying, 'third'::character varying])::text[])) AND (total IS NULL)) OR (((state)::text = ANY ((ARRAY['ready'::character varying, 'published'::character varying, 'locked'::character varying])::text[])) AND (total IS NOT NULL)))),
    CONSTRAINT sampled_contact_state CHECK (((state)::text = ANY ((ARRAY['to_mark'::character varying, 'third'::character varying, 'ready'::character varying, 'published'::character varying, 'locked'::character varying])::text[]))),
    CONSTRAINT sampled_contact_stratum CHECK (((stratum)::text = ANY ((ARRAY['complained'::character varying, 'turned'::character varying, 'refused'::character varying, 'short'::character varying, 'new_staff'::character varying, 'ordinary'::character varying])::text[])))
);

ALTER TABLE public.contractors_sampledcontact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_sampledcontact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_score (
    id bigint NOT NULL,
    serial smallint NOT NULL,
    origin character varying(13) NOT NULL,
    verdicts jsonb NOT NULL,
    total numeric(4,1) NOT NULL,
    fatal boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    CONSTRAINT contractors_score_serial_check CHECK ((serial >= 0)),
    CONSTRAINT score_origin CHECK (((origin)::text = ANY ((ARRAY['first'::character varying, 'third'::character varying, 'review'::character varying, 'second_review'::character varying])::text[]))),
    CONSTRAINT score_total CHECK (((total >= (0)::numeric) AND (total <= (100)::numeric)))
);

ALTER TABLE public.contractors_score ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_score_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_scorecard (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    proposed_at timestamp with time zone,
    approved_at timestamp with time zone,
    returned_why character varying(300) NOT NULL,
    version smallint NOT NULL,
    note character varying(200) NOT NULL,
    pass_mark smallint NOT NULL,
    valid_from date NOT NULL,
    written_at timestamp with time zone NOT NULL,
    approved_by_id bigint,
    proposed_by_id bigint,
    written_by_id bigint NOT NULL,
    CONSTRAINT contractors_scorecard_pass_mark_check CHECK ((pass_mark >= 0)),
    CONSTRAINT contractors_scorecard_version_check CHECK ((version >= 0)),
    CONSTRAINT scorecard_approved_at CHECK ((((approved_at IS NOT NULL) AND ((state)::text = 'approved'::text)) OR ((NOT ((state)::text = 'approved'::text)) AND (approved_at IS NULL) AND (approved_by_id IS NULL)))),
    CONSTRAINT scorecard_pass_mark CHECK (((pass_mark >= 1) AND (pass_mark <= 100))),
    CONSTRAINT scorecard_proposed_by_somebody CHECK (((NOT ((state)::text = 'proposed'::text)) OR ((proposed_at IS NOT NULL) AND (proposed_by_id IS NOT NULL)))),
    CONSTRAINT scorecard_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'proposed'::character varying, 'approved'::character varying, 'dropped'::character varying])::text[]))),
    CONSTRAINT scorecard_two_people CHECK (((approved_by_id IS NULL) OR (proposed_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))))
);

ALTER TABLE public.contractors_scorecard ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_scorecard_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_scorecarditem (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    "position" smallint NOT NULL,
    code character varying(30) NOT NULL,
    weight smallint NOT NULL,
    fatal boolean NOT NULL,
    about character varying(8) NOT NULL,
    scorecard_id bigint NOT NULL,
    CONSTRAINT contractors_scorecarditem_position_check CHECK (("position" >= 0)),
    CONSTRAINT contractors_scorecarditem_weight_check CHECK ((weight >= 0)),
    CONSTRAINT scorecard_item_about CHECK (((about)::text = ANY ((ARRAY['manner'::character varying, 'record'::character varying, 'answer'::character varying, 'closing'::character varying])::text[]))),
    CONSTRAINT scorecard_item_weight CHECK (((fatal AND (weight = 0)) OR ((NOT fatal) AND (weight >= 1) AND (weight <= 100))))
);

ALTER TABLE public.contractors_scorecarditem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_scorecarditem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_shift (
    id bigint NOT NULL,
    span tstzrange NOT NULL,
    break_minutes smallint NOT NULL,
    seat character varying(20) NOT NULL,
    planned_at timestamp with time zone NOT NULL,
    organisation_id bigint NOT NULL,
    planned_by_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT contractors_shift_break_minutes_check CHECK ((break_minutes >= 0)),
    CONSTRAINT shift_span CHECK (((upper(span) IS NOT NULL) AND (NOT isempty(span)) AND (lower(span) IS NOT NULL)))
);

ALTER TABLE public.contractors_shift ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_shift_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_stafftable (
    id uuid NOT NULL,
    file_name character varying(200) NOT NULL,
    content bytea NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    taken integer NOT NULL,
    contract_id bigint NOT NULL,
    uploaded_by_id bigint NOT NULL,
    CONSTRAINT contractors_stafftable_taken_check CHECK ((taken >= 0))
);

CREATE TABLE public.contractors_stepdone (
    id bigint NOT NULL,
    step character varying(12) NOT NULL,
    note character varying(300) NOT NULL,
    done_at timestamp with time zone NOT NULL,
    closing_id bigint NOT NULL,
    done_by_id bigint NOT NULL,
    CONSTRAINT stepdone_step CHECK (((step)::text = ANY ((ARRAY['recordings'::character varying, 'own_systems'::character varying, 'equipment'::character varying, 'knowledge'::character varying, 'accounts'::character varying])::text[])))
);

ALTER TABLE public.contractors_stepdone ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_stepdone_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.contractors_terms (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    proposed_at timestamp with time zone,
    approved_at timestamp with time zone,
    returned_why character varying(300) NOT NULL,
    version smallint NOT NULL,
    note character varying(200) NOT NULL,
    valid_from date NOT NULL,
    ends_on date,
    price_model character varying(13) NOT NULL,
    amount numeric(14,2) NOT NULL,
    seats integer NOT NULL,
    staff_per_seat numeric(4,2) NOT NULL,
    seat_price numeric(12,2) NOT NULL,
    call_price numeric(10,4) NOT NULL,
    performance_share numeric(5,2) NOT NULL,
    payment_plan jsonb NOT NULL,
    objection_days smallint NOT NULL,
    ruling_days smallint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    approved_by_id bigint,
    contract_id bigint NOT NULL,
    proposed_by_id bigint,
    written_by_id bigint NOT NULL,
    CONSTRAINT contractors_terms_objection_days_check CHECK ((objection_days >= 0)),
    CONSTRAINT contractors_terms_ruling_days_check CHECK ((ruling_days >= 0)),
    CONSTRAINT contractors_terms_seats_check CHECK ((seats >= 0)),
    CONSTRAINT contractors_terms_version_check CHECK ((version >= 0)),
    CONSTRAINT terms_amounts CHECK (((amount >= (0)::numeric) AND (call_price >= (0)::numeric) AND (seat_price >= (0)::numeric) AND (staff_per_seat > (0)::numeric))),
    CONSTRAINT terms_approved_at CHECK ((((approved_at IS NOT NULL) AND ((state)::text = 'approved'::text)) OR ((NOT ((state)::text = 'approved'::text)) AND (approved_at IS NULL) AND (approved_by_id IS NULL)))),
    CONSTRAINT terms_from_the_first_of_a_month CHECK (((version = 1) OR (EXTRACT(day FROM valid_from) = (1)::numeric))),
    CONSTRAINT terms_performance_share CHECK (((performance_share >= (0)::numeric) AND (performance_share <= (100)::numeric))),
    CONSTRAINT terms_price_model CHECK (((price_model)::text = ANY ((ARRAY['lump_sum'::character varying, 'seat_month'::character varying, 'answered_call'::character varying, 'mixed'::character varying])::text[]))),
    CONSTRAINT terms_proposed_by_somebody CHECK (((NOT ((state)::text = 'proposed'::text)) OR ((proposed_at IS NOT NULL) AND (proposed_by_id IS NOT NULL)))),
    CONSTRAINT terms_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'proposed'::character varying, 'approved'::character varying, 'dropped'::character varying])::text[]))),
    CONSTRAINT terms_two_people CHECK (((approved_by_id IS NULL) OR (proposed_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))))
);

ALTER TABLE public.contractors_terms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.contractors_terms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);

ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.hotline_apitoken (
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    prefix character varying(8) NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    membership_id uuid NOT NULL
);

CREATE TABLE public.hotline_auditcheck (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    began_at timestamp with time zone,
    heard_at timestamp with time zone,
    progress smallint NOT NULL,
    finished_at timestamp with time zone,
    whole boolean,
    found jsonb NOT NULL,
    failure character varying(300) NOT NULL,
    asked_by_id bigint,
    CONSTRAINT audit_check_done CHECK ((((finished_at IS NOT NULL) AND ((state)::text = 'done'::text) AND (whole IS NOT NULL)) OR ((NOT ((state)::text = 'done'::text)) AND (whole IS NULL)))),
    CONSTRAINT audit_check_progress CHECK ((progress <= 100)),
    CONSTRAINT audit_check_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying, 'done'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT hotline_auditcheck_progress_check CHECK ((progress >= 0))
);

ALTER TABLE public.hotline_auditcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_auditcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_auditentry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) NOT NULL,
    object_type character varying(40) NOT NULL,
    object_id character varying(60) NOT NULL,
    result character varying(8) NOT NULL,
    reason text NOT NULL,
    request_id character varying(36) NOT NULL,
    ip inet,
    details jsonb NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
)
PARTITION BY RANGE (at);

CREATE TABLE public.hotline_auditentry_2025_01 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_02 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_03 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_04 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_05 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_06 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_07 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_08 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_09 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_10 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_11 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2025_12 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_01 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_02 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_03 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_04 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_05 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_06 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_07 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_08 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_09 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_10 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_11 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2026_12 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2027_01 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2027_02 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_2027_03 (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

CREATE TABLE public.hotline_auditentry_default (
    id bigint CONSTRAINT hotline_auditentry_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT hotline_auditentry_at_not_null NOT NULL,
    actor_id bigint,
    membership_id uuid,
    organisation_id bigint,
    act character varying(60) CONSTRAINT hotline_auditentry_act_not_null NOT NULL,
    object_type character varying(40) CONSTRAINT hotline_auditentry_object_type_not_null NOT NULL,
    object_id character varying(60) CONSTRAINT hotline_auditentry_object_id_not_null NOT NULL,
    result character varying(8) CONSTRAINT hotline_auditentry_result_not_null NOT NULL,
    reason text CONSTRAINT hotline_auditentry_reason_not_null NOT NULL,
    request_id character varying(36) CONSTRAINT hotline_auditentry_request_id_not_null NOT NULL,
    ip inet,
    details jsonb CONSTRAINT hotline_auditentry_details_not_null NOT NULL,
    xid bigint DEFAULT ((pg_current_xact_id())::text)::bigint CONSTRAINT hotline_auditentry_xid_not_null NOT NULL,
    CONSTRAINT audit_result CHECK (((result)::text = ANY ((ARRAY['ok'::character varying, 'refused'::character varying, 'failed'::character varying])::text[])))
);

ALTER TABLE public.hotline_auditentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_auditentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_auditseal (
    number bigint NOT NULL,
    line text NOT NULL
);

CREATE TABLE public.hotline_authenticator (
    name character varying(64) NOT NULL,
    confirmed boolean NOT NULL,
    throttling_failure_timestamp timestamp with time zone,
    throttling_failure_count integer NOT NULL,
    id uuid NOT NULL,
    secret bytea NOT NULL,
    drift smallint NOT NULL,
    last_step bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT hotline_authenticator_throttling_failure_count_check CHECK ((throttling_failure_count >= 0))
);

CREATE TABLE public.hotline_calendar (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    code character varying(40) NOT NULL,
    weekly jsonb NOT NULL,
    tz character varying(64) NOT NULL,
    CONSTRAINT calendar_tz_is_named CHECK ((NOT ((tz)::text = ''::text))),
    CONSTRAINT calendar_weekly_has_seven_days CHECK ((jsonb_array_length(weekly) = 7))
);

ALTER TABLE public.hotline_calendar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_calendar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_calendarday (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    date date NOT NULL,
    kind character varying(8) NOT NULL,
    calendar_id bigint NOT NULL,
    CONSTRAINT calendar_day_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['holiday'::character varying, 'makeup'::character varying])::text[])))
);

ALTER TABLE public.hotline_calendarday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_calendarday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_calendaryear (
    id bigint NOT NULL,
    year smallint NOT NULL,
    state character varying(12) NOT NULL,
    approved_at timestamp with time zone,
    source character varying(200) NOT NULL,
    approved_by_id bigint,
    calendar_id bigint NOT NULL,
    proposal_id bigint,
    CONSTRAINT calendar_year_approved_at_iff_approved CHECK ((((approved_at IS NOT NULL) AND ((state)::text = 'approved'::text)) OR ((approved_at IS NULL) AND (approved_by_id IS NULL) AND ((state)::text = 'provisional'::text)))),
    CONSTRAINT calendar_year_is_plausible CHECK (((year >= 1949) AND (year <= 2999))),
    CONSTRAINT calendar_year_state_is_known CHECK (((state)::text = ANY ((ARRAY['provisional'::character varying, 'approved'::character varying])::text[]))),
    CONSTRAINT hotline_calendaryear_year_check CHECK ((year >= 0))
);

ALTER TABLE public.hotline_calendaryear ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_calendaryear_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_heartbeat (
    name character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.hotline_membership (
    id uuid NOT NULL,
    role character varying(20) NOT NULL,
    valid tstzrange NOT NULL,
    created_at timestamp with time zone NOT NULL,
    user_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    given tstzrange,
    CONSTRAINT membership_role CHECK (((role)::text = ANY ((ARRAY['agent'::character varying, 'shift_leader'::character varying, 'quality_inspector'::character varying, 'contractor_manager'::character varying, 'dispatcher'::character varying, 'reviewer'::character varying, 'callback_officer'::character varying, 'quality_officer'::character varying, 'knowledge_editor'::character varying, 'office_head'::character varying, 'clerk'::character varying, 'handler'::character varying, 'unit_head'::character varying, 'supervisor'::character varying, 'auditor'::character varying, 'arbiter'::character varying, 'system_admin'::character varying, 'security_admin'::character varying, 'audit_admin'::character varying, 'integration'::character varying])::text[]))),
    CONSTRAINT membership_valid CHECK (((NOT isempty(valid)) AND (lower(valid) IS NOT NULL)))
);

CREATE TABLE public.hotline_message (
    id uuid NOT NULL,
    channel character varying(8) NOT NULL,
    about character varying(40) NOT NULL,
    to_role character varying(20) NOT NULL,
    address bytea,
    body bytea NOT NULL,
    state character varying(8) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    next_attempt_at timestamp with time zone,
    attempts smallint NOT NULL,
    sent_at timestamp with time zone,
    provider character varying(20) NOT NULL,
    provider_id character varying(80) NOT NULL,
    last_error character varying(200) NOT NULL,
    read_at timestamp with time zone,
    author_id bigint,
    to_user_id bigint,
    template_id bigint NOT NULL,
    to_organisation_id bigint,
    perhaps_sent boolean DEFAULT false NOT NULL,
    sending_since timestamp with time zone,
    receipt character varying(11) DEFAULT ''::character varying NOT NULL,
    receipt_at timestamp with time zone,
    receipt_reason character varying(200) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT hotline_message_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT message_channel CHECK (((channel)::text = ANY ((ARRAY['sms'::character varying, 'email'::character varying, 'in_app'::character varying, 'webhook'::character varying])::text[]))),
    CONSTRAINT message_has_recipient CHECK ((((address IS NULL) AND ((channel)::text = 'in_app'::text) AND ((to_user_id IS NOT NULL) OR (to_organisation_id IS NOT NULL) OR (NOT ((to_role)::text = ''::text)))) OR ((address IS NOT NULL) AND (NOT ((channel)::text = 'in_app'::text))))),
    CONSTRAINT message_receipt CHECK (((((receipt)::text = ''::text) AND (receipt_at IS NULL)) OR (((receipt)::text = ANY ((ARRAY['delivered'::character varying, 'undelivered'::character varying])::text[])) AND (receipt_at IS NOT NULL)))),
    CONSTRAINT message_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'sent'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT message_waits_until CHECK ((((next_attempt_at IS NOT NULL) AND ((state)::text = 'waiting'::text)) OR ((next_attempt_at IS NULL) AND ((state)::text = ANY ((ARRAY['sent'::character varying, 'failed'::character varying])::text[])))))
);

CREATE TABLE public.hotline_messagetemplate (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    key character varying(40) NOT NULL,
    version smallint NOT NULL,
    body text NOT NULL,
    body_en text NOT NULL,
    approved_at timestamp with time zone,
    retired_at timestamp with time zone,
    approved_by_id bigint,
    proposal_id bigint,
    valid_from date,
    CONSTRAINT hotline_messagetemplate_version_check CHECK ((version >= 0))
);

ALTER TABLE public.hotline_messagetemplate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_messagetemplate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_organisation (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    path character varying(255) NOT NULL,
    code character varying(20) NOT NULL,
    kind character varying(10) NOT NULL,
    tier smallint NOT NULL,
    initials character varying(40) NOT NULL,
    active_from date NOT NULL,
    active_until date,
    calendar_id bigint,
    parent_id bigint,
    region_id bigint,
    CONSTRAINT hotline_organisation_tier_check CHECK ((tier >= 0)),
    CONSTRAINT organisation_active_period CHECK (((active_until IS NULL) OR (active_until > active_from))),
    CONSTRAINT organisation_kind CHECK (((kind)::text = ANY ((ARRAY['office'::character varying, 'unit'::character varying, 'contractor'::character varying, 'arbiter'::character varying, 'platform'::character varying])::text[]))),
    CONSTRAINT organisation_tier CHECK (((tier >= 1) AND (tier <= 4)))
);

ALTER TABLE public.hotline_organisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_organisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_proposal (
    id bigint NOT NULL,
    subject character varying(40) NOT NULL,
    target character varying(80) NOT NULL,
    before jsonb,
    change jsonb NOT NULL,
    why text NOT NULL,
    valid_from date NOT NULL,
    state character varying(9) NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    ruling text NOT NULL,
    decided_by_id bigint,
    proposed_by_id bigint NOT NULL,
    CONSTRAINT proposal_decided_by_somebody CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'proposed'::text)) OR ((NOT ((state)::text = 'proposed'::text)) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT proposal_state CHECK (((state)::text = ANY ((ARRAY['proposed'::character varying, 'approved'::character varying, 'rejected'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT proposal_two_people CHECK (((decided_by_id IS NULL) OR ((state)::text = 'withdrawn'::text) OR (NOT ((decided_by_id = proposed_by_id) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.hotline_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_ratecount (
    key character varying(64) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    CONSTRAINT hotline_ratecount_tries_check CHECK ((tries >= 0))
);

CREATE TABLE public.hotline_region (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    path character varying(255) NOT NULL,
    code character varying(12) NOT NULL,
    level character varying(10) NOT NULL,
    initials character varying(40) NOT NULL,
    parent_id bigint,
    CONSTRAINT region_level CHECK (((level)::text = ANY ((ARRAY['city'::character varying, 'district'::character varying, 'street'::character varying, 'community'::character varying])::text[])))
);

ALTER TABLE public.hotline_region ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_region_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_requestkey (
    id bigint NOT NULL,
    owner character varying(60) NOT NULL,
    key character varying(80) NOT NULL,
    fingerprint bytea NOT NULL,
    answer jsonb,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE public.hotline_requestkey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_requestkey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_restriction (
    id bigint NOT NULL,
    capability character varying(40) NOT NULL,
    valid tstzrange NOT NULL,
    organisation_id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    CONSTRAINT restriction_valid CHECK (((NOT isempty(valid)) AND (lower(valid) IS NOT NULL)))
);

ALTER TABLE public.hotline_restriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_restriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_ruleversion (
    id bigint NOT NULL,
    book character varying(40) NOT NULL,
    "values" jsonb NOT NULL,
    valid_from date NOT NULL,
    proposal_id bigint NOT NULL
);

ALTER TABLE public.hotline_ruleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_ruleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.hotline_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    username character varying(60) NOT NULL,
    name character varying(60) NOT NULL,
    name_en character varying(80) NOT NULL,
    staff_number character varying(20) NOT NULL,
    language character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    one_time_until timestamp with time zone,
    sessions_ended integer DEFAULT 0 NOT NULL,
    CONSTRAINT hotline_user_sessions_ended_check CHECK ((sessions_ended >= 0))
);

ALTER TABLE public.hotline_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.hotline_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.otp_static_staticdevice (
    id integer NOT NULL,
    name character varying(64) NOT NULL,
    confirmed boolean NOT NULL,
    user_id bigint NOT NULL,
    throttling_failure_count integer NOT NULL,
    throttling_failure_timestamp timestamp with time zone,
    created_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT otp_static_staticdevice_throttling_failure_count_check CHECK ((throttling_failure_count >= 0))
);

ALTER TABLE public.otp_static_staticdevice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.otp_static_staticdevice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.otp_static_statictoken (
    id integer NOT NULL,
    token character varying(16) NOT NULL,
    device_id integer NOT NULL
);

ALTER TABLE public.otp_static_statictoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.otp_static_statictoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_auditedcase (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    number character varying(20) NOT NULL,
    case_id bigint NOT NULL,
    sample_id bigint NOT NULL,
    stratum character varying(30) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT oversight_auditedcase_position_check CHECK (("position" >= 0))
);

ALTER TABLE public.oversight_auditedcase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_auditedcase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_auditsample (
    id bigint NOT NULL,
    title character varying(120) NOT NULL,
    state character varying(7) NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    outcome character varying(12) NOT NULL,
    wanted smallint NOT NULL,
    proposed_seed character varying(32) NOT NULL,
    seed character varying(64) NOT NULL,
    frame text NOT NULL,
    frame_size integer NOT NULL,
    frame_hash character varying(64) NOT NULL,
    list_hash character varying(64) NOT NULL,
    settled_at timestamp with time zone,
    dropped_why character varying(300) NOT NULL,
    category_id bigint,
    contractor_id bigint,
    drawn_by_id bigint NOT NULL,
    settled_by_id bigint,
    unit_id bigint,
    strata_by character varying(10) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT audit_sample_forwards CHECK ((last >= first)),
    CONSTRAINT audit_sample_settled CHECK (((((list_hash)::text = ''::text) AND (settled_at IS NULL) AND (settled_by_id IS NULL) AND ((state)::text = 'draft'::text)) OR (((list_hash)::text ~ '^[0-9a-f]{64}$'::text) AND (settled_at IS NOT NULL) AND (settled_by_id IS NOT NULL) AND ((state)::text = 'frozen'::text)) OR (((list_hash)::text = ''::text) AND (settled_at IS NOT NULL) AND (settled_by_id IS NOT NULL) AND ((state)::text = 'dropped'::text) AND (NOT ((dropped_why)::text = ''::text))))),
    CONSTRAINT audit_sample_size CHECK (((frame_size >= 1) AND (wanted >= 1) AND (wanted <= 1000))),
    CONSTRAINT audit_sample_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'frozen'::character varying, 'dropped'::character varying])::text[]))),
    CONSTRAINT audit_sample_strata CHECK (((strata_by)::text = ANY ((ARRAY[''::character varying, 'unit'::character varying, 'channel'::character varying, 'contractor'::character varying])::text[]))),
    CONSTRAINT oversight_auditsample_frame_size_check CHECK ((frame_size >= 0)),
    CONSTRAINT oversight_auditsample_wanted_check CHECK ((wanted >= 0))
);

ALTER TABLE public.oversight_auditsample ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_auditsample_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_bulletin (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    proposed_at timestamp with time zone,
    approved_at timestamp with time zone,
    returned_why character varying(300) NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    content jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    comment text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    approved_by_id bigint,
    made_by_id bigint,
    proposed_by_id bigint,
    template_id bigint NOT NULL,
    CONSTRAINT bulletin_approved_at CHECK ((((approved_at IS NOT NULL) AND ((state)::text = 'approved'::text)) OR ((NOT ((state)::text = 'approved'::text)) AND (approved_at IS NULL) AND (approved_by_id IS NULL)))),
    CONSTRAINT bulletin_proposed_by_somebody CHECK (((NOT ((state)::text = 'proposed'::text)) OR ((proposed_at IS NOT NULL) AND (proposed_by_id IS NOT NULL)))),
    CONSTRAINT bulletin_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'proposed'::character varying, 'approved'::character varying, 'dropped'::character varying])::text[]))),
    CONSTRAINT bulletin_two_people CHECK (((approved_by_id IS NULL) OR (proposed_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))),
    CONSTRAINT bulletin_window CHECK ((ends_at > begins_at))
);

ALTER TABLE public.oversight_bulletin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_bulletin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_bulletintemplate (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    name_en character varying(160) NOT NULL,
    rhythm character varying(7) NOT NULL,
    hour smallint NOT NULL,
    sections jsonb NOT NULL,
    in_use boolean NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by_id bigint NOT NULL,
    CONSTRAINT bulletintemplate_hour CHECK ((hour <= 23)),
    CONSTRAINT bulletintemplate_rhythm CHECK (((rhythm)::text = ANY ((ARRAY['daily'::character varying, 'weekly'::character varying, 'monthly'::character varying, 'never'::character varying])::text[]))),
    CONSTRAINT oversight_bulletintemplate_hour_check CHECK ((hour >= 0))
);

ALTER TABLE public.oversight_bulletintemplate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_bulletintemplate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_caseverdict (
    id bigint NOT NULL,
    serial smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    verdict character varying(8) NOT NULL,
    fault character varying(8) NOT NULL,
    note text NOT NULL,
    corrects_why character varying(300) NOT NULL,
    audited_id bigint NOT NULL,
    by_id bigint NOT NULL,
    organisation_id bigint NOT NULL,
    CONSTRAINT case_verdict_asks_what CHECK (((NOT ((verdict)::text = 'explain'::text)) OR (NOT (note = ''::text)))),
    CONSTRAINT case_verdict_correction_says_why CHECK (((((corrects_why)::text = ''::text) AND (serial = 1)) OR ((serial > 1) AND (NOT ((corrects_why)::text = ''::text))))),
    CONSTRAINT case_verdict_fault_says_which CHECK (((((fault)::text = ANY ((ARRAY['record'::character varying, 'routing'::character varying, 'late'::character varying, 'untrue'::character varying, 'unsolved'::character varying, 'contact'::character varying, 'callback'::character varying, 'privacy'::character varying, 'other'::character varying])::text[])) AND ((verdict)::text = 'fault'::text) AND (NOT (note = ''::text))) OR ((NOT ((verdict)::text = 'fault'::text)) AND ((fault)::text = ''::text)))),
    CONSTRAINT case_verdict_known CHECK (((verdict)::text = ANY ((ARRAY['in_order'::character varying, 'fault'::character varying, 'explain'::character varying])::text[]))),
    CONSTRAINT oversight_caseverdict_serial_check CHECK ((serial >= 0))
);

ALTER TABLE public.oversight_caseverdict ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_caseverdict_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_detectorrun (
    id bigint NOT NULL,
    detector character varying(30) NOT NULL,
    "on" date NOT NULL,
    first date NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    version smallint NOT NULL,
    limits jsonb NOT NULL,
    of integer NOT NULL,
    hits integer NOT NULL,
    CONSTRAINT oversight_detectorrun_hits_check CHECK ((hits >= 0)),
    CONSTRAINT oversight_detectorrun_of_check CHECK ((of >= 0)),
    CONSTRAINT oversight_detectorrun_version_check CHECK ((version >= 0))
);

ALTER TABLE public.oversight_detectorrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_detectorrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_finding (
    id bigint NOT NULL,
    detector character varying(30) NOT NULL,
    state character varying(9) NOT NULL,
    version smallint NOT NULL,
    limits jsonb NOT NULL,
    n integer NOT NULL,
    of integer NOT NULL,
    peers numeric(6,2),
    first date NOT NULL,
    last date NOT NULL,
    found_at timestamp with time zone NOT NULL,
    grown_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    organisation_id bigint NOT NULL,
    person_id bigint,
    settled_by_id bigint,
    taken_up_by_id bigint,
    CONSTRAINT finding_has_rows CHECK ((n >= 1)),
    CONSTRAINT finding_settled_by_somebody CHECK ((((settled_at IS NULL) AND (settled_by_id IS NULL) AND ((state)::text = ANY ((ARRAY['open'::character varying, 'review'::character varying])::text[]))) OR ((settled_at IS NOT NULL) AND (settled_by_id IS NOT NULL) AND ((state)::text = ANY ((ARRAY['confirmed'::character varying, 'innocent'::character varying])::text[]))))),
    CONSTRAINT finding_state CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'review'::character varying, 'confirmed'::character varying, 'innocent'::character varying])::text[]))),
    CONSTRAINT oversight_finding_n_check CHECK ((n >= 0)),
    CONSTRAINT oversight_finding_of_check CHECK ((of >= 0)),
    CONSTRAINT oversight_finding_version_check CHECK ((version >= 0))
);

ALTER TABLE public.oversight_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_findingnote (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    state character varying(9) NOT NULL,
    words text NOT NULL,
    by_id bigint NOT NULL,
    finding_id bigint NOT NULL,
    CONSTRAINT finding_note_state CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'review'::character varying, 'confirmed'::character varying, 'innocent'::character varying])::text[])))
);

ALTER TABLE public.oversight_findingnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_findingnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_findingrow (
    id bigint NOT NULL,
    detector character varying(30) NOT NULL,
    ref character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL,
    facts jsonb NOT NULL,
    call_id uuid,
    case_id bigint,
    finding_id bigint NOT NULL
);

ALTER TABLE public.oversight_findingrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_findingrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_findingstep (
    id bigint NOT NULL,
    finding_id bigint NOT NULL,
    step_id bigint NOT NULL
);

ALTER TABLE public.oversight_findingstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_findingstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_frozenfigure (
    id bigint NOT NULL,
    day date NOT NULL,
    measure character varying(60) NOT NULL,
    version smallint NOT NULL,
    numerator numeric(14,4) NOT NULL,
    denominator integer NOT NULL,
    excluded integer NOT NULL,
    gross_numerator numeric(14,4) NOT NULL,
    gross_denominator integer NOT NULL,
    frozen_at timestamp with time zone NOT NULL,
    contractor_id bigint,
    CONSTRAINT figure_share_of_whole CHECK (((numerator >= (0)::numeric) AND (numerator <= (denominator)::numeric))),
    CONSTRAINT oversight_frozenfigure_denominator_check CHECK ((denominator >= 0)),
    CONSTRAINT oversight_frozenfigure_excluded_check CHECK ((excluded >= 0)),
    CONSTRAINT oversight_frozenfigure_gross_denominator_check CHECK ((gross_denominator >= 0)),
    CONSTRAINT oversight_frozenfigure_version_check CHECK ((version >= 0))
);

ALTER TABLE public.oversight_frozenfigure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_frozenfigure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_monthcost (
    assessment_id bigint NOT NULL,
    calls integer NOT NULL,
    solved integer NOT NULL,
    versions jsonb NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    CONSTRAINT oversight_monthcost_calls_check CHECK ((calls >= 0)),
    CONSTRAINT oversight_monthcost_solved_check CHECK ((solved >= 0))
);

CREATE TABLE public.oversight_publicmonth (
    id bigint NOT NULL,
    month date NOT NULL,
    made_at timestamp with time zone NOT NULL,
    minimum_n smallint NOT NULL,
    figures jsonb NOT NULL,
    rows jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    CONSTRAINT oversight_publicmonth_minimum_n_check CHECK ((minimum_n >= 0)),
    CONSTRAINT public_month CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT public_month_never_of_few CHECK ((minimum_n >= 5))
);

ALTER TABLE public.oversight_publicmonth ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_publicmonth_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_topicname (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    name_en character varying(120) NOT NULL,
    released_at timestamp with time zone NOT NULL,
    released_by_id bigint NOT NULL
);

ALTER TABLE public.oversight_topicname ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_topicname_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_topicwording (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    serial smallint NOT NULL,
    words character varying(60) NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    CONSTRAINT oversight_topicwording_serial_check CHECK ((serial >= 0)),
    CONSTRAINT topic_wording_says_something CHECK (((serial >= 1) AND (NOT ((words)::text = ''::text))))
);

ALTER TABLE public.oversight_topicwording ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_topicwording_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.oversight_typicalcase (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    proposed_at timestamp with time zone,
    approved_at timestamp with time zone,
    returned_why character varying(300) NOT NULL,
    title character varying(80) NOT NULL,
    words text NOT NULL,
    title_en character varying(160) NOT NULL,
    words_en text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_why character varying(300) NOT NULL,
    approved_by_id bigint,
    case_id bigint NOT NULL,
    proposed_by_id bigint,
    withdrawn_by_id bigint,
    written_by_id bigint NOT NULL,
    CONSTRAINT typicalcase_approved_at CHECK ((((approved_at IS NOT NULL) AND ((state)::text = 'approved'::text)) OR ((NOT ((state)::text = 'approved'::text)) AND (approved_at IS NULL) AND (approved_by_id IS NULL)))),
    CONSTRAINT typicalcase_proposed_by_somebody CHECK (((NOT ((state)::text = 'proposed'::text)) OR ((proposed_at IS NOT NULL) AND (proposed_by_id IS NOT NULL)))),
    CONSTRAINT typicalcase_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'proposed'::character varying, 'approved'::character varying, 'dropped'::character varying])::text[]))),
    CONSTRAINT typicalcase_two_people CHECK (((approved_by_id IS NULL) OR (proposed_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))),
    CONSTRAINT typicalcase_withdrawn_by_somebody CHECK ((((withdrawn_at IS NULL) AND (withdrawn_by_id IS NULL)) OR (((state)::text = 'approved'::text) AND (withdrawn_at IS NOT NULL) AND (withdrawn_by_id IS NOT NULL))))
);

ALTER TABLE public.oversight_typicalcase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.oversight_typicalcase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_01 FOR VALUES FROM ('2025-01-01 08:00:00+08') TO ('2025-02-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_02 FOR VALUES FROM ('2025-02-01 08:00:00+08') TO ('2025-03-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_03 FOR VALUES FROM ('2025-03-01 08:00:00+08') TO ('2025-04-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_04 FOR VALUES FROM ('2025-04-01 08:00:00+08') TO ('2025-05-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_05 FOR VALUES FROM ('2025-05-01 08:00:00+08') TO ('2025-06-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_06 FOR VALUES FROM ('2025-06-01 08:00:00+08') TO ('2025-07-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_07 FOR VALUES FROM ('2025-07-01 08:00:00+08') TO ('2025-08-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_08 FOR VALUES FROM ('2025-08-01 08:00:00+08') TO ('2025-09-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_09 FOR VALUES FROM ('2025-09-01 08:00:00+08') TO ('2025-10-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_10 FOR VALUES FROM ('2025-10-01 08:00:00+08') TO ('2025-11-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_11 FOR VALUES FROM ('2025-11-01 08:00:00+08') TO ('2025-12-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2025_12 FOR VALUES FROM ('2025-12-01 08:00:00+08') TO ('2026-01-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_01 FOR VALUES FROM ('2026-01-01 08:00:00+08') TO ('2026-02-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_02 FOR VALUES FROM ('2026-02-01 08:00:00+08') TO ('2026-03-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_03 FOR VALUES FROM ('2026-03-01 08:00:00+08') TO ('2026-04-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_04 FOR VALUES FROM ('2026-04-01 08:00:00+08') TO ('2026-05-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_05 FOR VALUES FROM ('2026-05-01 08:00:00+08') TO ('2026-06-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_06 FOR VALUES FROM ('2026-06-01 08:00:00+08') TO ('2026-07-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_07 FOR VALUES FROM ('2026-07-01 08:00:00+08') TO ('2026-08-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_08 FOR VALUES FROM ('2026-08-01 08:00:00+08') TO ('2026-09-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_09 FOR VALUES FROM ('2026-09-01 08:00:00+08') TO ('2026-10-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_10 FOR VALUES FROM ('2026-10-01 08:00:00+08') TO ('2026-11-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_11 FOR VALUES FROM ('2026-11-01 08:00:00+08') TO ('2026-12-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2026_12 FOR VALUES FROM ('2026-12-01 08:00:00+08') TO ('2027-01-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2027_01 FOR VALUES FROM ('2027-01-01 08:00:00+08') TO ('2027-02-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2027_02 FOR VALUES FROM ('2027-02-01 08:00:00+08') TO ('2027-03-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_2027_03 FOR VALUES FROM ('2027-03-01 08:00:00+08') TO ('2027-04-01 08:00:00+08');

ALTER TABLE ONLY public.cases_caseevent ATTACH PARTITION public.cases_caseevent_default DEFAULT;

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_01 FOR VALUES FROM ('2025-01-01 08:00:00+08') TO ('2025-02-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_02 FOR VALUES FROM ('2025-02-01 08:00:00+08') TO ('2025-03-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_03 FOR VALUES FROM ('2025-03-01 08:00:00+08') TO ('2025-04-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_04 FOR VALUES FROM ('2025-04-01 08:00:00+08') TO ('2025-05-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_05 FOR VALUES FROM ('2025-05-01 08:00:00+08') TO ('2025-06-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_06 FOR VALUES FROM ('2025-06-01 08:00:00+08') TO ('2025-07-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_07 FOR VALUES FROM ('2025-07-01 08:00:00+08') TO ('2025-08-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_08 FOR VALUES FROM ('2025-08-01 08:00:00+08') TO ('2025-09-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_09 FOR VALUES FROM ('2025-09-01 08:00:00+08') TO ('2025-10-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_10 FOR VALUES FROM ('2025-10-01 08:00:00+08') TO ('2025-11-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_11 FOR VALUES FROM ('2025-11-01 08:00:00+08') TO ('2025-12-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2025_12 FOR VALUES FROM ('2025-12-01 08:00:00+08') TO ('2026-01-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_01 FOR VALUES FROM ('2026-01-01 08:00:00+08') TO ('2026-02-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_02 FOR VALUES FROM ('2026-02-01 08:00:00+08') TO ('2026-03-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_03 FOR VALUES FROM ('2026-03-01 08:00:00+08') TO ('2026-04-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_04 FOR VALUES FROM ('2026-04-01 08:00:00+08') TO ('2026-05-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_05 FOR VALUES FROM ('2026-05-01 08:00:00+08') TO ('2026-06-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_06 FOR VALUES FROM ('2026-06-01 08:00:00+08') TO ('2026-07-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_07 FOR VALUES FROM ('2026-07-01 08:00:00+08') TO ('2026-08-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_08 FOR VALUES FROM ('2026-08-01 08:00:00+08') TO ('2026-09-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_09 FOR VALUES FROM ('2026-09-01 08:00:00+08') TO ('2026-10-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_10 FOR VALUES FROM ('2026-10-01 08:00:00+08') TO ('2026-11-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_11 FOR VALUES FROM ('2026-11-01 08:00:00+08') TO ('2026-12-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2026_12 FOR VALUES FROM ('2026-12-01 08:00:00+08') TO ('2027-01-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2027_01 FOR VALUES FROM ('2027-01-01 08:00:00+08') TO ('2027-02-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2027_02 FOR VALUES FROM ('2027-02-01 08:00:00+08') TO ('2027-03-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_2027_03 FOR VALUES FROM ('2027-03-01 08:00:00+08') TO ('2027-04-01 08:00:00+08');

ALTER TABLE ONLY public.hotline_auditentry ATTACH PARTITION public.hotline_auditentry_default DEFAULT;

INSERT INTO public.cases_reason VALUES (1, '职责不属于本单位', 'Not this unit''s duty', 'bounce', 'not_our_duty', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (2, '不在本单位辖区', 'Outside this unit''s area', 'bounce', 'wrong_area', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (3, '权属不清', 'Ownership unclear', 'bounce', 'unclear_ownership', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (4, '职责交叉', 'Overlapping powers', 'bounce', 'overlapping', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (5, '登记要素不全，无法办理', 'Record too incomplete to act on', 'bounce', 'incomplete', 50, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (6, '需工程施工', 'Construction or repair work needed', 'extension', 'engineering', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (7, '需调查或检测', 'Investigation or testing needed', 'extension', 'investigation', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (8, '需多个单位办理', 'Several units must act', 'extension', 'several_units', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (9, '天气等不可抗力', 'Weather or other force of nature', 'extension', 'weather', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (10, '法律规定了更长期限', 'A longer term set by law', 'extension', 'legal_term', 50, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (11, '将第三次派单', 'It would be sent for the third time', 'dispute', 'third_hop', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (12, '无单位承接', 'No unit takes it', 'dispute', 'no_taker', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (13, '职责交叉', 'Overlapping powers', 'dispute', 'overlapping', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (14, '无规定明确职责归属', 'No rule says whose duty it is', 'dispute', 'no_rule', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (15, '待资金或规划', 'Waits for funds or a plan', 'suspension', 'funding', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (16, '待大型工程实施', 'Waits for large works', 'suspension', 'construction', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (17, '待司法或上级机关处理', 'Waits for a court or an authority above', 'suspension', 'lawsuit', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (18, '待征迁或用地', 'Waits for relocation or land', 'suspension', 'land', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (19, '现有条件下无法解决', 'Cannot be solved under present conditions', 'suspension', 'no_conditions', 50, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (20, '违反现行法律或政策', 'Against law or policy in force', 'exclusion', 'against_law', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (21, '客观上无法实现', 'Nobody could do it', 'exclusion', 'impossible', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (22, '属民事纠纷，各单位均无权处理', 'Between private persons; no power of any unit', 'exclusion', 'private', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (23, '已依法处理，重复反映且无新事实', 'Lawfully settled, asked again with no new facts', 'exclusion', 'settled', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (24, '虚构或恶意', 'Made up, or in bad faith', 'exclusion', 'malicious', 50, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (25, '无人接听', 'Does not answer', 'closing', 'no_answer', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (26, '号码错误或停机', 'Number wrong or out of service', 'closing', 'wrong_number', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (27, '拒绝与承办单位沟通', 'Refuses to speak with the unit', 'closing', 'declined', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (28, '紧急专线事项', 'Matter of an emergency line', 'refusal', 'emergency_line', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (29, '已进入或应当通过诉讼、仲裁、复议、纪检程序', 'In litigation, arbitration, review or discipline inspection, or belongs there', 'refusal', 'legal_procedure', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (30, '已由信访受理', 'Already with the petition office', 'refusal', 'petition', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (31, '不属本市管辖', 'Outside this city''s administration', 'refusal', 'other_place', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (32, '党委、人大、政协、法院、检察院、军队事项', 'Matter of the Party, congress, courts, procuratorate or army', 'refusal', 'other_body', 50, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (33, '涉及秘密或他人隐私', 'Concerns secrets or others'' privacy', 'refusal', 'secret', 60, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (34, '违法或违背公序良俗', 'Unlawful or against public morals', 'refusal', 'unlawful', 70, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (35, '正在办理或已依法办结，无新情况', 'In handling or lawfully finished, with no new facts', 'refusal', 'nothing_new', 80, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (36, '超出各单位职责', 'Beyond any unit''s duty', 'refusal', 'no_duty', 90, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (37, '恶意骚扰', 'Malicious disturbance', 'refusal', 'nuisance', 100, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (38, '答非所问', 'Does not answer the request', 'send_back', 'no_answer', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (39, '未联系诉求人', 'Citizen not contacted', 'send_back', 'no_contact', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (40, '缺少佐证', 'Evidence missing', 'send_back', 'no_evidence', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (41, '没有具体措施或日期', 'No definite measure or date', 'send_back', 'no_date', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (42, '措辞不宜公开', 'Wording not fit for the citizen', 'send_back', 'wording', 50, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (43, '需工程施工', 'Construction needed', 'unsolved', 'engineering', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (44, '需资金或规划', 'Funding or planning needed', 'unsolved', 'funding', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (45, '取决于他方', 'Depends on others', 'unsolved', 'third_party', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (46, '没有法律依据', 'No legal ground', 'unsolved', 'no_legal_ground', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (47, '各方意见不一', 'Parties disagree', 'unsolved', 'disagreement', 50, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (48, '其他', 'Other', 'unsolved', 'other', 60, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (49, '已接通', 'reached', 'callback', 'reached', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (50, '无人接听', 'no answer', 'callback', 'no_answer', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (51, '占线', 'busy', 'callback', 'busy', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (52, '号码有误', 'wrong number', 'callback', 'wrong_number', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (53, '关机', 'switched off', 'callback', 'switched_off', 50, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (54, '不愿评价', 'did not want to answer', 'callback', 'declined', 60, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (55, '联系诉求人', 'To contact the citizen', 'reveal', 'contact', 10, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (56, '上门核实地址', 'To check the place in person', 'reveal', 'visit', 20, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (57, '核实诉求人身份', 'To verify who is asking', 'reveal', 'verify', 30, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (58, '回访', 'To call back', 'reveal', 'callback', 40, false, NULL, NULL, NULL, NULL);
INSERT INTO public.cases_reason VALUES (59, '核查投诉', 'To examine a complaint', 'reveal', 'complaint', 50, false, NULL, NULL, NULL, NULL);

SELECT pg_catalog.setval('public.cases_reason_id_seq', 59, true);

ALTER TABLE ONLY public.contractors_appealline
    ADD CONSTRAINT appeal_line_once UNIQUE (appeal_id, item_id);

ALTER TABLE ONLY public.contractors_appeal
    ADD CONSTRAINT appeal_once_a_level UNIQUE (contact_id, level);

ALTER TABLE ONLY public.contractors_assessment
    ADD CONSTRAINT assessment_once_a_month UNIQUE (contract_id, month);

ALTER TABLE ONLY public.contractors_attribution
    ADD CONSTRAINT attribution_once UNIQUE (case_id, outcome, source);

ALTER TABLE ONLY public.oversight_auditedcase
    ADD CONSTRAINT audited_case_once UNIQUE (sample_id, case_id);

ALTER TABLE ONLY public.oversight_auditedcase
    ADD CONSTRAINT audited_case_position UNIQUE (sample_id, "position");

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_authenticator
    ADD CONSTRAINT authenticator_one_of_each UNIQUE (user_id, confirmed);

ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);

ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);

ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_calendarday
    ADD CONSTRAINT calendar_day_once UNIQUE (calendar_id, date);

ALTER TABLE ONLY public.hotline_calendaryear
    ADD CONSTRAINT calendar_year_once UNIQUE (calendar_id, year);

ALTER TABLE ONLY public.cases_callreport
    ADD CONSTRAINT call_report_once UNIQUE (platform_id, digest);

ALTER TABLE ONLY public.oversight_caseverdict
    ADD CONSTRAINT case_verdict_one_author EXCLUDE USING gist (audited_id WITH =, by_id WITH <>);

ALTER TABLE ONLY public.oversight_caseverdict
    ADD CONSTRAINT case_verdict_serial UNIQUE (audited_id, serial);

ALTER TABLE ONLY public.cases_assignment
    ADD CONSTRAINT cases_assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_attachment
    ADD CONSTRAINT cases_attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_burst
    ADD CONSTRAINT cases_burst_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_call
    ADD CONSTRAINT cases_call_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_call
    ADD CONSTRAINT cases_call_platform_id_key UNIQUE (platform_id);

ALTER TABLE ONLY public.cases_callbackattempt
    ADD CONSTRAINT cases_callbackattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_callplatform
    ADD CONSTRAINT cases_callplatform_code_key UNIQUE (code);

ALTER TABLE ONLY public.cases_callplatform
    ADD CONSTRAINT cases_callplatform_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_callreport
    ADD CONSTRAINT cases_callreport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_number_key UNIQUE (number);

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_caseevent
    ADD CONSTRAINT cases_caseevent_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_01
    ADD CONSTRAINT cases_caseevent_2025_01_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_02
    ADD CONSTRAINT cases_caseevent_2025_02_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_03
    ADD CONSTRAINT cases_caseevent_2025_03_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_04
    ADD CONSTRAINT cases_caseevent_2025_04_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_05
    ADD CONSTRAINT cases_caseevent_2025_05_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_06
    ADD CONSTRAINT cases_caseevent_2025_06_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_07
    ADD CONSTRAINT cases_caseevent_2025_07_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_08
    ADD CONSTRAINT cases_caseevent_2025_08_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_09
    ADD CONSTRAINT cases_caseevent_2025_09_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_10
    ADD CONSTRAINT cases_caseevent_2025_10_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_11
    ADD CONSTRAINT cases_caseevent_2025_11_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2025_12
    ADD CONSTRAINT cases_caseevent_2025_12_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_01
    ADD CONSTRAINT cases_caseevent_2026_01_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_02
    ADD CONSTRAINT cases_caseevent_2026_02_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_03
    ADD CONSTRAINT cases_caseevent_2026_03_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_04
    ADD CONSTRAINT cases_caseevent_2026_04_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_05
    ADD CONSTRAINT cases_caseevent_2026_05_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_06
    ADD CONSTRAINT cases_caseevent_2026_06_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_07
    ADD CONSTRAINT cases_caseevent_2026_07_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_08
    ADD CONSTRAINT cases_caseevent_2026_08_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_09
    ADD CONSTRAINT cases_caseevent_2026_09_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_10
    ADD CONSTRAINT cases_caseevent_2026_10_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_11
    ADD CONSTRAINT cases_caseevent_2026_11_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2026_12
    ADD CONSTRAINT cases_caseevent_2026_12_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2027_01
    ADD CONSTRAINT cases_caseevent_2027_01_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2027_02
    ADD CONSTRAINT cases_caseevent_2027_02_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_2027_03
    ADD CONSTRAINT cases_caseevent_2027_03_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_caseevent_default
    ADD CONSTRAINT cases_caseevent_default_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.cases_casegroup
    ADD CONSTRAINT cases_casegroup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_casetext
    ADD CONSTRAINT cases_casetext_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY public.cases_cataloguechange_co_organisers
    ADD CONSTRAINT cases_cataloguechange_co_cataloguechange_id_organ_d1601cf0_uniq UNIQUE (cataloguechange_id, organisation_id);

ALTER TABLE ONLY public.cases_cataloguechange_co_organisers
    ADD CONSTRAINT cases_cataloguechange_co_organisers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT cases_cataloguechange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_catalogueentry_co_organisers
    ADD CONSTRAINT cases_catalogueentry_co__catalogueentry_id_organi_0856ae48_uniq UNIQUE (catalogueentry_id, organisation_id);

ALTER TABLE ONLY public.cases_catalogueentry_co_organisers
    ADD CONSTRAINT cases_catalogueentry_co_organisers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT cases_catalogueentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_catalogueupload
    ADD CONSTRAINT cases_catalogueupload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_catalogueversion
    ADD CONSTRAINT cases_catalogueversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_category
    ADD CONSTRAINT cases_category_code_key UNIQUE (code);

ALTER TABLE ONLY public.cases_category
    ADD CONSTRAINT cases_category_path_key UNIQUE (path);

ALTER TABLE ONLY public.cases_category
    ADD CONSTRAINT cases_category_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_channel
    ADD CONSTRAINT cases_channel_code_key UNIQUE (code);

ALTER TABLE ONLY public.cases_channel
    ADD CONSTRAINT cases_channel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_citizen
    ADD CONSTRAINT cases_citizen_phone_index_key UNIQUE (phone_index);

ALTER TABLE ONLY public.cases_citizen
    ADD CONSTRAINT cases_citizen_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_clock
    ADD CONSTRAINT cases_clock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_clockpause
    ADD CONSTRAINT cases_clockpause_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_deadlinepolicy
    ADD CONSTRAINT cases_deadlinepolicy_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_deadlinepolicy
    ADD CONSTRAINT cases_deadlinepolicy_proposal_id_key UNIQUE (proposal_id);

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_draft
    ADD CONSTRAINT cases_draft_number_key UNIQUE (number);

ALTER TABLE ONLY public.cases_draft
    ADD CONSTRAINT cases_draft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_escalationstep
    ADD CONSTRAINT cases_escalationstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_export
    ADD CONSTRAINT cases_export_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_exportfile
    ADD CONSTRAINT cases_exportfile_export_id_key UNIQUE (export_id);

ALTER TABLE ONLY public.cases_exportfile
    ADD CONSTRAINT cases_exportfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_feedback
    ADD CONSTRAINT cases_feedback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_groupanswer
    ADD CONSTRAINT cases_groupanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_groupanswered
    ADD CONSTRAINT cases_groupanswered_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_handover
    ADD CONSTRAINT cases_handover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_heldnotice
    ADD CONSTRAINT cases_heldnotice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_hottopic_cases
    ADD CONSTRAINT cases_hottopic_cases_hottopic_id_case_id_cc6b9f53_uniq UNIQUE (hottopic_id, case_id);

ALTER TABLE ONLY public.cases_hottopic_cases
    ADD CONSTRAINT cases_hottopic_cases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_hottopic
    ADD CONSTRAINT cases_hottopic_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_importrun
    ADD CONSTRAINT cases_importrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_independentattempt
    ADD CONSTRAINT cases_independentattempt_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT cases_independentcallback_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT cases_independentcallback_survey_id_key UNIQUE (survey_id);

ALTER TABLE ONLY public.cases_independentdraw
    ADD CONSTRAINT cases_independentdraw_day_key UNIQUE (day);

ALTER TABLE ONLY public.cases_independentdraw
    ADD CONSTRAINT cases_independentdraw_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_knowledgearticle
    ADD CONSTRAINT cases_knowledgearticle_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_knowledgefile_articles
    ADD CONSTRAINT cases_knowledgefile_arti_knowledgefile_id_knowled_5a35a105_uniq UNIQUE (knowledgefile_id, knowledgearticle_id);

ALTER TABLE ONLY public.cases_knowledgefile_articles
    ADD CONSTRAINT cases_knowledgefile_articles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_knowledgefile
    ADD CONSTRAINT cases_knowledgefile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_knowledgereport
    ADD CONSTRAINT cases_knowledgereport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_ladderserial
    ADD CONSTRAINT cases_ladderserial_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_modelweights
    ADD CONSTRAINT cases_modelweights_pkey PRIMARY KEY (model_id);

ALTER TABLE ONLY public.cases_quotation
    ADD CONSTRAINT cases_quotation_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY public.cases_reason
    ADD CONSTRAINT cases_reason_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_reason
    ADD CONSTRAINT cases_reason_proposal_id_key UNIQUE (proposal_id);

ALTER TABLE ONLY public.cases_recusal
    ADD CONSTRAINT cases_recusal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_reply
    ADD CONSTRAINT cases_reply_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_replydraft
    ADD CONSTRAINT cases_replydraft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_reveal
    ADD CONSTRAINT cases_reveal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_savedview
    ADD CONSTRAINT cases_savedview_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_serial_day
    ADD CONSTRAINT cases_serial_day_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.cases_serial_past
    ADD CONSTRAINT cases_serial_past_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.cases_suggestionmodel
    ADD CONSTRAINT cases_suggestionmodel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_suggestionuse
    ADD CONSTRAINT cases_suggestionuse_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_survey
    ADD CONSTRAINT cases_survey_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.cases_survey
    ADD CONSTRAINT cases_survey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_tally
    ADD CONSTRAINT cases_tally_pkey PRIMARY KEY (grain, what, day, until, standing, unit, taken_by, category, region, channel, kind);

ALTER TABLE ONLY public.cases_tallychange
    ADD CONSTRAINT cases_tallychange_pkey PRIMARY KEY (case_id, act);

ALTER TABLE ONLY public.cases_tallyshare
    ADD CONSTRAINT cases_tallyshare_pkey PRIMARY KEY (case_id);

ALTER TABLE ONLY public.cases_topicrun
    ADD CONSTRAINT cases_topicrun_on_key UNIQUE ("on");

ALTER TABLE ONLY public.cases_topicrun
    ADD CONSTRAINT cases_topicrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_verbatim
    ADD CONSTRAINT cases_verbatim_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT catalogue_change_once UNIQUE NULLS NOT DISTINCT (version_id, category_id, region_id, channel_id, kind);

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT catalogue_periods_apart EXCLUDE USING gist (category_id WITH =, COALESCE(region_id, (0)::bigint) WITH =, COALESCE(channel_id, (0)::bigint) WITH =, kind WITH =, daterange(valid_from, valid_until, '[)'::text) WITH &&);

ALTER TABLE ONLY public.contractors_clause
    ADD CONSTRAINT clause_number UNIQUE (terms_id, number);

ALTER TABLE ONLY public.contractors_clauseresult
    ADD CONSTRAINT clause_result_once UNIQUE (assessment_id, clause_id);

ALTER TABLE ONLY public.contractors_contractlot
    ADD CONSTRAINT contract_lot_once UNIQUE (contract_id, lot);

ALTER TABLE ONLY public.contractors_contractlot
    ADD CONSTRAINT contract_lots_apart EXCLUDE USING gist (lot WITH =, term WITH &&);

ALTER TABLE ONLY public.contractors_contract
    ADD CONSTRAINT contract_terms_apart EXCLUDE USING gist (organisation_id WITH =, term WITH &&) WHERE ((signed_at IS NOT NULL));

ALTER TABLE ONLY public.contractors_adjustment
    ADD CONSTRAINT contractors_adjustment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcomplaint_complaint_id_key UNIQUE (complaint_id);

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcomplaint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_appeal
    ADD CONSTRAINT contractors_appeal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_appealline
    ADD CONSTRAINT contractors_appealline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_assessment
    ADD CONSTRAINT contractors_assessment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_attribution
    ADD CONSTRAINT contractors_attribution_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_attributiondispute
    ADD CONSTRAINT contractors_attributiondispute_attribution_id_key UNIQUE (attribution_id);

ALTER TABLE ONLY public.contractors_attributiondispute
    ADD CONSTRAINT contractors_attributiondispute_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_clause
    ADD CONSTRAINT contractors_clause_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_clauseresult
    ADD CONSTRAINT contractors_clauseresult_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_closing
    ADD CONSTRAINT contractors_closing_contract_id_key UNIQUE (contract_id);

ALTER TABLE ONLY public.contractors_closing
    ADD CONSTRAINT contractors_closing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_contract
    ADD CONSTRAINT contractors_contract_number_key UNIQUE (number);

ALTER TABLE ONLY public.contractors_contract
    ADD CONSTRAINT contractors_contract_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_contractlot
    ADD CONSTRAINT contractors_contractlot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_employment
    ADD CONSTRAINT contractors_employment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_incident
    ADD CONSTRAINT contractors_incident_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_mark
    ADD CONSTRAINT contractors_mark_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_markline
    ADD CONSTRAINT contractors_markline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_objection
    ADD CONSTRAINT contractors_objection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_objectionfile
    ADD CONSTRAINT contractors_objectionfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_ownreport
    ADD CONSTRAINT contractors_ownreport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_paperobjection
    ADD CONSTRAINT contractors_paperobjection_pkey PRIMARY KEY (objection_id);

ALTER TABLE ONLY public.contractors_papersignature
    ADD CONSTRAINT contractors_papersignature_pkey PRIMARY KEY (assessment_id);

ALTER TABLE ONLY public.contractors_papersignaturefile
    ADD CONSTRAINT contractors_papersignaturefile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_proof
    ADD CONSTRAINT contractors_proof_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_proofline
    ADD CONSTRAINT contractors_proofline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_sample
    ADD CONSTRAINT contractors_sample_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_sampledcontact
    ADD CONSTRAINT contractors_sampledcontact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_score
    ADD CONSTRAINT contractors_score_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_scorecard
    ADD CONSTRAINT contractors_scorecard_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_scorecard
    ADD CONSTRAINT contractors_scorecard_version_key UNIQUE (version);

ALTER TABLE ONLY public.contractors_scorecarditem
    ADD CONSTRAINT contractors_scorecarditem_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_shift
    ADD CONSTRAINT contractors_shift_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_stafftable
    ADD CONSTRAINT contractors_stafftable_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_stepdone
    ADD CONSTRAINT contractors_stepdone_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_terms
    ADD CONSTRAINT contractors_terms_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_detectorrun
    ADD CONSTRAINT detector_looked_once UNIQUE (detector, "on");

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.contractors_employment
    ADD CONSTRAINT employment_one_at_a_time EXCLUDE USING gist (user_id WITH =, period WITH &&);

ALTER TABLE ONLY public.oversight_frozenfigure
    ADD CONSTRAINT figure_frozen_once UNIQUE NULLS NOT DISTINCT (day, measure, version, contractor_id);

ALTER TABLE ONLY public.oversight_findingrow
    ADD CONSTRAINT finding_row_once UNIQUE (detector, ref);

ALTER TABLE ONLY public.cases_groupanswered
    ADD CONSTRAINT group_answered_once UNIQUE (answer_id, case_id);

ALTER TABLE ONLY public.cases_hottopic
    ADD CONSTRAINT hot_topic_rank UNIQUE (run_id, rank);

ALTER TABLE ONLY public.hotline_apitoken
    ADD CONSTRAINT hotline_apitoken_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.hotline_apitoken
    ADD CONSTRAINT hotline_apitoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_auditcheck
    ADD CONSTRAINT hotline_auditcheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_auditentry
    ADD CONSTRAINT hotline_auditentry_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_01
    ADD CONSTRAINT hotline_auditentry_2025_01_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_02
    ADD CONSTRAINT hotline_auditentry_2025_02_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_03
    ADD CONSTRAINT hotline_auditentry_2025_03_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_04
    ADD CONSTRAINT hotline_auditentry_2025_04_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_05
    ADD CONSTRAINT hotline_auditentry_2025_05_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_06
    ADD CONSTRAINT hotline_auditentry_2025_06_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_07
    ADD CONSTRAINT hotline_auditentry_2025_07_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_08
    ADD CONSTRAINT hotline_auditentry_2025_08_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_09
    ADD CONSTRAINT hotline_auditentry_2025_09_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_10
    ADD CONSTRAINT hotline_auditentry_2025_10_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_11
    ADD CONSTRAINT hotline_auditentry_2025_11_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2025_12
    ADD CONSTRAINT hotline_auditentry_2025_12_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_01
    ADD CONSTRAINT hotline_auditentry_2026_01_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_02
    ADD CONSTRAINT hotline_auditentry_2026_02_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_03
    ADD CONSTRAINT hotline_auditentry_2026_03_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_04
    ADD CONSTRAINT hotline_auditentry_2026_04_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_05
    ADD CONSTRAINT hotline_auditentry_2026_05_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_06
    ADD CONSTRAINT hotline_auditentry_2026_06_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_07
    ADD CONSTRAINT hotline_auditentry_2026_07_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_08
    ADD CONSTRAINT hotline_auditentry_2026_08_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_09
    ADD CONSTRAINT hotline_auditentry_2026_09_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_10
    ADD CONSTRAINT hotline_auditentry_2026_10_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_11
    ADD CONSTRAINT hotline_auditentry_2026_11_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2026_12
    ADD CONSTRAINT hotline_auditentry_2026_12_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2027_01
    ADD CONSTRAINT hotline_auditentry_2027_01_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2027_02
    ADD CONSTRAINT hotline_auditentry_2027_02_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_2027_03
    ADD CONSTRAINT hotline_auditentry_2027_03_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditentry_default
    ADD CONSTRAINT hotline_auditentry_default_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.hotline_auditseal
    ADD CONSTRAINT hotline_auditseal_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.hotline_authenticator
    ADD CONSTRAINT hotline_authenticator_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_calendar
    ADD CONSTRAINT hotline_calendar_code_key UNIQUE (code);

ALTER TABLE ONLY public.hotline_calendar
    ADD CONSTRAINT hotline_calendar_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_calendarday
    ADD CONSTRAINT hotline_calendarday_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_calendaryear
    ADD CONSTRAINT hotline_calendaryear_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_heartbeat
    ADD CONSTRAINT hotline_heartbeat_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.hotline_membership
    ADD CONSTRAINT hotline_membership_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_message
    ADD CONSTRAINT hotline_message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_messagetemplate
    ADD CONSTRAINT hotline_messagetemplate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_messagetemplate
    ADD CONSTRAINT hotline_messagetemplate_proposal_id_key UNIQUE (proposal_id);

ALTER TABLE ONLY public.hotline_organisation
    ADD CONSTRAINT hotline_organisation_code_key UNIQUE (code);

ALTER TABLE ONLY public.hotline_organisation
    ADD CONSTRAINT hotline_organisation_path_key UNIQUE (path);

ALTER TABLE ONLY public.hotline_organisation
    ADD CONSTRAINT hotline_organisation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_proposal
    ADD CONSTRAINT hotline_proposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_ratecount
    ADD CONSTRAINT hotline_ratecount_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.hotline_region
    ADD CONSTRAINT hotline_region_code_key UNIQUE (code);

ALTER TABLE ONLY public.hotline_region
    ADD CONSTRAINT hotline_region_path_key UNIQUE (path);

ALTER TABLE ONLY public.hotline_region
    ADD CONSTRAINT hotline_region_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_requestkey
    ADD CONSTRAINT hotline_requestkey_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_restriction
    ADD CONSTRAINT hotline_restriction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_ruleversion
    ADD CONSTRAINT hotline_ruleversion_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_ruleversion
    ADD CONSTRAINT hotline_ruleversion_proposal_id_key UNIQUE (proposal_id);

ALTER TABLE ONLY public.hotline_user
    ADD CONSTRAINT hotline_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hotline_user
    ADD CONSTRAINT hotline_user_username_key UNIQUE (username);

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT independent_position UNIQUE (draw_id, "position");

ALTER TABLE ONLY public.cases_knowledgearticle
    ADD CONSTRAINT knowledge_version UNIQUE (key, version);

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT ladder_number UNIQUE (rung, year, serial);

ALTER TABLE ONLY public.cases_ladderserial
    ADD CONSTRAINT ladder_serial_once UNIQUE (rung, year);

ALTER TABLE ONLY public.contractors_markline
    ADD CONSTRAINT mark_line_once UNIQUE (mark_id, item_id);

ALTER TABLE ONLY public.contractors_mark
    ADD CONSTRAINT mark_one_a_person UNIQUE (contact_id, by_id);

ALTER TABLE ONLY public.contractors_mark
    ADD CONSTRAINT mark_seat_once UNIQUE (contact_id, seat);

ALTER TABLE ONLY public.hotline_membership
    ADD CONSTRAINT membership_administrators_apart EXCLUDE USING gist (user_id WITH =, valid WITH &&, (
CASE
    WHEN ((role)::text = 'audit_admin'::text) THEN 1
    WHEN ((role)::text = 'security_admin'::text) THEN 2
    WHEN ((role)::text = 'system_admin'::text) THEN 3
    ELSE 0
END) WITH <>);

ALTER TABLE ONLY public.hotline_membership
    ADD CONSTRAINT membership_periods_apart EXCLUDE USING gist (user_id WITH =, role WITH =, valid WITH &&);

ALTER TABLE ONLY public.otp_static_staticdevice
    ADD CONSTRAINT otp_static_staticdevice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.otp_static_statictoken
    ADD CONSTRAINT otp_static_statictoken_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_auditedcase
    ADD CONSTRAINT oversight_auditedcase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_auditsample
    ADD CONSTRAINT oversight_auditsample_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_bulletin
    ADD CONSTRAINT oversight_bulletin_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_bulletintemplate
    ADD CONSTRAINT oversight_bulletintemplate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_caseverdict
    ADD CONSTRAINT oversight_caseverdict_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_detectorrun
    ADD CONSTRAINT oversight_detectorrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_findingnote
    ADD CONSTRAINT oversight_findingnote_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_findingrow
    ADD CONSTRAINT oversight_findingrow_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_findingstep
    ADD CONSTRAINT oversight_findingstep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_findingstep
    ADD CONSTRAINT oversight_findingstep_step_id_key UNIQUE (step_id);

ALTER TABLE ONLY public.oversight_frozenfigure
    ADD CONSTRAINT oversight_frozenfigure_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_monthcost
    ADD CONSTRAINT oversight_monthcost_pkey PRIMARY KEY (assessment_id);

ALTER TABLE ONLY public.oversight_publicmonth
    ADD CONSTRAINT oversight_publicmonth_month_key UNIQUE (month);

ALTER TABLE ONLY public.oversight_publicmonth
    ADD CONSTRAINT oversight_publicmonth_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_topicname
    ADD CONSTRAINT oversight_topicname_name_key UNIQUE (name);

ALTER TABLE ONLY public.oversight_topicname
    ADD CONSTRAINT oversight_topicname_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_topicwording
    ADD CONSTRAINT oversight_topicwording_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oversight_typicalcase
    ADD CONSTRAINT oversight_typicalcase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.contractors_proofline
    ADD CONSTRAINT proofline_once UNIQUE (proof_id, employment_id);

ALTER TABLE ONLY public.cases_reason
    ADD CONSTRAINT reason_versions_apart EXCLUDE USING gist (kind WITH =, code WITH =, tstzrange(begins_at, ends_at) WITH &&);

ALTER TABLE ONLY public.cases_replydraft
    ADD CONSTRAINT replydraft_once UNIQUE (assignment_id, owner_id);

ALTER TABLE ONLY public.hotline_requestkey
    ADD CONSTRAINT request_key_once UNIQUE (owner, key);

ALTER TABLE ONLY public.hotline_restriction
    ADD CONSTRAINT restriction_periods_apart EXCLUDE USING gist (organisation_id WITH =, capability WITH =, valid WITH &&);

ALTER TABLE ONLY public.hotline_ruleversion
    ADD CONSTRAINT rule_version_once UNIQUE (book, valid_from);

ALTER TABLE ONLY public.contractors_sample
    ADD CONSTRAINT sample_drawn_once UNIQUE (organisation_id, purpose, week);

ALTER TABLE ONLY public.contractors_sampledcontact
    ADD CONSTRAINT sampled_contact_once UNIQUE (sample_id, key);

ALTER TABLE ONLY public.contractors_sampledcontact
    ADD CONSTRAINT sampled_contact_position UNIQUE (sample_id, "position");

ALTER TABLE ONLY public.cases_savedview
    ADD CONSTRAINT savedview_name UNIQUE (owner_id, page, name);

ALTER TABLE ONLY public.contractors_score
    ADD CONSTRAINT score_serial UNIQUE (contact_id, serial);

ALTER TABLE ONLY public.contractors_scorecarditem
    ADD CONSTRAINT scorecard_item_code UNIQUE (scorecard_id, code);

ALTER TABLE ONLY public.contractors_shift
    ADD CONSTRAINT shift_one_at_a_time EXCLUDE USING gist (user_id WITH =, span WITH &&);

ALTER TABLE ONLY public.cases_escalationstep
    ADD CONSTRAINT step_once UNIQUE (policy_id, act);

ALTER TABLE ONLY public.contractors_stepdone
    ADD CONSTRAINT stepdone_once UNIQUE (closing_id, step);

ALTER TABLE ONLY public.cases_suggestionmodel
    ADD CONSTRAINT suggestion_model_version UNIQUE (target, version);

ALTER TABLE ONLY public.cases_suggestionuse
    ADD CONSTRAINT suggestion_use_once UNIQUE (model_id, "on");

ALTER TABLE ONLY public.cases_survey
    ADD CONSTRAINT survey_once_a_round UNIQUE (case_id, round);

ALTER TABLE ONLY public.hotline_messagetemplate
    ADD CONSTRAINT template_version UNIQUE (key, version);

ALTER TABLE ONLY public.contractors_terms
    ADD CONSTRAINT terms_version UNIQUE (contract_id, version);

ALTER TABLE ONLY public.oversight_topicwording
    ADD CONSTRAINT topic_wording_serial UNIQUE (name, serial);

CREATE INDEX agent_complaint_by_ruling ON public.contractors_agentcomplaint USING btree (ruled_at, id);

CREATE INDEX agent_complaint_named ON public.contractors_agentcomplaint USING btree (organisation_id, named_at);

CREATE INDEX appeal_to_mind ON public.contractors_appeal USING btree (next_action_at, id) WHERE ((outcome)::text = ''::text);

CREATE INDEX assessment_latest ON public.contractors_assessment USING btree (month DESC, id DESC);

CREATE INDEX assignment_below ON public.cases_assignment USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX assignment_by_unit ON public.cases_assignment USING btree (unit_id, dispatched_at DESC, id DESC);

CREATE UNIQUE INDEX assignment_once_below ON public.cases_assignment USING btree (parent_id, unit_id) WHERE (((role)::text = 'subordinate'::text) AND ((state)::text = ANY ((ARRAY['dispatched'::character varying, 'handling'::character varying, 'replied'::character varying])::text[])));

CREATE UNIQUE INDEX assignment_one_copy ON public.cases_assignment USING btree (case_id, unit_id) WHERE ((role)::text = 'copy'::text);

CREATE UNIQUE INDEX assignment_one_lead ON public.cases_assignment USING btree (case_id, round) WHERE ((parent_id IS NULL) AND ((role)::text = 'lead'::text) AND ((state)::text = ANY ((ARRAY['dispatched'::character varying, 'handling'::character varying, 'replied'::character varying])::text[])));

CREATE INDEX assignment_returned ON public.cases_assignment USING btree (ended_at) WHERE ((state)::text = 'returned'::text);

CREATE INDEX assignment_to_do ON public.cases_assignment USING btree (unit_id, leg_due_at, id) WHERE ((state)::text = ANY ((ARRAY['dispatched'::character varying, 'handling'::character varying])::text[]));

CREATE INDEX attachment_of_reply ON public.cases_attachment USING btree (uploaded_at) WHERE (reply_id IS NOT NULL);

CREATE INDEX attribution_by_party ON public.contractors_attribution USING btree (organisation_id, occurred_at);

CREATE INDEX attribution_by_time ON public.contractors_attribution USING btree (occurred_at, id);

CREATE INDEX audit_by_actor ON ONLY public.hotline_auditentry USING btree (actor_id, at DESC);

CREATE INDEX audit_by_object ON ONLY public.hotline_auditentry USING btree (object_type, object_id, at DESC);

CREATE INDEX audit_by_transaction ON ONLY public.hotline_auditentry USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_01 ON public.hotline_auditentry_2025_01 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_02 ON public.hotline_auditentry_2025_02 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_03 ON public.hotline_auditentry_2025_03 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_04 ON public.hotline_auditentry_2025_04 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_05 ON public.hotline_auditentry_2025_05 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_06 ON public.hotline_auditentry_2025_06 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_07 ON public.hotline_auditentry_2025_07 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_08 ON public.hotline_auditentry_2025_08 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_09 ON public.hotline_auditentry_2025_09 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_10 ON public.hotline_auditentry_2025_10 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_11 ON public.hotline_auditentry_2025_11 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2025_12 ON public.hotline_auditentry_2025_12 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_01 ON public.hotline_auditentry_2026_01 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_02 ON public.hotline_auditentry_2026_02 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_03 ON public.hotline_auditentry_2026_03 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_04 ON public.hotline_auditentry_2026_04 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_05 ON public.hotline_auditentry_2026_05 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_06 ON public.hotline_auditentry_2026_06 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_07 ON public.hotline_auditentry_2026_07 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_08 ON public.hotline_auditentry_2026_08 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_09 ON public.hotline_auditentry_2026_09 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_10 ON public.hotline_auditentry_2026_10 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_11 ON public.hotline_auditentry_2026_11 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2026_12 ON public.hotline_auditentry_2026_12 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2027_01 ON public.hotline_auditentry_2027_01 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2027_02 ON public.hotline_auditentry_2027_02 USING btree (xid, id);

CREATE INDEX audit_by_transaction_2027_03 ON public.hotline_auditentry_2027_03 USING btree (xid, id);

CREATE INDEX audit_by_transaction_default ON public.hotline_auditentry_default USING btree (xid, id);

CREATE UNIQUE INDEX audit_check_one_at_a_time ON public.hotline_auditcheck USING btree (state) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying])::text[]));

CREATE INDEX audit_latest ON ONLY public.hotline_auditentry USING btree (at DESC, id DESC);

CREATE INDEX audit_sample_latest ON public.oversight_auditsample USING btree (drawn_at, id);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);

CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);

CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);

CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);

CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);

CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);

CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);

CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);

CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);

CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);

CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);

CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);

CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);

CREATE INDEX bulletin_latest ON public.oversight_bulletin USING btree (made_at DESC, id DESC);

CREATE UNIQUE INDEX bulletin_once_a_window ON public.oversight_bulletin USING btree (template_id, begins_at, ends_at) WHERE (NOT ((state)::text = 'dropped'::text));

CREATE INDEX burst_latest ON public.cases_burst USING btree (noticed_at DESC, id DESC);

CREATE UNIQUE INDEX burst_noticed_once ON public.cases_burst USING btree (category_id, region_id) WHERE (over_at IS NULL);

CREATE INDEX call_by_agent ON public.cases_call USING btree (agent_id, offered_at DESC) WHERE (agent_id IS NOT NULL);

CREATE INDEX call_by_number ON public.cases_call USING btree (caller_index, offered_at) WHERE (caller_index IS NOT NULL);

CREATE INDEX call_latest ON public.cases_call USING btree (offered_at DESC, id DESC);

CREATE INDEX call_live ON public.cases_call USING btree (agent_id) WHERE ((answered_at IS NOT NULL) AND (ended_at IS NULL));

CREATE INDEX case_by_category ON public.cases_case USING btree (category_id, registered_at DESC, id DESC);

CREATE INDEX case_by_citizen ON public.cases_case USING btree (citizen_id, registered_at DESC);

CREATE INDEX case_by_closing ON public.cases_case USING btree (last_closed_at, id) WHERE (last_closed_at IS NOT NULL);

CREATE INDEX case_by_group ON public.cases_case USING btree (group_id, id) WHERE (group_id IS NOT NULL);

CREATE INDEX case_by_region ON public.cases_case USING btree (region_id, registered_at DESC, id DESC);

CREATE INDEX case_by_status ON public.cases_case USING btree (status, registered_at DESC, id DESC);

CREATE INDEX case_by_unit ON public.cases_case USING btree (unit_id, registered_at DESC, id DESC);

CREATE INDEX case_confidential ON public.cases_case USING btree (subject_unit_id) WHERE confidential;

CREATE INDEX case_contractor ON public.cases_case USING btree (taken_by_organisation_id, registered_at DESC, id DESC);

CREATE INDEX case_due_while_open ON public.cases_case USING btree (promise_due_at, id) WHERE ((status)::text = ANY ((ARRAY['dispatched'::character varying, 'disputed'::character varying, 'handling'::character varying, 'registered'::character varying, 'rehandling'::character varying, 'replied'::character varying, 'suspended'::character varying, 'verifying'::character varying])::text[]));

CREATE INDEX case_latest ON public.cases_case USING btree (registered_at DESC, id DESC);

CREATE UNIQUE INDEX case_upstream_once ON public.cases_case USING btree (upstream_platform, upstream_number) WHERE (NOT ((upstream_number)::text = ''::text));

CREATE INDEX cases_assignment_case_id_b0be0e7a ON public.cases_assignment USING btree (case_id);

CREATE INDEX cases_attachment_case_id_1cf64b9f ON public.cases_attachment USING btree (case_id);

CREATE INDEX cases_attachment_digest_61ae2033 ON public.cases_attachment USING btree (digest);

CREATE INDEX cases_attachment_reply_id_7974d137 ON public.cases_attachment USING btree (reply_id);

CREATE INDEX cases_call_case_id_3709e23b ON public.cases_call USING btree (case_id);

CREATE INDEX cases_call_platform_id_6c1601a2_like ON public.cases_call USING btree (platform_id varchar_pattern_ops);

CREATE INDEX cases_callbackattempt_survey_id_cb68a727 ON public.cases_callbackattempt USING btree (survey_id);

CREATE INDEX cases_callplatform_code_f3825a2b_like ON public.cases_callplatform USING btree (code varchar_pattern_ops);

CREATE INDEX cases_callplatform_membership_id_019024a8 ON public.cases_callplatform USING btree (membership_id);

CREATE INDEX cases_callreport_at_ca305f69 ON public.cases_callreport USING btree (at);

CREATE INDEX cases_case_citizen_id_f15adce1 ON public.cases_case USING btree (citizen_id);

CREATE INDEX cases_case_number_980c9551_like ON public.cases_case USING btree (number varchar_pattern_ops);

CREATE INDEX event_of_case ON ONLY public.cases_caseevent USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_01_case_id_at_id_idx ON public.cases_caseevent_2025_01 USING btree (case_id, at DESC, id DESC);

CREATE INDEX event_by_kind ON ONLY public.cases_caseevent USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_01_kind_at_id_idx ON public.cases_caseevent_2025_01 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_02_case_id_at_id_idx ON public.cases_caseevent_2025_02 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_02_kind_at_id_idx ON public.cases_caseevent_2025_02 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_03_case_id_at_id_idx ON public.cases_caseevent_2025_03 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_03_kind_at_id_idx ON public.cases_caseevent_2025_03 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_04_case_id_at_id_idx ON public.cases_caseevent_2025_04 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_04_kind_at_id_idx ON public.cases_caseevent_2025_04 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_05_case_id_at_id_idx ON public.cases_caseevent_2025_05 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_05_kind_at_id_idx ON public.cases_caseevent_2025_05 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_06_case_id_at_id_idx ON public.cases_caseevent_2025_06 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_06_kind_at_id_idx ON public.cases_caseevent_2025_06 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_07_case_id_at_id_idx ON public.cases_caseevent_2025_07 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_07_kind_at_id_idx ON public.cases_caseevent_2025_07 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_08_case_id_at_id_idx ON public.cases_caseevent_2025_08 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_08_kind_at_id_idx ON public.cases_caseevent_2025_08 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_09_case_id_at_id_idx ON public.cases_caseevent_2025_09 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_09_kind_at_id_idx ON public.cases_caseevent_2025_09 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_10_case_id_at_id_idx ON public.cases_caseevent_2025_10 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_10_kind_at_id_idx ON public.cases_caseevent_2025_10 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_11_case_id_at_id_idx ON public.cases_caseevent_2025_11 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_11_kind_at_id_idx ON public.cases_caseevent_2025_11 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_12_case_id_at_id_idx ON public.cases_caseevent_2025_12 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2025_12_kind_at_id_idx ON public.cases_caseevent_2025_12 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_01_case_id_at_id_idx ON public.cases_caseevent_2026_01 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_01_kind_at_id_idx ON public.cases_caseevent_2026_01 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_02_case_id_at_id_idx ON public.cases_caseevent_2026_02 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_02_kind_at_id_idx ON public.cases_caseevent_2026_02 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_03_case_id_at_id_idx ON public.cases_caseevent_2026_03 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_03_kind_at_id_idx ON public.cases_caseevent_2026_03 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_04_case_id_at_id_idx ON public.cases_caseevent_2026_04 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_04_kind_at_id_idx ON public.cases_caseevent_2026_04 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_05_case_id_at_id_idx ON public.cases_caseevent_2026_05 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_05_kind_at_id_idx ON public.cases_caseevent_2026_05 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_06_case_id_at_id_idx ON public.cases_caseevent_2026_06 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_06_kind_at_id_idx ON public.cases_caseevent_2026_06 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_07_case_id_at_id_idx ON public.cases_caseevent_2026_07 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_07_kind_at_id_idx ON public.cases_caseevent_2026_07 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_08_case_id_at_id_idx ON public.cases_caseevent_2026_08 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_08_kind_at_id_idx ON public.cases_caseevent_2026_08 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_09_case_id_at_id_idx ON public.cases_caseevent_2026_09 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_09_kind_at_id_idx ON public.cases_caseevent_2026_09 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_10_case_id_at_id_idx ON public.cases_caseevent_2026_10 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_10_kind_at_id_idx ON public.cases_caseevent_2026_10 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_11_case_id_at_id_idx ON public.cases_caseevent_2026_11 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_11_kind_at_id_idx ON public.cases_caseevent_2026_11 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_12_case_id_at_id_idx ON public.cases_caseevent_2026_12 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2026_12_kind_at_id_idx ON public.cases_caseevent_2026_12 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2027_01_case_id_at_id_idx ON public.cases_caseevent_2027_01 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2027_01_kind_at_id_idx ON public.cases_caseevent_2027_01 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2027_02_case_id_at_id_idx ON public.cases_caseevent_2027_02 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2027_02_kind_at_id_idx ON public.cases_caseevent_2027_02 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_2027_03_case_id_at_id_idx ON public.cases_caseevent_2027_03 USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_2027_03_kind_at_id_idx ON public.cases_caseevent_2027_03 USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_caseevent_default_case_id_at_id_idx ON public.cases_caseevent_default USING btree (case_id, at DESC, id DESC);

CREATE INDEX cases_caseevent_default_kind_at_id_idx ON public.cases_caseevent_default USING btree (kind, at DESC, id DESC);

CREATE INDEX cases_casegroup_main_id_41190322 ON public.cases_casegroup USING btree (main_id);

CREATE INDEX cases_cataloguechange_category_id_b078bf36 ON public.cases_cataloguechange USING btree (category_id);

CREATE INDEX cases_cataloguechange_co_organisers_cataloguechange_id_32aa766c ON public.cases_cataloguechange_co_organisers USING btree (cataloguechange_id);

CREATE INDEX cases_cataloguechange_co_organisers_organisation_id_c3572d20 ON public.cases_cataloguechange_co_organisers USING btree (organisation_id);

CREATE INDEX cases_cataloguechange_region_id_1ad1381d ON public.cases_cataloguechange USING btree (region_id);

CREATE INDEX cases_cataloguechange_version_id_79360a52 ON public.cases_cataloguechange USING btree (version_id);

CREATE INDEX cases_catalogueentry_category_id_ddae8c82 ON public.cases_catalogueentry USING btree (category_id);

CREATE INDEX cases_catalogueentry_co_organisers_catalogueentry_id_3d8a4065 ON public.cases_catalogueentry_co_organisers USING btree (catalogueentry_id);

CREATE INDEX cases_catalogueentry_co_organisers_organisation_id_13bcf022 ON public.cases_catalogueentry_co_organisers USING btree (organisation_id);

CREATE INDEX cases_catalogueentry_region_id_1c9ca6c8 ON public.cases_catalogueentry USING btree (region_id);

CREATE INDEX cases_catalogueentry_unit_id_b59964af ON public.cases_catalogueentry USING btree (unit_id);

CREATE INDEX cases_catalogueentry_version_id_bd5c146f ON public.cases_catalogueentry USING btree (version_id);

CREATE INDEX cases_catalogueupload_uploaded_by_id_9c4000c4 ON public.cases_catalogueupload USING btree (uploaded_by_id);

CREATE INDEX cases_catalogueupload_version_id_ce41f3a6 ON public.cases_catalogueupload USING btree (version_id);

CREATE INDEX cases_category_code_27f573ec_like ON public.cases_category USING btree (code varchar_pattern_ops);

CREATE INDEX cases_category_parent_id_007043b5 ON public.cases_category USING btree (parent_id);

CREATE INDEX cases_category_path_92ffa271_like ON public.cases_category USING btree (path varchar_pattern_ops);

CREATE INDEX cases_channel_code_2a9b3d6c_like ON public.cases_channel USING btree (code varchar_pattern_ops);

CREATE INDEX cases_citizen_last4_index_4f359439 ON public.cases_citizen USING btree (last4_index);

CREATE INDEX cases_clock_assignment_id_0d52ebdc ON public.cases_clock USING btree (assignment_id);

CREATE INDEX cases_clock_case_id_bf0c46ff ON public.cases_clock USING btree (case_id);

CREATE INDEX cases_clockpause_clock_id_27b01930 ON public.cases_clockpause USING btree (clock_id);

CREATE INDEX cases_deadlinepolicy_approved_by_id_609ca00e ON public.cases_deadlinepolicy USING btree (approved_by_id);

CREATE INDEX cases_deadlinepolicy_category_id_1a3551c6 ON public.cases_deadlinepolicy USING btree (category_id);

CREATE INDEX cases_deadlinepolicy_channel_id_ab2ce874 ON public.cases_deadlinepolicy USING btree (channel_id);

CREATE INDEX cases_deadlinepolicy_region_id_87397aee ON public.cases_deadlinepolicy USING btree (region_id);

CREATE INDEX cases_decision_assignment_id_f9e255ca ON public.cases_decision USING btree (assignment_id);

CREATE INDEX cases_decision_case_id_902b31ea ON public.cases_decision USING btree (case_id);

CREATE INDEX cases_draft_number_075cbbb4_like ON public.cases_draft USING btree (number varchar_pattern_ops);

CREATE INDEX cases_draft_owner_id_344a54d9 ON public.cases_draft USING btree (owner_id);

CREATE INDEX cases_escalationstep_policy_id_93fdf505 ON public.cases_escalationstep USING btree (policy_id);

CREATE INDEX cases_export_membership_id_0c18b469 ON public.cases_export USING btree (membership_id);

CREATE INDEX cases_feedback_case_id_9a22016d ON public.cases_feedback USING btree (case_id);

CREATE INDEX cases_groupanswer_group_id_f7b28556 ON public.cases_groupanswer USING btree (group_id);

CREATE INDEX cases_handover_case_id_d0f7ad3b ON public.cases_handover USING btree (case_id);

CREATE INDEX cases_hottopic_cases_case_id_bc4570ae ON public.cases_hottopic_cases USING btree (case_id);

CREATE INDEX cases_hottopic_cases_hottopic_id_b33a8232 ON public.cases_hottopic_cases USING btree (hottopic_id);

CREATE INDEX cases_hottopic_run_id_c8acbf45 ON public.cases_hottopic USING btree (run_id);

CREATE INDEX cases_independentattempt_callback_id_31c1cb81 ON public.cases_independentattempt USING btree (callback_id);

CREATE INDEX cases_independentcallback_case_id_7af5ac82 ON public.cases_independentcallback USING btree (case_id);

CREATE INDEX cases_knowledgearticle_category_id_3dbca963 ON public.cases_knowledgearticle USING btree (category_id);

CREATE INDEX cases_knowledgearticle_unit_id_62c303b8 ON public.cases_knowledgearticle USING btree (unit_id);

CREATE INDEX cases_knowledgefile_articles_knowledgearticle_id_6b57492e ON public.cases_knowledgefile_articles USING btree (knowledgearticle_id);

CREATE INDEX cases_knowledgefile_articles_knowledgefile_id_c9c010c9 ON public.cases_knowledgefile_articles USING btree (knowledgefile_id);

CREATE INDEX cases_knowledgereport_article_id_c964a3a6 ON public.cases_knowledgereport USING btree (article_id);

CREATE INDEX cases_knowledgereport_reported_by_id_08797682 ON public.cases_knowledgereport USING btree (reported_by_id);

CREATE INDEX cases_ladderstep_case_id_a2b7ee0b ON public.cases_ladderstep USING btree (case_id);

CREATE INDEX cases_recusal_case_id_609df095 ON public.cases_recusal USING btree (case_id);

CREATE INDEX cases_recusal_person_id_0fbb5b85 ON public.cases_recusal USING btree (person_id);

CREATE INDEX cases_reply_case_id_a09e63c2 ON public.cases_reply USING btree (case_id);

CREATE INDEX cases_reveal_case_id_c7200f62 ON public.cases_reveal USING btree (case_id);

CREATE INDEX cases_savedview_owner_id_cffd84c8 ON public.cases_savedview USING btree (owner_id);

CREATE INDEX cases_suggestionuse_model_id_a54d5350 ON public.cases_suggestionuse USING btree (model_id);

CREATE INDEX cases_survey_case_id_0a65ffe1 ON public.cases_survey USING btree (case_id);

CREATE INDEX cases_verbatim_case_id_03eeb263 ON public.cases_verbatim USING btree (case_id);

CREATE INDEX casetext_bigrams ON public.cases_casetext USING gin (bigrams);

CREATE UNIQUE INDEX clock_assignment_kind_once ON public.cases_clock USING btree (assignment_id, kind) WHERE ((assignment_id IS NOT NULL) AND (stopped_at IS NULL));

CREATE INDEX clock_by_due ON public.cases_clock USING btree (kind, due_at, id);

CREATE UNIQUE INDEX clock_case_kind_once ON public.cases_clock USING btree (case_id, kind) WHERE ((assignment_id IS NULL) AND (stopped_at IS NULL));

CREATE INDEX clock_next ON public.cases_clock USING btree (next_action_at, id) WHERE (next_action_at IS NOT NULL);

CREATE INDEX contractors_adjustment_assessment_id_b3379f05 ON public.contractors_adjustment USING btree (assessment_id);

CREATE INDEX contractors_adjustment_settled_in_id_3fadd073 ON public.contractors_adjustment USING btree (settled_in_id);

CREATE INDEX contractors_agentcomplaint_about_id_137322c8 ON public.contractors_agentcomplaint USING btree (about_id);

CREATE INDEX contractors_attribution_case_id_f14a6d45 ON public.contractors_attribution USING btree (case_id);

CREATE INDEX contractors_contract_number_bb49202b_like ON public.contractors_contract USING btree (number varchar_pattern_ops);

CREATE INDEX contractors_contract_organisation_id_1c83f101 ON public.contractors_contract USING btree (organisation_id);

CREATE INDEX contractors_contractlot_contract_id_21a8610c ON public.contractors_contractlot USING btree (contract_id);

CREATE INDEX contractors_incident_contract_id_f887e8c3 ON public.contractors_incident USING btree (contract_id);

CREATE INDEX contractors_mark_by_id_88b572aa ON public.contractors_mark USING btree (by_id);

CREATE INDEX contractors_objection_assessment_id_a6c2498d ON public.contractors_objection USING btree (assessment_id);

CREATE INDEX contractors_objection_result_id_03b2d754 ON public.contractors_objection USING btree (result_id);

CREATE INDEX contractors_objectionfile_objection_id_31ec8d62 ON public.contractors_objectionfile USING btree (objection_id);

CREATE INDEX contractors_papersignaturefile_assessment_id_8aada8c8 ON public.contractors_papersignaturefile USING btree (assessment_id);

CREATE INDEX contractors_proofline_employment_id_7e523829 ON public.contractors_proofline USING btree (employment_id);

CREATE INDEX contractors_sampledcontact_case_id_10d0fbdd ON public.contractors_sampledcontact USING btree (case_id);

CREATE UNIQUE INDEX decision_of_case_once ON public.cases_decision USING btree (case_id, kind) WHERE ((assignment_id IS NULL) AND ((state)::text = 'asked'::text));

CREATE UNIQUE INDEX decision_one_at_a_time ON public.cases_decision USING btree (assignment_id, kind) WHERE ((state)::text = 'asked'::text);

CREATE INDEX decision_queue ON public.cases_decision USING btree (kind, asked_at, id) WHERE ((state)::text = 'asked'::text);

CREATE UNIQUE INDEX decision_suspended_once ON public.cases_decision USING btree (case_id) WHERE (((kind)::text = 'suspension'::text) AND (lifted_at IS NULL) AND ((state)::text = 'granted'::text));

CREATE INDEX decision_to_review ON public.cases_decision USING btree (review_at, id) WHERE (((kind)::text = 'suspension'::text) AND (lifted_at IS NULL) AND ((state)::text = 'granted'::text));

CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);

CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX employment_latest ON public.contractors_employment USING btree (recorded_at DESC, id DESC);

CREATE INDEX employment_of_contract ON public.contractors_employment USING btree (contract_id, period);

CREATE INDEX event_by_transaction ON ONLY public.cases_caseevent USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_01 ON public.cases_caseevent_2025_01 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_02 ON public.cases_caseevent_2025_02 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_03 ON public.cases_caseevent_2025_03 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_04 ON public.cases_caseevent_2025_04 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_05 ON public.cases_caseevent_2025_05 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_06 ON public.cases_caseevent_2025_06 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_07 ON public.cases_caseevent_2025_07 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_08 ON public.cases_caseevent_2025_08 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_09 ON public.cases_caseevent_2025_09 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_10 ON public.cases_caseevent_2025_10 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_11 ON public.cases_caseevent_2025_11 USING btree (xid, id);

CREATE INDEX event_by_transaction_2025_12 ON public.cases_caseevent_2025_12 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_01 ON public.cases_caseevent_2026_01 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_02 ON public.cases_caseevent_2026_02 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_03 ON public.cases_caseevent_2026_03 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_04 ON public.cases_caseevent_2026_04 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_05 ON public.cases_caseevent_2026_05 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_06 ON public.cases_caseevent_2026_06 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_07 ON public.cases_caseevent_2026_07 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_08 ON public.cases_caseevent_2026_08 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_09 ON public.cases_caseevent_2026_09 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_10 ON public.cases_caseevent_2026_10 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_11 ON public.cases_caseevent_2026_11 USING btree (xid, id);

CREATE INDEX event_by_transaction_2026_12 ON public.cases_caseevent_2026_12 USING btree (xid, id);

CREATE INDEX event_by_transaction_2027_01 ON public.cases_caseevent_2027_01 USING btree (xid, id);

CREATE INDEX event_by_transaction_2027_02 ON public.cases_caseevent_2027_02 USING btree (xid, id);

CREATE INDEX event_by_transaction_2027_03 ON public.cases_caseevent_2027_03 USING btree (xid, id);

CREATE INDEX event_by_transaction_default ON public.cases_caseevent_default USING btree (xid, id);

CREATE INDEX export_latest ON public.cases_export USING btree (asked_at, id);

CREATE INDEX export_on_the_way ON public.cases_export USING btree (state) WHERE ((state)::text = ANY ((ARRAY['approval'::character varying, 'waiting'::character varying, 'building'::character varying, 'ready'::character varying])::text[]));

CREATE INDEX feedback_by_time ON public.cases_feedback USING btree (at, id);

CREATE UNIQUE INDEX feedback_one_standing ON public.cases_feedback USING btree (case_id, round, source) WHERE (superseded_at IS NULL);

CREATE INDEX finding_by_detector ON public.oversight_finding USING btree (detector, state);

CREATE INDEX finding_latest ON public.oversight_finding USING btree (grown_at, id);

CREATE UNIQUE INDEX finding_one_unsettled ON public.oversight_finding USING btree (detector, organisation_id, person_id) NULLS NOT DISTINCT WHERE ((state)::text = ANY ((ARRAY['open'::character varying, 'review'::character varying])::text[]));

CREATE UNIQUE INDEX group_answer_one_at_a_time ON public.cases_groupanswer USING btree (group_id) WHERE (finished_at IS NULL);

CREATE INDEX group_latest ON public.cases_casegroup USING btree (changed_at DESC, id DESC);

CREATE UNIQUE INDEX group_one_of_a_main_case ON public.cases_casegroup USING btree (main_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX handover_one_at_a_time ON public.cases_handover USING btree (case_id) WHERE ((state)::text = 'offered'::text);

CREATE INDEX held_due ON public.cases_heldnotice USING btree (release_at, id) WHERE (message_id IS NULL);

CREATE INDEX hotline_apitoken_membership_id_00013996 ON public.hotline_apitoken USING btree (membership_id);

CREATE INDEX hotline_auditentry_2025_01_actor_id_at_idx ON public.hotline_auditentry_2025_01 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_01_at_id_idx ON public.hotline_auditentry_2025_01 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_01_object_type_object_id_at_idx ON public.hotline_auditentry_2025_01 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_02_actor_id_at_idx ON public.hotline_auditentry_2025_02 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_02_at_id_idx ON public.hotline_auditentry_2025_02 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_02_object_type_object_id_at_idx ON public.hotline_auditentry_2025_02 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_03_actor_id_at_idx ON public.hotline_auditentry_2025_03 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_03_at_id_idx ON public.hotline_auditentry_2025_03 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_03_object_type_object_id_at_idx ON public.hotline_auditentry_2025_03 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_04_actor_id_at_idx ON public.hotline_auditentry_2025_04 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_04_at_id_idx ON public.hotline_auditentry_2025_04 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_04_object_type_object_id_at_idx ON public.hotline_auditentry_2025_04 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_05_actor_id_at_idx ON public.hotline_auditentry_2025_05 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_05_at_id_idx ON public.hotline_auditentry_2025_05 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_05_object_type_object_id_at_idx ON public.hotline_auditentry_2025_05 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_06_actor_id_at_idx ON public.hotline_auditentry_2025_06 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_06_at_id_idx ON public.hotline_auditentry_2025_06 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_06_object_type_object_id_at_idx ON public.hotline_auditentry_2025_06 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_07_actor_id_at_idx ON public.hotline_auditentry_2025_07 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_07_at_id_idx ON public.hotline_auditentry_2025_07 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_07_object_type_object_id_at_idx ON public.hotline_auditentry_2025_07 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_08_actor_id_at_idx ON public.hotline_auditentry_2025_08 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_08_at_id_idx ON public.hotline_auditentry_2025_08 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_08_object_type_object_id_at_idx ON public.hotline_auditentry_2025_08 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_09_actor_id_at_idx ON public.hotline_auditentry_2025_09 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_09_at_id_idx ON public.hotline_auditentry_2025_09 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_09_object_type_object_id_at_idx ON public.hotline_auditentry_2025_09 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_10_actor_id_at_idx ON public.hotline_auditentry_2025_10 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_10_at_id_idx ON public.hotline_auditentry_2025_10 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_10_object_type_object_id_at_idx ON public.hotline_auditentry_2025_10 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_11_actor_id_at_idx ON public.hotline_auditentry_2025_11 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_11_at_id_idx ON public.hotline_auditentry_2025_11 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_11_object_type_object_id_at_idx ON public.hotline_auditentry_2025_11 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2025_12_actor_id_at_idx ON public.hotline_auditentry_2025_12 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2025_12_at_id_idx ON public.hotline_auditentry_2025_12 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2025_12_object_type_object_id_at_idx ON public.hotline_auditentry_2025_12 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_01_actor_id_at_idx ON public.hotline_auditentry_2026_01 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_01_at_id_idx ON public.hotline_auditentry_2026_01 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_01_object_type_object_id_at_idx ON public.hotline_auditentry_2026_01 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_02_actor_id_at_idx ON public.hotline_auditentry_2026_02 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_02_at_id_idx ON public.hotline_auditentry_2026_02 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_02_object_type_object_id_at_idx ON public.hotline_auditentry_2026_02 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_03_actor_id_at_idx ON public.hotline_auditentry_2026_03 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_03_at_id_idx ON public.hotline_auditentry_2026_03 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_03_object_type_object_id_at_idx ON public.hotline_auditentry_2026_03 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_04_actor_id_at_idx ON public.hotline_auditentry_2026_04 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_04_at_id_idx ON public.hotline_auditentry_2026_04 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_04_object_type_object_id_at_idx ON public.hotline_auditentry_2026_04 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_05_actor_id_at_idx ON public.hotline_auditentry_2026_05 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_05_at_id_idx ON public.hotline_auditentry_2026_05 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_05_object_type_object_id_at_idx ON public.hotline_auditentry_2026_05 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_06_actor_id_at_idx ON public.hotline_auditentry_2026_06 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_06_at_id_idx ON public.hotline_auditentry_2026_06 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_06_object_type_object_id_at_idx ON public.hotline_auditentry_2026_06 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_07_actor_id_at_idx ON public.hotline_auditentry_2026_07 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_07_at_id_idx ON public.hotline_auditentry_2026_07 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_07_object_type_object_id_at_idx ON public.hotline_auditentry_2026_07 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_08_actor_id_at_idx ON public.hotline_auditentry_2026_08 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_08_at_id_idx ON public.hotline_auditentry_2026_08 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_08_object_type_object_id_at_idx ON public.hotline_auditentry_2026_08 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_09_actor_id_at_idx ON public.hotline_auditentry_2026_09 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_09_at_id_idx ON public.hotline_auditentry_2026_09 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_09_object_type_object_id_at_idx ON public.hotline_auditentry_2026_09 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_10_actor_id_at_idx ON public.hotline_auditentry_2026_10 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_10_at_id_idx ON public.hotline_auditentry_2026_10 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_10_object_type_object_id_at_idx ON public.hotline_auditentry_2026_10 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_11_actor_id_at_idx ON public.hotline_auditentry_2026_11 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_11_at_id_idx ON public.hotline_auditentry_2026_11 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_11_object_type_object_id_at_idx ON public.hotline_auditentry_2026_11 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2026_12_actor_id_at_idx ON public.hotline_auditentry_2026_12 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2026_12_at_id_idx ON public.hotline_auditentry_2026_12 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2026_12_object_type_object_id_at_idx ON public.hotline_auditentry_2026_12 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2027_01_actor_id_at_idx ON public.hotline_auditentry_2027_01 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2027_01_at_id_idx ON public.hotline_auditentry_2027_01 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2027_01_object_type_object_id_at_idx ON public.hotline_auditentry_2027_01 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2027_02_actor_id_at_idx ON public.hotline_auditentry_2027_02 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2027_02_at_id_idx ON public.hotline_auditentry_2027_02 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2027_02_object_type_object_id_at_idx ON public.hotline_auditentry_2027_02 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_2027_03_actor_id_at_idx ON public.hotline_auditentry_2027_03 USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_2027_03_at_id_idx ON public.hotline_auditentry_2027_03 USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_2027_03_object_type_object_id_at_idx ON public.hotline_auditentry_2027_03 USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_auditentry_default_actor_id_at_idx ON public.hotline_auditentry_default USING btree (actor_id, at DESC);

CREATE INDEX hotline_auditentry_default_at_id_idx ON public.hotline_auditentry_default USING btree (at DESC, id DESC);

CREATE INDEX hotline_auditentry_default_object_type_object_id_at_idx ON public.hotline_auditentry_default USING btree (object_type, object_id, at DESC);

CREATE INDEX hotline_authenticator_user_id_d5483d57 ON public.hotline_authenticator USING btree (user_id);

CREATE INDEX hotline_calendar_code_3a855810_like ON public.hotline_calendar USING btree (code varchar_pattern_ops);

CREATE INDEX hotline_calendarday_calendar_id_17af6ab8 ON public.hotline_calendarday USING btree (calendar_id);

CREATE INDEX hotline_calendaryear_approved_by_id_ad0e144a ON public.hotline_calendaryear USING btree (approved_by_id);

CREATE INDEX hotline_calendaryear_calendar_id_c612af62 ON public.hotline_calendaryear USING btree (calendar_id);

CREATE INDEX hotline_heartbeat_name_e767139a_like ON public.hotline_heartbeat USING btree (name varchar_pattern_ops);

CREATE INDEX hotline_membership_organisation_id_ca9b3f15 ON public.hotline_membership USING btree (organisation_id);

CREATE INDEX hotline_membership_user_id_9ae656e4 ON public.hotline_membership USING btree (user_id);

CREATE INDEX hotline_message_author_id_59bb065b ON public.hotline_message USING btree (author_id);

CREATE INDEX hotline_message_template_id_c6685b25 ON public.hotline_message USING btree (template_id);

CREATE INDEX hotline_message_to_organisation_id_e80a1b37 ON public.hotline_message USING btree (to_organisation_id);

CREATE INDEX hotline_message_to_user_id_724f1749 ON public.hotline_message USING btree (to_user_id);

CREATE INDEX hotline_messagetemplate_approved_by_id_de1f686f ON public.hotline_messagetemplate USING btree (approved_by_id);

CREATE INDEX hotline_organisation_calendar_id_d3648189 ON public.hotline_organisation USING btree (calendar_id);

CREATE INDEX hotline_organisation_code_0b50b3ee_like ON public.hotline_organisation USING btree (code varchar_pattern_ops);

CREATE INDEX hotline_organisation_parent_id_e6fbc249 ON public.hotline_organisation USING btree (parent_id);

CREATE INDEX hotline_organisation_path_17a02035_like ON public.hotline_organisation USING btree (path varchar_pattern_ops);

CREATE INDEX hotline_organisation_region_id_bd4b468b ON public.hotline_organisation USING btree (region_id);

CREATE INDEX hotline_ratecount_began_at_3ef33c31 ON public.hotline_ratecount USING btree (began_at);

CREATE INDEX hotline_ratecount_key_c0e57bdf_like ON public.hotline_ratecount USING btree (key varchar_pattern_ops);

CREATE INDEX hotline_region_code_3708614a_like ON public.hotline_region USING btree (code varchar_pattern_ops);

CREATE INDEX hotline_region_parent_id_81ec4695 ON public.hotline_region USING btree (parent_id);

CREATE INDEX hotline_region_path_6f0dd3ce_like ON public.hotline_region USING btree (path varchar_pattern_ops);

CREATE INDEX hotline_requestkey_created_at_5670eb76 ON public.hotline_requestkey USING btree (created_at);

CREATE INDEX hotline_user_username_82dd7a07_like ON public.hotline_user USING btree (username varchar_pattern_ops);

CREATE INDEX import_by_file ON public.cases_importrun USING btree (digest, started_at DESC);

CREATE INDEX incident_in_period ON public.contractors_incident USING btree (contract_id, kind, at);

CREATE INDEX independent_by_end ON public.cases_independentcallback USING btree (ended_at, id) WHERE (ended_at IS NOT NULL);

CREATE UNIQUE INDEX independent_one_in_hand ON public.cases_independentcallback USING btree (given_to_id) WHERE (ended_at IS NULL);

CREATE INDEX independent_to_give ON public.cases_independentcallback USING btree (next_at, id) WHERE (ended_at IS NULL);

CREATE INDEX knowledge_bigrams ON public.cases_knowledgearticle USING gin (bigrams);

CREATE UNIQUE INDEX knowledge_current ON public.cases_knowledgearticle USING btree (key) WHERE ((approved_at IS NOT NULL) AND (replaced_at IS NULL));

CREATE UNIQUE INDEX knowledge_one_draft ON public.cases_knowledgearticle USING btree (key) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'proposed'::character varying])::text[]));

CREATE INDEX knowledge_report_due ON public.cases_knowledgereport USING btree (due_at, id) WHERE ((outcome)::text = ''::text);

CREATE INDEX knowledge_report_open ON public.cases_knowledgereport USING btree (unit_id, due_at, id) WHERE ((outcome)::text = ''::text);

CREATE INDEX ladder_awaited ON public.cases_ladderstep USING btree (due_at, id) WHERE ((state)::text = ANY ((ARRAY['open'::character varying, 'answered'::character varying])::text[]));

CREATE INDEX ladder_latest ON public.cases_ladderstep USING btree (issued_at DESC, id DESC);

CREATE INDEX ladder_of_unit ON public.cases_ladderstep USING btree (unit_id, issued_at DESC, id DESC);

CREATE UNIQUE INDEX ladder_once_a_limit ON public.cases_ladderstep USING btree (clock_id, rung, limit_due_at) WHERE (clock_id IS NOT NULL);

CREATE INDEX mark_by_time ON public.contractors_mark USING btree (submitted_at, id) WHERE ((seat)::text = 'second'::text);

CREATE INDEX message_about ON public.hotline_message USING btree (about);

CREATE INDEX message_due ON public.hotline_message USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);

CREATE INDEX message_inbox ON public.hotline_message USING btree (to_organisation_id, created_at DESC) WHERE ((channel)::text = 'in_app'::text);

CREATE INDEX message_latest ON public.hotline_message USING btree (created_at DESC, id DESC);

CREATE INDEX message_read ON public.hotline_message USING btree (to_user_id, created_at DESC) WHERE (((channel)::text = 'in_app'::text) AND ((state)::text = 'sent'::text) AND (read_at IS NOT NULL));

CREATE INDEX message_read_of_role ON public.hotline_message USING btree (to_role, created_at DESC) WHERE (((channel)::text = 'in_app'::text) AND ((state)::text = 'sent'::text) AND (read_at IS NOT NULL) AND (to_organisation_id IS NULL) AND (to_user_id IS NULL));

CREATE INDEX message_read_of_unit ON public.hotline_message USING btree (to_organisation_id, created_at DESC) WHERE (((channel)::text = 'in_app'::text) AND ((state)::text = 'sent'::text) AND (read_at IS NOT NULL));

CREATE INDEX message_to_role ON public.hotline_message USING btree (to_role, created_at DESC) WHERE (((channel)::text = 'in_app'::text) AND ((state)::text = 'sent'::text) AND (to_organisation_id IS NULL) AND (to_user_id IS NULL));

CREATE INDEX message_unread ON public.hotline_message USING btree (to_user_id) WHERE (((channel)::text = 'in_app'::text) AND ((state)::text = 'sent'::text) AND (read_at IS NULL));

CREATE INDEX message_unread_of_role ON public.hotline_message USING btree (to_role) WHERE (((channel)::text = 'in_app'::text) AND ((state)::text = 'sent'::text) AND (read_at IS NULL) AND (to_organisation_id IS NULL) AND (to_user_id IS NULL));

CREATE INDEX message_unread_of_unit ON public.hotline_message USING btree (to_organisation_id, to_role) WHERE (((channel)::text = 'in_app'::text) AND ((state)::text = 'sent'::text) AND (read_at IS NULL));

CREATE UNIQUE INDEX objection_one_at_a_time ON public.contractors_objection USING btree (result_id) WHERE ((state)::text = 'waiting'::text);

CREATE INDEX otp_static_staticdevice_user_id_7f9cff2b ON public.otp_static_staticdevice USING btree (user_id);

CREATE INDEX otp_static_statictoken_device_id_74b7c7d1 ON public.otp_static_statictoken USING btree (device_id);

CREATE INDEX otp_static_statictoken_token_d0a51866 ON public.otp_static_statictoken USING btree (token);

CREATE INDEX otp_static_statictoken_token_d0a51866_like ON public.otp_static_statictoken USING btree (token varchar_pattern_ops);

CREATE INDEX oversight_findingnote_finding_id_f11916bc ON public.oversight_findingnote USING btree (finding_id);

CREATE INDEX oversight_findingrow_finding_id_4c46b74e ON public.oversight_findingrow USING btree (finding_id);

CREATE INDEX oversight_findingstep_finding_id_4c5420bf ON public.oversight_findingstep USING btree (finding_id);

CREATE INDEX oversight_topicname_name_cb0996e6_like ON public.oversight_topicname USING btree (name varchar_pattern_ops);

CREATE INDEX own_report_latest ON public.contractors_ownreport USING btree (contract_id, month, id DESC);

CREATE UNIQUE INDEX pause_open_once ON public.cases_clockpause USING btree (clock_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX proof_file_once ON public.contractors_proof USING btree (contract_id, kind, digest) WHERE (NOT ((state)::text = 'rejected'::text));

CREATE INDEX proof_latest ON public.contractors_proof USING btree (submitted_at DESC, id DESC);

CREATE INDEX proof_to_check ON public.contractors_proof USING btree (submitted_at, id) WHERE ((state)::text = 'submitted'::text);

CREATE INDEX proposal_latest ON public.hotline_proposal USING btree (proposed_at DESC, id DESC);

CREATE UNIQUE INDEX proposal_one_at_a_time ON public.hotline_proposal USING btree (subject, target) WHERE (((state)::text = 'proposed'::text) AND (NOT ((target)::text = ''::text)));

CREATE INDEX quotation_of_article ON public.cases_quotation USING btree (article_id, at DESC);

CREATE UNIQUE INDEX recusal_once ON public.cases_recusal USING btree (case_id, person_id) WHERE (lifted_at IS NULL);

CREATE UNIQUE INDEX reply_one_report_at_a_time ON public.cases_reply USING btree (assignment_id) WHERE ((state)::text = 'reported'::text);

CREATE UNIQUE INDEX reply_one_under_review ON public.cases_reply USING btree (case_id, round) WHERE ((state)::text = 'submitted'::text);

CREATE INDEX reply_to_review ON public.cases_reply USING btree (submitted_at, id) WHERE ((state)::text = 'submitted'::text);

CREATE INDEX reveal_by_person ON public.cases_reveal USING btree (by_id, at);

CREATE INDEX sampled_by_agent ON public.contractors_sampledcontact USING btree (agent_id, published_at DESC);

CREATE INDEX sampled_by_publication ON public.contractors_sampledcontact USING btree (published_at, id) WHERE (published_at IS NOT NULL);

CREATE INDEX sampled_to_lock ON public.contractors_sampledcontact USING btree (appeal_until, id) WHERE ((state)::text = 'published'::text);

CREATE INDEX shift_of_organisation ON public.contractors_shift USING gist (organisation_id, span);

CREATE UNIQUE INDEX suggestion_model_one_on ON public.cases_suggestionmodel USING btree (target) WHERE (on_since IS NOT NULL);

CREATE UNIQUE INDEX suggestion_model_one_training ON public.cases_suggestionmodel USING btree (target) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'training'::character varying])::text[]));

CREATE INDEX survey_by_end ON public.cases_survey USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX survey_callbacks ON public.cases_survey USING btree (sent_at, id) WHERE ((state)::text = 'callback'::text);

CREATE INDEX survey_due ON public.cases_survey USING btree (next_action_at, id) WHERE (next_action_at IS NOT NULL);

CREATE UNIQUE INDEX template_current ON public.hotline_messagetemplate USING btree (key) WHERE (retired_at IS NULL);

CREATE UNIQUE INDEX terms_one_draft ON public.contractors_terms USING btree (contract_id) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'proposed'::character varying])::text[]));

CREATE INDEX typicalcase_latest ON public.oversight_typicalcase USING btree (written_at DESC, id DESC);

CREATE UNIQUE INDEX typicalcase_once ON public.oversight_typicalcase USING btree (case_id) WHERE ((NOT ((state)::text = 'dropped'::text)) AND (withdrawn_at IS NULL));

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_01;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_02;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_03;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_04;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_05;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_06;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_07;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_08;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_09;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_10;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_11;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2025_12;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_01;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_02;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_03;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_04;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_05;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_06;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_07;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_08;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_09;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_10;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_11;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2026_12;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2027_01;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2027_02;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_2027_03;

ALTER INDEX public.audit_by_transaction ATTACH PARTITION public.audit_by_transaction_default;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_01_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_01_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_01_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_02_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_02_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_02_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_03_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_03_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_03_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_04_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_04_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_04_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_05_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_05_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_05_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_06_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_06_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_06_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_07_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_07_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_07_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_08_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_08_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_08_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_09_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_09_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_09_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_10_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_10_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_10_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_11_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_11_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_11_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2025_12_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2025_12_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2025_12_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_01_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_01_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_01_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_02_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_02_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_02_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_03_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_03_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_03_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_04_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_04_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_04_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_05_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_05_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_05_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_06_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_06_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_06_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_07_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_07_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_07_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_08_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_08_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_08_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_09_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_09_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_09_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_10_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_10_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_10_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_11_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_11_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_11_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2026_12_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2026_12_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2026_12_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2027_01_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2027_01_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2027_01_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2027_02_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2027_02_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2027_02_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_2027_03_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_2027_03_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_2027_03_pkey;

ALTER INDEX public.event_of_case ATTACH PARTITION public.cases_caseevent_default_case_id_at_id_idx;

ALTER INDEX public.event_by_kind ATTACH PARTITION public.cases_caseevent_default_kind_at_id_idx;

ALTER INDEX public.cases_caseevent_pkey ATTACH PARTITION public.cases_caseevent_default_pkey;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_01;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_02;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_03;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_04;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_05;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_06;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_07;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_08;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_09;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_10;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_11;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2025_12;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_01;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_02;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_03;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_04;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_05;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_06;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_07;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_08;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_09;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_10;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_11;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2026_12;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2027_01;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2027_02;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_2027_03;

ALTER INDEX public.event_by_transaction ATTACH PARTITION public.event_by_transaction_default;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_01_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_01_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_01_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_01_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_02_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_02_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_02_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_02_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_03_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_03_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_03_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_03_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_04_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_04_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_04_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_04_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_05_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_05_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_05_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_05_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_06_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_06_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_06_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_06_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_07_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_07_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_07_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_07_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_08_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_08_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_08_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_08_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_09_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_09_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_09_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_09_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_10_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_10_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_10_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_10_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_11_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_11_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_11_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_11_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2025_12_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2025_12_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2025_12_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2025_12_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_01_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_01_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_01_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_01_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_02_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_02_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_02_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_02_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_03_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_03_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_03_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_03_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_04_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_04_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_04_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_04_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_05_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_05_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_05_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_05_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_06_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_06_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_06_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_06_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_07_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_07_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_07_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_07_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_08_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_08_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_08_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_08_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_09_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_09_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_09_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_09_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_10_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_10_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_10_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_10_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_11_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_11_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_11_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_11_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2026_12_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2026_12_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2026_12_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2026_12_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2027_01_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2027_01_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2027_01_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2027_01_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2027_02_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2027_02_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2027_02_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2027_02_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_2027_03_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_2027_03_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_2027_03_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_2027_03_pkey;

ALTER INDEX public.audit_by_actor ATTACH PARTITION public.hotline_auditentry_default_actor_id_at_idx;

ALTER INDEX public.audit_latest ATTACH PARTITION public.hotline_auditentry_default_at_id_idx;

ALTER INDEX public.audit_by_object ATTACH PARTITION public.hotline_auditentry_default_object_type_object_id_at_idx;

ALTER INDEX public.hotline_auditentry_pkey ATTACH PARTITION public.hotline_auditentry_default_pkey;

CREATE TRIGGER access_follows AFTER INSERT OR UPDATE OF term, signed_at ON public.contractors_contract FOR EACH ROW EXECUTE FUNCTION public.contractors_contract_moved();

CREATE TRIGGER access_follows AFTER INSERT OR DELETE OR UPDATE OF period, contract_id, user_id ON public.contractors_employment FOR EACH ROW EXECUTE FUNCTION public.contractors_employment_moved();

CREATE TRIGGER approved BEFORE INSERT OR DELETE OR UPDATE ON public.contractors_scorecarditem FOR EACH ROW EXECUTE FUNCTION public.contractors_scorecard_approved();

CREATE TRIGGER approved_words BEFORE DELETE OR UPDATE ON public.oversight_typicalcase FOR EACH ROW EXECUTE FUNCTION public.oversight_approved_words();

CREATE TRIGGER assignment_changed AFTER UPDATE ON public.cases_assignment REFERENCING OLD TABLE AS old_rows NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_assignment_changed();

CREATE TRIGGER assignment_made AFTER INSERT ON public.cases_assignment REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_assignment_made();

CREATE TRIGGER assignment_not_to_subject BEFORE INSERT OR UPDATE OF unit_id, case_id, state ON public.cases_assignment FOR EACH ROW WHEN (((new.state)::text = ANY ((ARRAY['dispatched'::character varying, 'handling'::character varying, 'replied'::character varying])::text[]))) EXECUTE FUNCTION public.cases_assignment_not_to_subject();

CREATE TRIGGER assignment_place_kept BEFORE UPDATE OF parent_id, tier, case_id, round ON public.cases_assignment FOR EACH ROW WHEN (((((old.parent_id IS DISTINCT FROM new.parent_id) OR (old.tier IS DISTINCT FROM new.tier)) OR (old.case_id IS DISTINCT FROM new.case_id)) OR (old.round IS DISTINCT FROM new.round))) EXECUTE FUNCTION public.cases_assignment_place();

CREATE TRIGGER assignment_place_made BEFORE INSERT ON public.cases_assignment FOR EACH ROW EXECUTE FUNCTION public.cases_assignment_place();

CREATE TRIGGER callbackattempt_changed AFTER UPDATE ON public.cases_callbackattempt REFERENCING OLD TABLE AS old_rows NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_callbackattempt_changed();

CREATE TRIGGER callbackattempt_made AFTER INSERT ON public.cases_callbackattempt REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_callbackattempt_made();

CREATE TRIGGER case_changed AFTER UPDATE ON public.cases_case REFERENCING OLD TABLE AS old_rows NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_case_changed();

CREATE TRIGGER case_made AFTER INSERT ON public.cases_case REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_case_made();

CREATE TRIGGER case_not_with_subject AFTER UPDATE OF confidential, subject_unit_id ON public.cases_case FOR EACH ROW WHEN ((new.confidential AND (new.subject_unit_id IS NOT NULL))) EXECUTE FUNCTION public.cases_case_not_with_subject();

CREATE TRIGGER clock_changed AFTER UPDATE ON public.cases_clock REFERENCING OLD TABLE AS old_rows NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_clock_changed();

CREATE TRIGGER clock_made AFTER INSERT ON public.cases_clock REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_clock_made();

CREATE TRIGGER decision_changed AFTER UPDATE ON public.cases_decision REFERENCING OLD TABLE AS old_rows NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_decision_changed();

CREATE TRIGGER decision_made AFTER INSERT ON public.cases_decision REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_decision_made();

CREATE TRIGGER entered BEFORE DELETE OR UPDATE ON public.contractors_adjustment FOR EACH ROW EXECUTE FUNCTION public.contractors_entered();

CREATE TRIGGER feedback_changed AFTER UPDATE ON public.cases_feedback REFERENCING OLD TABLE AS old_rows NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_feedback_changed();

CREATE TRIGGER feedback_made AFTER INSERT ON public.cases_feedback REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_feedback_made();

CREATE TRIGGER frozen BEFORE DELETE OR UPDATE ON public.contractors_sample FOR EACH ROW EXECUTE FUNCTION public.contractors_sample_frozen();

CREATE TRIGGER frozen_bulletin BEFORE DELETE OR UPDATE ON public.oversight_bulletin FOR EACH ROW EXECUTE FUNCTION public.oversight_frozen_bulletin();

CREATE TRIGGER handed_in BEFORE DELETE OR UPDATE ON public.contractors_mark FOR EACH ROW EXECUTE FUNCTION public.contractors_mark_handed_in();

CREATE TRIGGER handed_in BEFORE INSERT OR DELETE OR UPDATE ON public.contractors_markline FOR EACH ROW EXECUTE FUNCTION public.contractors_mark_line_handed_in();

CREATE TRIGGER independent_stays BEFORE DELETE OR UPDATE ON public.cases_feedback FOR EACH ROW WHEN (((old.source)::text = 'independent'::text)) EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER keep_sample BEFORE DELETE OR UPDATE ON public.oversight_auditsample FOR EACH ROW EXECUTE FUNCTION public.oversight_keep_sample();

CREATE TRIGGER locked_month BEFORE DELETE OR UPDATE ON public.contractors_assessment FOR EACH ROW EXECUTE FUNCTION public.contractors_locked_month();

CREATE TRIGGER lots_follow AFTER UPDATE OF term, signed_at ON public.contractors_contract FOR EACH ROW EXECUTE FUNCTION public.contractors_lots_follow();

CREATE TRIGGER only_while_freezing BEFORE INSERT ON public.oversight_auditedcase FOR EACH ROW EXECUTE FUNCTION public.oversight_only_while_freezing();

CREATE TRIGGER policy_approved BEFORE INSERT ON public.cases_deadlinepolicy FOR EACH ROW EXECUTE FUNCTION public.hotline_needs_approval();

CREATE TRIGGER policy_frozen BEFORE DELETE OR UPDATE ON public.cases_deadlinepolicy FOR EACH ROW EXECUTE FUNCTION public.cases_policy_frozen();

CREATE TRIGGER proposal_frozen BEFORE DELETE OR UPDATE ON public.hotline_proposal FOR EACH ROW EXECUTE FUNCTION public.hotline_proposal_frozen();

CREATE TRIGGER reason_approved BEFORE INSERT ON public.cases_reason FOR EACH ROW EXECUTE FUNCTION public.hotline_needs_approval();

CREATE TRIGGER reason_frozen BEFORE DELETE OR UPDATE ON public.cases_reason FOR EACH ROW EXECUTE FUNCTION public.cases_reason_frozen();

CREATE TRIGGER reason_known BEFORE INSERT OR UPDATE OF reason, kind ON public.cases_decision FOR EACH ROW EXECUTE FUNCTION public.cases_reason_known('reason', 'kind');

CREATE TRIGGER reason_known BEFORE INSERT OR UPDATE OF reason ON public.cases_reveal FOR EACH ROW EXECUTE FUNCTION public.cases_reason_known('reason', 'reveal');

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.cases_caseevent FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.cases_independentattempt FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.cases_independentdraw FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.contractors_attribution FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.contractors_papersignature FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.contractors_papersignaturefile FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.contractors_score FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.hotline_auditentry FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.hotline_auditseal FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_auditedcase FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_caseverdict FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_findingnote FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_findingrow FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_findingstep FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_frozenfigure FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_monthcost FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_publicmonth FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.oversight_topicwording FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_01 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_02 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_03 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_04 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_05 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_06 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_07 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_08 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_09 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_10 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_11 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2025_12 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_01 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_02 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_03 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_04 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_05 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_06 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_07 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_08 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_09 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_10 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_11 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2026_12 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2027_01 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2027_02 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_2027_03 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_caseevent_default FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_independentattempt FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_independentcallback FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.cases_independentdraw FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_01 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_02 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_03 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_04 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_05 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_06 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_07 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_08 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_09 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_10 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_11 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2025_12 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_01 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_02 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_03 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_04 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_05 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_06 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_07 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_08 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_09 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_10 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_11 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2026_12 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2027_01 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2027_02 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_2027_03 FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditentry_default FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.hotline_auditseal FOR EACH STATEMENT EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER result_known BEFORE INSERT OR UPDATE OF result ON public.cases_callbackattempt FOR EACH ROW EXECUTE FUNCTION public.cases_reason_known('result', 'callback');

CREATE TRIGGER result_known BEFORE INSERT ON public.cases_independentattempt FOR EACH ROW EXECUTE FUNCTION public.cases_reason_known('result', 'callback');

CREATE TRIGGER review_reason_known BEFORE INSERT OR UPDATE OF review_reason ON public.cases_reply FOR EACH ROW WHEN (((new.review_reason)::text <> ''::text)) EXECUTE FUNCTION public.cases_reason_known('review_reason', 'send_back');

CREATE TRIGGER rule_version_approved BEFORE INSERT ON public.hotline_ruleversion FOR EACH ROW EXECUTE FUNCTION public.hotline_needs_approval();

CREATE TRIGGER rule_version_frozen BEFORE DELETE OR UPDATE ON public.hotline_ruleversion FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER score_rises BEFORE INSERT ON public.contractors_score FOR EACH ROW EXECUTE FUNCTION public.contractors_score_rises();

CREATE TRIGGER signed_clauses BEFORE INSERT OR DELETE OR UPDATE ON public.contractors_clause FOR EACH ROW EXECUTE FUNCTION public.contractors_signed_clauses();

CREATE TRIGGER signed_contract BEFORE DELETE OR UPDATE ON public.contractors_contract FOR EACH ROW EXECUTE FUNCTION public.contractors_signed_contract();

CREATE TRIGGER signed_lots BEFORE INSERT OR DELETE OR UPDATE ON public.contractors_contractlot FOR EACH ROW EXECUTE FUNCTION public.contractors_signed_lots();

CREATE TRIGGER signed_terms BEFORE DELETE OR UPDATE ON public.contractors_terms FOR EACH ROW EXECUTE FUNCTION public.contractors_signed_terms();

CREATE TRIGGER stays BEFORE DELETE OR UPDATE ON public.cases_independentcallback FOR EACH ROW EXECUTE FUNCTION public.cases_independent_stays();

CREATE TRIGGER step_frozen BEFORE DELETE OR UPDATE ON public.cases_escalationstep FOR EACH ROW EXECUTE FUNCTION public.hotline_refuse_change();

CREATE TRIGGER survey_changed AFTER UPDATE ON public.cases_survey REFERENCING OLD TABLE AS old_rows NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_survey_changed();

CREATE TRIGGER survey_made AFTER INSERT ON public.cases_survey REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.cases_tally_survey_made();

CREATE TRIGGER template_approved BEFORE INSERT ON public.hotline_messagetemplate FOR EACH ROW EXECUTE FUNCTION public.hotline_needs_approval();

CREATE TRIGGER template_frozen BEFORE DELETE OR UPDATE ON public.hotline_messagetemplate FOR EACH ROW EXECUTE FUNCTION public.hotline_template_frozen();

CREATE TRIGGER unsolved_reason_known BEFORE INSERT OR UPDATE OF unsolved_reason ON public.cases_reply FOR EACH ROW WHEN (((new.unsolved_reason)::text <> ''::text)) EXECUTE FUNCTION public.cases_reason_known('unsolved_reason', 'unsolved');

CREATE TRIGGER within_contract BEFORE INSERT OR UPDATE OF period, contract_id ON public.contractors_employment FOR EACH ROW EXECUTE FUNCTION public.contractors_employment_within();

CREATE TRIGGER within_contract BEFORE INSERT OR UPDATE OF valid, user_id, organisation_id ON public.hotline_membership FOR EACH ROW EXECUTE FUNCTION public.contractors_cut_membership();

CREATE TRIGGER within_locked_month BEFORE INSERT OR DELETE OR UPDATE ON public.contractors_clauseresult FOR EACH ROW EXECUTE FUNCTION public.contractors_within_locked_month();

CREATE TRIGGER within_locked_month BEFORE INSERT OR DELETE OR UPDATE ON public.contractors_objection FOR EACH ROW EXECUTE FUNCTION public.contractors_within_locked_month();

CREATE TRIGGER within_locked_month BEFORE INSERT OR DELETE OR UPDATE ON public.contractors_objectionfile FOR EACH ROW EXECUTE FUNCTION public.contractors_files_of_locked_month();

CREATE TRIGGER within_locked_month BEFORE INSERT ON public.contractors_papersignature FOR EACH ROW EXECUTE FUNCTION public.contractors_within_locked_month();

CREATE TRIGGER within_locked_month BEFORE INSERT ON public.contractors_papersignaturefile FOR EACH ROW EXECUTE FUNCTION public.contractors_within_locked_month();

CREATE TRIGGER year_approved BEFORE INSERT OR UPDATE ON public.hotline_calendaryear FOR EACH ROW EXECUTE FUNCTION public.hotline_needs_approval();

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_assignment
    ADD CONSTRAINT cases_assignment_case_id_b0be0e7a_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_assignment
    ADD CONSTRAINT cases_assignment_dispatched_by_id_ba08e422_fk_hotline_user_id FOREIGN KEY (dispatched_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_assignment
    ADD CONSTRAINT cases_assignment_handler_id_75055731_fk_hotline_user_id FOREIGN KEY (handler_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_assignment
    ADD CONSTRAINT cases_assignment_parent_id_a7dd5cb1_fk_cases_assignment_id FOREIGN KEY (parent_id) REFERENCES public.cases_assignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_assignment
    ADD CONSTRAINT cases_assignment_signed_by_id_7024a24b_fk_hotline_user_id FOREIGN KEY (signed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_assignment
    ADD CONSTRAINT cases_assignment_unit_id_a6a9581f_fk_hotline_organisation_id FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_attachment
    ADD CONSTRAINT cases_attachment_case_id_1cf64b9f_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_attachment
    ADD CONSTRAINT cases_attachment_reply_id_7974d137_fk_cases_reply_id FOREIGN KEY (reply_id) REFERENCES public.cases_reply(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_attachment
    ADD CONSTRAINT cases_attachment_uploaded_by_id_08713a22_fk_hotline_user_id FOREIGN KEY (uploaded_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_burst
    ADD CONSTRAINT cases_burst_category_id_bc9d14d8_fk_cases_category_id FOREIGN KEY (category_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_burst
    ADD CONSTRAINT cases_burst_group_id_972912b7_fk_cases_casegroup_id FOREIGN KEY (group_id) REFERENCES public.cases_casegroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_burst
    ADD CONSTRAINT cases_burst_region_id_545d99f1_fk_hotline_region_id FOREIGN KEY (region_id) REFERENCES public.hotline_region(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_call
    ADD CONSTRAINT cases_call_agent_id_1a8bf7ef_fk_hotline_user_id FOREIGN KEY (agent_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_call
    ADD CONSTRAINT cases_call_case_id_3709e23b_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_call
    ADD CONSTRAINT cases_call_citizen_id_ef31ea94_fk_cases_citizen_id FOREIGN KEY (citizen_id) REFERENCES public.cases_citizen(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_call
    ADD CONSTRAINT cases_call_organisation_id_abddfdf4_fk_hotline_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_callbackattempt
    ADD CONSTRAINT cases_callbackattemp_organisation_id_0d057cf2_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_callbackattempt
    ADD CONSTRAINT cases_callbackattempt_by_id_153c97ee_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_callbackattempt
    ADD CONSTRAINT cases_callbackattempt_survey_id_cb68a727_fk_cases_survey_id FOREIGN KEY (survey_id) REFERENCES public.cases_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_callplatform
    ADD CONSTRAINT cases_callplatform_membership_id_019024a8_fk_hotline_m FOREIGN KEY (membership_id) REFERENCES public.hotline_membership(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_callreport
    ADD CONSTRAINT cases_callreport_platform_id_0ff95008_fk_cases_callplatform_id FOREIGN KEY (platform_id) REFERENCES public.cases_callplatform(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_category_id_c6dc5a5a_fk_cases_category_id FOREIGN KEY (category_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_channel_id_04e45f90_fk_cases_channel_id FOREIGN KEY (channel_id) REFERENCES public.cases_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_citizen_id_f15adce1_fk_cases_citizen_id FOREIGN KEY (citizen_id) REFERENCES public.cases_citizen(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_group_id_6395295c_fk_cases_casegroup_id FOREIGN KEY (group_id) REFERENCES public.cases_casegroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_proposed_unit_id_cfb6c0ae_fk_hotline_organisation_id FOREIGN KEY (proposed_unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_region_id_ffee331b_fk_hotline_region_id FOREIGN KEY (region_id) REFERENCES public.hotline_region(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_subject_unit_id_3b3d4202_fk_hotline_organisation_id FOREIGN KEY (subject_unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_taken_by_id_2fd12b04_fk_hotline_user_id FOREIGN KEY (taken_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_taken_by_organisatio_5226c4cf_fk_hotline_o FOREIGN KEY (taken_by_organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_case
    ADD CONSTRAINT cases_case_unit_id_f34fc706_fk_hotline_organisation_id FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.cases_caseevent
    ADD CONSTRAINT cases_caseevent_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES public.cases_assignment(id);

ALTER TABLE public.cases_caseevent
    ADD CONSTRAINT cases_caseevent_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.hotline_user(id);

ALTER TABLE public.cases_caseevent
    ADD CONSTRAINT cases_caseevent_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases_case(id);

ALTER TABLE public.cases_caseevent
    ADD CONSTRAINT cases_caseevent_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id);

ALTER TABLE ONLY public.cases_casegroup
    ADD CONSTRAINT cases_casegroup_ended_by_id_2c3f1aa1_fk_hotline_user_id FOREIGN KEY (ended_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casegroup
    ADD CONSTRAINT cases_casegroup_main_id_41190322_fk_cases_case_id FOREIGN KEY (main_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casegroup
    ADD CONSTRAINT cases_casegroup_opened_by_id_d701220b_fk_hotline_user_id FOREIGN KEY (opened_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_casetext
    ADD CONSTRAINT cases_casetext_case_id_44919ced_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange_co_organisers
    ADD CONSTRAINT cases_cataloguechang_cataloguechange_id_32aa766c_fk_cases_cat FOREIGN KEY (cataloguechange_id) REFERENCES public.cases_cataloguechange(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT cases_cataloguechang_copy_to_id_16efbf29_fk_hotline_o FOREIGN KEY (copy_to_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange_co_organisers
    ADD CONSTRAINT cases_cataloguechang_organisation_id_c3572d20_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT cases_cataloguechang_unit_id_159ea802_fk_hotline_o FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT cases_cataloguechang_version_id_79360a52_fk_cases_cat FOREIGN KEY (version_id) REFERENCES public.cases_catalogueversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT cases_cataloguechange_category_id_b078bf36_fk_cases_category_id FOREIGN KEY (category_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT cases_cataloguechange_channel_id_c607410c_fk_cases_channel_id FOREIGN KEY (channel_id) REFERENCES public.cases_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT cases_cataloguechange_region_id_1ad1381d_fk_hotline_region_id FOREIGN KEY (region_id) REFERENCES public.hotline_region(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_cataloguechange
    ADD CONSTRAINT cases_cataloguechange_ruling_id_424b37ca_fk_cases_decision_id FOREIGN KEY (ruling_id) REFERENCES public.cases_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry_co_organisers
    ADD CONSTRAINT cases_catalogueentry_catalogueentry_id_3d8a4065_fk_cases_cat FOREIGN KEY (catalogueentry_id) REFERENCES public.cases_catalogueentry(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT cases_catalogueentry_category_id_ddae8c82_fk_cases_category_id FOREIGN KEY (category_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT cases_catalogueentry_channel_id_15216d32_fk_cases_channel_id FOREIGN KEY (channel_id) REFERENCES public.cases_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT cases_catalogueentry_copy_to_id_5aecd151_fk_hotline_o FOREIGN KEY (copy_to_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry_co_organisers
    ADD CONSTRAINT cases_catalogueentry_organisation_id_13bcf022_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT cases_catalogueentry_region_id_1c9ca6c8_fk_hotline_region_id FOREIGN KEY (region_id) REFERENCES public.hotline_region(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT cases_catalogueentry_ruling_id_2acf1979_fk_cases_decision_id FOREIGN KEY (ruling_id) REFERENCES public.cases_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT cases_catalogueentry_unit_id_b59964af_fk_hotline_o FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueentry
    ADD CONSTRAINT cases_catalogueentry_version_id_bd5c146f_fk_cases_cat FOREIGN KEY (version_id) REFERENCES public.cases_catalogueversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueupload
    ADD CONSTRAINT cases_catalogueuploa_uploaded_by_id_9c4000c4_fk_hotline_u FOREIGN KEY (uploaded_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueupload
    ADD CONSTRAINT cases_catalogueuploa_version_id_ce41f3a6_fk_cases_cat FOREIGN KEY (version_id) REFERENCES public.cases_catalogueversion(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueversion
    ADD CONSTRAINT cases_catalogueversi_approved_by_id_3de661ff_fk_hotline_u FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueversion
    ADD CONSTRAINT cases_catalogueversi_created_by_id_efd39bfe_fk_hotline_u FOREIGN KEY (created_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_catalogueversion
    ADD CONSTRAINT cases_catalogueversi_proposed_by_id_44ce96f8_fk_hotline_u FOREIGN KEY (proposed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_category
    ADD CONSTRAINT cases_category_parent_id_007043b5_fk_cases_category_id FOREIGN KEY (parent_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_clock
    ADD CONSTRAINT cases_clock_assignment_id_0d52ebdc_fk_cases_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.cases_assignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_clock
    ADD CONSTRAINT cases_clock_case_id_bf0c46ff_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_clock
    ADD CONSTRAINT cases_clock_policy_id_49050605_fk_cases_deadlinepolicy_id FOREIGN KEY (policy_id) REFERENCES public.cases_deadlinepolicy(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_clockpause
    ADD CONSTRAINT cases_clockpause_clock_id_27b01930_fk_cases_clock_id FOREIGN KEY (clock_id) REFERENCES public.cases_clock(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_deadlinepolicy
    ADD CONSTRAINT cases_deadlinepolicy_approved_by_id_609ca00e_fk_hotline_user_id FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_deadlinepolicy
    ADD CONSTRAINT cases_deadlinepolicy_category_id_1a3551c6_fk_cases_category_id FOREIGN KEY (category_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_deadlinepolicy
    ADD CONSTRAINT cases_deadlinepolicy_channel_id_ab2ce874_fk_cases_channel_id FOREIGN KEY (channel_id) REFERENCES public.cases_channel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_deadlinepolicy
    ADD CONSTRAINT cases_deadlinepolicy_proposal_id_627cfc1c_fk_hotline_p FOREIGN KEY (proposal_id) REFERENCES public.hotline_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_deadlinepolicy
    ADD CONSTRAINT cases_deadlinepolicy_region_id_87397aee_fk_hotline_region_id FOREIGN KEY (region_id) REFERENCES public.hotline_region(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_approved_by_id_4ceae176_fk_hotline_user_id FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_asked_by_id_380d7cd8_fk_hotline_user_id FOREIGN KEY (asked_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_assignment_id_f9e255ca_fk_cases_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.cases_assignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_case_id_902b31ea_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_category_id_985dc872_fk_cases_category_id FOREIGN KEY (category_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_proposed_unit_id_a7bc9cfa_fk_hotline_o FOREIGN KEY (proposed_unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_ruled_by_id_ee76ca69_fk_hotline_user_id FOREIGN KEY (ruled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_decision
    ADD CONSTRAINT cases_decision_ruled_unit_id_09afd6cd_fk_hotline_o FOREIGN KEY (ruled_unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_draft
    ADD CONSTRAINT cases_draft_call_id_390acdc8_fk_cases_call_id FOREIGN KEY (call_id) REFERENCES public.cases_call(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_draft
    ADD CONSTRAINT cases_draft_owner_id_344a54d9_fk_hotline_user_id FOREIGN KEY (owner_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_escalationstep
    ADD CONSTRAINT cases_escalationstep_policy_id_93fdf505_fk_cases_dea FOREIGN KEY (policy_id) REFERENCES public.cases_deadlinepolicy(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_export
    ADD CONSTRAINT cases_export_asked_by_id_d3bbb8be_fk_hotline_user_id FOREIGN KEY (asked_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_export
    ADD CONSTRAINT cases_export_decided_by_id_48a37384_fk_hotline_user_id FOREIGN KEY (decided_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_export
    ADD CONSTRAINT cases_export_membership_id_0c18b469_fk_hotline_membership_id FOREIGN KEY (membership_id) REFERENCES public.hotline_membership(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_exportfile
    ADD CONSTRAINT cases_exportfile_export_id_97262da4_fk_cases_export_id FOREIGN KEY (export_id) REFERENCES public.cases_export(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_feedback
    ADD CONSTRAINT cases_feedback_by_id_93c9c33b_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_feedback
    ADD CONSTRAINT cases_feedback_case_id_9a22016d_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_feedback
    ADD CONSTRAINT cases_feedback_survey_id_274e1ccf_fk_cases_survey_id FOREIGN KEY (survey_id) REFERENCES public.cases_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_feedback
    ADD CONSTRAINT cases_feedback_unit_id_8ac3096a_fk_hotline_organisation_id FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_groupanswer
    ADD CONSTRAINT cases_groupanswer_by_id_690752a8_fk_hotline_membership_id FOREIGN KEY (by_id) REFERENCES public.hotline_membership(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_groupanswer
    ADD CONSTRAINT cases_groupanswer_group_id_f7b28556_fk_cases_casegroup_id FOREIGN KEY (group_id) REFERENCES public.cases_casegroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_groupanswer
    ADD CONSTRAINT cases_groupanswer_reply_id_8247e3cd_fk_cases_reply_id FOREIGN KEY (reply_id) REFERENCES public.cases_reply(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_groupanswered
    ADD CONSTRAINT cases_groupanswered_answer_id_41d12df7_fk_cases_groupanswer_id FOREIGN KEY (answer_id) REFERENCES public.cases_groupanswer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_groupanswered
    ADD CONSTRAINT cases_groupanswered_case_id_625fdebc_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_handover
    ADD CONSTRAINT cases_handover_case_id_d0f7ad3b_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_handover
    ADD CONSTRAINT cases_handover_offered_by_id_375620d1_fk_hotline_user_id FOREIGN KEY (offered_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_handover
    ADD CONSTRAINT cases_handover_recorded_by_id_449a9d67_fk_hotline_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_heldnotice
    ADD CONSTRAINT cases_heldnotice_case_id_915e2e2c_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_heldnotice
    ADD CONSTRAINT cases_heldnotice_message_id_186360f2_fk_hotline_message_id FOREIGN KEY (message_id) REFERENCES public.hotline_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_heldnotice
    ADD CONSTRAINT cases_heldnotice_unit_id_4c0b0ae4_fk_hotline_organisation_id FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_hottopic_cases
    ADD CONSTRAINT cases_hottopic_cases_case_id_bc4570ae_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_hottopic_cases
    ADD CONSTRAINT cases_hottopic_cases_hottopic_id_b33a8232_fk_cases_hottopic_id FOREIGN KEY (hottopic_id) REFERENCES public.cases_hottopic(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_hottopic
    ADD CONSTRAINT cases_hottopic_run_id_c8acbf45_fk_cases_topicrun_id FOREIGN KEY (run_id) REFERENCES public.cases_topicrun(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_importrun
    ADD CONSTRAINT cases_importrun_by_id_a11d55e9_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentattempt
    ADD CONSTRAINT cases_independentatt_callback_id_31c1cb81_fk_cases_ind FOREIGN KEY (callback_id) REFERENCES public.cases_independentcallback(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentattempt
    ADD CONSTRAINT cases_independentatt_organisation_id_fd012d93_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentattempt
    ADD CONSTRAINT cases_independentattempt_by_id_2fd5a2b8_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT cases_independentcal_contractor_id_0b473885_fk_hotline_o FOREIGN KEY (contractor_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT cases_independentcal_draw_id_c656a572_fk_cases_ind FOREIGN KEY (draw_id) REFERENCES public.cases_independentdraw(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT cases_independentcal_given_to_id_ad871837_fk_hotline_u FOREIGN KEY (given_to_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT cases_independentcal_unit_id_3e4af6c6_fk_hotline_o FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT cases_independentcallback_case_id_7af5ac82_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_independentcallback
    ADD CONSTRAINT cases_independentcallback_survey_id_ebb8716a_fk_cases_survey_id FOREIGN KEY (survey_id) REFERENCES public.cases_survey(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgearticle
    ADD CONSTRAINT cases_knowledgeartic_approved_by_id_a3b3c085_fk_hotline_u FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgearticle
    ADD CONSTRAINT cases_knowledgeartic_category_id_3dbca963_fk_cases_cat FOREIGN KEY (category_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgearticle
    ADD CONSTRAINT cases_knowledgeartic_proposed_by_id_fd6251e4_fk_hotline_u FOREIGN KEY (proposed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgearticle
    ADD CONSTRAINT cases_knowledgeartic_unit_id_62c303b8_fk_hotline_o FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgearticle
    ADD CONSTRAINT cases_knowledgeartic_written_by_id_3737c65b_fk_hotline_u FOREIGN KEY (written_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgefile_articles
    ADD CONSTRAINT cases_knowledgefile__knowledgearticle_id_6b57492e_fk_cases_kno FOREIGN KEY (knowledgearticle_id) REFERENCES public.cases_knowledgearticle(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgefile_articles
    ADD CONSTRAINT cases_knowledgefile__knowledgefile_id_c9c010c9_fk_cases_kno FOREIGN KEY (knowledgefile_id) REFERENCES public.cases_knowledgefile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgefile
    ADD CONSTRAINT cases_knowledgefile_uploaded_by_id_2c3b622b_fk_hotline_user_id FOREIGN KEY (uploaded_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgereport
    ADD CONSTRAINT cases_knowledgerepor_article_id_c964a3a6_fk_cases_kno FOREIGN KEY (article_id) REFERENCES public.cases_knowledgearticle(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgereport
    ADD CONSTRAINT cases_knowledgerepor_reported_by_id_08797682_fk_hotline_u FOREIGN KEY (reported_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgereport
    ADD CONSTRAINT cases_knowledgerepor_unit_id_bedfd7ce_fk_hotline_o FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_knowledgereport
    ADD CONSTRAINT cases_knowledgereport_settled_by_id_b647689d_fk_hotline_user_id FOREIGN KEY (settled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_answered_by_id_ded290ad_fk_hotline_user_id FOREIGN KEY (answered_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_assignment_id_6c1a5599_fk_cases_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.cases_assignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_case_id_a2b7ee0b_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_clock_id_196f9b56_fk_cases_clock_id FOREIGN KEY (clock_id) REFERENCES public.cases_clock(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_follows_id_7062a5f2_fk_cases_ladderstep_id FOREIGN KEY (follows_id) REFERENCES public.cases_ladderstep(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_issued_by_id_f2a94244_fk_hotline_user_id FOREIGN KEY (issued_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_settled_by_id_ea487595_fk_hotline_user_id FOREIGN KEY (settled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_ladderstep
    ADD CONSTRAINT cases_ladderstep_unit_id_2d52bd07_fk_hotline_organisation_id FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_modelweights
    ADD CONSTRAINT cases_modelweights_model_id_0aa108b1_fk_cases_sug FOREIGN KEY (model_id) REFERENCES public.cases_suggestionmodel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_quotation
    ADD CONSTRAINT cases_quotation_article_id_31305568_fk_cases_kno FOREIGN KEY (article_id) REFERENCES public.cases_knowledgearticle(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_quotation
    ADD CONSTRAINT cases_quotation_case_id_91dea6ad_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reason
    ADD CONSTRAINT cases_reason_ended_by_id_a45303d4_fk_hotline_proposal_id FOREIGN KEY (ended_by_id) REFERENCES public.hotline_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reason
    ADD CONSTRAINT cases_reason_proposal_id_5364cc13_fk_hotline_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.hotline_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_recusal
    ADD CONSTRAINT cases_recusal_by_id_115244de_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_recusal
    ADD CONSTRAINT cases_recusal_case_id_609df095_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_recusal
    ADD CONSTRAINT cases_recusal_lifted_by_id_cdee0e78_fk_hotline_user_id FOREIGN KEY (lifted_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_recusal
    ADD CONSTRAINT cases_recusal_person_id_0fbb5b85_fk_hotline_user_id FOREIGN KEY (person_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reply
    ADD CONSTRAINT cases_reply_assignment_id_d9e59e6d_fk_cases_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.cases_assignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reply
    ADD CONSTRAINT cases_reply_author_id_29c1d6a3_fk_hotline_user_id FOREIGN KEY (author_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reply
    ADD CONSTRAINT cases_reply_case_id_a09e63c2_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reply
    ADD CONSTRAINT cases_reply_organisation_id_32cc6c02_fk_hotline_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reply
    ADD CONSTRAINT cases_reply_reviewed_by_id_e6b9f975_fk_hotline_user_id FOREIGN KEY (reviewed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_replydraft
    ADD CONSTRAINT cases_replydraft_assignment_id_5d699186_fk_cases_assignment_id FOREIGN KEY (assignment_id) REFERENCES public.cases_assignment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_replydraft
    ADD CONSTRAINT cases_replydraft_owner_id_5890c8da_fk_hotline_user_id FOREIGN KEY (owner_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reveal
    ADD CONSTRAINT cases_reveal_by_id_85cd56d4_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_reveal
    ADD CONSTRAINT cases_reveal_case_id_c7200f62_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_savedview
    ADD CONSTRAINT cases_savedview_owner_id_cffd84c8_fk_hotline_user_id FOREIGN KEY (owner_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_suggestionmodel
    ADD CONSTRAINT cases_suggestionmodel_asked_by_id_216b5b41_fk_hotline_user_id FOREIGN KEY (asked_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_suggestionmodel
    ADD CONSTRAINT cases_suggestionmodel_off_by_id_84c486d5_fk_hotline_user_id FOREIGN KEY (off_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_suggestionmodel
    ADD CONSTRAINT cases_suggestionmodel_on_by_id_054f7629_fk_hotline_user_id FOREIGN KEY (on_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_suggestionuse
    ADD CONSTRAINT cases_suggestionuse_model_id_a54d5350_fk_cases_sug FOREIGN KEY (model_id) REFERENCES public.cases_suggestionmodel(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_survey
    ADD CONSTRAINT cases_survey_case_id_0a65ffe1_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_survey
    ADD CONSTRAINT cases_survey_message_id_105a5911_fk_hotline_message_id FOREIGN KEY (message_id) REFERENCES public.hotline_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.cases_verbatim
    ADD CONSTRAINT cases_verbatim_case_id_03eeb263_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_adjustment
    ADD CONSTRAINT contractors_adjustme_assessment_id_b3379f05_fk_contracto FOREIGN KEY (assessment_id) REFERENCES public.contractors_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_adjustment
    ADD CONSTRAINT contractors_adjustme_settled_in_id_3fadd073_fk_contracto FOREIGN KEY (settled_in_id) REFERENCES public.contractors_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_adjustment
    ADD CONSTRAINT contractors_adjustment_made_by_id_a6010d11_fk_hotline_user_id FOREIGN KEY (made_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcom_complaint_id_9b7170df_fk_cases_cas FOREIGN KEY (complaint_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcom_named_by_id_2d0a3e38_fk_hotline_u FOREIGN KEY (named_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcom_organisation_id_0fe237a2_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcom_ruled_by_id_2ccc40dd_fk_hotline_u FOREIGN KEY (ruled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcomplaint_about_id_137322c8_fk_cases_case_id FOREIGN KEY (about_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcomplaint_agent_id_14a23788_fk_hotline_user_id FOREIGN KEY (agent_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_agentcomplaint
    ADD CONSTRAINT contractors_agentcomplaint_call_id_60048c3b_fk_cases_call_id FOREIGN KEY (call_id) REFERENCES public.cases_call(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_appeal
    ADD CONSTRAINT contractors_appeal_asked_by_id_a1f54e31_fk_hotline_user_id FOREIGN KEY (asked_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_appeal
    ADD CONSTRAINT contractors_appeal_contact_id_3468d8b7_fk_contracto FOREIGN KEY (contact_id) REFERENCES public.contractors_sampledcontact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_appeal
    ADD CONSTRAINT contractors_appeal_ruled_by_id_a56868d6_fk_hotline_user_id FOREIGN KEY (ruled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_appealline
    ADD CONSTRAINT contractors_appealli_appeal_id_df6de9de_fk_contracto FOREIGN KEY (appeal_id) REFERENCES public.contractors_appeal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_appealline
    ADD CONSTRAINT contractors_appealli_item_id_2af15fb1_fk_contracto FOREIGN KEY (item_id) REFERENCES public.contractors_scorecarditem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_assessment
    ADD CONSTRAINT contractors_assessme_contract_id_13203b15_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_assessment
    ADD CONSTRAINT contractors_assessme_contractor_signed_by_213cbddc_fk_hotline_u FOREIGN KEY (contractor_signed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_assessment
    ADD CONSTRAINT contractors_assessme_office_signed_by_id_49486020_fk_hotline_u FOREIGN KEY (office_signed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_assessment
    ADD CONSTRAINT contractors_assessme_terms_id_39e00524_fk_contracto FOREIGN KEY (terms_id) REFERENCES public.contractors_terms(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_assessment
    ADD CONSTRAINT contractors_assessment_run_by_id_6a6ea1a1_fk_hotline_user_id FOREIGN KEY (run_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_attributiondispute
    ADD CONSTRAINT contractors_attribut_asked_by_id_d00dd40a_fk_hotline_u FOREIGN KEY (asked_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_attributiondispute
    ADD CONSTRAINT contractors_attribut_asked_for_id_74aaa32c_fk_hotline_o FOREIGN KEY (asked_for_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_attributiondispute
    ADD CONSTRAINT contractors_attribut_attribution_id_1796313c_fk_contracto FOREIGN KEY (attribution_id) REFERENCES public.contractors_attribution(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_attributiondispute
    ADD CONSTRAINT contractors_attribut_organisation_id_9e4ed2f2_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_attribution
    ADD CONSTRAINT contractors_attribut_organisation_id_c0a3ec5a_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_attributiondispute
    ADD CONSTRAINT contractors_attribut_ruled_by_id_41d635df_fk_hotline_u FOREIGN KEY (ruled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_attribution
    ADD CONSTRAINT contractors_attribution_case_id_f14a6d45_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_clause
    ADD CONSTRAINT contractors_clause_terms_id_fac8bd2e_fk_contractors_terms_id FOREIGN KEY (terms_id) REFERENCES public.contractors_terms(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_clauseresult
    ADD CONSTRAINT contractors_clausere_assessment_id_70211597_fk_contracto FOREIGN KEY (assessment_id) REFERENCES public.contractors_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_clauseresult
    ADD CONSTRAINT contractors_clausere_clause_id_10a1bc6b_fk_contracto FOREIGN KEY (clause_id) REFERENCES public.contractors_clause(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_closing
    ADD CONSTRAINT contractors_closing_contract_id_7684d883_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_closing
    ADD CONSTRAINT contractors_closing_first_signed_by_id_5444c5b5_fk_hotline_u FOREIGN KEY (first_signed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_closing
    ADD CONSTRAINT contractors_closing_opened_by_id_dc9f11aa_fk_hotline_user_id FOREIGN KEY (opened_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_closing
    ADD CONSTRAINT contractors_closing_second_signed_by_id_113afba8_fk_hotline_u FOREIGN KEY (second_signed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_contractlot
    ADD CONSTRAINT contractors_contract_contract_id_21a8610c_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_contract
    ADD CONSTRAINT contractors_contract_created_by_id_33d5933a_fk_hotline_user_id FOREIGN KEY (created_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_contract
    ADD CONSTRAINT contractors_contract_organisation_id_1c83f101_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_employment
    ADD CONSTRAINT contractors_employme_contract_id_05a06fca_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_employment
    ADD CONSTRAINT contractors_employme_recorded_by_id_68a52a72_fk_hotline_u FOREIGN KEY (recorded_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_employment
    ADD CONSTRAINT contractors_employment_ended_by_id_002ba2d7_fk_hotline_user_id FOREIGN KEY (ended_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_employment
    ADD CONSTRAINT contractors_employment_user_id_26e36c64_fk_hotline_user_id FOREIGN KEY (user_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_incident
    ADD CONSTRAINT contractors_incident_case_id_27814a15_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_incident
    ADD CONSTRAINT contractors_incident_contract_id_f887e8c3_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_incident
    ADD CONSTRAINT contractors_incident_recorded_by_id_812cdb2d_fk_hotline_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_mark
    ADD CONSTRAINT contractors_mark_by_id_88b572aa_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_mark
    ADD CONSTRAINT contractors_mark_contact_id_278badea_fk_contracto FOREIGN KEY (contact_id) REFERENCES public.contractors_sampledcontact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_mark
    ADD CONSTRAINT contractors_mark_organisation_id_3444b545_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_markline
    ADD CONSTRAINT contractors_markline_item_id_6021b2fc_fk_contracto FOREIGN KEY (item_id) REFERENCES public.contractors_scorecarditem(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_markline
    ADD CONSTRAINT contractors_markline_mark_id_fceaaebd_fk_contractors_mark_id FOREIGN KEY (mark_id) REFERENCES public.contractors_mark(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_objection
    ADD CONSTRAINT contractors_objectio_assessment_id_a6c2498d_fk_contracto FOREIGN KEY (assessment_id) REFERENCES public.contractors_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_objectionfile
    ADD CONSTRAINT contractors_objectio_objection_id_31ec8d62_fk_contracto FOREIGN KEY (objection_id) REFERENCES public.contractors_objection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_objection
    ADD CONSTRAINT contractors_objectio_result_id_03b2d754_fk_contracto FOREIGN KEY (result_id) REFERENCES public.contractors_clauseresult(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_objection
    ADD CONSTRAINT contractors_objection_made_by_id_bc3fa9d5_fk_hotline_user_id FOREIGN KEY (made_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_objection
    ADD CONSTRAINT contractors_objection_ruled_by_id_598154f2_fk_hotline_user_id FOREIGN KEY (ruled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_ownreport
    ADD CONSTRAINT contractors_ownrepor_contract_id_791fcde1_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_ownreport
    ADD CONSTRAINT contractors_ownrepor_uploaded_by_id_90ffeba2_fk_hotline_u FOREIGN KEY (uploaded_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_paperobjection
    ADD CONSTRAINT contractors_paperobj_objection_id_777e2848_fk_contracto FOREIGN KEY (objection_id) REFERENCES public.contractors_objection(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_papersignature
    ADD CONSTRAINT contractors_papersig_assessment_id_54972658_fk_contracto FOREIGN KEY (assessment_id) REFERENCES public.contractors_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_papersignaturefile
    ADD CONSTRAINT contractors_papersig_assessment_id_8aada8c8_fk_contracto FOREIGN KEY (assessment_id) REFERENCES public.contractors_papersignature(assessment_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_proof
    ADD CONSTRAINT contractors_proof_checked_by_id_723f5008_fk_hotline_user_id FOREIGN KEY (checked_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_proof
    ADD CONSTRAINT contractors_proof_contract_id_ddd08680_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_proof
    ADD CONSTRAINT contractors_proof_submitted_by_id_9d0f6ee1_fk_hotline_user_id FOREIGN KEY (submitted_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_proofline
    ADD CONSTRAINT contractors_prooflin_employment_id_7e523829_fk_contracto FOREIGN KEY (employment_id) REFERENCES public.contractors_employment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_proofline
    ADD CONSTRAINT contractors_proofline_proof_id_25ccc64f_fk_contractors_proof_id FOREIGN KEY (proof_id) REFERENCES public.contractors_proof(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_sample
    ADD CONSTRAINT contractors_sample_organisation_id_ca9a205a_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_sample
    ADD CONSTRAINT contractors_sample_scorecard_id_bab4326b_fk_contracto FOREIGN KEY (scorecard_id) REFERENCES public.contractors_scorecard(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_sampledcontact
    ADD CONSTRAINT contractors_sampledc_published_by_id_f2ec7f85_fk_hotline_u FOREIGN KEY (published_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_sampledcontact
    ADD CONSTRAINT contractors_sampledc_sample_id_2019072f_fk_contracto FOREIGN KEY (sample_id) REFERENCES public.contractors_sample(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_sampledcontact
    ADD CONSTRAINT contractors_sampledcontact_agent_id_823fbed6_fk_hotline_user_id FOREIGN KEY (agent_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_sampledcontact
    ADD CONSTRAINT contractors_sampledcontact_call_id_af573fca_fk_cases_call_id FOREIGN KEY (call_id) REFERENCES public.cases_call(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_sampledcontact
    ADD CONSTRAINT contractors_sampledcontact_case_id_10d0fbdd_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_score
    ADD CONSTRAINT contractors_score_by_id_d1d5179b_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_score
    ADD CONSTRAINT contractors_score_contact_id_ba0c19dd_fk_contracto FOREIGN KEY (contact_id) REFERENCES public.contractors_sampledcontact(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_scorecard
    ADD CONSTRAINT contractors_scorecar_approved_by_id_17403bd5_fk_hotline_u FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_scorecard
    ADD CONSTRAINT contractors_scorecar_proposed_by_id_9f70fb5d_fk_hotline_u FOREIGN KEY (proposed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_scorecarditem
    ADD CONSTRAINT contractors_scorecar_scorecard_id_15f7fd2c_fk_contracto FOREIGN KEY (scorecard_id) REFERENCES public.contractors_scorecard(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_scorecard
    ADD CONSTRAINT contractors_scorecard_written_by_id_30d4598c_fk_hotline_user_id FOREIGN KEY (written_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_shift
    ADD CONSTRAINT contractors_shift_organisation_id_646817ab_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_shift
    ADD CONSTRAINT contractors_shift_planned_by_id_c11bf367_fk_hotline_user_id FOREIGN KEY (planned_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_shift
    ADD CONSTRAINT contractors_shift_user_id_67d86e0a_fk_hotline_user_id FOREIGN KEY (user_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_stafftable
    ADD CONSTRAINT contractors_stafftab_contract_id_f87607e5_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_stafftable
    ADD CONSTRAINT contractors_stafftab_uploaded_by_id_f58b36fb_fk_hotline_u FOREIGN KEY (uploaded_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_stepdone
    ADD CONSTRAINT contractors_stepdone_closing_id_277f7a6d_fk_contracto FOREIGN KEY (closing_id) REFERENCES public.contractors_closing(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_stepdone
    ADD CONSTRAINT contractors_stepdone_done_by_id_edd47280_fk_hotline_user_id FOREIGN KEY (done_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_terms
    ADD CONSTRAINT contractors_terms_approved_by_id_22883956_fk_hotline_user_id FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_terms
    ADD CONSTRAINT contractors_terms_contract_id_d9977a38_fk_contracto FOREIGN KEY (contract_id) REFERENCES public.contractors_contract(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_terms
    ADD CONSTRAINT contractors_terms_proposed_by_id_d0163002_fk_hotline_user_id FOREIGN KEY (proposed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.contractors_terms
    ADD CONSTRAINT contractors_terms_written_by_id_b309d4ee_fk_hotline_user_id FOREIGN KEY (written_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_hotline_user_id FOREIGN KEY (user_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_apitoken
    ADD CONSTRAINT hotline_apitoken_membership_id_00013996_fk_hotline_m FOREIGN KEY (membership_id) REFERENCES public.hotline_membership(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_auditcheck
    ADD CONSTRAINT hotline_auditcheck_asked_by_id_e47fa2f0_fk_hotline_user_id FOREIGN KEY (asked_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.hotline_auditentry
    ADD CONSTRAINT hotline_auditentry_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.hotline_user(id);

ALTER TABLE public.hotline_auditentry
    ADD CONSTRAINT hotline_auditentry_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.hotline_membership(id);

ALTER TABLE public.hotline_auditentry
    ADD CONSTRAINT hotline_auditentry_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id);

ALTER TABLE ONLY public.hotline_authenticator
    ADD CONSTRAINT hotline_authenticator_user_id_d5483d57_fk_hotline_user_id FOREIGN KEY (user_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_calendarday
    ADD CONSTRAINT hotline_calendarday_calendar_id_17af6ab8_fk_hotline_calendar_id FOREIGN KEY (calendar_id) REFERENCES public.hotline_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_calendaryear
    ADD CONSTRAINT hotline_calendaryear_approved_by_id_ad0e144a_fk_hotline_user_id FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_calendaryear
    ADD CONSTRAINT hotline_calendaryear_calendar_id_c612af62_fk_hotline_c FOREIGN KEY (calendar_id) REFERENCES public.hotline_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_calendaryear
    ADD CONSTRAINT hotline_calendaryear_proposal_id_8e30a27d_fk_hotline_p FOREIGN KEY (proposal_id) REFERENCES public.hotline_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_membership
    ADD CONSTRAINT hotline_membership_organisation_id_ca9b3f15_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_membership
    ADD CONSTRAINT hotline_membership_user_id_9ae656e4_fk_hotline_user_id FOREIGN KEY (user_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_message
    ADD CONSTRAINT hotline_message_author_id_59bb065b_fk_hotline_user_id FOREIGN KEY (author_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_message
    ADD CONSTRAINT hotline_message_template_id_c6685b25_fk_hotline_m FOREIGN KEY (template_id) REFERENCES public.hotline_messagetemplate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_message
    ADD CONSTRAINT hotline_message_to_organisation_id_e80a1b37_fk_hotline_o FOREIGN KEY (to_organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_message
    ADD CONSTRAINT hotline_message_to_user_id_724f1749_fk_hotline_user_id FOREIGN KEY (to_user_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_messagetemplate
    ADD CONSTRAINT hotline_messagetempl_approved_by_id_de1f686f_fk_hotline_u FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_messagetemplate
    ADD CONSTRAINT hotline_messagetempl_proposal_id_8563e74b_fk_hotline_p FOREIGN KEY (proposal_id) REFERENCES public.hotline_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_organisation
    ADD CONSTRAINT hotline_organisation_calendar_id_d3648189_fk_hotline_c FOREIGN KEY (calendar_id) REFERENCES public.hotline_calendar(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_organisation
    ADD CONSTRAINT hotline_organisation_parent_id_e6fbc249_fk_hotline_o FOREIGN KEY (parent_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_organisation
    ADD CONSTRAINT hotline_organisation_region_id_bd4b468b_fk_hotline_region_id FOREIGN KEY (region_id) REFERENCES public.hotline_region(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_proposal
    ADD CONSTRAINT hotline_proposal_decided_by_id_117b3b11_fk_hotline_user_id FOREIGN KEY (decided_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_proposal
    ADD CONSTRAINT hotline_proposal_proposed_by_id_af1ab1b5_fk_hotline_user_id FOREIGN KEY (proposed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_region
    ADD CONSTRAINT hotline_region_parent_id_81ec4695_fk_hotline_region_id FOREIGN KEY (parent_id) REFERENCES public.hotline_region(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_restriction
    ADD CONSTRAINT hotline_restriction_organisation_id_8598da8c_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_restriction
    ADD CONSTRAINT hotline_restriction_proposal_id_3ca7e648_fk_hotline_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.hotline_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.hotline_ruleversion
    ADD CONSTRAINT hotline_ruleversion_proposal_id_64a0cd75_fk_hotline_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.hotline_proposal(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.otp_static_staticdevice
    ADD CONSTRAINT otp_static_staticdevice_user_id_7f9cff2b_fk_hotline_user_id FOREIGN KEY (user_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.otp_static_statictoken
    ADD CONSTRAINT otp_static_statictok_device_id_74b7c7d1_fk_otp_stati FOREIGN KEY (device_id) REFERENCES public.otp_static_staticdevice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_auditedcase
    ADD CONSTRAINT oversight_auditedcas_sample_id_417ce62f_fk_oversight FOREIGN KEY (sample_id) REFERENCES public.oversight_auditsample(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_auditedcase
    ADD CONSTRAINT oversight_auditedcase_case_id_46c39fa7_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_auditsample
    ADD CONSTRAINT oversight_auditsampl_contractor_id_5ce56797_fk_hotline_o FOREIGN KEY (contractor_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_auditsample
    ADD CONSTRAINT oversight_auditsampl_unit_id_7b0c9823_fk_hotline_o FOREIGN KEY (unit_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_auditsample
    ADD CONSTRAINT oversight_auditsample_category_id_b26b5589_fk_cases_category_id FOREIGN KEY (category_id) REFERENCES public.cases_category(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_auditsample
    ADD CONSTRAINT oversight_auditsample_drawn_by_id_1df3e2e1_fk_hotline_user_id FOREIGN KEY (drawn_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_auditsample
    ADD CONSTRAINT oversight_auditsample_settled_by_id_9cf43a0f_fk_hotline_user_id FOREIGN KEY (settled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_bulletin
    ADD CONSTRAINT oversight_bulletin_approved_by_id_561728cd_fk_hotline_user_id FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_bulletin
    ADD CONSTRAINT oversight_bulletin_made_by_id_9bb3b226_fk_hotline_user_id FOREIGN KEY (made_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_bulletin
    ADD CONSTRAINT oversight_bulletin_proposed_by_id_22877e56_fk_hotline_user_id FOREIGN KEY (proposed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_bulletin
    ADD CONSTRAINT oversight_bulletin_template_id_022ce4cf_fk_oversight FOREIGN KEY (template_id) REFERENCES public.oversight_bulletintemplate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_bulletintemplate
    ADD CONSTRAINT oversight_bulletinte_written_by_id_3327d52d_fk_hotline_u FOREIGN KEY (written_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_caseverdict
    ADD CONSTRAINT oversight_caseverdic_audited_id_dbced64d_fk_oversight FOREIGN KEY (audited_id) REFERENCES public.oversight_auditedcase(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_caseverdict
    ADD CONSTRAINT oversight_caseverdic_organisation_id_14b47315_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_caseverdict
    ADD CONSTRAINT oversight_caseverdict_by_id_c6150c1c_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_organisation_id_07a9edce_fk_hotline_o FOREIGN KEY (organisation_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_person_id_98503ea5_fk_hotline_user_id FOREIGN KEY (person_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_settled_by_id_69ff31b4_fk_hotline_user_id FOREIGN KEY (settled_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_finding
    ADD CONSTRAINT oversight_finding_taken_up_by_id_9cbccf32_fk_hotline_user_id FOREIGN KEY (taken_up_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_findingnote
    ADD CONSTRAINT oversight_findingnot_finding_id_f11916bc_fk_oversight FOREIGN KEY (finding_id) REFERENCES public.oversight_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_findingnote
    ADD CONSTRAINT oversight_findingnote_by_id_9856f8f7_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_findingrow
    ADD CONSTRAINT oversight_findingrow_call_id_19f0cabe_fk_cases_call_id FOREIGN KEY (call_id) REFERENCES public.cases_call(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_findingrow
    ADD CONSTRAINT oversight_findingrow_case_id_b6558ff0_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_findingrow
    ADD CONSTRAINT oversight_findingrow_finding_id_4c46b74e_fk_oversight FOREIGN KEY (finding_id) REFERENCES public.oversight_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_findingstep
    ADD CONSTRAINT oversight_findingste_finding_id_4c5420bf_fk_oversight FOREIGN KEY (finding_id) REFERENCES public.oversight_finding(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_findingstep
    ADD CONSTRAINT oversight_findingstep_step_id_235d6e0d_fk_cases_ladderstep_id FOREIGN KEY (step_id) REFERENCES public.cases_ladderstep(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_frozenfigure
    ADD CONSTRAINT oversight_frozenfigu_contractor_id_82debddf_fk_hotline_o FOREIGN KEY (contractor_id) REFERENCES public.hotline_organisation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_monthcost
    ADD CONSTRAINT oversight_monthcost_assessment_id_7d150eb1_fk_contracto FOREIGN KEY (assessment_id) REFERENCES public.contractors_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_topicname
    ADD CONSTRAINT oversight_topicname_released_by_id_d56ab161_fk_hotline_user_id FOREIGN KEY (released_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_topicwording
    ADD CONSTRAINT oversight_topicwording_by_id_7f2571b9_fk_hotline_user_id FOREIGN KEY (by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_typicalcase
    ADD CONSTRAINT oversight_typicalcas_approved_by_id_953659ae_fk_hotline_u FOREIGN KEY (approved_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_typicalcase
    ADD CONSTRAINT oversight_typicalcas_proposed_by_id_1eda780d_fk_hotline_u FOREIGN KEY (proposed_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_typicalcase
    ADD CONSTRAINT oversight_typicalcas_withdrawn_by_id_8f20f6d1_fk_hotline_u FOREIGN KEY (withdrawn_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_typicalcase
    ADD CONSTRAINT oversight_typicalcase_case_id_eba4f658_fk_cases_case_id FOREIGN KEY (case_id) REFERENCES public.cases_case(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.oversight_typicalcase
    ADD CONSTRAINT oversight_typicalcase_written_by_id_a1f5c707_fk_hotline_user_id FOREIGN KEY (written_by_id) REFERENCES public.hotline_user(id) DEFERRABLE INITIALLY DEFERRED;
