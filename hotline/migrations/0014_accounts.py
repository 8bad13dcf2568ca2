"""One-time passwords, sessions that can be ended, and the words of the notices about both."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = {
    "second_factor_reset": {
        "name": "二次验证重置",
        "name_en": "Second factor reset",
        "body": "安全管理员 $by 重置了 $name（$username）的二次验证，原因：$because。",
        "body_en": "$by reset the second factor of $name ($username): $because.",
    },
    "second_factor_reset_own": {
        "name": "本人二次验证重置",
        "name_en": "Your second factor was reset",
        "body": "您的二次验证已由安全管理员 $by 重置，原因：$because。如非您本人提出，请立即告知审计管理员。",
        "body_en": "Your second factor was reset by $by: $because. If you did not ask for it, tell the audit administrator at once.",
    },
    "password_issued": {
        "name": "签发一次性密码",
        "name_en": "One-time password issued",
        "body": "安全管理员 $by 为您签发了一次性密码，原因：$because。如非您本人提出，请立即告知审计管理员。",
        "body_en": "$by issued a one-time password for your account: $because. If you did not ask for it, tell the audit administrator at once.",
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
    dependencies = [("hotline", "0013_approved_versions")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="one_time_until",
            field=models.DateTimeField(
                blank=True,
                null=True,
                help_text="the password was made by somebody else: good until then, to choose an own one",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="sessions_ended",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="how often all sessions were ended; a session is bound to the number",
            ),
        ),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
