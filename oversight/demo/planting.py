"""Known schemes planted in the demo city, with honest noise beside them, so that the detectors can be judged.

A scheme is something that a few units, people or companies do again and again, and honest ones now and then for good
reasons. How often an honest one does it differs from one to another, as it does in life. Acts go through their verbs at
the time they would have happened; calls are what the telephone platform's reports add up to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from hotline.models import Membership, Organisation
from hotline.roles import OFFICE, Role
from oversight.demo.scene import Scene
from oversight.detector import Subject

# How often an honest one does it, on the whole, and how often somebody guilty: of their cases, their first callbacks
# (``given_up_early``), their days at work (``overload``, ``idle_presence``), their calls, their marks. So about a unit
# guilty of ``never_called`` two of three citizens to be called are not, whoever gives up early does so in nearly every
# second case, and an idle agent answers no call every second day.
SHARES: dict[str, tuple[float, float]] = {
    "turned_answers": (0.01, 0.6),
    "own_phones": (0.0, 0.45),
    "never_called": (0.08, 0.65),
    "came_back": (0.02, 0.6),
    "no_contact": (0.05, 0.6),
    "contact_before_dispatch": (0.01, 0.35),
    "alike_replies": (0.0, 0.8),
    "reused_files": (0.01, 0.5),
    "late_returns": (0.03, 0.45),
    "late_exits": (0.01, 0.45),
    "recoded": (0.003, 0.3),
    "ping_pong": (0.03, 0.45),
    "month_end": (0.05, 0.85),
    "given_up_early": (0.05, 0.45),
    "refusals": (0.04, 0.4),
    "short_calls": (0.03, 0.3),
    "overload": (0.01, 0.5),
    "idle_presence": (0.04, 0.5),
    "odd_looks": (0.0, 1.0),
    "contractor_totals": (0.0, 1.0),
    "marks_at_threshold": (0.08, 0.7),
}
BY_AGENTS = ("given_up_early", "refusals", "short_calls", "overload", "idle_presence")
BY_OTHERS = ("odd_looks", "contractor_totals", "marks_at_threshold")
BY_UNITS = tuple(key for key in SHARES if key not in BY_AGENTS + BY_OTHERS)
UNITS = 34  # that take part, unless said otherwise
GUILTY_OF_EACH, SCHEMES_OF_A_BODY, SCHEMES_OF_A_PERSON = 5, 3, 1
CLASHES = (  # schemes that take each other's occasions away: who is never asked is never content
    {"turned_answers", "own_phones", "never_called", "came_back"},
    {"late_returns", "ping_pong"},
    {"late_exits", "month_end"},
    {"no_contact", "contact_before_dispatch"},
)
SPREAD = (0.3, 2.0)  # how much oftener or rarer than on the whole an honest one does it
DAY_OF_MONTH = 15  # it is planted up to the middle of a month, so that the end of the month before lies in its days


@dataclass
class Plot:
    """Who does what in secret: of each scheme, the guilty."""

    scene: Scene
    units: Sequence[Organisation]
    companies: Sequence[Organisation]
    guilty: dict[str, set[Subject]] = field(default_factory=dict)
    serial: count[int] = field(default_factory=lambda: count(1))
    habits: dict[tuple[str, Subject], float] = field(default_factory=dict)

    def does(self, key: str, subject: Subject) -> bool:
        """Does it happen this time? Everybody keeps to a habit of their own."""
        honest, guilty = SHARES[key]
        if subject in self.guilty[key]:
            return self.scene.happens(guilty)
        habit = self.habits.setdefault((key, subject), self.scene.rng.uniform(*SPREAD))
        return self.scene.happens(honest * habit)

    def phone(self, *, fixed: bool = False) -> str:
        """A number nobody had before: a mobile, to which the link goes, or one that must be called."""
        return f"0593-6{next(self.serial):06}" if fixed else f"135{next(self.serial):08}"


def moment(at: datetime) -> datetime:
    """The evening of the last middle of a month, up to which a story is planted."""
    local = timezone.localtime(at)
    middle = local.replace(day=DAY_OF_MONTH, hour=18, minute=0, second=0, microsecond=0)
    return middle if middle <= local else (middle - timedelta(days=20)).replace(day=DAY_OF_MONTH)


def plot(scene: Scene, units: Sequence[Organisation], companies: Sequence[Organisation]) -> Plot:
    """Draw the guilty: five of each scheme, no body of more than three, no person of more than one."""
    made = Plot(scene, units, companies)
    everybody = {
        **{key: [Subject(unit.pk) for unit in units] for key in BY_UNITS},
        **{key: [subject_of(m) for m in agents(scene)] for key in BY_AGENTS},
        "given_up_early": [subject_of(m) for m in callers(scene)],
        "odd_looks": [subject_of(m) for m in officers(scene)],
        "contractor_totals": [Subject(company.pk) for company in companies],
        "marks_at_threshold": [subject_of(m) for m in scene.cast.all if m.role == Role.QUALITY_INSPECTOR],
    }
    schemes: dict[Subject, int] = {}
    for key in SHARES:
        clashing = _clashing(made, key)
        among = [one for one in everybody[key] if schemes.get(one, 0) < _most(one) and one not in clashing]
        made.guilty[key] = set(scene.rng.sample(among, GUILTY_OF_EACH))
        for one in made.guilty[key]:
            schemes[one] = schemes.get(one, 0) + 1
    return made


def _clashing(made: Plot, key: str) -> set[Subject]:
    """Who is guilty already of what would hide this."""
    others = {other for clash in CLASHES if key in clash for other in clash}
    return {one for other in others for one in made.guilty.get(other, ())}


def _most(subject: Subject) -> int:
    return SCHEMES_OF_A_BODY if subject.person is None else SCHEMES_OF_A_PERSON


def agents(scene: Scene) -> list[Membership]:
    """Those who answer calls and take cases down, of the two contractors."""
    return [m for m in scene.cast.all if m.role == Role.AGENT and m.organisation.code in ("JIA", "YI")]


def callers(scene: Scene) -> list[Membership]:
    """Those of them who call citizens back: every second one of each company."""
    return sorted(agents(scene), key=subject_of)[::2]


def officers(scene: Scene) -> list[Membership]:
    return [m for m in scene.cast.all if m.role in OFFICE - {Role.KNOWLEDGE_EDITOR}]


def subject_of(member: Membership) -> Subject:
    return Subject(member.organisation_id, member.user_id)
