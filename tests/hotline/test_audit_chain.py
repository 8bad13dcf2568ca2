"""The stand-alone check of the audit trail: its arithmetic is the standards', and no way of tampering escapes it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from bench.forging import (
    BEGAN,
    FORGERS_KEY,
    JOURNAL,
    KEY,
    WAYS,
    Trail,
    delete,
    edit,
    entry_line,
    places,
    rechain,
    rechain_under_our_name,
    reseal,
    trail,
)
from hotline.audit_chain import Check, Seal, ed25519_holds, leaf_hash, root_hash

TRIALS = 30
PROGRAM: Path = settings.BASE_DIR / "bin" / "verify_audit"
OURS = KEY.public_key().public_bytes_raw().hex()
# RFC 6962 has no vectors; these are those of certificate-transparency-go's merkle tree, over the same eight leaves
LEAVES = [
    bytes.fromhex(x)
    for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.fixture(scope="module")
def whole() -> Trail:
    return trail(150, Random(7))


def test_it_builds_the_merkle_trees_of_rfc_6962() -> None:
    assert root_hash([]) == hashlib.sha256().hexdigest()
    for n, root in enumerate(ROOTS, start=1):
        assert root_hash([leaf_hash(leaf) for leaf in LEAVES[:n]]) == root


def test_it_verifies_what_the_library_signs_and_nothing_else() -> None:
    rng = Random(3)
    for n in range(12):
        key, message = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32)), rng.randbytes(n * 7)
        public, signature = key.public_key().public_bytes_raw(), key.sign(message)
        assert ed25519_holds(public, signature, message)
        assert not ed25519_holds(public, signature, message + b"!")
        place = rng.randrange(64)
        bent = signature[:place] + bytes([signature[place] ^ 1 << rng.randrange(8)]) + signature[place + 1 :]
        assert not _holds(public, bent, message)
        assert not _holds(FORGERS_KEY.public_key().public_bytes_raw(), signature, message)
        assert not _holds(public, signature[:63], message)


def test_a_signature_has_one_form_only() -> None:
    """RFC 8032, 5.1.7: the second half must be less than the group's order, or there would be two forms of each."""
    public, signature = KEY.public_key().public_bytes_raw(), KEY.sign(b"seal")
    order = 2**252 + 27742317777372353535851937790883648493
    other = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not _holds(public, signature[:32] + other, b"seal")


def _holds(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        return ed25519_holds(key, signature, message)
    except ValueError:
        return False


@pytest.mark.parametrize("n", [1, 2, 3, 40, 400])
def test_an_untouched_trail_is_whole(n: int) -> None:
    check = trail(n, Random(n)).checked()
    assert check.faults == []
    assert check.entries == {JOURNAL: n}
    assert (check.unsealed, check.agreeing) == (0, check.seals)


@pytest.mark.parametrize("way", WAYS)
def test_whatever_was_tampered_with_is_found_and_named(way: str, whole: Trail) -> None:
    for trial in range(TRIALS):
        it, rng = whole.copied(), Random(f"{way} {trial}")
        named = WAYS[way](it, rng)
        found = places(it.checked().faults)
        assert named <= found, f"{way} {trial}: {named} is not among {found}"


@pytest.mark.parametrize("way", [edit, delete, rechain, rechain_under_our_name])
def test_the_key_alone_finds_it_where_no_seal_lies_outside(way: object, whole: Trail) -> None:
    for trial in range(TRIALS):
        it, rng = whole.copied(), Random(trial)
        WAYS[way.__name__](it, rng)  # type: ignore[attr-defined]
        it.outside = []
        assert it.checked(keys=(OURS,)).faults


def test_with_nothing_from_outside_a_trail_written_anew_looks_whole(whole: Trail) -> None:
    """Which is why the program asks for the seals outside, and the page says how many days agree with them."""
    it = whole.copied()
    edit(it, Random(1))
    reseal(it, 1, FORGERS_KEY)
    assert it.checked().faults
    it.outside = []
    assert it.checked().faults == []


def test_a_copy_of_the_seals_may_begin_later_and_end_earlier(whole: Trail) -> None:
    it = whole.copied()
    it.outside = it.outside[2:-2]
    check = it.checked()
    assert check.faults == []
    assert check.agreeing == check.seals - 4


def test_a_seal_that_is_missing_outside_is_named(whole: Trail) -> None:
    it = whole.copied()
    del it.outside[3]
    assert [str(fault) for fault in it.checked().faults] == ["seal 4 is missing outside, between others"]


def test_seals_that_came_outside_after_the_trail_was_read_prove_no_cut(whole: Trail) -> None:
    it = whole.copied()
    kept = it.sealed[-2]
    del it.seals[-1]
    check = Check((), kept.number)
    check.run({JOURNAL: it.entries}, it.seals, it.outside)
    assert check.faults == []
    assert check.unsealed > 0


def test_another_key_is_found_even_where_everything_else_fits(whole: Trail) -> None:
    it = trail(30, Random(2))
    check = it.checked(keys=("ab" * 32,))
    assert [fault.what for fault in check.faults] == ["foreign"]


def test_entries_after_the_last_seal_are_counted_apart(whole: Trail) -> None:
    it = whole.copied()
    last = it.sealed[-1]
    it.entries.append(entry_line(last.end + 5, 10_000, BEGAN, act="intake.register"))
    check = it.checked()
    assert (check.faults, check.unsealed) == ([], 1)


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"xid":"x","id":1,"at":""}', b'{"seal":1}']
)
def test_rubbish_is_named_and_stops_nothing(line: bytes, whole: Trail) -> None:
    it = whole.copied()
    it.entries.insert(3, line)
    it.seals.insert(2, line)
    it.outside.append(line)
    check = it.checked()
    assert {fault.what for fault in check.faults} == {"unreadable"}
    assert check.entries[JOURNAL] == len(whole.entries)


def laid_out(it: Trail, directory: Path) -> tuple[Path, Path]:
    """An export and the seals outside, as files."""
    export, outside = directory / "export", directory / "outside"
    export.mkdir()
    outside.mkdir()
    (export / f"{JOURNAL}.jsonl").write_bytes(b"".join(line + b"\n" for line in it.entries))
    (export / "seals.jsonl").write_bytes(b"".join(line + b"\n" for line in it.seals))
    (export / "export.json").write_text(json.dumps({"until": len(it.outside)}))
    half = len(it.outside) // 2
    for day, lines in (("2026-03-01", it.outside[:half]), ("2026-03-02", it.outside[half:])):
        (outside / f"seals-{day}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    return export, outside


def run(export: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As an auditor would: the file alone, without our packages and without anything installed."""
    program = export.parent / "verify_audit"
    program.write_bytes(PROGRAM.read_bytes())
    command = [sys.executable, "-I", "-S", str(program), str(export), *arguments]
    return subprocess.run(command, cwd=export.parent, env={}, capture_output=True, text=True, timeout=60)


def test_the_program_is_one_short_file_that_needs_nothing_but_python(whole: Trail, tmp_path: Path) -> None:
    assert len(PROGRAM.read_text().splitlines()) < 300
    export, outside = laid_out(whole, tmp_path)
    done = run(export, "--outside", str(outside))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "whole"
    assert f"{len(whole.seals)}, all of" in done.stdout


def test_the_program_says_what_is_wrong_and_where(whole: Trail, tmp_path: Path) -> None:
    it = whole.copied()
    [(_entry, number)] = edit(it, Random(5))
    export, outside = laid_out(it, tmp_path)
    done = run(export, "--outside", str(outside), "--key", OURS)
    assert done.returncode == 1
    assert done.stdout.startswith("NOT WHOLE: 1 faults\n")
    assert f"{JOURNAL} entry {number} of seal" in done.stdout


def test_the_program_refuses_to_judge_without_anything_from_outside(whole: Trail, tmp_path: Path) -> None:
    export, _outside = laid_out(whole, tmp_path)
    assert run(export).returncode == 2
    assert run(export, "--outside", str(tmp_path / "nowhere")).returncode == 2


def test_it_runs_from_its_place_in_the_repository_too(whole: Trail, tmp_path: Path) -> None:
    export, outside = laid_out(whole, tmp_path)
    command = [str(PROGRAM), str(export), "--outside", str(outside)]
    assert subprocess.run(command, capture_output=True, text=True, timeout=60).stdout.startswith("whole")


def test_every_way_of_tampering_makes_another_trail(whole: Trail) -> None:
    for name, way in WAYS.items():
        it = whole.copied()
        way(it, Random(name))
        assert (it.entries, it.seals) != (whole.entries, whole.seals), name


def test_a_seal_reads_back_as_it_was_written(whole: Trail) -> None:
    seals = [Seal.read(line) for line in whole.seals]
    assert [seal.number for seal in seals if seal] == list(range(1, len(seals) + 1))
    assert all(seal and seal.holds() for seal in seals)
