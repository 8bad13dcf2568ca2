"""Choosing a reason: those in force at a moment, and a clear no to any other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.models import CallbackResult, DisputeReason, Reason, ReasonKind, RevealReason, kept_reasons, reason_words
from hotline.acts import Invalid

# Where the office may say that a reason alone is not enough, and what must go with it. Suspensions and exclusions
# always name what proves them (``cases.procedures``); every other kind has no place for more words.
MORE_WORDS: dict[str, Any] = {
    ReasonKind.BOUNCE: gettext_lazy("what proves it"),
    ReasonKind.EXTENSION: gettext_lazy("what proves it"),
    ReasonKind.SEND_BACK: gettext_lazy("what is missing"),
    ReasonKind.CALLBACK: gettext_lazy("a note"),
}

# What may be worded anew and never retired: a rule of the country names it, or the system itself counts on it. Of the
# statutory grounds 国办发〔2020〕53号 二(六) names those that every hotline leaves to others.
_LAW = gettext_lazy("State Council notice 国办发〔2020〕53号 names it")
_EMERGENCY = gettext_lazy("State Council notice 国办发〔2022〕12号 names it")
_GIVEN = gettext_lazy("the system gives it by itself")
_ACTED_ON = gettext_lazy("the system acts on it")
REQUIRED: dict[tuple[str, str], Any] = {
    (ReasonKind.REFUSAL, "legal_procedure"): _LAW,
    (ReasonKind.REFUSAL, "petition"): _LAW,
    (ReasonKind.REFUSAL, "secret"): _LAW,
    (ReasonKind.REFUSAL, "unlawful"): _LAW,
    (ReasonKind.REFUSAL, "emergency_line"): _EMERGENCY,
    **{(ReasonKind.DISPUTE, reason): _GIVEN for reason in DisputeReason},
    **{(ReasonKind.CALLBACK, result): _ACTED_ON for result in CallbackResult},
    **{(ReasonKind.REVEAL, reason): _GIVEN for reason in RevealReason},
}


def in_force(kind: str, at: datetime) -> list[Reason]:
    """Those that may be chosen, in the office's order. No question to the database."""
    versions = (row for (of, _code), rows in kept_reasons().items() if of == kind for row in rows)
    return sorted((row for row in versions if row.is_in_force(at)), key=lambda row: (row.position, row.pk))


def choices(kind: str, at: datetime) -> list[tuple[str, str]]:
    return [(row.code, row.label) for row in in_force(kind, at)]


def chosen(kind: str, code: str, at: datetime, *, field: str = "reason", missing: str = "") -> Reason:
    """The reason in force that was chosen. Raises Invalid naming those in force; ``missing`` is said where none was."""
    found = next((row for row in in_force(kind, at) if row.code == code), None)
    if found is not None:
        return found
    if not code and missing:
        raise Invalid(missing, field=field)
    raise Invalid(not_offered(kind, code, at), field=field)


def not_offered(kind: str, code: str, at: datetime) -> str:
    """Why it cannot be chosen, and what can; each with its code, which programs need."""
    listed = pgettext("list", ", ").join(f"{row.label} ({row.code})" for row in in_force(kind, at))
    words = {"given": reason_words(kind, code[:30], at), "listed": listed}
    if (kind, code) in kept_reasons():
        return _("“%(given)s” is not in force now. Choose one of these: %(listed)s.") % words
    return _("No reason has the code “%(given)s”. Choose one of these: %(listed)s.") % words


def check_words(reason: Reason, words: str, *, field: str) -> None:
    """Raises Invalid where the office wants more than the reason and nothing was said."""
    if reason.needs_words and not words.strip():
        more = {"reason": reason.label, "more": MORE_WORDS.get(reason.kind, "")}
        raise Invalid(_("“%(reason)s” is not enough by itself: add %(more)s.") % more, field=field)
