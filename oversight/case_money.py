"""What a case came to in contracts: its marks, whose its bad outcomes were, the clauses it is evidence of."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Call, Case
from contractors.attribution_rules import words_of
from contractors.models import Assessment, Attribution, ClauseResult, SampledContact, Score
from hotline.models import Membership
from oversight.life_rows import LifeRow, Sort


def quality(case: Case, by: Membership) -> Iterator[LifeRow]:
    """Each mark as it stood from then on."""
    contacts = SampledContact.objects.visible_to(by).filter(case=case)
    rows = Score.objects.filter(contact__in=contacts).select_related("by", "contact__sample", "contact__agent")
    for score in rows.order_by("at", "pk"):
        contact = score.contact
        marked = _("%(total)s of 100") % {"total": f"{score.total:g}"}
        detail = f"{marked} · {contact.agent.label} · {contact.sample.get_purpose_display()}"
        yield LifeRow(
            score.at,
            Sort.QUALITY,
            _("Contact marked: %(origin)s") % {"origin": score.get_origin_display()},
            detail,
            who=score.by,
            url=reverse("contractors:quality_contact", args=[contact.pk]),
        )


def whose(case: Case, by: Membership) -> Iterator[LifeRow]:
    """Whose each bad outcome was, and what a dispute made of it."""
    rows = Attribution.objects.visible_to(by).filter(case=case)
    named = ("organisation", "dispute__asked_by", "dispute__asked_for", "dispute__ruled_by", "dispute__organisation")
    for row in rows.select_related(*named).order_by("made_at", "pk"):
        party = row.organisation.label if row.organisation else row.get_party_display()
        what = _("Outcome: %(outcome)s") % {"outcome": row.get_outcome_display()}
        yield LifeRow(row.made_at, Sort.WHOSE, what, str(party), str(words_of(row.rule)))
        dispute = getattr(row, "dispute", None)
        if dispute is None:
            continue
        yield LifeRow(
            dispute.asked_at,
            Sort.WHOSE,
            _("Attribution disputed"),
            str(row.get_outcome_display()),
            str(dispute.words),
            dispute.asked_by,
            dispute.asked_for,
        )
        if dispute.ruled_at:
            ruled = dispute.organisation.label if dispute.organisation else dispute.get_party_display()
            what = _("Dispute of the attribution ruled on")
            yield LifeRow(dispute.ruled_at, Sort.WHOSE, what, str(ruled), str(dispute.ruling), dispute.ruled_by)


def money(case: Case, by: Membership) -> Iterator[LifeRow]:
    """Clauses of assessed months whose frozen evidence names the case, its calls or its marked contacts."""
    if case.taken_by_organisation_id is None:
        return
    names = {case.number}
    for platform_id, pk in Call.objects.filter(case=case).values_list("platform_id", "pk"):
        names |= {platform_id, str(pk)}
    names |= {contact.number for contact in SampledContact.objects.filter(case=case).select_related("sample")}
    since = timezone.localtime(case.registered_at).date().replace(day=1)
    months = Assessment.objects.visible_to(by).filter(
        contract__organisation=case.taken_by_organisation_id, month__gte=since
    )
    results = ClauseResult.objects.filter(assessment__in=months).select_related(
        "clause", "assessment__contract", "assessment__run_by"
    )
    for result in results.order_by("assessment__month", "clause__position", "pk"):
        if not names & {line.partition("\t")[0] for line in result.canonical.splitlines()}:
            continue
        month, clause = result.assessment, result.clause
        parts = [month.contract.number, f"{month.month:%Y-%m}", str(month.get_state_display())]
        yield LifeRow(
            month.frozen_at,
            Sort.MONEY,
            _("Counted in clause %(number)s: %(measure)s") % {"number": clause.number, "measure": clause.name},
            " · ".join([*parts, _("effect on the month: %(n)s yuan") % {"n": f"{result.effect:,.2f}"}]),
            who=month.run_by,
            url=reverse("contractors:evidence", args=[result.pk]),
        )
