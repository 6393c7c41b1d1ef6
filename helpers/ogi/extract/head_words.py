"""The words of a statutory table's head, and what a printed head cell means by them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ogi import forms
from ogi.extract.labels import label, typing_error, without_notes
from ogi.extract.script import simplified, spellings
from ogi.readers.document import Cell
from ogi.values import visible

UNIT = re.compile(r"[（(]\s*(?:单位)?\s*[:：]?\s*([万亿]?元)\s*[)）]")

_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Token:
    """What a head cell says. `kind`: measure, item, group, corner; an unknown text has no kind."""

    kind: str
    name: str
    cell: Cell = field(compare=False)


class HeadWords:
    """The words of one table's head, from the forms: measures, groups and what stands under each."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.measures: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self.items: dict[str, str] = {}
        self.under: dict[str, set[str]] = {}
        for edition in forms.TABLES[table].values():
            for measure in edition.measures:
                for name in (measure.zh, *measure.aliases):
                    for text in spellings(UNIT.sub("", name)):
                        self.measures[label(text).name] = measure.id
                for group in measure.group.path if measure.group is not None else ():
                    self.groups[label(group.zh).name] = group.id
                    self._put(group.group.id if group.group is not None else None, group.id)
                self._put(measure.group.id if measure.group is not None else None, measure.id)
            if table == "review":
                for item in edition.items:
                    self.items[label(item.zh).name] = item.id
                    self.under[item.id] = {measure.id for measure in edition.measures}
                    for group in item.groups:
                        self.groups[label(group.zh).name] = group.id
                        self._put(group.id, item.id)

    def _put(self, group: str | None, member: str) -> None:
        if group is not None:
            self.under.setdefault(group, set()).add(member)

    @property
    def names(self) -> set[str]:
        """Every name of a column, with its unit or without, of a group of them or of the corner."""
        measures = (measure.zh for form in forms.TABLES[self.table].values() for measure in form.measures)
        own = {label(text).name for zh in measures for text in spellings(zh)}
        return {*own, *self.measures, *self.groups, *self.items, *_CORNERS}

    def token(self, cell: Cell) -> Token:
        """What a cell says in this table's head, all of it, or its lines that hold an ideograph.

        Heads print nothing but ideographs; a line without one is what a seal or a blot left on a scan.
        """
        return Token(*_meaning(self.table, cell.text), cell)

    def meaning(self, text: str) -> tuple[str, str]:
        """The kind and the name that a text means, its own name without a kind where it means nothing."""
        name = label(UNIT.sub("", on_one_line(text))).name
        clean = label(UNIT.sub("", on_one_line(_without_blots(text)))).name
        bare = label(without_notes(UNIT.sub("", on_one_line(text)))).name
        for kind, words in (("measure", self.measures), ("item", self.items), ("group", self.groups)):
            for printed in (name, clean, bare):
                if printed in words:
                    return kind, words[printed]
        if name in _CORNERS or clean in _CORNERS:
            return "corner", name
        return self._misspelt(name) or ("", name)

    def without_note(self, text: str) -> str | None:
        """The name of a column that a text is but for its editors' words in brackets; None for others."""
        printed = UNIT.sub("", on_one_line(text))
        bare = without_notes(printed)
        is_noted = label(printed).name not in self.measures and label(bare).name in self.measures
        return bare if is_noted else None

    def _misspelt(self, name: str) -> tuple[str, str] | None:
        """The one measure, item or group that a name is a typing error of, all their names considered."""
        costs: dict[tuple[str, str], int] = {}
        for kind, words in (("measure", self.measures), ("item", self.items), ("group", self.groups)):
            for official, meant in words.items():
                cost = typing_error(name, official)
                if cost is not None:
                    costs[kind, meant] = min(cost, costs.get((kind, meant), cost))
        best = sorted(costs, key=lambda word: costs[word])[:2]
        if len(best) == 2 and costs[best[1]] < costs[best[0]] + 2:
            return None
        return best[0] if best else None


def on_one_line(text: str) -> str:
    """A head cell's text in simplified characters, put together where it is broken over lines."""
    return "".join(visible(simplified(text)).split())


def _without_blots(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if _IDEOGRAPH.search(line))


_CORNERS = {
    label(text).name for words in (forms.ITEM_COLUMN_HEAD, forms.BALANCE_NOTE) for text in spellings(words)
}


@cache
def head_words(table: str) -> HeadWords:
    """The head words of a table, made once."""
    return HeadWords(table)


@lru_cache(8192)
def _meaning(table: str, text: str) -> tuple[str, str]:
    """What a text means in a table's head; every cell is asked, and the same labels come again."""
    return head_words(table).meaning(text)
