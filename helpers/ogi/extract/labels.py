"""Printed labels against the forms' own: exact, a known short form, or a typing error of just one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Editop, Levenshtein

from ogi import forms
from ogi.extract.script import simplified, spellings
from ogi.extract.settings import SETTINGS
from ogi.forms import Group, Item
from ogi.values import NOTE_MARK, visible

_FOLD = str.maketrans("０１２３４５６７８９（）．，：", "0123456789().,:")
_NUMBER = re.compile(
    r"\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,]|\(?\d{1,2}[、.,)]|[①-⑳㈠-㈩⑴-⑽⒈-⒑]"
    r"|\d{1,2}(?=[\u4e00-\u9fff])"
)
_UNITS = "件|项|个|条|宗|份|部|次|人次|人|篇|起"
_UNIT_NOTE = re.compile(rf"\((?:单位:?)?(?:{_UNITS})\)")
_NOTE = re.compile(r"\([^()]*(?:\)|$)")
_SCALE_NOTE = re.compile(rf"\((?:单位:?)?[十百千万亿]+(?:{_UNITS}|元)?\)")
_OTHER_SCALE = re.compile(rf"(?:\(|单位:)(?:单位:)?[十百千万亿]+(?:{_UNITS})(?![\u4e00-\u9fff])")
_YEAR_NOTE = re.compile(
    r"\([指为即仅]?(?:([上去前往历下次明]|上一|下一|[12]\d{3})年度?)(?:数据?|数量|情况)?\)"
)
_OF_OTHER_YEAR = re.compile("[上下]一?年")
_CALLS_NOTE = re.compile(rf"{NOTE_MARK}\s*$")
_NEGATIONS = frozenset("不未非无")
_WHICH_YEAR = frozenset("本上去前今明下次")


@dataclass(frozen=True)
class PrintedLabel:
    """A printed label: its number (三, 1 … or empty) and its name, spaces, quotes and punctuation removed."""

    number: str
    name: str


class LabelBasis(StrEnum):
    """On what ground a row is taken for that of an item."""

    EXACT = "exact"
    """Its label is the form's, or a known short form of it."""
    PART = "part"
    """Its label is a part of this item's label alone."""
    NOTED = "noted"
    """Its label is this item's but for a note in brackets."""
    MISSPELT = "misspelt"
    """Its label is a typing error of this item's label alone."""
    HEADING = "heading"
    """The line above the table names the item (`review`, a table an item)."""
    COLUMN = "column"
    """The head of the column names the item (`review`)."""


@dataclass(frozen=True)
class LabelMatch:
    """The item whose row it is, and how that is known.

    `distance`: how far a misspelt label is from the official one, as `typing_error` counts.
    """

    item: str
    basis: LabelBasis
    distance: int = 0


@lru_cache(8192)
def label(text: str) -> PrintedLabel:
    """Split a printed label: "（三）不予 公开" → 三, 不予公开."""
    whole = visible(simplified(text))
    end = max(0, len(whole) - SETTINGS.longest_note_call)
    compact = "".join((whole[:end] + _CALLS_NOTE.sub("", whole[end:])).translate(_FOLD).split())
    compact = _UNIT_NOTE.sub("", compact)
    match = _NUMBER.match(compact)
    number, rest = ("", compact) if match is None else (match[0], compact[match.end() :])
    return PrintedLabel(_alphanumeric(unicodedata.normalize("NFKC", number)), _alphanumeric(rest))


@lru_cache(8192)
def without_notes(text: str) -> str:
    """The text without what its editors explain in brackets, such as （设区的市以上政府填写）.

    As it stands where brackets name a unit of thousands or more or another year: its figures would be others.
    """
    kept = text.translate(_FOLD)
    if "(" not in kept[1:] or _SCALE_NOTE.search("".join(kept.split())) or names_other_year(text, None):
        return text
    while (shorter := kept[:1] + _NOTE.sub("", kept[1:])) != kept:
        kept = shorter
    return kept


@lru_cache(8192)
def names_other_year(text: str, year: int | None) -> bool:
    """Do brackets say of a label or a head that its figures are another year's: 行政许可（上年）?

    A year in numbers is another where it is not `year`, that of the report, where known. What is itself named
    after another year (上年结转 …, 上一年项目数量) may say which.
    """
    compact = "".join(simplified(text).translate(_FOLD).split())
    noted = [note[1] for note in _YEAR_NOTE.finditer(compact)]
    if noted and _OF_OTHER_YEAR.search(_YEAR_NOTE.sub("", compact)):
        return False
    return any(not told.isdigit() or year not in (None, int(told)) for told in noted)


def other_scale(text: str) -> bool:
    """Does a text name a unit of tens or more in which things are counted: （单位：万件）, 百件?"""
    return _OTHER_SCALE.search("".join(simplified(text).translate(_FOLD).split())) is not None


def _alphanumeric(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _names(item: Item) -> list[str]:
    """Every way the label is printed: alone, by its aliases, or with the headings above it in one cell."""
    headings = [group.number + group.zh for group in item.groups]
    whole = ["".join([*headings[start:], item.label]) for start in range(len(headings) + 1)]
    return [label(text).name for name in [*whole, *item.aliases] for text in spellings(name)]


def _cores(item: Item) -> list[str]:
    """The item's own label and its short forms, in every spelling, headings left out."""
    return [label(text).name for name in (item.label, *item.aliases) for text in spellings(name)]


def _is_of_other_rank(text: str, item: Item) -> bool:
    """Is it numbered as headings are, and the item as rows are? （六）其他 is the rest of a heading."""
    printed, own = label(text).number, label(item.label).number
    return bool(printed and own) and printed.isdigit() != own.isdigit()


class ItemLabels:
    """The row labels of one statutory table, both editions together."""

    def __init__(self, table: str) -> None:
        self.table = table
        editions = forms.TABLES[table].values()
        self.items: dict[str, Item] = {item.id: item for edition in editions for item in edition.items}
        self.groups: set[Group] = {group for item in self.items.values() for group in item.groups}
        self._exact = {name: item.id for item in self.items.values() for name in _names(item)}
        self._cores = {item.id: _cores(item) for item in self.items.values()}
        self._numbers = {item.id: label(item.label).number for item in self.items.values()}
        self._group_names = {label(text).name: group for group in self.groups for text in spellings(group.zh)}

    @property
    def names(self) -> set[str]:
        """Every name of a row or a heading."""
        return {*self._exact, *self._group_names}

    def exact(self, text: str, group: Group | None) -> str | None:
        """The item whose label this is; a name as bare as 其他 counts only under its own heading."""
        item_id = self._exact.get(label(text).name)
        if item_id is None:
            return None
        item = self.items[item_id]
        bare = (
            len(label(text).name) < SETTINGS.shortest_name
            and item.group is not None
            and item.group.group is not None
        )
        return None if bare and (group != item.group or _is_of_other_rank(text, item)) else item_id

    def group(self, text: str) -> Group | None:
        """The heading whose label this is."""
        names = (label(text).name, label(without_notes(text)).name)
        return next((self._group_names[name] for name in names if name in self._group_names), None)

    def misspelt(self, text: str, free: Collection[str]) -> LabelMatch | None:
        """The one item among `free` that the text is but for a note, a typing error or a part left out."""
        noted = self.exact(without_notes(text), None)
        if noted is not None and noted in free:
            return LabelMatch(noted, LabelBasis.NOTED)
        printed = label(text)
        if len(printed.name) < SETTINGS.shortest_name or other_scale(text) or names_other_year(text, None):
            return None
        costs = _costs(self.table, printed)
        best = sorted((costs[item], item) for item in free if item in costs)[:2]
        # the runner-up must be a letter changed or two lost farther off, else either may be meant
        if not best or (len(best) == 2 and best[1][0] < best[0][0] + 2):
            return None
        distance, item = best[0]
        return LabelMatch(item, LabelBasis.MISSPELT if distance else LabelBasis.PART, distance)

    def cost(self, printed: PrintedLabel, item: str) -> int | None:
        """How far the label is from an item's: 0 for a part of it; None where it is no typing error of it."""
        number = self._numbers[item]
        if printed.number and number and printed.number != number:
            return None
        if self._holds(item, printed.name):
            return 0 if sum(self._holds(other, printed.name) for other in self.items) == 1 else None
        errors = (typing_error(printed.name, core) for core in self._cores[item])
        return min((error for error in errors if error is not None), default=None)

    def _holds(self, item: str, name: str) -> bool:
        return any(name in core for core in self._cores[item])

    def nearest(self, text: str) -> str:
        """The official label that the text resembles most, for a finding."""
        labels = {item.id: item.label for item in self.items.values()}
        _, _, item_id = process.extractOne(text, labels, scorer=fuzz.ratio)
        return self.items[item_id].label


@lru_cache(16384)
def typing_error(printed: str, official: str) -> int | None:
    """How far a misspelt name is from the official one, None where it is too far to be a typing error.

    Letters lost are likelier than letters put in or changed: 其他法律行政止公开 has lost three.
    """
    operations = Levenshtein.editops(official, printed)
    if any(_turns(operation, official, printed) for operation in operations):
        return None
    lost = sum(operation.tag == "delete" for operation in operations)
    changed = len(operations) - lost
    # A label cut by a cell's edge loses letters, and is known by the rest.
    most = len(official) * 2 // 5 if changed == 0 else len(official) // 3
    # A letter in eight: 12 letters may have one misprint, 16 two.
    if len(official) < SETTINGS.shortest_name or lost > most or changed > max(1, len(official) // 8):
        return None
    return lost + 2 * changed  # what is changed says more that it is another name than what is lost


def _turns(operation: Editop, official: str, printed: str) -> bool:
    """Does a change put one word for another, 上年 for 本年, or say that something is not?

    A word that stands there twice (仍不不明确) says nothing more than once.
    """
    if operation.tag == "delete":
        return False
    at = operation.dest_pos
    put, beside = printed[at], printed[max(0, at - 1) : at] + printed[at + 1 : at + 2]
    if operation.tag == "insert" and put in beside:
        return False
    instead = official[operation.src_pos] if operation.tag == "replace" else ""
    return put in _NEGATIONS or (put in _WHICH_YEAR and instead in _WHICH_YEAR)


@cache
def item_labels(table: str) -> ItemLabels:
    """The row labels of a table, made once."""
    return ItemLabels(table)


@lru_cache(4096)
def _costs(table: str, printed: PrintedLabel) -> dict[str, int]:
    """The items of which the label may be a typing error, with its distance: the same labels come again."""
    labels = item_labels(table)
    costs = {item: labels.cost(printed, item) for item in labels.items}
    return {item: cost for item, cost in costs.items() if cost is not None}
