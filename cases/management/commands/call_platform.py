"""Connects a telephone platform, gives it a new secret, or takes no more reports from it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from cases import call_platforms
from cases.management.import_command import member
from cases.models import CallPlatform
from hotline.acts import Refusal


class Command(BaseCommand):
    help = "manage.py call_platform CODE --by USERNAME [--connect USERNAME | --new-secret [--at-once] | --disconnect]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="in the address it reports to: /cti/CODE/")
        parser.add_argument("--by", required=True, help="user name of the system administrator")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--connect", metavar="USERNAME", help="the connected system it acts as")
        what.add_argument("--new-secret", action="store_true", help="the earlier one counts for a day more")
        what.add_argument("--disconnect", action="store_true")
        parser.add_argument("--at-once", action="store_true", help="the earlier secret was lost: it ends now")

    def handle(self, *, code: str, **options: Any) -> None:
        by, at = member(options["by"]), timezone.now()
        try:
            if options["connect"]:
                self.tell(call_platforms.connect(member(options["connect"]), by=by, at=at, code=code))
            elif options["new_secret"]:
                at_once = options["at_once"]
                self.tell(call_platforms.give_new_secret(_platform(code), by=by, at=at, at_once=at_once))
            else:
                call_platforms.disconnect(_platform(code), by=by, at=at)
                self.stdout.write(f"{code} reports no more calls.")
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def tell(self, connected: call_platforms.Connected) -> None:
        self.stdout.write(f"/cti/{connected.platform.code}/ takes reports signed with this secret, shown once:")
        self.stdout.write(connected.secret)


def _platform(code: str) -> CallPlatform:
    for platform in CallPlatform.objects.filter(code=code):
        return platform
    raise CommandError(f"no platform is called {code}")
