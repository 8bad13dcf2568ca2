"""The words of notices to contractors and their people."""

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
    "quality_drawn": (
        "质检抽样",
        "Sample drawn",
        "$who $week 当周质检样本已由系统抽取，共 $n 件，请于 $due 前评完。",
        "The system drew the sample of $who for the week of $week: $n contacts, to be marked by $due.",
    ),
    "quality_late": (
        "质检超期",
        "Marking overdue",
        "$who $week 当周质检样本已超期，尚有 $n 件未评。",
        "The sample of $who for the week of $week is overdue: $n contacts are not marked yet.",
    ),
    "quality_published": (
        "质检结果发布",
        "Marks published",
        "您有 $n 件质检结果已发布，可于 $until 前申诉。",
        "$n marks about you were published. You may appeal until $until.",
    ),
    "quality_appealed": (
        "质检申诉",
        "Appeal against a mark",
        "$who 话务员对 $number 的质检结果提出申诉，请于 $due 前复核。",
        "An agent of $who appeals against the mark of $number. Rule on it by $due.",
    ),
    "quality_appeal_due": (
        "质检申诉将到期",
        "Appeal due soon",
        "$who 的质检申诉 $number 应于 $due 前复核，尚未处理。",
        "The appeal $number of $who is to be ruled on by $due.",
    ),
    "quality_appeal_late": (
        "质检申诉超期",
        "Appeal overdue",
        "$who 的质检申诉 $number 已超过 $due 的复核时限。",
        "The appeal $number of $who should have been ruled on by $due.",
    ),
    "quality_ruled": (
        "质检申诉结果",
        "Appeal ruled on",
        "您对 $number 的申诉已复核（$outcome）：$ruling",
        "Your appeal against $number was ruled on ($outcome): $ruling",
    ),
    "agent_complaint_ruled": (
        "话务员投诉认定",
        "Complaint about an agent ruled on",
        "对 $number 受理服务的投诉已认定：$finding。",
        "The complaint about how $number was taken down was ruled on: $finding.",
    ),
    "agent_complaint_late": (
        "话务员投诉认定超期",
        "Complaint about an agent overdue",
        "对 $number 受理服务的投诉应于 $due 前认定，尚未处理。",
        "The complaint about how $number was taken down should have been ruled on by $due.",
    ),
    "attribution_disputed": (
        "责任归属异议",
        "Attribution disputed",
        "$who 对 $number 的责任归属提出异议，请于 $due 前裁定。",
        "$who disputes what is attributed to it in $number. Rule on it by $due.",
    ),
    "attribution_ruled": (
        "责任归属裁定",
        "Disputed attribution ruled on",
        "$number 的责任归属异议已裁定：$party。$ruling",
        "The disputed attribution in $number was ruled on: $party. $ruling",
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
    dependencies = [("contractors", "0003_access_bound")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
