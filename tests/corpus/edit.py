"""A composed report changed after the fact: its texts, the labels of its tables, a row put in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scripts.samples.compose import Part, Sample
from scripts.samples.grids import Cell, Grid

Change = Callable[[str], str]


def parts_changed(sample: Sample, change: Callable[[Part], Part]) -> Sample:
    return replace(sample, parts=tuple(change(part) for part in sample.parts))


def grids_changed(sample: Sample, change: Callable[[Grid], Grid]) -> Sample:
    """Every table that is printed as one."""
    return parts_changed(
        sample, lambda part: part if part.grid is None else replace(part, grid=change(part.grid))
    )


def cells_changed(sample: Sample, change: Callable[[Cell], Cell]) -> Sample:
    return grids_changed(sample, lambda grid: replace(grid, cells=tuple(change(cell) for cell in grid.cells)))


def labels_changed(sample: Sample, change: Change, kinds: tuple[str, ...] = ("label",)) -> Sample:
    """The texts of the cells of those kinds, through a function."""
    return cells_changed(sample, lambda c: replace(c, text=change(c.text)) if c.kind in kinds else c)


def texts_changed(sample: Sample, change: Change) -> Sample:
    """Every text that the report prints, through a function."""
    changed = parts_changed(
        labels_changed(sample, change, ("label", "head", "block", "figure")),
        lambda part: replace(
            part, heading=change(part.heading), paragraphs=tuple(map(change, part.paragraphs))
        ),
    )
    return replace(
        changed,
        printed_agency=change(sample.printed_agency),
        title=tuple(map(change, sample.title)),
        period=change(sample.period),
        plan=replace(sample.plan, running_head=change(sample.plan.running_head)),
    )


def with_row(grid: Grid, at: int, label: str, figures: tuple[str, ...]) -> Grid:
    """A row of a locality's own put in at a row's place; merged cells that reach over it grow with it."""
    neighbour = [cell for cell in grid.row(at - 1) if cell.kind == "label"][-1]
    places = [cell for cell in grid.row(at - 1) if cell.kind == "figure"]
    moved = []
    for cell in grid.cells:
        if cell.row >= at:
            moved.append(replace(cell, row=cell.row + 1))
        elif cell.row + cell.rowspan > at or _heads(cell, neighbour, at):
            moved.append(replace(cell, rowspan=cell.rowspan + 1))
        else:
            moved.append(cell)
    own = [replace(neighbour, text=label, row=at, rowspan=1)]
    own += [replace(place, text=text, row=at) for place, text in zip(places, figures, strict=True)]
    end = grid.break_before
    return replace(grid, cells=(*moved, *own), break_before=end + 1 if end is not None and end >= at else end)


def _heads(cell: Cell, neighbour: Cell, at: int) -> bool:
    """Is it a merged heading to the left of the row above, which ends with it?"""
    return cell.rowspan > 1 and cell.row + cell.rowspan == at and cell.column < neighbour.column
