"""A telephone platform without telephones: plays a day of calls, for trying things out and for tests."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from cases.call_day import CallDay, Seat
from cases.call_merging import CallEvent
from cases.telephony import record_call
from hotline.acts import Refusal
from hotline.identifiers import uuid7
from hotline.models import Membership
from hotline.roles import Role
from hotline.webhooks import sign

SECRET = "CALL_PLATFORM_SECRET"  # noqa: S105 - the name of the variable that holds it


class Command(BaseCommand):
    help = f"Plays a day of calls here, or to a web address: --to http://host/cti/CODE/, signed with ${SECRET}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--calls", type=int, default=200)
        parser.add_argument("--begin", help="when the day begins, in ISO form (default: now)")
        parser.add_argument("--hours", type=float, default=9.0)
        parser.add_argument("--speed", type=float, default=0.0, help="how many times as fast as real time; 0: at once")
        parser.add_argument("--agents", default="", help="usernames, apart by commas (default: all call agents)")
        parser.add_argument("--to", default="", help="where a telephone platform reports to")
        parser.add_argument("--disorder", action="store_true", help="some reports come late, some twice")
        parser.add_argument("--seed", type=int, default=12345)

    def handle(self, **options: Any) -> None:
        rng = Random(options["seed"])  # noqa: S311 - made-up calls need no secrets
        begin = _moment(options["begin"]) if options["begin"] else timezone.now()
        day = CallDay(
            start=begin,
            lasts=timedelta(hours=options["hours"]),
            calls=options["calls"],
            seats=seats(begin, [name for name in options["agents"].split(",") if name]),
            prefix=f"sim-{begin:%Y%m%d%H%M}-{options['seed']}-",
        )
        events = day.events(rng)
        if options["disorder"]:
            events = _disordered(events, rng)
        self.play(events, begin, options["speed"], options["to"])

    def play(self, events: list[CallEvent], begin: datetime, speed: float, to: str) -> None:
        told: Counter[str] = Counter()
        started = time.monotonic()
        for event in events:
            if speed:
                due = (event.at - begin).total_seconds() / speed
                time.sleep(max(0.0, due - (time.monotonic() - started)))
            told[_sent(event, to) if to else _recorded(event)] += 1
        self.stdout.write(f"{len(events)} reports: " + ", ".join(f"{n} {word}" for word, n in told.most_common()))


def seats(at: datetime, usernames: list[str]) -> list[Seat]:
    """The agents on duty. Raises CommandError if there are none."""
    found = Membership.objects.current(at).select_related("user").filter(role=Role.AGENT)
    if usernames:
        found = found.filter(user__username__in=usernames)
    on_duty = [Seat(m.user.username, m.organisation.code) for m in found.order_by("user__username")]
    if not on_duty:
        raise CommandError("Nobody takes calls then.")
    return on_duty


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is no time in ISO form") from error
    return at if at.tzinfo else timezone.make_aware(at)


def _disordered(events: list[CallEvent], rng: Random) -> list[CallEvent]:
    """Every tenth twice, every tenth late by up to an hour."""
    twice = [event for event in events if rng.random() < 0.1]
    late = {id(event): timedelta(seconds=rng.randrange(3600)) for event in events if rng.random() < 0.1}
    return sorted([*events, *twice], key=lambda event: event.at + late.get(id(event), timedelta()))


def _recorded(event: CallEvent) -> str:
    try:
        record_call(event, by=None, at=timezone.now())
    except Refusal as refusal:
        return f"refused ({refusal})"
    return "recorded"


def _sent(event: CallEvent, to: str) -> str:
    """Signed, as a platform does; each report has an id by which it is known."""
    secret = os.environ.get(SECRET, "")
    if not secret:
        raise CommandError(f"Put the platform's secret into the environment as {SECRET}.")
    said = {key: str(value) for key, value in asdict(event).items() if value not in ("", None)}
    body = json.dumps(said | {"at": event.at.isoformat()}).encode()
    signed = sign(body, key=str(uuid7()), at=timezone.now(), secret=secret)
    headers = {"Content-Type": "application/json", **signed.headers}
    request = urllib.request.Request(to, data=body, headers=headers, method="POST")  # noqa: S310 - the operator's own
    try:
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310
            return "recorded"
    except urllib.error.HTTPError as error:
        return f"refused ({error.code})"
