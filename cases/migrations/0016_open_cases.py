# The larger statements about cases, each by itself and without stopping anybody

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("cases", "0015_decisions"),
    ]

    # squawk: prefer-robust-stmts - no transaction can hold a concurrent index; what failed is made again by hand
    operations = [
        ValidateConstraint(model_name="case", name="case_ended_says_how"),
        ValidateConstraint(model_name="case", name="case_status"),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "dispatched",
                            "disputed",
                            "handling",
                            "registered",
                            "rehandling",
                            "replied",
                            "suspended",
                            "verifying",
                        ],
                    )
                ),
                fields=["promise_due_at", "id"],
                name="case_due_while_open",
            ),
        ),
        RemoveIndexConcurrently(
            model_name="case",
            name="case_due_open",
        ),
    ]
