"""A next version of an approved wording: SMS to citizens and notices. Its words are put in from the same names."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from string import Template
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hotline.acts import Invalid
from hotline.models import Membership, Message, MessageTemplate, Proposal
from hotline.proposals import Subject, Values, register

FIELDS = ("name", "name_en", "body", "body_en")
LONGEST = 500
KEPT = {"link", "code", "number", "paper", "lines"}  # without it the message would be about nothing
SMS_ALONE, SMS_JOINED = 70, 67  # Chinese characters in one SMS, and in each part of a longer one (GSM 03.38, UCS-2)


def names_in(text: str) -> set[str]:
    """The names whose words are put in: $number, $due. Raises Invalid for a lone dollar sign."""
    template = Template(text)
    if not template.is_valid():
        raise Invalid(_("A dollar sign stands before a name only, like $number."))
    return set(template.get_identifiers())


def parts_of_sms(text: str) -> int:
    """Into how many SMS a text of that length goes; what is put in is counted by its name."""
    return 1 if len(text) <= SMS_ALONE else -(-len(text) // SMS_JOINED)


class MessageTemplates(Subject):
    """Wordings. A target is the template's key; which keys there are is the program's business."""

    key = "message_template"
    label = gettext_lazy("Message template")

    def current(self, target: str) -> Values | None:
        found = _latest(target)
        return {name: getattr(found, name) for name in FIELDS}

    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        values = {name: str(given[name]).strip() for name in FIELDS}
        before = _latest(target)
        if before.valid_from and proposal.valid_from <= before.valid_from:
            raise Invalid(
                _("The present version begins on %(day)s; the next one must begin later.")
                % {"day": before.valid_from.isoformat()},
                field="valid_from",
            )
        known = names_in(before.body)
        for field in ("body", "body_en"):
            if len(values[field]) > LONGEST:
                raise Invalid(_("At most %(n)s characters.") % {"n": LONGEST}, field=field)
            _check_names(values[field], known, field)
        if not values["name"] or not values["body"]:
            raise Invalid(_("A template has a name and Chinese words."), field="body")
        return values

    def lines(self, values: Values) -> list[tuple[str, str]]:
        return [
            (_("Name"), values["name"]),
            (_("English name"), values["name_en"] or "–"),
            (_("Chinese words"), values["body"]),
            (_("English words"), values["body_en"] or "–"),
        ]

    def title(self, target: str, values: Values) -> str:
        return str(MessageTemplate(name=values["name"], name_en=values["name_en"]).label)

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        sent = Message.objects.filter(template__key=proposal.target, created_at__gte=at - timedelta(days=30)).count()
        waiting = Message.objects.filter(template__key=proposal.target, state=Message.State.WAITING).count()
        said = ngettext(
            "%(n)s message in these words was written in the last 30 days.",
            "%(n)s messages in these words were written in the last 30 days.",
            sent,
        )
        keep = ngettext(
            "%(n)s that waits to be sent keeps its words.", "%(n)s that wait to be sent keep their words.", waiting
        )
        before = proposal.before or proposal.change
        was, becomes = (parts_of_sms(values["body"]) for values in (before, proposal.change))
        parts = _("Sent as an SMS it takes %(was)s parts now, and %(becomes)s then, not counting what is put in.")
        return [said % {"n": sent}, keep % {"n": waiting}, parts % {"was": was, "becomes": becomes}]

    def put_in_force(self, proposal: Proposal, *, by: Membership, at: datetime) -> None:
        before = _latest(proposal.target)
        begins = datetime.combine(proposal.valid_from, time(), ZoneInfo(settings.TIME_ZONE))
        before.retired_at = max(begins, at)
        before.save(update_fields=["retired_at"])
        MessageTemplate.objects.create(
            key=proposal.target,
            version=before.version + 1,
            valid_from=proposal.valid_from,
            approved_by_id=by.user_id,
            approved_at=at,
            proposal=proposal,
            **proposal.change,
        )


def _latest(target: str) -> MessageTemplate:
    found = MessageTemplate.objects.filter(key=target, retired_at__isnull=True).first()
    if found is None:
        raise Invalid(_("This template is not known."))
    return found


def _check_names(text: str, known: set[str], field: str) -> None:
    """The same names as before: the program puts in no others, and a link or a code must not get lost."""
    if not text:
        return
    try:
        named = names_in(text)
    except Invalid as refusal:
        raise Invalid(str(refusal), field=field) from None
    if strange := named - known:
        sentence = _("Nothing is put in for %(names)s. Known here: %(known)s.")
        raise Invalid(sentence % {"names": _listed(strange), "known": _listed(known)}, field=field)
    if lost := (known & KEPT) - named:
        raise Invalid(_("It must still hold %(names)s.") % {"names": _listed(lost)}, field=field)


def _listed(names: set[str]) -> str:
    return ", ".join(f"${name}" for name in sorted(names))


register(MessageTemplates())
