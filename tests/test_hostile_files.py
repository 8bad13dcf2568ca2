"""A sample of the files of ``bin/check hostile_files``, handed in at the page."""

from __future__ import annotations

import random
from itertools import chain
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings

from bench.hostile.files import active, named, papers_and_sounds
from bench.hostile.handing_in import faults_of_name
from bench.hostile.pictures import Hostile, broken, placed, with_companions
from cases import attachments
from cases.models import Attachment
from hotline.models import Membership
from tests.doors import client_of
from tests.people import member
from tests.stories import signed

pytestmark = pytest.mark.django_db
FAMILIES = {
    "names": list(named())[::6],
    "pages and programs": list(active())[::6],
    "papers and sounds": list(papers_and_sounds())[::5],
    "pictures": list(chain(placed(), with_companions(), broken(random.Random(7), 1)))[::5],
}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_hostile_file_is_refused_or_kept_without_its_sting(family: str, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, faults = tmp_path, []
    case, liu, client = signed(at=timezone.now()), member("liu"), client_of("liu")
    for file in FAMILIES[family]:
        given = {"kind": "handling_proof", "file": SimpleUploadedFile(file.name.strip(".") or "x", file.content)}
        status = client.post(f"/cases/{case.number}/moves/attach/", given).status_code
        kept = Attachment.objects.filter(case=case).order_by("-pk").first() if status == 303 else None
        faults += [f"{file.label}: {status}"] if status not in (303, 400, 422) else []
        faults += [f"{file.label}: {fault}" for fault in _faults(file, kept, liu)] if kept else []
        Attachment.objects.all().delete()
    assert faults == []


def _faults(file: Hostile, kept: Attachment, by: Membership) -> list[str]:
    content = attachments.content_of(kept, by=by, at=timezone.now())
    faults = ["was kept"] if file.refused else []
    faults += ["its canary came back"] if file.canary and file.canary in content else []
    return faults + faults_of_name(kept.name)
