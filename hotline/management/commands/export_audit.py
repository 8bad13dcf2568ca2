"""Writes the audit trail and its seals as plain files, for an auditor to check elsewhere with bin/verify_audit."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from hotline import audit, journals
from hotline.audit_checking import outside_until
from hotline.models import Membership
from hotline.roles import Capability
from hotline.seal_files import SealFiles
from hotline.seals import public_key

ENTRIES, EVENTS = journals.JOURNALS


class Command(BaseCommand):
    help = "Write the audit entries and their seals, one a line: manage.py export_audit DIR --by USERNAME [--events]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="a new directory")
        parser.add_argument("--by", required=True, help="user name of the auditor who asks for it")
        parser.add_argument("--events", action="store_true", help="what happened to the cases, too: it names people")

    def handle(self, *, directory: Path, by: str, events: bool, **options: Any) -> None:
        member = self._member(by)
        try:
            directory.mkdir(mode=0o700, parents=True)
        except FileExistsError as error:
            raise CommandError(f"{directory} is there already; name a new directory") from error
        wanted = [ENTRIES, EVENTS] if events else [ENTRIES]
        audit.record("export_audit", by=member, at=timezone.now(), details={"journals": wanted})
        until = outside_until(SealFiles(settings.AUDIT_SEALS_DIR))
        with journals.as_of_now():
            about = {"at": timezone.localtime().isoformat(), "until": until, "key": public_key()}
            _write(directory / "export.json", [json.dumps(about).encode()])
            counted = {name: _write(directory / f"{name}.jsonl", journals.lines(name)) for name in wanted}
            counted["seals"] = _write(directory / "seals.jsonl", journals.seals())
        for name, n in counted.items():
            self.stdout.write(f"{name}: {n}")
        self.stdout.write(f"Check it with: bin/verify_audit {directory} --outside YOUR-COPY-OF-THE-SEALS")

    def _member(self, username: str) -> Membership:
        current = Membership.objects.current(timezone.now()).select_related("user", "organisation")
        for member in current.filter(user__username=username):
            if member.can(Capability.AUDIT_CHECK):
                return member
        raise CommandError(f"{username} is no auditor here at present")


def _write(path: Path, lines: Iterable[bytes]) -> int:
    """Every line on the disk; returns how many."""
    n = 0
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for n, line in enumerate(lines, start=1):  # noqa: B007 - counted
            file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return n
