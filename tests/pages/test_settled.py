"""A broken sum that a mark settles is told so wherever the page marks its figures, and by whom."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest

from ogi import charts, pages, tables
from ogi.checks import Verdict
from ogi.pages import Frames
from ogi.tables import from_rows
from tests.reports_made import made

UPHELD, TOTAL = "review/reconsideration/upheld", "review/reconsideration/total"
LAWSUITS = "review/litigation_direct/upheld"
BY = {
    "en": "2023: explained by W. L., 2025-03-31",
    "zh": "2023年：W. L.标为“已说明”（2025-03-31）",
}


def settled(language: str, of_2023: dict[str, float] | None = None, mark: str = "explained") -> Frames:
    """The reconsideration of 2023 is broken, and a mark is on it."""
    told = {UPHELD: 30, TOTAL: 90, **(of_2023 or {})}
    frames = made({2022: {UPHELD: 30, TOTAL: 30}, 2023: told}, language=language)
    checks = frames.checks
    (line,) = (
        row
        for row in tables.records(checks[checks["verdict"] == Verdict.BROKEN])
        if row["rule_id"] == "review.results" and TOTAL in row["cells"]
    )
    said = ("by phone", "W. L.", "2025-03-31")
    rows = [(frames.agency, 2023, line["rule_id"], line["cells"], mark, *said)]
    return replace(frames, marks=from_rows("review_marks", rows))


def told(frames: Frames, language: str) -> dict[str, str]:
    """The words of each part of the page that marks figures in broken sums."""
    html = {
        "tile": pages.cover(frames, language),
        "standing": pages.what_stands_out(frames, language),
        "table": pages.figures_by_year(frames, "review", language),
    }
    words = {name: lxml.html.fromstring(part).text_content() for name, part in html.items()}
    return {**words, "chart": " ".join(charts.review(frames.annual, language).notes)}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_mark_of_a_settled_sum_tells_by_whom(language: str) -> None:
    found = told(settled(language), language)
    assert {name: BY[language] in words for name, words in found.items()} == dict.fromkeys(found, True)
    assert "*" in found["tile"], "the sum does not hold all the same"
    assert "90*" in charts.review(settled(language).annual, language).svg


@pytest.mark.parametrize(("of_2023", "mark"), [({LAWSUITS: 5}, "explained"), ({}, "open"), ({}, "confirmed")])
def test_of_a_year_with_a_sum_that_is_open_none_is_called_settled(
    of_2023: dict[str, float], mark: str
) -> None:
    frames = settled("en", of_2023, mark)
    assert frames.settled == {}
    assert not any("explained" in words for words in told(frames, "en").values())


@pytest.mark.parametrize(
    ("mark", "still"),
    [("explained", "已公布的年报所印数字仍不相符。"), ("dismissed", ""), ("confirmed", "")],
)
def test_what_the_published_report_still_prints_is_told(mark: str, still: str) -> None:
    """The letter vanished, and the page was green, though nobody had mended the report."""
    words = lxml.html.fromstring(pages.breaches(settled("zh", mark=mark), "zh")).text_content()
    assert ("已公布的年报" in words) == bool(still)
    assert still in words


def test_a_table_without_such_a_figure_does_not_tell_it() -> None:
    assert "W. L." not in pages.figures_by_year(settled("en"), "proactive")
    assert charts.decisions(settled("en").annual).notes == ()


@pytest.mark.parametrize(
    ("language", "told_of_it", "none"),
    [
        ("en", "Earlier years: no slips that count.", "Earlier years: no slips."),
        ("zh", "此前各年无计入的差错。", "此前各年无差错。"),
    ],
)
def test_an_earlier_year_with_a_settled_slip_is_not_told_as_one_without(
    language: str, told_of_it: str, none: str
) -> None:
    frames = settled(language)
    later = made({2023: {UPHELD: 30, TOTAL: 90}, 2024: {}}, language=language)
    for marks, words in ((frames.marks, told_of_it), (frames.marks.iloc[:0], "")):
        cover = lxml.html.fromstring(pages.cover(replace(later, marks=marks), language)).text_content()
        assert words in cover
        assert none not in cover
