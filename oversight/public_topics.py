"""Hot topics on the public page: their names are found by a machine in what people wrote, so a person lets each out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cases.models import HotTopic
from cases.permissions import check
from hotline.acts import NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability
from oversight.models import TopicName


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
def withdraw(name: TopicName, *, by: Membership, at: datetime) -> Sequence[str]:
    """Take a name from the public page. Raises NotNow if it was taken before."""
    check(by, Capability.PUBLICATION_WRITE)
    gone, _which = TopicName.objects.filter(pk=name.pk).delete()
    if not gone:
        raise NotNow(_("Somebody took it from the public page before."))
    return [name.name]
