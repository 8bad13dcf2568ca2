"""Appeals: the agent names the items, another person than the marker rules, at the second level the government.

A ruling raises a mark or keeps it; it never lowers one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from cases.deadlines import local_date
from cases.permissions import check
from cases.registration import a_sentence
from contractors import points
from contractors.limits import day_before, working_days_after
from contractors.marking import items_of
from contractors.models import (
    Appeal,
    AppealLine,
    AppealOutcome,
    ContactState,
    Origin,
    Purpose,
    SampledContact,
    ScorecardItem,
)
from contractors.notices import tell
from contractors.scores import enter, standing
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability, Role

WORDS_LIMIT, CLAIM_LIMIT = 1000, 200


@verb
def appeal(contact: SampledContact, claims: Mapping[str, str], *, words: str, by: Membership, at: datetime) -> Appeal:
    """Appeal against the marks on some items, each with what is held against it. Raises NotNow after the limit."""
    check(by, Capability.QUALITY_APPEAL)
    contact = _locked(contact)
    if contact.agent_id != by.user_id:
        raise NotAllowed(_("Only the agent who was marked may appeal."))
    level = _level(contact, at)
    words = a_sentence(words, field="words", limit=WORDS_LIMIT)
    score = standing(contact)
    items = {item.code: item for item in items_of(contact)}
    if score is None or not claims:
        raise Invalid(_("Name the items you appeal against."), field="items")
    due_at = working_days_after(at, contact.sample.rules["review_days" if level == 1 else "second_review_days"])
    kept = Appeal.objects.create(
        contact=contact,
        level=level,
        words=words,
        asked_by_id=by.user_id,
        asked_at=at,
        due_at=due_at,
        next_action_at=day_before(due_at, at=at),
    )
    for code, claim in claims.items():
        AppealLine.objects.create(
            appeal=kept, item=_item(items, code), claim=_claim(items[code], claim), before=_lost(score.verdicts, code)
        )
    _tell_reviewers("quality_appealed", kept, at=at, by=by)
    return kept


@verb
def rule(appeal: Appeal, verdicts: Mapping[str, str], *, ruling: str, by: Membership, at: datetime) -> Appeal:
    """Rule on every item of an appeal. Raises NotAllowed for the marker, the agent and whoever ruled before, Invalid
    for a verdict that is worse than before."""
    check(by, Capability.QUALITY_REVIEW)
    contact = _locked(appeal.contact)
    kept = Appeal.objects.select_for_update().get(pk=appeal.pk)
    kept.contact = contact
    if kept.ruled_at is not None:
        raise NotNow(_("This appeal was ruled on before."))
    if not Appeal.objects.to_rule_by(by).filter(pk=kept.pk).exists():
        raise NotAllowed(_("Somebody else rules on this: not who marked it, and at the second level the government."))
    items, score = items_of(contact), standing(contact)
    assert score is not None
    after, raised = dict(score.verdicts), False
    for line in kept.lines.select_related("item"):
        code = line.item.code
        line.after = _ruled(line, verdicts.get(code, ""))
        line.save(update_fields=["after"])
        raised = raised or line.after != after[code]
        after[code] = line.after
    kept.outcome = AppealOutcome.RAISED if raised else AppealOutcome.KEPT
    kept.ruling, kept.ruled_by_id, kept.ruled_at, kept.next_action_at = (
        a_sentence(ruling, field="ruling", limit=WORDS_LIMIT),
        by.user_id,
        at,
        None,
    )
    if kept.level == 1:
        kept.again_until = working_days_after(at, contact.sample.rules["appeal_days"])
    kept.save()
    if raised:
        origin = Origin.REVIEW if kept.level == 1 else Origin.SECOND_REVIEW
        enter(contact, origin, after, items, by=by.user, at=at)
    told = {"number": contact.number, "outcome": kept.get_outcome_display(), "ruling": kept.ruling}
    tell("quality_ruled", told, at=at, by=by, user=kept.asked_by)
    return kept


@verb
def mind(appeal: Appeal, *, at: datetime, by: None = None) -> Appeal:
    """Remind whoever rules one working day before the limit; once it is over, tell the head of the office too."""
    kept = (
        Appeal.objects.select_for_update(of=("self",)).select_related("contact__sample__organisation").get(pk=appeal.pk)
    )
    if kept.ruled_at is not None or kept.next_action_at is None or at < kept.next_action_at:
        return kept
    if at < kept.due_at:
        kept.next_action_at = kept.due_at
        _tell_reviewers("quality_appeal_due", kept, at=at)
    else:
        kept.next_action_at = None
        _tell_reviewers("quality_appeal_late", kept, at=at)
        tell("quality_appeal_late", _about(kept), at=at, role=Role.OFFICE_HEAD)
    kept.save(update_fields=["next_action_at"])
    return kept


def may_appeal(contact: SampledContact, by: Membership, at: datetime) -> bool:
    """Could this person appeal now, at whatever level?"""
    if contact.agent_id != by.user_id or not by.can(Capability.QUALITY_APPEAL):
        return False
    try:
        _level(contact, at)
    except NotNow:
        return False
    return True


def _level(contact: SampledContact, at: datetime) -> int:
    """1 in the time after publication, 2 in the time after a first ruling. Raises NotNow."""
    last = contact.appeals.order_by("-level").first()
    if contact.state != ContactState.PUBLISHED or contact.appeal_until is None:
        raise NotNow(_("The mark is not open to appeal."))
    if last is None:
        until, level = contact.appeal_until, 1
    elif last.ruled_at is None:
        raise NotNow(_("An appeal is open already."))
    elif last.again_until is None:
        raise NotNow(_("The second review is final."))
    else:
        until, level = last.again_until, 2
    if at >= until:
        raise NotNow(_("The time to appeal ended on %(day)s.") % {"day": local_date(until).isoformat()})
    return level


def _locked(contact: SampledContact) -> SampledContact:
    rows = SampledContact.objects.select_for_update(of=("self",)).select_related("sample__organisation", "agent")
    return rows.get(pk=contact.pk)


def _item(items: Mapping[str, ScorecardItem], code: str) -> ScorecardItem:
    if code not in items:
        raise Invalid(_("This item is not on the scorecard."), field="items")
    return items[code]


def _claim(item: ScorecardItem, claim: str) -> str:
    claim = clean_text(claim)
    if not claim:
        raise Invalid(
            _("Say for “%(item)s” where in the recording it is, or what shows it.") % {"item": item.label},
            field=f"claim_{item.code}",
        )
    if len(claim) > CLAIM_LIMIT:
        raise Invalid(_("At most %(n)s characters.") % {"n": CLAIM_LIMIT}, field=f"claim_{item.code}")
    return claim


def _lost(verdicts: Mapping[str, str], code: str) -> str:
    before = verdicts[code]
    if points.RANK[before] == max(points.RANK.values()):
        raise Invalid(_("Nothing was taken off on this item."), field="items")
    return before


def _ruled(line: AppealLine, verdict: str) -> str:
    allowed = points.FATAL if line.item.fatal else points.WEIGHTED
    if verdict not in allowed:
        raise Invalid(_("Rule on “%(item)s” too.") % {"item": line.item.label}, field=f"verdict_{line.item.code}")
    if verdict != line.before and not points.is_raise(line.before, verdict):
        raise Invalid(
            _("A review never lowers a mark: “%(item)s”.") % {"item": line.item.label},
            field=f"verdict_{line.item.code}",
        )
    return verdict


def _about(kept: Appeal) -> dict[str, str]:
    return {
        "number": kept.contact.number,
        "who": kept.contact.sample.organisation.name,
        "due": local_date(kept.due_at).isoformat(),
    }


def _tell_reviewers(key: str, kept: Appeal, *, at: datetime, by: Membership | None = None) -> None:
    """Those who may rule at this level."""
    own = kept.level == 1 and kept.contact.sample.purpose == Purpose.INSPECTION
    if own:
        company = kept.contact.sample.organisation
        tell(key, _about(kept), at=at, by=by, organisation=company, role=Role.QUALITY_INSPECTOR)
    else:
        tell(key, _about(kept), at=at, by=by, role=Role.QUALITY_OFFICER)
