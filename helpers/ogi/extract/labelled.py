"""Lines such as “行政许可 97” beside the tables: figures of items that the form of 2021 has one figure of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogi import forms
from ogi.extract.heads import Head, HeadColumn
from ogi.extract.labels import LabelBasis, LabelMatch, item_labels
from ogi.extract.rows import TableRow, is_figure
from ogi.extract.sections import section_of
from ogi.extract.settings import SETTINGS
from ogi.forms import Measure
from ogi.readers.document import Cell, Document, Paragraph

_TABLE, _EDITION = "proactive", "2021"
_LINE = re.compile(r"\s*(?P<label>.*?[\u4e00-\u9fff）)])[\s:：|｜]*(?P<figure>\d\S*)\s*")


def labelled_rows(document: Document, rows: list[TableRow], year: int | None) -> Iterator[TableRow]:
    """The rows of items that no table has, each in doubt; none where the form of 2019 may be meant."""
    if not _is_of_edition(rows, year):
        return
    taken = {row.item for row in rows if row.head.table == _TABLE}
    for line, page in _lines_of_section(document):
        match = _LINE.fullmatch(line)
        item = None if match is None else item_labels(_TABLE).exact(match["label"], None)
        measure = _only_measure(item)
        if match is None or item in taken or measure is None or not is_figure(match["figure"]):
            continue
        cell = Cell(match["figure"], 0, 1, confidence=SETTINGS.doubtful)
        head = Head(_TABLE, (HeadColumn(Cell(measure.zh, 0, 1), measure.id),), 0, ragged=True)
        named = LabelMatch(str(item), LabelBasis.EXACT)
        yield TableRow(head, match["label"], named, None, (cell,), {0: cell}, page=page)


def _is_of_edition(rows: list[TableRow], year: int | None) -> bool:
    measures = {c.measure for row in rows if row.head.table == _TABLE for c in row.head.columns if c.measure}
    own = {measure.id for measure in forms.TABLES[_TABLE][_EDITION].measures}
    return measures <= own if measures else year is not None and forms.edition_of_year(year) == _EDITION


def _lines_of_section(document: Document) -> Iterator[tuple[str, int | None]]:
    """Each short line of the section, and its page where the format has pages."""
    is_within = False
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        section = section_of(block.text)
        if section is not None:
            is_within = section.section == _TABLE
        elif is_within and len(block.text) <= SETTINGS.longest_caption:
            yield from ((line, block.page) for line in block.text.splitlines())


def _only_measure(item: str | None) -> Measure | None:
    form = forms.TABLES[_TABLE][_EDITION]
    measures = form.cells_of.get(item or "", ())
    return form.measure(measures[0]) if len(measures) == 1 else None
