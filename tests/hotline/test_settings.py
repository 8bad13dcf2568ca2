"""Production is safe by default and says what it lacks; the demo needs nothing."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRODUCTION = {
    "DATABASE_URL": "postgres://hotline:word@db:5432/hotline",
    "REDIS_URL": "redis://valkey:6379/0",
    "SECRET_KEY": "aB3$kZ9!" * 8,
    "FIELD_KEYS": "1:" + "A" * 43 + "=",
    "BLIND_INDEX_KEY": "B" * 42 + "A=",
    "SITE_URL": "https://12345.example.gov.cn",
}


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    base = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, *command], env={**base, **environment}, cwd=settings.BASE_DIR, capture_output=True, text=True
    )


def read(environment: dict[str, str], *names: str) -> dict[str, object]:
    script = (
        f"import json; from hotline import settings as s; print(json.dumps({{n: getattr(s, n) for n in {names!r}}}))"
    )
    done = run(environment, "-c", script)
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    return result


@pytest.mark.slow
def test_production_passes_every_deploy_check() -> None:
    done = run(PRODUCTION, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY", "SITE_URL"])
def test_a_missing_variable_explains_itself(name: str) -> None:
    done = run({key: value for key, value in PRODUCTION.items() if key != name}, "-c", "import hotline.settings")
    assert f"Set the environment variable {name}: " in done.stderr
    assert ".env.example" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("FIELD_CIPHER", "ROT13", "FIELD_CIPHER='ROT13' is not one of AES-256-GCM, SM4-GCM"),
        ("FIELD_KEYS", "1:c2hvcnQ=", "Key 1 must be 32 bytes in base64"),
        ("FIELD_KEYS", "nonsense", "FIELD_KEYS must look like 1:BASE64"),
        ("FIELD_KEY_CURRENT", "7", "FIELD_KEY_CURRENT names '7', which FIELD_KEYS lacks"),
        ("SMS_PROVIDER", "http", "Set the environment variable SMS_GATEWAY_URL: "),
    ],
)
def test_a_wrong_value_is_refused(name: str, value: str, answer: str) -> None:
    assert answer in run({**PRODUCTION, name: value}, "-c", "import hotline.settings").stderr


def test_production_never_lists_people_on_the_sign_in_page() -> None:
    assert read(PRODUCTION, "DEMO", "DEBUG", "HTTPS") == {"DEMO": False, "DEBUG": False, "HTTPS": True}


def test_the_demo_makes_secrets_of_its_own_and_keeps_them(tmp_path: Path) -> None:
    demo = {"APP_VAR_DIR": str(tmp_path)}
    first = read(demo, "SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY")
    assert read(demo, "SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY") == first
    assert read({"APP_VAR_DIR": str(tmp_path / "other")}, "SECRET_KEY")["SECRET_KEY"] != first["SECRET_KEY"]
    kept = tmp_path / "demo" / "keys.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_commands_started_together_agree_on_the_secrets(tmp_path: Path) -> None:
    script = "from hotline import settings; print(settings.SECRET_KEY)"
    environment = {**os.environ, "APP_VAR_DIR": str(tmp_path)}
    environment.pop("PYTEST_VERSION", None)
    started = [
        subprocess.Popen([sys.executable, "-c", script], env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


def test_reading_settings_starts_no_server(tmp_path: Path) -> None:
    read({"APP_VAR_DIR": str(tmp_path)}, "DEMO")
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["keys.json"]


@pytest.mark.parametrize("program", ["hotline.wsgi", "hotline.celery"])
def test_nothing_starts_where_the_chosen_cipher_is_missing(program: str) -> None:
    """An OpenSSL without SM4, as some distributions ship it."""
    script = (
        "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'hotline.settings')\n"
        "from cryptography.exceptions import UnsupportedAlgorithm\n"
        "from hotline import field_codec\n"
        "def unsupported(*_args): raise UnsupportedAlgorithm('no SM4 here')\n"
        "field_codec.Sm4Gcm.encrypt = unsupported\n"
        f"import {program}, django; django.setup()\n"
    )
    started = run(PRODUCTION | {"FIELD_CIPHER": "SM4-GCM"}, "-c", script)
    assert started.returncode != 0
    assert "ImproperlyConfigured: This OpenSSL has no SM4-GCM" in started.stderr
    assert run(PRODUCTION | {"FIELD_CIPHER": "AES-256-GCM"}, "-c", script).returncode == 0


def test_nothing_starts_without_the_key_in_force() -> None:
    started = run(PRODUCTION | {"FIELD_KEY_CURRENT": "2"}, "-c", "import hotline.settings")
    assert started.returncode != 0
    assert "FIELD_KEY_CURRENT names '2'" in started.stderr
