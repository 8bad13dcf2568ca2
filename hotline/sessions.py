"""Django's sessions in the database, read by a query that is made once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone

from hotline.compiled import Compiled
from hotline.outage import is_outage

_kept = Compiled(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), key=str, now=datetime)


class SessionStore(db.SessionStore):
    """``_session_key`` stays None where the session is gone, so that its cookie is taken back."""

    def _get_session_from_db(self) -> Any:
        found = _kept(key=self.session_key or "", now=timezone.now())
        if found:
            return found[0]
        self._session_key = None
        return None

    def save(self, must_create: bool = False) -> None:
        """Django takes any failure to save for a session somebody ended; a database that is away is told as that."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if error.__context__ is not None and is_outage(error.__context__):
                raise error.__context__ from None
            raise
