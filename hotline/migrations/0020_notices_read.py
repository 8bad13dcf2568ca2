# The list of what was read begins with the latest; of a role's notices most are read by nobody

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

READ = models.Q(("channel", "in_app"), ("state", "sent"), ("read_at__isnull", False))
ROLE_ALONE = models.Q(("to_organisation__isnull", True), ("to_user__isnull", True))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("hotline", "0019_notices_unread")]

    # squawk: prefer-robust-stmts - no transaction can hold a concurrent index; what failed is made again by hand
    operations = [
        AddIndexConcurrently("message", index)
        for index in (
            models.Index(fields=["to_user", "-created_at"], name="message_read", condition=READ),
            models.Index(fields=["to_organisation", "-created_at"], name="message_read_of_unit", condition=READ),
            models.Index(fields=["to_role", "-created_at"], name="message_read_of_role", condition=READ & ROLE_ALONE),
        )
    ]
