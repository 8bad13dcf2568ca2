"""Taking one's turn: claim the slot, then do the task, here and now. It needs the database and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from celery import current_app
from django.db import connection

from hotline.agreed_time import JUMP, agreed_time
from hotline.timetable import Turn

# A claim that lies far ahead was made before the clock was set back.
CLAIM = """
INSERT INTO hotline_heartbeat AS kept (name, at) VALUES (%(task)s, clock_timestamp())
ON CONFLICT (name) DO UPDATE SET at = excluded.at
WHERE kept.at < to_timestamp(floor(extract(epoch FROM excluded.at) / %(seconds)s) * %(seconds)s)
   OR kept.at > excluded.at + make_interval(secs => %(jump)s)
"""


def claim(turn: Turn) -> bool:
    """Whether the present slot was still free; it is ours now."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"task": turn.task, "seconds": turn.seconds, "jump": JUMP.total_seconds()})
        return bool(cursor.rowcount)


def take(turn: Turn) -> bool:
    """Do the task, if nobody did in this slot and the time is not in doubt; says whether it was done."""
    if not claim(turn) or (turn.judges_time and agreed_time() is None):
        return False
    _task(turn.task)()
    return True


def _task(name: str) -> Callable[[], object]:
    if name not in current_app.tasks:
        current_app.loader.import_default_modules()
    task: Callable[[], object] = current_app.tasks[name]
    return task
