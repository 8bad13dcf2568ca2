# Files handed in with replies are read by their time every night

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("cases", "0029_exports"),
    ]

    # squawk: prefer-robust-stmts - no transaction can hold a concurrent index; what failed is made again by hand
    operations = [
        AddIndexConcurrently(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("reply__isnull", False)), fields=["uploaded_at"], name="attachment_of_reply"
            ),
        ),
    ]
