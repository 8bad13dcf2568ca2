# Who sent cases back in a period is shown of every unit, among all cases that were ever handled

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0033_export_words")]

    # squawk: prefer-robust-stmts - no transaction can hold a concurrent index; what failed is made again by hand
    operations = [
        AddIndexConcurrently(
            "assignment",
            models.Index(fields=["ended_at"], name="assignment_returned", condition=models.Q(("state", "returned"))),
        )
    ]
