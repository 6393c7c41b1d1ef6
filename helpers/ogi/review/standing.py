"""Where does each stand? Every indicator drawn and ranked, on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from ogi import said
from ogi.agencies import kind_name
from ogi.charts import BROKEN, CORRECTED, UNSURE_TITLE
from ogi.charts.style import css
from ogi.compare import INDICATORS, Indicator
from ogi.compare.indicators import PERCENT
from ogi.pages.html import Html, number
from ogi.review.data import Review
from ogi.review.dots import Dot, DotGroup, dots
from ogi.review.gather import YearGathered
from ogi.review.listing import ListColumn, Listing, columns, each
from ogi.review.settings import SETTINGS
from ogi.review.words import plain, render, worded
from ogi.said import Said, joined, told


def where_each_stands(data: Review) -> Html:
    """A dot plot for each indicator, with its ranked table folded below it."""
    drawn = "".join(_indicator(data, one) for one in INDICATORS.values())
    return Html(f'<div class="ogi-charts gallery"><style>{css()}</style>{drawn}</div>')


def _indicator(data: Review, one: Indicator) -> Markup:
    enough, few = ranked(data.found, data.year, one.id)
    if len(enough) + len(few) == 0:
        return Markup("")
    language, name = data.language, told(one.name, data.language)
    groups = list(_dot_groups(data, enough))
    drawing = ""
    if groups:
        drawing = dots(groups, one.told, lambda n: plain("others", language, n=number(n)), name)
    tables = "".join(
        _ranking(data, one, key, rows) for key, rows in (("ranked", enough), ("few", few)) if len(rows)
    )
    title = Markup(
        '<figcaption class="chart-title"><strong>{}</strong><span class="gloss">{}</span></figcaption>'
    )
    head = title.format(name, told(one.means, language))
    return Markup('<figure class="chart" id="standing-{}">{}{}{}</figure>').format(
        one.id, head, Markup(drawing), Markup(tables)
    )


def _dot_groups(data: Review, rows: pd.DataFrame) -> Iterator[DotGroup]:
    """By kind, the largest first; all named where there are few, else the highest and the lowest."""
    ends = SETTINGS.ends
    for kind in rows["kind"].value_counts().index:
        own = rows[rows["kind"] == kind]
        pairs = zip(own["agency"], own["value"], strict=True)
        all_dots = [Dot(name, float(value), name in data.with_page) for name, value in pairs]
        key = "kind_of" if len(own) > 1 else "kind_alone"
        name = plain(key, data.language, kind=kind_name(kind), n=number(len(own)))
        values, median = own["value"].to_numpy(), float(own["value"].median())
        if len(rows) <= SETTINGS.named or len(own) <= 2 * ends:
            yield DotGroup(name, all_dots, values[:0], median)
        else:
            named = [*all_dots[:ends], *all_dots[-ends:]]
            yield DotGroup(name, named, values[ends:-ends], median, lowest=ends)


def _ranking(data: Review, one: Indicator, key: str, rows: pd.DataFrame) -> Html:
    listing = ranking(data, one, key, rows)
    title = plain(f"l.{key}", data.language, n=number(len(rows)))
    return render(
        "foldable",
        data.language,
        title=title,
        body=listing.html(data.language, data.with_page, f"{told(one.name, data.language)}: {title}"),
    )


def ranking(data: Review, one: Indicator, key: str, rows: pd.DataFrame) -> Listing:
    """The agencies by one indicator: `ranked`, or those over few cases."""
    told_values = [one.told(value) for value in rows["value"]]
    before = each(rows["before"], lambda value: None if value != value else one.told(value))
    rows = rows.assign(value_told=told_values, before_told=before, kind=each(rows["kind"], kind_name))
    rows["doubt"] = doubts(rows)
    shown = {
        "agency": True,
        "rank": key == "ranked",
        "value_told": True,
        "denominator": one.is_rate,
        "before_told": True,
        "kind": True,
        "doubt": rows["doubt"].notna().any(),
    }
    return Listing(key, columns(*(id for id, is_shown in shown.items() if is_shown)), rows)


DOUBT_SIGNS = {"broken_sum": BROKEN, "doubted_correction": CORRECTED, "doubted_title": UNSURE_TITLE}
"""Mark of a value → the sign behind its number, as on the agencies' pages."""
_DOUBTS = {
    "broken_sum": "in_broken_sum", "broken_before": "in_broken_sum_before",
    "doubted_correction": "doubted_correction", "corrected_before": "doubted_correction_before",
    "doubted_title": "doubted_title", "titled_before": "doubted_title_before",
}  # fmt: skip
"""Mark of a value, or of last year's → what is said of it."""


_OF_VALUE = [*DOUBT_SIGNS]


_BEFORE = {
    "broken_sum": "broken_before", "doubted_correction": "corrected_before", "doubted_title": "titled_before",
}  # fmt: skip
"""Mark of a value → the same of last year's."""


def doubts(rows: pd.DataFrame) -> pd.Series[Any]:
    """Why an agency's two values, or the one, are in doubt; None where they are not."""
    there = {mark: key for mark, key in _DOUBTS.items() if mark in rows}
    told = [
        _doubt([key for key, is_so in zip(there.values(), marks, strict=True) if is_so])
        for marks in zip(*(rows[mark] for mark in there), strict=True)
    ]
    return pd.Series(told, index=rows.index, dtype="object")


def _doubt(keys: list[str]) -> Said | None:
    if keys[:2] == ["in_broken_sum", "in_broken_sum_before"]:
        keys = ["in_broken_sums", *keys[2:]]
    return joined(map(doubt_in_words, keys), "; ", "；") if keys else None


def doubt_in_words(key: str) -> Said:
    """What is said of a number in doubt, by a key of the wordings."""
    return said.worded("ogi", key) if key == "doubted_title" else worded(key)


def standing(data: Review) -> Listing:
    """Every indicator of every agency, a row each; only in the workbook."""
    rows = wide(data.found, data.year)
    rows = rows.merge(data.found.agencies[["agency", "kind", "region"]], on="agency")
    rows["kind"] = each(rows["kind"], kind_name)
    shown = [*columns("agency", "kind", "region")]
    for one in INDICATORS.values():
        shown.append(ListColumn(one.id, "share" if one.unit == PERCENT else "number"))
        shown += [ListColumn(f"{one.id}.denominator", "number")] if one.is_rate else []
        doubt = f"{one.id}.doubt"
        rows[doubt] = doubts(rows[[f"{one.id}.{mark}" for mark in _OF_VALUE]].set_axis(_OF_VALUE, axis=1))
        shown += [ListColumn(doubt)] if rows[doubt].notna().any() else []
    return Listing("standing", tuple(shown), rows)


def ranked(found: YearGathered, year: int, indicator: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The agencies with a value, the highest first, with its rank; then those over few cases, unranked.

    Columns: agency, kind, value, numerator, denominator, before (last year's value), rank; broken_sum and
    broken_before: is a figure of this or last year's value in a sum of the form that does not hold?
    doubted_correction and corrected_before: does a correction break one that holds as printed? doubted_title
    and titled_before: may its report be another agency's?
    """
    own = found.indicators[found.indicators["indicator"] == indicator]
    now, last = own[own["year"] == year], own[own["year"] == year - 1]
    named = {"value": "before", **_BEFORE}
    before = last[["agency", *named]].rename(columns=named)
    rows = now[now["value"].notna()].merge(before, on="agency", how="left")
    is_told = rows["before"].notna()
    for mark in _BEFORE.values():
        rows[mark] = rows[mark].where(is_told, other=False).astype(bool)
    rows = rows.merge(found.agencies[["agency", "kind"]], on="agency")
    is_few = rows["small_denominator"].astype(bool) & INDICATORS[indicator].is_rate
    enough, few = (
        part.sort_values(["value", "denominator", "agency"], ascending=[False, False, True])
        for part in (rows[~is_few], rows[is_few])
    )
    enough = enough.assign(rank=enough["value"].rank(ascending=False, method="min").astype(int))
    return enough.reset_index(drop=True), few.reset_index(drop=True)


def wide(found: YearGathered, year: int) -> pd.DataFrame:
    """agency, then for each indicator its value, as its name says it, of a rate its denominator, and doubts.

    The doubts: those of _OF_VALUE, as in `indicators`. A denominator that is no number of
    cases, as where more are told to be pending than there were, is left out, as the rate over it is.
    """
    own = found.indicators[found.indicators["year"] == year]
    denominators = own["denominator"].where(own["denominator"] > 0)
    own = own.assign(denominator=denominators)
    parts = ["value", "denominator", *_OF_VALUE]
    table = own.pivot(index="agency", columns="indicator", values=parts)
    names = [
        (part, one.id)
        for one in INDICATORS.values()
        for part in parts
        if one.is_rate or part != "denominator"
    ]
    table = table.reindex(columns=pd.MultiIndex.from_tuples(names))
    table.columns = pd.Index([id if part == "value" else f"{id}.{part}" for part, id in names])
    return table.reset_index()
