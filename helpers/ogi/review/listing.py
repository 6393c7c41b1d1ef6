"""A list of a review: declared once, shown in part on the page and whole in the workbook."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from ogi.agencies import KINDS
from ogi.compare import INDICATORS
from ogi.pages.html import Html, chinese, number, percent
from ogi.review.settings import SETTINGS
from ogi.review.words import likeness, plain, render, say_of
from ogi.said import Said, told

NUMBERS = ("number", "change", "share", "likeness", "times")
KINDS_OF_COLUMNS = {
    "agency": "agency other",
    "official": "cell cell_told section_told",
    "zh": "printed corrected reason evidence who when file first_read title_names others same_as "
    "value_told before_told median_told as_printed should_be",
    "number": "agencies before now below days_late deviations denominator lines characters broken judged "
    "with_slip more count rank settled",
    "change": "change difference off",
    "share": "share",
    "likeness": "likeness",
    "times": "times",
    "html": "years site",
}
"""How the values of columns are told, wherever they stand; those of every other column are text.

`agency`: leads to its page, and there to the `anchor` of the row. `official`: words of the form, in English
with the Chinese beside them. `likeness`: a share that reads 100 % only where it is. `html`: a value that only
the page shows.
"""
_KIND_OF = {id: kind for kind, ids in KINDS_OF_COLUMNS.items() for id in ids.split()}


@dataclass(frozen=True)
class ListColumn:
    """A column: its id, which names its head in wordings.yaml, and how its values are told.

    `is_on_page`: is it shown there, or in the workbook alone?
    """

    id: str
    kind: str = "text"
    is_on_page: bool = True


def columns(*ids: str, hidden: Collection[str] = (), **kinds: str) -> tuple[ListColumn, ...]:
    """The columns of a list; `hidden`: not on the page; `kinds`: of those that are told otherwise here."""
    own = {**_KIND_OF, **kinds}
    return tuple(ListColumn(id, own.get(id, "text"), id not in hidden) for id in ids)


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
        rows = self.rows.head(self.most).to_dict("records")
        return render(
            "listing",
            language,
            title=title or plain(f"l.{self.id}", language),
            columns=shown,
            count=len(self.rows),
            left=max(0, len(self.rows) - self.most),
            note=None if self.note is None else told(self.note, language),
            rows=[[(column, _cell(column, row, language, with_page)) for column in shown] for row in rows],
            numbers=NUMBERS,
            head=lambda id: head(id, language),
        )


def _cell(column: ListColumn, row: dict[Any, Any], language: str, with_page: frozenset[str]) -> Markup:
    value = row[column.id]
    if column.kind == "agency":
        return linked(value, with_page, row.get("anchor", "") if column.id == "agency" else "")
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


def each(values: pd.Series[Any] | pd.DataFrame, of: Callable[[Any], object]) -> pd.Series[Any]:
    """What is said of each value, or row as a dict; pandas would make text of it, and drop its Chinese."""
    own = values.to_dict("records") if isinstance(values, pd.DataFrame) else values
    return pd.Series([of(value) for value in own], index=values.index, dtype="object")


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
    "likeness": likeness,
    "times": _times,
}
