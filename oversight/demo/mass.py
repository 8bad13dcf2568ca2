"""Many callers about one burst main, and a complaint in confidence: what the demo city shows of both today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from cases import bursts, dispatching, handling, intake, linking
from cases.models import Burst
from hotline.roles import Role
from oversight.demo.scene import Life, Scene

CALLS, JOINED_AFTER, STREET, ESTATE = 16, 12, "青山街道", "青山花园"
CASES = CALLS + 1
ACCUSED, HANDS = "QSJD", "DHQ"


def lives(scene: Scene) -> Iterable[Life]:
    return [_burst_main(scene), _in_confidence(scene)]


def _burst_main(scene: Scene) -> Life:
    """The water stops in one street: a call every two minutes, one group after the twelfth, and four more calls."""
    first = scene.rhythm.now - timedelta(minutes=2 * CALLS + 5)
    for n in range(CALLS):
        at = first + timedelta(minutes=2 * n)
        yield at
        said, caller = scene.texts.request("GY01", street=STREET, estate=ESTATE), scene.texts.caller()
        caller = replace(caller, phone=f"138000077{n:02}", name=caller.name or "王先生")
        given = scene.registration(said, caller, urgency="urgent", channel="phone")
        intake.register(replace(given, callback_wish="phone"), by=scene.cast.agent(at), at=at)
        bursts.look(at)
        if n + 1 == JOINED_AFTER:
            _made_one(scene, at + timedelta(minutes=1))


def _made_one(scene: Scene, at: datetime) -> None:
    """A dispatcher makes a group of them; the water company signs the main case off."""
    by = scene.cast.one(Role.DISPATCHER)
    main = linking.gather(Burst.objects.going_on().get(region__name=STREET), by=by, at=at).main
    main = dispatching.dispatch(main, by=by, at=at, version=None, unit=scene.cast.unit_for(main))
    lead = scene.lead(main)
    handling.sign(lead, by=scene.cast.of_unit(lead.unit, Role.CLERK), at=at, version=None)


def _in_confidence(scene: Scene) -> Life:
    """Somebody complains of a street office; the district above it handles the case, the street never hears of it."""
    at = scene.rhythm.now - timedelta(hours=2)
    yield at
    organisations = scene.cast.by_code
    given = replace(
        scene.registration(scene.texts.request("ZF01"), scene.texts.caller(), urgency="ordinary", channel="phone"),
        title="反映街道工作人员办理低保时收受礼品",
        words="反映青山街道某工作人员在办理低保时收受礼品，要求为来电人保密，并由上级调查。",
        place="青山街道办事处",
        kind="report",
        name="张先生",
        phone="13800007799",
        confidential=True,
        subject_unit=organisations[ACCUSED],
        proposed_unit=organisations[HANDS],
    )
    case = intake.register(given, by=scene.cast.agent(at), at=at)
    yield (at := at + timedelta(minutes=15))
    by = scene.cast.one(Role.DISPATCHER)
    dispatching.dispatch(case, by=by, at=at, version=None, unit=organisations[HANDS])
