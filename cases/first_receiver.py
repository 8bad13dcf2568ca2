"""First-receiver responsibility (首接负责制), where the city has it (``FIRST_RECEIVER_LEADS``).

The first unit that signed a case off leads it and may not pass it on; whoever else must act reports to it
(北京市接诉即办工作条例). Elsewhere the hotline's dispatcher says who leads, each time anew (docs/decisions).
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import Assignment, Case
from hotline.acts import Invalid, NotNow
from hotline.models import Organisation


def first_receiver(case: Case) -> Organisation | None:
    """The unit that is bound by having signed the case off first; None if nobody is."""
    if not settings.FIRST_RECEIVER_LEADS or not case.hops:
        return None
    signed = Assignment.objects.leads().filter(case=case, signed_at__isnull=False)
    first = signed.order_by("signed_at", "pk").first()
    return first.unit if first else None


def check_leads(case: Case, unit: Organisation) -> None:
    """Raises Invalid if another unit is bound to lead the case."""
    bound = first_receiver(case)
    if bound is not None and bound.pk != unit.pk:
        raise Invalid(
            _("%(unit)s signed this case first and stays answerable. Dispatch to it, and to others as co-organisers.")
            % {"unit": bound.label},
            field="unit",
        )


def check_may_pass_on(case: Case, unit: Organisation) -> None:
    """Raises NotNow if the unit is bound to keep the case."""
    bound = first_receiver(case)
    if bound is not None and bound.pk == unit.pk:
        raise NotNow(_("Your unit signed this case first and stays answerable; call in those who must act with you."))
