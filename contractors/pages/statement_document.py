"""The words of a month's statement, ready to print: what both sides sign, in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from contractors.pages.statement_lines import Line, Sheet
from contractors.templatetags.statement import contractor_signer, plain, yuan


def document(sheet: Sheet) -> dict[str, Any]:
    """Everything the print says."""
    one = sheet.assessment
    month = f"{one.month:%Y-%m}"
    number = {"number": one.contract.number, "n": one.terms.version}
    return {
        "title": _("Assessment of %(month)s") % {"month": month},
        "subtitle": f"{one.contract.organisation.label} · {_('Contract %(number)s, terms %(n)s') % number}",
        "lang": "zh" if (get_language() or "").startswith("zh") else "en",
        "footer": f"{one.contract.number} · {month} · SHA-256 {sheet.digest}",
        "clauses": _clauses(sheet),
        "account": _account(sheet),
        "objections": _objections(sheet),
        "entries": _entries(sheet),
        "evidence": _evidence(sheet),
        "signatures": {"title": _("Signatures"), "parts": _signatures(sheet)},
        "digests": {"title": _("Can be counted again"), "rows": _digests(sheet)},
    }


def _clause_head() -> list[str]:
    return [
        _("Clause"),
        _("Agreed"),
        _("Measured"),
        _("Counts / of"),
        _("Left out"),
        _("Marks / full"),
        _("Effect (yuan)"),
    ]


def _clause_row(line: Line) -> list[str]:
    result, clause = line.result, line.result.clause
    fraction = f"{_plain(result.numerator)} / {_plain(result.denominator)}"
    marks = "–" if result.marks is None else f"{result.marks} / {_plain(clause.weight)}"
    name = f"{clause.number} {clause.label}"
    if not result.scored:
        name += f" ({_('not scored')})"
    counts = f"n = {result.n:,}" if line.is_count else fraction
    return [name, line.target, line.value, counts, f"{result.excluded:,}", marks, yuan(result.effect, "+")]


def _account(sheet: Sheet) -> dict[str, Any]:
    """From the price of the month to what is payable, line by line."""
    total = [_("Total"), yuan(sheet.payable)]
    return {"title": pgettext("money", "Account"), "rows": _amounts(sheet), "total": total}


def _amounts(sheet: Sheet) -> list[list[str]]:
    one = sheet.assessment
    rows = [[_("Price of the month"), yuan(one.base)]]
    if one.performance:
        fixed = {"share": _plain(one.terms.fixed_share)}
        earned = {
            "share": _plain(one.terms.performance_share),
            "marks": one.marks,
            "full": _plain(one.full_marks),
        }
        rows = [
            [_("Fixed part, %(share)s%%") % fixed, yuan(one.fixed)],
            [_("Performance part, %(share)s%% × %(marks)s / %(full)s") % earned, yuan(one.earned)],
        ]
    rows += [[_("Clauses with a price a mark"), yuan(sheet.own_marks, "+")]] if sheet.own_marks else []
    rows += [[_("Rewards"), yuan(sheet.rewards, "+")]] if sheet.rewards else []
    rows += [[_("Deductions"), yuan(sheet.deductions)]] if sheet.deductions else []
    said = _("Entry about %(month)s")
    return rows + [[said % {"month": f"{e.assessment.month:%Y-%m}"}, yuan(e.amount, "+")] for e in sheet.entries]


def _digests(sheet: Sheet) -> list[list[str]]:
    one = sheet.assessment
    told = [
        [pgettext("digest", "inputs"), one.inputs_digest],
        [pgettext("digest", "terms"), one.terms_digest],
    ]
    return [*told, [pgettext("digest", "statement"), sheet.digest]]


def _clauses(sheet: Sheet) -> dict[str, Any]:
    one = sheet.assessment
    marks = f"{one.marks} / {_plain(one.full_marks)}"
    frozen = _("Inputs frozen %(at)s.") % {"at": f"{timezone.localtime(one.frozen_at):%Y-%m-%d %H:%M}"}
    note = [frozen]
    score = [[_("Score"), "", "", "", "", marks, yuan(sheet.by_marks)]] if sheet.marked else []
    if sheet.per_mark:
        note.append(_("%(yuan)s yuan a mark; marks to two places.") % {"yuan": yuan(sheet.per_mark)})
    return {
        "title": pgettext("assessment", "Clauses"),
        "head": _clause_head(),
        "rows": [*map(_clause_row, sheet.marked), *score, *map(_clause_row, sheet.other)],
        "sum": len(sheet.marked) if score else None,
        "note": " ".join(note),
    }


def _evidence(sheet: Sheet) -> dict[str, Any]:
    """What each figure was counted from: how many rows, and their digest. The rows themselves are in the table."""
    rows = []
    for line in sheet.lines:
        result = line.result
        rows.append([result.clause.number, result.clause.evidence, f"{result.rows_frozen:,}", result.rows_digest])
    head = [_("Clause"), _("Evidence"), pgettext("evidence", "Rows"), "SHA-256"]
    return {"title": _("Evidence"), "head": head, "rows": rows}


def _objections(sheet: Sheet) -> dict[str, Any]:
    rows = [
        [objection.result.clause.number, objection.words, str(objection.get_state_display()), objection.ruling or "–"]
        for objection in sheet.objections
    ]
    head = [_("Clause"), _("Objection"), _("Ruling"), _("Grounds")]
    return {"title": _("Objections of the contractor"), "head": head, "rows": rows}


def _entries(sheet: Sheet) -> dict[str, Any]:
    rows = [[f"{entry.assessment.month:%Y-%m}", entry.why, yuan(entry.amount, "+")] for entry in sheet.entries]
    head = [_("Month"), _("What was found"), _("Yuan")]
    return {"title": _("Entries about earlier months"), "head": head, "rows": rows}


def _signatures(sheet: Sheet) -> list[dict[str, str]]:
    one = sheet.assessment
    return [
        _signature(
            _("For the hotline office"),
            one.office_signed_by.label if one.office_signed_by else "",
            one.office_signed_at,
        ),
        _signature(
            _("For %(name)s") % {"name": one.contract.organisation.label},
            contractor_signer(one),
            one.contractor_signed_at,
        ),
    ]


def _signature(side: str, name: str, at: Any) -> dict[str, str]:
    day = f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else _("not signed yet")
    return {"side": side, "name": name or " ", "at": day}


def _plain(number: Decimal) -> str:
    return f"{plain(number):,f}"
