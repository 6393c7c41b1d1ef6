"""What a chart says: its own words, the form's labels, and its figures for those who do not see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ogi.charts.yearly import BROKEN, CONFLICT, CORRECTED, REASONS, UNSURE_TITLE, YearlyParts
from ogi.forms import Group, Item, Measure
from ogi.said import by_number, told, worded, wordings

LONGEST_LABEL = 12
"""Characters: about what a panel of a chart has room for beside its numbers."""


def say(key: str, language: str, **values: object) -> str:
    """The words of that key, with its fields filled in."""
    return by_number(told(wordings("ogi.charts")[key], language), values).format(**values)


def gap(state: str, language: str) -> str:
    """Why there is no figure."""
    return say(f"gap.{state}", language)


def label(thing: Group | Item | Measure, language: str) -> str:
    """What the form calls it; in Chinese its short form, where the form's own words fill a line."""
    if language == "en":
        return thing.en
    short = [alias for alias in thing.aliases if len(alias) < len(thing.zh)]
    return short[0] if len(thing.zh) > LONGEST_LABEL and short else thing.zh


def number(value: float, decimals: int = 0) -> str:
    """Every digit of a number, of which reports print six decimals at most; `decimals`: so many at least."""
    whole, _, rest = f"{value:,.6f}".partition(".")
    rest = rest.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{rest}" if rest else whole


@dataclass(frozen=True)
class ChartTable:
    """The figures of a chart as a reader who does not see it has them: years, then named rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def html(self, caption: str) -> str:
        """The table as HTML, all of it escaped."""
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in self.heads)
        rows = "".join(_row(name, cells) for name, *cells in self.rows)
        return (
            f'<table class="told"><caption>{escape(caption)}</caption>'
            f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )


def _row(name: str, cells: list[str]) -> str:
    told = "".join(f"<td>{escape(cell)}" for cell in cells)  # HTML needs no end tags there
    return f'<tr><th scope="row">{escape(name)}</th>{told}</tr>'


def table(panels: Sequence[YearlyParts], names: Mapping[str, str], language: str) -> ChartTable:
    """The figures of a chart, a row a part and a column a year, numbers with signs, or why none."""
    years = panels[0].years
    rows = []
    for seen in panels:
        about = "" if seen.about is None else label(seen.about, language) + say("colon", language)
        for part, name in names.items():
            cells = (_told(seen, year, part, language) for year in years)
            rows.append((about + name, *cells))
    return ChartTable(tuple(map(str, years)), tuple(rows))


def _told(seen: YearlyParts, year: int, part: str, language: str) -> str:
    known = seen.numbers[year]
    if part not in known:
        return gap(seen.states[year][part], language)
    return number(known[part], seen.decimals) + seen.signs(year, part)


def instead(language: str, seen: Sequence[YearlyParts]) -> str | None:
    """The sentence that stands for a chart of nothing, None where there is something to draw."""
    if all(each.is_empty for each in seen):
        return _nothing(language, seen)
    if all(each.is_all_zero for each in seen):
        first, last = seen[0].years[0], seen[0].years[-1]
        return say("all_zero", language, years=str(first) if first == last else f"{first}–{last}")
    return None


def _nothing(language: str, seen: Sequence[YearlyParts]) -> str:
    """Why there is no number at all."""
    hindrances = [reason for reason in REASONS if any(reason in each.hindrances for each in seen)]
    if hindrances:
        why = say("semicolon", language).join(gap(reason, language) for reason in hindrances)
        return say("nothing_told", language, why=why)
    return say("by_applicant" if any(each.by_applicant for each in seen) else "no_figures", language)


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
    unequal = (note for seen in panels for note in _unequal(seen, language))
    return (*found, *unequal, *_doubts(panels, language), *_settled(panels, language))


def _doubts(panels: Sequence[YearlyParts], language: str) -> Iterator[str]:
    """What each sign behind a number means, and the years that have it; of sums those not told as unequal."""
    for sign, key in ((BROKEN, "broken_sum"), (CORRECTED, "corrected"), (UNSURE_TITLE, "unsure_title")):
        years = {year for seen in panels for (year, _), signs in seen.marks.items() if sign in signs}
        refuted = {year for seen in panels for year, _ in seen.doubted}
        doubted = refuted & years if sign == CORRECTED else set()
        if sign == BROKEN:
            years -= {year for seen in panels for year in seen.unequal}
        for words, of in ((key, years - doubted), ("doubted_correction", doubted)):
            if of:
                named = say("comma", language).join(map(str, sorted(of)))
                title = told(worded("ogi", "doubted_title"), language)
                yield say(words, language, years=named, title=title)


def _settled(panels: Sequence[YearlyParts], language: str) -> Iterator[str]:
    """By whom the broken sums of marked years are settled."""
    broken = {year for seen in panels for (year, _), signs in seen.marks.items() if BROKEN in signs}
    for year, by in panels[0].settled.items():
        if year in broken:
            yield say("settled", language, by=told(by, language))


def _about(seen: YearlyParts, language: str) -> str:
    return "" if seen.about is None else label(seen.about, language)


def _notes(seen: YearlyParts, names: Mapping[str, str], language: str) -> list[str]:
    found = [_unknown(seen, reason, names, language) for reason in REASONS]
    if seen.differing:
        found.append(_total_differs(seen, language))
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


def _total_differs(seen: YearlyParts, language: str) -> str:
    comma = say("comma", language)
    which = f"{say('of_total', language)} {comma.join(map(str, seen.differing))}"
    return say("unknown", language, why=gap(CONFLICT, language), which=which)


def _unequal(seen: YearlyParts, language: str) -> list[str]:
    """Which totals are not the sum of their parts: as printed, or with the figures as corrected."""
    signs = {year: seen.signs(year, *seen.parts, None) for year in seen.unequal}
    return [
        say(
            "unequal_corrected" if CORRECTED in signs[year] else "unequal",
            language,
            sign=CORRECTED if signs[year] == CORRECTED else BROKEN,
            which=f"{_about(seen, language)} {year}".strip(),
            sum=number(seen.sum_of(year)),
            total=number(seen.totals[year]),
        )
        for year in seen.unequal
    ]
