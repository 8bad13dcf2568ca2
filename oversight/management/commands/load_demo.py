"""A city to look at: made-up people, and what they asked of it in the last months."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from cases import learning
from cases.models import Case, Target
from hotline import audit_checks
from hotline.models import Heartbeat, Membership, Organisation
from hotline.roles import Role
from oversight.demo import reference, story

HALF_TOLD = 3
TOLD = "demo_story"  # the sign that the story was told to its end


class Command(BaseCommand):
    help = "Load the demo city, unless there is a city already"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=400, help="about how many cases to tell of")
        parser.add_argument("--days", type=int, default=90, help="in how many days up to now")
        parser.add_argument("--seed", type=int, default=7, help="the same seed tells the same story")
        parser.add_argument("--ground", action="store_true", help="only places, people and rules; no case yet")

    def handle(self, *args: Any, cases: int, days: int, seed: int, ground: bool, **options: Any) -> None:
        now, began = timezone.now(), time.monotonic()
        if not Organisation.objects.exists():
            reference.load(at=now - timedelta(days=days))
        elif (
            Heartbeat.objects.filter(name=TOLD).exists() or not Heartbeat.objects.filter(name=reference.GROUND).exists()
        ):
            return
        if Case.objects.filter(registered_at__lt=now - timedelta(days=1)).exists():
            raise CommandError(
                "The demo city's story was broken off half-way. Empty its database and load it afresh.",
                returncode=HALF_TOLD,
            )
        if ground:
            return
        story.tell(now=now, days=days, cases=cases, seed=seed)
        head = Membership.objects.current(now).filter(role=Role.OFFICE_HEAD).order_by("pk")[0]
        learning.ask_training(Target.CATEGORY, by=head, at=now)  # whoever keeps time trains it; switching on is for you
        auditor = Membership.objects.current(now).filter(role=Role.AUDITOR).order_by("pk")[0]
        audit_checks.ask(by=auditor, at=now)  # whoever keeps time seals first, then checks
        Heartbeat.objects.update_or_create(name=TOLD, defaults={"at": timezone.now()})
        seconds = time.monotonic() - began
        self.stdout.write(f"  The demo city 云州 is complete: {Case.objects.count()} cases, {seconds:.0f} seconds")
