"""The tables of the dataset: each field declared once, with its type and what it means."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

GENERATION = b"ogi.generation"
"""The key of the Parquet metadata under which a file names the generation it belongs to."""

_TEXT, _FLOAT, _INT = pa.string(), pa.float64(), pa.int64()

FIELDS: dict[str, tuple[pa.DataType, str]] = {
    "report_id": (_TEXT, "The file: <agency folder>/<file name>, or, for a file alone, its name."),
    "agency": (_TEXT, "The agency's identity: its folder, or, for a file alone, the name in its title."),
    "year": (_INT, "The year that the report is about; null where it is not known."),
    "form": (_TEXT, "The edition of the statutory table, as found from its rows: 2019 or 2021."),
    "table": (_TEXT, "The statutory table: proactive, requests or review; null where none is meant."),
    "item": (_TEXT, "What the figure is about, by its id in the form."),
    "measure": (_TEXT, "What is counted about the item, by its id in the form."),
    "value": (_FLOAT, "The number, where state is reported; null otherwise."),
    "unit": (_TEXT, "The unit as printed or as the form prescribes it: 件, 项, 万元, 元."),
    "state": (_TEXT, "reported, blank, not_applicable, unreadable or absent."),
    "printed": (_TEXT, "The text as it stands in the document."),
    "note": (_TEXT, "What the cell says besides its number."),
    "page": (_INT, "The page, from 1, where the format has pages."),
    "x0": (_FLOAT, "The left edge of the cell in PDF points from the page's left."),
    "top": (_FLOAT, "The upper edge of the cell in PDF points from the page's top."),
    "x1": (_FLOAT, "The right edge of the cell in PDF points from the page's left."),
    "bottom": (_FLOAT, "The lower edge of the cell in PDF points from the page's top."),
    "method": (_TEXT, "How the file was read: pdf, html, word, text or ocr."),
    "confidence": (_FLOAT, "From 0 to 1: 1 for text, the recogniser's own for ocr."),
    "rule_id": (_TEXT, "The rule, by its id in the form."),
    "severity": (_TEXT, "error, warning or note."),
    "official": (pa.bool_(), "Does the form itself demand it?"),
    "verdict": (_TEXT, "holds, holds_blank_as_zero, broken, undecided or not_applicable."),
    "left": (_FLOAT, "The sum on the left; null where it is not known."),
    "right": (_FLOAT, "The sum on the right; null where it is not known."),
    "difference": (_FLOAT, "left - right; null where either is not known."),
    "cells": (pa.list_(_TEXT), "The cells it rests on: table/item/measure, after YEAR: where years differ."),
    "message": (_TEXT, "One sentence for a reader."),
    "message_zh": (_TEXT, "The same in Chinese."),
    "printed_agency": (_TEXT, "The agency's name as the report prints it."),
    "source": (_TEXT, "The file that was read."),
    "sha256": (_TEXT, "The SHA-256 of the file's bytes."),
    "title": (_TEXT, "The title as printed."),
    "form_proactive": (_TEXT, "The edition of that table; null where it is not in the document."),
    "form_requests": (_TEXT, "The edition of that table; null where it is not in the document."),
    "form_review": (_TEXT, "The edition of that table; null where it is not in the document."),
    "parser_version": (_TEXT, "The version of the reading rules; another version reads the file again."),
    "seconds": (_FLOAT, "How long the reading took."),
    "section": (_TEXT, "The section, by its id in the form."),
    "number": (_TEXT, "The section's number as printed."),
    "text": (_TEXT, "The paragraphs of the section."),
    "kind": (_TEXT, "What sort of finding it is; in the catalogue, what sort of agency."),
    "resembles": (_TEXT, "What of the form the printed text resembles most."),
    "corrected": (_TEXT, "What a person says the cell ought to hold; empty for a blank cell."),
    "reason": (_TEXT, "Why it was corrected."),
    "evidence": (_TEXT, "What shows it."),
    "mark": (_TEXT, "open, confirmed (with the agency), explained or dismissed."),
    "comment": (_TEXT, "What the reviewer says of it."),
    "who": (_TEXT, "The person who says so."),
    "when": (_TEXT, "When, as an ISO date."),
    "published": (_TEXT, "The day of publication, as an ISO date; null where it is not known."),
    "url": (_TEXT, "Where the report was published."),
    "deadline": (_TEXT, "The last day for publication, as an ISO date, where a person set one for the kind."),
}

_COLUMNS = {
    "figures": "report_id agency year form table item measure value unit state printed note "
    "page x0 top x1 bottom method confidence",
    "checks": "report_id agency year rule_id severity official verdict left right difference cells message",
    "reports": "report_id agency year printed_agency source sha256 title method "
    "form_proactive form_requests form_review parser_version seconds",
    "narratives": "report_id agency year section number title text page",
    "findings": "report_id agency year kind severity message message_zh table page printed resembles",
    "corrections": "report_id agency year table item measure printed corrected reason evidence who when",
    "review_marks": "agency year rule_id cells mark comment who when",
    "catalogue": "agency year kind published url deadline",
}


def _schema(columns: str) -> pa.Schema:
    return pa.schema([pa.field(name, FIELDS[name][0]) for name in columns.split()])


SCHEMAS: dict[str, pa.Schema] = {name: _schema(columns) for name, columns in _COLUMNS.items()}
"""Table → its columns, in order, with their types. A row is a cell (figures), a line of a rule in one
report (checks), a file (reports), a section (narratives), a remark (findings), a corrected cell
(corrections), what a reviewer says of a broken rule (review_marks), a publication (catalogue)."""


def to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame: text as str, years and pages as int64 (Int64 where some are null)."""
    frame: pd.DataFrame = table.to_pandas(integer_object_nulls=True)
    for field in table.schema:
        if field.type == _INT and table.column(field.name).null_count > 0:
            frame[field.name] = frame[field.name].astype("Int64")
        elif pa.types.is_list(field.type):  # pandas would have arrays, of which no two can be compared
            frame[field.name] = pd.Series(table.column(field.name).to_pylist(), dtype="object")
    return frame


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """A frame as the table of that name; ValueError where a column is missing, unknown or of another type."""
    schema = SCHEMAS[name]
    if set(frame.columns) != set(schema.names):
        missing = ", ".join(sorted(set(schema.names) - set(frame.columns))) or "none"
        unknown = ", ".join(sorted(set(frame.columns) - set(schema.names))) or "none"
        raise ValueError(f"table {name}: columns missing: {missing}; unknown: {unknown}")
    try:
        return pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise ValueError(f"table {name}: expected columns of its types, found: {error}") from error


def joined(name: str, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Frames of the table of that name, one below the other, typed as that table."""
    schema = SCHEMAS[name]
    tables = [to_arrow(name, part[schema.names]) for part in parts]
    return to_frame(pa.concat_tables([schema.empty_table(), *tables]))


def empty(name: str) -> pd.DataFrame:
    """The table of that name without rows."""
    return to_frame(SCHEMAS[name].empty_table())
