"""The list of drills: each says what it promises, and a kept run says with what it was made."""

from __future__ import annotations

import pytest

from bench import check
from bench.report import Report, last, percentile


@pytest.mark.parametrize("name", check.names())
def test_each_drill_says_what_it_promises(name: str) -> None:
    assert len(check.promise(name)) > 20
    assert check.promise(name).endswith(".")


@pytest.mark.parametrize("name", check.names())
def test_a_kept_run_says_what_it_found_with_which_seed(name: str) -> None:
    kept = last(name)
    if kept is not None:
        assert kept["figures"]
        assert isinstance(kept["seed"], int)


def test_an_unknown_drill_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["no-such-drill"]) == 2
    assert check.names()[0] in capsys.readouterr().err


def test_the_list_shows_every_drill(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in check.names())


def test_a_figure_outside_its_limit_breaks_the_promise(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report("drill", 7)
    report.figure("lost", 0, exactly=0)
    report.figure("late, s", 1.5, at_most=2)
    assert not report.broken
    report.figure("rate", 10, at_least=11)
    report.fault("a case was told to two")
    assert len(report.broken) == 2
    assert "BROKEN" in capsys.readouterr().out


def test_a_percentile_is_a_value_that_occurred() -> None:
    assert percentile([], 0.99) == 0.0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([1.0, 2.0], 0.99) == 2.0
