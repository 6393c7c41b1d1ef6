"""The findings of a page in words, the most serious first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from markupsafe import Markup

from ogi.compare import indicators
from ogi.extract.report import FindingKind
from ogi.forms import TABLES, Item, edition_of_year
from ogi.pages.cells import DOUBTFUL, READ
from ogi.pages.frames import Column, Frames
from ogi.pages.html import Html, chinese, label, listed, number, percent, render, say
from ogi.said import known
from ogi.values import LEAST_CONFIDENCE, State

MISSING, NUMBERS, NOTE = "missing", "numbers", "note"
"""What a sentence is about, in the order of seriousness."""


def findings_in_words(frames: Frames, language: str = "en") -> Html:
    """Sentences: what is missing, the latest year's figures, series breaks. What is broken: `breaches`."""
    sentences = [
        *_missing(frames, language),
        *_requests(frames, language),
        *_review(frames, language),
        *_forms(frames, language),
    ]
    return render("findings", language, agency=frames.agency, sentences=sentences)


def _missing(frames: Frames, language: str) -> Iterator[tuple[str, Markup]]:
    """What is not there, or not sure: how many, and of which years."""
    figures, years = frames.figures, frames.reports["year"].dropna()
    is_unread = frames.findings["kind"] == FindingKind.UNREADABLE_FILE
    is_doubtful = figures["state"].isin(READ) & (figures["confidence"] < LEAST_CONFIDENCE)
    several = set(years[years.duplicated()])
    told: list[tuple[str, int, Collection[int]]] = [
        ("missing_years", len(frames.missing_years), frames.missing_years),
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


def _requests(frames: Frames, language: str) -> Iterator[tuple[str, Markup]]:
    column = frames.latest
    if column is None or column.year is None:
        return
    new, carried_in, closed, carried_out = (
        frames.index.number(column.report_id, f"requests/{item}/total")
        for item in ("new", "carried_in", "outcome_total", "carried_out")
    )
    if new is None:
        yield MISSING, say("w.no_figures", language, year=column.year)
        return
    before = frames.column_of(column.year - 1)
    last = None if before is None else frames.index.number(before.report_id, "requests/new/total")
    change = "" if last is None else _against(new - last, language)
    values = {"year": column.year, "new": number(new), "change": change}
    yield NUMBERS, say("w.requests", language, zh_new=_official("new", language), **values)
    if carried_in is not None and closed is not None and carried_out is not None:
        yield NUMBERS, _handled(new, carried_in, closed, carried_out, language)
    yield from _disclosed(frames, column, language)


def _handled(new: float, carried_in: float, closed: float, carried_out: float, language: str) -> Markup:
    return say(
        "w.handled",
        language,
        handled=number(new + carried_in),
        carried_in=number(carried_in),
        closed=number(closed),
        carried_out=number(carried_out),
        zh_closed=_official("outcome_total", language),
        zh_carried=_official("carried_out", language),
    )


def _against(difference: float, language: str) -> Markup:
    key = "w.same" if difference == 0 else "w.more" if difference > 0 else "w.fewer"
    return say(key, language, by=number(abs(difference)))


def _official(item: str, language: str) -> Markup:
    """The official label beside English; nothing in Chinese, whose sentence says it already."""
    form: Item = TABLES["requests"]["2021"].item(item)
    return Markup("") if known(language) == "zh" else Markup(" ") + chinese(form.zh)


def _disclosed(frames: Frames, column: Column, language: str) -> Iterator[tuple[str, Markup]]:
    rates = indicators(frames.figures)
    rows = rates[(rates["indicator"] == "disclosure_rate") & (rates["year"] == column.year)]
    for row in rows.dropna(subset=["value"]).head(1).to_dict("records"):
        few = say("w.few", language) if row["small_denominator"] else ""
        counts = {"n": number(row["numerator"]), "of": number(row["denominator"])}
        yield NUMBERS, say("w.granted", language, share=percent(row["value"]), few=few, **counts)


def _review(frames: Frames, language: str) -> Iterator[tuple[str, Markup]]:
    latest = frames.latest
    if latest is None:
        return
    for item in TABLES["review"]["2021"].items:
        total, corrected = (
            frames.index.number(latest.report_id, f"review/{item.id}/{measure}")
            for measure in ("total", "corrected")
        )
        if total is None or corrected is None or total == 0:
            continue
        values = {"n": number(total), "corrected": number(corrected), "year": latest.year}
        yield NUMBERS, say("w.review", language, what=label(item, language), **values)


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
