"""Reasons as a rule that two people change: a new one, other words from a day on, an end. None is ever deleted."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from cases import reasons
from cases.deadlines import local_date
from cases.models import CaseEvent, Decision, DecisionKind, EventKind, Reason, ReasonKind, Reply, ReplyState
from hotline.acts import Invalid, NotNow
from hotline.models import Membership, Proposal
from hotline.proposals import Subject, Values, register
from hotline.wording import in_language

FIELDS = ("code", "name", "name_en", "position", "needs_words", "retired")
CODE_LENGTH = 12  # the narrowest column that carries one
CODE = re.compile(r"[a-z][a-z0-9_]{1,11}")
LOOKED_BACK = timedelta(days=30)

# How the use of a reason is found among the events: their kinds, and where they keep the code.
USES: dict[str, tuple[tuple[EventKind, ...], str]] = {
    ReasonKind.BOUNCE: ((EventKind.BOUNCE_ASKED,), "reason"),
    ReasonKind.EXTENSION: ((EventKind.EXTENSION_ASKED,), "reason"),
    ReasonKind.DISPUTE: ((EventKind.DISPUTED,), "reason"),
    ReasonKind.SUSPENSION: ((EventKind.SUSPENSION_ASKED,), "reason"),
    ReasonKind.EXCLUSION: ((EventKind.EXCLUSION_ASKED,), "reason"),
    ReasonKind.CLOSING: ((EventKind.CLOSING_ASKED,), "reason"),
    ReasonKind.REFUSAL: ((EventKind.REFUSED,), "ground"),
    ReasonKind.SEND_BACK: ((EventKind.SENT_BACK, EventKind.PART_SENT_BACK), "reason"),
    ReasonKind.CALLBACK: ((EventKind.CALLBACK_TRIED,), "result"),
    ReasonKind.REVEAL: ((EventKind.REVEALED,), "reason"),
}


def target_of(kind: str, code: str) -> str:
    return f"{kind}/{code}"


def offers_words(kind: str) -> bool:
    """May the office say that such a reason is not enough by itself?"""
    return kind in reasons.MORE_WORDS


class Reasons(Subject):
    """Reasons people choose. A target is kind and code, like ``bounce/wrong_area``; "" makes a new one."""

    key = "reason"
    label = gettext_lazy("Reason")

    def current(self, target: str) -> Values | None:
        if not target:
            return None
        row = _latest(target)
        plain: Values = {name: getattr(row, name) for name in ("kind", "code", "name", "name_en", "position")}
        return {**plain, "needs_words": row.needs_words, "retired": row.ends_at is not None}

    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        values = {"needs_words": False, "retired": False, **given}
        values |= {name: str(values[name]).strip() for name in ("kind", "code", "name", "name_en")}
        values = {name: values[name] for name in ("kind", *FIELDS)}
        if target and values["retired"]:
            values = {**(self.current(target) or values), "retired": True}  # an end changes nothing else
        if target:
            _check_follows(_latest(target), values, proposal)
        else:
            _check_new(values)
        _check_words(values, _begin(proposal))
        if values["retired"]:
            _check_may_end(values["kind"], values["code"], _begin(proposal))
        return values

    def lines(self, values: Values) -> list[tuple[str, str]]:
        said = [
            (pgettext("column", "For"), str(ReasonKind(values["kind"]).label)),
            (_("Code for programs"), values["code"]),
            (_("Chinese words"), values["name"]),
            (_("English words"), values["name_en"] or "–"),
            (_("Place in the list"), str(values["position"])),
        ]
        if offers_words(values["kind"]):
            more = reasons.MORE_WORDS[values["kind"]]
            needed = _("add %(more)s") % {"more": more} if values["needs_words"] else _("enough")
            said.append((_("By itself"), needed))
        return [*said, (_("Offered"), _("no longer") if values["retired"] else _("yes"))]

    def title(self, target: str, values: Values) -> str:
        return f"{ReasonKind(values['kind']).label} · {in_language(values['name'], values['name_en'])}"

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        kind, code = proposal.change["kind"], proposal.change["code"]
        after = _offered_then(proposal)
        said = [*_carried(kind, code)] if proposal.target else []
        if kind in USES and proposal.target:
            said.append(
                _("In the last 30 days it was chosen %(n)s times.") % {"n": _used(kind, code, at - LOOKED_BACK, at)}
            )
        listed = pgettext("list", ", ").join(after)
        return [*said, _("Offered from then on: %(listed)s.") % {"listed": listed}]

    def put_in_force(self, proposal: Proposal, *, by: Membership, at: datetime) -> None:
        """The version before ends where this one begins: on its first day, or now if that has begun."""
        values, begins = proposal.change, max(_begin(proposal), at)
        kind, code = values["kind"], values["code"]
        of_kind = Reason.objects.select_for_update().filter(kind=kind).order_by("pk")
        versions = [row for row in of_kind if row.code == code]
        if not proposal.target and versions:
            raise NotNow(_("A reason with this code was added meanwhile."))
        for before in versions:
            if before.ends_at is None:
                before.ends_at, before.ended_by = begins, proposal
                before.save(update_fields=["ends_at", "ended_by"])
        if values["retired"]:
            _check_may_end(kind, code, begins)
            return
        plain = {name: value for name, value in values.items() if name != "retired"}
        Reason.objects.create(**plain, begins_at=begins, proposal=proposal)


def _begin(proposal: Proposal) -> datetime:
    """The first moment of its first day."""
    return datetime.combine(proposal.valid_from, time(), ZoneInfo(settings.TIME_ZONE))


def first_day(last: Reason) -> date | None:
    """The first day on which the version after this one can begin; None: any."""
    if last.ends_at is not None:
        return local_date(last.ends_at - timedelta(microseconds=1)) + timedelta(days=1)
    return local_date(last.begins_at) + timedelta(days=1) if last.begins_at is not None else None


def _latest(target: str) -> Reason:
    """The last version, whether it has begun or ended. Raises Invalid for a reason that nobody worded."""
    kind, _slash, code = target.partition("/")
    found = Reason.objects.filter(kind=kind, code=code).order_by(F("begins_at").desc(nulls_last=True)).first()
    if found is None:
        raise Invalid(_("This reason is not known."))
    return found


def _check_follows(before: Reason, values: Values, proposal: Proposal) -> None:
    """Kind and code stay; it begins after the version before it, and not before that has ended."""
    if (values["kind"], values["code"]) != (before.kind, before.code):
        raise Invalid(_("A reason keeps its code. Make a new one, and retire this."), field="code")
    first = first_day(before)
    if first is None or proposal.valid_from >= first:
        return
    if before.ends_at is None:
        sentence = _("The present version has begun or will; the next one can begin on %(day)s, not before.")
    else:
        sentence = _("It can be brought back on %(day)s, not before.")
    raise Invalid(sentence % {"day": first.isoformat()}, field="valid_from")


def _check_new(values: Values) -> None:
    if values["kind"] not in ReasonKind.values:
        raise Invalid(_("Say what the reason is for."), field="kind")
    if not CODE.fullmatch(values["code"]):
        sentence = _("A code has 2 to %(n)s small letters, digits and underscores, and begins with a letter.")
        raise Invalid(sentence % {"n": CODE_LENGTH}, field="code")
    if Reason.objects.filter(kind=values["kind"], code=values["code"]).exists():
        raise Invalid(_("This code was used before, and a code is never used for something else."), field="code")
    if values["retired"]:
        raise Invalid(_("A new reason is offered."), field="retired")


def _check_words(values: Values, begins: datetime) -> None:
    if not values["name"] or len(values["name"]) > 120 or len(values["name_en"]) > 160:
        raise Invalid(_("A reason has Chinese words, 120 characters at most; English ones have 160."), field="name")
    if values["needs_words"] and not offers_words(values["kind"]):
        raise Invalid(_("There is no place for more words beside this reason."), field="needs_words")
    others = Reason.objects.in_force(begins).filter(kind=values["kind"]).exclude(code=values["code"])
    if not values["retired"] and others.filter(name=values["name"]).exists():
        raise Invalid(_("Another reason is called like that."), field="name")


def _check_may_end(kind: str, code: str, begins: datetime) -> None:
    """Raises Invalid for what must stay, and for the last one of its kind."""
    if why := reasons.REQUIRED.get((kind, code)):
        raise Invalid(_("It may be worded anew, not retired: %(why)s.") % {"why": why}, field="retired")
    if not Reason.objects.in_force(begins).filter(kind=kind).exclude(code=code).exists():
        raise Invalid(_("It is the last one; without it nobody could choose any."), field="retired")


def _offered_then(proposal: Proposal) -> list[str]:
    """What people would choose from on its first day, in their order."""
    values, begins = proposal.change, _begin(proposal)
    others = Reason.objects.in_force(begins).filter(kind=values["kind"]).exclude(code=values["code"])
    rows = [(row.position, row.label) for row in others]
    if not values["retired"]:
        rows.append((values["position"], in_language(values["name"], values["name_en"])))
    return [label for _position, label in sorted(rows)]


def _carried(kind: str, code: str) -> list[str]:
    """Who carries it now and keeps its words."""
    if kind == ReasonKind.UNSOLVED:
        n = Reply.objects.filter(state__in=[ReplyState.SUBMITTED, ReplyState.REPORTED], unsolved_reason=code).count()
        said = ngettext(
            "%(n)s reply that awaits review carries it and keeps its words.",
            "%(n)s replies that await review carry it and keep its words.",
            n,
        )
    elif kind in DecisionKind.values:
        n = Decision.objects.open().filter(kind=kind, reason=code).count()
        said = ngettext(
            "%(n)s open request carries it and keeps its words.", "%(n)s open requests carry it and keep its words.", n
        )
    else:
        return []
    return [said % {"n": n}]


def _used(kind: str, code: str, start: datetime, end: datetime) -> int:
    kinds, key = USES[kind]
    return CaseEvent.objects.between(start, end).filter(kind__in=kinds, **{f"payload__{key}": code}).count()


register(Reasons())
