from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart from the one before, so that the rows are looked through without holding the table."""

    dependencies = [
        ("hotline", "0008_receipts"),
    ]

    operations = [
        ValidateConstraint(model_name="message", name="message_receipt"),
    ]
