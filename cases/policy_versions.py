"""A new version of a time limit: its values in words, what it would do, and how it comes into force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from cases import policy_effects as effects
from cases.deadlines import local_date
from cases.models import Category, Channel, ClockKind, DeadlinePolicy, EscalationAct, EscalationStep
from cases.models.deadline_policy import LimitUnit
from hotline.acts import Invalid
from hotline.models import Membership, Proposal, Region
from hotline.proposals import Subject, Values, register
from hotline.roles import Role
from hotline.wording import limit_words, moment, sentence

TRAITS = ("clock", "kind", "urgency", "channel", "category", "region", "upstream_platform")
FREE = ("amount", "unit", "pausable", "max_extensions", "max_extension", "source")
LONGEST = {"minute": 60 * 24 * 31, "hour": 24 * 366, "day": 3660, "working_day": 2500}  # ten years of working days
STEPS_OFFERED = (
    EscalationAct.YELLOW,
    EscalationAct.RED,
    EscalationAct.URGE,
    EscalationAct.SUPERVISE,
    EscalationAct.SUMMONS,
    EscalationAct.CIRCULAR,
)


def step_words(act: Any, offset: int, unit: str, role: Any) -> str:
    """What happens when, and who is told."""
    words = {"act": act, "span": limit_words(abs(offset), unit)}
    if offset < 0:
        said = _("%(act)s %(span)s before it is due") % words
    elif offset > 0:
        said = _("%(act)s %(span)s after it was due") % words
    else:
        said = _("%(act)s when it is due") % words
    return _("%(what)s, to: %(role)s") % {"what": said, "role": role} if role else said


def when(offset: int, unit: str) -> float:
    """Offsets of different units in one order; a working day counts as a day."""
    return offset * {LimitUnit.MINUTE: 1, LimitUnit.HOUR: 60}.get(LimitUnit(unit), 1440)


def values_of(policy: DeadlinePolicy) -> Values:
    """The version as it is compared: codes instead of keys, steps in their order."""
    named = {
        name: getattr(policy, name).code if getattr(policy, name) else "" for name in ("channel", "category", "region")
    }
    plain = {name: getattr(policy, name) for name in (*TRAITS, *FREE) if name not in named}
    steps = [[s.act, s.offset, s.unit, s.to_role] for s in policy.steps.all()]
    return {**plain, **named, "steps": sorted(steps, key=lambda s: (when(s[1], s[2]), s[0]))}


class DeadlinePolicies(Subject):
    """Limits and the steps before and after them. A target is the key of the version in force."""

    key = "deadline_policy"
    label = gettext_lazy("Time limit")

    def current(self, target: str) -> Values | None:
        if not target:
            return None
        policy = _version(target)
        if policy.valid_until is not None:
            raise Invalid(_("This version ends by itself; change the one that follows it."))
        return values_of(policy)

    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        values = {name: given.get(name, "") for name in TRAITS} | {name: given[name] for name in FREE}
        if target:
            before = _version(target)
            values |= {name: value for name, value in values_of(before).items() if name in TRAITS}
            if proposal.valid_from <= before.valid_from:
                raise Invalid(
                    _("The present version begins on %(day)s; the next one must begin later.")
                    % {"day": before.valid_from.isoformat()},
                    field="valid_from",
                )
        if not 0 < values["amount"] <= LONGEST[values["unit"]]:
            raise Invalid(_("This limit is too long, or none."), field="amount")
        if bool(values["max_extensions"]) != bool(values["max_extension"]):
            raise Invalid(_("Say both how often it may be extended and by how much."), field="max_extension")
        _lookups(values)
        if not target and _same_traits(values).exists():
            raise Invalid(_("There is a limit for these cases already: change that one."), field="clock")
        steps = [_clean_step(*step) for step in given.get("steps", [])]
        return {**values, "steps": sorted(steps, key=lambda s: (when(s[1], s[2]), s[0]))}

    def lines(self, values: Values) -> list[tuple[str, str]]:
        amount, unit = values["amount"], values["unit"]
        extension = (
            ngettext("once, up to %(most)s", "%(n)s times, each up to %(most)s", values["max_extensions"])
            % {"n": values["max_extensions"], "most": limit_words(values["max_extension"], unit)}
            if values["max_extensions"]
            else _("not extended")
        )
        lines = [
            (_("For which cases"), pgettext("list", ", ").join(trait_words(values)) or _("All others")),
            (_("Limit"), limit_words(amount, unit)),
            (_("Pause"), _("may be paused") if values["pausable"] else _("never paused")),
            (_("Extension"), extension),
        ]
        lines += [
            (str(EscalationAct(act).label), _words_of(act, offset, u, role)) for act, offset, u, role in values["steps"]
        ]
        return [*lines, (pgettext("rule", "Source"), values["source"] or "–")]

    def title(self, target: str, values: Values) -> str:
        named = trait_words(values)
        return " · ".join([str(ClockKind(values["clock"]).label), *(named or [_("all others")])])

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        values, shape = proposal.change, shaped(proposal.change)
        before = _version(proposal.target) if proposal.target else None
        running = effects.running_on(before) if before else 0
        keep = ngettext(
            "Changes nothing for %(n)s open case that runs on the present limit: it keeps it.",
            "Changes nothing for %(n)s open cases that run on the present limit: they keep it.",
            running,
        )
        n = effects.fitting(shape).count()
        fit = ngettext(
            "%(n)s open case has these traits; only what begins from %(day)s on gets the new limit.",
            "%(n)s open cases have these traits; only what begins from %(day)s on gets the new limit.",
            n,
        )
        said = [keep % {"n": running}, sentence(fit, n=n, day=moment(proposal.valid_from))]
        return said + (_forecast(before, values, at) if before else [])

    def put_in_force(self, proposal: Proposal, *, by: Membership, at: datetime) -> None:
        if proposal.target:
            ended = DeadlinePolicy.objects.filter(pk=int(proposal.target), valid_until__isnull=True)
            ended.update(valid_until=proposal.valid_from)
        policy = shaped(proposal.change)
        policy.valid_from, policy.approved_by_id, policy.proposal = proposal.valid_from, by.user_id, proposal
        policy.save(force_insert=True)
        for act, offset, unit, role in proposal.change["steps"]:
            EscalationStep.objects.create(policy=policy, act=act, offset=offset, unit=unit, to_role=role)


def shaped(values: Values) -> DeadlinePolicy:
    """The row the values make, not saved. Raises Invalid for a code that is not known."""
    return DeadlinePolicy(
        **{name: values[name] for name in (*TRAITS, *FREE) if name not in ("channel", "category", "region")},
        **_lookups(values),
    )


def trait_words(values: Values) -> list[str]:
    """Which cases it is for, in words; none means all that no other limit fits better."""
    return traits(shaped(values))


def traits(policy: DeadlinePolicy) -> list[str]:
    named = [policy.get_urgency_display() if policy.urgency else "", policy.get_kind_display() if policy.kind else ""]
    named += [thing.label for thing in (policy.channel, policy.category, policy.region) if thing is not None]
    return [str(words) for words in [*named, policy.upstream_platform] if words]


def _lookups(values: Values) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, model in (("channel", Channel), ("category", Category), ("region", Region)):
        found[name] = None
        if code := values[name]:
            found[name] = model.objects.filter(code=code).first()
            if found[name] is None:
                raise Invalid(_("“%(code)s” is not known.") % {"code": code}, field=name)
    return found


def _version(target: str) -> DeadlinePolicy:
    rows = DeadlinePolicy.objects.prefetch_related("steps")
    policy = rows.filter(pk=int(target)).first() if target.isdecimal() and len(target) < 19 else None
    if policy is None:
        raise Invalid(_("This limit is not known."))
    return policy


def _same_traits(values: Values) -> Any:
    plain = {name: values[name] for name in TRAITS if name not in ("channel", "category", "region")}
    open_ended = DeadlinePolicy.objects.filter(valid_until__isnull=True, **plain)
    for name, thing in _lookups(values).items():
        open_ended = open_ended.filter(**({name: thing} if thing else {f"{name}__isnull": True}))
    return open_ended


def _clean_step(act: str, offset: int, unit: str, role: str) -> list[Any]:
    if act not in STEPS_OFFERED or unit not in LimitUnit.values or role not in ("", *Role.values):
        raise Invalid(_("This step is not known."))
    if abs(offset) > LONGEST[unit]:
        raise Invalid(_("This step is too far from the limit."), field=f"{act}_n")
    if (act == EscalationAct.YELLOW) != (offset < 0):
        raise Invalid(
            _("The yellow card comes before the limit; everything else when it is due, or after."), field=f"{act}_n"
        )
    return [act, offset, unit, role]


def _words_of(act: str, offset: int, unit: str, role: str) -> str:
    return step_words(EscalationAct(act).label, offset, unit, Role(role).label if role else "")


def _forecast(before: DeadlinePolicy, values: Values, at: datetime) -> list[str]:
    """The last thirty days, as they were ruled and as they would have been."""
    versions = list(_same_traits(values_of(before)) | DeadlinePolicy.objects.filter(pk=before.pk))
    runs = effects.recent_runs(versions, at)
    if not runs:
        return [_("No clock ran on this limit in the last 30 days, so there is nothing to reckon with.")]
    was = effects.forecast(runs, before.amount, before.unit, effects.plain(before.steps.all()))
    becomes = effects.forecast(runs, values["amount"], values["unit"], [(a, o, u) for a, o, u, _r in values["steps"]])
    late = _("Of the %(n)s clocks of the last 30 days %(was)s ran out; with the new limit %(becomes)s would have.")
    sent = _("They sent %(was)s messages; with the new steps it would have been %(becomes)s (%(acts)s).")
    acts = pgettext("list", ", ").join(
        f"{EscalationAct(act).label} {was.acts[act]} → {becomes.acts[act]}"
        for act in STEPS_OFFERED
        if was.acts[act] or becomes.acts[act]
    )
    return [
        late % {"n": was.clocks, "was": was.late, "becomes": becomes.late},
        sent % {"was": was.messages, "becomes": becomes.messages, "acts": acts or "–"},
    ]


def first_day(policy: DeadlinePolicy, at: datetime) -> date:
    """The first day on which a next version can begin."""
    return max(local_date(at), date.fromordinal(policy.valid_from.toordinal() + 1))


register(DeadlinePolicies())
