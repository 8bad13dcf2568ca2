"""Reasons as rows: those that were written in the program, with the codes they have, and the words in two languages."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REASONS = {
    "bounce": [
        ("not_our_duty", "职责不属于本单位", "Not this unit's duty"),
        ("wrong_area", "不在本单位辖区", "Outside this unit's area"),
        ("unclear_ownership", "权属不清", "Ownership unclear"),
        ("overlapping", "职责交叉", "Overlapping powers"),
        ("incomplete", "登记要素不全，无法办理", "Record too incomplete to act on"),
    ],
    "extension": [
        ("engineering", "需工程施工", "Construction or repair work needed"),
        ("investigation", "需调查或检测", "Investigation or testing needed"),
        ("several_units", "需多个单位办理", "Several units must act"),
        ("weather", "天气等不可抗力", "Weather or other force of nature"),
        ("legal_term", "法律规定了更长期限", "A longer term set by law"),
    ],
    "dispute": [
        ("third_hop", "将第三次派单", "It would be sent for the third time"),
        ("no_taker", "无单位承接", "No unit takes it"),
        ("overlapping", "职责交叉", "Overlapping powers"),
        ("no_rule", "无规定明确职责归属", "No rule says whose duty it is"),
    ],
    "suspension": [
        ("funding", "待资金或规划", "Waits for funds or a plan"),
        ("construction", "待大型工程实施", "Waits for large works"),
        ("lawsuit", "待司法或上级机关处理", "Waits for a court or an authority above"),
        ("land", "待征迁或用地", "Waits for relocation or land"),
        ("no_conditions", "现有条件下无法解决", "Cannot be solved under present conditions"),
    ],
    "exclusion": [
        ("against_law", "违反现行法律或政策", "Against law or policy in force"),
        ("impossible", "客观上无法实现", "Nobody could do it"),
        ("private", "属民事纠纷，各单位均无权处理", "Between private persons; no power of any unit"),
        ("settled", "已依法处理，重复反映且无新事实", "Lawfully settled, asked again with no new facts"),
        ("malicious", "虚构或恶意", "Made up, or in bad faith"),
    ],
    "closing": [
        ("no_answer", "无人接听", "Does not answer"),
        ("wrong_number", "号码错误或停机", "Number wrong or out of service"),
        ("declined", "拒绝与承办单位沟通", "Refuses to speak with the unit"),
    ],
    "refusal": [
        ("emergency_line", "紧急专线事项", "Matter of an emergency line"),
        (
            "legal_procedure",
            "已进入或应当通过诉讼、仲裁、复议、纪检程序",
            "In litigation, arbitration, review or discipline inspection, or belongs there",
        ),
        ("petition", "已由信访受理", "Already with the petition office"),
        ("other_place", "不属本市管辖", "Outside this city's administration"),
        (
            "other_body",
            "党委、人大、政协、法院、检察院、军队事项",
            "Matter of the Party, congress, courts, procuratorate or army",
        ),
        ("secret", "涉及秘密或他人隐私", "Concerns secrets or others' privacy"),
        ("unlawful", "违法或违背公序良俗", "Unlawful or against public morals"),
        ("nothing_new", "正在办理或已依法办结，无新情况", "In handling or lawfully finished, with no new facts"),
        ("no_duty", "超出各单位职责", "Beyond any unit's duty"),
        ("nuisance", "恶意骚扰", "Malicious disturbance"),
    ],
    "send_back": [
        ("no_answer", "答非所问", "Does not answer the request"),
        ("no_contact", "未联系诉求人", "Citizen not contacted"),
        ("no_evidence", "缺少佐证", "Evidence missing"),
        ("no_date", "没有具体措施或日期", "No definite measure or date"),
        ("wording", "措辞不宜公开", "Wording not fit for the citizen"),
    ],
    "unsolved": [
        ("engineering", "需工程施工", "Construction needed"),
        ("funding", "需资金或规划", "Funding or planning needed"),
        ("third_party", "取决于他方", "Depends on others"),
        ("no_legal_ground", "没有法律依据", "No legal ground"),
        ("disagreement", "各方意见不一", "Parties disagree"),
        ("other", "其他", "Other"),
    ],
    "callback": [
        ("reached", "已接通", "reached"),
        ("no_answer", "无人接听", "no answer"),
        ("busy", "占线", "busy"),
        ("wrong_number", "号码有误", "wrong number"),
        ("switched_off", "关机", "switched off"),
        ("declined", "不愿评价", "did not want to answer"),
    ],
    "reveal": [
        ("contact", "联系诉求人", "To contact the citizen"),
        ("visit", "上门核实地址", "To check the place in person"),
        ("verify", "核实诉求人身份", "To verify who is asking"),
        ("callback", "回访", "To call back"),
        ("complaint", "核查投诉", "To examine a complaint"),
    ],
}
BETWEEN = 10  # so that another can be put between two

FROZEN = """
CREATE FUNCTION cases_reason_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ends_at IS NOT NULL OR NEW.ends_at IS NULL
        OR to_jsonb(OLD) - 'ends_at' - 'ended_by_id' <> to_jsonb(NEW) - 'ends_at' - 'ended_by_id'
        OR NOT EXISTS (SELECT 1 FROM hotline_proposal WHERE id = NEW.ended_by_id AND state = 'approved')
    THEN
        RAISE EXCEPTION 'a reason only ends, once, when two people agree: % refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reason_frozen BEFORE UPDATE OR DELETE ON cases_reason
    FOR EACH ROW EXECUTE FUNCTION cases_reason_frozen();
CREATE TRIGGER reason_approved BEFORE INSERT ON cases_reason
    FOR EACH ROW EXECUTE FUNCTION hotline_needs_approval();
"""
THAWED = """
DROP TRIGGER reason_approved ON cases_reason;
DROP TRIGGER reason_frozen ON cases_reason;
DROP FUNCTION cases_reason_frozen();
"""


def bring(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    Reason = apps.get_model("cases", "Reason")  # noqa: N806 - a class
    Reason.objects.bulk_create(
        Reason(kind=kind, code=code, name=name, name_en=english, position=n * BETWEEN)
        for kind, rows in REASONS.items()
        for n, (code, name, english) in enumerate(rows, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_catalogue_uploads"),
        ("hotline", "0015_ruling_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bounce", "Returning a case"),
                            ("extension", "Asking for more time"),
                            ("dispute", "Referring to the arbiter"),
                            ("suspension", "Suspending a case"),
                            ("exclusion", "Excluding from the rates"),
                            ("closing", "Answering without contact"),
                            ("refusal", "Not accepting a request"),
                            ("send_back", "Sending a reply back"),
                            ("unsolved", "Not fully solved"),
                            ("callback", "What came of a call back"),
                            ("reveal", "Looking at an identity"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.CharField(max_length=30)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "needs_words",
                    models.BooleanField(default=False, help_text="a note, or what proves it, must go with it"),
                ),
                ("begins_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.proposal",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hotline.proposal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "bounce",
                                    "extension",
                                    "dispute",
                                    "suspension",
                                    "exclusion",
                                    "closing",
                                    "refusal",
                                    "send_back",
                                    "unsolved",
                                    "callback",
                                    "reveal",
                                ],
                            )
                        ),
                        name="reason_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_at__isnull", True),
                            ("ends_at__isnull", True),
                            ("ends_at__gt", models.F("begins_at")),
                            _connector="OR",
                        ),
                        name="reason_period",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("kind", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "begins_at",
                                    "ends_at",
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="reason_versions_apart",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FROZEN, THAWED),
        migrations.RunPython(bring, migrations.RunPython.noop),
    ]
