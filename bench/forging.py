"""Trails of audit entries as files, and every way of tampering with one that we could think of.

Each way changes the trail in place and says what the check must name: an entry's id or a seal's number. Whoever
tampers has everything but the sealer's key and the seals outside.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hotline.audit_chain import GENESIS, SIGNATURE, Check, Fault, Seal, leaf_hash, listed, root_hash
from hotline.seals import Moment, Unsealed, seal_line

JOURNAL = "hotline_auditentry"
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
KEY, FORGERS_KEY = (Ed25519PrivateKey.from_private_bytes(byte * 32) for byte in (b"k", b"f"))
ACTS = ("intake.register", "dispatching.dispatch", "handling.reply", "identity.reveal", "sign_in.sign_in")
ALL = 2**63 - 1


@dataclass
class Trail:
    """Entries in the order of (transaction, id), their seals, and the seals outside."""

    entries: list[bytes]
    seals: list[bytes]
    outside: list[bytes]

    def copied(self) -> Trail:
        return Trail(copy(self.entries), copy(self.seals), copy(self.outside))

    def checked(self, *, keys: tuple[str, ...] = ()) -> Check:
        check = Check(keys, ALL)
        check.run({JOURNAL: self.entries}, self.seals, self.outside)
        return check

    @property
    def sealed(self) -> list[Seal]:
        return [seal for line in self.seals if (seal := Seal.read(line))]


def entry_line(transaction: int, entry: int, at: datetime, **said: object) -> bytes:
    """As the database writes it."""
    row = {"xid": transaction, "id": entry, "at": f"{at:%Y-%m-%dT%H:%M:%S.%fZ}", **said}
    return json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()


def unsealed(line: bytes) -> Unsealed:
    said = json.loads(line)
    return Unsealed(said["xid"], JOURNAL, said["id"], leaf_hash(line))


def trail(n: int, rng: Random, *, a_seal: int = 8) -> Trail:
    """So many entries by transactions that overlap: some end long after later ones, some wrote nothing."""
    entries, seals, late = list[bytes](), list[bytes](), dict[int, list[Unsealed]]()
    transaction, ids = 700, iter(rng.sample(range(1, 3 * n), n))
    while len(entries) < n:
        sealed, running = list[Unsealed](), {one for one in late if rng.random() < 0.6}
        for ended in late.keys() - running:
            sealed += late.pop(ended)
        for _ in range(rng.randint(1, a_seal)):
            transaction += rng.randint(1, 3)
            written = []
            for _ in range(min(rng.choice((1, 1, 1, 2, 5)), n - len(entries))):
                at = BEGAN + timedelta(seconds=len(entries))
                line = entry_line(transaction, next(ids), at, act=rng.choice(ACTS), reason=f"第 {len(entries)} 条")
                entries.append(line)
                written.append(unsealed(line))
            if written and rng.random() < 0.2:
                late[transaction] = written
            else:
                sealed += written
        _seal(seals, Moment(transaction + 1, tuple(sorted(late))), sealed, KEY)
    _seal(seals, Moment(transaction + 1), [one for written in late.values() for one in written], KEY)
    entries.sort(key=lambda line: unsealed(line)[:3])
    return Trail(entries, seals, copy(seals))


def _seal(seals: list[bytes], moment: Moment, entries: list[Unsealed], key: Ed25519PrivateKey) -> None:
    if not entries:
        return
    last = Seal.read(seals[-1]) if seals else None
    at = BEGAN + timedelta(minutes=10 * len(seals))
    line = seal_line(len(seals) + 1, at, moment, sorted(entries), last.hash if last else GENESIS, key)
    seals.append(line.encode())


# -- Ways of tampering. Each returns what must be named

Named = set[tuple[str, int]]  # ("entry", id) or ("seal", number)


def edit(it: Trail, rng: Random) -> Named:
    """The words of an entry are other words."""
    n = rng.randrange(len(it.entries))
    it.entries[n] = _with(it.entries[n], reason="已改")
    return {("entry", unsealed(it.entries[n]).id)}


def edit_bit(it: Trail, rng: Random) -> Named:
    """A digit of an entry's time is another one."""
    n = rng.randrange(len(it.entries))
    said = json.loads(it.entries[n])
    it.entries[n] = _with(it.entries[n], at=said["at"].replace("2026", "2025"))
    return {("entry", said["id"])}


def edit_with_own_hash(it: Trail, rng: Random) -> Named:
    """An entry is changed, and its seal's list and root are made to fit."""
    named = edit(it, rng)
    return named | {("seal", _refit(it, next(iter(named))[1]))}


def delete(it: Trail, rng: Random) -> Named:
    return {("entry", unsealed(it.entries.pop(rng.randrange(len(it.entries)))).id)}


def delete_with_own_hash(it: Trail, rng: Random) -> Named:
    """An entry is taken out, of its seal's list as well."""
    n = rng.randrange(len(it.entries))
    gone = unsealed(it.entries[n]).id
    number = _refit(it, gone, without=True)
    del it.entries[n]
    return {("entry", gone), ("seal", number)}


def insert(it: Trail, rng: Random) -> Named:
    """An entry is slipped in, in the transaction of another."""
    n = rng.randrange(len(it.entries))
    beside = unsealed(it.entries[n])
    added = max(unsealed(line).id for line in it.entries) + rng.randint(1, 99)
    it.entries.append(entry_line(beside.transaction, added, BEGAN, act="intake.register", reason="后补"))
    it.entries.sort(key=lambda line: unsealed(line)[:3])
    return {("entry", added)}


def swap_contents(it: Trail, rng: Random) -> Named:
    """Two entries exchange everything but their ids."""
    a, b = rng.sample(range(len(it.entries)), 2)
    first, second = json.loads(it.entries[a]), json.loads(it.entries[b])
    ids = first["id"], second["id"]
    it.entries[a] = _with(it.entries[a], reason=second["reason"], at=second["at"])
    it.entries[b] = _with(it.entries[b], reason=first["reason"], at=first["at"])
    return {("entry", one) for one in ids}


def swap_places(it: Trail, rng: Random) -> Named:
    """Two lines of the file change places."""
    a, b = sorted(rng.sample(range(len(it.entries)), 2))
    it.entries[a], it.entries[b] = it.entries[b], it.entries[a]
    return {("entry", unsealed(it.entries[a]).id)}


def cut(it: Trail, rng: Random) -> Named:
    """The last seals are gone, and every entry they were made of."""
    kept = rng.randint(1, len(it.seals) - 1)
    last, gone = it.sealed[kept - 1], it.sealed[kept]
    it.entries = [line for line in it.entries if any(seal.saw(unsealed(line).transaction) for seal in it.sealed[:kept])]
    del it.seals[kept:]
    return {("seal", gone.number), ("seal", last.number + 1)}


def rechain(it: Trail, rng: Random, key: Ed25519PrivateKey = FORGERS_KEY) -> Named:
    """An entry is changed and everything after it is sealed anew, with a key of the forger's own."""
    named = edit(it, rng)
    changed = next(iter(named))[1]
    from_seal = next(seal.number for seal in it.sealed if _lists(seal, changed))
    reseal(it, from_seal, key)
    return named | {("seal", from_seal)}


def rechain_under_our_name(it: Trail, rng: Random) -> Named:
    """The same, but every seal names the sealer's key."""
    named = rechain(it, rng)
    ours, theirs = (key.public_key().public_bytes_raw().hex().encode() for key in (KEY, FORGERS_KEY))
    it.seals = [line.replace(theirs, ours) for line in it.seals]
    return named


def drop_seal(it: Trail, rng: Random) -> Named:
    """One seal in the middle is gone, its entries stay."""
    n = rng.randrange(len(it.seals) - 1)
    return {("seal", Seal.read(it.seals.pop(n)).number)}  # type: ignore[union-attr]


def swap_seals(it: Trail, rng: Random) -> Named:
    """Two neighbouring seals change places."""
    n = rng.randrange(len(it.seals) - 1)
    it.seals[n], it.seals[n + 1] = it.seals[n + 1], it.seals[n]
    return {("seal", n + 1)}


def other_transaction(it: Trail, rng: Random) -> Named:
    """An entry claims to be of another transaction, which another seal saw."""
    n = rng.randrange(len(it.entries))
    mine = unsealed(it.entries[n])
    its = next(seal for seal in it.sealed if seal.saw(mine.transaction))
    others = {unsealed(line).transaction for line in it.entries} - {mine.transaction}
    elsewhere = [one for one in sorted(others) if not its.saw(one)] or sorted(others)
    it.entries[n] = _with(it.entries[n], xid=rng.choice(elsewhere))
    it.entries.sort(key=lambda line: unsealed(line)[:3])
    return {("entry", mine.id)}


WAYS: dict[str, Callable[[Trail, Random], Named]] = {
    way.__name__: way
    for way in (
        *(edit, edit_bit, edit_with_own_hash, delete, delete_with_own_hash, insert, swap_contents, swap_places, cut),
        *(rechain, rechain_under_our_name, drop_seal, swap_seals, other_transaction),
    )
}


def places(faults: list[Fault]) -> Named:
    """What the faults name."""
    return {("entry", fault.entry) for fault in faults if fault.journal} | {("seal", fault.seal) for fault in faults}


def _with(line: bytes, **said: object) -> bytes:
    return json.dumps({**json.loads(line), **said}, separators=(",", ":"), ensure_ascii=False).encode()


def _lists(seal: Seal, entry: int) -> bool:
    listed_there = seal.journals.get(JOURNAL, (0, "", ""))[2].split()
    return any(one.partition(":")[0] == str(entry) for one in listed_there)


def _of(it: Trail, seal: Seal, changed: dict[int, bytes]) -> list[Unsealed]:
    ids = [int(one.partition(":")[0]) for one in seal.journals[JOURNAL][2].split()]
    return [unsealed(changed[entry]) for entry in ids if entry in changed]


def _refit(it: Trail, entry: int, *, without: bool = False) -> int:
    """Make the list and root of the entry's seal fit what the entries are now; the signature stays. Says which seal."""
    lines = {unsealed(line).id: line for line in it.entries}
    if without:
        del lines[entry]
    n, seal = next((n, seal) for n, seal in enumerate(it.sealed) if _lists(seal, entry))
    found = [(one.id, one.leaf) for one in _of(it, seal, lines)]
    said = json.loads(it.seals[n])
    said["journals"][JOURNAL] = {
        "count": len(found),
        "root": root_hash([leaf for _id, leaf in found]),
        "entries": listed(found),
    }
    signature = said.pop("signature")
    body = json.dumps(said, separators=(",", ":"))
    it.seals[n] = f'{body[:-1]}{SIGNATURE.decode()}{signature}"}}'.encode()
    return seal.number


def reseal(it: Trail, from_seal: int, key: Ed25519PrivateKey) -> None:
    """Make all seals from that one on anew, over what the entries are now."""
    lines = {unsealed(line).id: line for line in it.entries}
    before = it.sealed
    it.seals = it.seals[: from_seal - 1]
    for seal in before[from_seal - 1 :]:
        moment = Moment(seal.end, tuple(sorted(seal.running)))
        _seal(it.seals, moment, _of(it, seal, lines), key)
