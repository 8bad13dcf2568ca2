"""Every case that was there is noted, to be counted by the timekeepers from now on, while people go on working."""

from __future__ import annotations

from django.db import migrations

BEGIN = "INSERT INTO cases_tallychange (case_id, act) SELECT id, 0 FROM cases_case ON CONFLICT DO NOTHING;"


class Migration(migrations.Migration):
    dependencies = [("cases", "0031_tallies")]
    operations = [migrations.RunSQL(BEGIN, migrations.RunSQL.noop)]
