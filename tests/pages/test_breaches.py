"""What does not hold: a card for each cause, errors first, soft rules marked soft, our doubts apart."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import lxml.html
import pandas as pd
import pytest
from lxml.html import HtmlElement

from ogi import pages, tables
from ogi.checks import Verdict
from ogi.forms import TABLES
from ogi.index.entries import entry
from ogi.pages import Frames, printed
from ogi.pages.breaches import FEW, MOST_OPEN, counts
from ogi.pages.places import MOST_PICTURES
from ogi.values import State
from tests.reports_made import made


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
            text,
        )
        for rule, severity, official, verdict, cells, text in rows
    ]
    return replace(frames, checks=tables.from_rows("checks", told))  # type: ignore[arg-type]


def marked(frames: Frames, row: pd.Series, mark: str, comment: str = "said on the phone") -> Frames:
    return all_marked(frames, (row, mark), comment=comment)


def all_marked(frames: Frames, *marks: tuple[pd.Series, str], comment: str = "said on the phone") -> Frames:
    said = (comment, "W. L.", "2025-03-31")
    rows = [
        (frames.agency, int(row["year"]), row["rule_id"], row["cells"], mark, *said) for row, mark in marks
    ]
    return replace(frames, marks=tables.from_rows("review_marks", rows))


def verdict_of(frames: Frames) -> str:
    return words(pages_cover(frames).xpath("//p[starts-with(@class, 'verdict')]")[0])


REVIEW = "review/reconsideration/total"
ERROR = ("review.results", "error", True, Verdict.BROKEN, [REVIEW], "an error")
WARNING = ("told.reconsideration", "warning", False, Verdict.BROKEN, [], "a warning")
NOTE = ("agency.name", "note", False, Verdict.BROKEN, [], "a note")
DOUBT = ("review.results", "error", True, Verdict.UNDECIDED, ["review/litigation_direct/total"], "a doubt")


def test_errors_come_first_then_soft_rules_then_our_doubts() -> None:
    tree = shown(with_checks(made({2022: {}}), DOUBT, NOTE, WARNING, ERROR))
    assert levels(tree) == ["official", "warning", "note", "undecided"]
    assert said(tree) == ["an error", "a warning", "a note", "a doubt"]
    assert [d.get("class") for d in tree.xpath("//details[starts-with(@class, 'level')][not(@open)]")] == [
        "level note",
        "level undecided",
    ]


def said(tree: HtmlElement) -> list[str]:
    """What each card says first."""
    return [words(p) for p in tree.xpath(".//li[starts-with(@class, 'slip')]/p[@class='said']")]


def test_the_verdict_counts_slips_and_our_doubts_are_not_among_them() -> None:
    frames = with_checks(made({2022: {}}), DOUBT, DOUBT, NOTE, WARNING, WARNING, ERROR)
    assert counts(frames) == (1, 2, 2)
    verdict = words(pages_cover(frames).xpath("//p[starts-with(@class, 'verdict')]")[0])
    assert verdict == "2022: 1 slip. 2 warnings (2022). 2 could not be decided (2022)."


def test_what_one_cell_breaks_is_one_card() -> None:
    """A total of 7 without parts breaks its row, its column's balance, and that of the year after."""
    frames = made({2022: {"requests/new/total": 7}, 2023: {}})
    broken = frames.checks[(frames.checks["verdict"] == Verdict.BROKEN) & frames.checks["official"]]
    assert len(broken) == 2
    assert counts(frames)[0] == 1
    tree = shown(frames)
    assert len(said(tree)) == 1
    (others,) = tree.xpath("//details[@class='also']")
    assert {*said(tree), *(li.text.strip() for li in others.xpath("./ul/li"))} == set(broken["message"])


def test_two_wrong_totals_are_two_cards() -> None:
    wrong = {"review/reconsideration/upheld": 10, "review/litigation_after_reconsideration/upheld": 5}
    assert counts(made({2022: wrong}))[0] == 2


def test_a_soft_rule_on_a_wrong_cell_stands_on_its_card() -> None:
    wrong = made({2022: {"review/reconsideration/upheld": 10}})
    rows = wrong.checks[wrong.checks["rule_id"] == "review.results"].to_dict("records")
    soft = {**rows[0], "rule_id": "told.reconsideration", "official": False, "severity": "warning"}
    soft |= {"verdict": Verdict.BROKEN, "cells": [REVIEW], "message": "the words say 10"}
    frames = replace(wrong, checks=pd.DataFrame([*wrong.checks.to_dict("records"), soft]))
    assert counts(frames) == (1, 0, 0)
    assert "the words say 10" in words(shown(frames).xpath("//details[@class='also']")[0])


def test_a_cell_that_is_not_read_is_one_doubt_however_many_sums_it_leaves_open() -> None:
    frames = made({2022: {"requests/new/total": (State.UNREADABLE, "7?")}})
    assert (frames.checks["verdict"] == Verdict.UNDECIDED).sum() > 1
    assert counts(frames) == (0, 0, 1)


def pages_cover(frames: Frames) -> HtmlElement:
    return lxml.html.fragment_fromstring(pages.cover(frames), create_parent="div")


def test_what_holds_is_good_news_of_official_rules_alone() -> None:
    frames = made({2022: {}})
    tree = shown(frames)
    held = int(frames.checks["official"].sum())
    assert 0 < held < len(frames.checks)
    (only,) = tree.xpath("//p")
    assert (only.get("class"), f"All {held} sums and balances" in words(only)) == ("good", True)
    nothing = replace(frames, checks=frames.checks.iloc[:0])
    assert "nothing to check" in words(shown(nothing))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_card_names_its_table_its_rule_its_numbers_and_its_place(language: str) -> None:
    frames = made({2022: {"requests/new/total": 7}}, language=language)
    (card,) = shown(frames, language).xpath("//li[starts-with(@class, 'slip')]")
    assert "政府信息公开申请" in words(card.xpath("./p")[0])
    assert "7" in said(card.getparent())[0]
    assert ("page 3 of 2022.pdf" if language == "en" else "2022.pdf第3页") in words(card)
    links = card.xpath(".//a/@href")
    assert "#requests-new-total-2022" in links
    assert "#requests-new-2022" in links, "the row as printed, of a kind of applicant"


def test_the_latest_year_stands_open_and_of_one_year_only_some_cards() -> None:
    many = {f"requests/new/{m.id}": 1 for m in TABLES["requests"]["2021"].measures[:-1]}
    frames = made({2022: many, 2023: many})
    tree = shown(frames)
    (level,) = tree.xpath("//*[@class='level official']")
    assert [words(h4) for h4 in level.xpath("./h4")] == ["2023"]
    assert [d.get("class") for d in level.xpath("./details")] == ["printed", "printed year"]
    assert len(level.xpath("./ul/li")) == MOST_OPEN
    assert len(level.xpath(".//li[starts-with(@class, 'slip')]")) == counts(frames)[0]


def test_what_is_explained_is_still_listed_with_who_says_what_after_what_is_open() -> None:
    frames = made({2022: {"review/reconsideration/total": 3, "review/litigation_direct/total": 4}})
    broken = frames.checks[(frames.checks["verdict"] == Verdict.BROKEN) & frames.checks["official"]]
    frames = marked(frames, broken.iloc[0], "explained")
    tree = shown(frames)
    lines = tree.xpath("//*[@class='level official']//li[starts-with(@class, 'slip')]")
    assert [line.get("class") for line in lines] == ["slip line", "slip line settled"]
    assert words(lines[1].xpath("./p[starts-with(@class, 'mark')]")[0]) == (
        "explained said on the phone W. L., 2025-03-31"
    )
    (head,) = tree.xpath("//*[@class='level official']/h3/span")
    assert words(head) == "1 · explained or dismissed: 1"
    assert "1处 · 另有1处已说明或不成立" in words(shown(frames, "zh"))
    assert counts(frames)[0] == 1
    confirmed = shown(marked(frames, broken.iloc[0], "confirmed"))
    assert confirmed.xpath("//li[contains(@class, 'settled')]") == []


def test_a_mark_on_the_line_shown_settles_its_cause_with_all_its_lines() -> None:
    """She marked the one line there was to see: the card went green, and index and letter asked on."""
    frames = made({2022: {"requests/new/total": 7}})
    (slip,) = frames.slips
    first, consequence = (pd.Series(line) for line in slip.lines)
    (own,) = marked(frames, first, "explained").slips
    assert own.is_settled
    both = all_marked(frames, (first, "explained"), (consequence, "confirmed"))
    for still in (both, marked(frames, consequence, "explained")):
        assert [one.is_settled for one in still.slips] == [False]
        assert counts(still)[0] == 1
        assert shown(still).xpath("//li[contains(@class, 'settled')]") == []


def test_what_is_settled_counts_nowhere_on_the_page() -> None:
    frames = made({2022: {}, 2023: {"requests/new/total": 7}})
    assert verdict_of(frames).startswith("2023: 1 slip.")
    settled = marked(frames, pd.Series(frames.slips[0].line), "dismissed")
    assert verdict_of(settled) == (
        "2023: no slips that count. Earlier years: no slips. "
        "Explained or dismissed by reviewers, and not counted: 1."
    )
    assert "verdict good" in pages.cover(settled)
    assert shown(settled).xpath("//section[@class='level official settled']")
    assert shown(settled).xpath("./div/p") == [], "that all sums hold is not said"
    assert entry(settled, settled.agency, True, False).years[2023].official == 0


def test_the_verdict_says_of_which_years_the_doubts_are() -> None:
    frames = made({2021: {"requests/new/total": (State.UNREADABLE, "7?")}, 2022: {}})
    assert "1 could not be decided (2021)." in verdict_of(frames)


def test_a_mark_on_what_is_no_longer_broken_is_shown_as_such() -> None:
    frames = made({2022: {}})
    held = frames.checks[frames.checks["rule_id"] == "review.results"].iloc[0]
    tree = shown(marked(frames, held, "open"))
    (unmet,) = tree.xpath("//section[@class='level unmet']")
    assert "now: hold" in words(unmet)
    assert "said on the phone" in words(unmet)
    chinese = words(shown(marked(frames, held, "open"), "zh").xpath("//section[@class='level unmet']")[0])
    assert chinese.startswith("审核标记已无对象 1")
    assert "现为：符合" in chinese
    held = held.copy()
    held["cells"] = held["cells"][-1:]
    part = words(shown(marked(frames, held, "open"), "zh").xpath("//section[@class='level unmet']")[0])
    assert "现为：符合" in part, "it was said that no such line is checked"
    assert "；" in chinese
    assert ";" not in chinese
    outcomes = frames.checks[frames.checks["cells"].map(len) > FEW].iloc[0]
    (folded,) = shown(marked(frames, outcomes, "open"), "zh").xpath("//details[@class='cells']")
    assert words(folded.find("summary")) == f"涉及{len(outcomes['cells'])}个数据"
    assert len(folded.findall("ul/li")) == len(outcomes["cells"]) > FEW
    gone = marked(frames, held.replace({2022: 1999}), "dismissed")
    assert "expected a report of that agency and year, found none" in words(shown(gone))


def test_a_card_is_headed_by_its_rule_and_that_it_does_not_hold() -> None:
    frames = made({2022: {"review/reconsideration/total": 99}})
    heads = shown(frames, "zh").xpath("//li[contains(@class, 'slip')]/p[@class='gloss']")
    assert any(words(head).endswith("· “各类结果之和，等于总计”——不符") for head in heads)


def test_a_mark_beside_what_does_not_hold_is_never_said_to_have_no_object() -> None:
    frames = made({2022: {"review/reconsideration/total": 99}})
    of_rule = frames.checks[frames.checks["rule_id"] == "review.results"]
    assert list(of_rule["verdict"]).count("broken") == 1
    line = of_rule[of_rule["verdict"] != "broken"].iloc[0].copy()
    line["cells"] = line["cells"][:1]
    (section,) = shown(marked(frames, line, "open"), "zh").xpath("//section[@class='level unmet']")
    assert words(section.find("h3")) == "审核标记已无对象 1", "a line of these cells holds"
    assert "现为：符合" in words(section)
    line["cells"] = ["requests/new/total"]
    tree = shown(marked(frames, line, "open"), "zh")
    (section,) = tree.xpath("//section[@class='level unmet']")
    assert words(section.find("h3")) == "未采用的审核标记 1"
    assert "该规则不符或未能判定之处为：行政复议 / " in words(section)
    assert "已无对象" not in words(tree)


def test_a_mark_on_no_rule_is_refused_and_never_called_no_longer_broken() -> None:
    frames = made({2022: {}})
    held = frames.checks[frames.checks["rule_id"] == "review.results"].iloc[0]
    odd = marked(frames, held.replace({"review.results": "review.result<b>"}), "dismissed")
    (refused,) = shown(odd).xpath("//section[@class='level unmet']")
    assert words(refused.find("h3")) == "Review marks that were not applied 1"
    nearest = "nearest “The results add up to the total” (review.results)"
    assert f"review.result<b> expected a rule by its id or its name, {nearest}" in words(refused)
    assert "未采用的审核标记" in words(shown(odd, "zh"))
    assert "已无对象" not in words(shown(odd, "zh"))


def test_an_unreadable_cell_is_a_doubt_and_no_error() -> None:
    frames = made({2022: {"requests/new/total": (State.UNREADABLE, "7?")}})
    assert counts(frames)[:2] == (0, 0)
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
    lines = tree.xpath("//*[@class='level official']//li[@class='slip line']")
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
