"""Quality inspection in the demo city: drawn weeks, marks, an appeal at each level, and whose bad outcomes were."""

from __future__ import annotations

import math
import wave
from array import array
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db.models import Count

from cases import telephony
from cases.models import Case
from cases.telephony import CallEvent
from contractors import agent_complaints, appeals, attributing, marking, publishing, sampling
from contractors.marking import Found, MarkGiven
from contractors.models import Appeal, Mark, Purpose, Sample, SampledContact
from contractors.scores import standing
from hotline.acts import NotNow
from hotline.models import Membership
from oversight.demo.cast import Cast

TONE, RATE, SECONDS = "demo/tone.wav", 8000, 45
INSPECTORS: dict[tuple[str, str], tuple[str, ...]] = {
    ("JIA", Purpose.INSPECTION): ("ma", "ning"),
    ("YI", Purpose.INSPECTION): ("ye",),
}
OFFICERS = ("song", "ruan", "yu")
LEFT = 6  # contacts of each sample of the last week that nobody has marked yet
PLACES = {
    "greeting": "00:00",
    "read_back": "全程未复述",
    "told": "未告知查询码",
    "place": "未记门牌号",
    "ending": "00:40",
}
SPOKEN = (
    (0, "话务员", "您好，12345，请问有什么可以帮您？"),
    (4, "市民", "我想反映一件事，之前也打过电话。"),
    (10, "话务员", "请您说一下地点和经过，我来记录。"),
    (17, "市民", "就在我家附近，白天晚上都有，好几天了。"),
    (25, "话务员", "请问怎么称呼您？这个号码能联系到您吗？"),
    (31, "话务员", "我复述一遍，您看对不对。"),
    (36, "市民", "对，就是这样。"),
    (40, "话务员", "办理单位会联系您，感谢来电。"),
)
BETTER = "派单前复述诉求并获确认；结束前告知工单号和查询码。"


def tell(cast: Cast, now: datetime, *, days: int, seed: int) -> None:
    """What the system and the inspectors did up to now."""
    attribute(now, days)
    complain(cast, now)
    rng = Random(seed)  # noqa: S311 - a story needs no secrets
    for contractor, week, purpose in sampling.to_draw(now):
        sample = sampling.draw(contractor, week, purpose, at=now - timedelta(hours=5), by=None)
        record(sample, now)
    last = Sample.objects.order_by("-week").values_list("week", flat=True)[0]
    for sample in Sample.objects.select_related("organisation").order_by("week", "pk"):
        left = LEFT if sample.week == last else 0
        mark(cast, rng, sample, now - timedelta(hours=4), left=left)
        if sample.week < last:
            publish(cast, sample, now - timedelta(hours=3))
    appeal(cast, now)


def attribute(now: datetime, days: int) -> None:
    """Everything bad that happened since the story began."""
    while found := attributing.to_attribute(now, back=timedelta(days=days)):
        for outcomes, source in found:
            attributing.enter(outcomes, source, at=now, by=None)


def complain(cast: Cast, now: datetime) -> None:
    """A citizen complains of how another case was taken down."""
    taken = Case.objects.filter(taken_by_organisation__code="JIA", confidential=False).order_by("-registered_at")
    about, complaint = taken[12], taken[3]
    agent_complaints.name(complaint, about, by=cast.named("zhou"), at=now - timedelta(hours=6))


def record(sample: Sample, now: datetime) -> None:
    """The telephone platform says where the recordings are: one generated tone for all."""
    a_tone()
    for contact in sample.contacts.filter(call__isnull=False).select_related("call"):
        if contact.call is not None:
            event = CallEvent(contact.call.platform_id, "updated", contact.call.offered_at, recording=TONE)
            telephony.record_call(event, by=None, at=now)


def a_tone() -> Path:
    """Nobody's voice: a tone that swells and fades."""
    path = Path(settings.RECORDINGS_ROOT) / TONE
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    swell = (math.sin(n / RATE * 1.3) ** 2 * math.sin(n / 6) for n in range(RATE * SECONDS))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array("h", (int(9000 * part) for part in swell)).tobytes())
    cues = [f"00:{at:02}.000 --> 00:{at + 4:02}.000\n<v {who}>{words}" for at, who, words in SPOKEN]
    path.with_suffix(".vtt").write_text("\n\n".join(["WEBVTT", *cues]), encoding="utf-8")
    return path


def mark(cast: Cast, rng: Random, sample: Sample, at: datetime, *, left: int) -> None:
    """Everybody marks what the system gives out, until so many contacts are left."""
    people = [cast.named(name) for name in INSPECTORS.get((sample.organisation.code, sample.purpose), OFFICERS)]
    waiting = set(people)
    while waiting and sample.contacts.unfinished().count() > left:
        by = rng.choice(sorted(waiting, key=lambda m: m.user.username))
        try:
            found = marking.take_next(by=by, at=at)
        except NotNow:
            waiting.discard(by)
            continue
        marking.submit(found, a_mark(rng, found), by=by, at=at)


def a_mark(rng: Random, found: Mark) -> MarkGiven:
    """Most is met; what is not says where."""
    lines = {}
    for item in marking.items_of(found.contact):
        verdict = "clear" if item.fatal else rng.choices(("full", "partly", "not_met"), (84, 12, 4))[0]
        lines[item.code] = Found(verdict, "" if verdict in ("full", "clear") else PLACES.get(item.code, "见工单"))
    return MarkGiven(lines, BETTER)


def publish(cast: Cast, sample: Sample, at: datetime) -> None:
    own = INSPECTORS.get((sample.organisation.code, sample.purpose))
    try:
        publishing.publish(sample, by=cast.named(own[0] if own else "song"), at=at)
    except NotNow:
        return  # nothing was handled that week


def appeal(cast: Cast, now: datetime) -> None:
    """Two agents appeal; one of them goes on to the second level."""
    told = SampledContact.objects.filter(state="published", total__lt=100, sample__purpose=Purpose.RECHECK)
    told = told.annotate(n=Count("marks")).filter(n__lt=len(OFFICERS))  # somebody who did not mark it can rule
    for n, contact in enumerate(told.select_related("agent").order_by("total", "pk")[:2]):
        score, by = standing(contact), cast.named(contact.agent.username)
        lost = [code for code, verdict in score.verdicts.items() if verdict in ("partly", "not_met")] if score else []
        if not lost:
            continue
        kept = appealed(contact, lost[0], by, now - timedelta(hours=2))
        if n == 0:
            other = next(m for m in map(cast.named, OFFICERS) if not contact.marks.filter(by=m.user).exists())
            before = score.verdicts[lost[0]] if score else ""
            at = now - timedelta(hours=1, minutes=30)
            appeals.rule(kept, {lost[0]: before}, ruling="复听录音，未见复述。", by=other, at=at)
            appealed(contact, lost[0], by, now - timedelta(hours=1))


def appealed(contact: SampledContact, code: str, by: Membership, at: datetime) -> Appeal:
    return appeals.appeal(contact, {code: "录音 00:31"}, words="录音 00:31 处已有说明，请复听。", by=by, at=at)
