"""A town whose people, units, articles and cases are all called something that would like to be code.

A citizen's name is masked wherever it occurs in the words of a case, so it is a little different from them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from cases import attachments, decisions, handling, intake, reviewing, saved_views, supervision, surveys
from cases.attachments import Upload
from cases.models import Case, Category, DeadlinePolicy, KnowledgeArticle, SavedView, Survey
from cases.surveys import Verdict
from hotline import tokens
from hotline.delivery import deliver_next
from hotline.models import ApiToken, CalendarYear, Organisation, Region, User
from tests import stories
from tests.people import member

STREET = "350902001000"  # keeps its name, by which the stories know it
BOTH = {"name": 120, "name_en": 160}
NAMES = {  # every name that an administrator may give, and how long it may be
    Organisation: BOTH, Region: BOTH, User: {"name": 60, "name_en": 80}, Category: BOTH,
    DeadlinePolicy: {"source": 120}, CalendarYear: {"source": 200},
    KnowledgeArticle: {"title": 120, "title_en": 160, "body": 4_000, "body_en": 4_000},
}  # fmt: skip


def rename(words: list[str]) -> None:
    """Every name of the town becomes one of these."""
    given = cycle(words)
    for model, fields in NAMES.items():
        kept = {"full_name": 255, "full_name_en": 400} if model is Category else {}
        rows = model._default_manager.exclude(**{"code": STREET} if model is Region else {"pk": None})
        for pk in rows.values_list("pk", flat=True)[:60]:
            row = {name: next(given)[:limit] for name, limit in (fields | kept).items()}
            model._default_manager.filter(pk=pk).update(**row)


def reported(word: str, at: datetime) -> Case:
    """A case every short field of which says it; half of them go on to the unit."""
    return stories.a_case(
        at, words=word, title=word, place=word, name=f"甲{word}", address=word,
        upstream_platform=word[:40], upstream_number=word[:60],
    )  # fmt: skip


def lived_through(words: list[str], at: datetime) -> dict[str, Case]:
    """Cases in whose lives everybody wrote all of it: told, asked, ruled, answered, sent back, judged."""
    text, word = "\n".join(words), words[0]
    given: dict[str, Any] = {"words": text, "title": word, "place": word, "name": f"甲{word}", "address": word}
    case = stories.signed(at=at, **given)
    lead, liu = stories.lead(case), member("liu")
    case = handling.tell_progress(lead, by=liu, at=at + timedelta(hours=1), version=None, words=text[:900])
    case = supervision.urge(case, by=member("zhou"), at=at + timedelta(hours=1), version=None, words=text[:190])
    case = supervision.note(case, by=member("zhou"), at=at + timedelta(hours=1), version=None, words=text[:900])
    attachments.attach(case, Upload(word, text.encode()), by=liu, at=at + timedelta(hours=2), kind="handling_proof")
    asked = stories.extension_asked(case, at=at)
    case = decisions.reject(asked, by=member("zhou"), at=at + timedelta(hours=3), version=None, ruling=text[:190])
    answer = stories.a_reply(public_reply=text[:1900], internal_note=text[:900], measures=word, contacted_at=at)
    case = handling.reply(stories.lead(case), answer, by=liu, at=at + timedelta(hours=4), version=None)
    wu, zheng = member("wu"), member("zheng")
    back = reviewing.send_back(case, by=wu, at=at + timedelta(hours=5), version=None, reason="wording", note=text[:190])
    case = handling.reply(stories.lead(back), answer, by=liu, at=at + timedelta(hours=6), version=None)
    replied = Case.objects.get(pk=stories.replied(at=at, **given).pk)
    case = reviewing.accept(case, by=wu, at=at + timedelta(hours=7), version=None)
    verdict = Verdict(solved=False, satisfaction=1, contacted=True, comment=text[:900])
    case = surveys.answer(stories.survey_of(case), verdict, at=at + timedelta(hours=8))
    called = stories.accepted(at=at, **{**given, "phone": "0593-2345678"})
    survey = Survey.objects.get(case=called)
    surveys.call_back(survey, by=zheng, at=at + timedelta(hours=8), result="no_answer", note=text[:190])
    bounced = stories.bounce_asked(at=at, **given).case
    refused = intake.refuse(
        stories.a_registration(**given), by=member("wang"), at=at, ground="legal_procedure", route=text[:190]
    )
    of_their_own(word, at)
    while deliver_next(at + timedelta(days=1)):
        pass
    return {"case": case, "replied": replied, "called": called, "bounced": bounced, "refused": refused}


def of_their_own(word: str, at: datetime) -> None:
    """What people name for themselves: a key, a view, a draft."""
    wang, sun = member("wang"), member("sun")
    SavedView.objects.all().delete()
    ApiToken.objects.filter(membership=wang).delete()
    tokens.issue(wang, by=wang, at=at + timedelta(days=1), name=word[:60], days=30)
    saved_views.save_view("worklist", by=sun, at=at, name=word[:40], query="state=handling")
    intake.open_draft(by=wang, at=at, fields={"words": word, "title": word, "name": word})
