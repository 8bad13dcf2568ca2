"""The same file as proof in case after case (domain: attachment reused, by its hash)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.models import Attachment
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limits, Subject
from oversight.detectors.acts import by_subject


def _proofs(period: Period) -> QuerySet[Attachment]:
    files = Attachment.objects.filter(uploaded_at__gte=period.start, uploaded_at__lt=period.end)
    return files.filter(reply__isnull=False, case__confidential=False)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    """Files handed in with a reply which an earlier reply to another matter had."""
    elsewhere = Attachment.objects.filter(
        digest=OuterRef("digest"), reply__isnull=False, uploaded_at__lt=OuterRef("uploaded_at")
    ).exclude(case=OuterRef("case"))
    of_another_matter = elsewhere.filter(Q(case__group=None) | ~Q(case__group=Coalesce(OuterRef("case__group"), 0)))
    rows = _proofs(period).filter(Exists(of_another_matter)).annotate(unit=F("reply__organisation"))
    for pk, unit, case, at in rows.values_list("pk", "unit", "case", "uploaded_at"):
        yield Hit(Subject(unit), f"file:{pk}", at, case=case)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_proofs(period), "reply__organisation")


DETECTOR = Detector(
    "reused_files",
    _("The same file as proof in several cases"),
    _("A file handed in with a reply is byte for byte that of an earlier reply to another request."),
    _("One repair answered several requests that nobody joined; a leaflet goes out with every reply."),
    hits,
    looked_at,
    at_least=3,
    times_peers=20,
    version=3,
)
