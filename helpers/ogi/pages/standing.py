"""What stands out: the largest changes in sentences, each leading to its cells and to the printed page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from ogi.charts import BROKEN, CORRECTED
from ogi.compare import INDICATORS, Change, added_into, cell_label, standing_out
from ogi.compare.indicators import PERCENT
from ogi.figures import Figures
from ogi.pages.cells import anchor
from ogi.pages.frames import Frames
from ogi.pages.html import Html, chinese, difference, listed, number, plain, relative, render, say
from ogi.pages.tiles import settled_in
from ogi.said import Said, known
from ogi.tables import records

MANY_TIMES = 2.0
"""From here on a rise is told in times, under it in per cent."""


def what_stands_out(frames: Frames, language: str = "en") -> Html:
    """The largest changes since the year before and since the first year, the largest first."""
    known(language)
    years, left_out = frames.annual, sorted(frames.strange_years - set(frames.years))
    found = standing_out(years)
    sentences = [
        (in_words(change, language, frames), list(_places(frames, change))) for change in found.changes
    ]
    return render(
        "standing",
        language,
        agency=frames.agency,
        sentences=sentences,
        has_years=found.years > 1,
        left_out={
            f"s.{why}": listed([str(year) for year in of], language)
            for why, of in (
                ("misfiled", left_out),
                ("doubted_title", found.unsure),
                ("differing", _differing(years)),
                ("doubted_correction", found.doubted),
            )
            if of
        },
    )


def _differing(years: Figures) -> list[int]:
    """The years of which several files differ on a figure that could have changed."""
    places = [own.year for row, own in enumerate(years.reports) if years.conflict[row].any()]
    return [year for year in places if year is not None]


def in_words(change: Change, language: str, frames: Frames) -> Markup:
    """The change as a sentence, with what is in doubt of its figures, and who corrected or settled them."""
    indicator = INDICATORS.get(change.key)
    way = "rose" if change.new > change.old else "fell"
    name = cell_label(change.key) if indicator is None else indicator.name
    if indicator is None:
        old, new, by = number(change.old), number(change.new), _by(change, language)
    else:
        old, new = indicator.told(change.old), indicator.told(change.new)
        points = difference(100 * change.difference)
        by = say("s.points", language, by=points) if indicator.unit == PERCENT else _by(change, language)
    years = {"before": change.before, "year": change.year}
    numbers = {"old": old + _signs(change, change.before), "new": new + _signs(change, change.year)}
    told = say(f"s.{way}", language, name=_named(name, language), **numbers, **years)
    return told + by + _share(change, language) + _doubt(change, language, frames) + say("s.end", language)


def _signs(change: Change, year: int) -> str:
    """The signs behind the number of a year: the same as on its tile and in its chart."""
    is_of = {BROKEN: year in change.in_broken_sum, CORRECTED: year in change.corrected}
    return "".join(sign for sign, is_so in is_of.items() if is_so)


def _named(name: Said, language: str) -> Markup:
    if language == "zh":
        return Markup("<b>{}</b>").format(name.zh)
    return Markup("<b>{}</b> {}").format(str(name), chinese(name.zh))


def _by(change: Change, language: str) -> Markup:
    """How many times as much, or how much in per cent; nothing after zero."""
    if not change.old:
        return Markup("")
    if change.times is not None and change.times >= MANY_TIMES:
        times = change.times
        return say("s.times", language, times=f"{times:.0f}" if times >= 10 else f"{times:.1f}")
    return say("s.percent", language, by=relative(change.new, change.old))


def _share(change: Change, language: str) -> Markup:
    """What it makes of the change of all outcomes, where it is most of it, and no more than all."""
    if change.share is None or not 0.3 <= change.share <= 1:
        return Markup("")
    way = "growth" if change.new > change.old else "decline"
    return say(f"s.{way}", language, share=f"{100 * change.share:.0f}%")


def _doubt(change: Change, language: str, frames: Frames) -> Markup:
    fixes = listed(_fixes(change, language, frames), language)
    broken, corrected = (
        say(key, language, years=listed(list(map(str, of)), language), fixes=fixes) if of else ""
        for key, of in (
            ("s.doubt", change.in_broken_sum),
            ("s.corrected", change.corrected),
        )
    )
    settled = settled_in(frames.settled, change.in_broken_sum, language)
    ours = say("s.ours", language) if change.is_ours else ""
    return Markup("").join([broken, settled, corrected, ours])


def _fixes(change: Change, language: str, frames: Frames) -> list[str]:
    """Each correction of its figures in its years: what was read, what it became, and by whom."""
    cells = INDICATORS[change.key].cells if change.key in INDICATORS else (change.key,)
    blank = plain("c.blank", language)
    return [
        plain(
            "s.fix",
            language,
            **{**row, "printed": row["printed"] or blank, "corrected": row["corrected"] or blank},
        )
        for row in records(frames.corrections)
        if row["year"] in change.corrected
        and added_into(f"{row['table']}/{row['item']}/{row['measure']}") in cells
    ]


def _places(frames: Frames, change: Change) -> Iterator[dict[str, Any]]:
    """Where both numbers stand, here and in their reports; of an indicator its first figure."""
    cell = INDICATORS[change.key].cells[0] if change.key in INDICATORS else change.key
    table, item, measure = cell.split("/")
    for year in (change.before, change.year):
        column = frames.column_of(year)
        if column is not None and column.report_id is not None:
            figure = frames.index.cell(column.report_id, cell)
            yield {
                "year": year,
                "href": f"#{anchor(table, item, measure, column.key)}",
                "report_id": column.report_id,
                "page": None if figure is None else figure.page,
            }
