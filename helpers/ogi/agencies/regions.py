"""The name of an agency → the region that it names, with the code that the region had in a year.

The codes are those of the Ministry of Civil Affairs at the end of each year (scripts/make_regions.py). A
region is only told where one alone can be meant: 朝阳区 without its city names two, and stays unresolved.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from ogi.said import Said, joined, packaged, worded

_SHOWN = 3
"""How many regions an unresolved name is said to mean."""

Level = Literal["province", "city", "county"]


@dataclass(frozen=True)
class Unit:
    """A province, city or county under one name, in the years from `first` to `last`."""

    code: str
    name: str
    alias: str
    city_code: str
    first: int
    last: int

    @property
    def level(self) -> Level:
        """What kind of unit its code says it is."""
        return "province" if self.code.endswith("0000") else "city" if self.code.endswith("00") else "county"

    @property
    def within(self) -> str:
        """The digits that its code shares with those of all units inside it."""
        return self.code[: {"province": 2, "city": 4, "county": 6}[self.level]]


@dataclass(frozen=True)
class Region:
    """A region as of the end of a year.

    `name`: with all that it lies in, such as 江苏省淮安市洪泽区. `code`: its own in that year. `city_code`:
    its city's, the same over all years and reorganisations; of a municipality that of the province, of a
    county right under a province its own; None of a province.
    """

    name: str
    code: str
    city_code: str | None
    level: Level
    year: int


_BRANCH = re.compile(r".*局(.{2,})分局")
"""A branch office behind its bureau: what stands between them may be a district."""
_DISTRICTS = ("新区", "区", "县", "市")
"""How districts end, which the name of a branch office leaves out."""


@dataclass(frozen=True)
class Resolved:
    """The region of a name, or why there is none.

    `rest`: what of the name follows the region. `is_named`: does it begin with a region of any year at all?
    """

    region: Region | None
    rest: str
    is_named: bool
    why: Said | None = None


def resolve(name: str, year: int, within: str | None = None) -> Resolved:
    """The region that a name begins with, as of a year.

    `within`: the code of a region in which it lies, such as its parent's. Years after the last one of the
    table count as that one, which `Region.year` tells.
    """
    text = _without_system(name)
    end, units = _longest(text)
    rest, is_named = text[end:], end > 0
    if within is not None:
        inside = _by_code()[within][0].within
        units = [unit for unit in units if unit.code.startswith(inside)]
    of = min(year, last_year())
    known = [unit for unit in units if unit.first <= of <= unit.last]
    if len(known) == 1:
        return Resolved(_region(_of_branch(known[0], rest, of), of), rest, is_named)
    return Resolved(None, rest, is_named, _why(units, known, year))


def _of_branch(unit: Unit, rest: str, year: int) -> Unit:
    """The one district of the region that a branch office is named for, else the region itself.

    淮安市公安局洪泽分局 lies in 洪泽区, though the whole police of the city is one agency.
    """
    named = _BRANCH.fullmatch(rest)
    ends = {named[1][start:] for start in range(len(named[1]) - 1)} if named else set()
    ends -= {generic.removesuffix("区") for generic in _words()["generic"]} | {*_words()["generic"]}
    found = {
        one
        for end in ends
        for kind in ("", *_DISTRICTS)
        for one in _by_name().get(end + kind, ())
        if one.code != unit.code and one.code.startswith(unit.within) and one.first <= year <= one.last
    }
    return found.pop() if len(found) == 1 else unit


def by_code(code: str, year: int) -> Region | None:
    """The region that had the code in that year; None where none had."""
    of = min(year, last_year())
    known = [unit for unit in _by_code().get(code, ()) if unit.first <= of <= unit.last]
    return _region(known[0], of) if known else None


def is_code(code: str) -> bool:
    """Had a region that code in any year?"""
    return code in _by_code()


def is_region(name: str) -> bool:
    """Has any region had that name, in any year?"""
    return name in _by_name()


def has_stayed(name: str) -> bool:
    """Is every region that ever had that name there today, so that none goes by another one now?"""
    return is_region(name) and all(one.last == last_year() for one in _by_name()[name])


@cache
def last_year() -> int:
    """The last year that the table tells of."""
    return max(unit.last for unit in _units())


def _longest(text: str) -> tuple[int, list[Unit]]:
    """How far into the text a chain of regions reaches at most, and which units may stand last in it."""
    chains = list(_chains(text, 0, ""))
    end = max((end for end, _ in chains), default=0)
    units = dict.fromkeys(unit for reached, unit in chains if reached == end)
    return end, list(units)


def _chains(text: str, start: int, within: str) -> Iterator[tuple[int, Unit]]:
    """Each unit named from `start` on, with where its name ends; then those in it, named behind."""
    for end in range(start + 2, min(len(text), start + _longest_name()) + 1):
        name = text[start:end]
        for unit in _by_name().get(name, ()):
            is_alone = within == "" and name in _words()["generic"]
            if unit.code.startswith(within) and not is_alone:
                yield end, unit
                yield from _chains(text, end, unit.within)


def _why(units: list[Unit], known: list[Unit], year: int) -> Said:
    if not units:
        return worded("ogi.agencies", "no_region")
    if not known:
        years = joined((f"{unit.first}–{unit.last}" for unit in units), ", ", "、")
        return worded("ogi.agencies", "other_years", name=units[0].name, years=years, year=year)
    shown = joined((_full_name(unit, unit.last) for unit in known[:_SHOWN]), ", ", "、")
    return worded("ogi.agencies", "several", n=len(known), shown=shown)


def _region(unit: Unit, year: int) -> Region:
    return Region(_full_name(unit, year), unit.code, unit.city_code or None, unit.level, year)


def _full_name(unit: Unit, year: int) -> str:
    codes = dict.fromkeys((unit.code[:2] + "0000", unit.code[:4] + "00"))
    above = (of for code in codes if code != unit.code for of in _by_code().get(code, ()))
    return "".join(of.name for of in above if of.first <= year <= of.last) + unit.name


def _without_system(name: str) -> str:
    """The name without the head of a system that stands before the place: 国家税务总局北京市税务局."""
    for system in _words()["systems"]:
        if name.startswith(system) and name != system:
            return name.removeprefix(system)
    return name


@cache
def _units() -> tuple[Unit, ...]:
    text = files(__package__).joinpath("regions.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Unit(**{**row, "first": int(row["first"]), "last": int(row["last"])}) for row in rows)  # type: ignore[arg-type]


@cache
def _by_name() -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in _units():
        for name in filter(None, (unit.name, unit.alias)):
            found.setdefault(name, []).append(unit)
    return found


@cache
def _by_code() -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in _units():
        found.setdefault(unit.code, []).append(unit)
    return found


@cache
def _longest_name() -> int:
    return max(map(len, _by_name()))


def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = packaged(__package__, "regions.yaml")
    return words
