"""Suggestions that learn: trained by the system, switched on by a person, and measured by what people choose."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases import learned, learning, schedule, suggestion_use, training_data
from cases.models import Case, ModelWeights, SuggestionModel, SuggestionUse, Target, TrainingState
from cases.routing import suggest_categories, suggest_units
from hotline.acts import NotAllowed, NotNow
from hotline.models import AuditEntry
from tests import lessons
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.people import category, member, region
from tests.stories import MONDAY, closed

pytestmark = pytest.mark.django_db
NIGHT = "光明小区旁工地凌晨打桩机轰鸣，渣土车进出，无法入睡"


def sources(text: str = NIGHT) -> list[str]:
    return [s.source for s in suggest_categories(text, MONDAY)]


def test_a_model_proposes_only_once_a_person_switched_it_on() -> None:
    model = lessons.trained(at=MONDAY)
    assert set(sources()) == {"hints"}
    learning.switch_on(model, by=member("yan"), at=MONDAY)
    first = suggest_categories(NIGHT, MONDAY)[0]
    assert (first.category.code, first.source) == ("CG0101", "model:1")
    assert first.confidence > 0.8
    assert "model 1; what told:" in first.reason
    learning.switch_off(SuggestionModel.objects.get(), by=member("yan"), at=MONDAY)
    assert set(sources()) == {"hints"}
    acts = AuditEntry.objects.filter(act__startswith="learning.").order_by("pk").values_list("act", flat=True)
    assert list(acts)[-2:] == ["learning.switch_on", "learning.switch_off"]


def test_the_next_version_takes_the_place_of_the_one_before() -> None:
    lessons.switched_on(at=MONDAY)
    second = lessons.switched_on(at=MONDAY + timedelta(days=1))
    assert list(SuggestionModel.objects.on()) == [second]
    assert SuggestionModel.objects.get(version=1).off_by_id == member("yan").user_id
    assert sources()[0] == "model:2"


def test_the_catalogue_goes_before_the_model() -> None:
    lessons.switched_on(at=MONDAY, target="unit")  # its labels are no units of ours, so it has nothing to say here
    assert suggest_units(category(), region(), MONDAY)[0].source.startswith("catalogue:")


@pytest.mark.parametrize("who", ["zhou", "wang", "jiang"])
def test_only_the_head_of_the_office_decides(who: str) -> None:
    model = lessons.trained(at=MONDAY)
    with pytest.raises(NotAllowed):
        learning.switch_on(model, by=member(who), at=MONDAY)
    with pytest.raises(NotAllowed):
        learning.ask_training("category", by=member(who), at=MONDAY)


def test_one_training_at_a_time() -> None:
    learning.ask_training("category", by=member("yan"), at=MONDAY)
    with pytest.raises(NotNow):
        learning.ask_training("category", by=member("yan"), at=MONDAY)
    learning.ask_training("unit", by=member("yan"), at=MONDAY)


def test_what_is_not_trained_cannot_be_switched_on() -> None:
    model = learning.ask_training("category", by=member("yan"), at=MONDAY)
    with pytest.raises(NotNow):
        learning.switch_on(model, by=member("yan"), at=MONDAY)


def test_bytes_that_were_not_sealed_here_are_not_read() -> None:
    model = lessons.switched_on(at=MONDAY)
    weights = ModelWeights.objects.get(pk=model.pk)
    other, _figures = lessons.lesson()
    changed = other.to_bytes() + b"\0"
    with pytest.raises(ValueError, match="seal"):
        learned.opened(ModelWeights(pk=model.pk, arrays=changed, seal=weights.seal))
    with pytest.raises(ValueError, match="seal"):
        learned.opened(ModelWeights(pk=model.pk + 1, arrays=weights.arrays, seal=weights.seal))


def test_a_model_that_cannot_be_read_stops_nobody() -> None:
    model = lessons.switched_on(at=MONDAY)
    ModelWeights.objects.filter(pk=model.pk).update(seal=b"\0" * 32)
    assert set(sources()) == {"hints"}


def test_what_was_proposed_and_chosen_is_kept_with_the_model() -> None:
    lessons.switched_on(at=MONDAY)
    given = {"words": NIGHT, "kind": "complaint", "category": "CG0101", "act": "propose", "region": region().code}
    response = client_of("wang").post("/console/register/", given)
    assert response.status_code == 303, response.content.decode()
    kept = Case.objects.latest("pk").routing
    assert kept["categories"][0]["source"] == "model:1"
    assert kept["category"] == "CG0101"


def test_confidential_and_unchecked_cases_teach_nothing() -> None:
    taught = closed(at=MONDAY)
    closed(at=MONDAY, confidential=True)
    rows = list(training_data.from_cases(Target.CATEGORY, until=timezone.now()))
    assert [row.label for row in rows] == [taught.category.code if taught.category else ""]
    assert rows[0].sample.title == taught.title


def test_a_unit_is_learned_from_category_and_place_too() -> None:
    closed(at=MONDAY)
    (row,) = training_data.from_cases(Target.UNIT, until=timezone.now())
    assert row.label == "CGJ"
    assert {f"category={category().code}", f"place={region().code}", "channel=phone"} <= set(row.sample.facts)
    assert f"category={category().code}&place={region().code}" in row.sample.facts


def test_its_accuracy_in_use_is_counted_day_by_day(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    model = lessons.switched_on(at=MONDAY)
    for chosen in ("CG0101", "SZ01", "MZ02"):
        offered = [{"code": code, "confidence": 0.5, "source": "model:1"} for code in ("CG0101", "SZ01")]
        closed(at=MONDAY, category=category(chosen), routing={"categories": offered})
    later = MONDAY + timedelta(days=4)
    assert suggestion_use.count_days(later) > 0
    with django_assert_max_num_queries(2):
        assert suggestion_use.count_days(later) == 0, "a day is counted once"
    counted = SuggestionUse.objects.get(model=model, on=MONDAY.date())
    assert (counted.offered, counted.first, counted.among) == (3, 1, 2)
    assert suggestion_use.in_use([model], later)[model.pk].first.numerator == 1


def test_the_office_sees_the_models_and_their_figures() -> None:
    model = lessons.switched_on(at=MONDAY)
    page = client_of("yan").get("/learning/").content.decode()
    assert f"/learning/{model.pk}/" in page
    detail = client_of("jiang").get(f"/learning/{model.pk}/").content.decode()
    assert "Confidence off by" in detail
    assert "Switch off" not in detail, "a supervisor looks and does not switch"


def test_a_training_is_asked_for_and_switched_by_pages_and_programs() -> None:
    yan = client_of("yan")
    assert yan.post("/learning/train/", {"target": "unit"}).status_code == 303
    assert 'hx-trigger="every 4s"' in yan.get("/learning/").content.decode()
    model, api = lessons.trained(at=MONDAY), Api("yan")
    assert api.post(f"suggestion-models/{model.pk}/on/", {}).status == 200
    assert yan.post(f"/learning/{model.pk}/off/").status_code == 303
    assert [row["target"]["code"] for row in api.get("suggestion-models/").body["results"]] == ["unit", "category"]
    assert Api("jiang").post(f"suggestion-models/{model.pk}/on/", {}).status == 403


def test_a_list_of_models_asks_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    yan = client_of("yan")
    for days in range(3):
        lessons.switched_on(at=MONDAY + timedelta(days=days))
    with django_assert_max_num_queries(7):
        yan.get("/learning/")


def a_file(folder: Path) -> Path:
    lines = [f"{row.sample.title},{row.sample.words},{row.label}" for row in lessons.requests()]
    file = folder / "closed.csv"
    file.write_text("\n".join(["title,detail,label", *lines]), encoding="utf-8")
    return file


def test_a_file_teaches_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("train_suggestions", "category", by="yan", file=a_file(tmp_path))
    model = SuggestionModel.objects.get()
    assert (model.state, model.progress, model.file_name) == (TrainingState.READY, 100, "closed.csv")
    assert model.figures["macro_f1"] > 0.9
    assert "macro-F1" in capsys.readouterr().out


def test_a_process_leaves_alone_what_no_worker_has_taken_up_for_it() -> None:
    """Two workers may see the same training waiting; the slower one must not call the other's a failure."""
    waiting = learning.ask_training("category", by=member("yan"), at=MONDAY)
    with pytest.raises(CommandError, match="taken up"):
        call_command("train_suggestions", "category", begun=waiting.pk)
    learning.begin(waiting, by=None, at=MONDAY)
    assert not schedule._trained(waiting)
    assert SuggestionModel.objects.get().state == TrainingState.TRAINING


def test_too_little_to_learn_from_is_said_on_the_row(tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    file.write_text("title,label\n井盖,SZ01\n", encoding="utf-8")
    with pytest.raises(CommandError, match="too few"):
        call_command("train_suggestions", "category", by="yan", file=file)
    failed = SuggestionModel.objects.get(state=TrainingState.FAILED)
    assert "too few" in failed.failure
    told = client_of("yan").get(f"/learning/{failed.pk}/", headers={"accept-language": "zh-hans"})
    assert "诉求不足 200 件" in told.content.decode()


def test_a_file_is_judged_and_nothing_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("evaluate_suggestions", a_file(tmp_path))
    said = capsys.readouterr().out
    assert "macro-F1" in said
    assert "a suggestion takes" in said
    assert not SuggestionModel.objects.exists()
