# What is unread by somebody is counted on every page

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

IN_APP = models.Q(("channel", "in_app"), ("state", "sent"))
UNREAD = IN_APP & models.Q(("read_at__isnull", True))
ROLE_ALONE = models.Q(("to_organisation__isnull", True), ("to_user__isnull", True))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("hotline", "0018_entries_by_transaction")]

    # squawk: prefer-robust-stmts - no transaction can hold a concurrent index; what failed is made again by hand
    operations = [
        AddIndexConcurrently("message", index)
        for index in (
            models.Index(fields=["to_role", "-created_at"], name="message_to_role", condition=IN_APP & ROLE_ALONE),
            models.Index(fields=["to_user"], name="message_unread", condition=UNREAD),
            models.Index(fields=["to_organisation", "to_role"], name="message_unread_of_unit", condition=UNREAD),
            models.Index(fields=["to_role"], name="message_unread_of_role", condition=UNREAD & ROLE_ALONE),
        )
    ]
