"""How complete the reports are, in sentences: what is missing or unsure, and where the form changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from markupsafe import Markup

from ogi.extract.report import FindingKind
from ogi.forms import TABLES, edition_of_year
from ogi.pages.cells import DOUBTFUL, READ
from ogi.pages.filing import without_report
from ogi.pages.frames import Column, Frames
from ogi.pages.html import Html, label, listed, number, render, say
from ogi.values import LEAST_CONFIDENCE, State

MISSING, NOTE = "missing", "note"
"""What a sentence is about, in the order of seriousness."""


def completeness(frames: Frames, language: str = "en") -> Html:
    """Sentences: what is missing or unsure, and where the form changes."""
    sentences = [
        *_missing(frames, language),
        *_forms(frames, language),
    ]
    years = "–".join(map(str, dict.fromkeys((*frames.years[:1], *frames.years[-1:]))))
    return render("findings", language, agency=frames.agency, sentences=sentences, years=years)


def _missing(frames: Frames, language: str) -> Iterator[tuple[str, Markup]]:
    """What is not there, or not sure: how many, and of which years."""
    figures, years = frames.figures, frames.reports["year"].dropna()
    is_unread = frames.findings["kind"] == FindingKind.UNREADABLE_FILE
    is_doubtful = figures["state"].isin(READ) & (figures["confidence"] < LEAST_CONFIDENCE)
    gaps = without_report(frames)
    several = set(years[years.duplicated()])
    told: list[tuple[str, int, Collection[int]]] = [
        ("missing_years", len(gaps), gaps),
        ("unread", is_unread.sum(), ()),
        ("unknown_year", len(frames.reports) - len(years), ()),
        ("two_reports", len(several), several),
    ]
    kinds = {state: figures["state"] == state for state in (State.UNREADABLE, State.ABSENT)}
    for kind, are in (*kinds.items(), (DOUBTFUL, is_doubtful)):
        told.append((kind, are.sum(), set(figures["year"][are].dropna())))
    for key, n, of in told:
        if n > 0:
            named = listed([str(int(year)) for year in sorted(of)], language)
            yield MISSING, say(f"w.{key}", language, n=number(n), years=named)


def _forms(frames: Frames, language: str) -> Iterator[tuple[str, Markup]]:
    columns = [column for column in frames.columns if not column.is_gap and column.year is not None]
    for before, column in pairwise(columns):
        editions = before.editions.get("proactive"), column.editions.get("proactive")
        if None not in editions and editions[0] != editions[1]:
            yield NOTE, _break(before, column, language)
    for column in columns:
        for table, edition in column.editions.items():
            expected = edition_of_year(column.year) if column.year is not None else edition
            if edition is not None and edition != expected:
                name = label(TABLES[table]["2021"], language)
                values = {"year": column.year, "edition": edition, "expected": expected}
                yield NOTE, say("w.hybrid", language, table=name, **values)


def _break(before: Column, column: Column, language: str) -> Markup:
    form = TABLES["proactive"]["2021"]
    comparable = [label(measure, language) for measure in form.measures if measure.comparable]
    values = {"before": before.year, "year": column.year}
    return say(
        "w.break", language, table=label(form, language), measures=Markup(", ").join(comparable), **values
    )
