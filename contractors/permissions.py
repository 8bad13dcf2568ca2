"""May this person do this about a contractor? Raises the sentence that says why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hotline.acts import NotAllowed
from hotline.models import Membership
from hotline.roles import Capability


def check(by: Membership, capability: Capability) -> None:
    """Raises NotAllowed unless the role may do it."""
    if not by.can(capability):
        raise NotAllowed(
            _("As %(role)s you may not do this.") % {"role": by.get_role_display()}, capability=str(capability)
        )
