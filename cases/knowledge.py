"""Keeping the knowledge base: a unit or the office's editor writes, somebody else approves, the unit looks again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases import attachments, sealed_files
from cases.attachments import Upload
from cases.deadlines import local_date
from cases.file_types import clean_name
from cases.knowledge_rules import RULES
from cases.models import Category, KnowledgeArticle, KnowledgeFile
from cases.notifications import knowledge_notice
from cases.permissions import check
from cases.registration import WORDS_LIMIT
from cases.search import vector_of
from hotline import outbox, two_people
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation, TwoPeopleState
from hotline.plain_text import clean_text
from hotline.roles import UNIT, Capability, Role

TITLE_LIMIT, TITLE_EN_LIMIT = 120, 160
FILES_LIMIT = 10
BEFORE_THE_END = 30  # days before an answer runs out in which its unit looks at it


@dataclass(frozen=True)
class ArticleGiven:
    """An answer as somebody writes it."""

    title: str
    body: str
    unit: Organisation
    title_en: str = ""
    body_en: str = ""
    category: Category | None = None
    valid_until: date | None = None
    review_on: date | None = None


@verb
def write(given: ArticleGiven, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """Begin a new answer, as a draft."""
    article = KnowledgeArticle(written_by_id=by.user_id, written_at=at)
    _fill(article, given, by, at)
    article.key = f"new-{at:%Y%m%d%H%M%S%f}"
    article.save(force_insert=True)
    article.key = f"k{article.pk}"
    article.save(update_fields=["key"])
    return article


@verb
def write_anew(article: KnowledgeArticle, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """Begin the next version of an answer from its latest, files and all. The one in force stays meanwhile."""
    check_may_write(by, article.unit)
    versions = KnowledgeArticle.objects.select_for_update(of=("self",)).filter(key=article.key).order_by("-version")
    known = list(versions)
    if any(v.state in (TwoPeopleState.DRAFT, TwoPeopleState.PROPOSED) for v in known):
        raise NotNow(_("Somebody is writing a new version already."))
    last = next((v for v in known if v.state == TwoPeopleState.APPROVED), known[0])
    fresh = KnowledgeArticle(
        key=last.key,
        version=known[0].version + 1,
        title=last.title,
        title_en=last.title_en,
        body=last.body,
        body_en=last.body_en,
        unit=last.unit,
        category_id=last.category_id,
        written_by_id=by.user_id,
        written_at=at,
    )
    fresh.save(force_insert=True)
    fresh.files.set(last.files.all())
    return fresh


@verb
def revise(article: KnowledgeArticle, given: ArticleGiven, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """Change a draft."""
    article = _draft_of(article, by)
    article.written_by_id, article.written_at = by.user_id, at
    _fill(article, given, by, at)
    article.save()
    return article


def check_may_write(by: Membership, unit: Organisation) -> None:
    """Units write their own answers and those of units below them, the office's editors all. Raises NotAllowed."""
    check(by, Capability.KNOWLEDGE_WRITE)
    if by.role in UNIT and not unit.path.startswith(by.organisation.path):
        raise NotAllowed(_("%(name)s keeps this answer, not your unit.") % {"name": unit.label})


def _draft_of(article: KnowledgeArticle, by: Membership) -> KnowledgeArticle:
    check_may_write(by, article.unit)
    article = two_people.locked(article)
    two_people.check_draft(article)
    return article


def _fill(article: KnowledgeArticle, given: ArticleGiven, by: Membership, at: datetime) -> None:
    check_may_write(by, given.unit)
    on = local_date(at)
    if given.unit.kind != Organisation.Kind.UNIT or not given.unit.is_active(on):
        raise Invalid(_("%(name)s keeps no answers.") % {"name": given.unit.label}, field="unit")
    title, body = " ".join(clean_text(given.title).split()), clean_text(given.body)
    title_en, body_en = " ".join(clean_text(given.title_en).split()), clean_text(given.body_en)
    for field, text, limit in (("title", title, TITLE_LIMIT), ("body", body, WORDS_LIMIT)):
        if not text:
            raise Invalid(_("Write the question as citizens ask it, and the answer to read out."), field=field)
        _check_length(text, limit, field)
    _check_length(title_en, TITLE_EN_LIMIT, "title_en")
    _check_length(body_en, WORDS_LIMIT, "body_en")
    if bool(title_en) != bool(body_en):
        raise Invalid(
            _("In English there is a title and a text, or neither."), field="body_en" if title_en else "title_en"
        )
    if given.category is not None and not given.category.is_in_force(on):
        raise Invalid(
            _("The category “%(name)s” is no longer in use. Choose another.") % {"name": given.category.label},
            field="category",
        )
    for field, day in (("valid_until", given.valid_until), ("review_on", given.review_on)):
        if day is not None and day <= on:
            raise Invalid(_("This day must lie ahead."), field=field)
    article.title, article.body, article.title_en, article.body_en = title, body, title_en, body_en
    article.unit, article.category = given.unit, given.category
    article.valid_until, article.review_on = given.valid_until, given.review_on


def _check_length(text: str, limit: int, field: str) -> None:
    if len(text) > limit:
        raise Invalid(_("At most %(n)s characters; these are %(m)s.") % {"n": limit, "m": len(text)}, field=field)


@verb
def add_file(article: KnowledgeArticle, upload: Upload, *, by: Membership, at: datetime) -> KnowledgeFile:
    """Add a form or picture to a draft. Its kind is told by its content; macros are not taken."""
    found, content = attachments.checked(upload)
    article = _draft_of(article, by)
    if article.files.count() >= FILES_LIMIT:
        raise NotNow(_("An answer has at most %(n)s files.") % {"n": FILES_LIMIT})
    kept = KnowledgeFile(
        name=clean_name(upload.name, found),
        content_type=found,
        size=len(content),
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )
    sealed_files.keep(kept.pk, content)
    kept.save(force_insert=True)
    kept.articles.add(article)
    return kept


@verb
def take_file_out(article: KnowledgeArticle, file: KnowledgeFile, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """Leave a file out of a draft; the versions that had it keep it."""
    article = _draft_of(article, by)
    article.files.remove(file)
    return article


@verb
def propose(article: KnowledgeArticle, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """Put a draft before the office's editors."""
    article = _draft_of(article, by)
    two_people.propose(article, by=by, at=at)
    article.save()
    words: dict[str, Any] = {"who": by.user.name, "owner": article.unit.name}
    outbox.post(knowledge_notice("knowledge_proposed", article, at=at, by=by, role=Role.KNOWLEDGE_EDITOR, **words))
    return article


@verb
def send_back(article: KnowledgeArticle, *, by: Membership, at: datetime, why: str) -> KnowledgeArticle:
    """The answer is a draft again; whoever proposed it reads why."""
    check(by, Capability.KNOWLEDGE_APPROVE)
    article = two_people.locked(article)
    two_people.send_back(article, why=why)
    article.save()
    words: dict[str, Any] = {"who": by.user.name, "why": why}
    outbox.post(knowledge_notice("knowledge_returned", article, at=at, by=by, user=article.proposed_by, **words))
    return article


@verb
def drop(article: KnowledgeArticle, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """The draft comes to nothing; the version in force stays."""
    check_may_write(by, article.unit)
    article = two_people.locked(article)
    two_people.drop(article)
    article.save()
    return article


@verb
def approve(article: KnowledgeArticle, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """The version is in force from now on and replaces the one before. Raises NotAllowed for whoever proposed it."""
    check(by, Capability.KNOWLEDGE_APPROVE)
    article = two_people.locked(article)
    two_people.approve(article, by=by, at=at)
    on = local_date(at)
    if article.valid_until is not None and article.valid_until <= on:
        raise NotNow(_("It would have run out already. Send it back for another date."))
    KnowledgeArticle.objects.filter(key=article.key).current().update(replaced_at=at)
    article.review_on = article.review_on or _review_day(article, at)
    article.bigrams = vector_of(f"{article.title}\n{article.body}")
    article.save()
    words: dict[str, Any] = {"who": by.user.name}
    outbox.post(knowledge_notice("knowledge_approved", article, at=at, by=by, user=article.proposed_by, **words))
    return article


def _review_day(article: KnowledgeArticle, at: datetime) -> date:
    on = local_date(at)
    usual = on + timedelta(days=RULES.on(at)["review_days"])
    if article.valid_until is None:
        return usual
    return max(on + timedelta(days=1), min(usual, article.valid_until - timedelta(days=BEFORE_THE_END)))


@verb
def confirm(article: KnowledgeArticle, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """Its unit looked at it: it is still right, and is looked at again in half a year, or before it runs out."""
    article = _in_force(article, by)
    article.review_on, article.reminded_at = _review_day(article, at), None
    article.save(update_fields=["review_on", "reminded_at"])
    return article


@verb
def withdraw(article: KnowledgeArticle, *, by: Membership, at: datetime) -> KnowledgeArticle:
    """Take an answer out of force with nothing in its place."""
    article = _in_force(article, by)
    article.replaced_at = at
    article.save(update_fields=["replaced_at"])
    return article


def _in_force(article: KnowledgeArticle, by: Membership) -> KnowledgeArticle:
    check_may_write(by, article.unit)
    article = two_people.locked(article)
    if article.state != TwoPeopleState.APPROVED or article.replaced_at is not None:
        raise NotNow(_("This version is not in force."))
    return article
