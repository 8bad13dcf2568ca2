"""Signatures that came on paper, after the contract's end; who signs for the contractor does not sign for the office.

Code of the release before writes none of the former, and its two signatures are by people of two sides already.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import hotline.identifiers

# A paper and its pages stay as recorded, and nothing is added once the month is locked. The key of a signature is its
# month's, so the function that guards what belongs to a month (0002) guards its pages too.
KEPT = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON contractors_papersignature
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON contractors_papersignaturefile
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
CREATE TRIGGER within_locked_month BEFORE INSERT ON contractors_papersignature
    FOR EACH ROW EXECUTE FUNCTION contractors_within_locked_month();
CREATE TRIGGER within_locked_month BEFORE INSERT ON contractors_papersignaturefile
    FOR EACH ROW EXECUTE FUNCTION contractors_within_locked_month();
"""
UNKEPT = """
DROP TRIGGER within_locked_month ON contractors_papersignaturefile;
DROP TRIGGER within_locked_month ON contractors_papersignature;
DROP TRIGGER refuse_change ON contractors_papersignaturefile;
DROP TRIGGER refuse_change ON contractors_papersignature;
"""


class Migration(migrations.Migration):
    dependencies = [("contractors", "0005_paper_objections")]

    operations = [
        migrations.CreateModel(
            name="PaperSignature",
            fields=[
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="paper",
                        serialize=False,
                        to="contractors.assessment",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(help_text="When the paper came in: from then on the contractor has signed"),
                ),
                ("received_from", models.CharField(help_text="Who signed it for the contractor", max_length=60)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received_from", ""), _negated=True), name="paper_signature_from_somebody"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperSignatureFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hotline.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "signature",
                    models.ForeignKey(
                        db_column="assessment_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="contractors.papersignature",
                    ),
                ),
            ],
        ),
        AddConstraintNotValid(
            "assessment",
            models.CheckConstraint(
                condition=models.Q(
                    ("contractor_signed_by__isnull", True),
                    ("office_signed_by__isnull", True),
                    models.Q(("contractor_signed_by", models.F("office_signed_by")), _negated=True),
                    _connector="OR",
                ),
                name="assessment_two_people_sign",
            ),
        ),
        migrations.RunSQL(KEPT, UNKEPT),
    ]
