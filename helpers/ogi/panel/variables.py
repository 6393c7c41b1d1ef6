"""The variables of the panel, declared once: its files, its codebook and its labels are made from here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from ogi.agencies import KINDS
from ogi.checks import RULES
from ogi.columns import CELLS
from ogi.compare import INDICATORS, SMALL, cell_label, is_divided
from ogi.extract.scope import Scope
from ogi.forms import EDITIONS, TABLES, printed_on
from ogi.panel.printed import Printed, printed
from ogi.readers.document import Method
from ogi.said import Said, joined, packaged, say, told, wordings

LONGEST_NAME, LONGEST_LABEL = 32, 80
"""Characters that Stata allows in the name of a variable, and in its label."""

MIXED = "mixed"
"""The method where cells of a year were read in several ways."""

_AMOUNT = "/amount"
"""How the cells end whose unit a report chooses."""
_DECLARED = packaged(__package__, "variables.yaml")
_TYPES = {"text": pa.string(), "whole": pa.int32(), "flag": pa.int8(), "number": pa.float64()}

Role = Literal[
    "key",
    "cell",
    "state",
    "unit",
    "indicator",
    "small",
    "zero",
    "wrong",
    "doubt",
    "corrected",
    "refuted",
    "lag",
    "lag_doubt",
    "rule",
]
_DOUBTS: tuple[Role, ...] = ("state", "wrong", "doubt", "refuted")
"""Marks by which a value is left out, which stand beside last year's value, too."""


@dataclass(frozen=True)
class Variable:
    """A column of the panel.

    `of`: the cell, indicator or rule that it tells of, the lagged variable of a lag, else nothing. `values`:
    what each value that it may have means, where these are few. `comparable`: does it mean the same in both
    editions of the form? `more`: what the codebook tells besides its label. `unit`: that of its numbers;
    of an amount, that which the form prescribes, since its report may print another.
    """

    name: str
    type: Literal["text", "whole", "flag", "number"]
    label: Said
    role: Role = "key"
    of: str = ""
    values: dict[int | str, Said] = field(default_factory=dict, hash=False)
    comparable: bool = True
    more: Said | None = None
    unit: Said | None = None

    @property
    def printed(self) -> Printed | None:
        """Where on the forms its cell is printed; None of a variable that is of no cell."""
        return printed(self.of) if self.role in ("cell", "state", "unit") else None

    @property
    def labelled(self) -> Said:
        """Its label with the unit of its numbers."""
        return self.label + self._unit_beside

    def label_in(self, language: str) -> str:
        """The same as Stata takes it: where too long, as of most rules, the end before the unit is cut."""
        text, unit = told(self.label, language), told(self._unit_beside, language)
        room = LONGEST_LABEL - len(unit)
        return (text if len(text) <= room else text[: room - 1] + "…") + unit

    @property
    def _unit_beside(self) -> Said:
        """The unit in brackets; of an amount, which a report may print in another, where its own stands."""
        if self.role == "cell" and self.of.endswith(_AMOUNT):
            return _told(_DECLARED["unit_told"], name=self.name + _DECLARED["unit"]["suffix"])
        return Said("", "") if self.unit is None else say(" ({unit})", "（{unit}）", unit=self.unit)

    def values_in(self, language: str) -> str:
        """What each of its values means, on one line; nothing where these are not few."""
        return "; ".join(f"{value}: {told(meaning, language)}" for value, meaning in self.values.items())

    @property
    def meaning(self) -> Said:
        """Its label, and what is told besides."""
        return self.label if self.more is None else joined((self.label, self.more), "; ", "；")

    @property
    def arrow(self) -> pa.DataType:
        """Its type in Parquet."""
        return _TYPES[self.type]


def short_name(*parts: str, room: int = 0) -> str:
    """A name of the parts with their words shortened, and `room` for characters that are put to it.

    ValueError where it is no name for a variable all the same.
    """
    short = _DECLARED["short"]
    words = (
        short.get(part) or "_".join(short.get(word, word) for word in re.split(r"[._]", part))
        for part in parts
    )
    name = "_".join(words)
    if len(name) + room > LONGEST_NAME or not name.isidentifier():
        raise ValueError(f"{name}: expected a name of at most {LONGEST_NAME} characters: shorten its words")
    return name


def _keys() -> Iterator[Variable]:
    values: dict[str, dict[int | str, Said]] = {
        "kind": {kind.id: kind.label for kind in KINDS.values()},
        "scope": {str(scope): _worded(_DECLARED["scopes"][scope]) for scope in Scope},
        **{f"form_{table}": {edition: Said.as_printed(edition) for edition in EDITIONS} for table in TABLES},
        "method": {
            **{str(way): wordings("ogi")[f"method.{way}"] for way in Method},
            MIXED: _worded(_DECLARED["mixed"]),
        },
        "break_2021": {0: Said("form 2019", "2019年表格"), 1: Said("form 2021", "2021年表格")},
    }
    for name, entry in _DECLARED["variables"].items():
        more = _worded(entry["more"]) if "more" in entry else None
        yield Variable(name, entry["type"], _worded(entry), values=values.get(name, {}), more=more)


def _worded(entry: dict[str, str]) -> Said:
    return Said(entry["en"], entry["zh"])


def _told(entry: dict[str, str], **values: object) -> Said:
    return say(entry["en"], entry["zh"], **values)


def _cells() -> Iterator[Variable]:
    states = {code: _worded(entry) for code, entry in _DECLARED["states"].items()}
    for cell in CELLS:
        table, item, measure = cell.split("/")
        suffix = _DECLARED["state"]["suffix"]
        name = short_name(_DECLARED["cells"][table], item, measure, room=len(suffix))
        label, forms = _full_label(cell), TABLES[table].values()
        alike = [one.comparable for form in forms for one in form.measures if one.id == measure]
        comparable = all(alike) and not is_divided(cell)
        unit = _prescribed_unit(cell)
        more = _worded(_DECLARED["measures"][measure]) if measure in _DECLARED["measures"] else None
        yield Variable(name, "number", label, "cell", cell, comparable=comparable, more=more, unit=unit)
        state = _told(_DECLARED["state"], label=label)
        yield Variable(name + suffix, "flag", state, "state", cell, states, comparable)
        if cell.endswith(_AMOUNT):
            unit = _told(_DECLARED["unit"], label=label)
            yield Variable(name + _DECLARED["unit"]["suffix"], "text", unit, "unit", cell, {}, comparable)


def _prescribed_unit(cell: str) -> Said | None:
    """What the form counts the cell in, in English by what it counts; of an amount as it is printed."""
    unit, (table, _, measure) = printed_on(cell)[2].unit, cell.split("/")
    if unit is None or cell.endswith(_AMOUNT):
        return None if unit is None else Said.as_printed(unit)
    counted = _DECLARED["counted"]
    return Said(counted.get(f"{table}/{measure}", counted[table]), unit)


def _full_label(cell: str) -> Said:
    """The label with its measure also where it is the total, since here all seven stand side by side.

    Of a part that form 2021 divides also the heading above it: 其他 alone says little.
    """
    form, item, measure = printed_on(cell)
    label = cell_label(cell)
    if (form.id, measure.id) == ("requests", "total"):
        label = say(
            "{item}: {measure}", "{item}·{measure}", item=label, measure=Said(measure.en.lower(), measure.zh)
        )
    if is_divided(cell):
        heading = item.groups[-1]
        label = say("{group}: {label}", "{group}·{label}", group=Said(heading.en, heading.zh), label=label)
    return label


def _indicators() -> Iterator[Variable]:
    marks: tuple[Role, ...]
    for indicator in INDICATORS.values():
        marks = ("zero", "wrong", "doubt", "corrected", "refuted")
        if indicator.is_rate:
            marks = ("small", *marks)
        room = max(len(_DECLARED[mark]["suffix"]) for mark in marks)
        name = short_name(_DECLARED["indicator"]["prefix"], indicator.id, room=room)
        unit = _worded(_DECLARED["units"][indicator.unit])
        yield Variable(name, "number", indicator.name, "indicator", indicator.id, unit=unit)
        for mark in marks:
            marked = _told(_DECLARED[mark], label=indicator.name, small=SMALL)
            yield Variable(name + _DECLARED[mark]["suffix"], "flag", marked, mark, indicator.id)


def _lags(variables: list[Variable]) -> Iterator[Variable]:
    """Of every indicator and what is declared as lagged, last year's value and what leaves it in doubt."""
    lagged = {*INDICATORS, *_DECLARED["lagged"]}
    values: tuple[Role, ...] = ("key", "cell", "indicator", "rule")
    for one in variables:
        if one.role in (*values, *_DOUBTS) and not lagged.isdisjoint((one.of, one.name)):
            role: Role = "lag" if one.role in values else "lag_doubt"
            label = _told(_DECLARED["lag"], label=one.label)
            name = f"{_DECLARED['lag']['prefix']}_{one.name}"
            yield Variable(name, one.type, label, role, one.name, one.values, unit=one.unit)


def _rules() -> Iterator[Variable]:
    for rule in RULES.values():
        label = _told(_DECLARED["rule"], rule=Said(rule.en, rule.zh))
        name = short_name(_DECLARED["rule"]["prefix"], rule.id)
        yield Variable(name, "whole", label, "rule", rule.id)


def _affixes() -> dict[str, Said]:
    """By what a name has before or behind it what that says; `…` stands for the rest."""
    label = Said.as_printed("…")
    roles = ("state", "unit", "small", "zero", "wrong", "doubt", "corrected", "refuted", "lag")
    entries = {role: _DECLARED[role] for role in roles}
    return {
        (f"{entry['prefix']}_…" if "prefix" in entry else f"…{entry['suffix']}"): _told(
            entry, label=label, small=SMALL
        )
        for entry in entries.values()
    }


def _all() -> tuple[Variable, ...]:
    own, others = [*_keys(), *_indicators()], [*_rules(), *_cells()]
    return (*own, *_lags([*own, *others]), *others)


VARIABLES: tuple[Variable, ...] = _all()
"""Every variable, in the order of the columns: keys, indicators, lags, broken rules, cells."""
AFFIXES: dict[str, Said] = _affixes()
"""What prefixes and suffixes of names add to them."""
ROLLED_UP: frozenset[str] = frozenset(_DECLARED["rolled_up"])
"""Cells of which a parent's number is told beside the sum of those below it."""
SCHEMA = pa.schema([pa.field(one.name, one.arrow) for one in VARIABLES])
"""The columns of the panel in Parquet."""
