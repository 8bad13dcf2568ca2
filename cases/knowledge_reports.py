"""What is missing or wrong in the knowledge base goes to the unit that owns the matter, with a limit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.deadlines import calendar_of, local_date
from cases.knowledge import check_may_write
from cases.knowledge_rules import RULES
from cases.models import KnowledgeArticle, KnowledgeReport, ReportKind, ReportOutcome
from cases.notifications import knowledge_notice, local_time, report_notice
from cases.permissions import check
from cases.registration import a_sentence
from hotline import outbox
from hotline.acts import Invalid, NotNow, verb
from hotline.calendar import Unit
from hotline.models import Membership, Organisation
from hotline.roles import Capability, Role

WORDS_LIMIT = 500


@verb
def report(
    *,
    by: Membership,
    at: datetime,
    kind: str,
    words: str,
    article: KnowledgeArticle | None = None,
    unit: Organisation | None = None,
) -> KnowledgeReport:
    """Tell the owner what is missing or wrong. The limit runs in its working days."""
    check(by, Capability.KNOWLEDGE_REPORT)
    if kind not in ReportKind.values:
        raise Invalid(_("Say what is the matter."), field="kind")
    if article is None and kind != ReportKind.MISSING:
        raise Invalid(_("Say which answer it is."), field="article")
    words = a_sentence(words, field="words", limit=WORDS_LIMIT)
    owner = article.unit if article is not None else unit
    if owner is None:
        raise Invalid(_("Name the unit whose matter it is."), field="unit")
    if owner.kind != Organisation.Kind.UNIT or not owner.is_active(local_date(at)):
        raise Invalid(_("%(name)s keeps no answers.") % {"name": owner.label}, field="unit")
    due_at = calendar_of(owner).add(at, RULES.on(at)["report_days"], Unit.WORKING_DAY)
    kept = KnowledgeReport.objects.create(
        kind=kind,
        article=article,
        unit=owner,
        words=words,
        reported_by_id=by.user_id,
        reported_at=at,
        due_at=due_at,
    )
    told: dict[str, Any] = {"kind": kept.get_kind_display(), "due": local_time(due_at), "words": words}
    outbox.post(report_notice("knowledge_reported", kept, at=at, by=by, unit=owner, **told))
    return kept


@verb
def settle(report: KnowledgeReport, *, by: Membership, at: datetime, outcome: str, answer: str = "") -> KnowledgeReport:
    """The owner says what became of it; whoever reported it reads that. A report is settled once."""
    check_may_write(by, report.unit)
    if outcome not in ReportOutcome.values or not outcome:
        raise Invalid(_("Say what became of it."), field="outcome")
    if outcome != ReportOutcome.CORRECTED or answer.strip():
        answer = a_sentence(answer, field="answer", limit=WORDS_LIMIT)
    kept = KnowledgeReport.objects.select_for_update(of=("self",)).select_related("article").get(pk=report.pk)
    if kept.outcome:
        raise NotNow(_("This report was settled before: %(how)s.") % {"how": kept.get_outcome_display()})
    if outcome == ReportOutcome.CORRECTED and not _something_newer(kept):
        raise NotNow(_("No version was approved since it was reported. Write one, and have it approved first."))
    kept.outcome, kept.answer, kept.settled_by_id, kept.settled_at = outcome, answer, by.user_id, at
    kept.save()
    told: dict[str, Any] = {"outcome": kept.get_outcome_display(), "answer": answer or "–"}
    outbox.post(report_notice("knowledge_settled", kept, at=at, by=by, user=kept.reported_by, **told))
    return kept


def _something_newer(kept: KnowledgeReport) -> bool:
    """Was an answer of the unit (the reported one, if one was named) approved after the report?"""
    newer = KnowledgeArticle.objects.filter(unit=kept.unit_id, approved_at__gt=kept.reported_at)
    return (newer.filter(key=kept.article.key) if kept.article else newer).exists()


@verb
def tell_lateness(report: KnowledgeReport, *, at: datetime, by: None = None) -> KnowledgeReport:
    """Once the limit is over, the unit's head and the office's editors are told, once."""
    kept = KnowledgeReport.objects.select_for_update(of=("self",)).select_related("article").get(pk=report.pk)
    if kept.outcome or kept.late_told_at is not None or at < kept.due_at:
        return kept
    kept.late_told_at = at
    kept.save(update_fields=["late_told_at"])
    told: dict[str, Any] = {"due": local_time(kept.due_at), "owner": kept.unit.name}
    outbox.post(
        report_notice("knowledge_late", kept, at=at, unit=kept.unit, role=Role.UNIT_HEAD, **told),
        report_notice("knowledge_late", kept, at=at, role=Role.KNOWLEDGE_EDITOR, **told),
    )
    return kept


@verb
def remind(article: KnowledgeArticle, *, at: datetime, by: None = None) -> KnowledgeArticle:
    """Its unit is told, once each, that an answer is to be looked at again and that it has run out."""
    kept = KnowledgeArticle.objects.select_for_update(of=("self",)).get(pk=article.pk)
    on = local_date(at)
    if kept.replaced_at is not None:
        return kept
    if kept.valid_until and kept.valid_until <= on and kept.expiry_told_at is None:
        kept.expiry_told_at = kept.reminded_at = at
        day = kept.valid_until.isoformat()
        outbox.post(
            knowledge_notice("knowledge_expired", kept, at=at, unit=kept.unit, day=day),
            knowledge_notice("knowledge_expired", kept, at=at, role=Role.KNOWLEDGE_EDITOR, day=day),
        )
    elif kept.review_on and kept.review_on <= on and kept.reminded_at is None:
        kept.reminded_at = at
        outbox.post(knowledge_notice("knowledge_review", kept, at=at, unit=kept.unit, day=kept.review_on.isoformat()))
    kept.save(update_fields=["reminded_at", "expiry_told_at"])
    return kept
