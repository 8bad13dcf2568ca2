"""The model itself, and how it is judged."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from cases.features import Sample, crossed, hashed, marks
from cases.judging import judge
from cases.linear_model import BadModel, LinearModel
from cases.model_training import corpus, learn
from cases.near_duplicates import groups
from cases.training import kept_apart, material
from tests import lessons


def test_it_answers_with_the_words_that_told() -> None:
    model, _figures = lessons.lesson()
    first = model.guess(Sample("", "中山路上有个窨井盖不见了"))[0]
    assert first.label == "SZ01"
    assert any("井盖" in piece for piece in first.telling)


def test_of_words_it_never_met_it_says_nothing() -> None:
    model, _figures = lessons.lesson()
    assert model.guess(Sample("", "")) == []
    assert model.guess(Sample("", "zzz")) == []


def test_of_two_labels_each_has_a_machine_of_its_own() -> None:
    rows = [row for row in lessons.requests() if row.label in {"SZ01", "GY02"}]
    every = np.arange(len(rows))
    given = corpus([row.sample for row in rows], [row.label for row in rows], every)
    machine = learn(given, every)
    assert machine.weights.shape == (len(machine.columns), 2)
    first = machine.scores(given, every).argmax(axis=1)
    assert [machine.labels[n] for n in first] == [row.label for row in rows]


def test_a_word_met_only_with_a_label_speaks_for_it_and_against_the_other() -> None:
    told = [("井盖丢失", "SZ01")] * 9 + [("井盖松动", "SZ01")] * 2 + [("水压太低", "GY02")] * 9
    every = np.arange(len(told))
    given = corpus([Sample("", words) for words, _label in told], [label for _words, label in told], every)
    machine = learn(given, every)
    known = list(given.hashes[machine.columns])
    own = machine.weights[known.index(hashed("c松")), :]
    assert own[machine.labels.index("SZ01")] > 0 > own[machine.labels.index("GY02")]


def test_the_figures_are_of_requests_it_did_not_learn_from() -> None:
    given = material(lessons.requests())
    learned, judged = kept_apart(given)
    assert set(given.corpus.groups[learned]).isdisjoint(given.corpus.groups[judged])
    assert max(learned) < min(judged), "the past is asked about the future"


def test_it_is_stored_as_plain_arrays_and_read_again() -> None:
    model, _figures = lessons.lesson()
    stored = model.to_bytes()
    again = LinearModel.from_bytes(stored)
    asked = Sample("井盖", "路面井盖破损")
    assert [(g.label, round(g.confidence, 4)) for g in again.guess(asked)] == [
        (g.label, round(g.confidence, 4)) for g in model.guess(asked)
    ]


def changed(**arrays: object) -> bytes:
    """The stored lesson with some arrays replaced."""
    model, _figures = lessons.lesson()
    with np.load(io.BytesIO(model.to_bytes())) as held:
        kept = {name: held[name] for name in held.files}
    written = io.BytesIO()
    np.savez(written, **(kept | arrays))
    return written.getvalue()


BAD: dict[str, dict[str, object]] = {
    "too short": {"idf": np.ones(3, dtype=np.float32)},
    "objects": {"idf": np.array([{}], dtype=object)},
    "another type": {"hashes": np.array([1.5])},
    "no number": {"slope": np.float32("nan")},
    "one label": {"labels": np.array(["SZ01"])},
}


@pytest.mark.parametrize("wrong", BAD)
def test_arrays_that_do_not_fit_are_refused_and_never_executed(wrong: str) -> None:
    with pytest.raises(BadModel):
        LinearModel.from_bytes(changed(**BAD[wrong]))


@pytest.mark.parametrize(
    "stored", [b"", b"\x80\x04\x95", b"PK\x03\x04"], ids=["nothing", "a pickle", "half an archive"]
)
def test_what_is_no_archive_is_refused(stored: bytes) -> None:
    with pytest.raises(BadModel):
        LinearModel.from_bytes(stored)


def test_an_archive_that_would_fill_the_memory_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("weights.npy", bytes(70 << 20))
    with pytest.raises(BadModel, match="larger"):
        LinearModel.from_bytes(held.getvalue())


def test_nearly_the_same_texts_are_one_group() -> None:
    first = "A2区丽发新城小区附近搅拌站噪音扰民，请求查处"
    found = groups([first, f"{first}！！", "居住证到期了怎么续签", "", ""])
    assert found[0] == found[1]
    assert len(set(found)) == 4


def test_the_figures_are_those_of_the_textbook() -> None:
    shares = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.7, 0.3]])
    found = judge(["a", "b"], shares, ["a", "b", "b", "c"])
    assert (found.judged, found.top1, found.top3) == (4, 0.5, 0.75)
    assert {one.label: round(one.f1, 3) for one in found.labels} == {"a": 0.5, "b": 0.667, "c": 0.0}
    assert round(found.macro_f1, 3) == 0.389
    assert round(found.calibration_error, 3) == round((0.1 + 0.6 + 0.2 + 0.7) / 4, 3)


def test_place_and_category_are_known_alone_and_together() -> None:
    facts = crossed(["SZ", "SZ01"], ["350901"], ["channel=phone"])
    assert "category=SZ01&place=350901" in facts
    assert "place=350901&channel=phone" in facts
    assert marks(Sample(facts=facts)) == {f"f{fact}": 1 for fact in facts}
