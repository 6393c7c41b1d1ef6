"""What does not hold leads the page: errors first, soft rules marked soft, our doubts apart."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pandas as pd
import pytest
from lxml.html import HtmlElement

from ogi import pages, tables
from ogi.checks import Verdict
from ogi.pages import Frames, printed
from ogi.pages.breaches import MOST_OPEN, counts
from ogi.pages.places import MOST_PICTURES
from ogi.values import State
from tests.reports_made import made

TOTALS = {"requests/new/total": 7, "review/reconsideration/total": 3}
"""A report whose totals do not fit: the balance, both kinds of sums, and carried over into the next year."""


def shown(frames: Frames, language: str = "en") -> HtmlElement:
    return lxml.html.fragment_fromstring(pages.breaches(frames, language), create_parent="div")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def levels(tree: HtmlElement) -> list[str]:
    return [one.get("class").split()[1] for one in tree.xpath("//*[contains(@class, 'level ')]")]


def with_checks(frames: Frames, *rows: tuple[object, ...]) -> Frames:
    """The frames with these rows of checks: rule, severity, official, verdict, cells, message."""
    told = [
        (
            f"{frames.agency}/2022.pdf",
            frames.agency,
            2022,
            rule,
            severity,
            official,
            verdict,
            1.0,
            2.0,
            -1.0,
            cells,
            text,
        )
        for rule, severity, official, verdict, cells, text in rows
    ]
    return replace(frames, checks=tables.from_rows("checks", told))  # type: ignore[arg-type]


def marked(frames: Frames, row: pd.Series, mark: str, comment: str = "said on the phone") -> Frames:
    values = (
        frames.agency,
        int(row["year"]),
        row["rule_id"],
        row["cells"],
        mark,
        comment,
        "W. L.",
        "2025-03-31",
    )
    return replace(frames, marks=tables.from_rows("review_marks", [values]))


REVIEW = "review/reconsideration/total"
ERROR = ("review.results", "error", True, Verdict.BROKEN, [REVIEW], "an error")
WARNING = ("told.reconsideration", "warning", False, Verdict.BROKEN, [REVIEW], "a warning")
NOTE = ("agency.name", "note", False, Verdict.BROKEN, [], "a note")
DOUBT = ("review.results", "error", True, Verdict.UNDECIDED, [REVIEW], "a doubt")


def test_errors_come_first_then_soft_rules_then_our_doubts() -> None:
    tree = shown(with_checks(made({2022: {}}), DOUBT, NOTE, WARNING, ERROR))
    assert levels(tree) == ["official", "warning", "note", "undecided"]
    assert [words(p) for p in tree.xpath("//li[starts-with(@class, 'line')]/p[1]")] == [
        "an error",
        "a warning",
        "a note",
        "a doubt",
    ]
    tags = [words(tag) for tag in tree.xpath("//p[@class='demand']/span")]
    assert tags == ["official", "soft", "soft", "undecided"]
    assert [d.get("class") for d in tree.xpath("//details[starts-with(@class, 'level')][not(@open)]")] == [
        "level note",
        "level undecided",
    ]


def test_the_numbers_are_told_first_and_our_doubts_are_not_among_the_errors() -> None:
    frames = with_checks(made({2022: {}}), DOUBT, DOUBT, NOTE, WARNING, WARNING, ERROR)
    assert counts(frames.checks) == (1, 2, 2)
    told = [(li.get("class"), words(li)) for li in shown(frames).xpath("//ul[@class='findings']/li")]
    assert [kind for kind, _ in told] == ["broken", "missing", "note", "missing"]
    assert [re.findall(r"\d+", text)[0] for _, text in told] == ["1", "2", "1", "2"]
    assert words(pages_cover(frames).xpath("//dl/div[4]/dd[1]")[0]) == "1"
    assert "2 soft warnings" in words(pages_cover(frames))


def pages_cover(frames: Frames) -> HtmlElement:
    return lxml.html.fragment_fromstring(pages.cover(frames), create_parent="div")


def test_what_holds_is_good_news_of_official_rules_alone() -> None:
    frames = made({2022: {}})
    tree = shown(frames)
    held = int(frames.checks["official"].sum())
    assert 0 < held < len(frames.checks)
    (only,) = tree.xpath("//li")
    assert (only.get("class"), f"All {held} sums and balances" in words(only)) == ("good", True)
    nothing = replace(frames, checks=frames.checks.iloc[:0])
    assert "nothing to check" in words(shown(nothing))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_line_names_its_table_its_rule_its_numbers_and_its_place(language: str) -> None:
    frames = made({2022: {"requests/new/total": 7}}, language=language)
    broken = frames.checks[
        (frames.checks["verdict"] == Verdict.BROKEN) & (frames.checks["rule_id"] == "requests.balance")
    ]
    row = broken.iloc[0]
    tree = shown(frames, language)
    assert "政府信息公开申请" in words(tree.xpath("//h4")[0])
    (line,) = [li for li in tree.xpath("//li[@class='line']") if row["message"] in words(li)]
    assert "7" in row["message"]
    assert ("page 3 of 2022.pdf" if language == "en" else "2022.pdf第3页") in words(line)
    links = line.xpath(".//a/@href")
    assert links == ["#" + "-".join([*cell.split("/"), "2022"]) for cell in row["cells"]]


def test_the_latest_year_comes_first_and_of_one_table_only_some_stand_open() -> None:
    frames = made({2020: TOTALS, 2021: TOTALS, 2022: TOTALS, 2023: TOTALS})
    tree = shown(frames)
    (requests, *_) = tree.xpath("//*[@class='level official']/ul")
    years = [int(words(b)) for b in requests.xpath("./li/p/b")]
    assert years[0] == 2023
    assert years == sorted(years, reverse=True)
    assert len(requests.xpath(".//li[@class='line']")) == MOST_OPEN
    whole = len(tree.xpath("//*[@class='level official']//li[@class='line']"))
    assert whole == counts(frames.checks)[0] > MOST_OPEN


def test_what_is_explained_is_still_listed_with_who_says_what_after_what_is_open() -> None:
    frames = made({2022: {"review/reconsideration/total": 3, "review/litigation_direct/total": 4}})
    broken = frames.checks[(frames.checks["verdict"] == Verdict.BROKEN) & frames.checks["official"]]
    frames = marked(frames, broken.iloc[0], "explained")
    tree = shown(frames)
    lines = tree.xpath("//*[@class='level official']//li[starts-with(@class, 'line')]")
    assert [line.get("class") for line in lines] == ["line", "line settled"]
    assert words(lines[1].xpath("./p[starts-with(@class, 'mark')]")[0]) == (
        "explained said on the phone W. L., 2025-03-31"
    )
    assert "dismissed 1 of these" in words(tree.xpath("//ul[@class='findings']")[0])
    assert "已说明" in words(shown(frames, "zh"))
    assert counts(frames.checks)[0] == 2
    confirmed = shown(marked(frames, broken.iloc[0], "confirmed"))
    assert [li.get("class") for li in confirmed.xpath("//li[starts-with(@class, 'line')]")][:2] == [
        "line"
    ] * 2


def test_a_mark_on_what_is_no_longer_broken_is_shown_as_such() -> None:
    frames = made({2022: {}})
    held = frames.checks[frames.checks["rule_id"] == "review.results"].iloc[0]
    tree = shown(marked(frames, held, "open"))
    (unmet,) = tree.xpath("//section[@class='level unmet']")
    assert "now: hold" in words(unmet)
    assert "said on the phone" in words(unmet)
    gone = marked(frames, held.replace({2022: 1999}), "dismissed")
    assert "no such line is checked now" in words(shown(gone))
    odd = marked(frames, held.replace({"review.results": "a.rule<b>"}), "dismissed")
    assert "a.rule<b>" in words(shown(odd))


def test_an_unreadable_cell_is_a_doubt_and_no_error() -> None:
    frames = made({2022: {"requests/new/total": (State.UNREADABLE, "7?")}})
    assert counts(frames.checks)[:2] == (0, 0)
    assert levels(shown(frames)) == ["undecided"]


# --- pictures ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hongze(samples: Path) -> Frames:
    """A report in PDF with two wrong totals."""
    path = samples / "淮安市洪泽区人民政府" / "2023.pdf"
    frames = printed.read(path).frames
    return replace(frames, files={frames.reports["report_id"].iloc[0]: path})


def pictures(tree: HtmlElement) -> list[str]:
    return tree.xpath(".//figure[@class='clip']/img/@src")


def test_the_cells_of_an_error_are_shown_as_printed(hongze: Frames) -> None:
    tree = shown(hongze)
    lines = tree.xpath("//*[@class='level official']//li[@class='line']")
    assert [len(pictures(line)) for line in lines] == [1, 1]
    for picture in pictures(tree):
        assert picture.startswith("data:image/png;base64,")
        assert 500 < len(picture) < 20_000
        assert base64.b64decode(picture.partition(",")[2]).startswith(b"\x89PNG")
    assert len(set(pictures(tree))) == len(pictures(tree)), "no picture is shown twice"
    assert tree.xpath("//figure[@class='clip']/img/@alt")[0] == "The cells as printed on page 3"


def test_a_format_without_pages_has_no_pictures(hongze: Frames) -> None:
    assert pictures(shown(replace(hongze, files={}))) == []
    elsewhere = {name: Path("2023.html") for name in hongze.files}
    assert pictures(shown(replace(hongze, files=elsewhere))) == []


def test_a_file_that_is_gone_costs_only_its_pictures(hongze: Frames, tmp_path: Path) -> None:
    gone = dict.fromkeys(hongze.files, tmp_path / "2023.pdf")
    tree = shown(replace(hongze, files=gone))
    assert pictures(tree) == []
    assert levels(tree)[0] == "official"


def test_what_is_undecided_is_shown_too_for_a_person_to_decide(hongze: Frames) -> None:
    doubtful = replace(hongze, checks=hongze.checks.assign(verdict=Verdict.UNDECIDED))
    assert len(pictures(shown(doubtful))) == MOST_PICTURES


def test_a_page_bears_only_so_many_pictures(hongze: Frames) -> None:
    sums = hongze.checks[hongze.checks["official"] & hongze.checks["cells"].map(len).gt(0)]
    many = replace(hongze, checks=sums.assign(verdict=Verdict.BROKEN))
    assert len(sums) > MOST_PICTURES
    assert len(pictures(shown(many))) == MOST_PICTURES
