"""Which category, which unit, and why: suggestions for a person to confirm."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cases import proposals
from cases.catalogue import entry_for, matter
from cases.deadlines import local_date
from cases.models import Assignment, AssignmentState, Case, CatalogueEntry, Category, Channel, KnowledgeArticle
from cases.search import any_of, bigrams
from hotline.models import Organisation, Region
from hotline.shelf import ORGANISATIONS

RECENT = timedelta(days=90)
CANDIDATES = 50


@dataclass(frozen=True)
class CategorySuggestion:
    """A category with the reason it is named; ``source`` is kept with what the person chose."""

    category: Category
    confidence: float
    reason: str = ""
    source: str = "hints"


@dataclass(frozen=True)
class UnitSuggestion:
    """A unit with the reason it is named; ``source`` is kept with what the person chose."""

    unit: Organisation
    confidence: float
    reason: str
    source: str
    entry: CatalogueEntry | None = None


def suggest_categories(text: str, at: datetime, limit: int = 3, title: str = "") -> list[CategorySuggestion]:
    """What the model in use proposes for the text, then what the names and hints of the categories do."""
    proposed = proposals.categories(text, at, limit, title)
    named = [CategorySuggestion(p.thing, p.confidence, p.reason, p.source) for p in proposed]
    if len(named) < limit:
        known = {suggestion.category.pk for suggestion in named}
        named += [s for s in _by_hints(text, at, limit) if s.category.pk not in known]
    return named[:limit]


def _by_hints(text: str, at: datetime, limit: int) -> list[CategorySuggestion]:
    """Leaves of the tree whose name or hints share bigrams with the text, weighted by how telling each bigram is."""
    given = set(bigrams(text))
    if not given:
        return []
    leaves = list(Category.objects.in_force(local_date(at)).leaves())
    words = {leaf.pk: set(bigrams(f"{leaf.name} {leaf.hints}")) for leaf in leaves}
    spread = Counter(token for tokens in words.values() for token in tokens)
    scores = {leaf: sum(1 / spread[t] for t in words[leaf.pk] & given) for leaf in leaves}
    best = sorted((leaf for leaf in leaves if scores[leaf] > 0), key=lambda leaf: -scores[leaf])[:limit]
    total = sum(scores[leaf] for leaf in best) + 0.5
    return [CategorySuggestion(leaf, scores[leaf] / total) for leaf in best]


def suggest_units(
    category: Category | None,
    region: Region | None,
    at: datetime,
    *,
    channel: Channel | None = None,
    kind: str = "",
    title: str = "",
    words: str = "",
) -> list[UnitSuggestion]:
    """Units for a category and place: the catalogue's rule first, then what the model in use proposes, then who handled
    the like of it lately."""
    if category is None:
        return []
    suggestions = []
    if entry := entry_for(matter(category, region, channel, kind), at):
        suggestions.append(_from_catalogue(entry, at))
    for proposed in proposals.units(category, region, at, channel=channel, kind=kind, title=title, words=words):
        if all(proposed.thing.pk != s.unit.pk for s in suggestions):
            suggestions.append(UnitSuggestion(proposed.thing, proposed.confidence, proposed.reason, proposed.source))
    for unit, share, n in _from_experience(category, at):
        if all(unit.pk != s.unit.pk for s in suggestions):
            reason = _("Handled %(n)s similar cases in the last 90 days.") % {"n": n}
            suggestions.append(UnitSuggestion(unit, round(share * 0.6, 2), reason, "experience"))
    return suggestions[:3]


def kept(suggestion: UnitSuggestion) -> dict[str, Any]:
    """The suggestion as a case keeps it: the unit, how surely, and what named it, to the very line of the catalogue."""
    facts = {"code": suggestion.unit.code, "confidence": suggestion.confidence, "source": suggestion.source}
    if (entry := suggestion.entry) is None:
        return facts
    helpers = list(entry.co_organisers.values_list("code", flat=True))
    return {**facts, "entry": entry.pk, "with": helpers, "copy": entry.copy_to.code if entry.copy_to else None}


def beside(case: Case, unit: Organisation, on: date) -> tuple[list[Organisation], list[Organisation]]:
    """Who helps and who gets a copy, if a line of the catalogue named that unit for the case when it was taken."""
    kept = case.routing.get("units", []) if isinstance(case.routing, dict) else []
    named: dict[str, Any] = next((u for u in kept if isinstance(u, dict) and u.get("code") == unit.code), {})
    groups = (named.get("with", []), [named.get("copy")])
    helpers, watching = ([found for code in codes if (found := ORGANISATIONS.coded(code or ""))] for codes in groups)
    return [u for u in helpers if u.is_active(on)], [u for u in watching if u.is_active(on)]


def _from_catalogue(entry: CatalogueEntry, at: datetime) -> UnitSuggestion:
    sent = Assignment.objects.leads().filter(unit=entry.unit_id, dispatched_at__gte=at - RECENT, dispatched_at__lt=at)
    alike = sent.filter(case__category=entry.category_id, dispatched_by__isnull=False).aggregate(
        sent=Count("pk"), back=Count("pk", filter=Q(state=AssignmentState.RETURNED))
    )
    reason = _("Dispatch catalogue no. %(serial)s. %(sent)s such cases in 90 days, %(back)s returned.") % {
        "serial": entry.serial,
        **alike,
    }
    if entry.copy_to:
        reason = _("%(reason)s Copy to %(name)s.") % {"reason": reason, "name": entry.copy_to.label}
    confidence = (alike["sent"] + 8 - min(alike["back"], alike["sent"])) / (alike["sent"] + 10)
    return UnitSuggestion(entry.unit, round(confidence, 2), reason, f"catalogue:{entry.serial}", entry)


def _from_experience(category: Category, at: datetime) -> list[tuple[Organisation, float, int]]:
    """Units by their share of the category's recent cases."""
    rows: list[Any] = list(
        Case.objects.filter(category=category, unit__isnull=False, registered_at__gte=at - RECENT, registered_at__lt=at)
        .values("unit")
        .annotate(n=Count("pk"))
        .order_by("-n", "unit")[:3]
    )
    units = Organisation.objects.active(local_date(at)).in_bulk([row["unit"] for row in rows])
    total = sum(row["n"] for row in rows)
    return [(units[row["unit"]], row["n"] / total, row["n"]) for row in rows if row["unit"] in units]


@dataclass(frozen=True)
class KnowledgeSuggestion:
    article: KnowledgeArticle
    match: float


def suggest_knowledge(text: str, at: datetime, limit: int = 5) -> list[KnowledgeSuggestion]:
    """Approved answers that share most of their title's bigrams with the text."""
    tokens = bigrams(text)
    given, query = set(tokens), any_of(tokens, limit=300)
    if query is None:
        return []
    articles = KnowledgeArticle.objects.in_force(local_date(at)).filter(bigrams=query)
    found = []
    for article in articles.order_by(SearchRank("bigrams", query).desc(), "pk")[:CANDIDATES]:
        title, body = set(bigrams(article.title)), set(bigrams(article.body))
        share = len(title & given) / max(len(title), 1) * 0.7 + min(len(body & given) / max(len(given), 1), 1) * 0.3
        if share > 0.08:
            found.append(KnowledgeSuggestion(article, round(min(share, 0.99), 2)))
    return sorted(found, key=lambda s: -s.match)[:limit]
