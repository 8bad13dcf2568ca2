"""The audit entries by the transactions that wrote them, for the sealer."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hotline.partitions import index_parts


def build(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    index_parts("hotline_auditentry", "audit_by_transaction", "xid, id")


def take_away(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP INDEX IF EXISTS audit_by_transaction")


class Migration(migrations.Migration):
    atomic = False
    dependencies: ClassVar = [("hotline", "0017_audit_seals")]

    operations: ClassVar = [migrations.RunPython(build, take_away)]
