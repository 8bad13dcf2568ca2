"""Bulletins: counted and frozen for a window, commented on, approved by another person. Nothing of it is typed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.permissions import check
from contractors.assessing import canonical, sha256
from hotline import two_people
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.calendar import SHANGHAI, Period
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability
from oversight import bulletin_figures
from oversight.bulletin_sums import faults
from oversight.models import Bulletin, BulletinTemplate, Rhythm
from oversight.models.bulletin import BulletinQuerySet

LONGEST = timedelta(days=366)
COMMENT_LIMIT, NAME_LIMIT, SECTIONS_LIMIT = 3000, 120, 40
STATE = ["state", "proposed_by", "proposed_at"]


@dataclass(frozen=True)
class TemplateGiven:
    """What a template is to be."""

    name: str
    name_en: str
    rhythm: str
    hour: int
    sections: Sequence[Mapping[str, str]]
    in_use: bool = True


@verb
def write_template(given: TemplateGiven, *, by: Membership, at: datetime) -> BulletinTemplate:
    """Make a template. Bulletins made of it keep the sections they had."""
    check(by, Capability.PUBLICATION_WRITE)
    return _put(BulletinTemplate(), given, by=by, at=at)


@verb
def revise_template(
    template: BulletinTemplate, given: TemplateGiven, *, by: Membership, at: datetime
) -> BulletinTemplate:
    """Change a template, for the bulletins to come."""
    check(by, Capability.PUBLICATION_WRITE)
    kept = BulletinTemplate.objects.select_for_update().get(pk=template.pk)
    return _put(kept, given, by=by, at=at)


def _put(template: BulletinTemplate, given: TemplateGiven, *, by: Membership, at: datetime) -> BulletinTemplate:
    name = clean_text(given.name)
    if not name or len(name) > NAME_LIMIT:
        raise Invalid(_("Give it a name of at most %(n)s characters.") % {"n": NAME_LIMIT}, field="name")
    if given.rhythm not in Rhythm.values or not 0 <= given.hour <= 23:
        raise Invalid(_("Say how often, and from which hour on a day is counted."), field="rhythm")
    if not 0 < len(given.sections) <= SECTIONS_LIMIT:
        raise Invalid(_("Choose at least one measure."))
    known = {measure.key for measure in bulletin_figures.measurable()}
    for section in given.sections:
        if section["measure"] not in known or section["by"] not in bulletin_figures.dimensions(section["measure"]):
            raise Invalid(_("This measure cannot be told in that way."))
    template.name, template.name_en, template.rhythm, template.hour = name, given.name_en, given.rhythm, given.hour
    template.sections, template.in_use = [dict(section) for section in given.sections], given.in_use
    template.written_by_id, template.written_at = by.user_id, at
    template.save()
    return template


# -- Making


def last_window(template: BulletinTemplate, at: datetime) -> Period:
    """The last day, week or month of the template that is over; for one without a rhythm the last day."""
    local = timezone.localtime(at, SHANGHAI)
    end = datetime.combine(local.date(), time(template.hour), SHANGHAI)
    if end > at:
        end -= timedelta(1)
    if template.rhythm == Rhythm.WEEKLY:
        end -= timedelta(end.weekday())
        return Period(end - timedelta(7), end)
    if template.rhythm == Rhythm.MONTHLY:
        end = end.replace(day=1)
        return Period((end - timedelta(1)).replace(day=1), end)
    return Period(end - timedelta(1), end)


def due(at: datetime) -> Iterator[tuple[BulletinTemplate, Period]]:
    """Templates whose last window has no bulletin, not even one that was dropped."""
    for template in BulletinTemplate.objects.filter(in_use=True).exclude(rhythm=Rhythm.NEVER).order_by("pk"):
        window = last_window(template, at)
        if not of_window(template, window).exists():
            yield template, window


def of_window(template: BulletinTemplate, window: Period) -> BulletinQuerySet:
    """The bulletins of that window, dropped ones too."""
    assert window.end is not None
    return Bulletin.objects.filter(template=template, begins_at=window.start, ends_at=window.end)


def make(template: BulletinTemplate, window: Period, *, by: Membership | None, at: datetime) -> Bulletin:
    """Count a window and freeze it as a draft.

    Raises Invalid for a window that is not over or too long, and if anything in it does not add up; NotNow if the
    window has its bulletin.
    """
    _check_may_make(by)
    if window.end is None or window.start >= window.end or window.end > at:
        raise Invalid(_("The window must be over, and its end come after its beginning."), field="ends_at")
    if window.end - window.start > LONGEST:
        raise Invalid(_("A window has at most %(n)s days.") % {"n": LONGEST.days}, field="begins_at")
    sections = bulletin_figures.count(template.sections, window)
    return keep(template, window, sections, by=by, at=at)


@verb
def keep(
    template: BulletinTemplate,
    window: Period,
    sections: Sequence[bulletin_figures.Section],
    *,
    by: Membership | None,
    at: datetime,
) -> Bulletin:
    """Keep counted sections. Raises Invalid if they do not hold together, NotNow if the window has its bulletin."""
    _check_may_make(by)
    if wrong := faults(bulletin_figures.claims(sections)):
        raise Invalid(" ".join(wrong))
    content = {
        "sections": list(sections),
        "versions": {section["measure"]: section["version"] for section in sections},
        "minimum_n": settings.MINIMUM_N,
    }
    BulletinTemplate.objects.select_for_update().get(pk=template.pk)  # of two who make the same the second waits here
    if of_window(template, window).standing().exists():
        raise NotNow(_("There is a bulletin of this window already."))
    assert window.end is not None
    return Bulletin.objects.create(
        template=template,
        name=template.name,
        name_en=template.name_en,
        begins_at=window.start,
        ends_at=window.end,
        content=content,
        digest=digest(window, content),
        made_by_id=by.user_id if by else None,
        made_at=at,
    )


def digest(window: Period, content: Mapping[str, object]) -> str:
    """SHA-256 over the window and all that was frozen; printed on the bulletin."""
    assert window.end is not None
    moments = [moment.astimezone(SHANGHAI).isoformat() for moment in (window.start, window.end)]
    return sha256(canonical([moments, content]))


def _check_may_make(by: Membership | None) -> None:
    """The timekeeper may, and whoever writes bulletins."""
    if by is not None:
        check(by, Capability.PUBLICATION_WRITE)


# -- Comment and approval


@verb
def comment(bulletin: Bulletin, words: str, *, by: Membership, at: datetime) -> Bulletin:
    """Write what the figures mean. Raises NotNow if it is no draft any more."""
    check(by, Capability.PUBLICATION_WRITE)
    kept = two_people.locked(bulletin)
    two_people.check_draft(kept)
    words = clean_text(words)
    if len(words) > COMMENT_LIMIT:
        raise Invalid(_("A comment has at most %(n)s characters.") % {"n": COMMENT_LIMIT}, field="words")
    kept.comment = words
    kept.save(update_fields=["comment"])
    return kept


@verb
def propose(bulletin: Bulletin, *, by: Membership, at: datetime) -> Bulletin:
    """Put it before somebody else."""
    check(by, Capability.PUBLICATION_WRITE)
    kept = two_people.locked(bulletin)
    two_people.propose(kept, by=by, at=at)
    kept.save(update_fields=[*STATE, "returned_why"])
    return kept


@verb
def approve(bulletin: Bulletin, *, by: Membership, at: datetime) -> Bulletin:
    """Let it go out. Raises NotAllowed for whoever proposed or made it."""
    check(by, Capability.PUBLICATION_APPROVE)
    kept = two_people.locked(bulletin)
    if kept.made_by_id == by.user_id:
        raise NotAllowed(_("You made this; somebody else must approve it."))
    two_people.approve(kept, by=by, at=at)
    kept.save(update_fields=[*STATE, "approved_by", "approved_at"])
    return kept


@verb
def send_back(bulletin: Bulletin, *, by: Membership, at: datetime, why: str) -> Bulletin:
    """Make it a draft again, with the reason."""
    check(by, Capability.PUBLICATION_APPROVE)
    kept = two_people.locked(bulletin)
    two_people.send_back(kept, why=why)
    kept.save(update_fields=[*STATE, "returned_why"])
    return kept


@verb
def drop(bulletin: Bulletin, *, by: Membership, at: datetime) -> Bulletin:
    """Give it up; its window may have another. Raises NotNow once it was approved."""
    check(by, Capability.PUBLICATION_WRITE)
    kept = two_people.locked(bulletin)
    two_people.drop(kept)
    kept.save(update_fields=STATE)
    return kept
