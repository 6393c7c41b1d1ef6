"""What a chart shows, in words: for those who do not see it, and for those who must know how to read it."""

from __future__ import annotations

from collections.abc import Mapping

from ogi.charts.words import gap, say
from ogi.charts.yearly import REASONS, YearlyParts

_EQUAL_WITHIN = 1e-6

Names = Mapping[str, str]
"""Part id → what a reader calls it."""


def number(value: float) -> str:
    """Every digit of a number."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def alt(title: str, seen: YearlyParts, names: Names, language: str) -> str:
    """The title and the figures of every year."""
    years = [f"{year}{say('colon', language)}{_year(seen, year, names, language)}" for year in seen.years]
    return f"{title} {say('semicolon', language).join(years)}{say('stop', language)}".strip()


def _year(seen: YearlyParts, year: int, names: Names, language: str) -> str:
    numbers, states = seen.numbers[year], seen.states[year]
    if not numbers:
        return gap(seen.why(year), language)
    return say("comma", language).join(
        f"{names[part]} {number(numbers[part]) if part in numbers else gap(states[part], language)}"
        for part in seen.parts
    )


def notes(seen: YearlyParts, names: Names, language: str) -> tuple[str, ...]:
    """How to read these numbers: blanks counted as zero, parts not known."""
    found = [_unknown(seen, reason, names, language) for reason in REASONS]
    if seen.zeros:
        years = say("comma", language).join(map(str, seen.zeros))
        found.insert(0, say("blank_as_zero", language, years=years))
    return tuple(note for note in found if note != "")


def _unknown(seen: YearlyParts, reason: str, names: Names, language: str) -> str:
    which = []
    for year in seen.years:
        parts = [part for part, state in seen.states[year].items() if state == reason]
        some = f" {say('comma', language).join(names[part] for part in parts)}"
        if parts:
            which.append(str(year) + (some if len(parts) < len(seen.parts) else ""))
    if not which:
        return ""
    return say("unknown", language, why=gap(reason, language), which=say("semicolon", language).join(which))


def unequal(parts: YearlyParts, totals: YearlyParts) -> list[int]:
    """The years whose parts do not add up to the printed total, the only part of `totals`."""
    return [
        year
        for year in parts.years
        if len(parts.numbers[year]) == len(parts.parts)
        and len(totals.numbers[year]) == 1
        and abs(_sum(parts, year) - _sum(totals, year)) > _EQUAL_WITHIN
    ]


def unequal_notes(parts: YearlyParts, totals: YearlyParts, language: str, *, of: str = "") -> tuple[str, ...]:
    """Which printed totals are not the sum of their parts; `of` names the whole, where there are several."""
    return tuple(
        say(
            "unequal",
            language,
            which=f"{of} {year}".strip(),
            sum=number(_sum(parts, year)),
            total=number(_sum(totals, year)),
        )
        for year in unequal(parts, totals)
    )


def _sum(told: YearlyParts, year: int) -> float:
    return sum(told.numbers[year].values())
