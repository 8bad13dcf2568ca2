"""Whether anything happened: one thread a process looks at the events' counter for all who wait (decision 2)."""

from __future__ import annotations

import threading
import time

import structlog
from django.db import connection

log = structlog.get_logger(__name__)

LOOK_SECONDS = 2.0
# A number is given to an event before its act commits, and to one that is undone: who hears of it looks for himself.
COUNTER = "SELECT last_value FROM cases_caseevent_id_seq"


class News:
    """Counts up whenever something happened. The watching thread lives while somebody listens."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.number = 0
        self.listeners = 0
        self._watching = False

    def join(self, most: int) -> bool:
        """Begin to listen, unless so many do already."""
        with self.changed:
            if self.listeners >= most:
                return False
            self.listeners += 1
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, name="news", daemon=True).start()
            return True

    def leave(self) -> None:
        with self.changed:
            self.listeners -= 1

    def after(self, number: int, seconds: float) -> int:
        """Wait so long for news later than that number; returns the present one."""
        with self.changed:
            self.changed.wait_for(lambda: self.number != number, seconds)
            return self.number

    def tell(self) -> None:
        with self.changed:
            self.number += 1
            self.changed.notify_all()

    def _watch(self) -> None:
        before: int | None = None
        try:
            while self._needed():
                now = self._look()
                if before is not None and now is not None and now != before:
                    self.tell()
                before = now if now is not None else before
                time.sleep(LOOK_SECONDS)
        finally:
            connection.close()

    def _needed(self) -> bool:
        with self.changed:
            self._watching = self.listeners > 0
            return self._watching

    def _look(self) -> int | None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(COUNTER)
                return int(cursor.fetchone()[0])
        except Exception:
            log.exception("no_news")  # the pages ask by themselves meanwhile; the next look may work again
            connection.close()
            return None


NEWS = News()
