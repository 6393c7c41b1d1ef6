"""What a report says, as read: figures, narrative, findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from ogi import said
from ogi.readers.document import Box, Method
from ogi.said import Said
from ogi.values import State

worded = partial(said.worded, "ogi.extract")
"""What extraction says, by its key in its wordings.yaml."""


class Severity(StrEnum):
    """How grave a finding or the breach of a rule is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FindingKind(StrEnum):
    """What sort of finding it is."""

    COLUMNS_UNNAMED = "columns_unnamed"
    HEAD_STRANGE = "head_strange"
    LABEL_MISSING = "label_missing"
    LABEL_MISSPELT = "label_misspelt"
    LABEL_UNKNOWN = "label_unknown"
    ROW_ADDED = "row_added"
    ROW_MISSING = "row_missing"
    ROW_OF_OTHER_EDITION = "row_of_other_edition"
    ROW_REFUSED = "row_refused"
    CELL_DOUBTFUL = "cell_doubtful"
    CELL_UNREADABLE = "cell_unreadable"
    UNIT_MISSING = "unit_missing"
    TABLE_CUT = "table_cut"
    TABLE_IN_LINES = "table_in_lines"
    TABLE_MISSING = "table_missing"
    TABLE_REPEATED = "table_repeated"
    SECTION_MISSING = "section_missing"
    NAMED_IN_TEXT = "named_in_text"
    YEAR_UNKNOWN = "year_unknown"
    YEAR_CONTRADICTION = "year_contradiction"
    AGENCY_CONTRADICTION = "agency_contradiction"
    READER_NOTE = "reader_note"
    """What a reader could not do, such as reading a picture."""
    UNREADABLE_FILE = "unreadable_file"
    """A file without a report in the dataset."""
    SAME_YEAR = "same_year"
    """Several files of an agency that tell of one year."""
    CORRECTION_REFUSED = "correction_refused"
    """A person's correction that was not applied, or that could not be understood."""
    CORRECTION_DOUBTED = "correction_doubted"
    """A person's correction that breaks a sum which holds without it."""
    CORRECTION_UNCONFIRMED = "correction_unconfirmed"
    """A person's correction in a sum that holds neither as printed nor with it."""
    CORRECTION_DISPUTED = "correction_disputed"
    """A person's correction that says misread of what the report's own text prints."""
    MARK_REFUSED = "mark_refused"
    """A person's review mark that could not be understood."""
    MARK_UNMET = "mark_unmet"
    """A person's review mark that meets no line, although its rule does not hold throughout that report."""


BY_HAND = (
    FindingKind.CORRECTION_REFUSED,
    FindingKind.CORRECTION_DOUBTED,
    FindingKind.CORRECTION_UNCONFIRMED,
    FindingKind.CORRECTION_DISPUTED,
    FindingKind.MARK_REFUSED,
    FindingKind.MARK_UNMET,
)
"""The findings on what a person wrote by hand: each run tells them."""


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
    state: State
    printed: str | None = None
    note: str | None = None
    box: Box | None = None
    confidence: float = 1.0
    method: Method | None = None
    """How the cell was read, where that is not how the report was."""

    @property
    def id(self) -> str:
        """table/item/measure, the ids of the form."""
        return f"{self.table}/{self.item}/{self.measure}"


@dataclass(frozen=True)
class Finding:
    """Something read but not understood, or expected but not found."""

    kind: FindingKind
    severity: Severity
    message: Said
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
    """One file, read. `agency` and `year`: what its title says, else its file's name, else its folder's.

    `printed_agency`: the same, but for the folder, of whose report nothing within it may tell.
    """

    source: str
    sha256: str
    method: Method
    title: str | None
    agency: str | None
    printed_agency: str | None
    year: int | None
    forms: dict[str, str | None]
    """Table id → edition found, None where the table is not in the document."""
    figures: tuple[Figure, ...]
    narratives: tuple[Narrative, ...]
    findings: tuple[Finding, ...]
