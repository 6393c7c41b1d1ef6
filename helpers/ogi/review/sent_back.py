"""What agencies are asked about, in words: the list of slips, and what each is told besides."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pandas as pd

from ogi.checks import RULES, failed_rule
from ogi.checks.marks import still_printed
from ogi.checks.years import is_named
from ogi.pages.levels import level_name
from ogi.pages.originals import place_of
from ogi.review.asked import Asked, asked, astray, several_files, unsure
from ogi.review.data import Review
from ogi.review.file_lists import unread_words
from ogi.review.listing import Listing, columns, each, is_none
from ogi.review.names import anchor_of, named_cell
from ogi.review.words import worded
from ogi.review.written import table_label
from ogi.said import Said, joined, say
from ogi.tables import MARKS, number

_TOLD = "told."
"""How the rules on counts in words begin: both of their sides are counts of the same."""
_MOST_CELLS = 4
"""Cells of a slip that are named in a list; the agency's page names all."""


def slips(data: Review) -> Listing:
    """What must be sent back, a row for each cause."""
    shown = columns(
        "agency", "level_told", "rule", "cell", "printed", "would_hold", "told", "more", "place", "mark_told",
        "rule_id", "mark_cells",
        # The sentence that the page tells names rule and remedy, too.
        hidden=("rule", "would_hold", "more", "rule_id", "mark_cells"),
    )  # fmt: skip
    return Listing("slips", shown, _in_words(data.to_send), worded("slips.note"))


def written_to(data: Review) -> Listing:
    """A row for each agency that is written to, with what it is asked about."""
    several, rows = several_files(data), []
    for agency, one in asked(data).items():
        which = [several[agency]] if agency in several else []
        rows.append((agency, joined([*_why(one, unread_words(data, {agency})), *which], "; ", "；")))
    return _with_why("written_to", rows)


def unwritten(data: Review) -> Listing:
    """A row for each agency that is not written to, as its file is to be looked at first."""
    rows = [(agency, _astray(data, agency, status)) for agency, status in astray(data).items()]
    rows += [(agency, worded("why.misfiled")) for agency in unsure(data)]
    return _with_why("unwritten", rows)


def _with_why(id: str, rows: list[tuple[str, Said]]) -> Listing:
    shown = columns("agency", "why")
    table = pd.DataFrame(rows, columns=[column.id for column in shown], dtype="object")
    return Listing(id, shown, table, worded(f"{id}.note"))


def _astray(data: Review, agency: str, status: str) -> Said:
    """Why an agency is not written to whose report, or whose folder, is another's."""
    titled = pd.concat([data.found.misfiled, data.found.doubted])
    strange = titled[titled["year"].eq(data.year).fillna(False)]
    is_its = [is_named(agency, name) for name in strange["printed_agency"]]
    return worded(f"why.{status}", folders=joined(strange.loc[is_its, "agency"].unique(), ", ", "、"))


def _why(one: Asked, what: Said) -> list[Said]:
    return [worded(f"why.{reason}", n=n, what=what) for reason, n in one.counts.items()]


def to_mark(data: Review) -> Listing:
    """A row for each cause, with the line that tells it best: a mark on that settles it with all its lines.

    The first eight columns are those of review_marks.csv, four of them to be filled in.
    """
    shown = columns(
        "agency", "year", "rule_id", "mark_cells", "mark_is", "mark_comment", "mark_who", "mark_when",
        "rule", "told",
    )  # fmt: skip
    names = [column.id for column in shown]
    to_fill = dict.fromkeys(("mark_is", "mark_comment", "mark_who", "mark_when"), "")
    rows = _in_words(data.open_slips).assign(year=data.year, **to_fill)[names]
    return Listing("to_mark", shown, rows.astype("object").reset_index(drop=True), worded("to_mark.note"))


def undecided(data: Review) -> Listing:
    """What could not be decided, a row for each cause, with the cells that hold no number."""
    shown = columns("agency", "rule", "cell", "printed", "told", "place", "more", hidden=("place", "more"))
    return Listing("undecided", shown, _in_words(data.undecided), worded("undecided.note"))


def _in_words(slips: pd.DataFrame) -> pd.DataFrame:
    """The slips with what is said of them: rule, cell, printed, would_hold, place, mark_told, anchor."""
    return slips.assign(**{name: each(slips, of) for name, of in _SLIP_WORDS.items()})


def _cells(row: dict[Any, Any]) -> Said:
    named = [named_cell(cell) for cell in row["cells"][:_MOST_CELLS]]
    more = [Said.as_printed("\u2026")] if len(row["cells"]) > _MOST_CELLS else []
    return joined([*named, *more], "; ", "；")


def _printed(row: dict[Any, Any]) -> str:
    if len(row["cells"]) > _MOST_CELLS:
        return ""
    return "; ".join("" if is_none(text) else str(text) for text in row["printed_cells"])


def _would_hold(row: dict[Any, Any]) -> Said:
    """Each way to mend it; of a line that no one cell would mend, both of its sides."""
    ways = [
        joined(
            (
                say("{cell} = {n}", "{cell}={n}", cell=named_cell(cell), n=number(float(n)))
                for cell, n in way.items()
            ),
            " + ",
            "、",
        )
        for way in row["ways"]
    ]
    if ways:
        return joined(ways, str(worded("or")), worded("or").zh)
    line = row["line"]
    has_sides = RULES[row["rule_id"]].equation is not None or row["rule_id"].startswith(_TOLD)
    if not has_sides or line["left"] is None or line["right"] is None:
        return Said("", "")
    return worded("sides", left=number(float(line["left"])), right=number(float(line["right"])))


def place_told(row: dict[Any, Any]) -> Said:
    """The file and where in it: its page, or row and column of the table of a report without pages."""
    file = row["report_id"].rpartition("/")[2]
    if is_none(row["page"]) and isinstance(row["at"], tuple):
        at_row, at_column = row["at"]
        return worded("place.row", file=file, table=table_label("requests/"), row=at_row, column=at_column)
    if is_none(row["page"]):
        return Said.as_printed(file)
    return worded("place", file=file, page=int(row["page"]))


def _file_href(row: dict[Any, Any]) -> str:
    """The copy of the report beside the agency's page, opened at the page that is meant."""
    file = row["report_id"].rpartition("/")[2]
    page = None if is_none(row["page"]) else int(row["page"])
    return f"{quote(row['agency'])}/{place_of(file, page)}"


def _mark(row: dict[Any, Any]) -> Said:
    if is_none(row["mark"]):
        return Said("", "")
    mark = Said(row["mark"], MARKS[row["mark"]])
    told_by = [Said.as_printed(row[name]) for name in ("who", "comment") if not is_none(row[name])]
    by = joined(told_by, ": ", "：")
    whole = say("{mark} ({by})", "{mark}（{by}）", mark=mark, by=by) if told_by else mark
    printed = dict(zip(row["cells"], row["printed_cells"], strict=True))
    still = still_printed(row, row["ways"], printed.get) if row["is_settled"] else None
    return whole if still is None else joined([whole, still], ". ", "。")


def _anchor(row: dict[Any, Any]) -> str:
    year = str(row["line"]["year"])
    own = [cell.rpartition(":") for cell in row["cells"]]
    return next((anchor_of(place, year) for of, _, place in own if of in ("", year)), "")


_SLIP_WORDS = {
    "rule": lambda row: failed_rule(row["rule_id"], row["line"]["verdict"]),
    "cell": _cells,
    "printed": _printed,
    "would_hold": _would_hold,
    "told": lambda row: Said(row["message"], row["message_zh"]),
    "also": lambda row: worded("also.lines", n=row["more"]) if row["more"] else Said("", ""),
    "place": place_told,
    "href": _file_href,
    "mark_told": _mark,
    "anchor": _anchor,
    "mark_cells": lambda row: " ".join(row["line"]["cells"]),
    "level_told": lambda row: level_name(row["level"]),
}
"""Column → what it says of a slip."""
