"""What does not hold, in words: the form's own sums first, then the soft rules, then our own doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pandas as pd
from markupsafe import Markup

from ogi.checks import THEMES, Verdict
from ogi.forms import TABLES
from ogi.pages.checks import rule_name, theme_of
from ogi.pages.frames import Frames, records
from ogi.pages.html import Html, render
from ogi.pages.places import Clip, Places
from ogi.pages.references import Reference, place_label, references
from ogi.pages.words import chinese, say
from ogi.said import known
from ogi.tables import SETTLED, matched

OFFICIAL, WARNING, NOTE = "official", "warning", "note"
LEVELS = (OFFICIAL, WARNING, NOTE, Verdict.UNDECIDED)
"""The most serious first: the agency's errors, what to ask about, what is worth a look, our doubts."""
FOLDED, DRAWN = (NOTE, Verdict.UNDECIDED), (OFFICIAL, WARNING, Verdict.UNDECIDED)
MOST_OPEN = 6
"""How many lines of one table stand there unfolded."""


@dataclass(frozen=True)
class RuleLine:
    """A line of a rule that does not hold, or cannot be decided."""

    row: dict[str, Any]
    references: tuple[Reference, ...]
    pages: tuple[int, ...]
    mark: dict[str, Any] | None
    clips: tuple[Clip, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Has a reviewer explained or dismissed it?"""
        return self.mark is not None and self.mark["mark"] in SETTLED


@dataclass(frozen=True)
class Case:
    """One rule in one report, with every line that does not hold."""

    year: int | None
    file: str
    rule: str
    lines: tuple[RuleLine, ...]


@dataclass(frozen=True)
class Part:
    """All that does not hold in one table, or about one theme."""

    name: Markup | str
    shown: tuple[Case, ...]
    folded: tuple[Case, ...]

    @property
    def more(self) -> int:
        """How many lines are folded away."""
        return sum(len(case.lines) for case in self.folded)


@dataclass(frozen=True)
class Level:
    """All of one seriousness; `is_folded`: is it shown only when asked for?"""

    id: str
    count: int
    parts: tuple[Part, ...]

    @property
    def is_folded(self) -> bool:
        """Is it shown only when asked for?"""
        return self.id in FOLDED


def breaches(frames: Frames, language: str = "en") -> Html:
    """Every rule that is broken or undecided, with its figures, their place, picture and review mark."""
    standing = _standing(frames.checks)
    on, unmet = matched(standing, frames.marks)
    levels = list(_levels(frames, standing, on, language))
    official = frames.checks[frames.checks["official"].astype(bool)]["verdict"]
    return render(
        "breaches",
        language,
        agency=frames.agency,
        levels=levels,
        counts={level: int((_level_of(standing) == level).sum()) for level in LEVELS},
        settled=int((on["mark"].isin(SETTLED) & (standing["verdict"] == Verdict.BROKEN)).sum()),
        held=int(official.isin([Verdict.HOLDS, Verdict.HOLDS_BLANK_AS_ZERO]).sum()),
        as_zero=int((official == Verdict.HOLDS_BLANK_AS_ZERO).sum()),
        unmet=list(_unmet(unmet, frames.checks, language)),
    )


def counts(checks: pd.DataFrame) -> tuple[int, int, int]:
    """How many official rules are broken, how many soft ones that are warnings, how many are undecided."""
    levels = _level_of(_standing(checks))
    official, warnings, undecided = (
        int((levels == level).sum()) for level in (OFFICIAL, WARNING, Verdict.UNDECIDED)
    )
    return official, warnings, undecided


def _standing(checks: pd.DataFrame) -> pd.DataFrame:
    return checks[checks["verdict"].isin([Verdict.BROKEN, Verdict.UNDECIDED])]


def _level_of(standing: pd.DataFrame) -> pd.Series[Any]:
    level = standing["severity"].where(standing["severity"] == NOTE, WARNING).astype("object")
    level = level.mask(standing["official"].astype(bool), OFFICIAL)
    return level.mask(standing["verdict"] == Verdict.UNDECIDED, Verdict.UNDECIDED)


def _levels(frames: Frames, standing: pd.DataFrame, on: pd.DataFrame, language: str) -> Iterator[Level]:
    places, level_of = Places(frames), _level_of(standing)
    for level in LEVELS:
        own = standing[level_of == level]
        lines = [
            RuleLine(row, tuple(references(row, frames, language)), places.pages(row), mark)
            for row, mark in zip(records(own), _marks(on.loc[own.index]), strict=True)
        ]
        if lines:
            yield Level(level, len(lines), tuple(_parts(lines, places, level, language)))


def _marks(on: pd.DataFrame) -> Iterator[dict[str, Any] | None]:
    return (row if row["mark"] is not None else None for row in records(on))


def _parts(lines: list[RuleLine], places: Places, level: str, language: str) -> Iterator[Part]:
    """The lines by table, within it the latest report first, what is settled last."""
    names = _part_names(language)

    def order(line: RuleLine) -> tuple[Any, ...]:
        year = line.row["year"]
        return part_of(line.row), line.is_settled, year is None, -(year or 0), line.row["report_id"]

    for part, of_part in groupby(sorted(lines, key=order), key=lambda line: part_of(line.row)):
        ordered = list(of_part)
        shown = ordered[:MOST_OPEN] if level not in FOLDED else ordered
        drawn = [replace(line, clips=places.clips(line.row)) for line in shown] if level in DRAWN else shown
        rest = ordered[len(shown) :]
        yield Part(names[part], tuple(_cases(drawn, language)), tuple(_cases(rest, language)))


def _cases(lines: Iterable[RuleLine], language: str) -> Iterator[Case]:
    def key(line: RuleLine) -> tuple[str, str]:
        return line.row["report_id"], line.row["rule_id"]

    for (report_id, rule_id), own in groupby(lines, key=key):
        found = tuple(own)
        yield Case(found[0].row["year"], report_id.rpartition("/")[2], rule_name(rule_id, language), found)


def part_of(row: dict[str, Any]) -> int:
    """The place among the parts of a page: the table of all its cells, else the theme of its rule."""
    tables = {cell.rpartition(":")[2].partition("/")[0] for cell in row["cells"]}
    if len(tables) == 1:
        return list(TABLES).index(tables.pop())
    return len(TABLES) + list(THEMES).index(theme_of(row["rule_id"]))


def _part_names(language: str) -> list[Markup | str]:
    forms = [max(editions.items())[1] for editions in TABLES.values()]
    if known(language) == "zh":
        return [*(form.zh for form in forms), *(zh for zh, _ in THEMES.values())]
    named = [Markup("{} {}").format(form.en, chinese(form.zh)) for form in forms]
    return [*named, *(en for _, en in THEMES.values())]


def _unmet(unmet: pd.DataFrame, checks: pd.DataFrame, language: str) -> Iterator[dict[str, Any]]:
    """The marks on lines that are neither broken nor undecided, and what the verdict on them is now."""
    verdicts = {
        (row["year"], row["rule_id"], frozenset(row["cells"])): row["verdict"] for row in records(checks)
    }
    for row in records(unmet):
        verdict = verdicts.get((row["year"], row["rule_id"], frozenset(row["cells"])))
        now = (
            say("m.gone", language)
            if verdict is None
            else say("m.now", language, verdict=say(f"verdict.{verdict}", language))
        )
        labels = [place_label(cell, language) for cell in row["cells"]]
        yield {**row, "rule": rule_name(row["rule_id"], language), "now": now, "labels": labels}
