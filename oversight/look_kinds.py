"""Which audit entries say that somebody saw personal data, and what each is called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOOK_KINDS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "reveal": (_("identity viewed"), ("identity.reveal", "independent_calls.reveal", "identity.export")),
    "search": (_("searched by telephone"), ("search.phone",)),
    "file": (
        _("file or recording opened"),
        (
            "attachments.open",
            "recording.play",
            "proofs.open",
            "proofs.wages",
            "objections.open_file",
            "assessments.open_paper",
        ),
    ),
    "export": (
        _("exported"),
        ("exporting.ask", "exporting.approve", "exporting.refuse", "exporting.download", "handover.file"),
    ),
    "print": (_("printed"), ("case.print",)),
}
LOOKS = tuple(act for _words, acts in LOOK_KINDS.values() for act in acts)
LOOK_WORDS: dict[str, str | Promise] = {
    "case.look": _("Case opened"),
    "case.life": _("Life of the case read"),
    "case.print": _("Case printed"),
    "identity.reveal": _("Identity viewed"),
    "independent_calls.reveal": _("Number shown for an independent callback"),
    "identity.export": _("Identity exported"),
    "search.phone": _("Searched by telephone"),
    "attachments.open": _("File opened"),
    "recording.play": _("Recording played"),
    "proofs.open": _("Proof opened"),
    "proofs.wages": _("Wages read"),
    "objections.open_file": _("File of an objection opened"),
    "assessments.open_paper": _("Paper of a signature opened"),
    "handover.file": _("Staff handed over as a file"),
    "exporting.ask": _("Export asked for"),
    "exporting.approve": _("Export approved"),
    "exporting.refuse": _("Export refused"),
    "exporting.download": _("Export downloaded"),
}
LOOKS_AT_CASES = ("case.look", "case.life", "case.print", "identity.reveal", "identity.export", "attachments.open")


def kind_of(act: str) -> str:
    return next((kind for kind, (_words, acts) in LOOK_KINDS.items() if act in acts), "")
