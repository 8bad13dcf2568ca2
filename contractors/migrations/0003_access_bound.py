"""Nobody works for a contractor longer than its contract and the own employment: the database cuts what is longer.

``contractors_bound`` is the part of a wish that contracts and employments cover, from its beginning on. What lay before
the first contract on record, or before a person's first employment on record, is not judged.
"""

from django.db import migrations

BOUND = """
CREATE FUNCTION contractors_bound(person bigint, body bigint, wish tstzrange) RETURNS tstzrange
LANGUAGE plpgsql STABLE AS $$
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
"""

# A period is never empty: what has nothing left ends as it begins, like a role that was called off.
MEMBERSHIP = """
CREATE FUNCTION contractors_cut_membership() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER within_contract BEFORE INSERT OR UPDATE OF valid, user_id, organisation_id ON hotline_membership
    FOR EACH ROW EXECUTE FUNCTION contractors_cut_membership();
"""

CONTRACT = """
CREATE FUNCTION contractors_contract_moved() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER access_follows AFTER INSERT OR UPDATE OF term, signed_at ON contractors_contract
    FOR EACH ROW EXECUTE FUNCTION contractors_contract_moved();
"""

EMPLOYMENT = """
CREATE FUNCTION contractors_employment_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF upper(NEW.period) - lower(NEW.period) > interval '1 microsecond' AND NOT EXISTS (
        SELECT 1 FROM contractors_contract
        WHERE id = NEW.contract_id AND signed_at IS NOT NULL AND NEW.period <@ term) THEN
        RAISE EXCEPTION 'an employment lies within the term of a signed contract'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'employment_within_contract';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER within_contract BEFORE INSERT OR UPDATE OF period, contract_id ON contractors_employment
    FOR EACH ROW EXECUTE FUNCTION contractors_employment_within();

CREATE FUNCTION contractors_employment_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hotline_membership m SET valid = m.valid FROM contractors_contract c
        WHERE c.id = COALESCE(NEW.contract_id, OLD.contract_id) AND m.organisation_id = c.organisation_id
            AND m.user_id = COALESCE(NEW.user_id, OLD.user_id);
    RETURN NULL;
END $$;
CREATE TRIGGER access_follows AFTER INSERT OR DELETE OR UPDATE OF period, contract_id, user_id
    ON contractors_employment FOR EACH ROW EXECUTE FUNCTION contractors_employment_moved();
"""

NOTHING_BOUND = """
DROP TRIGGER access_follows ON contractors_employment;
DROP FUNCTION contractors_employment_moved();
DROP TRIGGER within_contract ON contractors_employment;
DROP FUNCTION contractors_employment_within();
DROP TRIGGER access_follows ON contractors_contract;
DROP FUNCTION contractors_contract_moved();
DROP TRIGGER within_contract ON hotline_membership;
DROP FUNCTION contractors_cut_membership();
DROP FUNCTION contractors_bound(bigint, bigint, tstzrange);
"""


class Migration(migrations.Migration):
    dependencies = [("contractors", "0002_kept"), ("hotline", "0016_restriction")]
    operations = [migrations.RunSQL(BOUND + MEMBERSHIP + CONTRACT + EMPLOYMENT, NOTHING_BOUND)]
