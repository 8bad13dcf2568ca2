"""Wordings and years name the proposal that two people agreed on; a wording is never rewritten, only retired."""

import django.db.models.deletion
from django.db import migrations, models

CLOSED = """
CREATE FUNCTION hotline_template_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - 'retired_at' <> to_jsonb(NEW) - 'retired_at' THEN
        RAISE EXCEPTION 'a wording is only retired: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER template_frozen BEFORE UPDATE OR DELETE ON hotline_messagetemplate
    FOR EACH ROW EXECUTE FUNCTION hotline_template_frozen();
CREATE TRIGGER template_approved BEFORE INSERT ON hotline_messagetemplate
    FOR EACH ROW EXECUTE FUNCTION hotline_needs_approval();
CREATE TRIGGER year_approved BEFORE INSERT OR UPDATE ON hotline_calendaryear
    FOR EACH ROW EXECUTE FUNCTION hotline_needs_approval();
"""
OPENED = """
DROP TRIGGER year_approved ON hotline_calendaryear;
DROP TRIGGER template_approved ON hotline_messagetemplate;
DROP TRIGGER template_frozen ON hotline_messagetemplate;
DROP FUNCTION hotline_template_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0012_rule_versions"),
    ]

    # squawk: adding-foreign-key-constraint - wordings and years are some dozens of rows
    # squawk: disallowed-unique-constraint - wordings are some dozens of rows
    operations = [
        migrations.AddField(
            model_name="calendaryear",
            name="proposal",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="hotline.proposal",
            ),
        ),
        migrations.AddField(
            model_name="messagetemplate",
            name="proposal",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="hotline.proposal",
            ),
        ),
        migrations.AddField(
            model_name="messagetemplate",
            name="valid_from",
            field=models.DateField(blank=True, help_text="empty: since the installation", null=True),
        ),
        migrations.RunSQL(CLOSED, OPENED),
    ]
