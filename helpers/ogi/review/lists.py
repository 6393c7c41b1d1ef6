"""Every list of a review, as the page shows it in part and the workbook whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from ogi.agencies import KINDS
from ogi.checks import RULES
from ogi.compare import INDICATORS, Indicator
from ogi.compare.indicators import PERCENT
from ogi.compare.labels import cell_label
from ogi.extract.report import FindingKind
from ogi.forms import EDITIONS, SECTIONS, TABLES
from ogi.pages.cells import anchor
from ogi.pages.cover import told_as
from ogi.pages.html import percent
from ogi.review import outliers, reported, rules
from ogi.review.data import Review
from ogi.review.first_read import changed
from ogi.review.listing import Column, Listing, each, is_none
from ogi.review.parents import against_children
from ogi.review.settings import SETTINGS
from ogi.review.standing import SHOWN, wide
from ogi.review.words import render, worded
from ogi.said import Said, joined, say
from ogi.tables import MARKS, number

AGENCY = Column("agency", "agency")
_MOST_CELLS = 4
"""Cells of a slip that are named in a list; the agency's page names all."""


def reporting(data: Review) -> Listing:
    """Who has reported: what asks for something first."""
    rows = data.reported.merge(data.found.agencies[["agency", "kind", "region", "parent"]], on="agency")
    there = reported.matrix(data.found, rows["agency"].head(SETTINGS.shown), data.years)
    shown = [_matrix(there.loc[name], data) for name in rows["agency"].head(SETTINGS.shown)]
    rows["years"] = [*shown, *[Markup("")] * (len(rows) - len(shown))]
    rows["kind"], rows["status"] = each(rows["kind"], kind_name), each(rows["status"], status_name)
    rows["expected_by"] = each(rows["expected_by"], lambda by: worded(f"expected.{by}"))
    columns = (
        AGENCY,
        Column("kind"),
        Column("status"),
        Column("years", "html"),
        Column("published"),
        Column("deadline"),
        Column("days_late", "number"),
        Column("expected_by", is_on_page=False),
        Column("region", is_on_page=False),
        Column("parent", is_on_page=False),
        Column("url", is_on_page=False),
    )
    return Listing("reported", columns, rows, worded("reported.note"))


def _matrix(there: pd.Series[bool], data: Review) -> Markup:
    return render(
        "years", data.language, years=[(int(str(year)), bool(is_there)) for year, is_there in there.items()]
    )


def slip_rows(data: Review) -> pd.DataFrame:
    """The slips to be sent back, in words: rule, cell, printed, would_hold, place, mark_told, anchor."""
    rows = data.to_send.copy()
    told_rows = pd.Series(rows.to_dict("records"), index=rows.index, dtype="object")
    for name, of in _SLIP_WORDS.items():
        rows[name] = each(told_rows, of)
    return rows


def _rule(row: dict[Any, Any]) -> Said:
    rule = RULES[row["rule_id"]]
    return Said(rule.en, rule.zh)


def _cells(row: dict[Any, Any]) -> Said:
    named = [named_cell(cell) for cell in row["cells"][:_MOST_CELLS]]
    more = [Said.as_printed("\u2026")] if len(row["cells"]) > _MOST_CELLS else []
    return joined([*named, *more], "; ", "；")


def named_cell(cell: str) -> Said:
    """A cell by its label, after its year where it is named with one."""
    year, _, place = cell.rpartition(":")
    label = cell_label(place)
    return say("{year} {cell}", "{year}年{cell}", year=year, cell=label) if year else label


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
    if line["left"] is None or line["right"] is None:
        return Said("", "")
    return worded("sides", left=number(float(line["left"])), right=number(float(line["right"])))


def _place(row: dict[Any, Any]) -> Said:
    file = row["report_id"].rpartition("/")[2]
    if is_none(row["page"]):
        return Said.as_printed(file)
    return worded("place", file=file, page=int(row["page"]))


def _mark(row: dict[Any, Any]) -> Said:
    if is_none(row["mark"]):
        return Said("", "")
    mark = Said(row["mark"], MARKS[row["mark"]])
    told_by = ": ".join(row[name] for name in ("who", "comment") if not is_none(row[name]))
    return say("{mark} ({by})", "{mark}（{by}）", mark=mark, by=told_by) if told_by else mark


def _anchor(row: dict[Any, Any]) -> str:
    year = str(row["line"]["year"])
    own = [cell.rpartition(":") for cell in row["cells"]]
    return next((anchor_of(place, year) for of, _, place in own if of in ("", year)), "")


def anchor_of(cell: str, year: str) -> str:
    """Where the figure of a year stands on its agency's page."""
    table, item, measure = cell.split("/")
    return anchor(table, item, measure, year)


_SLIP_WORDS = {
    "rule": _rule, "cell": _cells, "printed": _printed, "would_hold": _would_hold, "place": _place,
    "mark_told": _mark, "anchor": _anchor, "level_told": lambda row: worded(f"level.{row['level']}"),
}  # fmt: skip


def slips(data: Review) -> Listing:
    """What must be sent back, a row for each cause."""
    columns = (
        Column("agency", "agency", "anchor"),
        Column("level_told"),
        Column("rule"),
        Column("cell"),
        Column("printed", "zh"),
        Column("would_hold"),
        Column("message", is_on_page=False),
        Column("more", "number", is_on_page=False),
        Column("place"),
        Column("mark_told"),
    )
    return Listing("slips", columns, slip_rows(data), worded("slips.note"))


def totals(data: Review) -> Listing:
    """The sums of both years, by group and cell."""
    rows = _grouped(data.totals)
    columns = (
        Column("group"),
        Column("cell_told"),
        Column("agencies", "number"),
        Column("before", "number"),
        Column("now", "number"),
        Column("change", "change"),
        Column("share", "share"),
    )
    return Listing("totals", columns, rows)


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    names = [group_name(*of) for of in rows[["kind", "level", "scope"]].itertuples(index=False, name=None)]
    return rows.assign(
        group=pd.Series(names, index=rows.index, dtype="object"), cell_told=each(rows["cell"], cell_label)
    )


def group_name(kind: str, level: str, scope: str) -> Said:
    """Agencies that are alike: of one kind, at one level, that tell one scope."""
    return worded(
        "group",
        kind=kind_name(kind),
        level=worded(f"level.{level or 'none'}"),
        scope=worded(f"scope.{scope}"),
    )


def kind_name(kind: str) -> Said:
    """What a kind of agency is called; one of a person's own by its own name."""
    return KINDS[kind].label if kind in KINDS else Said.as_printed(kind)


def status_name(status: str) -> Said:
    """What is said of an agency's reporting."""
    return worded(f"status.{status}")


def indicator_name(indicator: str) -> Said:
    """What an indicator is called."""
    return INDICATORS[indicator].name


def sudden(data: Review) -> Listing:
    """Changes over five times, or to under a fifth."""
    rows = outliers.sudden(data.found)
    rows["cell_told"] = each(rows["cell"], cell_label)
    rows["anchor"] = [anchor_of(cell, str(data.year)) for cell in rows["cell"]]
    columns = (
        Column("agency", "agency", "anchor"),
        Column("cell_told"),
        Column("before", "number"),
        Column("now", "number"),
        Column("times", "times"),
    )
    return Listing("sudden", columns, rows, worded("sudden.note"))


def far(data: Review) -> Listing:
    """Shares far from what is usual of their kind."""
    rows = data.far.copy()
    rows["indicator_told"], rows["kind"] = (
        each(rows["indicator"], indicator_name),
        each(rows["kind"], kind_name),
    )
    rows["value_told"] = [
        told_as(INDICATORS[id], value) for id, value in zip(rows["indicator"], rows["value"], strict=True)
    ]
    rows["median_told"] = [
        told_as(INDICATORS[id], value) for id, value in zip(rows["indicator"], rows["median"], strict=True)
    ]
    columns = (
        AGENCY,
        Column("indicator_told"),
        Column("value_told", "zh"),
        Column("median_told", "zh"),
        Column("kind"),
        Column("deviations", "number"),
        Column("denominator", "number"),
    )
    rows["deviations"] = rows["deviations"].round(1)
    note = worded(
        "far.note", far=SETTINGS.far, points=number(100 * SETTINGS.points), fewest=SETTINGS.fewest_of_kind
    )
    return Listing("far", columns, rows, note)


def blank(data: Review) -> Listing:
    """Tables in which nothing is filled in."""
    rows = data.found.blank.copy()
    rows["table_told"] = each(rows["table"], lambda table: _form_name(table))
    rows["file"] = rows["report_id"].map(lambda id: id.rpartition("/")[2]).astype("str")
    return Listing(
        "blank", (AGENCY, Column("table_told"), Column("file", "zh")), rows.sort_values(["agency", "table"])
    )


def _form_name(table: str) -> Said:
    form = TABLES[table][EDITIONS[-1]]
    return Said(form.en, form.zh)


def carried(data: Review) -> Listing:
    """Carry-overs that do not follow from last year's report."""
    rows = outliers.carried(data.found)
    rows["cell_told"] = each(rows["cell"], _carried_cell)
    rows["change"] = rows["now"] - rows["before"]
    columns = (
        AGENCY,
        Column("cell_told"),
        Column("before", "number"),
        Column("now", "number"),
        Column("change", "change"),
        Column("lines", "number"),
    )
    return Listing("carried", columns, rows, worded("carried.note"))


def _carried_cell(cell: str) -> Said:
    table, _, measure = cell.split("/")
    found = TABLES[table][EDITIONS[-1]].measure(measure)
    return Said(found.en, found.zh)


def copied(data: Review) -> Listing:
    """Sections that are alike between agencies."""
    rows = _with_names(data.copied, data)
    rows["how"] = each(rows["how"], lambda how: worded(f"how.{how}"))
    rows["other"] = data.names(data.copied["other"])
    columns = (
        AGENCY,
        Column("other", "agency"),
        Column("section_told"),
        Column("share", "share"),
        Column("how"),
        Column("characters", "number"),
        Column("group", "number", is_on_page=False),
    )
    values = {
        "copied": f"{SETTINGS.copied:.0%}", "like": f"{SETTINGS.like:.0%}", "fewest": SETTINGS.fewest_characters,
        "common": SETTINGS.common, "common_share": f"{SETTINGS.common_share:.0%}",
    }  # fmt: skip
    return Listing("copied", columns, rows, worded("copied.note", **values))


def repeated(data: Review) -> Listing:
    """Sections that are the agency's own of last year."""
    rows = _with_names(data.repeated, data)
    columns = (AGENCY, Column("section_told"), Column("share", "share"), Column("characters", "number"))
    return Listing("repeated", columns, rows, worded("repeated.note", copied=f"{SETTINGS.copied:.0%}"))


def _with_names(rows: pd.DataFrame, data: Review) -> pd.DataFrame:
    sections = {part.id: Said(part.en, part.zh) for part in SECTIONS}
    told_section = each(rows["section"].astype("str"), sections.__getitem__)
    return rows.assign(agency=data.names(rows["agency"]), section_told=told_section)


def broken_rules(data: Review) -> Listing:
    """The rules, those that break most first, with the share of each kind's reports."""
    rows = data.rules.copy()
    rows["rule"] = each(rows["rule_id"], lambda id: Said(RULES[id].en, RULES[id].zh))
    columns = [
        Column("rule"),
        Column("broken", "number"),
        Column("judged", "number"),
        Column("share", "share"),
    ]
    by_kind = rules.by_rule_and_kind(data.found).pivot(index="rule_id", columns="kind", values="share")
    for kind in by_kind:
        rows[f"kind.{kind}"] = rows["rule_id"].map(by_kind[kind])
        columns.append(Column(f"kind.{kind}", "share"))
    return Listing("rules", tuple(columns), rows)


def by_group(data: Review, group: str) -> Listing:
    """Reports with a broken sum of the form, by kind or region."""
    rows = rules.by_group(data.found, group)
    if group == "kind":
        rows["kind"] = each(rows["kind"], kind_name)
    columns = (
        Column(group),
        Column("broken", "number"),
        Column("judged", "number"),
        Column("share", "share"),
    )
    return Listing(f"by_{group}", columns, rows)


def unread(data: Review) -> Listing:
    """What could not be read, or not beyond doubt: a row for each agency and kind of finding."""
    own = data.found.findings
    keys = [own["agency"].fillna(""), own["kind"]]
    rows = (
        own.groupby(keys)
        .agg(count=("kind", "size"), message=("message", "first"), zh=("message_zh", "first"))
        .reset_index()
    )
    gravity = rows["kind"].map(lambda kind: _GRAVITY.get(kind, len(_GRAVITY))).astype("int64")
    rows = rows.assign(gravity=gravity).sort_values(
        ["gravity", "count", "agency"], ascending=[True, False, True]
    )
    pairs = pd.Series(list(zip(rows["message"], rows["zh"], strict=True)), index=rows.index, dtype="object")
    rows["told"] = each(pairs, lambda both: Said(*both))
    return Listing("unread", (AGENCY, Column("told"), Column("count", "number")), rows, worded("unread.note"))


_GRAVITY = {
    kind: place
    for place, kind in enumerate(
        (
            FindingKind.UNREADABLE_FILE,
            FindingKind.YEAR_UNKNOWN,
            FindingKind.TABLE_MISSING,
            FindingKind.TABLE_CUT,
        )
    )
}


def altered(data: Review) -> Listing:
    """Reports whose file changed after it was first read."""
    rows = changed(data.tables, data.found.reports, data.year)
    return Listing("changed", (AGENCY, Column("file", "zh"), Column("first_read", "zh")), rows)


def children(data: Review) -> Listing:
    """A parent's numbers beside the sum of those below it."""
    rows = against_children(data.found, data.year)
    rows["cell_told"] = each(rows["variable"], cell_label)
    rows["agency"] = rows["parent"]
    columns = (
        AGENCY,
        Column("cell_told"),
        Column("told", "number"),
        Column("below", "number"),
        Column("agencies", "number"),
        Column("difference", "change"),
    )
    return Listing("children", columns, rows, worded("children.note"))


def ranking(data: Review, one: Indicator, key: str, rows: pd.DataFrame) -> Listing:
    """The agencies by one indicator: `ranked`, or those over few cases."""
    told_values = [told_as(one, value) for value in rows["value"]]
    before = each(rows["before"], lambda value: None if value != value else told_as(one, value))
    rows = rows.assign(value_told=told_values, before_told=before, kind=each(rows["kind"], kind_name))
    rows["doubt"] = each(rows["broken_sum"], lambda is_broken: worded("in_broken_sum") if is_broken else None)
    columns = [AGENCY, Column("value_told", "zh"), Column("before_told", "zh"), Column("kind")]
    if one.is_rate:
        columns.insert(2, Column("denominator", "number"))
    if key == "ranked":
        columns.insert(1, Column("rank", "number"))
    if rows["doubt"].notna().any():
        columns.append(Column("doubt"))
    return Listing(key, tuple(columns), rows)


def standing(data: Review) -> Listing:
    """Every indicator of every agency, a row each; only in the workbook."""
    rows = wide(data.found, data.year)
    rows = rows.merge(data.found.agencies[["agency", "kind", "region"]], on="agency")
    rows["kind"] = each(rows["kind"], kind_name)
    columns = [AGENCY, Column("kind"), Column("region")]
    for one in SHOWN:
        columns.append(Column(one.id, "share" if one.unit == PERCENT else "number"))
        columns += [Column(f"{one.id}.denominator", "number")] if one.is_rate else []
    return Listing("standing", tuple(columns), rows)


def also_asked(data: Review, agency: str) -> Iterator[Said]:
    """What an agency is asked about besides its slips: a late report, and sections that are copies."""
    own = data.reported[data.reported["agency"] == agency]
    for row in own[own["status"] == reported.LATE].to_dict("records"):
        values = {name: row[name] for name in ("published", "deadline")}
        yield worded("also.late", days=number(float(row["days_late"])), **values)
    for listing, key in ((repeated(data), "repeated"), (copied(data), "copied")):
        rows = listing.rows
        is_own = rows["agency"] == agency
        if key == "copied":
            is_own |= rows["other"] == agency
        for row in rows[is_own].head(SETTINGS.passages).to_dict("records"):
            others = {row["agency"], row.get("other")} - {agency, None}
            told_share = {"section": row["section_told"], "share": percent(row["share"])}
            yield worded(f"also.{key}", other=min(others, default=""), **told_share)


def every(data: Review) -> Iterator[Listing]:
    """All lists, in the order of the page."""
    yield from (make(data) for make in _ALL)


_ALL = (
    reporting, slips, totals, sudden, far, blank, carried, copied, repeated, broken_rules,
    lambda data: by_group(data, "kind"), lambda data: by_group(data, "region"), unread, altered, children,
)  # fmt: skip
