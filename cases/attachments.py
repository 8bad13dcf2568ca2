"""Files that prove something: taken in after a look at their content, kept encrypted, opened by their case only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from cases import sealed_files, workflow
from cases.file_types import clean_name, content_type
from cases.models import OPEN, Attachment, AttachmentKind, Case, EventKind
from cases.permissions import check
from cases.pictures import FORMATS, NotAPictureError, clean_copy
from cases.sealed_files import path_for
from hotline import audit
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability

SIZE_LIMIT = 20 * 1024 * 1024
PER_CASE = 20


@dataclass(frozen=True)
class Upload:
    """A file as it came: the name is the sender's, and nothing is believed of it."""

    name: str
    content: bytes


@verb
def attach(case: Case, upload: Upload, *, by: Membership, at: datetime, kind: str) -> Attachment:
    """Keep a file with the case. The same content given twice is kept once.

    The file is written before the row: if the row fails, noise without an entry is left, never an entry without a file.
    The case's version stays: what somebody else is writing about it does not become stale by a file.
    """
    check(by, Capability.CASE_NOTE, case)
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotAllowed(_("This case is not within your reach."))
    if kind not in AttachmentKind.values:
        raise Invalid(_("Say what the file is for."), field="kind")
    found, content = checked(upload)
    case = workflow.locked(case, version=None)
    if case.status not in OPEN:
        raise NotNow(_("The case is closed; nothing is added to it any more."))
    digest = hashlib.sha256(content).digest()
    if same := Attachment.objects.filter(case=case, digest=digest).first():
        return same
    if Attachment.objects.filter(case=case).count() >= PER_CASE:
        raise NotNow(_("A case keeps at most %(n)s files.") % {"n": PER_CASE})
    kept = Attachment(
        case=case,
        kind=kind,
        name=clean_name(upload.name, found),
        content_type=found,
        size=len(content),
        digest=digest,
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )
    sealed_files.keep(kept.pk, content)
    kept.save(force_insert=True)
    payload = {"attachment": str(kept.pk), "kind": kind}
    workflow.append(case, EventKind.ATTACHED, by=by, at=at, why=kept.name, payload=payload)
    return kept


def checked(upload: Upload) -> tuple[str, bytes]:
    """The content's type, and the content to keep: of pictures a copy that carries nothing but them. Raises Invalid."""
    if not upload.content:
        raise Invalid(_("“%(name)s” is empty.") % {"name": upload.name}, field="file")
    if len(upload.content) > SIZE_LIMIT:
        raise Invalid(
            _("“%(name)s” is larger than %(n)s MB.") % {"name": upload.name, "n": SIZE_LIMIT // 1024 // 1024},
            field="file",
        )
    found = content_type(upload.content)
    if found is None:
        raise Invalid(
            _("“%(name)s” is none of the kinds kept: pictures, PDF, Word and Excel without macros, text, recordings.")
            % {"name": upload.name},
            field="file",
        )
    if found not in FORMATS:
        return found, upload.content
    try:
        return found, clean_copy(upload.content, found)
    except NotAPictureError as error:
        sentence = _("“%(name)s” cannot be opened as a picture. Save it anew as JPEG or PNG and try again.")
        raise Invalid(sentence % {"name": upload.name}, field="file") from error


def path_of(attachment: Attachment) -> Path:
    return path_for(attachment.pk)


def content_of(attachment: Attachment, *, by: Membership, at: datetime) -> bytes:
    """The file's content, for somebody who may see its case; who opened it stays in the audit trail."""
    content = sealed_files.content_of(attachment.pk)
    audit.record("attachments.open", by=by, at=at, thing=attachment)
    return content


def missing_files() -> Iterator[str]:
    """After a restore: the entries whose file is not there."""
    entries = Attachment.objects.order_by("pk").values_list("pk", "case__number")
    lost = [number for pk, number in entries.iterator() if not path_of(Attachment(pk=pk)).exists()]
    if lost:
        yield f"{len(lost)} attached files are missing, of the cases {', '.join(sorted(set(lost))[:20])}."
