"""What becomes of cases: each fate is lived once through the verbs, and what they wrote is what the loader copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from cases import decisions, intake, surveys
from cases.models import Case
from hotline.bell import silence
from hotline.delivery import deliver_next
from tests import stories
from tests.people import member, unit
from tests.stories import MONDAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Story = Callable[[str], Case]


@dataclass(frozen=True)
class Fate:
    """One way a case goes. ``open`` says that it is still under way, and for how many days cases may be."""

    name: str
    share: float
    live: Story
    open_days: float = 0.0


def _answered(phone: str) -> Case:
    given = stories.a_registration(phone=phone, kind="consultation")
    answer = "已告知办理条件、所需材料和窗口地址，可网上预约。"
    return intake.answer_directly(given, by=member("wang"), at=MONDAY, answer=answer)


def _refused(phone: str) -> Case:
    """Not accepted, and the office agrees."""
    asked = stories.refusal_to_review(phone=phone)
    return decisions.grant(asked, by=member("zhou"), at=MONDAY + HOUR, version=None, ruling="依据充分，途径正确。")


def _accepted(phone: str) -> Case:
    return stories.accepted(stories.replied(phone=phone))


def _solved(phone: str) -> Case:
    return stories.rated(_accepted(phone))


def _unrated(phone: str) -> Case:
    case = _accepted(phone)
    for at in (MONDAY + 31 * HOUR, stories.survey_of(case).expires_at):
        case = surveys.advance(stories.survey_of(case), at=at)
    return case


def _solved_late(phone: str) -> Case:
    """Unsolved, says the citizen; the unit takes it up again, and then it is."""
    case, again = stories.rehandling(phone=phone), MONDAY + 2 * DAY
    case = stories.accepted(stories.replied(case, at=again), at=again)
    return stories.rated(case, at=again)


def _returned(phone: str) -> Case:
    """With another unit now, which has not signed it off yet."""
    asked = stories.bounce_asked(phone=phone)
    return decisions.grant(asked, by=member("zhou"), at=MONDAY + 2 * HOUR, version=None, unit=unit("JSJD"))


FATES = (
    Fate("answered", 0.44, _answered),
    Fate("refused", 0.04, _refused),
    Fate("handed over", 0.02, lambda phone: stories.handed_over(phone=phone)),
    Fate("solved", 0.32, _solved),
    Fate("unrated", 0.11, _unrated),
    Fate("solved the second time", 0.05, _solved_late),
    Fate("withdrawn", 0.02, lambda phone: stories.withdrawn(stories.dispatched(phone=phone))),
    Fate("registered", 0.08, lambda phone: stories.a_case(phone=phone), open_days=0.3),
    Fate("refusal to review", 0.02, lambda phone: stories.refused(phone=phone), open_days=1),
    Fate("dispatched", 0.12, lambda phone: stories.dispatched(phone=phone), open_days=1),
    Fate("handling", 0.25, lambda phone: stories.signed(phone=phone), open_days=6),
    Fate("return asked", 0.01, lambda phone: stories.bounce_asked(phone=phone).case, open_days=2),
    Fate("extension asked", 0.02, lambda phone: stories.extension_asked(phone=phone).case, open_days=5),
    Fate("returned", 0.02, _returned, open_days=4),
    Fate("replied", 0.05, lambda phone: stories.replied(phone=phone), open_days=3),
    Fate("verifying", 0.18, _accepted, open_days=4),
    Fate("re-handling", 0.03, lambda phone: stories.rehandling(phone=phone), open_days=8),
)


def live_all() -> dict[str, Case]:
    """Live each fate once, send what it had to say, and return the cases."""
    lived = {}
    with silence():
        for n, fate in enumerate(FATES):
            case = fate.live(f"1391234{n:04d}")
            lived[fate.name] = case = Case.objects.get(pk=case.pk)
            while deliver_next(case.changed_at + timedelta(seconds=20)):
                pass
    return lived
