"""The published list of measures says what the code counts."""

from __future__ import annotations

from oversight.measure_list import document, measures, place


def test_the_published_list_is_written_from_the_definitions() -> None:
    assert place().read_text(encoding="utf-8") == document(), "run manage.py write_measures"


def test_every_measure_is_one_sentence_and_has_a_version() -> None:
    for measure in measures():
        assert str(measure.sentence).endswith("."), measure.key
        assert measure.version >= 1
