"""``manage.py check_tallies``: recount every tally from the rows of the cases, and say which are not right."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from cases.models import Tally
from cases.tally_keeping import count_anew, differences

SHOWN = 1_000


class Command(BaseCommand):
    help = "Recount the tallies from the cases. Prints each difference with its key and ends with 1 if there is any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="then count all anew, in one transaction")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = list(islice(differences(), SHOWN))
        for difference in found:
            self.stdout.write(str(difference))
        if options["mend"]:
            self.stdout.write(f"{count_anew()} cases counted anew")
        self.stdout.write(f"{len(found)} differences in {Tally.objects.count()} tallies")
        if found:
            sys.exit(1)
