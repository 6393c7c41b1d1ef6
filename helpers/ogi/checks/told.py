"""Counts told in words against the tables: which reading fits, and else what the number is instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi import forms
from ogi.checks.kinds import Reading, items_of
from ogi.checks.mentions import Mention, mentions
from ogi.checks.sentences import LANGUAGES, Verdict, amount, parts_name
from ogi.extract.report import Severity
from ogi.forms import Item, Table
from ogi.values import State

SECTIONS = ("preamble", "overview", "requests", "review")
"""The sections whose words tell of the tables. An overview under a title of its own is in the preamble."""
TOTAL = "total"
_MOST_MATCHES, _LONGEST_SHOWN = 3, 80

SENTENCES = {
    "en": {
        Verdict.HOLDS: "“{clause}” agrees with {names} = {right}.",
        Verdict.HOLDS_BLANK_AS_ZERO: "“{clause}” agrees with {names} = {right}, blank cells read as zero.",
        Verdict.BROKEN: "“{clause}”, but the table gives {names} = {right}.{instead}",
        Verdict.UNDECIDED: "“{clause}” cannot be compared with {names} = {right}: {reason}.{instead}",
        "instead": " {number} is {names} alone.",
        "scope": "it is told of “{scope}”, which may be less or more than the table covers",
        "unknown": "a cell of the table is unreadable or not in the document",
    },
    "zh": {
        Verdict.HOLDS: "“{clause}”与{names} = {right}一致。",
        Verdict.HOLDS_BLANK_AS_ZERO: "“{clause}”与{names} = {right}一致（空白按零计）。",
        Verdict.BROKEN: "“{clause}”，而表中{names} = {right}。{instead}",
        Verdict.UNDECIDED: "“{clause}”与{names} = {right}无法比较：{reason}。{instead}",
        "instead": "{number}只是{names}。",
        "scope": "所述范围为“{scope}”，与表格范围可能不同",
        "unknown": "表中有单元格无法识读或缺失",
    },
}


@dataclass(frozen=True)
class Sum:
    """What a reading comes to: its value (None where a part is not known), its cells, how it is called."""

    value: float | None
    cells: tuple[str, ...]
    names: str
    has_blank: bool = False


class Figures:
    """One report's figures by table, item and measure, and the sums over them."""

    def __init__(self, rows: dict[str, tuple[str, float]], tables: dict[str, Table]) -> None:
        self._rows, self.tables = rows, tables

    def reading(self, reading: Reading, measures: tuple[str, ...] = ()) -> Sum:
        """The total column over the items of a reading; where it is blank, the applicants' columns.

        With `measures`, these columns instead.
        """
        table = self.tables[reading.table]
        items = items_of(reading, table.items)
        if measures:
            found = self._column_sum(table, [(item, measure) for item in items for measure in measures])
            columns = " + ".join(table.measure(measure).zh for measure in measures)
            return self._named(found, f"{_names(table, items)} / {columns}")
        parts = [self._total(table, item) for item in items]
        known = [part.value for part in parts if part.value is not None]
        value = sum(known) if parts and len(known) == len(parts) else None
        cells = tuple(cell for part in parts for cell in part.cells)
        whole = Sum(value, cells, _names(table, items), any(part.has_blank for part in parts))
        return self._less(whole, Reading(reading.table, reading.less)) if reading.less else whole

    def _less(self, whole: Sum, taken: Reading) -> Sum:
        """What is left of a sum without another one."""
        off = self.reading(taken)
        value = None if whole.value is None or off.value is None else whole.value - off.value
        cells, blank = (*whole.cells, *off.cells), whole.has_blank or off.has_blank
        return Sum(value, cells, f"{whole.names} - {off.names}", blank)

    def parts(self, reading: Reading) -> Sum:
        """What the parts of the items add up to, whatever their totals say."""
        table = self.tables[reading.table]
        items = items_of(reading, table.items)
        cells = [(item, measure) for item in items for measure in table.cells_of[item] if measure != TOTAL]
        parts = parts_name([table.measure(measure) for measure in dict.fromkeys(m for _, m in cells)])
        return self._named(self._column_sum(table, cells), f"{_names(table, items)} / {parts}")

    def matching(self, number: float, reading: Reading) -> list[Sum]:
        """The cells and sums akin to a reading that come to a number: items alone; if none, columns alone."""
        table = self.tables[reading.table]
        items = items_of(reading, table.items)
        single = [self._named(self._total(table, i), _names(table, (i,))) for i in items if len(items) > 1]
        columns = [
            self._column(table, items, measure.id) for measure in table.measures if measure.id != TOTAL
        ]
        cells = [self._column(table, (i,), m.id) for i in items for m in table.measures if m.id != TOTAL]
        told = ([one for one in some if one.value == number] for some in (single, [*columns, *cells]))
        return next((some[:_MOST_MATCHES] for some in told if some), [])

    def _total(self, table: Table, item: str) -> Sum:
        state, value = self._cell(table, item, TOTAL)
        cells = (f"{table.id}/{item}/{TOTAL}",)
        if state == State.REPORTED:
            return Sum(value, cells, item)
        if state not in (State.BLANK, State.NOT_APPLICABLE):
            return Sum(None, cells, item)
        ids = [measure for measure in table.cells_of[item] if measure != TOTAL]
        return self._column_sum(table, [(item, measure) for measure in ids])

    def _column(self, table: Table, items: tuple[str, ...], measure: str) -> Sum:
        return self._named(
            self._column_sum(table, [(item, measure) for item in items]),
            f"{_names(table, items)} / {table.measure(measure).zh}",
        )

    def _column_sum(self, table: Table, cells: list[tuple[str, str]]) -> Sum:
        found = [self._cell(table, *cell) for cell in cells]
        known = all(state in (State.REPORTED, State.BLANK, State.NOT_APPLICABLE) for state, _ in found)
        value = sum(value for state, value in found if state == State.REPORTED) if known else None
        ids = tuple(f"{table.id}/{item}/{measure}" for item, measure in cells)
        return Sum(value, ids, "", any(state != State.REPORTED for state, _ in found))

    def _cell(self, table: Table, item: str, measure: str) -> tuple[str, float]:
        return self._rows.get(f"{table.id}/{item}/{measure}", (State.ABSENT, 0.0))

    @staticmethod
    def _named(found: Sum, names: str) -> Sum:
        return Sum(found.value, found.cells, names, found.has_blank)


def _names(table: Table, items: tuple[str, ...]) -> str:
    """How a sum of items is called: by the heading they fill, else by their labels."""
    groups = {item.group for item in table.items if item.id in items}
    group = groups.pop() if len(items) > 1 and len(groups) == 1 else None
    if group is not None and {item.id for item in table.items if item.group == group} == set(items):
        return group.number + group.zh
    return " + ".join(_short(table.item(item)) for item in items)


def _short(item: Item) -> str:
    """The label without the explanation that the form prints in brackets behind it."""
    return item.number + item.zh.partition("（")[0]


def told(figures: pd.DataFrame, narratives: pd.DataFrame, language: str = "en") -> list[dict[str, object]]:
    """A row of the table `checks` for every count that a report's words tell of its tables.

    `holds` where one reading fits, or the parts of one whose printed total is wrong; `undecided` where none
    does but the words name another scope (本级, 代表区政府) or a cell is not known; `broken` otherwise, with
    the cells that the number does match.
    """
    if language not in LANGUAGES:
        raise ValueError(f"expected the language en or zh, found {language!r}")
    words = narratives[narratives["section"].isin(SECTIONS)]
    by_report = _by_report(figures, set(words["report_id"].astype(str)))
    return [
        _row(mention, *by_report[file], language)
        for file, section, text in zip(words["report_id"], words["section"], words["text"], strict=True)
        if file in by_report
        for mention in mentions(str(text), *_whose(by_report[file][0]), str(section))
    ]


def _whose(identity: dict[str, Any]) -> tuple[int | None, str | None]:
    """The year and the agency, None where they are not known."""
    year, agency = identity["year"], identity["agency"]
    return None if pd.isna(year) else int(year), None if pd.isna(agency) else str(agency)


def _by_report(figures: pd.DataFrame, wanted: set[str]) -> dict[str, tuple[dict[str, Any], Figures]]:
    """Report → its identity and its figures; only of the reports that tell something."""
    rows = figures[figures["report_id"].isin(wanted)]
    ids = (rows["table"] + "/" + rows["item"] + "/" + rows["measure"]).to_numpy()
    columns = {name: rows[name].to_numpy() for name in ("agency", "year", "table", "form", "state", "value")}
    found: dict[str, tuple[dict[str, Any], Figures]] = {}
    for report_id, at in rows.groupby("report_id", sort=False).indices.items():
        own = {name: column[at] for name, column in columns.items()}
        cells = dict(zip(ids[at], zip(own["state"], own["value"], strict=True), strict=True))
        editions = dict(zip(own["table"], own["form"], strict=True))
        tables = {table: forms.TABLES[table][edition] for table, edition in editions.items()}
        identity = {"report_id": report_id, "agency": own["agency"][0], "year": own["year"][0]}
        found[str(report_id)] = (identity, Figures(cells, tables))
    return found


def _row(mention: Mention, identity: dict[str, object], figures: Figures, language: str) -> dict[str, object]:
    sums = [figures.reading(reading, mention.measures) for reading in mention.readings]
    parts = [] if mention.measures else [figures.parts(reading) for reading in mention.readings]
    also = [figures.reading(reading, mention.also) for reading in mention.readings if mention.also]
    fits = [found for found in (*sums, *parts, *also) if found.value == mention.number]
    best = fits[0] if fits else sums[0]
    reason = _reason(mention, sums, language)
    fitting = Verdict.HOLDS_BLANK_AS_ZERO if best.has_blank else Verdict.HOLDS
    verdict = fitting if fits else Verdict.UNDECIDED if reason else Verdict.BROKEN
    return {
        **identity,
        "rule_id": f"told.{mention.kind.id}",
        "severity": Severity.WARNING,
        "official": False,
        "verdict": verdict,
        "left": mention.number,
        "right": best.value,
        "difference": None if best.value is None else mention.number - best.value,
        "cells": list(best.cells),
        "message": _message(mention, verdict, best, reason, figures, language),
    }


def _reason(mention: Mention, sums: list[Sum], language: str) -> str:
    if any(found.value is None for found in sums):
        return SENTENCES[language]["unknown"]
    return "" if mention.scope is None else SENTENCES[language]["scope"].format(scope=_shown(mention.scope))


def _shown(words: str) -> str:
    """Words as a message shows them: a text without any mark is one clause, as long as it may be."""
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"


def _instead(mention: Mention, figures: Figures, language: str) -> str:
    matches = [m for reading in mention.readings for m in figures.matching(mention.number, reading)]
    names = list(dict.fromkeys(found.names for found in matches))[:_MOST_MATCHES] if mention.number else []
    joint = " or " if language == "en" else "或"
    sentence = SENTENCES[language]["instead"] if names else ""
    return sentence.format(number=amount(mention.number), names=joint.join(names))


def _message(mention: Mention, verdict: str, best: Sum, reason: str, figures: Figures, language: str) -> str:
    instead = _instead(mention, figures, language) if verdict in (Verdict.BROKEN, Verdict.UNDECIDED) else ""
    right = amount(float("nan") if best.value is None else best.value)
    return SENTENCES[language][verdict].format(
        clause=_shown(mention.clause), names=best.names, right=right, reason=reason, instead=instead
    )
