"""Answers as their people keep them: Sun writes for urban management, He and Yan approve."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases import knowledge, knowledge_reports
from cases.knowledge import ArticleGiven
from cases.models import KnowledgeArticle, KnowledgeReport
from tests.people import member, unit
from tests.stories import MONDAY

TITLE = "共享单车乱停放找谁管"
BODY = "请提供具体位置，由市城市管理局督促运营企业在 2 小时内清理。"


def words(**given: Any) -> ArticleGiven:
    return ArticleGiven(**{"title": TITLE, "body": BODY, "unit": unit(), **given})


def drafted(*, at: datetime = MONDAY, by: str = "sun", **given: Any) -> KnowledgeArticle:
    return knowledge.write(words(**given), by=member(by), at=at)


def proposed(article: KnowledgeArticle | None = None, *, at: datetime = MONDAY, **given: Any) -> KnowledgeArticle:
    return knowledge.propose(article or drafted(at=at, **given), by=member("sun"), at=at)


def in_force(article: KnowledgeArticle | None = None, *, at: datetime = MONDAY, **given: Any) -> KnowledgeArticle:
    return knowledge.approve(proposed(article, at=at, **given), by=member("he"), at=at)


def reported(article: KnowledgeArticle | None = None, *, at: datetime = MONDAY, **given: Any) -> KnowledgeReport:
    """Wang found that an answer is wrong."""
    said: dict[str, Any] = {"kind": "wrong", "words": "清理时限已改为 1 小时。", "article": article or in_force(at=at)}
    return knowledge_reports.report(by=member("wang"), at=at, **(said | given))
