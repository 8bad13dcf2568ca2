"""What two people keep in the demo city: the dispatch catalogue and the answers; some of it waits for the second."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases import cataloguing, knowledge, knowledge_reports
from cases.catalogue_lines import LineGiven
from cases.deadlines import local_date
from cases.knowledge import ArticleGiven
from cases.models import Category, KnowledgeArticle
from hotline.models import Organisation, Region
from oversight.demo.cast import Cast

NIGHT, MANHOLES = "CG0101", "SZ01"
DISTRICTS = {"350901000000": "DHQ", "350902000000": "XCQ", "350903000000": "GXQ"}


def long_ago(cast: Cast, at: datetime) -> None:
    """Noise at night goes to the city's bureau, with a copy to the district, as two people decided."""
    night, bureau = Category.objects.get(code=NIGHT), Organisation.objects.get(code="CGJ")
    lines = [
        LineGiven(
            category=night,
            region=Region.objects.get(code=place),
            unit=bureau,
            copy_to=Organisation.objects.get(code=district),
            source="云府办〔2026〕12 号",
        )
        for place, district in DISTRICTS.items()
    ]
    zhou, yan = cast.named("zhou"), cast.named("yan")
    version = cataloguing.draft(by=zhou, at=at, note="夜间施工噪声抄送属地", valid_from=local_date(at), lines=lines)
    cataloguing.propose(version, by=zhou, at=at + timedelta(minutes=5))
    cataloguing.approve(version, by=yan, at=at + timedelta(minutes=30))


def at_the_desks(cast: Cast, now: datetime) -> None:
    """A version that waits for the head, an answer that waits for the editor, a report that waits for its owner."""
    zhou, sun, wang = (cast.named(name) for name in ("zhou", "sun", "wang"))
    street, office = Region.objects.get(name="建设街道"), Organisation.objects.get(code="JSJD")
    line = LineGiven(
        category=Category.objects.get(code=MANHOLES),
        region=street,
        unit=office,
        co_organisers=[Organisation.objects.get(code="SZZX")],
        copy_to=Organisation.objects.get(code="XCQ"),
        source="属地管理移交清单",
    )
    at = now - timedelta(minutes=9)
    version = cataloguing.draft(
        by=zhou, at=at, note="建设街道窨井盖按属地管理", valid_from=local_date(now) + timedelta(days=1), lines=[line]
    )
    cataloguing.propose(version, by=zhou, at=at + timedelta(minutes=1))
    answer = ArticleGiven(
        title="共享单车乱停放找谁管",
        title_en="Shared bicycles in the way",
        body="请说明具体位置，由市城市管理局督促运营企业在 2 小时内清理。",
        body_en="Tell us where they are; the Urban Management Bureau has the company clear them within two hours.",
        unit=sun.organisation,
    )
    article = knowledge.write(answer, by=sun, at=at)
    knowledge.propose(article, by=sun, at=at + timedelta(minutes=2))
    known = KnowledgeArticle.objects.current().select_related("unit").get(key="night-construction")
    words = "来电人称“公告附近居民”须提前 3 日，答复中没有写明天数。"
    knowledge_reports.report(by=wang, at=at + timedelta(minutes=3), kind="unclear", words=words, article=known)
