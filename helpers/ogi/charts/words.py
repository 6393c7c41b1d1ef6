"""What a chart says: its own words, the form's labels, and its figures for those who do not see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ogi.charts.yearly import REASONS, YearlyParts
from ogi.forms import Group, Item, Measure
from ogi.said import told, wordings

LONGEST_LABEL = 12
"""Characters: about what a panel of a chart has room for beside its numbers."""


def say(key: str, language: str, **values: object) -> str:
    """The words of that key, with its fields filled in."""
    return told(wordings("ogi.charts")[key], language).format(**values)


def gap(state: str, language: str) -> str:
    """Why there is no figure."""
    return say(f"gap.{state}", language)


def label(thing: Group | Item | Measure, language: str) -> str:
    """What the form calls it; in Chinese its short form, where the form's own words fill a line."""
    if language == "en":
        return thing.en
    short = [alias for alias in thing.aliases if len(alias) < len(thing.zh)]
    return short[0] if len(thing.zh) > LONGEST_LABEL and short else thing.zh


def both(thing: Group | Item | Measure, language: str) -> str:
    """What the form calls it, in English with its own Chinese words behind."""
    return thing.zh if language == "zh" else f"{thing.en} {label(thing, 'zh')}"


def number(value: float) -> str:
    """Every digit of a number."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def alt(title: str, panels: Sequence[YearlyParts], names: Mapping[str, str], language: str) -> str:
    """The title and the figures of every year; `names`: part → what a reader calls it."""
    colon, stop = say("colon", language), say("stop", language)
    said = [title]
    for seen in panels:
        if seen.about is not None:
            said.append(label(seen.about, language) + colon.strip())
        years = [f"{year}{colon}{_year(seen, year, names, language)}" for year in seen.years]
        said.append(say("semicolon", language).join(years) + stop)
    return " ".join(said)


def _year(seen: YearlyParts, year: int, names: Mapping[str, str], language: str) -> str:
    numbers, states = seen.numbers[year], seen.states[year]
    if not numbers:
        return gap(seen.why(year), language)
    return say("comma", language).join(
        f"{names[part]} {number(numbers[part]) if part in numbers else gap(states[part], language)}"
        for part in seen.parts
    )


def notes(panels: Sequence[YearlyParts], names: Mapping[str, str], language: str) -> tuple[str, ...]:
    """How to read the numbers: blanks counted as zero, parts not known, totals that are not their sum.

    Each note once, with the panels that it is about unless it is about all.
    """
    about: dict[str, list[YearlyParts]] = {}
    for seen in panels:
        for note in _notes(seen, names, language):
            about.setdefault(note, []).append(seen)
    comma, colon = say("comma", language), say("colon", language)
    found = [
        note if len(seen) == len(panels) else comma.join(_about(one, language) for one in seen) + colon + note
        for note, seen in about.items()
    ]
    return (*found, *(note for seen in panels for note in _unequal(seen, language)))


def _about(seen: YearlyParts, language: str) -> str:
    return "" if seen.about is None else label(seen.about, language)


def _notes(seen: YearlyParts, names: Mapping[str, str], language: str) -> list[str]:
    found = [_unknown(seen, reason, names, language) for reason in REASONS]
    if seen.zeros:
        years = say("comma", language).join(map(str, seen.zeros))
        found.insert(0, say("blank_as_zero", language, years=years))
    return [note for note in found if note != ""]


def _unknown(seen: YearlyParts, reason: str, names: Mapping[str, str], language: str) -> str:
    which = []
    for year in seen.years:
        parts = [part for part, state in seen.states[year].items() if state == reason]
        some = f" {say('comma', language).join(names[part] for part in parts)}"
        if parts:
            which.append(str(year) + (some if len(parts) < len(seen.parts) else ""))
    if not which:
        return ""
    return say("unknown", language, why=gap(reason, language), which=say("semicolon", language).join(which))


def _unequal(seen: YearlyParts, language: str) -> list[str]:
    """Which printed totals are not the sum of their parts."""
    return [
        say(
            "unequal",
            language,
            which=f"{_about(seen, language)} {year}".strip(),
            sum=number(seen.sum_of(year)),
            total=number(seen.totals[year]),
        )
        for year in seen.unequal
    ]
