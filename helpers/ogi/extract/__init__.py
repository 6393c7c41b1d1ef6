"""Document + forms → Report, by label and place in the hierarchy; nothing is found by counting numbers."""

from __future__ import annotations

import hashlib
import logging
from importlib import metadata
from pathlib import Path

from ogi import forms, readers
from ogi.extract.cut import told_where_cut
from ogi.extract.figures import Trace, traces_of
from ogi.extract.labelled import labelled_rows
from ogi.extract.lines import tables_in_lines
from ogi.extract.refusals import require_filled_in, require_form_of_today, require_report
from ogi.extract.report import Finding, FindingKind, Report, Severity, worded
from ogi.extract.sections import narratives
from ogi.extract.title import identity
from ogi.extract.walk import Walk, walk
from ogi.files import code_digest
from ogi.readers.document import Document
from ogi.said import printable

_LOG = logging.getLogger(__name__)
_PARTS = ("values.py", "forms", "readers", "extract")
_LIBRARIES = (
    *("pdfplumber", "pdfminer.six", "pypdfium2", "lxml", "python-docx", "markdown-it-py"),
    *("rapidfuzz", "opencc", "rapidocr", "onnxruntime", "opencv-python-headless"),
)


def _parser_version() -> str:
    """A digest of the code, wordings and libraries that decide what is read and said of it."""
    versions = " ".join(f"{name}={metadata.version(name)}" for name in _LIBRARIES)
    return hashlib.sha256(f"{code_digest(*_PARTS)} {versions}".encode()).hexdigest()[:12]


PARSER_VERSION = _parser_version()
"""Reports read by another version are read again."""


def read_report(path: Path) -> Report:
    """Read one file; UnreadableFile, one line, where it is no report on one of the two forms."""
    return report_of(readers.read(path))


def report_of(document: Document) -> Report:
    """Return what a document says; UnreadableFile where it is no report on one of the two forms."""
    path = document.path
    require_form_of_today(document)
    who = identity(document)
    found, in_lines, shaped = _walk_all(document, who.year)
    told, missing_sections = narratives(shaped)
    require_report(document, found, told, who)
    traces, editions, findings = traces_of(found, who)
    require_filled_in(document, [trace.figure for trace in traces], told)
    notes = [Finding(FindingKind.READER_NOTE, Severity.WARNING, note) for note in document.notes]
    notes += [
        Finding(FindingKind.TABLE_IN_LINES, Severity.NOTE, worded("in_lines"), table) for table in in_lines
    ]
    return Report(
        source=printable(path.name),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        method=document.method,
        title=who.title,
        agency=who.agency,
        printed_agency=who.printed_agency,
        year=who.year,
        forms=editions,
        figures=tuple(trace.figure for trace in traces),
        narratives=told,
        findings=(*who.findings, *notes, *findings, *missing_sections),
    )


def explain(document: Document, figure_id: str) -> Trace:
    """How one figure of a document was read.

    Args:
        document: What `readers.read` made of the file.
        figure_id: table/item/measure, such as "requests/granted/total".

    Raises:
        KeyError: The table, in the edition that the document prints, has no such figure.
    """
    who = identity(document)
    found, _, _ = _walk_all(document, who.year)
    traces, _, _ = traces_of(found, who)
    return {trace.figure.id: trace for trace in traces}[figure_id]


def _walk_all(document: Document, year: int | None) -> tuple[Walk, list[str], Document]:
    """The rows of all tables, and which of these stand in plain lines, where none is printed as a table.

    With them the document in which those lines are tables, no text.
    """
    found, shaped = walk(document), document
    in_lines: list[str] = []
    # Lines placed on a page are no cells of a table.
    if not document.tells_places and not all(found.has(table) for table in forms.TABLES):
        with_tables = tables_in_lines(document)
        in_lines = _add_tables_in_lines(found, walk(with_tables))
        shaped = with_tables if in_lines else document
    told_where_cut(found, document)
    found.rows += list(labelled_rows(shaped, found.rows, year))
    return found, in_lines, shaped


def _add_tables_in_lines(found: Walk, lines: Walk) -> list[str]:
    """Add the rows of tables that are only found in lines; returns which these are."""
    in_lines = [table for table in forms.TABLES if not found.has(table) and lines.has(table)]
    _LOG.debug("in lines: %s; as tables: %s", in_lines, [t for t in forms.TABLES if found.has(t)])
    found.rows += [row for row in lines.rows if row.head.table in in_lines]
    said = {finding.table for finding in found.said}
    found.said += [finding for finding in lines.said if finding.table not in said]
    found.ended_in = lines.ended_in
    return in_lines
