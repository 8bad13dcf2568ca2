"""A sample spread over strata: each gives its share and one case at least, and anybody draws the same."""

from __future__ import annotations

import subprocess
from collections import Counter
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hotline.acts import Invalid
from oversight import audits
from oversight.models import AuditSample
from oversight.sample_frames import Frame, repeat_by_hand
from oversight.sample_results import drawn_again, strata_of, with_verdicts
from oversight.sample_strata import draw, line_of, quotas, sizes_of
from tests.audits import LATER, MARCH, SEED, judged
from tests.doors import client_of
from tests.people import channel, member, unit
from tests.stories import closed, dispatched, refused

pytestmark = pytest.mark.django_db

SIZES = st.dictionaries(st.text("ABC", min_size=1, max_size=3), st.integers(1, 400), min_size=1, max_size=12)
BY_CHANNEL = replace(MARCH, strata_by="channel")


# -- How many of each


@given(SIZES, st.integers(1, 500))
def test_each_stratum_gives_its_share_rounded_and_one_at_least(sizes: dict[str, int], wanted: int) -> None:
    total = sum(sizes.values())
    if min(wanted, total) < len(sizes):
        with pytest.raises(ValueError, match="Fewer"):
            quotas(sizes, wanted)
        return
    found = quotas(sizes, wanted)
    assert sum(found.values()) == min(wanted, total)
    assert all(1 <= found[name] <= size for name, size in sizes.items())
    assert quotas(dict(reversed(sizes.items())), wanted) == found
    if all(wanted * size >= total for size in sizes.values()):  # nobody is lifted to the least of one
        assert all(abs(found[name] - min(wanted, total) * size / total) < 1 for name, size in sizes.items())


def test_the_remainder_goes_where_it_is_largest_and_then_by_name() -> None:
    assert quotas({"A": 50, "B": 30, "C": 20}, 10) == {"A": 5, "B": 3, "C": 2}
    assert quotas({"A": 46, "B": 34, "C": 20}, 10) == {"A": 5, "B": 3, "C": 2}
    assert quotas({"A": 1, "B": 1, "C": 98}, 10) == {"A": 1, "B": 1, "C": 8}
    assert quotas({"A": 5, "B": 5}, 3) == {"A": 2, "B": 1}


@given(
    st.dictionaries(
        st.from_regex(r"2026[0-9]{4}-[0-9]{6}", fullmatch=True),
        st.sampled_from(["phone", "web", "app"]),
        min_size=3,
        max_size=60,
    ),
    st.integers(3, 70),
)
def test_the_strata_of_a_list_are_those_of_its_quotas(cases: dict[str, str], wanted: int) -> None:
    frame = "".join(sorted(f"{line_of(number, stratum)}\n" for number, stratum in cases.items()))
    drawn = draw(frame, SEED, wanted, stratified=True)
    assert Counter(one.stratum for one in drawn) == quotas(sizes_of(frame), wanted)
    assert all(cases[one.number] == one.stratum for one in drawn)
    assert len({one.number for one in drawn}) == len(drawn)


# -- The sample


def closed_by(**channels: int) -> None:
    for code, n in channels.items():
        for _one in range(n):
            closed(channel=channel(code))


def frozen(frame: Frame, n: int) -> AuditSample:
    draft = audits.draw(frame, "分渠道抽查", n, by=member("shen"), at=LATER)
    return audits.freeze(draft, SEED, by=member("shen"), at=LATER)


def test_a_sample_by_channel_shows_each_stratum_with_its_counts() -> None:
    closed_by(phone=5, web=2)
    sample = frozen(BY_CHANNEL, 4)
    assert Counter(sample.cases.values_list("stratum", flat=True)) == {"phone": 3, "web": 1}
    judged(sample.cases.get(stratum="web"), "fault")
    found = strata_of(sample, with_verdicts(sample.cases.all()))
    assert [(one.code, one.size, one.drawn, one.result.fault) for one in found] == [
        ("phone", 5, 3, 0),
        ("web", 2, 1, 1),
    ]
    page = client_of("shen").get(reverse("oversight:audit_sample", args=[sample.pk])).content.decode()
    table = page[page.index('id="strata"') :]
    table = table[: table.index("</table>")]
    assert channel("web").label in table or channel("web").name_en in table
    assert '<td class="num">5</td><td class="num">3</td><td class="num hl-frac">0 / 0</td>' in table
    assert '<td class="num">2</td><td class="num">1</td><td class="num hl-frac">1 / 1</td>' in table
    assert "no interval is told" in page


def test_a_draft_says_how_many_of_each_are_to_be_drawn_and_names_no_case() -> None:
    closed_by(phone=3, web=1)
    draft = audits.draw(BY_CHANNEL, "分渠道抽查", 2, by=member("shen"), at=LATER)
    page = client_of("shen").get(reverse("oversight:audit_sample", args=[draft.pk])).content.decode()
    assert 'id="strata"' in page
    assert all(line.split()[1] not in page for line in draft.frame.splitlines())


def test_cases_of_no_unit_are_a_stratum_of_their_own() -> None:
    closed()
    refused()
    sample = frozen(replace(MARCH, strata_by="unit"), 2)
    assert sorted(sample.cases.values_list("stratum", flat=True)) == ["-", "CGJ"]


def test_a_contractor_is_a_stratum() -> None:
    closed()
    assert set(frozen(replace(MARCH, strata_by="contractor"), 1).cases.values_list("stratum", flat=True)) == {"JIA"}


def test_whoever_has_the_frame_repeats_it_with_the_tools_of_any_system() -> None:
    closed_by(phone=6, web=3, app=1)
    sample = frozen(BY_CHANNEL, 5)
    repeat = repeat_by_hand(sample)
    said = subprocess.run(["bash", "-c", repeat], input=sample.frame, capture_output=True, text=True, check=True)
    assert said.stdout.split() == list(sample.cases.order_by("position").values_list("number", flat=True))


def test_drawn_again_it_is_the_same_unless_somebody_changed_it() -> None:
    closed_by(phone=4, web=2)
    sample = frozen(BY_CHANNEL, 3)
    again = drawn_again(sample, member("shen"))
    assert (again.same, again.gone, again.new) == (True, 0, 0)
    sample.frame = sample.frame.replace("web ", "app ", 1)
    again = drawn_again(sample, member("shen"))
    assert (again.frame_holds, again.list_holds) == (False, False)


def test_fewer_cases_than_strata_are_refused_at_their_field() -> None:
    closed_by(phone=2, web=1, app=1)
    with pytest.raises(Invalid) as refusal:
        frozen(BY_CHANNEL, 2)
    assert refusal.value.field == "wanted"


def test_what_a_draft_is_spread_over_is_fixed_with_its_frame() -> None:
    closed_by(phone=2)
    draft = audits.draw(BY_CHANNEL, "分渠道抽查", 1, by=member("shen"), at=LATER)
    for value in ("", "unit", "nonsense"):
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditSample.objects.filter(pk=draft.pk).update(strata_by=value)


def test_shen_spreads_a_sample_on_the_page() -> None:
    closed_by(phone=2, web=1)
    dispatched(to=unit("ZJJ"))
    shen = client_of("shen")
    asked = {"title": "分渠道抽查", "first": "2026-03-01", "last": "2026-03-31", "strata_by": "channel", "wanted": "1"}
    refusal = shen.post(reverse("oversight:audit_draw"), asked)
    assert refusal.status_code == 422
    assert "2 strata" in refusal.content.decode()
    assert shen.post(reverse("oversight:audit_draw"), asked | {"wanted": "2"}).status_code == 303
    assert AuditSample.objects.get().strata_by == "channel"
