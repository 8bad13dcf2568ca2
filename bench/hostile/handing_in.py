"""Files handed in at a real web process, as a browser or a program would send them, and asked for again by all."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from bench.calling import CSRF, Answer, Line, NoAnswer, Person, Request
from bench.hostile.pictures import Hostile

FORBIDDEN_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass
class Desk:
    """Somebody's browser at a case's page."""

    line: Line
    person: Person

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        cookies = {"Cookie": f"sessionid={self.person.session}; csrftoken={CSRF}", "Accept-Language": "en"}
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.line.send(Request(method, path, {**cookies, **sent}, body))

    def hand_in(self, number: str, file: Hostile) -> Answer:
        body, kind = as_form(file.name, file.content, "text/html")
        return self.ask(f"/cases/{number}/moves/attach/", "POST", body, Content_Type=kind)


def as_form(name: str, content: bytes, claimed: str) -> tuple[bytes, str]:
    """A multipart form; the file's name goes out exactly as it is."""
    edge = secrets.token_hex(16)
    given = {"csrfmiddlewaretoken": CSRF, "kind": "handling_proof", "idempotency_key": secrets.token_hex(8)}
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in given.items()
    ]
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {claimed}\r\n\r\n'
    )
    return b"".join([*parts, head.encode(errors="replace"), content, f"\r\n--{edge}--\r\n".encode()]), (
        f"multipart/form-data; boundary={edge}"
    )


def faults_of_download(answer: Answer, file: Hostile) -> list[str]:
    """What is wrong with how a kept file comes back."""
    wanted = {
        "content-type": "application/octet-stream",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-store",
        "cross-origin-resource-policy": "same-origin",
    }
    faults = [
        f"{name} is {answer.headers.get(name)!r}" for name, value in wanted.items() if answer.headers.get(name) != value
    ]
    disposition = answer.headers.get("content-disposition", "")
    if not disposition.startswith("attachment;"):
        faults.append(f"comes as {disposition[:40]!r}")
    if file.canary and file.canary in answer.body:
        faults.append("its canary came back")
    return faults


def faults_of_name(name: str) -> list[str]:
    wrong = FORBIDDEN_IN_NAMES.search(name) or name.startswith(".") or len(name) > 120 or name != name.strip()
    return [f"kept as {name!r}"] if wrong else []


def refused_before_it_comes(line: Line, person: Person) -> list[str]:
    """Somebody announces 10 GB: the answer is there before the tenth of a megabyte."""
    faults = []
    for claimed in ("10000000000", "26214401", "99999999999999999999", "-1", "１０"):
        headers = {"Cookie": f"sessionid={person.session}; csrftoken={CSRF}", "Content-Length": claimed}
        headers["Content-Type"] = "multipart/form-data; boundary=x"
        try:
            answer = line.send(Request("POST", "/cases/20260309-000017/moves/attach/", headers, b"--x\r\n"))
        except (NoAnswer, UnicodeEncodeError):
            continue  # the web server itself did not listen to it
        if answer.status not in (400, 403, 411, 413):
            faults.append(f"{claimed} bytes announced: {answer.status}")
    return faults


def memory_of(group: int) -> int:
    """The most memory that the processes of a group ever held, in MB."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == group:
                found = re.search(r"VmHWM:\s+(\d+)", status.read_text())
                total += int(found[1]) // 1024 if found else 0
        except OSError:
            continue
    return total


def copies_of(files: list[Hostile], lying: set[Path]) -> set[Path]:
    """Which of the files found are any of those handed in."""
    contents = {file.content for file in files}
    return {path for path in lying if path.read_bytes() in contents}


def files_under(*roots: Path) -> set[Path]:
    return {path for root in roots for path in root.rglob("*") if path.is_file()}
