"""Every list of a review, as the page shows it in part and the workbook whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pandas as pd
from markupsafe import Markup

from ogi import reported
from ogi.agencies import kind_name
from ogi.checks import RULES
from ogi.compare import INDICATORS
from ogi.compare.labels import cell_label
from ogi.review import outliers, rules
from ogi.review.data import Review
from ogi.review.file_lists import altered, by_hand, doubled, equal, strange, unread, unread_words
from ogi.review.listing import ListColumn, Listing, columns, each
from ogi.review.names import (
    SECTION_NAMES,
    anchor_of,
    cell_of,
    form_name,
    measure_name,
)
from ogi.review.sent_back import slips, to_mark, undecided, unwritten, written_to
from ogi.review.settings import SETTINGS
from ogi.review.standing import doubts
from ogi.review.sums import children, totals
from ogi.review.words import render, worded
from ogi.said import Said, joined, told
from ogi.tables import number, records

_WEB_PAGE = re.compile(r"https?://([\w.:-]+)(?=[/?#]|$)")


def reporting(data: Review) -> Listing:
    """Who has reported: what asks for something first."""
    rows = data.reported.merge(data.found.agencies[["agency", "region", "parent"]], on="agency")
    there = reported.matrix(data.found.filings, rows["agency"].head(SETTINGS.shown), data.years)
    shown = [_matrix(there.loc[name], data) for name in rows["agency"].head(SETTINGS.shown)]
    rows["site"] = each(rows["url"], _site)
    rows["years"] = pd.Series([*shown, *[Markup("")] * (len(rows) - len(shown))], dtype="object")
    rows["kind"] = each(rows["kind"], kind_name)
    rows["status"] = each(rows, lambda row: _status(data, row["agency"], row["status"]))
    rows["deadline_by"] = each(rows["deadline_by"], lambda by: worded(f"deadline_by.{by}") if by else "")
    rows["expected_by"] = each(rows["expected_by"], lambda by: worded(f"expected.{by}"))
    hidden = ("deadline_by", "expected_by", "region", "parent", "url")
    site = ["site"] if rows["url"].notna().any() else []
    seen = ("agency", "kind", "status", "years", "published", "deadline", "days_late", *site)
    return Listing("reported", columns(*seen, *hidden, hidden=hidden), rows, worded("reported.note"))


def _status(data: Review, agency: str, status: str) -> Said:
    return unread_words(data, {agency}) if status == reported.UNREAD else reported.status_name(status)


def _matrix(there: pd.Series[str], data: Review) -> Markup:
    years = [
        (int(str(year)), lack, told(reported.there_name(lack or reported.HAS_REPORT), data.language))
        for year, lack in there.items()
    ]
    return render("years", data.language, years=years)


def _site(url: object) -> Markup:
    """The site on which the report stands by the catalogue, and a link; of no other address."""
    found = _WEB_PAGE.match(url) if isinstance(url, str) else None
    if found is None:
        return Markup("\u2013")
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(url, found[1])


def sudden(data: Review) -> Listing:
    """Changes over five times, or to under a fifth."""
    rows = outliers.sudden(data.found)
    rows["cell_told"] = each(rows["cell"], cell_label)
    rows["anchor"] = [anchor_of(cell, str(data.year)) for cell in rows["cell"]]
    shown = columns("agency", "cell_told", "before", "now", "times", *_corrections(data, rows))
    return Listing("sudden", shown, rows, worded("sudden.note"))


def _corrections(data: Review, rows: pd.DataFrame) -> list[str]:
    """Say beside each row which of its numbers were corrected: a check tells some as they are printed."""
    of_cell = {}
    for one in records(data.found.corrected):
        numbers = {name: one[name] or worded("blank") for name in ("printed", "corrected")}
        told_of = worded("doubt.corrected", year=one["year"], **numbers)
        of_cell[one["agency"], f"{one['year']}:{cell_of(one)}"] = told_of

    def doubt(row: dict[Any, Any]) -> Said | None:
        found = [of_cell[key] for key in product([row["agency"]], row["cells"]) if key in of_cell]
        return joined(found, "; ", "；") if found else None

    rows["doubt"] = each(rows, doubt)
    return ["doubt"] if rows["doubt"].notna().any() else []


def far(data: Review) -> Listing:
    """Shares far from what is usual of their kind."""
    rows = data.far.copy()
    of = [INDICATORS[id] for id in rows["indicator"]]
    rows["indicator_told"] = each(rows["indicator"], lambda id: INDICATORS[id].name)
    rows["kind"] = each(rows["kind"], kind_name)
    for name in ("value", "median"):
        rows[f"{name}_told"] = [one.told(value) for one, value in zip(of, rows[name], strict=True)]
    rows["doubt"] = doubts(rows)
    doubt = ["doubt"] if rows["doubt"].notna().any() else []
    shown = columns(
        "agency", "indicator_told", "value_told", "median_told", "kind", "deviations", "denominator", *doubt
    )
    rows["deviations"] = rows["deviations"].round(1)
    note = worded(
        "far.note", far=SETTINGS.far, points=number(100 * SETTINGS.points), fewest=SETTINGS.fewest_of_kind
    )
    return Listing("far", shown, rows, note)


def blank(data: Review) -> Listing:
    """Tables in which nothing is filled in."""
    rows = data.found.blank.copy()
    rows["table_told"] = each(rows["table"], form_name)
    rows["file"] = rows["report_id"].map(lambda id: id.rpartition("/")[2]).astype("str")
    shown = columns("agency", "table_told", "file", table_told="official")
    return Listing("blank", shown, rows.sort_values(["agency", "table"]))


def carried(data: Review) -> Listing:
    """Carry-overs that do not follow from last year's report."""
    rows = outliers.carried(data.found)
    rows["cell_told"] = each(rows["cell"], measure_name)
    rows["change"] = rows["now"] - rows["before"]
    shown = columns("agency", "cell_told", "before", "now", "change", "lines", *_corrections(data, rows))
    return Listing("carried", shown, rows, worded("carried.note"))


def copied(data: Review) -> Listing:
    """Sections that are alike between agencies."""
    rows = _with_names(data.copied, data)
    rows["how"] = each(rows["how"], lambda how: worded(f"how.{how}"))
    rows["other"] = data.names(data.copied["other"])
    days = data.reported.set_index("agency")["published"]
    rows["published"], rows["other_published"] = rows["agency"].map(days), rows["other"].map(days)
    shown = columns(
        "agency", "published", "other", "other_published", "section_told", "likeness", "how", "characters",
        "group",
        hidden=("group",), group="number",
    )  # fmt: skip
    values = {
        **{"copied": f"{SETTINGS.copied:.0%}", "like": f"{SETTINGS.like:.0%}"},
        **{"fewest": SETTINGS.fewest_characters, "common": SETTINGS.common},
        "common_share": f"{SETTINGS.common_share:.0%}",
    }
    return Listing("copied", shown, rows, worded("copied.note", **values))


def repeated(data: Review) -> Listing:
    """Sections that are the agency's own of last year."""
    rows = _with_names(data.repeated, data)
    shown = columns("agency", "section_told", "likeness", "characters")
    return Listing("repeated", shown, rows, worded("repeated.note", copied=f"{SETTINGS.copied:.0%}"))


def _with_names(rows: pd.DataFrame, data: Review) -> pd.DataFrame:
    told_section = each(rows["section"].astype("str"), SECTION_NAMES.__getitem__)
    return rows.assign(agency=data.names(rows["agency"]), section_told=told_section, likeness=rows["share"])


def corrected(data: Review) -> Listing:
    """What people corrected: of a misprint the public report is still wrong, whatever its sums say now."""
    rows = data.corrected.copy()
    rows["cell_id"] = [cell_of(one) for one in records(rows)]
    rows["cell"] = each(rows["cell_id"], cell_label)
    rows["anchor"] = [anchor_of(cell, str(data.year)) for cell in rows["cell_id"]]
    rows["ground_told"] = each(rows["ground"], lambda ground: worded(f"ground.{ground}"))
    shown = columns(
        "agency", "cell", "printed", "corrected", "ground_told", "reason", "evidence", "who", "when",
        hidden=("who", "when"),
    )  # fmt: skip
    return Listing("corrected", shown, rows, worded("corrected.note"))


def broken_rules(data: Review) -> Listing:
    """The rules, those that break most first, with the share of each kind's reports."""
    rows = data.rules.copy()
    rows["rule"] = each(rows["rule_id"], lambda id: Said(RULES[id].en, RULES[id].zh))
    shown = [*columns("rule", "broken", *_settled(rows), "judged", "share")]
    by_kind = rules.by_rule_and_kind(data.found).pivot(index="rule_id", columns="kind", values="share")
    for kind in by_kind:
        rows[f"kind.{kind}"] = rows["rule_id"].map(by_kind[kind])
        shown.append(ListColumn(f"kind.{kind}", "share"))
    return Listing("rules", tuple(shown), rows, worded("rules.note"))


def by_group(data: Review, group: str) -> Listing:
    """Reports with a broken sum of the form, by kind or region."""
    rows = rules.by_group(data.found, group).rename(columns={"broken": "with_slip"})
    if group == "kind":
        rows["kind"] = each(rows["kind"], kind_name)
    return Listing(f"by_{group}", columns(group, "with_slip", *_settled(rows), "judged", "share"), rows)


def _settled(rows: pd.DataFrame) -> list[str]:
    """The column of what review marks have settled, where they have settled any."""
    return ["settled"] if rows["settled"].any() else []


def every(data: Review) -> Iterator[Listing]:
    """All lists, in the order of the page."""
    yield from (make(data) for make in _ALL)


_ALL = (
    reporting, written_to, unwritten, slips, to_mark, corrected, totals, sudden, far, blank, carried, copied,
    repeated, broken_rules, lambda data: by_group(data, "kind"), lambda data: by_group(data, "region"),
    strange, equal, doubled, unread, by_hand, undecided, altered, children,
)  # fmt: skip
