"""What a chart shows in a sentence, made from its figures; None where they are not known."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from ogi.charts.words import label, number, say
from ogi.charts.yearly import CONFLICT, YearlyParts


def first_part(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """How the first part has come from the first year to the last."""
    return _course(panels[0], panels[0].parts[0], names[0], language)


def every_part(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """How each part has come from the first year to the last."""
    (seen,) = panels
    courses = (_course(seen, part, name, language) for part, name in zip(seen.parts, names, strict=True))
    return say("semicolon", language).join(course for course in courses if course is not None) or None


def share_of_first(panels: Sequence[YearlyParts], names: Sequence[str], language: str) -> str | None:
    """What the first part made of the printed total in the last year."""
    year, share = _share(panels[0], panels[0].parts[:1])
    return None if share is None else say("title.share", language, name=names[0], share=share, year=year)


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
    courses = {part: seen.points(part) for part in seen.parts}
    told = {part: points for part, points in courses.items() if len(points) > 1}
    if not told:
        return None
    most = max(told, key=lambda part: _ratio(told[part]))
    return _course(seen, most, names[seen.parts.index(most)], language)


def _ratio(points: dict[int, float]) -> float:
    first, last = points[min(points)], points[max(points)]
    return abs(log((last + 20) / (first + 20)))


def _course(seen: YearlyParts, part: str, name: str, language: str) -> str | None:
    points = seen.points(part)
    if not points:
        return None
    before, year = min(points), max(points)
    old, new = points[before], points[year]
    kind = "one" if before == year else "rose" if new > old else "fell" if new < old else "same"
    told = {"old": number(old) + seen.signs(before, part), "new": number(new) + seen.signs(year, part)}
    values = {**told, "before": before, "year": year}
    return say(f"title.{kind}", language, name=name, **values) + _missed(seen, part, language)


def _missed(seen: YearlyParts, part: str, language: str) -> str:
    """The years on which reports differ: without a word the course would end before them."""
    years = [str(year) for year in seen.years if seen.states[year].get(part) == CONFLICT]
    return say("title.missed", language, years=say("comma", language).join(years)) if years else ""


def _share(seen: YearlyParts, parts: Sequence[str]) -> tuple[int, str | None]:
    """What parts make of the printed total in the last year, with the signs of both."""
    year = max(seen.years)
    known, total = seen.numbers[year], seen.totals.get(year)
    if total is None or total <= 0 or any(part not in known for part in parts):
        return year, None
    share = sum(known[part] for part in parts) / total
    return year, f"{share:.0%}{seen.signs(year, *parts, None)}"
