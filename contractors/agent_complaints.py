"""Complaints about agents: the office says which contact a complaint is about, and somebody else rules on it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases.deadlines import local_date
from cases.models import Call, Case
from cases.permissions import check
from contractors.attributing import enter_manner
from contractors.limits import working_days_after
from contractors.models import AgentComplaint, Finding
from contractors.notices import tell
from contractors.quality_rules import RULES
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation
from hotline.plain_text import clean_text
from hotline.roles import Capability, Role

GROUNDS_LIMIT = 1000


@verb
def name(complaint: Case, about: Case, *, by: Membership, at: datetime) -> AgentComplaint:
    """Say that a case complains of how another was taken down; the contact goes into that week's frame.

    Raises Invalid if nobody of a contractor took it down, or if it was named before.
    """
    check(by, Capability.AGENT_COMPLAINT_NAME)
    if complaint.pk == about.pk:
        raise Invalid(_("A case does not complain of itself. Name the earlier one."), field="about")
    company = about.taken_by_organisation
    if about.taken_by_id is None or company is None or company.kind != Organisation.Kind.CONTRACTOR:
        raise Invalid(_("Nobody of a contractor took this case down."), field="about")
    if AgentComplaint.objects.filter(complaint=complaint).exists():
        raise Invalid(_("It was said before what this case complains of."), field="complaint")
    call = Call.objects.filter(case=about, agent=about.taken_by_id).order_by("offered_at").first()
    return AgentComplaint.objects.create(
        complaint=complaint,
        about=about,
        call=call,
        agent_id=about.taken_by_id,
        organisation=company,
        named_by_id=by.user_id,
        named_at=at,
        due_at=working_days_after(at, RULES.on(at)["complaint_days"]),
    )


@verb
def rule(row: AgentComplaint, *, finding: str, grounds: str, by: Membership, at: datetime) -> AgentComplaint:
    """Rule whether it was justified; the agent and the company are told. A justified one is bad manner of theirs."""
    check(by, Capability.AGENT_COMPLAINT_RULE)
    if finding not in Finding.values:
        raise Invalid(_("Say whether it was justified."), field="finding")
    grounds = clean_text(grounds)
    if len(grounds) < 2 or len(grounds) > GROUNDS_LIMIT:
        raise Invalid(_("Give the grounds, in at most %(n)s characters.") % {"n": GROUNDS_LIMIT}, field="grounds")
    kept = AgentComplaint.objects.select_for_update(of=("self",)).select_related("about", "organisation").get(pk=row.pk)
    if kept.finding:
        raise NotNow(_("This was ruled on before: %(how)s.") % {"how": kept.get_finding_display()})
    if kept.named_by_id == by.user_id:
        raise NotAllowed(_("You named the contact; somebody else must rule."))
    kept.finding, kept.grounds, kept.ruled_by_id, kept.ruled_at = finding, grounds, by.user_id, at
    kept.save()
    if finding == Finding.JUSTIFIED:
        enter_manner(kept, at=at)
    told = {"number": kept.about.number, "finding": kept.get_finding_display()}
    tell("agent_complaint_ruled", told, at=at, by=by, user=kept.agent)
    tell("agent_complaint_ruled", told, at=at, by=by, organisation=kept.organisation, role=Role.CONTRACTOR_MANAGER)
    return kept


@verb
def tell_lateness(row: AgentComplaint, *, at: datetime, by: None = None) -> AgentComplaint:
    """The limit to rule is over: the quality officers and the head of the office are told, once."""
    kept = AgentComplaint.objects.select_for_update(of=("self",)).select_related("about").get(pk=row.pk)
    if kept.finding or kept.late_told_at is not None or at < kept.due_at:
        return kept
    kept.late_told_at = at
    kept.save(update_fields=["late_told_at"])
    for role in (Role.QUALITY_OFFICER, Role.OFFICE_HEAD):
        told = {"number": kept.about.number, "due": local_date(kept.due_at).isoformat()}
        tell("agent_complaint_late", told, at=at, role=role)
    return kept
