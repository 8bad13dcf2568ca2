"""What many people turn to the hotline about: found in the week up to yesterday and kept, or in a file and printed."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from cases import hot_topics
from cases.deadlines import local_date
from cases.import_files import BadFile, columns_of, rows
from cases.import_mapping import Mapping, cell_text
from cases.topic_finding import Request, find_topics
from hotline.acts import Refusal

TITLE, PLACE, WORDS = (
    ["title", "留言主题", "主题", "标题"],
    ["place", "地址", "地点"],
    ["words", "留言详情", "detail", "内容"],
)
UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


class Command(BaseCommand):
    help = "Find hot topics: manage.py hot_topics [--on 2026-03-08] | manage.py hot_topics FILE [--most 20]"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="print the topics of this XLSX or CSV(.gz); keep nothing"
        )
        parser.add_argument("--on", type=parse_date, help="the last of the seven days looked at (default: yesterday)")
        parser.add_argument("--most", type=int, default=20)

    def handle(self, *, file: Path | None, on: Any, most: int, **options: Any) -> None:
        if file is not None:
            self._print(file, most)
            return
        at = timezone.now()
        try:
            run = hot_topics.look(on or local_date(at) - timedelta(1), at=at)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{run.topics.count()} topics in {run.requests} requests of the week up to {run.on}")

    def _print(self, file: Path, most: int) -> None:
        try:
            found = find_topics(list(_requests(file)), most=most)
        except BadFile as error:
            raise CommandError(str(error)) from error
        for rank, topic in enumerate(found, start=1):
            self.stdout.write(f"{rank:3}  {topic.n:5}  {'、'.join(topic.names[:3])}: {'、'.join(topic.wording)}")


def _requests(file: Path) -> Any:
    there = columns_of(file, Mapping("", {}))
    columns = {field: [name for name in names if name in there][:1] for field, names in FIELDS.items()}
    if not columns["title"] and not columns["words"]:
        raise BadFile(f"{file.name} has no column of titles or words; its columns are: {', '.join(there[:40])}.")
    mapping = Mapping("", columns)
    for n, cells, _line in rows(file, mapping):
        if cells is not None:
            said = {f: " ".join(_plain(cells[name]) for name in names) for f, names in columns.items()}
            yield Request(key=n, at=UNKNOWN, **said)


FIELDS = {"title": TITLE, "place": PLACE, "words": WORDS}


def _plain(cell: Any) -> str:
    return re.sub(r"\s+", " ", cell_text(cell)).strip()
