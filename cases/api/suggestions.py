"""What the hotline would propose for a text: categories, units, likely repeats, answers. A person decides."""

from __future__ import annotations

from typing import TypedDict

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import duplicates, routing
from cases.api.case_shapes import CaseRow, row, with_names
from cases.api.given import SuggestionsGiven
from cases.models import Case
from hotline.api.endpoint import Endpoint, read
from hotline.api.shapes import WRITE_FAILURES, schema
from hotline.api.words import Coded, named_one
from hotline.guards import acting
from hotline.roles import Capability


class CategoryProposed(TypedDict):
    """A category, how sure (0 to 1), and why; ``source`` is the model (``model:3``) or the category's hints."""

    category: Coded
    confidence: float
    reason: str
    source: str


class UnitProposed(TypedDict):
    """A unit with the reason it is named; ``source`` is the catalogue's entry, the model, or experience."""

    unit: Coded
    confidence: float
    reason: str
    source: str


class LikelyRepeat(TypedDict):
    """A case of the last thirty days that may be the same matter."""

    case: CaseRow
    likeness: float
    same_caller: bool
    same_region: bool


class AnswerProposed(TypedDict):
    """An approved answer that may fit."""

    key: str
    version: int
    title: str
    match: float


class SuggestionsShape(TypedDict):
    """Proposals, best first. The units are those for the category given, else for the first one proposed."""

    categories: list[CategoryProposed]
    units: list[UnitProposed]
    repeats: list[LikelyRepeat]
    knowledge: list[AnswerProposed]


class Suggestions(Endpoint):
    capability = Capability.CASE_REGISTER

    @extend_schema(
        operation_id="suggestions",
        summary="What would be proposed for these words",
        description="Changes nothing. Repeats are looked for within your reach; doing so by telephone is logged.",
        request=SuggestionsGiven,
        responses={200: schema(SuggestionsShape), **WRITE_FAILURES},
    )
    def post(self, request: Request) -> Response:
        by, at = acting(request), timezone.now()
        given = read(SuggestionsGiven, request)
        text, region = given["words"], given["region"]
        categories = routing.suggest_categories(text, at)
        category = given["category"] or next((c.category for c in categories), None)
        alike = duplicates.likely_duplicates(
            text, by=by, at=at, phone=given["phone"], region=region, place=given["place"]
        )
        cases = with_names(Case.objects.all()).in_bulk([d.case.pk for d in alike])
        found: SuggestionsShape = {
            "categories": [
                {
                    "category": named_one(c.category),
                    "confidence": c.confidence,
                    "reason": c.reason,
                    "source": c.source,
                }
                for c in categories
            ],
            "units": [
                {"unit": named_one(u.unit), "confidence": u.confidence, "reason": u.reason, "source": u.source}
                for u in routing.suggest_units(category, region, at, words=text)
            ],
            "repeats": [
                {
                    "case": row(cases[d.case.pk], by, at),
                    "likeness": d.likeness,
                    "same_caller": d.same_caller,
                    "same_region": d.same_region,
                }
                for d in alike
            ],
            "knowledge": [
                {
                    "key": k.article.key,
                    "version": k.article.version,
                    "title": k.article.title,
                    "match": k.match,
                }
                for k in routing.suggest_knowledge(text, at)
            ],
        }
        return Response(found)
