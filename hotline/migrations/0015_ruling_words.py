"""The words of what rulings tell citizens and units, where the others are there already."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = {
    "suspended": {
        "name": "挂账告知",
        "name_en": "Suspended",
        "body": "【12345】您的诉求 $number 暂不具备解决条件，已挂账，$until 复核后继续办理。原因见：$site/track（查询码 $code）",
        "body_en": "[12345] Your request $number cannot be solved for now and is suspended until $until, when handling goes on. The reason: $site/track (code $code)",
    },
    "resumed_citizen": {
        "name": "恢复办理告知",
        "name_en": "Handling goes on",
        "body": "【12345】您的诉求 $number 已恢复办理，我们将在 $due 前答复。查询码 $code",
        "body_en": "[12345] Your request $number is being handled again. You will hear from us by $due. Code $code",
    },
    "accepted_after_all": {
        "name": "复核受理告知",
        "name_en": "Accepted after review",
        "body": "【12345】经复核，您的诉求 $number 已受理，我们将在 $due 前答复。查询码 $code",
        "body_en": "[12345] We reviewed your request $number and accept it. You will hear from us by $due. Code $code",
    },
    "case_disputed": {
        "name": "提请裁定通知",
        "name_en": "Referred to the arbiter",
        "body": "$number：$title 已提请裁定机关裁定，你单位暂不办理。",
        "body_en": "$number: $title was referred to the arbiter; it is no longer with your unit.",
    },
    "resumed": {
        "name": "恢复办理通知",
        "name_en": "Handling goes on",
        "body": "$number：$title 挂账结束，恢复办理，$due 前答复。",
        "body_en": "$number: $title: the suspension is over; handling goes on, to be answered by $due.",
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
    dependencies = [("hotline", "0014_accounts")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
