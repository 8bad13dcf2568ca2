"""The months that were signed before are held against the constraint on who signs."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart from the one before, so that the rows are looked through without holding the table."""

    dependencies = [("contractors", "0006_paper_signatures")]

    operations = [ValidateConstraint("assessment", "assessment_two_people_sign")]
