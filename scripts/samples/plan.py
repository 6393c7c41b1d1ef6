"""How one report is to be printed: its format, its habits in cells and labels, its faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FORMATS = {
    "pdf": "pdf",
    "docx_pdf": "pdf",
    "pdf_ruled": "pdf",
    "pdf_unruled": "pdf",
    "html": "html",
    "cms": "html",
    "docx": "docx",
    "txt_cells": "txt",
    "txt_rows": "txt",
    "md": "md",
    "md_groups": "md",
}
"""Format → the file's extension. `cms` is HTML as a content management system emits it; of the PDFs `pdf` is
printed by a browser, `docx_pdf` by a word processor, and the others are drawn directly, with ruling lines or
without."""


@dataclass(frozen=True)
class Style:
    """How a report prints its numbers. Figures are named `table/item/measure`."""

    zero: str = "0"
    """How a zero is printed in the tables of requests and review; empty for a blank cell."""
    blank: str = ""
    """What stands in a cell without a figure: nothing, or an ideographic space."""
    totals_only: bool = False
    """Are the applicants' columns left blank in the outcome rows, and only the total filled?"""
    thousands: bool = False
    full_width: bool = False
    padding: tuple[str, ...] = ("{}",)
    """Blanks around the numbers, taken in turn."""
    amount_unit: str = "万元"
    """The unit printed with the amount procured; empty for none. 元 prints ten thousand times the amount."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Figure, or item with all its measures → the mark printed for `not applicable`."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Figure → the note printed behind its number."""
    units: tuple[str, ...] = ()
    """The figures that print their unit in the cell."""


@dataclass(frozen=True)
class Plan:
    """One report to be made. `quirks` name the special cases it shows, for the tests and the writers."""

    format: str
    title: str = "two lines"
    printed_agency: str | None = None
    requests_edition: str | None = None
    """Where the report prints another edition of the requests table than its year prescribes."""
    encoding: str = "utf-8"
    style: Style = Style()
    labels: Mapping[str, str] = field(default_factory=dict)
    """Item → its label as this report misprints or shortens it."""
    number_mark: str = "."
    """What stands behind the 1 of 1.属于…"""
    section_titles: Mapping[str, str] = field(default_factory=dict)
    break_before: tuple[str, ...] = ()
    """The items before which a table is cut in two: in a PDF the page ends there."""
    interruption: str = ""
    """The line left over between the two parts of a cut table: a page number, a running head."""
    running_head: str = ""
    """What stands at the top of every page."""
    misprints: Mapping[str, int] = field(default_factory=dict)
    """Figure → the wrong number that is printed for it."""
    missing_rows: tuple[str, ...] = ()
    added_row: tuple[str, tuple[str, ...]] | None = None
    """A locality's own row of the first block of the proactive table: its label and its cells."""
    quirks: tuple[str, ...] = ()

    @property
    def extension(self) -> str:
        return FORMATS[self.format]
