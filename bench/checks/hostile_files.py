"""No file harms the server or its reader: 150 and more that try, handed in to a real web process.

Names that lead elsewhere, pages and programs in disguise, bombs, floods of pixels, photographs that say where they were
taken, sizes that are announced and never come. What is kept lies sealed in the store and nowhere else, comes back as a
download that no browser opens, without what was hidden in it, and only to those who may see its case.
"""

from __future__ import annotations

import random
import time
from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.utils import timezone

from bench.calling import Line, NoAnswer
from bench.hostile import nothing_need_last
from bench.hostile.files import corpus
from bench.hostile.handing_in import (
    Desk,
    copies_of,
    faults_of_download,
    faults_of_name,
    files_under,
    memory_of,
    refused_before_it_comes,
)
from bench.hostile.pictures import Hostile
from bench.people import hire
from bench.report import Report
from bench.town import town
from cases.attachments import path_of
from cases.models import Attachment, Case
from tests.stories import signed

EACH_CASE = 15
LONGEST, MEMORY = 5.0, 200


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--bent", type=int, default=20, help="pictures of each kind with wrong bits in them")


def run(options: Namespace, report: Report) -> None:
    chance = random.Random(options.seed)
    files = corpus(chance, options.bent)
    with town() as here:
        nothing_need_last()
        at = timezone.now()
        web = here.web()
        line = Line([web.address], chance)
        liu, lin = hire("handler", "CGJ", 1, at=at)[0], hire("handler", "SWJ", 1, at=at)[0]
        desk, elsewhere = Desk(line, liu), Desk(line, lin)
        number = signed(at=at).number
        desk.hand_in(number, Hostile("first", "x.txt", b"x"))
        media, around = here.root / "media", [settings.BASE_DIR / name for name in ("static", "templates", "locale")]
        before, lying = memory_of(web.process.pid), files_under(*around)
        drill(report, files, desk, elsewhere)
        report.figure("most memory taken, MB", memory_of(web.process.pid) - before, at_most=MEMORY)
        for fault in refused_before_it_comes(line, liu):
            report.fault(fault)
        stored = {path_of(one) for one in Attachment.objects.all()}
        strays = files_under(media) - stored | copies_of(files, files_under(*around) - lying)
        report.figure("files outside the store", len(strays), exactly=0)
        report.figure("files readable in the store", sum(b"CANARY" in p.read_bytes() for p in stored), exactly=0)


def drill(report: Report, files: list[Hostile], desk: Desk, elsewhere: Desk) -> None:
    """Hand each in, and look at what became of it."""
    kept, longest, number, other = 0, 0.0, "", signed(at=timezone.now()).number
    for turn, file in enumerate(files):
        if turn % EACH_CASE == 0:
            number = signed(at=timezone.now()).number
        began = time.monotonic()
        try:
            status = desk.hand_in(number, file).status
        except NoAnswer as lost:
            report.fault(f"{file.label}: {lost}")
            continue
        longest = max(longest, time.monotonic() - began)
        if status not in (303, 400, 413, 422):
            report.fault(f"{file.label}: answered {status}")
        mine = Attachment.objects.filter(case__number=number).order_by("-pk").first() if status == 303 else None
        kept += mine is not None
        if mine is not None:
            faults = looked_at(mine, file, desk, elsewhere, Case.objects.get(number=other))
            for fault in faults:
                report.fault(f"{file.label}: {fault}")
    report.figure("files", len(files), at_least=150)
    report.figure("kept", kept, at_least=1)
    report.figure("longest answer, s", longest, at_most=LONGEST)


def looked_at(mine: Attachment, file: Hostile, desk: Desk, elsewhere: Desk, other: Case) -> list[str]:
    """Everything wrong with a file that was kept."""
    path = f"/cases/{mine.case.number}/files/{mine.pk}/"
    answer = desk.ask(path)
    faults = ["was kept"] if file.refused else []
    faults += [f"comes back with {answer.status}"] if answer.status != 200 else faults_of_download(answer, file)
    faults += faults_of_name(mine.name)
    others = {
        "another unit": elsewhere.ask(path).status,
        "another case": desk.ask(f"/cases/{other.number}/files/{mine.pk}/").status,
        "nobody": Desk(desk.line, desk.person._replace(session="")).ask(path).status,
    }
    right = {"another unit": 404, "another case": 404, "nobody": 302}
    return faults + [f"opened for {who}: {status}" for who, status in others.items() if status != right[who]]
