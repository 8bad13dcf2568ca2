"""The words of the notices about joined cases and bursts, where the others are there already."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = {
    "joined": {
        "name": "并案通知",
        "name_en": "Joined to a group",
        "body": "$number：$title 已并入同一事项的主件，无需单独办理。",
        "body_en": "$number: $title was joined to the main case of the same matter and needs no handling of its own.",
    },
    "burst": {
        "name": "聚集性诉求",
        "name_en": "Burst of like requests",
        "body": "$place 近 $minutes 分钟内出现 $n 件同类诉求：$matter。",
        "body_en": "$n requests alike within $minutes minutes in $place: $matter.",
    },
}


def add(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A city that is only being founded brings its own words."""
    templates = apps.get_model("hotline", "MessageTemplate").objects
    if not templates.exists():
        return
    for key, words in WORDS.items():
        if not templates.filter(key=key).exists():
            templates.create(key=key, **words)


class Migration(migrations.Migration):
    dependencies = [("hotline", "0009_receipts_hold")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
