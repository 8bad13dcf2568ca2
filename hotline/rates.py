"""How often something may be tried by one caller or for one thing, counted in the database.

Every try is counted before it is judged; one that turns out to be honest is given back. So fifty parallel guesses are
fifty guesses, and a citizen who looks three times a day is never held up.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.helpers import get_client_ip_address
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from hotline.models import RateCount

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Rate:
    """At most ``limit`` tries in ``seconds``, from the first of them on."""

    name: str
    limit: int
    seconds: int


def take(rate: Rate, who: str, *, at: datetime) -> int:
    """Count one try. 0 if it may go on, else the seconds until the next one may."""
    window = timedelta(seconds=rate.seconds)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO hotline_ratecount AS r (key, began_at, tries) VALUES (%(key)s, %(at)s, 1)"
            " ON CONFLICT (key) DO UPDATE SET"
            " tries = CASE WHEN r.began_at <= %(stale)s THEN 1 ELSE LEAST(r.tries + 1, 1000000) END,"
            " began_at = CASE WHEN r.began_at <= %(stale)s THEN %(at)s ELSE r.began_at END"
            " RETURNING tries, began_at",
            {"key": _key(rate, who), "at": at, "stale": at - window},
        )
        tries, began_at = cursor.fetchone()
    return max(1, int((began_at + window - at).total_seconds())) if tries > rate.limit else 0


def give_back(rate: Rate, who: str) -> None:
    """The try was an honest one and does not count."""
    RateCount.objects.filter(key=_key(rate, who), tries__gt=0).update(tries=F("tries") - 1)


def forget_old(*, at: datetime) -> None:
    RateCount.objects.filter(began_at__lt=at - KEPT).delete()


def caller(request: HttpRequest) -> str:
    """The address a request comes from, seen through our own proxies; an IPv6 household has one network of 64 bits."""
    given = get_client_ip_address(request) or "unknown"
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _key(rate: Rate, who: str) -> str:
    return salted_hmac(f"hotline.rates.{rate.name}", who, algorithm="sha256").hexdigest()
