#!/usr/bin/env -S python3 -P
"""Checks an export of the audit trail against its seals: was anything changed, removed, added or moved since?

This one file needs Python 3.11 and nothing else. It recomputes everything: an entry's line is a leaf of its seal's
Merkle tree (RFC 6962, 2.1), each seal holds the SHA-256 of the one before and an Ed25519 signature (RFC 8032), so that
one signature vouches for all before it. Exit code: 0 whole, 1 not whole, 2 could not be checked.
"""

import argparse
import heapq
import json
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256, sha512
from itertools import chain, groupby, islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

GENESIS, SIGNATURE, MOST_TOLD = "0" * 64, b',"signature":"', 200
SAYS = {
    "changed": "was changed after it was sealed",
    "removed": "was sealed and is gone",
    "added": "was not there when its seal was made",
    "moved": "stands out of order",
    "unreadable": "cannot be read",
    "differs": "is not the one that lies outside",
    "cut": "lies outside, but the trail ends before it",
    "unwitnessed": "is missing outside, between others",
    "unlinked": "does not continue the seal before it",
    "forged": "has a false signature: it, or a seal before it, was not made by the sealer",
    "foreign": "is signed with a key that is not known",
}
Entry = tuple[int, str, int, bytes, str]  # transaction, journal, id, leaf, time
Found = dict[str, list[tuple[int, bytes]]]  # by journal: id, leaf


class Fault(NamedTuple):
    """One thing that is wrong, and where: a journal's entry by its id, a seal by its number (0: not known)."""

    what: str
    seal: int = 0
    journal: str = ""
    entry: int = 0

    def __str__(self) -> str:
        entry = f"{self.journal} entry {self.entry or '?'}{' of' * bool(self.seal)} " * bool(self.journal)
        return entry + f"seal {self.seal or '?'} " * bool(self.seal or not entry) + SAYS[self.what]


def leaf_hash(line: bytes) -> bytes:
    return sha256(b"\0" + line).digest()


def root_hash(leaves: list[bytes]) -> str:
    """The Merkle tree hash of RFC 6962, 2.1, level by level: the last of an odd number goes up as it is."""
    while len(leaves) > 1:
        leaves = [sha256(b"\1" + a + b).digest() if b else a for a, b in zip_longest(leaves[::2], leaves[1::2])]
    return (leaves or [sha256().digest()])[0].hex()


def listed(found: Iterable[tuple[int, bytes]]) -> str:
    """Entries as a seal remembers them, "id:beginning of the leaf's hash": enough to find one, the root proves."""
    return " ".join(f"{entry}:{leaf[:8].hex()}" for entry, leaf in found)


class Seal(NamedTuple):
    """Sealed are the entries of all transactions before ``end`` that were not ``running`` and not sealed earlier."""

    line: bytes
    number: int
    at: str
    end: int
    running: frozenset[int]
    journals: dict[str, tuple[int, str, str]]  # how many entries, their root, their list
    before: str
    key: str
    hash: str

    @classmethod
    def read(cls, line: bytes) -> "Seal | None":
        """None if it is no seal."""
        try:
            said = json.loads(line)
            end, _, running = said["snapshot"].partition(":")
            taken = frozenset(int(one) for one in running.split(",") if one)
            parts = {name: (int(p["count"]), str(p["root"]), str(p["entries"])) for name, p in said["journals"].items()}
            names = (said["before"], said["key"], sha256(line).hexdigest())
            return cls(line, int(said["seal"]), said["at"][:40], int(end), taken, parts, *names)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def saw(self, transaction: int) -> bool:
        return transaction < self.end and transaction not in self.running

    def holds(self) -> bool:
        body, _, rest = self.line.rpartition(SIGNATURE)
        try:
            key, signature = bytes.fromhex(self.key), bytes.fromhex(rest[:-2].decode())
            return rest.endswith(b'"}') and ed25519_holds(key, signature, body + b"}")
        except (ValueError, TypeError):
            return False


class Check:
    """``keys``: the sealer's public keys, if known; ``until``: the last seal outside at the time the trail was read."""

    def __init__(self, keys: Collection[str], until: int) -> None:
        self.keys, self.keys_are_given, self.until = set(keys), bool(keys), until
        self.faults: list[Fault] = []
        self.faults_in_all = self.unsealed = self.seals = self.agreeing = 0
        self.entries, self.left_out = Counter[str](), Counter[str]()  # sealed, by journal; and of journals not given
        self.first_at = self.last_at = ""
        self.last: Seal | None = None
        self.days: dict[str, bool] = {}  # those with seals outside, and whether all of the day's agree

    def run(self, journals: Mapping[str, Iterable[bytes]], own: Iterable[bytes], outside: Iterable[bytes]) -> None:
        """Compare the journals' lines, each journal's in the order of (transaction, id), with the seals."""
        read = (islice(self._read(name, lines), 1, None) for name, lines in journals.items())
        self._check_entries(heapq.merge(*read), self._check_seals(own, outside), set(journals))

    def fault(self, *fault: Any) -> None:
        self.faults_in_all += 1
        self.faults += [Fault(*fault)] * (len(self.faults) < MOST_TOLD)

    def _parsed(self, lines: Iterable[bytes], outside: bool) -> Iterator[tuple[int, bool, Seal]]:
        last = 0
        for line in lines:
            seal = Seal.read(line)
            if seal and seal.number > (self.until if outside else seal.number):
                return
            if seal and seal.number > last:
                last = seal.number
                yield last, outside, seal
            else:
                self.fault(*("moved", seal.number) if seal else ("unreadable", last + 1))

    def _check_seals(self, own: Iterable[bytes], outside: Iterable[bytes]) -> Iterator[Seal]:
        """The seals to go by: those outside where there are such, for nobody could change them in the database."""
        missing_here, missing_outside = list[int](), list[int]()
        both = heapq.merge(self._parsed(own, False), self._parsed(outside, True), key=lambda one: one[0])
        for number, group in groupby(both, key=lambda one: one[0]):
            found = {is_outside: seal for _number, is_outside, seal in group}
            here, there, seal = found.get(False), found.get(True), found[max(found)]
            last = self.last.number if self.last else 0
            missing_here += range(last + 1, min(number, last + MOST_TOLD))
            for missing, known, what in ((missing_here, here, "removed"), (missing_outside, there, "unwitnessed")):
                while known and missing:
                    self.fault(what, missing.pop(0))
            missing_here += [] if here else [number]
            missing_outside += [number] if self.days and not there else []
            agree = bool(here and there and here.line == there.line)
            self.seals, self.agreeing = self.seals + bool(here), self.agreeing + agree
            if there:
                self.days[there.at[:10]] = self.days.get(there.at[:10], True) and agree
            if here and there and not agree:
                self.fault("differs", number)
            self._check_link(seal, bool(there))
            yield seal
        for lost in missing_here:
            self.fault("cut", lost)
        if self.last and not self.last.holds():
            self.fault("forged", self.last.number)

    def _check_link(self, seal: Seal, outside: bool) -> None:
        last, self.last = self.last, seal
        if not self.keys_are_given and (outside or last is None):
            self.keys.add(seal.key)
        if (new_key := last is None or last.key != seal.key) and seal.key not in self.keys:
            self.fault("foreign", seal.number)
        unlinked = seal.before != (last.hash if last else GENESIS)
        if unlinked and seal.number == (last.number if last else 0) + 1:
            self.fault("unlinked", seal.number)
        if last and (unlinked or new_key) and not last.holds():
            self.fault("forged", last.number)

    def _read(self, journal: str, lines: Iterable[bytes]) -> Iterator[Entry]:
        """A first entry that is none, then all in order: of two the wrong way round the one that fits is kept."""
        before = held = (-1, journal, -1, b"", "")
        for line in lines:
            try:
                said = json.loads(line)
                entry = int(said["xid"]), journal, int(said["id"]), leaf_hash(line), str(said["at"])
            except (ValueError, KeyError, TypeError):
                self.fault("unreadable", 0, journal)
                continue
            if entry[:3] < held[:3]:
                wrong, held = (held, entry) if before[:3] <= entry[:3] else (entry, held)
                self.fault("moved", 0, journal, wrong[2])
            else:
                yield held
                before, held = held, entry
        yield held

    def _check_entries(self, entries: Iterator[Entry], seals: Iterator[Seal], journals: set[str]) -> None:
        """Each entry belongs to the first seal that saw its transaction; a seal is closed when no more can come."""
        waiting: deque[tuple[Seal, Found]] = deque()
        for transaction, journal, entry, leaf, at in entries:
            its = next((found for seal, found in waiting if seal.saw(transaction)), None)
            while its is None and (seal := next(seals, None)):
                waiting.append((seal, {}))
                its = waiting[-1][1] if seal.saw(transaction) else None
            while waiting and waiting[0][0].end <= transaction:
                self._close(*waiting.popleft(), journals)
            self.unsealed += its is None
            if its is not None:
                its.setdefault(journal, []).append((entry, leaf))
                self.first_at, self.last_at = min(self.first_at or at, at), max(self.last_at, at)
        for seal, found in chain(waiting, ((seal, Found()) for seal in seals)):
            self._close(seal, found, journals)

    def _close(self, seal: Seal, found: Found, journals: set[str]) -> None:
        """Compare what came with the seal, and name the entries that differ from its list."""
        for journal in sorted(seal.journals.keys() | found.keys()):
            (count, root, entries), there = seal.journals.get(journal, (0, root_hash([]), "")), found.get(journal, [])
            (self.entries if journal in journals else self.left_out)[journal] += len(there) or count
            if journal not in journals or root == root_hash([leaf for _entry, leaf in there]):
                continue
            sealed, now = Counter(entries.split()), Counter(listed(there).split())
            gone, new = ({item.partition(":")[0] for item in some} for some in (sealed - now, now - sealed))
            for what, ids in (("changed", gone & new), ("removed", gone - new), ("added", new - gone)):
                for entry in sorted(int(text) if text.isdecimal() else 0 for text in ids):
                    self.fault(what, seal.number, journal, entry)
            if not gone | new:
                self.fault("changed", seal.number, journal)


# Ed25519 (RFC 8032, 5.1), to verify only: nothing here is secret, so nothing need take constant time
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(a: Point, b: Point) -> Point:
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (n - m) * (d - c) % P, (d + c) * (n + m) % P, (d - c) * (d + c) % P, (n - m) * (n + m) % P


def _times(n: int, point: Point) -> Point:
    half = _times(n // 2, _add(point, point)) if n > 1 else (0, 1, 1, 0)
    return _add(half, point) if n & 1 else half


def _point(raw: bytes) -> Point:
    y, odd = int.from_bytes(raw, "little") % 2**255, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        raise ValueError("no point of the curve")
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def ed25519_holds(key: bytes, signature: bytes, message: bytes) -> bool:
    """Raises ValueError if the key, or the signature, names no point."""
    s = int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or s >= Q:
        return False
    h = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little") % Q
    a, b = _times(s, _point(b"\x58" + b"\x66" * 31)), _add(_point(signature[:32]), _times(h, _point(key)))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def lines_of(path: Path) -> Iterator[bytes]:
    """A file's lines; of a directory those of its seals-*.jsonl. A last line that is not finished is not there yet."""
    for file in sorted(path.glob("seals-*.jsonl")) if path.is_dir() else [path]:
        with file.open("rb") as opened:
            yield from (line[:-1] for line in opened if line.endswith(b"\n"))


def report(check: Check) -> Iterator[str]:
    """What the check found, in lines."""
    last, days, n = check.last, check.days, check.faults_in_all
    yield "\n  ".join([f"NOT WHOLE: {n:,} faults" if n else "whole", *map(str, check.faults)])
    for counted, words in ((check.entries, ""), (check.left_out, ", not looked at")):
        yield from (f"{journal}: {n:,} sealed entries{words}" for journal, n in sorted(counted.items()))
    yield f"from {check.first_at or '-'} to {check.last_at or '-'}; newer than the last seal: {check.unsealed:,}"
    yield f"seals: {check.seals:,}; as outside: {check.agreeing:,}, all of {sum(days.values())} of {len(days)} days"
    yield f"last seal: {last.number} of {last.at}, {last.hash}, signed with {last.key}" if last else "no seal"


def main() -> int:
    parser = argparse.ArgumentParser(prog="verify_audit", description=str(__doc__).partition("\n")[0])
    parser.add_argument("export", type=Path, help="the directory that manage.py export_audit wrote")
    parser.add_argument("--outside", type=Path, required=True, help="the seals kept outside, or your own copy of them")
    parser.add_argument("--key", action="append", default=[], help="the sealer's public key as you were given it")
    options = parser.parse_args()
    journals = {path.stem: lines_of(path) for path in options.export.glob("*.jsonl") if path.stem != "seals"}
    if "hotline_auditentry" not in journals or not options.outside.exists():
        parser.error("the export has no hotline_auditentry.jsonl, or there are no such seals")
    check = Check(options.key, json.loads((options.export / "export.json").read_bytes())["until"])
    check.run(journals, lines_of(options.export / "seals.jsonl"), lines_of(options.outside))
    print(*report(check), sep="\n")  # noqa: T201 - a program of its own
    return 1 if check.faults_in_all else 0


if __name__ == "__main__":
    raise SystemExit(main())
