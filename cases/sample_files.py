"""Labelled requests from a file, to train with or to judge by. Its columns are known by their usual names, or told."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cases.features import Labelled, Sample, crossed
from cases.import_files import BadFile, columns_of, rows
from cases.import_mapping import BadRow, Mapping, cell_text, moment
from cases.models import Target

# What a column may be called. Several for one field go from the top of a tree down.
USUAL = {
    "title": ["title", "标题", "主题", "留言主题", "诉求标题"],
    "words": ["detail", "words", "text", "内容", "留言详情", "诉求内容"],
    "category": ["EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME", "一级分类", "二级分类", "三级分类"],
    "region": ["STREET_NAME", "COMMUNITY_NAME", "街道", "社区"],
    "way": ["EVENT_SRC_NAME", "EVENT_PROPERTY_NAME", "channel", "kind", "渠道", "诉求类型"],
    "at": ["at", "CREATE_TIME", "留言时间", "登记时间", "受理时间"],
}
LABELS = {
    Target.CATEGORY: ["label", "category", "一级标签", "一级分类", "类别"],
    Target.UNIT: ["unit", "DISPOSE_UNIT_ID", "承办单位", "处置单位"],  # its id outlives a change of its name
}
Columns = dict[str, list[str]]


class BadSampleFile(Exception):  # noqa: N818 - says what is wrong with the file, in words
    """Nothing can be learned from this file as it is."""


def add_columns(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME[,NAME]",
        help=f"which column holds what, where its name is unusual; fields: label, {', '.join(USUAL)}",
    )


def told(options: dict[str, Any]) -> Columns:
    """The columns named on the command line. Raises BadSampleFile for a field nobody knows."""
    columns = {}
    for given in options["column"]:
        field, _equals, names = given.partition("=")
        if field not in {"label", *USUAL} or not names:
            raise BadSampleFile(f"--column {given}: say FIELD=NAME, the field being one of label, {', '.join(USUAL)}")
        columns[field] = names.split(",")
    return columns


def target_of(path: Path, columns: Columns) -> Target:
    """What the file can teach: units if it has a column of them, else categories."""
    if "label" in columns:
        return Target.UNIT if columns["label"][0] in LABELS[Target.UNIT] else Target.CATEGORY
    there = columns_of(path, Mapping("", {}))
    return Target.UNIT if set(LABELS[Target.UNIT]) & set(there) else Target.CATEGORY


def read_samples(path: Path, columns: Columns, target: Target) -> Iterator[Labelled]:
    """The file's rows that have a label. Raises BadSampleFile."""
    try:
        mapping = Mapping(path.name, _chosen(path, columns, target))
        for _n, cells, _line in rows(path, mapping):
            if cells is not None and (found := _sample(cells, mapping, target)):
                yield found
    except (BadFile, BadRow) as error:
        raise BadSampleFile(str(error)) from error


def _chosen(path: Path, columns: Columns, target: Target) -> Columns:
    there = columns_of(path, Mapping("", {}))
    usual = {field: [name for name in names if name in there] for field, names in USUAL.items()}
    label = [name for name in LABELS[target] if name in there][:1]
    chosen = {field: names for field, names in {**usual, "label": label, **columns}.items() if names}
    if "label" not in chosen:
        raise BadSampleFile(f"{path.name} has no column with the {target}; name it with --column label=…")
    if not {"title", "words", "category"} & chosen.keys():
        raise BadSampleFile(f"{path.name} says nothing to go by; name its text with --column words=…")
    return chosen


def _sample(cells: dict[str, Any], mapping: Mapping, target: Target) -> Labelled | None:
    def of(field: str) -> list[str]:
        return [cell_text(cells[name]).strip() for name in mapping.columns.get(field, [])]

    label = "".join(of("label"))
    if not label:
        return None
    facts: tuple[str, ...] = ()
    if target == Target.UNIT:
        ways = [f"{name}={cell_text(cells[name])}" for name in mapping.columns.get("way", [])]
        facts = crossed(_path(of("category")), _path(of("region")), ways)
    text = " ".join(of("title")), " ".join(of("words"))
    return Labelled(Sample(*text, facts), label, moment("".join(of("at"))[:25], "at", mapping))


def _path(names: list[str]) -> list[str]:
    """Names under different parents are different things: city›road›pothole."""
    return ["›".join(names[: n + 1]) for n in range(len(names)) if names[n]]
