"""One file, read and checked for a notebook; a fault is one line there, and still a fault in batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ogi import readers
from ogi.checks import CONTEXT, check
from ogi.extract import Report, report_of
from ogi.forms import FIRST_YEAR
from ogi.pages.frames import Column, Frames
from ogi.pages.words import say
from ogi.readers.document import Document, UnreadableFile
from ogi.said import known, told
from ogi.tables import alone, frames

LAST_YEAR = 2099


class ReportNotShown(Exception):
    """A report that cannot be shown; a notebook prints the message alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


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


def read(path: Path, agency: str = "", year: int = 0, language: str = "en") -> OneReport:
    """Read and check one file. `agency` "" and `year` 0 leave it to the report itself to tell them.

    ReportNotShown, one line, where the file is no report or a parameter cannot be meant.
    """
    try:
        known(language)
        _require_year(year)
        document = readers.read(path)
        report = report_of(document)
    except UnreadableFile as fault:
        raise ReportNotShown(told(fault.told, language)) from fault
    except ValueError as fault:
        raise ReportNotShown(str(fault)) from fault
    dated = report if year == 0 else replace(report, year=year)
    name = agency.strip() or report.agency or str(say("no_agency", language))
    found = frames([replace(alone(dated), agency=name)])
    context = {name: found[name] for name in CONTEXT if name in found}
    checks = check(found["figures"], language, **context)
    tables = Frames(
        reports=found["reports"],
        figures=found["figures"],
        checks=checks,
        findings=found["findings"],
        narratives=found["narratives"],
        files={found["reports"]["report_id"].iloc[0]: path},
    )
    return OneReport(document, report, tables, language)


def _require_year(year: int) -> None:
    if year != 0 and not FIRST_YEAR <= year <= LAST_YEAR:
        expected = f"{FIRST_YEAR} to {LAST_YEAR}, or 0 for what the report says"
        raise ValueError(f"year: expected {expected}, found {year}")
