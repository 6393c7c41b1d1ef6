"""Samples as DOCX, with the merged cells of the statutory form (gridSpan, vMerge) and numbered pages."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from scripts.samples.compose import Part, Sample
from scripts.samples.grids import Cell, Grid, pieces
from scripts.samples.plan import Plan

FONT = "宋体"
WIDTHS = {"requests": (0.8, 1.9, 4.6, *(1.1,) * 7)}
"""Of a table's columns, in cm; those of other tables are equal."""
SAVED = (1980, 1, 1, 0, 0, 0)
"""The time written on every file in the archive, so that the same report gives the same bytes."""


def write(sample: Sample) -> bytes:
    """The report as a Word file; a paragraph a line of title."""
    document = docx.Document()
    _prepare(document, sample)
    for line in sample.title:
        _paragraph(document.add_paragraph(), line, 16, bold=True, centred=True)
    _paragraph(document.add_paragraph(), sample.period)
    for part in sample.parts:
        _section(document, part, sample.plan)
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer.getvalue())


def _prepare(document: Document, sample: Sample) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    properties = document.core_properties
    properties.title, properties.author = sample.title_line, sample.printed_agency
    properties.created = properties.modified = dt.datetime(sample.year + 1, 1, 20)
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("- ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    foot.add_run(" -")
    if sample.plan.running_head:
        _paragraph(document.sections[0].header.paragraphs[0], sample.plan.running_head, 9, centred=True)


def _paragraph(
    paragraph: Paragraph, text: str, size: float | None = None, *, bold: bool = False, centred: bool = False
) -> None:
    run = paragraph.add_run(text)
    run.bold = bold or None
    if size is not None:
        run.font.size = Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _section(document: Document, part: Part, plan: Plan) -> None:
    _paragraph(document.add_paragraph(), part.heading, 12, bold=True)
    _texts(document, part.paragraphs, boxed="boxed_text" in plan.quirks)
    if part.picture is not None:
        document.add_picture(io.BytesIO(part.picture), Cm(15))
    for place, grid in enumerate(pieces(part.grid) if part.grid is not None else ()):
        if place:
            _paragraph(document.add_paragraph(), plan.interruption)
        _table(document, grid, nested="nested_table" in plan.quirks)


def _texts(document: Document, texts: tuple[str, ...], boxed: bool) -> None:
    box = _framed(document.add_table(1, 1)).cell(0, 0) if boxed and texts else None
    for text in texts:
        _paragraph((document if box is None else box).add_paragraph(), text)


def _table(document: Document, grid: Grid, nested: bool) -> None:
    container: Document | _Cell = document
    if nested and grid.table == "proactive":
        container = _framed(document.add_table(1, 1)).cell(0, 0)
    table = _framed(container.add_table(grid.height, grid.width))
    _set_widths(table, WIDTHS.get(grid.table, (15.0 / grid.width,) * grid.width))
    _fill(table, grid)


def _framed(table: Table) -> Table:
    table.style = "Table Grid"
    return table


def _set_widths(table: Table, widths: tuple[float, ...]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for place, cell in enumerate(table._cells):
        cell.width = Cm(widths[place % len(widths)])


def _fill(table: Table, grid: Grid) -> None:
    places = table._cells
    for cell in grid.cells:
        first = places[cell.row * grid.width + cell.column]
        last = places[(cell.row + cell.rowspan - 1) * grid.width + cell.column + cell.colspan - 1]
        if first is not last:
            first.merge(last)
        _print(first, cell)


def _print(place: _Cell, cell: Cell) -> None:
    lines = place.paragraphs
    _paragraph(lines[0], cell.text, 8, centred=cell.kind != "label")
    for spare in lines[1:]:
        spare._p.getparent().remove(spare._p)


def _undated(archive: bytes) -> bytes:
    """The same archive with one fixed time on all its members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, SAVED), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
