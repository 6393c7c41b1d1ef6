"""A list of a review: declared once, shown in part on the page and whole in the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from ogi.agencies import KINDS
from ogi.compare import INDICATORS
from ogi.pages.html import Html, chinese, number, percent
from ogi.review.settings import SETTINGS
from ogi.review.words import plain, render, say_of
from ogi.said import Said, told

NUMBERS = ("number", "change", "share", "points", "times")


@dataclass(frozen=True)
class ListColumn:
    """A column: its id, which names its head in wordings.yaml, and how its values are told.

    `official`: words of the form, in English with the Chinese beside them. `html`: a value that only the page
    shows. `anchor`: the column with the place on the agency's page that
    an `agency` leads to. `is_on_page`: is it shown there, too?
    """

    id: str
    kind: Literal[
        "agency", "text", "official", "zh", "number", "change", "share", "points", "times", "html"
    ] = "text"
    anchor: str = ""
    is_on_page: bool = True


AGENCY = ListColumn("agency", "agency")
"""The column that a list begins with."""


@dataclass(frozen=True)
class Listing:
    """Rows with a column for each of `columns`. `id` names its title in wordings.yaml.

    `note`: how to read it; `most`: rows that the page shows.
    """

    id: str
    columns: tuple[ListColumn, ...]
    rows: pd.DataFrame
    note: Said | None = None
    most: int = SETTINGS.shown

    def html(self, language: str, with_page: frozenset[str], title: str = "") -> Html:
        """The first rows as a table, with how many are left out; `with_page`: agencies that have a page."""
        shown = [column for column in self.columns if column.is_on_page]
        return render(
            "listing",
            language,
            title=title or plain(f"l.{self.id}", language),
            columns=shown,
            count=len(self.rows),
            left=max(0, len(self.rows) - self.most),
            note=None if self.note is None else told(self.note, language),
            rows=list(self._cells(shown, language, with_page)),
            numbers=NUMBERS,
            head=lambda id: head(id, language),
        )

    def _cells(
        self, shown: list[ListColumn], language: str, with_page: frozenset[str]
    ) -> Iterator[list[tuple[ListColumn, Markup]]]:
        for row in self.rows.head(self.most).to_dict("records"):
            yield [(column, _cell(column, row, language, with_page)) for column in shown]


def _cell(column: ListColumn, row: dict[Any, Any], language: str, with_page: frozenset[str]) -> Markup:
    value = row[column.id]
    if column.kind == "agency":
        return linked(value, with_page, row[column.anchor] if column.anchor else "")
    if is_none(value):
        return Markup("\u2013")
    if isinstance(value, Markup):
        return value
    if column.kind == "official":
        return official(value, language)
    if column.kind in NUMBERS and value == float("inf"):
        return say_of("from_zero", language)
    return Markup("{}").format(_TOLD[column.kind](value) if column.kind in _TOLD else told(value, language))


def official(words: Said, language: str) -> Markup:
    """Words of the form; in English with the Chinese beside them, as on the agencies' pages."""
    if language == "zh" or words.zh == str(words):
        return Markup("{}").format(told(words, language))
    return Markup("{} {}").format(str(words), chinese(words.zh))


def each(values: Iterable[Any], of: Callable[[Any], object]) -> pd.Series[Any]:
    """What is said of each value; pandas would make plain text of it, and drop its Chinese."""
    index = values.index if isinstance(values, pd.Series) else None
    return pd.Series([of(value) for value in values], index=index, dtype="object")


def is_none(value: Any) -> bool:
    """Is there nothing to tell?"""
    return value is None or value is pd.NA or (isinstance(value, float) and value != value) or value == ""


def linked(agency: str | None, with_page: frozenset[str], anchor: str = "") -> Markup:
    """The agency's name, leading to its page where it has one, and there to a figure."""
    if agency is None:
        return Markup("\u2013")
    if agency not in with_page:
        return Markup('<span lang="zh-Hans">{}</span>').format(agency)
    place = f"{quote(agency)}/index.html" + (f"#{quote(anchor)}" if anchor else "")
    return Markup('<a href="{}" lang="zh-Hans">{}</a>').format(place, agency)


def head(column: str, language: str) -> Markup:
    """The head of a column: its own word, that of an indicator, or of a kind of agency."""
    id, _, part = column.partition(".")
    if id in INDICATORS:
        name = Markup("{}").format(told(INDICATORS[id].name, language))
        return name if part == "" else say_of(f"c.{part}_of", language, name=name)
    if id == "kind" and part:
        return Markup("{}").format(told(KINDS[part].label if part in KINDS else part, language))
    return say_of(f"c.{column}", language)


def _times(value: float) -> str:
    if value == 0:
        return "0"
    return f"\u00d7 {number(round(value, 1))}" if value >= 1 else f"\u00f7 {number(round(1 / value, 1))}"


_TOLD = {
    "number": number,
    "change": lambda value: number(value, signed=True),
    "share": percent,
    "points": lambda value: f"{number(round(100 * value, 1), signed=True)}",
    "times": _times,
}
