"""How a foreign table of calls says what ours says: the mapping file, and one row read with it.

A mapping is TOML. ``[columns]`` says which column holds what: one name; several, whose cells are joined; or several
such lists, tried in turn. A cell counts as empty if it is blank or named in ``empty``. ``[values.result]`` translates
what became of a call: answered, abandoned, menu, missed, or skip for rows that are no calls.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cases.import_mapping import EARLIEST, BadMapping, BadRow, cell_text, in_common, parsed, read_settings
from cases.models import Direction

FIELDS = (
    "number", "direction", "caller", "queue", "language", "agent", "organisation", "offered_at", "queued_at",
    "answered_at", "ended_at", "wait_seconds", "talk_seconds", "hold_seconds", "wrap_up_seconds", "result", "recording",
    "case",
)  # fmt: skip
DIRECTIONS = frozenset(Direction.values)
RESULTS = {"", "answered", "abandoned", "menu", "missed", "skip"}
SETTINGS = {
    "source", "sheet", "encoding", "timezone", "delimiter", "columns", "formats", "values", "defaults", "create",
    "empty", "over_midnight", "grain_seconds", "prefix",
}  # fmt: skip
UNSAID = dict.fromkeys(FIELDS, "")
HALF_A_DAY, DAY = timedelta(hours=12), timedelta(days=1)
LONGEST = timedelta(days=1)
Alternatives = tuple[tuple[str, ...], ...]


class ImportedCall(NamedTuple):
    """One row in our words. Times are instants."""

    platform_id: str
    offered_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    abandoned: bool
    in_menu: bool
    direction: str = Direction.INBOUND
    caller: str = ""
    queue: str = ""
    language: str = ""
    agent: str = ""
    organisation: str = ""
    hold_seconds: int = 0
    wrap_up_seconds: int | None = None
    recording: str = ""
    case: str = ""


@dataclass(frozen=True)
class CallMapping:
    """``grain_seconds``: by so much the file's clocks differ; ``over_midnight``: its times lack the day they end on."""

    source: str
    columns: dict[str, Alternatives]
    sheet: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    formats: list[str] = field(default_factory=list)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    create: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    over_midnight: bool = False
    grain: timedelta = timedelta()
    prefix: str = ""

    @property
    def wanted(self) -> list[str]:
        """The columns the file must have."""
        return sorted({name for tried in self.columns.values() for names in tried for name in names})


def read_call_mapping(path: Path) -> CallMapping:
    """Raises BadMapping with the line or the key that is wrong."""
    given = read_settings(path, SETTINGS)
    columns = {key: _alternatives(named) for key, named in given.get("columns", {}).items()}
    if unknown := set(columns) - set(FIELDS):
        raise BadMapping(f"{path.name}: unknown fields {', '.join(sorted(unknown))}; known are {', '.join(FIELDS)}")
    for needed in ("number", "offered_at"):
        if needed not in columns:
            raise BadMapping(f"{path.name}: say under [columns] which column holds the {needed}")
    if "source" not in given:
        raise BadMapping(f"{path.name}: name the source the calls come from")
    results = set(given.get("values", {}).get("result", {}).values())
    if strange := results - RESULTS:
        raise BadMapping(f"{path.name}: a result is one of {', '.join(sorted(RESULTS - {''}))}, not {strange.pop()}")
    return CallMapping(
        columns=columns,
        **in_common(given, path),
        empty=frozenset(given.get("empty", [])),
        over_midnight=given.get("over_midnight", False),
        grain=timedelta(seconds=given.get("grain_seconds", 0)),
        prefix=given.get("prefix", ""),
    )


def _alternatives(named: Any) -> Alternatives:
    if isinstance(named, str):
        return ((named,),)
    if named and all(isinstance(each, list) for each in named):
        return tuple(tuple(each) for each in named)
    return (tuple(named),)


def read_call(row: dict[str, Any], mapping: CallMapping, now: datetime) -> ImportedCall | None:
    """One row in our words; None for one the mapping leaves out. Raises BadRow saying what is wrong."""
    said = _said(row, mapping)
    result = said["result"]
    if result == "skip":
        return None
    if result not in RESULTS:
        raise BadRow(f"result: “{result[:40]}” is not translated by the mapping")
    number = said["number"]
    if not number:
        raise BadRow("no number of the call")
    platform_id = f"{mapping.prefix}{number}"
    if len(platform_id) > 80:
        raise BadRow("the number of the call has more than 80 characters")
    offered_at, answered_at, ended_at = _times(said, mapping, now)
    if result == "answered" and answered_at is None:
        raise BadRow("says that it was answered, and not when")
    lost = answered_at is None and ended_at is not None
    abandoned = lost and (result in ("abandoned", "menu") or "result" not in mapping.columns)
    direction = said["direction"] or str(Direction.INBOUND)
    if direction not in DIRECTIONS:
        raise BadRow(f"direction: “{direction[:40]}” is neither inbound nor outbound")
    never_queued = "queued_at" in mapping.columns and not said["queued_at"]
    return ImportedCall(
        platform_id=platform_id,
        offered_at=offered_at,
        answered_at=answered_at,
        ended_at=ended_at,
        abandoned=abandoned,
        in_menu=abandoned and (result == "menu" or never_queued),
        direction=direction,
        caller=said["caller"][:40],
        queue=said["queue"][:40],
        language=said["language"][:40],
        agent=said["agent"][:60],
        organisation=said["organisation"][:20],
        hold_seconds=_seconds(said, "hold_seconds") or 0,
        wrap_up_seconds=_seconds(said, "wrap_up_seconds"),
        recording=said["recording"][:200],
        case=said["case"][:20],
    )


def _times(
    said: dict[str, str], mapping: CallMapping, now: datetime
) -> tuple[datetime, datetime | None, datetime | None]:
    offered_at = _time(said, mapping, "offered_at")
    if offered_at is None:
        raise BadRow("no time at which it was offered")
    if offered_at < EARLIEST or offered_at > now + DAY:
        raise BadRow(f"offered_at: {offered_at:%Y-%m-%d} lies outside what can be")
    answered_at = _later(_time(said, mapping, "answered_at"), offered_at, mapping)
    if answered_at is None and (wait := _seconds(said, "wait_seconds")) is not None:
        answered_at = offered_at + timedelta(seconds=wait) if _seconds(said, "talk_seconds") else None
    ended_at = _later(_time(said, mapping, "ended_at"), answered_at or offered_at, mapping)
    if ended_at is None and answered_at is not None and (talk := _seconds(said, "talk_seconds")) is not None:
        ended_at = answered_at + timedelta(seconds=talk)
    if answered_at is not None and answered_at < offered_at:
        raise BadRow("is answered before it is offered")
    if ended_at is not None and ended_at < offered_at:
        raise BadRow("ends before it starts")
    if ended_at is not None and answered_at is not None and ended_at < answered_at:
        raise BadRow("ends before it is answered")
    if ended_at is not None and ended_at - offered_at > LONGEST:
        raise BadRow("lasts longer than a day")
    return offered_at, answered_at, ended_at


def _later(moment: datetime | None, start: datetime, mapping: CallMapping) -> datetime | None:
    """A time of day on the day after, where the file does not tell; the start, where the clocks differ by a grain."""
    if moment is None or moment >= start:
        return moment
    if mapping.over_midnight and start - moment > HALF_A_DAY:
        return moment + DAY
    return start if start - moment <= mapping.grain else moment


def _said(row: dict[str, Any], mapping: CallMapping) -> dict[str, str]:
    """What the row says of each field, else the default."""
    cells = {key: _cell(row, mapping, key) for key in mapping.columns}
    return UNSAID | mapping.defaults | {key: text for key, text in cells.items() if text is not None}


def _cell(row: dict[str, Any], mapping: CallMapping, key: str) -> str | None:
    """The first alternative whose last cell says something, translated."""
    for names in mapping.columns[key]:
        text = cell_text(row.get(names[-1])).strip()
        if text and text not in mapping.empty:
            if len(names) > 1:
                text = " ".join([*(cell_text(row.get(name)).strip() for name in names[:-1]), text])
            return mapping.values[key].get(text, text) if key in mapping.values else text
    return None


def _time(said: dict[str, str], mapping: CallMapping, key: str) -> datetime | None:
    text = said[key]
    if not text:
        return None
    found = parsed(text, mapping.formats)
    if found is None:
        raise BadRow(f"{key}: “{text[:40]}” is no time")
    return (found if found.tzinfo else found.replace(tzinfo=mapping.zone)).astimezone(UTC)


def _seconds(said: dict[str, str], key: str) -> int | None:
    """A number of seconds, or a length written 1:02:03 or 2:03."""
    text = said[key]
    if not text:
        return None
    parts = text.removesuffix(".0").split(":")
    if len(parts) > 3 or not all(part.isascii() and part.isdecimal() and len(part) <= 6 for part in parts):
        raise BadRow(f"{key}: “{text[:40]}” is no length of time")
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds
