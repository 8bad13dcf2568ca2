"""Checks the audit trail of the living database against its seals and those outside, and that it is still guarded."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from hotline import audit_checks
from hotline.audit_checking import check_now
from hotline.models import AuditCheck, CheckState


class Command(BaseCommand):
    help = "Check the whole audit trail; the exit code is 1 if anything is wrong. Of an export: bin/verify_audit"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--begun", type=int, help="the check asked for on the page that a worker has taken up")

    def handle(self, *args: Any, begun: int | None, **options: Any) -> None:
        if begun:
            self.carry_out(begun)
            return
        found = check_now()
        self.stdout.write("\n".join(found.sentences()))
        if not found.whole:
            raise CommandError("The audit trail is not as it was sealed, or not guarded as it was set up.")

    def carry_out(self, pk: int) -> None:
        """Keep on the check's row how far it is and what it found."""
        check = AuditCheck.objects.filter(pk=pk, state=CheckState.RUNNING).first()
        if check is None:
            raise CommandError("nobody has taken up that check")
        try:
            found = check_now(_Progress(check))
            audit_checks.finish(check, by=None, at=timezone.now(), whole=found.whole, found=found.as_json())
        except Exception as error:
            audit_checks.fail(check, by=None, at=timezone.now(), why=f"{type(error).__name__}: {error}")
            raise


class _Progress:
    """Tells the page how far it is, by a connection of its own: the check reads one state of everything meanwhile."""

    def __init__(self, check: AuditCheck) -> None:
        self.pk, self.connection = check.pk, connection.copy()

    def __call__(self, share: float) -> None:
        told = "UPDATE hotline_auditcheck SET progress = %s, heard_at = %s WHERE id = %s AND state = %s"
        with self.connection.cursor() as cursor:
            cursor.execute(told, [min(99, round(share * 100)), timezone.now(), self.pk, CheckState.RUNNING])
