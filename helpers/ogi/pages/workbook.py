"""The figures of an agency as a workbook for an office: the form's own tables, the years side by side."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime
from itertools import groupby

import pandas as pd
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ogi.checks import failed_rule
from ogi.checks.causes import CheckRow
from ogi.compare import INDICATORS, indicators
from ogi.compare.indicators import COUNT, PER_HUNDRED, PERCENT
from ogi.figures import FigureRow
from ogi.forms import EDITIONS, TABLES, Measure
from ogi.pages.cells import cell_label
from ogi.pages.figures import asked
from ogi.pages.frames import Column, Frames
from ogi.pages.html import listed, plain
from ogi.pages.levels import level_name
from ogi.said import known, told
from ogi.values import State

# What is made again from the same figures is the same file: no time of the day in it.
MADE = datetime(2000, 1, 1)
# No text of a report becomes a formula, a link or a number.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Noto Sans CJK SC", "font_size": 10},
}
_LABEL, _NUMBER, _TEXT = 30, 9, 60
"""Widths of columns, in characters."""


class _Sheets:
    """A workbook and its formats."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.year = book.add_format({"bold": True, "align": "center", "left": 1})
        self.label = book.add_format({"text_wrap": True, "valign": "top"})
        self.count = book.add_format({"num_format": "#,##0"})
        self.amount = book.add_format({"num_format": "#,##0.######"})
        self.share = book.add_format({"num_format": "0.0%"})
        self.rate = book.add_format({"num_format": "0.0"})
        self.none = book.add_format({"font_color": "#66717c", "align": "right"})

    def add(
        self, name: str, heads: Sequence[str], widths: Sequence[int], row: int = 0, frozen: int = 2
    ) -> Worksheet:
        """A sheet with a row of heads, which stay in sight, as do the first columns."""
        sheet = self.book.add_worksheet(name)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(row, column, head, self.head)
        sheet.freeze_panes(row + 1, frozen)
        sheet.repeat_rows(0, row)  # the heads on every printed page
        return sheet


def workbook(frames: Frames, language: str = "en") -> bytes:
    """The tables, the slips, the indicators and what all of it means, as the bytes of an .xlsx file.

    Numbers are numbers, and what is none is said in words in the language; in English, labels stand in both.
    """
    known(language)
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, deepcopy(OPTIONS))  # which it would change
    book.set_properties({"title": frames.agency, "created": MADE})
    sheets = _Sheets(book)
    for table in TABLES:
        _table(sheets, frames, table, language)
    _slips(sheets, frames, language)
    _indicators(sheets, frames, language)
    _definitions(sheets, language)
    book.close()
    return written.getvalue()


def _table(sheets: _Sheets, frames: Frames, table: str, language: str) -> None:
    """A row per item and, for each report, a column per measure, as the form has them."""
    rows = list(asked(table, frames.columns))
    reports = [column for column in frames.columns if not column.is_gap]
    places = list(_places(reports, table))
    labels = _labelled("项目", "Item", language)
    heads = [*labels, *(told_label(measure, language) for _, measure in places)]
    name = TABLES[table][EDITIONS[-1]].zh[:31]
    widths = [*[_LABEL] * len(labels), *[_NUMBER] * len(places)]
    sheet = sheets.add(name, heads, widths, row=1, frozen=len(labels))
    at = len(labels)
    for _, places_of_one in groupby(places, key=lambda place: place[0].key):
        own = list(places_of_one)
        column, width = own[0][0], len(own)
        year = plain("year_unknown", language) if column.year is None else str(column.year)
        head = f"{year} {column.file}".strip()
        if width > 1:
            sheet.merge_range(0, at, 0, at + width - 1, head, sheets.year)
        else:
            sheet.write_string(0, at, head, sheets.year)
        at += width
    for row, (item, _) in enumerate(rows, start=2):
        for number, text in enumerate(_labelled(item.full_label, item.en, language)):
            sheet.write_string(row, number, text, sheets.label)
        for number, (column, measure) in enumerate(places, start=len(labels)):
            cell = f"{table}/{item.id}/{measure.id}"
            found = frames.index.cell(str(column.report_id), cell)
            if found is not None:
                _figure(sheets, sheet, (row, number), found, language)


def _labelled(zh: str, en: str, language: str) -> list[str]:
    """The official label; beside it, for readers of English, what it means."""
    return [zh] if language == "zh" else [zh, en]


def _places(reports: Sequence[Column], table: str) -> Iterator[tuple[Column, Measure]]:
    """Each report with each measure that its form has, in print order."""
    for column in reports:
        form = TABLES[table].get(column.editions.get(table) or "")
        yield from ((column, measure) for measure in (form.measures if form is not None else ()))


def told_label(measure: Measure, language: str) -> str:
    """The head of a column in the language."""
    return measure.zh if language == "zh" else measure.en


def _figure(sheets: _Sheets, sheet: Worksheet, at: tuple[int, int], figure: FigureRow, language: str) -> None:
    if figure.value is not None:
        whole = figure.value == int(figure.value)
        sheet.write_number(*at, figure.value, sheets.count if whole else sheets.amount)
    elif figure.state != State.BLANK:
        said = (figure.printed or "").strip() or plain(f"state.{figure.state}", language)
        sheet.write_string(*at, said, sheets.none)
    if figure.correction is not None:
        sheet.write_comment(*at, plain("c.mark", language, printed=figure.correction["printed"]))


def _slips(sheets: _Sheets, frames: Frames, language: str) -> None:
    keys = ("year", "x.level", "rule", "x.what", "x.cells", "file", "x.mark")
    heads = [plain(key, language) for key in keys]
    sheet = sheets.add(plain("x.slips", language), heads, [8, 18, 40, _TEXT, 40, 24, 40], frozen=1)
    row = 1
    for slip in frames.slips:
        for line in slip.lines:
            labels = [cell_label(cell, language).striptags() for cell in line["cells"]]
            texts = (
                told(level_name(slip.level), language),
                told(failed_rule(line["rule_id"], line["verdict"]), language),
                line["message"],
                "; ".join(labels),
                line["report_id"].rpartition("/")[2],
                _mark(line, language),
            )
            if line["year"] is not None:
                sheet.write_number(row, 0, line["year"])
            for column, text in enumerate(texts, start=1):
                sheet.write_string(row, column, text, sheets.label)
            row += 1


def _mark(line: CheckRow, language: str) -> str:
    """The review mark on a line, and who says why."""
    if line["mark"] is None:
        return ""
    said = (plain(f"mark.{line['mark']}", language), line["comment"], line["who"], line["when"])
    return listed([one for one in said if one], language)


def _indicators(sheets: _Sheets, frames: Frames, language: str) -> None:
    """A row per indicator and a column per year; what is over few cases is marked in a note."""
    years = frames.years
    labels = _labelled("指标", "Indicator", language)
    widths = [*[_LABEL] * len(labels), *[_NUMBER] * len(years)]
    name = plain("x.indicators", language)
    sheet = sheets.add(name, [*labels, *map(str, years)], widths, frozen=len(labels))
    formats = {COUNT: sheets.count, PERCENT: sheets.share, PER_HUNDRED: sheets.rate}
    values = indicators(frames.annual)
    for row, (id, own) in enumerate(values.groupby("indicator", sort=False), start=1):
        indicator = INDICATORS[str(id)]
        for column, text in enumerate(_labelled(indicator.name.zh, str(indicator.name), language)):
            sheet.write_string(row, column, text, sheets.label)
        for one in own.dropna(subset=["value"]).to_dict("records"):
            at = row, len(labels) + years.index(one["year"])
            sheet.write_number(*at, one["value"], formats[one["unit"]])
            if one["small_denominator"] and indicator.is_rate:
                sheet.write_comment(*at, plain("x.few", language))


def _definitions(sheets: _Sheets, language: str) -> None:
    labels = _labelled("名称", "Name", language)
    heads = [plain("x.id", language), *labels, plain("x.means", language), plain("x.formula", language)]
    widths = [40, *[_LABEL] * len(labels), _TEXT, _TEXT]
    sheet = sheets.add(plain("x.definitions", language), heads, widths, frozen=1)
    rows: list[tuple[str, ...]] = [
        (
            one.id,
            *_labelled(one.name.zh, str(one.name), language),
            told(one.means, language),
            told(one.formula, language),
        )
        for one in INDICATORS.values()
    ]
    for table, editions in TABLES.items():
        named: dict[str, tuple[str, ...]] = {}
        for form in editions.values():
            for item, measure in form.cells():
                zh, en = f"{item.full_label} · {measure.zh}", f"{item.en} · {measure.en}"
                what = form.zh if language == "zh" else form.en
                named[f"{table}/{item.id}/{measure.id}"] = (*_labelled(zh, en, language), what)
        rows += [(id, *texts) for id, texts in named.items()]
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, sheets.label)


def with_labels(figures: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    """The table figures with the labels of item and measure in the language, beside their ids."""
    names = _labels(known(language))
    keys = zip(*(figures[name].tolist() for name in ("form", "table", "item", "measure")), strict=True)
    labels = pd.DataFrame(
        [names[key] for key in keys],
        columns=["item_label", "measure_label"],
        index=figures.index,
        dtype="str",
    )
    return pd.concat([figures, labels], axis=1)


def _labels(language: str) -> dict[tuple[str, str, str, str], tuple[str, str]]:
    """Form, table, item and measure → what the form calls the item and the measure."""
    return {
        (form.edition, table, item.id, measure.id): (
            item.full_label if language == "zh" else item.en,
            told_label(measure, language),
        )
        for table, editions in TABLES.items()
        for form in editions.values()
        for item, measure in form.cells()
    }
