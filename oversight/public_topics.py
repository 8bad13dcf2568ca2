"""Hot topics on the public page: their names are found by a machine in what people wrote, so a person lets each out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cases.models import HotTopic
from cases.permissions import check
from hotline.acts import Invalid, NotNow, verb
from hotline.masking import mask_text
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability
from oversight.models import TopicName, TopicWording

WORDS_LIMIT = 60


@verb
def release(topic: HotTopic, *, by: Membership, at: datetime, name_en: str = "") -> TopicName:
    """Let the public read topics of this name, tonight's and later ones, with its English where somebody gives it.

    Raises NotNow if it may already.
    """
    check(by, Capability.PUBLICATION_WRITE)
    given = {"name_en": clean_text(name_en)[:120], "released_by_id": by.user_id, "released_at": at}
    name, fresh = TopicName.objects.get_or_create(name=topic.name[:60], defaults=given)
    if not fresh:
        raise NotNow(_("The public may read this name already."))
    return name


@verb
def reword(name: TopicName, words: str, *, by: Membership, at: datetime) -> TopicWording:
    """Say it better than the machine did: the public reads these words from now on, and who chose them stays on record.

    Raises Invalid for words that are empty, too long, name a number or are those that stand there, NotNow for a name
    that is not out.
    """
    check(by, Capability.PUBLICATION_WRITE)
    kept = TopicName.objects.select_for_update().filter(pk=name.pk).first()
    if kept is None:
        raise NotNow(_("Somebody took it from the public page before."))
    words = clean_text(words)
    if len(words) < 2 or len(words) > WORDS_LIMIT:
        raise Invalid(_("Write two to %(n)s characters.") % {"n": WORDS_LIMIT}, field="words")
    if mask_text(words) != words:
        raise Invalid(_("Leave out every telephone, identity, card and case number."), field="words")
    before = TopicWording.objects.filter(name=kept.name).order_by("-serial").first()
    if words == (before.words if before else kept.name):
        raise Invalid(_("These words stand there already."), field="words")
    serial = before.serial + 1 if before else 1
    return TopicWording.objects.create(name=kept.name, serial=serial, words=words, by_id=by.user_id, at=at)


def wordings(names: Collection[str]) -> dict[str, list[TopicWording]]:
    """What each of these names was reworded to, the latest first."""
    found: dict[str, list[TopicWording]] = {}
    for one in TopicWording.objects.filter(name__in=names).select_related("by").order_by("name", "-serial"):
        found.setdefault(one.name, []).append(one)
    return found


@verb
def withdraw(name: TopicName, *, by: Membership, at: datetime) -> Sequence[str]:
    """Take a name from the public page. Raises NotNow if it was taken before."""
    check(by, Capability.PUBLICATION_WRITE)
    gone, _which = TopicName.objects.filter(pk=name.pk).delete()
    if not gone:
        raise NotNow(_("Somebody took it from the public page before."))
    return [name.name]
