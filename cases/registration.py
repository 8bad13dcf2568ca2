"""What a request must say to be registered, and who it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.deadlines import local_date
from cases.models import CallbackWish, Category, Channel, Citizen, Kind, Urgency
from cases.shelves import branches
from hotline import rows
from hotline.acts import Invalid
from hotline.models import Organisation, Region
from hotline.plain_text import clean_text
from hotline.privacy import InvalidPhone, blind_index, normalise_phone, opened

COMPLAINED_OF = (Organisation.Kind.UNIT, Organisation.Kind.CONTRACTOR)
WORDS_LIMIT = 20_000
TITLE_LIMIT = 120


@dataclass(frozen=True)
class Registration:
    """What is known of a request when it is registered. The place is the place complained of."""

    words: str
    title: str
    kind: str
    channel: Channel
    category: Category | None = None
    region: Region | None = None
    place: str = ""
    urgency: str = Urgency.ORDINARY
    confidential: bool = False
    subject_unit: Organisation | None = None
    callback_wish: str = CallbackWish.PHONE
    name: str = ""
    phone: str = ""
    address: str = ""
    language: str = "zh-hans"
    proposed_unit: Organisation | None = None
    routing: dict[str, Any] = field(default_factory=dict)
    upstream_platform: str = ""
    upstream_number: str = ""
    latitude: float | None = None
    longitude: float | None = None


def cleaned(given: Registration) -> Registration:
    """The request without what cannot be seen."""
    texts = ("words", "title", "place", "name", "phone", "address", "upstream_platform", "upstream_number")
    visible: dict[str, Any] = {name: clean_text(getattr(given, name)) for name in texts}
    return replace(given, **visible)


def a_sentence(text: str, *, field: str, limit: int) -> str:
    """What somebody else is to read, without what cannot be seen. Raises Invalid if it says nothing or too much."""
    text = clean_text(text)
    if len(text) < 2:
        raise Invalid(_("Write it in a sentence; the other side reads it."), field=field)
    if len(text) > limit:
        raise Invalid(_("At most %(n)s characters; these are %(m)s.") % {"n": limit, "m": len(text)}, field=field)
    return text


def check_length(text: str, *, field: str) -> None:
    """Raises Invalid if it is more than anybody will read."""
    if len(text) > WORDS_LIMIT:
        raise Invalid(
            _("The text has %(n)s characters; at most %(limit)s are kept. Shorten it or attach it as a file.")
            % {"n": len(text), "limit": WORDS_LIMIT},
            field=field,
        )


def check_registration(given: Registration, at: datetime) -> None:
    """Judge a cleaned request. Raises Invalid naming the field."""
    if not given.words:
        raise Invalid(_("Write what the citizen asks for."), field="words")
    check_length(given.words, field="words")
    if not given.title:
        raise Invalid(_("Give the case a title."), field="title")
    if len(given.title) > TITLE_LIMIT:
        raise Invalid(_("The title has at most %(limit)s characters.") % {"limit": TITLE_LIMIT}, field="title")
    _check_choice(given.kind, Kind, "kind", _("Choose the kind of request."))
    _check_choice(given.urgency, Urgency, "urgency", _("Choose how urgent it is."))
    _check_choice(given.callback_wish, CallbackWish, "callback_wish", _("Choose how the citizen wants to be asked."))
    _check_reference(given, at)


def _check_choice(value: str, choices: Any, field: str, sentence: str) -> None:
    if value not in choices.values:
        raise Invalid(sentence, field=field)


def _check_reference(given: Registration, at: datetime) -> None:
    on = local_date(at)
    if given.category is not None and not given.category.is_in_force(on):
        raise Invalid(
            _("The category “%(name)s” is no longer in use. Choose another.") % {"name": given.category.label},
            field="category",
        )
    if given.category is not None and given.category.pk in branches():
        raise Invalid(
            _("“%(name)s” is a group of categories. Choose one below it.") % {"name": given.category.label},
            field="category",
        )
    if given.proposed_unit is not None:
        check_unit_takes_cases(given.proposed_unit, at, field="unit")
    if given.subject_unit is not None:
        check_can_be_complained_of(given.subject_unit)
    if not given.channel.is_active:
        raise Invalid(_("This channel is closed."), field="channel")


def check_can_be_complained_of(body: Organisation) -> None:
    """Raises Invalid if the body is neither a handling unit nor a contractor."""
    if body.kind not in COMPLAINED_OF:
        raise Invalid(
            _("%(name)s is neither a handling unit nor a contractor.") % {"name": body.label}, field="subject_unit"
        )


def check_unit_takes_cases(unit: Organisation, at: datetime, *, field: str) -> None:
    """Raises Invalid if the organisation is no handling unit, or not within its active period."""
    if unit.kind != Organisation.Kind.UNIT:
        raise Invalid(_("%(name)s is not a handling unit.") % {"name": unit.label}, field=field)
    if not unit.is_active(local_date(at)):
        raise Invalid(
            _("%(name)s takes no cases on this day. Choose another unit.") % {"name": unit.label}, field=field
        )


def phone_of(given: Registration) -> str:
    """The telephone number in E.164, or nothing if none was given. Raises Invalid."""
    if not given.phone:
        return ""
    try:
        return normalise_phone(given.phone)
    except InvalidPhone as error:
        raise Invalid(str(error), field="phone") from error


def find_or_add_citizen(given: Registration, *, at: datetime) -> Citizen | None:
    """The citizen known by this number, else a new one; None for somebody who left nothing."""
    phone = phone_of(given)
    name, address = given.name[:60], given.address[:200]
    if not phone:
        return (
            Citizen.objects.create(name=name or None, address=address or None, language=given.language, created_at=at)
            if name or address
            else None
        )
    index = blind_index("citizen.phone", phone)
    known = Citizen.objects.filter(phone_index=index).first()
    if known is not None:
        return _kept_up(known, phone, name, address)
    fresh = Citizen(
        name=name or None,
        phone=phone,
        address=address or None,
        phone_index=index,
        last4_index=blind_index("citizen.phone_last4", phone),
        language=given.language,
        created_at=at,
    )
    if not rows.insert([], once=fresh):  # the same number was registered by somebody else a moment ago
        return _kept_up(Citizen.objects.get(phone_index=index), phone, name, address)
    return fresh


def _kept_up(known: Citizen, phone: str, name: str, address: str) -> Citizen:
    """The latest name and address given by somebody who calls again. What could not be opened any more is mended."""
    said = {"name": name, "address": address, "phone": phone}
    changed = [column for column, value in said.items() if value and value != opened(known, column)]
    for column in changed:
        setattr(known, column, said[column])
    if changed:
        known.save(update_fields=changed)
    return known
