"""Document + forms → Report, by label and place in the hierarchy; nothing is found by counting numbers."""

from __future__ import annotations

import hashlib
import logging
from importlib import metadata
from pathlib import Path

from ogi import forms, readers
from ogi.extract.figures import Trace, traces_of
from ogi.extract.lines import tables_in_lines
from ogi.extract.report import Finding, FindingKind, Report, Severity, worded
from ogi.extract.script import simplified
from ogi.extract.sections import narratives
from ogi.extract.settings import SETTINGS
from ogi.extract.title import identity
from ogi.extract.walk import Walk, walk
from ogi.readers.document import Document, UnreadableFile
from ogi.said import printable

_LOG = logging.getLogger(__name__)
_PARTS = ("values.py", "forms", "readers", "extract")
_LIBRARIES = (
    *("pdfplumber", "pdfminer.six", "pypdfium2", "lxml", "python-docx", "markdown-it-py"),
    *("rapidfuzz", "opencc", "rapidocr", "onnxruntime", "opencv-python-headless"),
)


def _parser_version() -> str:
    """A digest of the code, wordings and libraries that decide what is read and said of it."""
    home = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for part in _PARTS:
        own = (home / part).rglob("*") if (home / part).is_dir() else [home / part]
        for file in sorted(file for file in own if file.suffix in (".py", ".yaml")):
            digest.update(file.relative_to(home).as_posix().encode() + file.read_bytes())
    digest.update(" ".join(f"{name}={metadata.version(name)}" for name in _LIBRARIES).encode())
    return digest.hexdigest()[:12]


PARSER_VERSION = _parser_version()
"""Reports read by another version are read again."""


def read_report(path: Path) -> Report:
    """Read one file; UnreadableFile, one line, where it is no report on one of the two forms."""
    return report_of(readers.read(path))


def report_of(document: Document) -> Report:
    """Return what a document says; UnreadableFile where it is no report on one of the two forms."""
    path = document.path
    _require_new_form(document)
    found, in_lines = _walk_all(document)
    told, missing_sections = narratives(document)
    who = identity(document)
    if (
        not found.rows
        and sum(part.number != "" or part.title != "" for part in told) < SETTINGS.fewest_sections
    ):
        raise UnreadableFile(path, worded("refused.no_report"), worded("refused.other_file"))
    if who.year is not None and who.year < forms.FIRST_YEAR:
        expected = worded("refused.year", first=forms.FIRST_YEAR)
        raise UnreadableFile(path, expected, worded("refused.old_year", year=who.year))
    traces, editions, findings = traces_of(found, who)
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
    found, _ = _walk_all(document)
    traces, _, _ = traces_of(found, identity(document))
    return {trace.figure.id: trace for trace in traces}[figure_id]


def _walk_all(document: Document) -> tuple[Walk, list[str]]:
    """The rows of all tables, and which of these stand in plain lines, where none is printed as a table."""
    found = walk(document)
    # Lines placed on a page are no cells of a table.
    if document.tells_places or all(found.has(table) for table in forms.TABLES):
        return found, []
    lines = walk(tables_in_lines(document))
    in_lines = [table for table in forms.TABLES if not found.has(table) and lines.has(table)]
    found.rows += [row for row in lines.rows if row.head.table in in_lines]
    _LOG.debug(
        "tables printed as tables: %s; in lines: %s",
        [t for t in forms.TABLES if t not in in_lines and found.has(t)],
        in_lines,
    )
    return found, in_lines


def _require_new_form(document: Document) -> None:
    """Reports before 2019 have one long vertical list of another kind: recognised and named, not mapped."""
    texts = ["".join(simplified(text).split()) for text in document.texts()]
    marks = [mark for mark in forms.OLD_FORM_MARKS if any(mark in text for text in texts)]
    if len(marks) > 1:  # one may be quoted in a report on the new form
        expected = worded("refused.form", first=forms.FIRST_YEAR)
        raise UnreadableFile(document.path, expected, worded("refused.old_form"))
