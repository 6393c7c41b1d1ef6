"""Rows found → the figures of each statutory table, edition decided by the rows, and what did not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ogi import forms, values
from ogi.extract.copies import one_copy, without_layout_rows
from ogi.extract.heads import Leaf
from ogi.extract.labels import ItemLabels, item_labels, label
from ogi.extract.report import Figure, Finding, FindingKind, Severity
from ogi.extract.rows import TORN, Row, torn_beside
from ogi.extract.title import Identity
from ogi.extract.walk import Walk
from ogi.forms import Item, Measure, Table
from ogi.readers.document import Cell
from ogi.said import Said, say

_MISSPELT = "“{label}” was read as “{read}”", "“{label}”按“{read}”识读"
_NO_LABEL = "a row of figures has no label", "有一行数据没有名称"
_ROW_ADDED = (
    "the heading “{label}” has figures of its own; the form has none there",
    "标题行“{label}”填有数据，格式中该处无数据",
)
_LABEL_UNKNOWN = (
    "row “{label}” is not in the form; it resembles “{nearest}” most",
    "格式中没有“{label}”行，与之最相近的是“{nearest}”",
)
_ROW_REFUSED = "row “{label}”: {problem}", "“{label}”行：{problem}"
_TWICE = "printed twice, as “{one}” and “{other}”", "出现两次，分别为“{one}”和“{other}”"
_MERGED = "one cell spans several rows", "一个单元格跨多行"
_MERGED_ACROSS = ("one cell spans several columns", "一个单元格跨多列")
_TABLE_MISSING = "the table “{table}” was not found", "未找到“{table}”表"
_OF_CELL = "{where}: {what}", "{where}：{what}"
_DOUBTFUL = "“{printed}” was read with confidence {sure} only", "“{printed}”的识读把握仅为{sure}"
_NO_UNIT = "no unit is printed", "未标明单位"
_UNIT_OF_FORM = "no unit is printed; {unit} as the form has it", "未标明单位，按格式作{unit}"
_AMOUNTS = ("amount",)
"""Measures whose unit the form leaves to the head or the cell: 元 and 万元 are both printed."""
_ROW_MISSING = "row “{row}”: expected by the form, not found", "“{row}”行：格式应有，未找到"
_CELLS_MISSING = (
    "row “{row}”, column(s) {columns}: expected by the form, not found",
    "“{row}”行{columns}栏：格式应有，未找到",
)
_OTHER_EDITION = (
    "row “{row}” is of the other edition; its figures ({figures}) were not taken",
    "“{row}”行属另一版格式，其数据（{figures}）未采用",
)

Key = tuple[str, str]
"""(item id, measure id)."""


@dataclass(frozen=True)
class Found:
    """A printed cell that stands for a figure, the head's unit, and why it cannot be trusted, if so."""

    cell: Cell | None
    unit: str | None = None
    problem: str | None = None


@dataclass
class TableFound:
    """What was found of one table."""

    table: str
    cells: dict[Key, Found] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def say(
        self,
        kind: FindingKind,
        severity: Severity,
        message: Said,
        row: Row | None = None,
        resembles: str | None = None,
    ) -> None:
        """Add a finding on this table."""
        page, printed = (None, None) if row is None else (row.page, values.shown(row.label))
        self.findings.append(Finding(kind, severity, message, self.table, page, printed, resembles))

    def say_of_cell(self, kind: FindingKind, message: Said, cell: Cell) -> None:
        """Add a warning on one cell."""
        page = None if cell.box is None else cell.box.page
        self.findings.append(
            Finding(kind, Severity.WARNING, message, self.table, page, values.shown(cell.text))
        )


def figures_of(walk: Walk, who: Identity) -> tuple[list[Figure], dict[str, str | None], list[Finding]]:
    """All figures in the forms' order, the edition of each table, and the findings.

    A table that is not in the document gives `absent` figures of the edition prescribed for the year.
    """
    year, figures = who.year, list[Figure]()
    editions: dict[str, str | None] = {}
    findings = walk.findings()
    for table in forms.TABLES:
        own = without_layout_rows([row for row in walk.rows if row.head.table == table])
        rows, repeated = one_copy(table, own, who)
        found = _collect(table, rows)
        found.findings += repeated
        editions[table] = edition = _edition(found, year)
        prescribed = forms.edition_of_year(year) if year is not None else forms.EDITIONS[-1]
        figures += _figures(found, forms.TABLES[table][edition or prescribed])
        findings += found.findings
    return figures, editions, findings


def _collect(table: str, rows: list[Row]) -> TableFound:
    found = TableFound(table)
    items = [row.item for row in rows]
    labels = item_labels(table)
    for at, row in enumerate(rows):
        if row.item is None and not row.head.names_items:
            free = [item for item in labels.items if item not in items]
            items[at] = labels.misspelt(row.label, free) if row.is_filled or free else None
    items = _with_its_number(rows, items, labels)
    for at, (row, item) in enumerate(zip(rows, items, strict=True)):
        if item is not None:
            row = torn_beside(row, rows[max(0, at - 1) : at + 2])
        if row.head.names_items:
            _take(found, row, None)
        elif item is None:
            _strange(found, row)
        else:
            if row.item is None:
                read = labels.items[item].label
                told = say(*_MISSPELT, label=values.shown(row.label), read=read)
                found.say(FindingKind.LABEL_MISSPELT, Severity.NOTE, told, row, read)
            _take(found, row, item)
    return found


def _with_its_number(rows: list[Row], items: list[str | None], labels: ItemLabels) -> list[str | None]:
    """The items of rows; of several rows of one name, the one that has the item's number: not 6.其他."""
    found = list(items)
    for item in {item for item in items if item is not None and items.count(item) > 1}:
        own = label(labels.items[item].label).number
        alike = [at for at, one in enumerate(items) if one == item]
        numbered = [at for at in alike if label(rows[at].label).number == own]
        others = [at for at in alike if label(rows[at].label).number not in ("", own)]
        if len(numbered) == 1:
            found = [None if at in others else one for at, one in enumerate(found)]
    return found


def _strange(found: TableFound, row: Row) -> None:
    labels = item_labels(found.table)
    if not row.is_filled or not row.label.strip():
        if row.is_filled:
            found.say(FindingKind.LABEL_MISSING, Severity.WARNING, Said(*_NO_LABEL), row)
        return
    if labels.group(row.label) is not None:
        found.say(FindingKind.ROW_ADDED, Severity.NOTE, say(*_ROW_ADDED, label=values.shown(row.label)), row)
        return
    nearest = labels.nearest(row.label)
    told = say(*_LABEL_UNKNOWN, label=values.shown(row.label), nearest=nearest)
    found.say(FindingKind.LABEL_UNKNOWN, Severity.WARNING, told, row, nearest)


def _take(found: TableFound, row: Row, item: str | None) -> None:
    """Enter the cells of a row; a figure printed twice with two texts is trusted neither time."""
    if row.aligned.problem is not None:
        told = say(*_ROW_REFUSED, label=values.shown(row.label), problem=row.aligned.problem)
        found.say(FindingKind.ROW_REFUSED, Severity.WARNING, told, row)
    for rank, leaf in enumerate(row.head.leaves):
        key = _key(leaf, item)
        if key is None:
            continue
        new = _found(row, rank, leaf)
        old = found.cells.get(key)
        if old is None:
            found.cells[key] = new
        elif new.cell is not None and (old.cell is None or old.cell.text.split() != new.cell.text.split()):
            one = values.shown("" if old.cell is None else old.cell.text)
            problem = say(*_TWICE, one=one, other=values.shown(new.cell.text))
            found.cells[key] = Found(new.cell, new.unit, problem)


def _key(leaf: Leaf, item: str | None) -> Key | None:
    item = leaf.item if item is None else item
    return None if item is None or leaf.measure is None else (item, leaf.measure)


def _found(row: Row, rank: int, leaf: Leaf) -> Found:
    if row.aligned.problem is not None:
        whole = Cell(" | ".join(cell.text for cell in row.figures), 0, 0)
        return Found(whole, problem=row.aligned.problem)
    cell = row.aligned.cells.get(rank)
    if rank in row.aligned.torn:
        return Found(cell, leaf.unit, TORN)
    if cell is not None and cell.rowspan > 1:
        return Found(cell, leaf.unit, Said(*_MERGED))
    return Found(cell, leaf.unit, Said(*_MERGED_ACROSS) if row.aligned.spans(rank) else None)


def _edition(found: TableFound, year: int | None) -> str | None:
    """The edition that holds most of what was found; the one prescribed for the year breaks a tie."""
    if not found.cells:
        return None
    held = {
        edition: sum((item.id, measure.id) in found.cells for item, measure in table.cells())
        for edition, table in forms.TABLES[found.table].items()
    }
    prescribed = forms.edition_of_year(year) if year is not None else forms.EDITIONS[-1]
    return max(held, key=lambda edition: (held[edition], edition == prescribed))


def _figures(found: TableFound, table: Table) -> Iterator[Figure]:
    cells = dict(found.cells)
    missing: dict[str, list[str]] = {}
    for item, measure in table.cells():
        hit = cells.pop((item.id, measure.id), Found(None))
        if hit.cell is None:
            missing.setdefault(item.full_label, []).append(measure.zh)
        yield _figure(hit, table, item, measure, found)
    if not found.cells:
        found.say(FindingKind.TABLE_MISSING, Severity.ERROR, say(*_TABLE_MISSING, table=table.zh))
    else:
        _report_missing(found, table, missing)
        _report_surplus(found, cells)


def _figure(hit: Found, table: Table, item: Item, measure: Measure, found: TableFound) -> Figure:
    unit = hit.unit if hit.unit is not None else measure.unit
    if hit.cell is None:
        return Figure(table.edition, table.id, item.id, measure.id, None, unit, values.State.ABSENT)
    read = values.parse(hit.cell.text)
    problem = hit.problem if hit.problem is not None else read.problem
    state = values.State.UNREADABLE if problem is not None else read.state
    where = f"{item.full_label} / {measure.zh}"
    if problem is not None:
        found.say_of_cell(FindingKind.CELL_UNREADABLE, say(*_OF_CELL, where=where, what=problem), hit.cell)
    elif hit.cell.confidence < values.LEAST_CONFIDENCE:
        doubt = say(*_DOUBTFUL, printed=values.shown(hit.cell.text), sure=f"{hit.cell.confidence:.2f}")
        found.say_of_cell(FindingKind.CELL_DOUBTFUL, say(*_OF_CELL, where=where, what=doubt), hit.cell)
    unit = read.unit if read.unit is not None else unit
    if read.value and measure.id in _AMOUNTS and read.unit is None and hit.unit is None:
        what = Said(*_NO_UNIT) if unit is None else say(*_UNIT_OF_FORM, unit=unit)
        found.say(FindingKind.UNIT_MISSING, Severity.NOTE, say(*_OF_CELL, where=where, what=what))
    value = read.value if state == values.State.REPORTED else None
    return Figure(
        table.edition, table.id, item.id, measure.id, value, unit, state,
        hit.cell.text, read.note, hit.cell.box, hit.cell.confidence, hit.cell.method,
    )  # fmt: skip


def _report_missing(found: TableFound, table: Table, missing: dict[str, list[str]]) -> None:
    for row, measures in missing.items():
        whole = any(
            item.full_label == row and len(table.cells_of[item.id]) == len(measures) for item in table.items
        )
        told = say(*(_ROW_MISSING if whole else _CELLS_MISSING), row=row, columns="、".join(measures))
        found.say(FindingKind.ROW_MISSING, Severity.WARNING, told)


def _report_surplus(found: TableFound, surplus: dict[Key, Found]) -> None:
    names: dict[str, list[str]] = {}
    for (item, _), hit in surplus.items():
        if hit.cell is not None and not hit.cell.is_blank:
            names.setdefault(item_labels(found.table).items[item].full_label, []).append(hit.cell.text)
    for name, texts in names.items():
        told = say(*_OTHER_EDITION, row=name, figures="、".join(texts))
        found.say(FindingKind.ROW_OF_OTHER_EDITION, Severity.WARNING, told)
