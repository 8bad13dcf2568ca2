"""Whom a case is kept from: the body complained of, and people who stood aside."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotline.privacy

# Whatever a verb forgets: a confidential case never lies with the body complained of or with one below it.
NEVER_TO_THE_SUBJECT = """
CREATE FUNCTION cases_lies_with_subject(the_case bigint, the_unit bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM cases_case AS about
        JOIN hotline_organisation AS subject ON subject.id = about.subject_unit_id
        JOIN hotline_organisation AS unit ON unit.id = the_unit
        WHERE about.id = the_case AND about.confidential AND starts_with(unit.path, subject.path))
$$;
CREATE FUNCTION cases_assignment_not_to_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF cases_lies_with_subject(NEW.case_id, NEW.unit_id) THEN
        RAISE EXCEPTION 'a confidential case does not go to the body it is about'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_not_to_subject';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_not_to_subject BEFORE INSERT OR UPDATE OF unit_id, case_id, state ON cases_assignment
    FOR EACH ROW WHEN (NEW.state IN ('dispatched', 'handling', 'replied'))
    EXECUTE FUNCTION cases_assignment_not_to_subject();
CREATE FUNCTION cases_case_not_with_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cases_assignment AS part WHERE part.case_id = NEW.id
               AND part.state IN ('dispatched', 'handling', 'replied')
               AND cases_lies_with_subject(NEW.id, part.unit_id)) THEN
        RAISE EXCEPTION 'a confidential case does not lie with the body it is about'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_not_with_subject';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER case_not_with_subject AFTER UPDATE OF confidential, subject_unit_id ON cases_case
    FOR EACH ROW WHEN (NEW.confidential AND NEW.subject_unit_id IS NOT NULL)
    EXECUTE FUNCTION cases_case_not_with_subject();
"""
NO_MORE = """
DROP TRIGGER case_not_with_subject ON cases_case;
DROP TRIGGER assignment_not_to_subject ON cases_assignment;
DROP FUNCTION cases_case_not_with_subject;
DROP FUNCTION cases_assignment_not_to_subject;
DROP FUNCTION cases_lies_with_subject;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0007_looked_often"),
        ("cases", "0006_longer_content_type"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # squawk: adding-foreign-key-constraint - the new column is empty: there is nothing to check
    operations = [
        migrations.AddField(
            model_name="case",
            name="subject_unit",
            field=models.ForeignKey(
                db_index=False,
                help_text="the body complained of; a confidential case is kept from it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="hotline.organisation",
            ),
        ),
        migrations.RunSQL(NEVER_TO_THE_SUBJECT, NO_MORE),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", hotline.privacy.MaskedCharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="cases.case"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("case", "person"),
                        name="recusal_once",
                        violation_error_message="This person stands aside from the case already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="recusal_lifted_by_somebody",
                    ),
                ],
            },
        ),
    ]
