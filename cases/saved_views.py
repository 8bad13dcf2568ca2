"""A person's own lists: filters kept under a name."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from cases.models import SavedView
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text

MOST = 20
PASSING = {"after", "before", "page", "view"}  # where one stands in a list is no part of the list


@verb
def save_view(page: str, *, by: Membership, at: datetime, name: str, query: str) -> SavedView:
    """Keep the filters under the name; the same name again means the new filters."""
    if not (name := clean_text(name)[:40]):
        raise Invalid(_("Give the view a name."), field="name")
    kept = urlencode([(k, v) for k, v in parse_qsl(query) if k not in PASSING])[:500]
    own = SavedView.objects.filter(owner=by.user_id, page=page)
    if own.exclude(name=name).count() >= MOST:
        raise NotNow(_("You have %(n)s saved views. Delete one first.") % {"n": MOST})
    view, _created = SavedView.objects.update_or_create(
        owner_id=by.user_id, page=page, name=name, defaults={"query": kept}
    )
    return view


@verb
def delete_view(view: SavedView, *, by: Membership, at: datetime) -> None:
    if view.owner_id != by.user_id:
        raise NotNow(_("This view belongs to somebody else."))
    view.delete()
