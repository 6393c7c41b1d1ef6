"""The file of review marks: each row on a rule that there is, by its id or its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ogi.agencies import nearest
from ogi.checks.catalogue import RULES, no_rule, rule_named, told_rule
from ogi.checks.causes import OFFICIAL
from ogi.checks.rows import message
from ogi.checks.years import FOLDER
from ogi.columns import CELLS
from ogi.forms.named import cell_named, name_key, official_name
from ogi.said import Said, joined, say, worded
from ogi.tables import MARKS, SETTLED, from_rows, matched, records
from ogi.tables.csv_rows import LONGEST_SHOWN, fault, read_rows
from ogi.tables.marks import COLUMNS, EXPLAINED, STANDING

PrintedIn = Callable[[str], str | None]
"""The text in a cell, None where it is in no report at hand."""
_ID = re.compile(r"(?:\d{4}:)?\w+/[\w.]+/\w+", re.ASCII)
_BETWEEN = re.compile(r"[;\n]")
"""What stands between labels in a review and in its workbook."""
_DATED = re.compile(r"(\d{4})(?::|年 ?| )")
_MOST_LINES = 3
_IN_CHINESE = {chinese: mark for mark, chinese in MARKS.items()}


def read_marks(path: Path) -> tuple[pd.DataFrame, list[Said]]:
    """The sound rows of the file, and one line for each row that is not sound, with what was expected.

    `rule_id` is a rule's id, or its name in either language. A row that names no rule is a line, too, and
    stays as it is typed, for its agency's page to show. `cells` are ids parted by
    blanks, as `ogi check --format csv` prints them, or labels parted by semicolons, in any order.
    """
    required = ("agency", "year", "rule_id", "mark", "who", "when")
    rows, messages = read_rows(path, COLUMNS, required, _faults, remarks=_unknown)
    typed = [
        {
            **row,
            "year": int(row["year"]),
            "rule_id": rule_named(row["rule_id"]) or row["rule_id"],
            "cells": [cell or "" for _, cell in _cells(row["cells"])],
            "mark": _mark(row["mark"]),
        }
        for row in rows
    ]
    return from_rows("review_marks", [tuple(row[name] for name in COLUMNS) for row in typed]), messages


def signed(mark: Mapping[Any, Any]) -> Said:
    """What a mark says: which it is, its comment, who set it and when."""
    said = {name: mark[name] for name in ("comment", "who", "when")}
    return message(
        "marked",
        "commented" if mark["comment"] else "bare",
        mark=Said(mark["mark"], MARKS[mark["mark"]]),
        **said,
    )


def settled_by(line: Mapping[Any, Any]) -> Said:
    """By whom what does not hold in that year is explained or dismissed, of a row of checks with its mark."""
    values = {name: line[name] for name in ("year", "who", "when")}
    return message("marked", "settled", mark=Said(line["mark"], MARKS[line["mark"]]), **values)


def still_printed(slip: Mapping[Any, Any], ways: Iterable[Iterable[str]], printed: PrintedIn) -> Said | None:
    """What the published report goes on to say where a mark has explained a slip of the form's own sums.

    None of any other slip: one that is dismissed was none. `slip`: with its level and its mark; `ways`: the
    cells that would mend it, way by way; `printed`: what is in a cell.
    """
    if slip["level"] != OFFICIAL or slip["mark"] != EXPLAINED:
        return None
    cells = {cell for way in ways for cell in way}
    text = printed(cells.pop()) if len(cells) == 1 else None
    return message("marked", "still", printed=text) if text else message("marked", "still_differs")


def on_no_rule(marks: pd.DataFrame) -> pd.DataFrame:
    """The marks that name no rule, as they were typed."""
    return marks[~marks["rule_id"].isin(list(RULES))]


def refusal(mark: Mapping[Any, Any]) -> Said:
    """What is said of a mark on no rule, where the line of its file is not known any more."""
    of = {"agency": mark["agency"], "year": mark["year"], "why": no_rule(mark["rule_id"])}
    return worded("ogi.tables", "mark_refused", **of)


def unmet_marks(
    checks: pd.DataFrame, reports: pd.DataFrame, marks: pd.DataFrame
) -> list[tuple[dict[str, Any], Said | None]]:
    """The marks on rules that meet nothing that is broken or undecided, each with why.

    None for why where the line of the mark holds, or its rule throughout that report: then the mark is done
    with.
    """
    on_rules = marks[marks["rule_id"].isin(list(RULES))]
    if on_rules.empty:
        return []
    placed = _placed(checks, reports)
    own = placed[placed["agency"].isin(on_rules["agency"])]
    known = set(zip(reports["agency"], reports["year"], strict=True))
    return [(mark, _why_unmet(mark, own, known)) for mark in records(matched(own, on_rules)[1])]


def told_unmet(mark: Mapping[Any, Any], why: Said) -> Said:
    """What is said of such a mark: whose and on what it is, and why it meets nothing."""
    named, rule = Said(mark["mark"], MARKS[mark["mark"]]), told_rule(mark["rule_id"])
    place = joined(map(_named, mark["cells"]), "; ", "；") if len(mark["cells"]) else _told("no_place")
    of = {"agency": mark["agency"], "year": mark["year"], "why": why}
    return _told("mark_unmet", mark=named, rule=rule, place=place, **of)


def _placed(checks: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The checks; that a report is of another agency than its folder is said of the folder's."""
    folders = checks["report_id"].map(dict(zip(reports["report_id"], reports["folder"], strict=True)))
    is_placed = (checks["rule_id"] == FOLDER) & checks["agency"].isna()
    return checks.assign(agency=checks["agency"].astype("object").mask(is_placed, folders))


def _why_unmet(
    mark: Mapping[str, Any], checks: pd.DataFrame, known: Collection[tuple[Any, Any]]
) -> Said | None:
    of_rule = checks[(checks["rule_id"] == mark["rule_id"]) & (checks["agency"] == mark["agency"])]
    own = of_rule[of_rule["year"] == mark["year"]]
    if own.empty:
        return _told("not_checked" if (mark["agency"], mark["year"]) in known else "no_report")
    lines = list(dict.fromkeys(map(tuple, own.loc[own["verdict"].isin(STANDING), "cells"])))
    if not any(row["verdict"] in STANDING for row in lines_of(mark, own)):
        return None
    told = [_line(line, [other for other in lines if other != line]) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        told.append(_told("more_lines", n=len(lines) - _MOST_LINES))
    return _told("standing_on", lines=joined(told, " | ", "、或"))


def lines_of(mark: Mapping[str, Any], checks: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of checks of a year and rule that a mark is on or, of one on none, may be meant by it.

    Those of its very cells, else those that have its cells among others, else all.
    """
    is_of = (checks["year"] == mark["year"]) & (checks["rule_id"] == mark["rule_id"])
    rows, cells = records(checks[is_of]), frozenset(mark["cells"])
    exact = [row for row in rows if cells == frozenset(row["cells"])]
    return exact or [row for row in rows if cells and cells < frozenset(row["cells"])] or rows


def _line(cells: Sequence[str], others: Iterable[Sequence[str]]) -> Said:
    """The cells that name a line: two that no other one has, where there are such, else all."""
    if not cells:
        return _told("leave_blank")
    beside = {cell for other in others for cell in other}
    alone = [cell for cell in cells if cell not in beside][:2] or cells
    return joined(map(_named, alone), "; ", "；")


def _named(cell: str) -> Said:
    """A cell by its label, where that names it alone, else by its id: either can be written in the file."""
    year, _, id = cell.rpartition(":")
    label = official_name(id)
    name = label if {cell_named(label), cell_named(label.zh)} == {id} else Said.as_printed(id)
    return say("{year}:{name}", "{year}年{name}", year=year, name=name) if year else name


def _told(key: str, **values: object) -> Said:
    return worded("ogi.tables", key, **values)


def _unknown(row: dict[str, str]) -> Iterator[Said]:
    if rule_named(row["rule_id"]) is None:
        yield no_rule(row["rule_id"])


def _faults(row: dict[str, str]) -> Iterator[Said]:
    for typed, cell in _cells(row["cells"]):
        if cell is None:
            yield fault(_wanted(typed), repr(typed[:LONGEST_SHOWN]))
    mark = _mark(row["mark"])
    if mark and mark not in MARKS:
        marks = joined((Said(*named) for named in MARKS.items()), ", ", "、")
        yield fault(worded("ogi.tables", "mark", marks=marks), repr(row["mark"]))
    if mark in SETTLED and not row["comment"]:
        yield worded("ogi.tables", "comment", mark=Said(mark, MARKS[mark]))


def _cells(text: str) -> list[tuple[str, str | None]]:
    """Each cell as it is typed, and its id after the year, if any; None for what names no one cell."""
    if all(map(_ID.fullmatch, text.split())):
        return [(typed, _cell(typed)) for typed in text.split()]
    return [(typed, _cell(typed)) for typed in map(str.strip, _BETWEEN.split(text)) if typed]


def _cell(typed: str) -> str | None:
    dated = _DATED.match(typed)
    cell = cell_named(typed[dated.end() :] if dated else typed)
    return f"{dated[1]}:{cell}" if dated and cell else cell


def _wanted(typed: str) -> Said:
    """The cell of the forms whose id or label is most like what was typed; where none is, an example."""
    labels = {cell: official_name(cell) for cell in CELLS}
    names = {name_key(name): cell for cell, own in labels.items() for name in (cell, str(own), own.zh)}
    dated = _DATED.match(typed)
    near = nearest(name_key(typed[dated.end() :] if dated else typed), names)
    if not near:
        return _told("cells_such_as", example="review/reconsideration/total")
    return _told("cell_near", near=_named(names[near[0]]))


def _mark(text: str) -> str:
    return _IN_CHINESE.get(text, text.lower())
