"""Two small indexes on a large table, made while people go on working."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0008_groups")]

    # squawk: prefer-robust-stmts - no transaction can hold a concurrent index; what failed is made again by hand
    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(fields=["group", "id"], name="case_by_group", condition=models.Q(("group__isnull", False))),
        ),
        AddIndexConcurrently(
            "case",
            models.Index(fields=["subject_unit"], name="case_confidential", condition=models.Q(("confidential", True))),
        ),
    ]
