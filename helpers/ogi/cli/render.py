"""Figures and checks for a terminal: the statutory tables as grids, verdicts as lines."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from ogi.checks import Verdict, told_rule
from ogi.checks.causes import cells_corrected, corrected_in
from ogi.checks.marks import signed
from ogi.cli.checking import SHOWN, Checked
from ogi.cli.shell import counted, plain
from ogi.forms import TABLES, Group, Measure, Table
from ogi.said import Said, joined, say, told, worded
from ogi.tables import number, records
from ogi.tables.misprints import DOUBTED, UNCONFIRMED
from ogi.trace import Step, told_cell
from ogi.values import LEAST_CONFIDENCE, State

if TYPE_CHECKING:  # imported where it is shown
    from ogi.releases import Summary

SIGNS = {State.BLANK: "·", State.NOT_APPLICABLE: "/", State.UNREADABLE: "?", State.ABSENT: "×"}
DOUBTFUL = "~"
"""Stands before what was read with little confidence."""
_FOLD = 2
"""Characters in a line of a column's head: so the seven kinds of applicants fit into 80 columns."""
_LABELS = 14
"""Columns for the labels at least: room for seven characters."""
_WIDE = 200
"""Columns where there is no terminal: no label is cut then."""


_worded = partial(worded, "ogi.cli")


def figures_text(figures: pd.DataFrame, reports: pd.DataFrame, language: str) -> str:
    """Each report's statutory tables as grids of items × measures, under the official labels."""
    console = _console()
    with console.capture() as captured:
        for report in records(reports):
            _print_line(console, _title(report), "bold")
            own = figures[figures["report_id"] == report["report_id"]]
            for title, grid in _grids(own, console.width):
                _print_line(console, told(title, language))
                console.print(grid, crop=False, no_wrap=True)
        if set(figures["state"]) - {State.REPORTED} or (figures["confidence"] < LEAST_CONFIDENCE).any():
            _print_line(console, told(_legend(), language), "dim")
    return captured.get()


def steps_text(steps: Sequence[Step], modules: bool = False) -> str:
    """The way of a figure, a step a line: its name, what was found; with `modules`, who decided it."""
    width = max(cell_len(step.name) for step in steps)
    return "".join(
        f"{step.name}{' ' * (width - cell_len(step.name))}  {plain(step.text)}"
        f"{f'  [{step.module}]' if modules else ''}\n"
        for step in steps
    )


def checks_text(checked: Checked, reports: pd.DataFrame, language: str) -> str:
    """Per report, how many lines have which verdict, then each that is broken or undecided in a sentence.

    Before them the figures that are corrected, after each the review mark on it, or on its cause.
    """
    checks = checked.checks.join(checked.marks)
    console = _console()
    with console.capture() as captured:
        for report in records(reports):
            own = checks[checks["report_id"] == report["report_id"]]
            head = _worded("counts", title=_title(report), counts=_counts(own, checked.corrected))
            _print_line(console, told(head, language), "bold")
            for row in records(checked.corrected[checked.corrected["report_id"] == report["report_id"]]):
                _print_line(console, "  " + told(_correction(row), language))
            for row in records(own[own["verdict"].isin(SHOWN)]):
                _print_line(console, "  " + told(_verdict(row), language))
                if row["mark"] is not None:
                    _print_line(console, "    " + told(signed(row), language))
    return captured.get()


def _counts(checks: pd.DataFrame, corrections: pd.DataFrame) -> Said:
    """How many lines have which verdict, and how many corrections left lines undecided."""
    times = checks["verdict"].value_counts()
    counts = [
        say("{n} {verdict}", "{verdict}{n}行", n=times[v], verdict=worded("ogi", f"verdict.{v}"))
        for v in Verdict
        if v in times.index
    ]
    of_hand = cells_corrected(corrections)
    found = [(row["report_id"], *corrected_in(row, of_hand)) for row in records(checks)] if of_hand else []
    doubted = [cell for cell in found if len(cell) > 1]
    if doubted:
        matters = counted("correction", len(set(doubted)))
        counts.append(_worded("by_corrections", n=len(doubted), corrections=matters))
    return joined(counts, ", ", "，") if counts else _worded("nothing_to_check")


def _verdict(row: dict[str, Any]) -> Said:
    key = "graded" if row["verdict"] == Verdict.BROKEN else "ungraded"
    verdict = worded("ogi", f"verdict.{row['verdict']}")
    severity = worded("ogi", f"severity.{row['severity']}")
    rule = told_rule(row["rule_id"])
    return _worded(key, verdict=verdict, severity=severity, rule=rule, message=row["message"])


def differences_text(summary: Summary, language: str) -> str:
    """The changes between two datasets, a grid for each kind, with their causes counted."""
    console = _console()
    with console.capture() as captured:
        sections = list(summary.sections(language))
        for section in sections:
            causes = f" ({section['causes']})" if section["causes"] else ""
            _print_line(console, f"{section['title']}: {section['count']}{causes}", "bold")
            grid = Grid(box=None, padding=(0, 2, 0, 0), show_header=False)
            for row in section["rows"]:
                names = ("agency", "year", "what", "old", "new", "cause")
                agency, year, what, old, new, cause = (plain(row[name]) for name in names)
                arrow = "→" if old or new else ""
                grid.add_row(*map(Text, (agency, year, what, old, arrow, new, cause)))
            console.print(grid, crop=False, soft_wrap=True)
            if section["more"]:
                _print_line(console, told(worded("ogi.releases", "more", n=section["more"]), language), "dim")
        if not sections:
            _print_line(console, told(worded("ogi.releases", "same"), language))
    return captured.get()


def changes_text(listed: pd.DataFrame, most: int, language: str) -> str:
    """The values that differ in two panels, a line each; of many the first."""
    console = _console()
    with console.capture() as captured:
        grid = Grid(box=None, padding=(0, 2, 0, 0), show_header=False)
        for row in records(listed.head(most)):
            before, after = (_told_value(row[name]) for name in ("before", "after"))
            cells = (row["agency"], str(row["year"]), row["variable"], before, "→", after)
            grid.add_row(*(Text(plain(cell)) for cell in cells))
        console.print(grid, crop=False, soft_wrap=True)
        if len(listed) > most:
            more = worded("ogi.releases", "more", n=len(listed) - most)
            _print_line(console, told(more, language), "dim")
        if listed.empty:
            _print_line(console, told(worded("ogi.releases", "same"), language))
    return captured.get()


def _told_value(value: object) -> str:
    if value is None:
        return "\u2013"
    return number(value) if isinstance(value, float) else str(value)


def _correction(row: dict[str, Any]) -> Said:
    cell = told_cell(f"{row['table']}/{row['item']}/{row['measure']}")
    corrected = row["corrected"] or _worded("blank")
    reason = _signed(row["reason"], row)
    told_of = _worded("corrected", cell=cell, printed=row["printed"], corrected=corrected, reason=reason)
    # The line that it leaves undecided is not there where only what is broken is shown.
    is_open = row["ground"] in (DOUBTED, UNCONFIRMED)
    return (
        joined([told_of, worded("ogi.review", f"ground.{row['ground']}")], "; ", "；") if is_open else told_of
    )


def _signed(text: str, row: dict[str, Any]) -> Said:
    signed = _worded("signed", text=text, who=row["who"], when=row["when"])
    return Said(signed.lstrip(), signed.zh.lstrip())


def _legend() -> Said:
    states = ((mark, worded("ogi", f"state.{state}")) for state, mark in SIGNS.items())
    signs = [*states, (DOUBTFUL, _worded("doubtful"))]
    return joined(
        (say("{sign} {meaning}", "{sign} {meaning}", sign=s, meaning=m) for s, m in signs), ", ", "，"
    )


def _console() -> Console:
    tty = sys.stdout.isatty()
    return Console(file=sys.stdout, width=None if tty else _WIDE, highlight=False, markup=False, emoji=False)


def _print_line(console: Console, line: str, style: str = "") -> None:
    console.print(Text(plain(line), style), soft_wrap=True)


def _title(report: dict[str, Any]) -> str:
    known = [str(report[name]) for name in ("agency", "year") if not pd.isna(report[name])]
    return " ".join([*known, f"({report['report_id']})"])


def _grids(figures: pd.DataFrame, width: int) -> Iterator[tuple[Said, Grid]]:
    for editions in TABLES.values():
        for edition, table in editions.items():
            own = figures[(figures["table"] == table.id) & (figures["form"] == edition)]
            if len(own) > 0:
                name = Said(f"{table.zh} {table.en}", table.zh)
                yield _worded("form", table=name, edition=edition), _grid(own, table, width)


def _grid(figures: pd.DataFrame, table: Table, width: int) -> Grid:
    """Number columns are as wide as they need; where the terminal is narrow, only the labels are cut."""
    cells = {(row["item"], row["measure"]): row for row in records(figures)}
    rows = [[_cell(cells.get((item.id, m.id)), m) for m in table.measures] for item in table.items]
    heads = ["\n".join(m.zh[n : n + _FOLD] for n in range(0, len(m.zh), _FOLD)) for m in table.measures]
    widths = [
        max(_FOLD * 2, *(cell_len(text.plain) for text in column)) for column in zip(*rows, strict=True)
    ]
    grid = Grid(box=SIMPLE_HEAD, padding=0)
    left = width - sum(widths) - len(heads) - 2
    grid.add_column("", no_wrap=True, overflow="ellipsis", max_width=max(left, _LABELS))
    for head, least in zip(heads, widths, strict=True):
        grid.add_column(head, justify="right", no_wrap=True, min_width=least)
    above: tuple[Group, ...] = ()
    for item, row in zip(table.items, rows, strict=True):
        for depth, group in enumerate(item.groups):
            if item.groups[: depth + 1] != above[: depth + 1]:
                grid.add_row(Text("  " * depth + group.number + group.zh, "dim"))
        above = item.groups
        grid.add_row(Text("  " * len(item.groups) + item.label), *row)
    return grid


def _cell(row: dict[str, Any] | None, measure: Measure) -> Text:
    if row is None:
        return Text("")
    is_seen = row["state"] not in (State.UNREADABLE, State.ABSENT)
    doubt = DOUBTFUL if is_seen and row["confidence"] < LEAST_CONFIDENCE else ""
    if row["state"] != State.REPORTED:
        return Text(doubt + SIGNS[row["state"]])
    unit = row["unit"] if isinstance(row["unit"], str) and row["unit"] != measure.unit else ""
    return Text(doubt + number(row["value"]) + unit)
