from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

RECEIPT = models.CheckConstraint(
    condition=models.Q(("receipt", ""), ("receipt_at__isnull", True))
    | models.Q(("receipt__in", ["delivered", "undelivered"]), ("receipt_at__isnull", False)),
    name="message_receipt",
)


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0007_looked_often"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="receipt",
            field=models.CharField(
                blank=True,
                choices=[("delivered", "arrived"), ("undelivered", "did not arrive")],
                db_default="",
                default="",
                help_text="what the carrier reported",
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="receipt_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="receipt_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        AddConstraintNotValid(model_name="message", constraint=RECEIPT),
    ]
