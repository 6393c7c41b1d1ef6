"""Any row of any sample deleted, added to, renamed or swapped with the next: no other figure changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest

from ogi import readers
from ogi.extract.report import Figure
from ogi.extract.sections import section_of
from ogi.extract.walk import walk
from ogi.readers.document import Block, Cell, Document, Grid, Paragraph
from ogi.values import State
from tests.extract.documents import figures_of, of_year
from tests.extract.edits import RENAMED, added, renamed, swapped, without

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
FILES = sorted(path for path in SAMPLES.rglob("*") if path.is_file())
LOST = (State.ABSENT, State.UNREADABLE)
Read = dict[str, Figure]


@dataclass(frozen=True)
class Sample:
    """A sample as its reader hands it over, and which of its cells hold figures."""

    document: Document
    year: int
    sections: dict[tuple[int, int], Read] = field(default_factory=dict)
    """What was read of each section as it is."""

    def read(self, document: Document) -> Read:
        return {figure.id: figure for figure in figures_of(walk(document), of_year(self.year))[0]}

    @cached_property
    def figures(self) -> Read:
        return self.read(self.document)

    @cached_property
    def held(self) -> set[tuple[str, int, int, int]]:
        """Cells right of a label, by what tells them apart."""
        return {_key(cell) for row in walk(self.document).rows for cell in row.cells}

    def is_figure(self, cell: Cell) -> bool:
        return _key(cell) in self.held

    def rows(self) -> Iterator[tuple[int, Grid, int]]:
        """Every row of figures that has a label: its block, its grid, its number there."""
        for at, block in enumerate(self.document.blocks):
            if isinstance(block, Grid):
                for own in block.rows():
                    alone = [cell for cell in own if cell.rowspan == 1]
                    labels = [cell for cell in alone if not self.is_figure(cell) and not cell.is_blank]
                    if labels and len(labels) < len(alone) and any(map(self.is_figure, alone)):
                        yield at, block, own[0].row

    def section_of(self, at: int) -> tuple[int, int]:
        """From where to where the section of a block goes, its title included."""
        titles = [i for i, block in enumerate(self.document.blocks) if _is_title(block)]
        start = max((i for i in titles if i < at), default=0)
        return start, min((i for i in titles if i > at), default=len(self.document.blocks))

    def before_and_after(self, at: int, cells: list[Cell], *, alone: bool = True) -> tuple[Read, Read]:
        """The figures of a grid's section, or of the whole report, as it is and with another table there."""
        block = self.document.blocks[at]
        assert isinstance(block, Grid)
        start, end = self.section_of(at) if alone else (0, len(self.document.blocks))
        own = self.document.blocks[start:end]
        edited = (*own[: at - start], replace(block, cells=tuple(cells)), *own[at - start + 1 :])
        if (start, end) not in self.sections:
            self.sections[start, end] = self.read(replace(self.document, blocks=own))
        return self.sections[start, end], self.read(replace(self.document, blocks=edited))


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and section_of(block.text) is not None


def _key(cell: Cell) -> tuple[str, int, int, int]:
    return cell.text, cell.row, cell.column, 0 if cell.box is None else cell.box.page


@pytest.fixture(scope="module", params=FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def sample(request: pytest.FixtureRequest) -> Sample:
    return Sample(readers.read(request.param), int(request.param.stem))


def changed(before: Read, after: Read) -> set[str]:
    """The rows (table/item) that lost figures. A figure is never another number, and none is made up.

    A table that lost the one row which told its edition may have the rows of the other one, all absent.
    """
    differing = {key for key in before if key not in after or _said(before[key]) != _said(after[key])}
    suspect = differing | (after.keys() - before.keys())
    told_otherwise = [key for key in suspect & after.keys() if after[key].state not in LOST]
    assert told_otherwise == []
    return {key.rpartition("/")[0] for key in differing}


def _said(figure: Figure) -> tuple[str, float | None]:
    return figure.state, figure.value


def test_a_row_deleted_loses_its_own_figures_alone(sample: Sample) -> None:
    for at, grid, row in sample.rows():
        edited = without(list(grid.cells), row)
        assert len(changed(*sample.before_and_after(at, edited))) <= 1, row


def test_a_row_added_changes_nothing(sample: Sample) -> None:
    for at, grid, row in sample.rows():
        edited = added(list(grid.cells), row, is_figure=sample.is_figure)
        assert changed(*sample.before_and_after(at, edited)) == set(), row


def test_a_row_renamed_loses_its_own_figures_alone(sample: Sample) -> None:
    for at, grid, row in sample.rows():
        edited = renamed(list(grid.cells), row, sample.is_figure)
        assert any(cell.text == RENAMED for cell in edited)
        assert len(changed(*sample.before_and_after(at, edited))) <= 1, row


def test_two_rows_swapped_lose_their_own_figures_at_most(sample: Sample) -> None:
    for (at, grid, one), (next_at, _, other) in pairwise(sample.rows()):
        if at == next_at:
            edited = swapped(list(grid.cells), one, other)
            assert len(changed(*sample.before_and_after(at, edited))) <= 2, (one, other)


def test_a_table_s_last_row_deleted_or_added_to_changes_no_other_table(sample: Sample) -> None:
    """The others, within one section, are quicker to read; this is what shows that they may be."""
    for at, grid, row in {at: (at, grid, row) for at, grid, row in sample.rows()}.values():
        start, end = sample.section_of(at)
        alone = sample.read(replace(sample.document, blocks=sample.document.blocks[start:end]))
        printed = {key for key, figure in alone.items() if figure.state != State.ABSENT}
        assert {key: _said(alone[key]) for key in printed} == {
            key: _said(sample.figures[key]) for key in printed
        }
        cells = list(grid.cells)
        lost = changed(*sample.before_and_after(at, without(cells, row), alone=False))
        assert len(lost) <= 1
        more = added(cells, row, is_figure=sample.is_figure)
        assert changed(*sample.before_and_after(at, more, alone=False)) == set()


def test_the_rows_of_a_sample_are_those_of_its_forms(sample: Sample) -> None:
    assert len(list(sample.rows())) >= 24
