"""The sums of a document: what they come to as printed, and what is said of them after reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi import forms
from ogi.checks import Verdict, check
from ogi.extract.report import Report
from ogi.tables import alone, frames, from_rows
from ogi.values import State


@dataclass(frozen=True)
class Verdicts:
    """Lines of the forms' own sums, counted: those printed broken, and what reading made of them.

    `reported`: called broken; `undecided`: left open; `missed`: said to hold. `accused`: lines that hold, or
    cannot be judged, as printed, but were called broken: an error of ours laid at the agency's door.
    """

    broken: int = 0
    reported: int = 0
    undecided: int = 0
    missed: int = 0
    accused: tuple[str, ...] = ()


def verdicts(report: Report, golden: dict[str, Any]) -> Verdicts:
    """The report's sums held against those of the figures that the document prints."""
    read = frames([alone(report)])
    said, printed = (
        _official(check(read["figures"], findings=read["findings"])),
        _official(check(_true(golden))),
    )
    wrong = {line for line, verdict in printed.items() if verdict == Verdict.BROKEN}
    found = [said.get(line, Verdict.UNDECIDED) for line in wrong]
    return Verdicts(
        len(wrong), found.count(Verdict.BROKEN), found.count(Verdict.UNDECIDED),
        sum(verdict not in (Verdict.BROKEN, Verdict.UNDECIDED) for verdict in found),
        tuple(f"{rule}: {' '.join(cells)}" for rule, cells in _broken(said) if (rule, cells) not in wrong),
    )  # fmt: skip


def added(several: Iterable[Verdicts]) -> Verdicts:
    """The counts of several documents."""
    ones = list(several)
    return Verdicts(
        sum(one.broken for one in ones), sum(one.reported for one in ones),
        sum(one.undecided for one in ones), sum(one.missed for one in ones),
        tuple(line for one in ones for line in one.accused),
    )  # fmt: skip


Line = tuple[str, tuple[str, ...]]


def _official(checks: pd.DataFrame) -> dict[Line, str]:
    own = checks[checks["official"]]
    lines = zip(own["rule_id"], own["cells"].map(tuple), own["verdict"], strict=True)
    return {(rule, cells): verdict for rule, cells, verdict in lines}


def _broken(said: dict[Line, str]) -> list[Line]:
    return [line for line, verdict in said.items() if verdict == Verdict.BROKEN]


def _true(golden: dict[str, Any]) -> pd.DataFrame:
    """The figures as printed, in the editions printed."""
    rows = []
    for table, editions in forms.TABLES.items():
        edition = golden["forms"].get(table) or forms.edition_of_year(golden["year"])
        for item, measure in editions[edition].cells():
            place = table, item.id, measure.id
            state, value, unit = golden["figures"].get("/".join(place), [State.ABSENT, None, None])
            of = "printed", None, golden["year"], edition
            rows.append((*of, *place, value, unit, state, *[None] * 7, "text", 1.0))
    return from_rows("figures", rows)
