"""Walk a document from its top to its end and collect the rows of its statutory tables.

The grammar that the walk follows:

    document  = { paragraph | grid }
    paragraph = report title | section title | short line | running text
    grid      = [ rest of a cut head ] { head | row }
    head      = head row { head row | lone group of columns | torn row }

What each of these keeps for the rows that come after it, and what it ends (`Position` has a method for each):

    report title      keeps the first caption         ends the captions below it
    section title     keeps the second caption        ends the caption below it, the head, the heading, the
                                                      item named above, the cut head
    short line        keeps the third caption; the heading or the item of `review` that it names
    running text      keeps itself as the line above, as every paragraph does
    head              keeps its columns               ends the head above; columns of no form leave no head
    rest of a head    keeps the columns of both parts; the part above is a strange head no more
    row               keeps its heading               ends the line above
    end of a grid     keeps a head without a row below it, which the page's end may cut; ends the line above

A row is collected where it stands under a head. Only a section title ends a head: a table goes on over
paragraphs, such as page numbers and block heads, and over pages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ogi import values
from ogi.extract.breaks import joined, rejoined_head
from ogi.extract.head_rows import heads_and_rows, may_be_cut_head, with_whole_heads
from ogi.extract.heads import Head, read_head, table_of_head
from ogi.extract.labels import LabelBasis, LabelMatch, item_labels, other_scale
from ogi.extract.report import Finding, FindingKind, Severity, worded
from ogi.extract.rows import (
    TableRow,
    align,
    first_figure,
    holds_figures,
    is_figure,
    label_beside_heading,
    label_of,
    page_of,
    settled,
    without_row_number,
)
from ogi.extract.sections import is_of_form, section_of
from ogi.extract.settings import SETTINGS
from ogi.extract.strange_columns import column_findings, head_strange
from ogi.extract.title import names_report
from ogi.extract.unnamed import is_unnamed_head, taken_in_order, unnamed_row
from ogi.forms import Group
from ogi.readers.document import Cell, Document, Grid, Paragraph
from ogi.said import Said

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Position:
    """Where in the document the walk stands; each method is a transition of the grammar above."""

    captions: tuple[str, str, str] = ("", "", "")
    """The last title of a report, of a section within it, the last short paragraph within that."""
    head: Head | None = None
    part: int = 0
    """How many heads were met."""
    group: Group | None = None
    """The heading over the rows, such as （三）不予公开."""
    review_item: str | None = None
    """The item of `review` that a line above the table names."""
    line_above: str = ""
    """The paragraph right above the row: perhaps the beginning of its label."""
    cut_head: tuple[list[Cell], ...] = ()
    """The rows of a head with which the last grid ended, none of its figures below it."""

    def after_paragraph(self, text: str) -> Position:
        """Take in a title, a short line or running text."""
        printed = text.strip()
        here = replace(self, line_above=printed)
        if section_of(text) is not None:
            return here.after_section_title(printed)
        if names_report(text):
            return replace(here, captions=(printed, "", ""))
        return here.after_short_line(printed) if len(text) < SETTINGS.longest_caption else here

    def after_section_title(self, title: str) -> Position:
        """End the tables of the section above."""
        return Position((self.captions[0], title, ""), part=self.part, line_above=self.line_above)

    def after_short_line(self, line: str) -> Position:
        """Keep what may be the caption of a table or the heading of its rows."""
        report, section, _ = self.captions
        return replace(
            self,
            captions=self.captions if is_of_form(line) else (report, section, line),
            group=item_labels("requests").group(line) or self.group,
            review_item=item_labels("review").exact(line, None) or self.review_item,
        )

    def after_head(self, head: Head | None) -> Position:
        """Begin the rows under a head, or under none where it fits no form."""
        return replace(self, head=head, part=self.part + 1)

    def after_row(self, group: Group | None) -> Position:
        """Keep the heading that the row stands under."""
        return replace(self, group=group, line_above="")

    def after_grid(self, cut_head: list[list[Cell]]) -> Position:
        """Keep the head, if any, that the grid ends with."""
        return replace(self, cut_head=tuple(cut_head), line_above="")


class Walk:
    """The rows found on the way, and the strange heads."""

    def __init__(self) -> None:
        self.rows: list[TableRow] = []
        self._at = Position()
        self.said: list[Finding] = []
        """What is said of whole tables."""
        self.sections: set[str] = set()
        """The sections whose titles were met."""
        self.ended_in: str | None = None
        """The table of the last row, while no section's title comes behind it."""
        self._strange_heads: list[tuple[str, int | None]] = []
        self._unnamed: list[TableRow] = []
        self._has_unnamed_head = False

    def findings(self) -> list[Finding]:
        """What is said of whole tables, of columns that are no measure's, and of heads of no form."""
        heads = [head_strange(text, page) for text, page in self._strange_heads]
        return [*self.said, *column_findings(self.rows), *heads]

    def has(self, table: str) -> bool:
        """Was any row of a table found?"""
        return any(row.head.table == table for row in self.rows)

    def paragraph(self, text: str) -> None:
        """Walk past a paragraph."""
        section = section_of(text)
        if section is not None:
            self.sections.add(section.section)
            self.ended_in = None
        self._at = self._at.after_paragraph(text)

    def grid(self, grid: Grid) -> None:
        """Walk through a grid, row by row."""
        rows = with_whole_heads(list(grid.rows()), ragged=grid.ragged)
        head_rows: list[list[Cell]] = []
        opens = True
        for head_rows, row in heads_and_rows(rows[self._rest_of_head(rows, grid) :]):
            if head_rows:
                self._head(head_rows, grid)
            if row is not None:
                self._row(row, grid, opens=opens)
                opens, head_rows = False, []
        self._at = self._at.after_grid(head_rows or (rows if may_be_cut_head(rows) else []))

    def _rest_of_head(self, rows: list[list[Cell]], grid: Grid) -> int:
        """Take the rows that are the rest of the head above; returns how many these are."""
        cut = list(self._at.cut_head)
        deepest = next((n for n, row in enumerate(rows) if holds_figures(row)), len(rows))
        # The most rows first, for a head of more rows tells more.
        for depth in range(min(deepest, SETTINGS.deepest_head) if cut else 0, 0, -1):
            head = rejoined_head(cut, rows[:depth], grid)
            if head is not None:
                self._at = self._at.after_head(head)
                self._strange_heads = [one for one in self._strange_heads if one[0] != _text(cut)]
                return depth
        return 0

    def _head(self, rows: list[list[Cell]], grid: Grid) -> None:
        own = [row for row in rows if table_of_head(row) is not None]
        head = read_head(own, grid.origin, grid.ragged)
        self._at = self._at.after_head(head)
        if head is not None:
            self._tell_scale(
                head.table, (*self._at.captions[1:], *(cell.text for row in rows for cell in row))
            )
        else:
            self._strange_heads.append((_text(own), page_of(own[0])))
        _LOG.debug("head “%s”: %s", values.shown(_text(own)), "fits no form" if head is None else head.table)

    def _tell_scale(self, table: str, texts: Iterable[str]) -> None:
        """Say where a caption or a word of a head names a unit in which the form does not count."""
        for text in filter(other_scale, texts):
            message = worded("unit.scale", printed=values.shown(text))
            found = Finding(FindingKind.UNIT_MISSING, Severity.WARNING, message, table)
            self.said += [] if found in self.said else [found]

    def _row(self, own: list[Cell], grid: Grid, *, opens: bool) -> None:
        if is_unnamed_head(cell.text for cell in own):
            self._at, self._has_unnamed_head = self._at.after_head(None), True
            return
        if self._is_unnamed(own, grid):
            return
        if self._at.head is None:
            self._at = replace(self._at, line_above="")
            return
        row, group = _read_row(own, grid, self._at.head, self._at, opens=opens)
        if row is not None:
            self.rows.append(row)
            self.ended_in = row.head.table
        self._at = self._at.after_row(group)

    def _is_unnamed(self, own: list[Cell], grid: Grid) -> bool:
        """Take a row that names an item of a table whose head is not above it."""
        above = None if self._at.head is None else self._at.head.table
        if above == "requests":  # its rows are most, and no other table's
            return False
        row, group = unnamed_row(grid.covering(own[0].row), self._at.group)
        if row is None or row.head.table == above:
            return False
        self._unnamed.append(row)
        self.ended_in = row.head.table
        self._at = self._at.after_row(group)
        return True

    def end(self) -> None:
        """Put together what pages cut, and take what columns without names leave no doubt of."""
        self.rows = settled(joined(self.rows))
        found = {row.head.table for row in self.rows}
        fewest = 1 if self._has_unnamed_head else SETTINGS.fewest_unnamed
        taken, said = taken_in_order(self._unnamed, found, self._at.part + 1, fewest)
        self.rows += taken
        self.said += said


def walk(document: Document) -> Walk:
    """Collect the rows of every grid that stands under a statutory head."""
    found = Walk()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.paragraph(block.text)
        else:
            found.grid(block)
    found.end()
    return found


def _read_row(
    own: list[Cell], grid: Grid, head: Head, at: Position, *, opens: bool
) -> tuple[TableRow | None, Group | None]:
    """A row under a head, None where it has no figures; and the heading it stands under."""
    cells = without_row_number(grid.covering(own[0].row), head)
    label_at, match, group = label_of(cells, head, at.group)
    if opens and match is None and not head.names_items:
        label_at = label_beside_heading(label_at, cells, head)
    if label_at is None and head.table == "review" and not head.names_items and at.review_item is not None:
        match = LabelMatch(at.review_item, LabelBasis.HEADING)
    start = _start(label_at, match, cells, head)
    if start is None or start == len(cells):
        return None, group
    text = cells[start - 1].text if start > 0 else ""
    if match is None and at.line_above and text:
        item = item_labels(head.table).exact(at.line_above + text, group)
        if item is not None:
            match, text = LabelMatch(item, LabelBasis.EXACT), at.line_above + text
    placed = align(cells[start:], head, grid)
    row = TableRow(
        head, text, match, group, tuple(cells[start:]),
        under={} if isinstance(placed, Said) else placed,
        problem=placed if isinstance(placed, Said) else None,
        page=page_of(own), opens_grid=opens, part=at.part,
        captions=(*at.captions, text.strip() if head.names_items else ""),
    )  # fmt: skip
    return row, group


def _start(label_at: int | None, match: LabelMatch | None, cells: list[Cell], head: Head) -> int | None:
    """Where the figures of a row begin; None where it has none that a label or a column can name."""
    if head.names_items:
        return first_figure(cells, head)
    if label_at is not None:
        return label_at + 1
    is_named = match is not None and len(cells) == len(head.columns)
    if is_named:
        return 0
    # Figures without a label belong to a row, but nothing says to which.
    return max(0, len(cells) - len(head.columns)) if any(is_figure(cell.text) for cell in cells) else None


def _text(rows: list[list[Cell]]) -> str:
    return " ".join(cell.text for row in rows for cell in row)
