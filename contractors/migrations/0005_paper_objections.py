"""Objections that came on paper, after the contract's end."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contractors", "0004_words")]

    operations = [
        migrations.CreateModel(
            name="PaperObjection",
            fields=[
                (
                    "objection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="paper",
                        serialize=False,
                        to="contractors.objection",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(help_text="When the paper came in: this must lie within the limit"),
                ),
                ("received_from", models.CharField(help_text="Who signed it for the contractor", max_length=60)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received_from", ""), _negated=True), name="paper_objection_from_somebody"
                    )
                ],
            },
        ),
    ]
