"""The words of the notice that somebody viewed identities up to the limit, where the others are there already."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEY = "looked_often"
WORDS = {
    "name": "查看身份达到上限",
    "name_en": "Identities viewed up to the limit",
    "body": "$organisation $name（$staff_number）查看诉求人身份达到上限，24小时内共$n次，请核查。",
    "body_en": "$name ($staff_number, $organisation) has viewed identities up to the limit, $n within a day."
    " Please look into it.",
}


def add(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A city that is only being founded brings its own words."""
    templates = apps.get_model("hotline", "MessageTemplate").objects
    if templates.exists() and not templates.filter(key=KEY).exists():
        templates.create(key=KEY, **WORDS)


class Migration(migrations.Migration):
    dependencies = [("hotline", "0006_authenticator")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
