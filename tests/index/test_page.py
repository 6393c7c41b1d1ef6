"""The index as a page: in which order it names agencies, what it says of each, and of all."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import lxml.html
import pytest

from ogi.index import Entry, Overview, YearEntry, index
from ogi.index.overview import Status
from ogi.index.page import MOST_ROWS
from tests.index.made import overview

YEAR = 2023


def rows(made: Overview, language: str = "en") -> list[lxml.html.HtmlElement]:
    return list(lxml.html.document_fromstring(index(made, [], language)).xpath("//tbody/tr"))


def order(*entries: Entry) -> list[str]:
    names = {entry.agency for entry in entries}
    shown = (row.text_content() for row in rows(overview(entries)))
    return [next(name for name in names if name in text) for text in shown]


def counted(agency: str, *counts: int, failed: bool = False) -> Entry:
    return Entry(agency, failed=failed, years={YEAR: YearEntry(1.0, *counts)})


def data_of(text: str) -> dict[str, Any]:
    (packed,) = lxml.html.document_fromstring(text).xpath("//script[@id='data']/text()")
    found: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(packed)))
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (counted("甲", 0, 0, 0, failed=True), counted("乙", 9, 9, 9)),
        (counted("甲", 1, 0, 0), counted("乙", 0, 9, 9)),
        (counted("甲", 2, 0, 0), counted("乙", 1, 9, 9)),
        (counted("甲", 1, 1, 0), counted("乙", 1, 0, 9)),
        (counted("甲", 1, 1, 1), counted("乙", 1, 1, 0)),
        (counted("甲", 0, 0, 1), Entry("乙")),
        (Entry("甲"), counted("乙", 0, 0, 0)),
    ],
    ids=["no page", "a slip", "more slips", "a warning", "a doubt", "a doubt is more", "no report"],
)
def test_what_needs_a_look_more_urgently_comes_first(first: Entry, second: Entry) -> None:
    assert order(first, second) == order(second, first) == ["甲", "乙"]


@pytest.mark.parametrize("status", ["missing", "unread", "no_file"])
def test_a_report_that_is_not_here_comes_after_slips_and_before_warnings(status: str) -> None:
    entries = [counted("丙", 0, 9, 9), Entry("乙"), counted("甲", 1, 0, 0)]
    shown = rows(overview(entries, {"乙": Status(status)}))
    assert [row.text_content().strip()[0] for row in shown] == ["甲", "乙", "丙"]


def test_agencies_alike_are_in_the_order_of_their_names_as_spoken() -> None:
    named = [Entry(name, pinyin=spoken) for name, spoken in (("丙", "bing"), ("甲", "jia"), ("安", "an"))]
    assert order(*named) == ["安", "丙", "甲"]


def test_every_column_speaks_of_the_latest_year() -> None:
    years = {2022: YearEntry(7.0, 5, 5, 5), YEAR: YearEntry(None, 0, 2, 1)}
    made = overview([Entry("淮安市洪泽区人民政府", True, years=years)], {YEAR: Status("late", 12)})
    (row,) = rows(made)
    assert row.xpath("th//a/@href") == [
        "%E6%B7%AE%E5%AE%89%E5%B8%82%E6%B4%AA%E6%B3%BD%E5%8C%BA%E4%BA%BA%E6%B0%91%E6%94%BF%E5%BA%9C/index.html"
    ]
    assert [cell.text_content() for cell in row.xpath("td")] == ["2223", "late by 12 d", "–", "0", "2", "1"]
    assert "江苏省淮安市洪泽区 People's government" in row.text_content()


def test_an_agency_without_a_page_or_with_an_old_one_is_named_so_and_its_name_escaped() -> None:
    entries = [Entry("甲 市#1<b>", True, failed=True), Entry("乙县", failed=True), Entry("丙", True)]
    whole, none, stale = (
        next(row for row in rows(overview(entries)) if name in row.text_content()) for name in "丙乙甲"
    )
    assert "%E7%94%B2%20%E5%B8%82%231%3Cb%3E/index.html" in stale.xpath(".//a/@href")
    assert [tag.text_content() for tag in (*stale.find_class("tag"), *none.find_class("tag"))] == [
        "old page",
        "no page",
    ]
    assert none.xpath(".//a") == whole.find_class("tag") == []


def test_one_sentence_says_what_all_come_to() -> None:
    entries = [
        counted("甲", 2, 1, 0),
        counted("乙", 0, 0, 3),
        counted("庚", 0, 0, 0),
        *map(Entry, "丙丁戊己"),
    ]
    statuses = {"甲": Status("late", 3), "乙": Status("undated"), "丙": Status("missing")}
    statuses |= {"丁": Status("unread"), "庚": Status("no_deadline"), "戊": Status("no_file")}
    made = overview(entries, statuses)
    (said,) = lxml.html.document_fromstring(index(made, [])).xpath("//*[@id='sentence']")
    assert said.text_content() == (
        "2023: agencies with a report here: 3 of 6, 1 of them late, 1 of them published on an unknown day, "
        "1 with no deadline set; missing: 1; "
        "with a file that cannot be read or dated: 1; published, but no file here: 1. "
        "Slips in the form's own sums: 2 (reports: 1); warnings: 1; undecided: 3."
    )


def test_the_sentence_leaves_out_what_there_is_none_of() -> None:
    made = overview([counted("甲", 0, 0, 0)], {"甲": Status("in_time")})
    (said,) = lxml.html.document_fromstring(index(made, [], "zh")).xpath("//*[@id='sentence']")
    assert said.text_content().startswith("2023年度：应报机关1个，已报1个。表内勾稽差错0处")


def test_failures_are_named_and_their_traces_folded() -> None:
    root = lxml.html.document_fromstring(
        index(overview([Entry("甲")]), [("乙县: <b>no</b> report", "line 1")])
    )
    assert "乙县: <b>no</b> report" in root.text_content()
    assert root.xpath("//details/pre/text()") == ["line 1"]


def test_without_any_agency_there_is_a_page_all_the_same() -> None:
    assert "No report could be read" in index(overview([]), [("x", "")])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_very_many_the_first_are_readable_without_a_script(language: str) -> None:
    made = overview([counted(f"第{n}局", n, 0, 0) for n in range(MOST_ROWS + 20)])
    text = index(made, [], language)
    assert len(rows(made, language)) == MOST_ROWS
    (told,) = lxml.html.document_fromstring(text).xpath("//noscript")
    assert f"{MOST_ROWS}" in told.text_content()
    assert f"{MOST_ROWS + 20}" in told.text_content()
    assert len(data_of(text)["names"].split("\n")) == MOST_ROWS + 20
    assert "<noscript>" not in index(overview([counted("甲", 1, 0, 0)]), [], language)


def test_a_year_that_nobody_has_is_a_gap_in_the_row_of_years() -> None:
    """Of reports on 2020 and 2023 the row of years was 20 23, as if none lay between."""
    years = {year: YearEntry(1.0, 0, 0, 0) for year in (2020, 2023)}
    root = lxml.html.document_fromstring(index(overview([Entry("甲", years=years)]), []))
    marks = root.xpath("//td[@class='strip']/i")
    assert [(one.text_content(), one.get("class")) for one in marks] == [
        ("20", "there"), ("21", "out"), ("22", "out"), ("23", "there"),
    ]  # fmt: skip
    assert "--years: 4" in root.xpath("//table[contains(@class, 'index')]/@style")[0]
