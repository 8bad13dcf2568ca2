"""What a contractor hands in on paper once its access has ended: when it came in, who signed it, the paper itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import attachments, sealed_files
from cases.attachments import Upload
from cases.file_types import clean_name
from contractors.models import Assessment, MonthFile
from hotline.acts import Invalid
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import ROLES, Capability

FILES_LIMIT, NAME_LIMIT = 5, 60
Checked = tuple[Upload, str, bytes]


def has_access(assessment: Assessment, capability: Capability, at: datetime) -> bool:
    """Is there anybody of the contractor who may sign in and do that?"""
    people = Membership.objects.current(at).filter(organisation=assessment.contract.organisation_id)
    return people.filter(role__in=ROLES[capability]).exists()


def check_received(assessment: Assessment, received_at: datetime, at: datetime) -> None:
    """The paper came in while the month was before the contractor. Raises Invalid."""
    if received_at > at:
        raise Invalid(_("This lies in the future."), field="received_at")
    if assessment.shown_at is None or received_at < assessment.shown_at:
        raise Invalid(_("The contractor had not seen the month by then."), field="received_at")


def signer(received_from: str) -> str:
    """Who signed the paper for the contractor. Raises Invalid."""
    received_from = clean_text(received_from)
    if not received_from or len(received_from) > NAME_LIMIT:
        raise Invalid(_("Say who signed the paper for the contractor."), field="received_from")
    return received_from


def check_there(uploads: Sequence[Upload]) -> None:
    """Without the paper nothing is recorded. Raises Invalid."""
    if not uploads:
        raise Invalid(_("Add the paper as it came in."), field="proofs")


def checked(uploads: Sequence[Upload]) -> list[Checked]:
    """Each with its type and the content to keep. Raises Invalid."""
    if len(uploads) > FILES_LIMIT:
        raise Invalid(_("Up to %(n)s files.") % {"n": FILES_LIMIT}, field="proofs")
    return [(upload, *attachments.checked(upload)) for upload in uploads]


def keep(files: Sequence[Checked], row: type[MonthFile], **of: Any) -> None:
    """Seal each and write the row that speaks of it, within a verb."""
    for upload, found, content in files:
        kept = row(
            name=clean_name(upload.name, found),
            content_type=found,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            **of,
        )
        sealed_files.keep(kept.pk, content)
        kept.save(force_insert=True)
