"""The words of notices about months."""

from django.db import migrations

WORDS = {  # key: name, English name, text, English text
    "month_shown": (
        "月度考核待核对",
        "Month to read",
        "合同 $contract 的 $month 考核已送核对，请于 $until 前提出异议或签认。",
        "The assessment of $month under contract $contract is before you. Object or sign by $until.",
    ),
    "month_objected": (
        "考核异议待裁定",
        "Objection to rule on",
        "合同 $contract 的 $month 考核，乙方对条款 $clause 提出异议：$words",
        "The contractor objects to clause $clause of $month, contract $contract: $words",
    ),
    "month_ruled": (
        "考核异议已裁定",
        "Objection ruled on",
        "合同 $contract 的 $month 考核，条款 $clause 的异议裁定为$outcome：$ruling",
        "The objection to clause $clause of $month, contract $contract, is ruled on ($outcome): $ruling",
    ),
    "month_locked": (
        "考核已锁定",
        "Month locked",
        "合同 $contract 的 $month 考核已由双方签认锁定，当月应付 $due 元。",
        "Both sides signed $month of contract $contract; it is locked at $due yuan.",
    ),
}


def add_words(apps, schema_editor):
    """Where people are at work already, they have templates; a new city brings its own."""
    template = apps.get_model("hotline", "MessageTemplate")
    if not template.objects.exists():
        return
    for key, (name, english, body, body_en) in WORDS.items():
        given = {"name": name, "name_en": english, "body": body, "body_en": body_en}
        template.objects.get_or_create(key=key, version=1, defaults=given)


class Migration(migrations.Migration):
    dependencies = [("contractors", "0003_own_reports"), ("hotline", "0015_ruling_words")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
