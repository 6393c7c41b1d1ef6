"""Samples as plain text and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from ogi import forms
from scripts.samples.compose import Sample
from scripts.samples.grids import Grid, pieces

Printer = Callable[[Grid], Iterable[str]]
"""A table → its lines."""


def write_cells(sample: Sample) -> bytes:
    """As pasted from a word processor: a cell a line behind a tab, a blank line after each row."""
    return _text(sample, _cells)


def write_rows(sample: Sample) -> bytes:
    """A row a line, its cells parted by tabs; a merged cell leaves its other rows empty."""
    return _text(sample, _rows)


def write_markdown(sample: Sample) -> bytes:
    """A Markdown table per statutory table, merged cells told by empty ones."""
    return _markdown(sample, lambda grid: [*_markdown_table(_lines(grid)), ""])


def write_markdown_groups(sample: Sample) -> bytes:
    """A Markdown table per group, under a heading of its own."""
    return _markdown(sample, _grouped)


def _text(sample: Sample, table: Printer) -> bytes:
    lines = [*sample.title, sample.period]
    for part in sample.parts:
        lines += [part.heading, *part.paragraphs]
        for place, grid in enumerate(pieces(part.grid) if part.grid is not None else ()):
            between = [sample.plan.interruption] if place and sample.plan.interruption else []
            lines += [*between, *table(grid), ""]
    return "".join(line + "\n" for line in lines).encode(sample.plan.encoding)


def _begun(grid: Grid, row: int) -> Iterator[str]:
    """The texts of a row: cells begun here, and nothing for each that began in a row above."""
    column = 0
    while column < grid.width:
        cell = grid.at(row, column)
        yield cell.text if cell.row == row else ""
        column = cell.column + cell.colspan


def _cells(grid: Grid) -> Iterator[str]:
    for row in range(grid.height):
        yield from ("\t" + text for text in _begun(grid, row))
        yield ""


def _rows(grid: Grid) -> Iterator[str]:
    return ("\t".join(_begun(grid, row)) for row in range(grid.height))


def _lines(grid: Grid) -> list[list[str]]:
    """Every row at full width; a merged cell's text stands in its first place only."""
    rows = []
    for row in range(grid.height):
        places = [(grid.at(row, column), column) for column in range(grid.width)]
        rows.append([c.text if (c.row, c.column) == (row, column) else "" for c, column in places])
    return rows


def _markdown(sample: Sample, table: Printer) -> bytes:
    lines = [f"# {line}" for line in sample.title] + ["", sample.period, ""]
    for part in sample.parts:
        lines += [f"## {part.heading}", ""]
        for paragraph in part.paragraphs:
            lines += [paragraph, ""]
        if part.picture is not None:
            lines += [f"![{part.heading}](table.png)", ""]
        lines += _parted(part.grid, sample.plan.interruption, table) if part.grid is not None else []
    return "".join(line + "\n" for line in lines).encode(sample.plan.encoding)


def _parted(grid: Grid, interruption: str, table: Printer) -> Iterator[str]:
    for place, piece in enumerate(pieces(grid)):
        yield from (interruption, "") if place and interruption else ()
        yield from table(piece)


def _markdown_table(rows: Iterable[Iterable[str]]) -> list[str]:
    printed = [[cell.replace("\n", "<br>").replace("|", "\\|") for cell in row] for row in rows]
    rule = ["---"] * len(printed[0])
    return ["| " + " | ".join(row) + " |" for row in (printed[0], rule, *printed[1:])]


def _grouped(grid: Grid) -> list[str]:
    told = {"proactive": _blocks, "requests": _outcome_groups, "review": _review}
    return list(told[grid.table](grid)) if grid.table in told else [*_markdown_table(_lines(grid)), ""]


def _blocks(grid: Grid) -> Iterator[str]:
    starts = [cell.row for cell in grid.cells if cell.kind == "block"]
    for start, end in zip(starts, [*starts[1:], grid.height], strict=True):
        yield from (f"### {grid.row(start)[0].text}", "")
        yield from _markdown_table([cell.text for cell in grid.row(row)] for row in range(start + 1, end))
        yield ""


def _outcome_groups(grid: Grid) -> Iterator[str]:
    """The requests table by its outermost and inner groups; the applicants are the head of each."""
    measures = forms.TABLES["requests"]["2021"].measures
    head = [forms.ITEM_COLUMN_HEAD, *(measure.zh for measure in measures)]
    yield from (forms.BALANCE_NOTE, "")
    for groups, rows in groupby(range(3, grid.height), key=lambda row: _groups(grid, row)):
        if groups:
            yield from (f"{'#' * (2 + len(groups))} {groups[-1]}", "")
        yield from _markdown_table([head, *(_row(grid, row) for row in rows)])
        yield ""


def _groups(grid: Grid, row: int) -> tuple[str, ...]:
    """The group labels to the left of a row's own label."""
    labels = {grid.at(row, column) for column in range(3)}
    own = max(labels, key=lambda cell: cell.column)
    return tuple(cell.text for cell in sorted(labels, key=lambda cell: cell.column) if cell != own)


def _row(grid: Grid, row: int) -> list[str]:
    return [grid.at(row, 2).text, *(grid.at(row, column).text for column in range(3, grid.width))]


def _review(grid: Grid) -> Iterator[str]:
    """A table per kind of dispute."""
    table = forms.TABLES["review"]["2021"]
    count = len(table.measures)
    for place, item in enumerate(table.items):
        columns = range(place * count, (place + 1) * count)
        title = " ".join([*(group.zh for group in item.groups), item.zh])
        yield from (f"### {title}", "")
        head = [measure.zh for measure in table.measures]
        yield from _markdown_table([head, [grid.at(3, column).text for column in columns]])
        yield ""
