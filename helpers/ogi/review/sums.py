"""How did the year go? The sums of both years, and what is in doubt of them, on page and in workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ogi.compare.labels import cell_label
from ogi.pages.html import Html, number, percent
from ogi.review.data import Review
from ogi.review.gather import CONFLICT
from ogi.review.listing import Listing, columns, each, official
from ogi.review.names import group_name, some_of
from ogi.review.settings import SETTINGS
from ogi.review.standing import DOUBT_SIGNS, doubt_in_words
from ogi.review.totals import GROUP, against_children, left_out
from ogi.review.words import render, worded
from ogi.said import Said, joined, told

HEADLINES = (
    "requests/new/total", "requests/outcome_total/total", "requests/carried_out/total",
    "review/reconsideration/total",
)  # fmt: skip
"""The cells whose sums the page shows; the workbook has every total."""
_WORDS = {
    "broken_sum": "in_broken_sum",
    "doubted_correction": "totals.to_look_at",
    "doubted_title": "doubted_title",
    CONFLICT: "totals.conflict",
}
"""What there is to say of numbers that are summed → the words for it."""


def how_the_year_went(data: Review) -> Html:
    """The sums of both years, like with like, group by group; parents beside those below."""
    shown = data.totals[data.totals["cell"].isin(HEADLINES)]
    rows = []
    for of, own in shown.groupby(GROUP, sort=False):
        by_cell = {str(row["cell"]): row for row in own.to_dict("records")}
        values = [_both(by_cell.get(cell)) for cell in HEADLINES]
        rows.append((told(group_name(*map(str, of)), data.language), own["agencies"].max(), values))
    labels = [cell_label(cell) for cell in HEADLINES]
    page = render(
        "totals",
        data.language,
        rows=rows[: SETTINGS.shown],
        cells=[(told(label, data.language), official(label, data.language)) for label in labels],
        year=data.year,
        left_out=[told(one, data.language) for one in _left_out(data)],
        signs=_signs(shown, data.language),
        gap="" if data.language == "zh" else " ",
    )
    below = children(data)
    return Html(page + below.html(data.language, data.with_page)) if len(below.rows) else page


def _left_out(data: Review) -> Iterator[Said]:
    for why, agencies in left_out(data.found, data.year).items():
        names = some_of(agencies, SETTINGS.alike)
        yield worded(f"totals.left_out.{why}", n=number(len(agencies)), names=names)


def _signs(sums: pd.DataFrame, language: str) -> str:
    """What the signs mean that stand behind these sums; nothing where there are none."""
    there = [doubt for doubt in DOUBT_SIGNS if sums[doubt].any()]
    meant = [joined([DOUBT_SIGNS[doubt], doubt_in_words(_WORDS[doubt])], " ", " ") for doubt in there]
    return told(worded("totals.signs", signs=joined(meant, "; ", "；")), language) if meant else ""


def _both(row: dict[Any, Any] | None) -> tuple[str, str]:
    """The sum of this year, with its signs and of how many agencies each is, and the change as a share."""
    if row is None:
        return "\u2013", ""
    signs = [f"{sign}{row[doubt]}" for doubt, sign in DOUBT_SIGNS.items() if row[doubt]]
    share = float(row["share"])
    sign = "+" if share > 0 else "\u2212" if share < 0 else ""
    change = "" if share != share else sign + percent(abs(share))
    return " ".join([number(round(row["now"], 2)), *signs]), change


def totals(data: Review) -> Listing:
    """The sums of both years, by group and cell."""
    rows = data.totals
    words = {"group": each(rows[GROUP], lambda of: group_name(**of)), "doubt": each(rows, _doubt)}
    rows = rows.assign(**words, cell_told=each(rows["cell"], cell_label))
    doubt = ["doubt"] if rows["doubt"].notna().any() else []
    shown = columns("group", "cell_told", "agencies", "before", "now", "change", "share", *doubt)
    return Listing("totals", shown, rows)


def _doubt(row: dict[Any, Any]) -> Said | None:
    found = [
        worded("totals.doubt", what=doubt_in_words(key), n=row[doubt])
        for doubt, key in _WORDS.items()
        if row[doubt]
    ]
    return joined(found, "; ", "；") if found else None


def children(data: Review) -> Listing:
    """A parent's numbers beside the sum of those below it."""
    rows = against_children(data.found, data.year)
    rows["cell_told"] = each(rows["variable"], cell_label)
    rows["agency"] = rows["parent"]
    doubt = ["doubtful"] if rows["doubtful"].any() else []
    shown = columns("agency", "cell_told", "told", "below", "agencies", "difference", *doubt, told="number")
    return Listing("children", shown, rows, worded("children.note"))
