"""Versions of the office's settings: only ever added, and only by an approved proposal; words of new notices."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CLOSED = """
CREATE TRIGGER rule_version_approved BEFORE INSERT ON hotline_ruleversion
    FOR EACH ROW EXECUTE FUNCTION hotline_needs_approval();
CREATE TRIGGER rule_version_frozen BEFORE UPDATE OR DELETE ON hotline_ruleversion
    FOR EACH ROW EXECUTE FUNCTION hotline_refuse_change();
"""
OPENED = """
DROP TRIGGER rule_version_frozen ON hotline_ruleversion;
DROP TRIGGER rule_version_approved ON hotline_ruleversion;
"""
WORDS = {
    "ladder_issued": (
        "督办文书",
        "Supervision step issued",
        "$paper：$number $title。$words 请于 $due 前答复。",
        "$paper: $number $title. $words Answer by $due.",
    ),
    "ladder_answered": (
        "督办答复",
        "Supervision answered",
        "$paper 已答复，待审定：$number $title。",
        "$paper was answered: $number $title.",
    ),
    "ladder_accepted": (
        "督办办结",
        "Answer accepted",
        "$paper 的答复已认可：$number $title。",
        "The answer to $paper was accepted: $number $title.",
    ),
    "digest": (
        "催办汇总",
        "Digest",
        "催督办汇总 $n 条：\n$lines\n$more",
        "$n notices:\n$lines\n$more",
    ),
}


def add(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A city that is only being founded brings its own words."""
    templates = apps.get_model("hotline", "MessageTemplate").objects
    if not templates.exists():
        return
    for key, (name, name_en, body, body_en) in WORDS.items():
        if not templates.filter(key=key).exists():
            templates.create(key=key, name=name, name_en=name_en, body=body, body_en=body_en)


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0011_proposals"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("book", models.CharField(max_length=40)),
                ("values", models.JSONField()),
                ("valid_from", models.DateField()),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="hotline.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("book", "valid_from"), name="rule_version_once")],
            },
        ),
        migrations.RunSQL(CLOSED, OPENED),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
