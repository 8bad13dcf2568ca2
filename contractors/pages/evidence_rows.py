"""What the rows behind a clause are about, and where each opens: a case, a call, a person, a half-hour, a contact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.call_counting import CALL_FIGURES
from cases.call_sets import CallSelection, calls_url
from cases.models import Call, Case
from contractors.figures import Row
from contractors.models import Employment, Incident, SampledContact
from hotline.calendar import Period
from hotline.models import Membership, Organisation, User
from hotline.roles import Capability


@dataclass(frozen=True)
class Told:
    """In words, and the page it opens; empty where the reader has none."""

    words: str = ""
    url: str = ""


@dataclass(frozen=True)
class Reader:
    """Whose figure it is, and who reads it."""

    by: Membership
    contractor: Organisation


Telling = Callable[[list[str], Reader], dict[str, Told]]


def told(measure: str, rows: Iterable[Row], *, by: Membership, contractor: Organisation) -> dict[str, Told]:
    """By the row's name, as far as the reader reaches it."""
    names = [row.ref for row in rows]
    return _telling(measure)(names, Reader(by, contractor)) if names else {}


def _telling(measure: str) -> Telling:
    if measure in CALL_FIGURES:
        return _calls
    if measure.startswith("incidents_"):
        return _incidents
    return TELLINGS.get(measure, _cases)


def _cases(names: list[str], reader: Reader) -> dict[str, Told]:
    reached = Case.objects.visible_to(reader.by).filter(number__in=names)
    return {case.number: Told(case.title, reverse("cases:case", args=[case.number])) for case in reached}


def _calls(names: list[str], reader: Reader) -> dict[str, Told]:
    """When it began, how long the caller waited, who took it; opens the call in the list of calls."""
    wanted, found = set(names), {}
    among = Call.objects.visible_to(reader.by).filter(organisation=reader.contractor)
    keys = [name for name in names if len(name) == 36]
    for call in among.filter(Q(platform_id__in=names) | Q(pk__in=keys)).select_related("agent"):
        parts = [f"{timezone.localtime(call.offered_at):%Y-%m-%d %H:%M:%S}", call.fate]
        if call.waited is not None:
            parts.append(_("waited %(n)s s") % {"n": round(call.waited.total_seconds())})
        parts += [call.agent.label] if call.agent else []
        moment = Period(call.offered_at, call.offered_at + timedelta(microseconds=1))
        opens = f"{calls_url(CallSelection(period=moment, contractor=reader.contractor))}#call-{call.pk}"
        found[call.platform_id if call.platform_id in wanted else str(call.pk)] = Told(" · ".join(parts), opens)
    return found


def _incidents(names: list[str], reader: Reader) -> dict[str, Told]:
    """What the office wrote down; opens the case it is about."""
    keys = {int(name[2:]): name for name in names if name[2:].isdecimal()}
    rows = Incident.objects.visible_to(reader.by).filter(pk__in=keys).select_related("case")
    near = _cases([row.case.number for row in rows if row.case], reader)
    opens = {row.pk: near.get(row.case.number, Told()).url if row.case else "" for row in rows}
    return {keys[row.pk]: Told(row.words, opens[row.pk]) for row in rows}


def _people(names: list[str], reader: Reader) -> dict[str, Told]:
    """Somebody of the staff, with the month where it is due every month; opens the employment."""
    own = Employment.objects.visible_to(reader.by).filter(contract__organisation=reader.contractor)
    users = {name: name.partition("@")[0] for name in names}
    rows = own.filter(user__username__in=users.values()).select_related("user").order_by("period")
    latest = {row.user.username: row for row in rows}
    page = {who: Told(row.user.label, reverse("contractors:employment", args=[row.pk])) for who, row in latest.items()}
    return {name: page[who] for name, who in users.items() if who in page}


def _half_hours(names: list[str], reader: Reader) -> dict[str, Told]:
    if not reader.by.can(Capability.SHIFT_READ):
        return {}
    return {name: Told(name.replace("T", " "), _seats(name, reader)) for name in names}


def _shifts(names: list[str], reader: Reader) -> dict[str, Told]:
    """Whose it was and when it began; opens the seats of that day."""
    labels = _labels(name.partition("@")[0] for name in names)
    return {
        name: Told(f"{labels.get(who, who)} · {since.replace('T', ' ')}", _seats(since, reader))
        for name in names
        for who, _at, since in [name.partition("@")]
    }


def _workers(names: list[str], reader: Reader) -> dict[str, Told]:
    return {who: Told(label) for who, label in _labels(names).items()}


def _labels(usernames: Iterable[str]) -> dict[str, str]:
    return {user.username: user.label for user in User.objects.filter(username__in=list(usernames))}


def _seats(moment: str, reader: Reader) -> str:
    day = moment.partition("T")[0]
    return f"{reverse('contractors:seats')}?{urlencode({'day': day, 'contractor': reader.contractor.code})}"


def _contacts(names: list[str], reader: Reader) -> dict[str, Told]:
    """Why it was drawn and whose it was; opens the case it led to."""
    places = [name.split("-") for name in names]
    which = Q(pk__in=[])
    for _s, sample, position in places:
        which |= Q(sample=int(sample), position=int(position))
    rows = SampledContact.objects.visible_to(reader.by).filter(which).select_related("case", "agent")
    near = _cases([row.case.number for row in rows if row.case], reader)
    return {
        row.number: Told(
            f"{row.get_stratum_display()} · {row.agent.label}",
            near.get(row.case.number, Told()).url if row.case else "",
        )
        for row in rows
    }


TELLINGS: dict[str, Telling] = {
    **dict.fromkeys(
        (
            *("headcount", "turnover", "tenure", "training", "insurance_proof", "wage_proof", "confidentiality"),
            "qualified",
        ),
        _people,
    ),
    **dict.fromkeys(("quality_score", "fatal_error_rate", "fatal_errors", "record_quality"), _contacts),
    "seats_filled": _half_hours,
    "attendance": _shifts,
    "occupancy": _workers,
}
