"""Drawing the week's samples: by the system, once, of every contractor whose people handled anything that week."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from cases.deadlines import local_date
from contractors import drawing
from contractors.frames import Contact, Week
from contractors.limits import working_days_after
from contractors.models import Purpose, Sample, SampledContact, Scorecard
from contractors.notices import tell
from contractors.quality_rules import RULES, quotas_of
from hotline.acts import NotNow, verb
from hotline.models import Organisation
from hotline.roles import Role

WEEKS_BACK = 4  # after a standstill the weeks that were missed are drawn too, so far back


def to_draw(at: datetime) -> list[tuple[Organisation, date, Purpose]]:
    """The samples of finished weeks that were not drawn yet, the oldest first."""
    today = local_date(at)
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=n) for n in range(WEEKS_BACK, 0, -1)]
    drawn = set(Sample.objects.filter(week__gte=weeks[0]).values_list("organisation", "week", "purpose"))
    contractors = list(Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).order_by("path"))
    return [
        (contractor, week, purpose)
        for week in weeks
        for contractor in contractors
        for purpose in Purpose
        if (contractor.pk, week, purpose) not in drawn and contractor.is_active(week + timedelta(days=6))
    ]


@verb
def draw(organisation: Organisation, week: date, purpose: str, *, at: datetime, by: None = None) -> Sample:
    """Freeze the week's frame, then draw from it by a seed that nobody knew before. Raises NotNow if the week is not
    over, if no scorecard is in force, or if it was drawn before: of several that try, one draws."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if Sample.objects.filter(organisation=organisation, week=week, purpose=purpose).exists():
        raise NotNow(_("This sample was drawn before."))
    if week + timedelta(days=7) > local_date(at):
        raise NotNow(_("The week is not over."))
    card = Scorecard.objects.in_force(local_date(at)).first()
    if card is None:
        raise NotNow(_("No scorecard is in force."))
    rules = RULES.on(at)
    contacts = Week(organisation, week, purpose, rules).contacts()
    frame = drawing.frame_of({key: stratum for key, (stratum, _contact) in contacts.items()})
    sample = Sample.objects.create(
        organisation=organisation,
        purpose=purpose,
        week=week,
        scorecard=card,
        rules=rules,
        seed=secrets.token_hex(16),
        frame=frame,
        frame_hash=drawing.hash_of(frame),
        frame_size=len(contacts),
        drawn_at=at,
        due_at=working_days_after(at, rules["mark_days"]),
    )
    SampledContact.objects.bulk_create(
        _contact(sample, position, line, contacts[line.key][1])
        for position, line in enumerate(drawn_from(sample), start=1)
    )
    _tell(sample, at)
    return sample


def drawn_from(sample: Sample) -> list[drawing.Drawn]:
    """The draw done again, from nothing but what the row holds."""
    rules = sample.rules
    return drawing.draw(sample.frame, quotas_of(rules), seed=sample.seed, double_percent=rules["double_percent"])


def is_as_drawn(sample: Sample) -> bool:
    """Are the frame and the list still what the seed gives? Whoever changed either is found out."""
    listed = list(sample.contacts.order_by("position").values_list("stratum", "key"))
    again = [(line.stratum, line.key) for line in drawn_from(sample)]
    return drawing.hash_of(sample.frame) == sample.frame_hash and listed == again


def _contact(sample: Sample, position: int, line: drawing.Drawn, contact: Contact) -> SampledContact:
    return SampledContact(
        sample=sample,
        position=position,
        stratum=line.stratum,
        key=line.key,
        call_id=contact.call,
        case_id=contact.case,
        agent_id=contact.agent,
        at=contact.at,
        double=line.double,
    )


def _tell(sample: Sample, at: datetime) -> None:
    own = sample.purpose == Purpose.INSPECTION
    words = {
        "who": sample.organisation.name,
        "week": sample.week.isoformat(),
        "n": sample.contacts.count(),
        "due": local_date(sample.due_at).isoformat(),
    }
    role = Role.QUALITY_INSPECTOR if own else Role.QUALITY_OFFICER
    tell("quality_drawn", words, at=at, role=role, organisation=sample.organisation if own else None)
