"""Any number of schedulers: with no beat, one or three, and while they are killed, each slot is taken once.

A trigger writes down each claim of the clocks' turn, whose slots are a second long. No slot may be taken twice, and
from one claim to the next no more than two ticks may pass. Slots are counted in UTC, so summer time changes nothing.
"""

from __future__ import annotations

import random
import time
from argparse import ArgumentParser, Namespace
from datetime import timedelta
from itertools import islice, pairwise

from django.db import connection

from bench.crew import Crew, at_random_moments
from bench.report import Report
from bench.town import Town, town
from hotline.agreed_time import database_time
from hotline.timetable import TIMETABLE

# Who works, and who of them is killed (part of the name; "": any).
SCENES: dict[str, tuple[list[str], str | None]] = {
    "no beat, two timekeepers": (["timekeeper"] * 2, None),
    "one beat": (["beat", "worker"], None),
    "three beats": (["beat"] * 3 + ["worker"], None),
    "three beats, one killed again and again": (["beat"] * 3 + ["worker"], "beat"),
    "one beat, three timekeepers, any killed again and again": (["beat", "worker"] + ["timekeeper"] * 3, ""),
}
SETTLING = 5.0  # seconds until all have started
WATCH = """
CREATE TABLE drill_claim (at timestamptz NOT NULL);
CREATE FUNCTION drill_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO drill_claim VALUES (NEW.at);
    RETURN NULL;
END $$;
CREATE TRIGGER drill_claim AFTER INSERT OR UPDATE ON hotline_heartbeat FOR EACH ROW
    WHEN (NEW.name = '{task}') EXECUTE FUNCTION drill_claim();
"""
CLAIMED = "SELECT floor(extract(epoch FROM at) / {seconds})::bigint FROM drill_claim WHERE at > %s ORDER BY at"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=30, help="in all; whoever is killed needs seconds to be back")
    parser.add_argument("--scenes", type=int, default=len(SCENES), help="so many of them")
    parser.add_argument("--gap", type=int, default=2, help="ticks between two claims, at most")
    parser.add_argument("--seconds", type=float, default=60.0, help="that each scene lasts")


def run(options: Namespace, report: Report) -> None:
    rng = random.Random(report.seed)
    with town() as here:
        with connection.cursor() as cursor:
            cursor.execute(WATCH.format(task=TIMETABLE[0].task))
        for scene, (names, victims) in islice(SCENES.items(), options.scenes):
            slots = claims(here, names, victims, options, rng)
            report.figure(f"{scene}: slots taken", len(slots), at_least=options.seconds / options.gap)
            report.figure(f"{scene}: taken twice", len(slots) - len(set(slots)), exactly=0)
            gap = max((b - a for a, b in pairwise(slots)), default=0)
            report.figure(f"{scene}: longest gap, ticks", gap, at_most=options.gap)


def claims(here: Town, names: list[str], victims: str | None, options: Namespace, rng: random.Random) -> list[int]:
    """The slots that this crew took, in order."""
    crew = Crew(here, names)
    crew.wait_until_at_work()
    time.sleep(SETTLING)
    begin = database_time()
    kills = 0 if victims is None else options.kills // 2
    end = begin + timedelta(seconds=options.seconds)
    at_random_moments(kills, end, rng, lambda: crew.kill_one(rng, only=victims or ""))
    time.sleep(max(0.0, (end - database_time()).total_seconds()))
    with connection.cursor() as cursor:
        cursor.execute(CLAIMED.format(seconds=TIMETABLE[0].seconds), [begin])
        slots = [row[0] for row in cursor.fetchall()]
    crew.stop()
    return slots
