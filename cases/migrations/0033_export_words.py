"""The words of what those are told who approve exports and who ask for them, where the others are there already."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = {  # key: name, English name, text, English text
    "export_to_approve": (
        "导出待审批",
        "Export to approve",
        "$who 申请导出含个人信息的清单 $number「$title」，用途：$purpose。请审批。",
        "$who asks for $number, “$title”, with personal data, for: $purpose. Please decide.",
    ),
    "export_approved": (
        "导出已批准",
        "Export approved",
        "您申请的导出 $number「$title」已由 $who 批准，生成后另行通知。",
        "$who approved your export $number, “$title”. You will hear when it is ready.",
    ),
    "export_refused": (
        "导出未批准",
        "Export refused",
        "您申请的导出 $number「$title」未获 $who 批准：$why",
        "$who refused your export $number, “$title”: $why",
    ),
    "export_ready": (
        "导出已生成",
        "Export ready",
        "您申请的导出 $number「$title」已生成，请于 $until 前下载，逾期删除。",
        "Your export $number, “$title”, is ready. Fetch it before $until; then it is deleted.",
    ),
    "export_failed": (
        "导出失败",
        "Export failed",
        "您申请的导出 $number「$title」未能生成：$why",
        "Your export $number, “$title”, could not be made: $why",
    ),
}


def add(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A city that is only being founded brings its own words."""
    templates = apps.get_model("hotline", "MessageTemplate").objects
    if not templates.exists():
        return
    for key, (name, english, body, body_en) in WORDS.items():
        given = {"name": name, "name_en": english, "body": body, "body_en": body_en}
        templates.get_or_create(key=key, version=1, defaults=given)


class Migration(migrations.Migration):
    dependencies = [("cases", "0032_tallies_begin"), ("hotline", "0019_notices_unread")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
