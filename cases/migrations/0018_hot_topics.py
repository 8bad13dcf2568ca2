import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_suggestion_models")]

    operations = [
        migrations.CreateModel(
            name="TopicRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
                ("looked_at", models.DateTimeField()),
                (
                    "requests",
                    models.PositiveIntegerField(help_text="how many were looked at; confidential ones never are"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HotTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rank", models.PositiveSmallIntegerField()),
                ("names", models.JSONField(help_text="what it is called, the commonest first")),
                ("wording", models.JSONField(help_text="what its requests have in common")),
                ("n", models.PositiveIntegerField()),
                ("before", models.FloatField()),
                ("heat", models.FloatField()),
                ("cases", models.ManyToManyField(related_name="topics", to="cases.case")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="cases.topicrun"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "rank"), name="hot_topic_rank"),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 5), ("before__gte", 0)), name="hot_topic_never_of_few"
                    ),
                ],
            },
        ),
    ]
