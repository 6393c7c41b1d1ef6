"""One file, read and checked for a notebook; a fault is one line there, and still a fault in batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ogi import readers, workers
from ogi.checks import Verdict, check_tables
from ogi.extract import report_of
from ogi.extract.report import Figure, Report
from ogi.forms import FIRST_YEAR
from ogi.pages.frames import Column, Frames
from ogi.pages.html import percent, plain
from ogi.readers.document import Box, Document, UnreadableFile
from ogi.said import Refused, known
from ogi.tables import alone, frames, records
from ogi.values import LEAST_CONFIDENCE, State

LAST_YEAR = 2099
BROKEN, DOUBT, HOLDS, UNCHECKED, EMPTY = "broken", "doubt", "holds", "unchecked", "empty"
STANDINGS = (BROKEN, DOUBT, HOLDS, UNCHECKED, EMPTY)
"""The most serious first."""


@dataclass(frozen=True)
class Standing:
    """One of STANDINGS, and the sentences that say why a figure is broken or in doubt."""

    kind: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class OneReport:
    """A file, what was read from it, and its tables with the agency and year it is taken to be of."""

    document: Document
    read: Report
    frames: Frames
    language: str

    @property
    def path(self) -> Path:
        """The file."""
        return self.document.path

    @cached_property
    def column(self) -> Column:
        """The only column of a table over the years."""
        return self.frames.columns[0]

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """Where each figure stands, by its id, as far as it has a place on a page."""
        return {figure.id: figure.box for figure in self.read.figures if figure.box is not None}

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """How far each figure can be relied on, by its id.

        A figure whose own text or reading is unclear is in doubt, and so is one with a sum that is undecided,
        unless another of its sums is broken. What is broken but not demanded by the form itself is a doubt
        too. A blank cell whose sums hold with it read as zero is empty, not in doubt.
        """
        messages: dict[str, dict[str, list[str]]] = {}
        for row in records(self.frames.checks):
            verdict = row["verdict"] if row["official"] else _beyond_the_form(row["verdict"])
            for cell in row["cells"]:
                messages.setdefault(cell, {}).setdefault(verdict, []).append(row["message"])
        figures = self.read.figures
        return {
            figure.id: _standing(figure, messages.get(figure.id, {}), self.language) for figure in figures
        }


def read(path: Path, agency: str = "", year: int = 0, language: str = "en") -> OneReport:
    """Read and check one file. `agency` "" and `year` 0 leave it to the report itself to tell them.

    Refused, one line, where the file is no report or a parameter cannot be meant.
    """
    try:
        known(language)
        _require_year(year)
        document = workers.run(readers.read, path)
        report = report_of(document)
    except UnreadableFile as fault:
        raise Refused(fault.told, language) from fault
    except ValueError as fault:
        raise Refused(str(fault)) from fault
    dated = report if year == 0 else replace(report, year=year)
    name = agency.strip() or report.agency or plain("no_agency", language)
    found = frames([replace(alone(dated), agency=name)])
    checks = check_tables(found, language)
    files = {found["reports"]["report_id"].iloc[0]: path}
    tables = Frames(checks=checks, files=files, newest=0, **found)
    return OneReport(document, report, tables, language)


def _require_year(year: int) -> None:
    if year != 0 and not FIRST_YEAR <= year <= LAST_YEAR:
        expected = f"{FIRST_YEAR} to {LAST_YEAR}, or 0 for what the report says"
        raise ValueError(f"year: expected {expected}, found {year}")


def _beyond_the_form(verdict: str) -> str:
    """What a verdict on a rule that the form does not print counts as: a doubt, and never a proof."""
    return Verdict.UNDECIDED if verdict == Verdict.BROKEN else Verdict.NOT_APPLICABLE


def _standing(figure: Figure, messages: dict[str, list[str]], language: str) -> Standing:
    unclear = []
    if figure.state == State.UNREADABLE:
        unclear.append(plain("no_number", language))
    if figure.confidence < LEAST_CONFIDENCE:
        unclear.append(plain("unclear", language, confidence=percent(figure.confidence)))
    if Verdict.BROKEN in messages:
        return Standing(BROKEN, (*unclear, *messages[Verdict.BROKEN]))
    if unclear or Verdict.UNDECIDED in messages:
        return Standing(DOUBT, (*unclear, *messages.get(Verdict.UNDECIDED, ())))
    if figure.state in (State.BLANK, State.NOT_APPLICABLE):
        return Standing(EMPTY)
    is_proved = Verdict.HOLDS in messages or Verdict.HOLDS_BLANK_AS_ZERO in messages
    return Standing(HOLDS if is_proved else UNCHECKED)
