"""What every life of a case in the demo city draws on."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from cases.models import Assignment, Case, Category, Channel, KnowledgeArticle
from cases.registration import Registration
from hotline.models import Region
from oversight.demo.cast import Cast
from oversight.demo.rhythm import Rhythm
from oversight.demo.texts import Caller, Said, Texts

Life = Generator[datetime, None, None]
"""Acts in the order of their times: each ``yield`` says when the next one is due, and goes on when it is."""

CHANNELS = {"phone": 78, "wechat": 9, "app": 5, "web": 4, "mailbox": 2, "police": 1, "province": 1}
URGENT = {"GY03", "SZ01", "GY04", "SZ0401"}
CONFIDENTIAL = 0.6


@dataclass
class Scene:
    rng: Random
    cast: Cast
    rhythm: Rhythm
    texts: Texts

    def __post_init__(self) -> None:
        self.channels = {c.code: c for c in Channel.objects.all()}
        self.categories = {c.code: c for c in Category.objects.all()}
        self.regions = {r.name: r for r in Region.objects.select_related("parent")}
        self.articles = {a.key: a for a in KnowledgeArticle.objects.all()}

    def happens(self, share: float) -> bool:
        return self.rng.random() < share

    def registration(self, said: Said, caller: Caller, *, urgency: str = "", channel: str = "") -> Registration:
        """The record an agent makes of it, with the unit the catalogue names."""
        category = self.categories[said.category]
        unit = self.cast.catalogue.get(category.pk)
        proposed = self.cast.organisations[unit] if unit else None
        channel = channel or self.rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        urgency = urgency or ("urgent" if said.category in URGENT and self.happens(0.5) else "ordinary")
        return Registration(
            words=said.words,
            title=said.title[:120],
            kind=said.kind,
            channel=self.channels[channel],
            category=category,
            region=self.regions[said.street],
            place=said.place,
            urgency=urgency,
            confidential=said.kind == "report" and bool(caller.phone) and self.happens(CONFIDENTIAL),
            callback_wish=self.rng.choices(("phone", "sms", "none"), (84, 12, 4))[0],
            name=caller.name,
            phone=caller.phone,
            language=caller.language,
            proposed_unit=proposed,
            routing={"unit": proposed.code, "category": category.code} if proposed else {},
        )

    def lead(self, case: Case) -> Assignment:
        """The lead unit's present assignment."""
        lead = Assignment.objects.filter(case=case, role="lead").order_by("-pk")[0]
        lead.case, lead.unit = case, self.cast.organisations[lead.unit_id]
        return lead
