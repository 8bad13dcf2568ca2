import django.db.models.deletion
from django.db import migrations, models

# Because of what a unit was put under supervision stays as it was.
CLOSED = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON oversight_findingstep
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
"""
OPENED = "DROP TRIGGER refuse_change ON oversight_findingstep;"


class Migration(migrations.Migration):
    # squawk: adding-foreign-key-constraint - the table is made here and is empty
    # squawk: adding-required-field - the table is made here and is empty

    dependencies = [
        ("cases", "0030_proofs_by_time"),
        ("oversight", "0003_publication"),
    ]

    operations = [
        migrations.CreateModel(
            name="FindingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="oversight.finding"
                    ),
                ),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.ladderstep"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(CLOSED, OPENED),
    ]
