"""A corrected figure shows what it is, what is printed, and who says so."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from lxml.html import HtmlElement

from ogi import pages, tables
from ogi.checks import check
from ogi.pages import Frames
from ogi.tables import apply_corrections, from_rows, joined
from ogi.values import State
from tests.reports_made import made

CELL = ("甲市", 2022, "review", "reconsideration", "total")
SAID = ("the sum is 11", "a <letter>", "W. L.", "2025-03-31")


def corrected(printed: str = "0", value: str = "11", stands: float | str = 0) -> Frames:
    filled = {"review/reconsideration/upheld": 11, "review/reconsideration/total": stands}
    frames = made({2021: {}, 2022: filled})
    correction = from_rows("corrections", [(None, *CELL, printed, value, *SAID)]).drop(columns="report_id")
    done = apply_corrections(frames.figures, correction)
    findings = joined("findings", [frames.findings, done.refused])
    return replace(frames, figures=done.figures, corrections=done.applied, findings=findings)


def tree(html: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_corrected_figure_is_marked_and_tells_what_is_printed() -> None:
    table = tree(pages.figures_by_year(corrected(), "review"))
    (cell,) = table.xpath("//td[@id='review-reconsideration-total-2022']")
    assert words(cell) == "11†"
    assert "corrected" in cell.get("class").split()
    assert cell.get("data-x") == "0", "what the script tells as printed"
    assert len(table.xpath("//a[@class='fix']")) == 1
    assert "corrected by a person" in words(table.xpath("//ul[@class='legend']")[0])


def test_it_leads_to_the_list_and_the_list_back() -> None:
    frames = corrected()
    figures = tree(pages.figures_by_year(frames, "review"))
    listed = tree(pages.corrections_list(frames))
    (link,) = figures.xpath("//a[@class='fix']/@href")
    (row,) = listed.xpath("//tr[@id=$id]", id=link[1:])
    assert row.xpath(".//a/@href") == ["#review-reconsideration-total-2022"]
    cells = [words(td) for td in row]
    assert cells[0] == "2022"
    assert cells[2:] == ["0", "11", *SAID[:2], "W. L.2025-03-31"]


def test_a_figure_that_was_blank_or_becomes_so_says_it() -> None:
    listed = tree(pages.corrections_list(corrected("", "11", State.BLANK)))
    assert [words(td) for td in listed.xpath("//tbody//td")][2:4] == ["blank", "11"]
    frames = corrected("5", "", 5)
    assert [words(td) for td in tree(pages.corrections_list(frames)).xpath("//tbody//td")][2:4] == [
        "5",
        "blank",
    ]
    (cell,) = tree(pages.figures_by_year(frames, "review")).xpath(
        "//td[@id='review-reconsideration-total-2022']"
    )
    assert words(cell) == "·†"
    assert {"blank", "corrected"} <= set(cell.get("class").split())


def test_a_refused_correction_is_listed_with_its_reason_and_once() -> None:
    frames = corrected("7")
    listed = tree(pages.corrections_list(frames))
    assert "1 correction was not applied" in words(tree(pages.cover(frames)))
    assert "No figure has been corrected" in words(listed)
    assert "expected “7” to be printed there, found “0”" in words(listed.xpath("//li")[0])
    assert "not applied" not in words(tree(pages.findings_of_reading(frames)))
    assert tree(pages.figures_by_year(frames, "review")).xpath("//a[@class='fix']") == []


def test_without_corrections_it_says_so() -> None:
    assert "没有更正的数据" in words(tree(pages.corrections_list(made({2022: {}}), "zh")))
    assert tables.empty("corrections").empty


BALANCED = {"review/reconsideration/upheld": 11, "review/reconsideration/total": 21}


def told(
    reason: str, language: str = "en", printed: dict[str, float] | None = None
) -> tuple[HtmlElement, HtmlElement]:
    """Cover and breaches of an agency whose total of 2022 was printed as 21 and corrected to 11."""
    frames = made({2021: {}, 2022: BALANCED if printed is None else printed})
    correction = (None, *CELL, "21", "11", reason, "a call", "W. L.", "2025-03-31")
    done = apply_corrections(frames.figures, from_rows("corrections", [correction]).drop(columns="report_id"))
    checks = check(done.figures, language, corrections=done.applied)
    own = replace(frames, figures=done.figures, checks=checks, corrections=done.applied)
    return tree(pages.cover(own, language)), tree(pages.breaches(own, language))


def test_a_correction_does_not_hide_that_the_published_report_is_wrong() -> None:
    cover, breaches = told("数位颠倒", "zh")
    (verdict,) = cover.xpath("//p[starts-with(@class, 'verdict')]")
    assert verdict.get("class") == "verdict open", "neither well nor broken"
    assert "2022年：按更正后的数字，勾稽关系全部符合。 年报原文有1处印错（†，2022年）" in words(verdict)
    assert "年报原文为“21”，经核实应为“11”。" in words(breaches)
    assert "数位颠倒" in words(breaches)
    assert breaches.xpath("//p[@class='good']") == []
    assert breaches.xpath("//a/@href")[0] == "#review-reconsideration-total-2022"


def test_what_was_only_misread_is_no_misprint() -> None:
    cover, breaches = told("misread, checked in the report")
    (verdict,) = cover.xpath("//p[starts-with(@class, 'verdict')]")
    assert verdict.get("class") == "verdict good"
    assert words(verdict) == "2022: with the corrected figures all sums hold. Earlier years: no slips."
    assert "published report" not in words(breaches)


def test_the_number_that_rests_on_a_correction_is_marked_on_its_tile() -> None:
    cover, _ = told("misread, checked in the report")
    tiles = cover.xpath("//li[contains(@class, 'tile')]")
    marked = [tile for tile in tiles if "† 2022" in words(tile)]
    assert words(cover).endswith("† a figure was corrected by a person")
    names = [words(tile.xpath(".//summary")[0]) for tile in marked]
    assert names == ["Disputes per 100 new requests", "Corrected or lost, of disputes decided"]
    assert all("†" in words(tile.xpath(".//p[@class='value']")[0]) for tile in marked)


def test_what_the_report_prints_in_type_is_not_called_right_on_one_word() -> None:
    cover, breaches = told("misread")
    (verdict,) = cover.xpath("//p[starts-with(@class, 'verdict')]")
    assert verdict.get("class") == "verdict open"
    assert "it is said that it was misread, but the report's own text prints what was read" in words(verdict)
    assert "The report's own text prints “21”, read without doubt" in words(breaches)


def test_earlier_years_with_a_misprint_are_not_called_sound() -> None:
    frames = corrected()
    filled = {"review/reconsideration/upheld": 11, "review/reconsideration/total": 11}
    later = made({2022: filled, 2023: {}})
    own = replace(later, corrections=frames.corrections)
    assert "Earlier years" not in words(tree(pages.cover(own)))
    assert "The published report misprints 1 figure (†, 2022)." in words(tree(pages.cover(own)))


@pytest.mark.parametrize(
    ("language", "verdict", "card"),
    [
        (
            "en",
            "2022: with the corrected figures some sums are undecided, and no other is broken. "
            "1 correction (†, 2022) breaks sums that hold without it: look at it again.",
            "Read as “21”, with which its sums hold; the correction to “11” breaks them.",
        ),
        (
            "zh",
            "2022年：按更正后的数字，部分勾稽关系未能判定，其余未见不符。 "
            "1处人工更正（†，2022年）使原本成立的勾稽关系不成立，请重新核对更正。",
            "原件识读为“21”，勾稽关系成立；更正为“11”后不成立。",
        ),
    ],
)
@pytest.mark.parametrize("reason", ["印错", "misread"])
def test_a_correction_that_breaks_what_holds_as_printed_is_charged_to_nobody(
    reason: str, language: str, verdict: str, card: str
) -> None:
    sound = {"review/reconsideration/upheld": 21, "review/reconsideration/total": 21}
    cover, breaches = told(reason, language, sound)
    (line,) = cover.xpath("//p[starts-with(@class, 'verdict')]")
    assert line.get("class") == "verdict open"
    assert verdict in words(line)
    assert "misprint" not in words(line)
    assert card in words(breaches)
    assert "instead of 11" not in words(breaches)
    assert breaches.xpath("//p[@class='good']") == []


def test_a_doubted_correction_is_no_broken_sum_on_tile_table_and_change() -> None:
    sound = {"review/reconsideration/upheld": 21, "review/reconsideration/total": 21}
    cover, _ = told("印错", printed=sound)
    values = [words(tile) for tile in cover.xpath("//li[contains(@class, 'tile')]")]
    assert [one for one in values if "Disputes per" in one and "† 2022" in one]
    assert words(cover).endswith("† a figure was corrected by a person, though its sum holds as printed")
    assert not any("*" in one for one in values)


@pytest.mark.parametrize(
    ("language", "misprinted", "doubted"),
    [
        ("en", "Corrected, and the published report is or may be wrong 1", "Corrections to look at again 1"),
        ("zh", "经人工更正，已公布的年报仍有误或待核对 1", "待核对的更正 1"),
    ],
)
def test_a_correction_in_doubt_stands_under_no_heading_on_the_report(
    language: str, misprinted: str, doubted: str
) -> None:
    """The report was said to be wrong, or maybe, where our own correction was in doubt."""
    sound = {"review/reconsideration/upheld": 21, "review/reconsideration/total": 21}
    for printed, head in ((BALANCED, misprinted), (sound, doubted)):
        _, breaches = told("印错", language, printed)
        (section,) = breaches.xpath("//section[@class='level warning']")
        assert words(section.xpath("./h3")[0]) == head


@pytest.mark.parametrize(
    ("language", "open_words", "all_words"),
    [
        (
            "en",
            "hold, and none is known to be broken; the others are undecided.",
            "sums and balances that could be checked hold.",
        ),
        ("zh", "其余未能判定。", "全部符合。"),
    ],
)
def test_sums_that_a_correction_leaves_open_are_not_told_as_holding(
    language: str, open_words: str, all_words: str
) -> None:
    sound = {"review/reconsideration/upheld": 21, "review/reconsideration/total": 21}
    for printed, there, not_there in ((sound, open_words, all_words), (BALANCED, all_words, open_words)):
        _, breaches = told("印错", language, printed)
        (line,) = breaches.xpath("//p[@class='note']")
        assert there in words(line)
        assert not_there not in words(line)


def penalties_corrected(reason: str) -> Frames:
    """Penalties of 8381 in both years, those of the last corrected to 83811."""
    cell = "proactive/penalties/decisions"
    frames = made({2021: {cell: 8381}, 2022: {cell: 8381}})
    line = ("甲市", 2022, *cell.split("/"), "8381", "83811", reason, "", "W. L.", "2025-03-31")
    done = apply_corrections(
        frames.figures, from_rows("corrections", [(None, *line)]).drop(columns="report_id")
    )
    return replace(frames, figures=done.figures, corrections=done.applied)


@pytest.mark.parametrize(
    ("language", "told_of"),
    [
        (
            "en",
            "rose from 8,381 (2021) to 83,811† (2022), 10 times as many; corrected by a person in 2022 "
            "(83811 instead of 8381, by W. L.); undecided, since no such change is printed.",
        ),
        (
            "zh",
            "由8,381（2021年）升至83,811†（2022年），为其10倍；2022年数据经人工更正"
            "（W. L.将8381更正为83811）；按年报原文无此变化，未能判定。",
        ),
    ],
)
def test_a_change_that_a_correction_makes_says_so(language: str, told_of: str) -> None:
    """Penalties of 8381 corrected to 83811 led what stands out, without a sign or a word."""
    own = penalties_corrected("misprint")
    assert told_of in words(tree(pages.what_stands_out(own, language)))
    checks = check(own.figures, language, corrections=own.corrections)
    (jump,) = checks.loc[
        (checks["rule_id"] == "figures.sudden_change") & (checks["verdict"] == "undecided"), "message"
    ]
    assert ("the correction by W. L. (" if language == "en" else "W. L.的更正") in jump


def test_a_change_of_a_correction_under_check_is_left_out() -> None:
    """It says misread, though the report's own text prints what was read: 15 times as many led the list."""
    told = words(tree(pages.what_stands_out(penalties_corrected("misread"))))
    assert "Left out, since their correction is to be looked at again: changes in 2022." in told
    assert "83,811" not in told


def test_one_report_alone_is_compared_with_nothing() -> None:
    one, two = (made({year: {} for year in years}) for years in ([2022], [2021, 2022]))
    alone, both = (words(tree(pages.what_stands_out(frames))) for frames in (one, two))
    assert "not two reports to compare" in alone
    assert "No figure has changed" in both


def test_a_change_from_a_broken_sum_in_its_first_year_says_so() -> None:
    cell = "requests/unavailable.not_held/total"
    requests = ("unavailable.not_held", "outcome_total", "new")
    sound = {f"requests/{item}/{of}": 60 for item in requests for of in ("natural_person", "total")}
    frames = made({2021: {cell: 15}, 2023: sound})
    text = words(tree(pages.what_stands_out(frames)))
    assert "Not held" in text
    assert "from 15* (2021)" in text
    assert "a sum it is in does not hold in 2021" in text
