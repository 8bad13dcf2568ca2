# Imported cases have serials of their own: taken from the day's sequence, a million of them would use up the numbers of
# the day on which they are imported

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0034_returned")]

    operations = [
        migrations.RunSQL(
            "CREATE TABLE cases_serial_past (day date PRIMARY KEY, last integer NOT NULL)",
            "DROP TABLE cases_serial_past",
        )
    ]
