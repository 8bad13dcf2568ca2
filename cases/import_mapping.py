"""How a foreign table says what ours says: the mapping file, and one row read with it.

A mapping is TOML: ``source`` names the platform the numbers come from; ``[columns]`` says which column holds what;
``[values.kind]`` and the like translate cell contents; ``[formats]`` gives the ways times are written.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cases.models import Kind
from cases.registration import TITLE_LIMIT, WORDS_LIMIT
from hotline.plain_text import clean_text
from hotline.privacy import InvalidPhone, normalise_phone

FIELDS = {
    "number", "title", "words", "registered_at", "closed_at", "due_at", "on_time", "reply", "replied_at", "kind",
    "channel", "category", "region", "place", "unit", "latitude", "longitude", "name", "phone", "transfers",
    "days",
}  # fmt: skip
TIMES = {"registered_at", "closed_at", "due_at", "replied_at"}
REPEATABLE = {"words", "category", "region", "title"}
EARLIEST = datetime(1999, 1, 1, tzinfo=UTC)  # the first 12345 lines opened that year
SETTINGS = {
    "source",
    "sheet",
    "encoding",
    "timezone",
    "delimiter",
    "columns",
    "formats",
    "values",
    "defaults",
    "create",
}


class BadMapping(Exception):  # noqa: N818 - says what is wrong with the file, in words
    """The mapping cannot be used as it is."""


class BadRow(Exception):  # noqa: N818
    """This row cannot be taken; the text says why."""


@dataclass(frozen=True)
class ImportedRow:
    """One row in our words. Times are instants; ``category`` and ``region`` are names from the top down."""

    number: str
    title: str
    words: str
    registered_at: datetime
    kind: str
    channel: str
    closed_at: datetime | None = None
    due_at: datetime | None = None
    on_time: bool | None = None
    reply: str = ""
    replied_at: datetime | None = None
    category: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    place: str = ""
    unit: str = ""
    latitude: float | None = None
    longitude: float | None = None
    name: str = ""
    phone: str = ""
    transfers: int | None = None


@dataclass(frozen=True)
class Mapping:
    source: str
    columns: dict[str, list[str]]
    sheet: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    formats: list[str] = field(default_factory=list)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    create: frozenset[str] = frozenset()

    @property
    def wanted(self) -> list[str]:
        """The columns the file must have."""
        return sorted({name for names in self.columns.values() for name in names})


def read_settings(path: Path, known: set[str]) -> dict[str, Any]:
    """What a mapping file says. Raises BadMapping where it is no TOML or says what nobody asks."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(f"{path.name} cannot be read: {error}") from error
    if unknown := set(given) - known:
        raise BadMapping(f"{path.name}: unknown settings {', '.join(sorted(unknown))}")
    return given


def in_common(given: dict[str, Any], path: Path) -> dict[str, Any]:
    """The settings that every mapping has besides its columns, whatever it is of. Raises BadMapping."""
    try:
        zone = ZoneInfo(given.get("timezone", "Asia/Shanghai"))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadMapping(f"{path.name}: unknown time zone {given['timezone']}") from error
    return {
        "source": given["source"],
        "sheet": given.get("sheet", ""),
        "encoding": given.get("encoding", "utf-8-sig"),
        "delimiter": given.get("delimiter", ","),
        "zone": zone,
        "formats": given.get("formats", []),
        "values": given.get("values", {}),
        "defaults": given.get("defaults", {}),
        "create": frozenset(given.get("create", [])),
    }


def read_mapping(path: Path) -> Mapping:
    """Raises BadMapping with the line or the key that is wrong."""
    given = read_settings(path, SETTINGS)
    columns = {key: [name] if isinstance(name, str) else list(name) for key, name in given.get("columns", {}).items()}
    if unknown := set(columns) - FIELDS:
        raise BadMapping(
            f"{path.name}: unknown fields {', '.join(sorted(unknown))}; known are {', '.join(sorted(FIELDS))}"
        )
    if several := [key for key, names in columns.items() if len(names) > 1 and key not in REPEATABLE]:
        raise BadMapping(f"{path.name}: only one column can be the {several[0]}")
    for needed in ("number", "words"):
        if needed not in columns:
            raise BadMapping(f"{path.name}: say under [columns] which column holds the {needed}")
    if "source" not in given:
        raise BadMapping(f"{path.name}: name the source the numbers come from")
    return Mapping(columns=columns, **in_common(given, path))


def read_row(row: dict[str, Any], mapping: Mapping, now: datetime) -> ImportedRow:
    """One row in our words. Raises BadRow saying which column is wrong and how."""
    cells = {key: _cells(row, mapping, key) for key in FIELDS}
    times = {key: _time(cells[key], key, mapping) for key in TIMES}
    registered_at = times["registered_at"]
    if registered_at is None:
        raise BadRow("no time of registration")
    if (days := _count(cells["days"])) is not None and times["closed_at"] is None:
        times["closed_at"] = registered_at + timedelta(days=days)
    _check_times(times, now)
    words = "\n".join(cells["words"])
    if not words:
        raise BadRow("no text")
    if len(words) > WORDS_LIMIT:
        raise BadRow(f"the text has {len(words)} characters, at most {WORDS_LIMIT} are kept")
    return ImportedRow(
        number=_needed(cells["number"], "number")[:60],
        title=(" ".join(cells["title"]) or words.splitlines()[0])[:TITLE_LIMIT],
        words=words,
        registered_at=registered_at,
        closed_at=times["closed_at"],
        due_at=times["due_at"],
        replied_at=times["replied_at"],
        reply="\n".join(cells["reply"]),
        on_time=_flag(cells["on_time"]),
        kind=_kind(cells["kind"]),
        channel=_one(cells["channel"]) or "import",
        category=tuple(cells["category"]),
        region=tuple(cells["region"]),
        place=_one(cells["place"])[:200],
        unit=_one(cells["unit"])[:120],
        latitude=_degrees(cells["latitude"], 90),
        longitude=_degrees(cells["longitude"], 180),
        name=_one(cells["name"])[:60],
        phone=_phone(cells["phone"]),
        transfers=_count(cells["transfers"]),
    )


def _cells(row: dict[str, Any], mapping: Mapping, key: str) -> list[str]:
    """The cleaned, translated cells of a field, empty ones left out; the default if there is none."""
    translate = mapping.values.get(key, {})
    found = []
    for column in mapping.columns.get(key, []):
        text = clean_text(cell_text(row.get(column)))
        text = translate.get(text, text)
        if text and text not in found:
            found.append(text)
    return found or [default for default in [mapping.defaults.get(key, "")] if default]


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without a point, times in ISO form, nothing for an empty cell."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)


def _one(cells: list[str]) -> str:
    return cells[0] if cells else ""


def _needed(cells: list[str], key: str) -> str:
    if not cells:
        raise BadRow(f"no {key}")
    return cells[0]


def _time(cells: list[str], key: str, mapping: Mapping) -> datetime | None:
    return moment(_one(cells), key, mapping)


def moment(text: str, key: str, mapping: Mapping) -> datetime | None:
    """The instant a cell tells, None for an empty one. Raises BadRow."""
    if not text:
        return None
    found = parsed(text, mapping.formats)
    if found is None:
        raise BadRow(f"{key}: “{text[:40]}” is no time")
    return (found if found.tzinfo else found.replace(tzinfo=mapping.zone)).astimezone(UTC)


def parsed(text: str, formats: list[str]) -> datetime | None:
    """By the first of the formats that fits, else in ISO form; None for what is no time."""
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the mapping's zone is added by the caller
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _check_times(times: dict[str, datetime | None], now: datetime) -> None:
    start = times["registered_at"]
    for key, moment in times.items():
        if moment is None or start is None:
            continue
        if moment < EARLIEST or (moment > now + timedelta(days=1) and key != "due_at"):
            raise BadRow(f"{key}: {moment:%Y-%m-%d} lies outside what can be")
        if moment < start and key != "due_at":
            raise BadRow(f"{key}: {moment:%Y-%m-%d %H:%M} lies before the registration")


def _kind(cells: list[str]) -> str:
    kind = _one(cells) or Kind.OTHER
    if kind not in Kind.values:
        raise BadRow(f"kind: “{kind[:40]}” is not translated by the mapping")
    return kind


def _flag(cells: list[str]) -> bool | None:
    text = _one(cells).lower()
    if text in ("", "unknown"):
        return None
    if text in ("1", "true", "yes", "ontime"):
        return True
    if text in ("0", "false", "no", "overdue"):
        return False
    raise BadRow(f"on_time: “{text[:40]}” is neither yes nor no")


def _degrees(cells: list[str], limit: int) -> float | None:
    if not cells:
        return None
    try:
        degrees = float(cells[0])
    except ValueError as error:
        raise BadRow(f"“{cells[0][:40]}” is no coordinate") from error
    if not -limit <= degrees <= limit:
        raise BadRow(f"coordinate {degrees} lies outside the globe")
    return degrees or None


def _count(cells: list[str]) -> int | None:
    if not cells:
        return None
    whole = cells[0].removesuffix(".0")
    if not whole.isdecimal() or len(whole) > 5:
        raise BadRow(f"“{cells[0][:40]}” is no count")
    return int(whole)


def _phone(cells: list[str]) -> str:
    if not cells:
        return ""
    try:
        return normalise_phone(cells[0])
    except InvalidPhone as error:
        raise BadRow("phone: not a telephone number") from error
