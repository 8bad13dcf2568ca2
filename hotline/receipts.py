"""What a carrier reports later: whether a message arrived. Reports may come twice, late or out of order."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from hotline.acts import Invalid, NotAllowed, verb
from hotline.models import Membership, Message
from hotline.roles import Capability


@verb
def note_receipt(message: Message, *, by: Membership, at: datetime, receipt: str, reason: str = "") -> Message:
    """Note that the message arrived, or that it did not and why.

    That it arrived is the last word: a report to the contrary, earlier or later, is of another attempt. It also ends
    the attempts: what has arrived is not sent again because an answer stayed out. Raises NotAllowed, Invalid.
    """
    if not by.can(Capability.MESSAGE_REPORT):
        raise NotAllowed(_("You may not do this."))
    row = Message.objects.select_for_update().get(pk=message.pk)
    if row.attempts == 0:
        raise Invalid(_("This message has not been sent yet."), field="message")
    if row.receipt in (receipt, Message.Receipt.DELIVERED):
        return row
    row.receipt, row.receipt_at, row.receipt_reason = receipt, at, reason[:200]
    if receipt == Message.Receipt.DELIVERED and row.state != Message.State.SENT:
        row.state, row.sent_at = Message.State.SENT, at
        row.next_attempt_at = row.sending_since = None
    row.save()
    return row
