"""The page for operators names what exists: commands with their options, services, and every sign of life."""

from __future__ import annotations

import os
import re

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

DOCS = settings.BASE_DIR / "docs"
PAGE, TELEPHONES, TRAIL = ((DOCS / name).read_text() for name in ("operations.md", "telephones.md", "audit-trail.md"))
SERVICES = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
CALLS = re.findall(r"(?:bin/|manage\.py )(backup|restore|rotate_keys|migrate|keep_time|confirm_time)\b([^`\n&]*)", PAGE)


def test_it_fits_on_a_page() -> None:
    assert len(PAGE.splitlines()) <= 70


def test_every_program_named_exists() -> None:
    named = set(re.findall(r"\bbin/[\w-]+|\btests/[\w/]+\.\w+|\bcases/\w+\.py", PAGE + TELEPHONES + TRAIL))
    assert {"bin/backup", "bin/restore", "bin/check"} <= named
    rights = {path: os.X_OK if path.startswith("bin/") else os.R_OK for path in named}
    assert [path for path in named if not os.access(settings.BASE_DIR / path, rights[path])] == []


def test_every_command_named_exists() -> None:
    assert set(re.findall(r"manage\.py (\w+)", PAGE + TELEPHONES + TRAIL)) <= get_commands().keys()


@pytest.mark.parametrize(("command", "rest"), CALLS)
def test_every_option_named_is_one_of_its_command(command: str, rest: str) -> None:
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
    assert set(re.findall(r"--[\w-]+", rest)) <= parser._option_string_actions.keys()


def test_every_drill_named_exists() -> None:
    for name in re.findall(r"bin/check (\w+)", PAGE):
        assert (settings.BASE_DIR / "bench" / "checks" / f"{name}.py").exists(), name


def test_every_service_named_exists() -> None:
    named = re.findall(r"docker compose (?:run --rm(?: --no-deps)?|up -d --wait) (\w+)", PAGE)
    assert {"restore", "backup", "migrate", "db"} <= set(named)
    assert set(named) <= SERVICES.keys()


def test_every_sign_of_life_is_explained() -> None:
    signs = {"database", "broker"} | {path.rpartition(".")[2] for path in settings.SIGNS}
    explained = set(re.findall(r"`(\w+)`", PAGE.partition("## What alarms mean")[2]))
    assert signs <= explained


def test_the_backup_writes_where_the_restore_only_reads() -> None:
    mounted = SERVICES["backup"]["volumes"]
    assert any(volume.endswith(":/backups") for volume in mounted)
    assert any(volume.endswith(":/backups:ro") for volume in SERVICES["restore"]["volumes"])
