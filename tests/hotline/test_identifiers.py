"""Case numbers survive mistyping or are refused; row ids rise with time."""

import random
import threading
import time
from datetime import date

import pytest

from hotline.identifiers import case_number, check_digit, is_case_number, parse_case_number, uuid7

DAY = date(2026, 3, 16)


def test_a_case_number_is_its_day_its_serial_and_a_check_digit() -> None:
    assert case_number(DAY, 4821) == "20260316-048218"
    assert case_number(DAY, 1) == "20260316-00001" + check_digit("2026031600001")
    assert len(case_number(DAY, 99_999)) == 15
    assert len(case_number(DAY, 100_000)) == 16


@pytest.mark.parametrize("n", [0, -1, 1_000_000])
def test_a_day_has_no_such_case(n: int) -> None:
    with pytest.raises(ValueError, match="999,999"):
        case_number(DAY, n)


def _numbers() -> list[str]:
    chance = random.Random(12345)
    serials = [1, 9, 10, 99_999, 100_000, 999_999, *(chance.randint(1, 999_999) for _ in range(400))]
    return [case_number(date(2026, chance.randint(1, 12), chance.randint(1, 28)), n) for n in serials]


@pytest.mark.parametrize("length", [13, 14])
def test_the_check_digit_catches_every_wrong_digit_and_every_swap_from_every_state(length: int) -> None:
    """Exhaustive: each digit acts on one of ten interim states, so all states and pairs of digits are all cases."""
    starts = {check_digit(f"{n:0{length}d}"): f"{n:0{length}d}" for n in range(100)}
    assert len(starts) == 10
    for start in starts.values():
        after = {digit: check_digit(start + digit) for digit in "0123456789"}
        assert len(set(after.values())) == 10
        for one in "0123456789":
            for other in "0123456789":
                if one != other:
                    assert check_digit(start + one + other) != check_digit(start + other + one)


def test_a_wrong_digit_is_no_case_number() -> None:
    for number in _numbers():
        for place, right in enumerate(number):
            for wrong in set("0123456789") - {right} if right != "-" else ():
                assert not is_case_number(number[:place] + wrong + number[place + 1 :])


def test_two_swapped_neighbours_are_no_case_number() -> None:
    for number in _numbers():
        digits = number.replace("-", "")
        for place in range(len(digits) - 1):
            if digits[place] != digits[place + 1]:
                swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
                assert parse_case_number(swapped) is None


def test_a_number_is_understood_as_people_write_it() -> None:
    for typed in [
        "20260316-048218",
        "20260316048218",
        " 20260316 048218 ",
        "２０２６０３１６－０４８２１８",
        "2026 0316 — 04 8218",
        "20260316–048218",
    ]:
        assert parse_case_number(typed) == "20260316-048218"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "048218",
        "20261316-048218",
        "20260230-000010",
        "20260316-04821",
        "20260316-0482188",
        "案件",
        "٢0260316-048218",
    ],
)
def test_other_texts_are_no_case_numbers(text: str) -> None:
    assert parse_case_number(text) is None


def test_a_small_serial_is_never_written_with_six_digits() -> None:
    padded = "20260316" + "004821"
    assert parse_case_number(padded + check_digit(padded)) is None


def test_row_ids_are_version_7_and_rise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.identifiers._last", 0)  # they rise on from where another test had set the clock
    before = time.time_ns() // 1_000_000
    ids = [uuid7() for _ in range(50_000)]
    assert {(row.version, row.variant) for row in ids} == {(7, "specified in RFC 4122")}
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert before <= ids[0].int >> 80 <= ids[-1].int >> 80 <= time.time_ns() // 1_000_000 + 100


def test_row_ids_of_many_threads_differ() -> None:
    made: list[list[object]] = [[] for _ in range(8)]
    threads = [threading.Thread(target=lambda mine=mine: mine.extend(uuid7() for _ in range(5_000))) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({row for mine in made for row in mine}) == 40_000
