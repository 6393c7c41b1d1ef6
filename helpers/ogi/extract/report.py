"""What a report says, as read: figures, narrative, findings."""

from __future__ import annotations

from dataclasses import dataclass

from ogi.readers.document import Box


@dataclass(frozen=True)
class Figure:
    """One cell of a statutory table.

    `value` is a number where `state` is `reported`, else None. `printed` is the cell's text as it stands
    (None where the cell is absent), `note` what the cell says besides the number.
    """

    form: str
    table: str
    item: str
    measure: str
    value: float | None
    unit: str | None
    state: str
    printed: str | None = None
    note: str | None = None
    box: Box | None = None
    confidence: float = 1.0
    method: str | None = None
    """How the cell was read, where that is not how the report was."""

    @property
    def id(self) -> str:
        """table/item/measure, the ids of the form."""
        return f"{self.table}/{self.item}/{self.measure}"


@dataclass(frozen=True)
class Finding:
    """Something read but not understood, or expected but not found. Severity: error, warning or note."""

    kind: str
    severity: str
    message: str
    table: str | None = None
    page: int | None = None
    printed: str | None = None
    resembles: str | None = None


@dataclass(frozen=True)
class Narrative:
    """The text of one section: its id in the form, its number and title as printed, its paragraphs."""

    section: str
    number: str
    title: str
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Report:
    """One file, read. `agency` and `year`: what its title says, else its file's name, else its folder's."""

    source: str
    sha256: str
    method: str
    title: str | None
    agency: str | None
    year: int | None
    forms: dict[str, str | None]
    """Table id → edition found, None where the table is not in the document."""
    figures: tuple[Figure, ...]
    narratives: tuple[Narrative, ...]
    findings: tuple[Finding, ...]
