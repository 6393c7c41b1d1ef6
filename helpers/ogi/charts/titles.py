"""What a chart shows in a sentence, made from its figures; None where they are not known."""

from __future__ import annotations

from collections.abc import Sequence

from ogi.charts.words import label, number, say
from ogi.charts.yearly import CONFLICT, YearlyParts
from ogi.compare.changes import is_little, size
from ogi.said import told, worded
from ogi.values import one_decimal

_ALIKE = 0.01
"""Up to which difference two numbers are about the same: of a rate at most a point. 1 is not about 2."""


def first_part(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """How the first part has come from the first year to the last."""
    return _course(panels[0], panels[0].parts[0], names[0], language)


def every_part(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """How each part has come from the first year to the last."""
    (seen,) = panels
    courses = (_course(seen, part, name, language) for part, name in zip(seen.parts, names, strict=True))
    return say("semicolon", language).join(course for course in courses if course is not None) or None


def share_of_first(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """What the first part made of the total in the last year; no share where its parts are another sum."""
    (seen,), latest = panels, max(panels[0].years)
    if latest in seen.unequal:
        return _unequal(seen, latest, names[0], language)
    year, share = _share(panels[0], panels[0].parts[:1])
    return None if share is None else say("title.share", language, name=names[0], share=share, year=year)


def _unequal(seen: YearlyParts, year: int, name: str, language: str) -> str:
    """The first part, and which two numbers all parts and the total are; each with its own signs."""
    told = {
        "n": number(seen.numbers[year][seen.parts[0]]) + seen.signs(year, seen.parts[0]),
        "sum": number(seen.sum_of(year)) + seen.signs(year, *seen.parts),
        "total": number(seen.totals[year]) + seen.signs(year, None),
    }
    return say("title.unequal", language, name=name, year=year, **told)


def disclosed(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """What the first two outcomes, those of disclosure, make of all in the last year."""
    year, share = _share(panels[0], panels[0].parts[:2])
    return None if share is None else say("title.disclosed", language, share=share, year=year)


def most_frequent(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """The outcome that the last year had most of."""
    (seen,) = panels
    year = max(seen.years)
    known, total = seen.numbers[year], seen.totals.get(year)
    if not known or total is None:
        return None
    most = max(known, key=lambda part: known[part])
    values = {
        "n": number(known[most]) + seen.signs(year, most),
        "total": number(total) + seen.signs(year, None),
        "year": year,
    }
    return say("title.most", language, name=dict(zip(seen.parts, names, strict=True))[most], **values)


def disputes(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """How many cases of each kind the last year had, as their printed totals say."""
    year = max(panels[0].years)
    told = [(seen.about, seen.totals.get(year), seen.signs(year, None)) for seen in panels]
    parts = [
        f"{label(about, language)} {number(total)}{signs}"
        for about, total, signs in told
        if about is not None and total is not None
    ]
    return f"{year}{say('colon', language)}{say('semicolon', language).join(parts)}" if parts else None


def most_changed(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """How the part that has changed most has come from the first year to the last."""
    (seen,) = panels
    courses = {part: _sound(seen, part) for part in seen.parts}
    told = {part: points for part, points in courses.items() if len(points) > 1}
    if not told:
        return None
    most = max(told, key=lambda part: _ratio(told[part]))
    return _course(seen, most, names[seen.parts.index(most)], language)


def _ratio(points: dict[int, float]) -> float:
    first, last = points[min(points)], points[max(points)]
    return abs(size(first, last))


def _course(seen: YearlyParts, part: str, name: str, language: str) -> str | None:
    points = _sound(seen, part)
    if not points:
        return None
    before, year = min(points), max(points)
    kind = _kind(points, before, year)
    old, new = points[before], points[year]
    told = {
        key: number(value, seen.decimals) + seen.signs(of, part)
        for key, value, of in (("old", old, before), ("new", new, year))
    }
    values = {**told, "before": before, "year": year}
    return say(f"title.{kind}", language, name=name, **values) + _missed(seen, part, language)


def _kind(points: dict[int, float], before: int, year: int) -> str:
    """Which sentence tells the course from one year to another: a change only where it is one."""
    old, new = points[before], points[year]
    if before == year:
        return "one"
    if old == new:
        return "same"
    if not is_little(old, new):
        return "rose" if new > old else "fell"
    return "about" if abs(new - old) <= _ALIKE * max(old, new) else "both"


def _sound(seen: YearlyParts, part: str) -> dict[int, float]:
    """The numbers of a part from the first to the last that is in no such doubt: a misprint is no trend."""
    points = seen.points(part)
    sound = [year for year in points if seen.why_no_trend(year, part) is None]
    return {year: n for year, n in points.items() if sound and min(sound) <= year <= max(sound)}


def _missed(seen: YearlyParts, part: str, language: str) -> str:
    """The years that the course says nothing of: without a word it would end before them."""
    differing = [year for year in seen.years if seen.states[year].get(part) == CONFLICT]
    kept = _sound(seen, part)
    left_out = {"missed": differing}
    for year in seen.points(part):
        why = seen.why_no_trend(year, part)
        if why is not None and year not in kept:
            left_out.setdefault(why, []).append(year)
    comma, title = say("comma", language), told(worded("ogi", "doubted_title"), language)
    return "".join(
        say(f"title.{key}", language, years=comma.join(map(str, years)), title=title)
        for key, years in left_out.items()
        if years
    )


def _share(seen: YearlyParts, parts: Sequence[str]) -> tuple[int, str | None]:
    """What parts make of the printed total in the last year, with the signs of both."""
    year = max(seen.years)
    known, total = seen.numbers[year], seen.totals.get(year)
    if total is None or total <= 0 or any(part not in known for part in parts):
        return year, None
    share = sum(known[part] for part in parts) / total
    if share > 1:  # as only an error of the report can be
        return year, None
    return year, f"{one_decimal(100 * share)}%{seen.signs(year, *parts, None)}"
