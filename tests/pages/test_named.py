"""Whom the reports name: a former name with its years, and a report of another agency in amber."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pandas as pd
import pytest

from ogi import pages
from ogi.checks import check
from ogi.checks.misfiled import misfiled, of_own, set_apart
from ogi.pages import Frames
from ogi.pages.named import printed_names
from ogi.tables import from_rows, joined
from tests.reports_made import made

AGENCY, OTHER = "虚构市气象局", "示例市人民政府办公室"
NEAR = "虚构市大数据局"
ROWS = ("new", "granted", "outcome_total")


def named(names: dict[int, str], language: str = "en", mark: str = "") -> Frames:
    """The reports of an agency whose titles name these, the last with many more requests."""
    last = max(names)
    years = {
        year: {
            f"requests/{row}/{column}": 900 if year == last else 1
            for row in ROWS
            for column in ("natural_person", "total")
        }
        for year in names
    }
    frames = made(years, agency=AGENCY)
    titles = frames.reports["year"].map(names).astype("str")
    marks = frames.marks
    if mark:
        told = ("agency.folder", [], mark, "merged", "W. L.", "2025-03-31")
        rows = [(AGENCY, year, *told) for year, name in names.items() if name != AGENCY]
        marks = joined("review_marks", [marks, from_rows("review_marks", rows)])
    reports = frames.reports.assign(printed_agency=titles)
    there = set_apart({"reports": reports, "figures": frames.figures}, marks)
    own = {name: rows[rows["agency"] == AGENCY].reset_index(drop=True) for name, rows in there.items()}
    checks = of_own(check(**there, language=language), there["reports"])
    return replace(frames, **own, checks=checks, marks=marks, strangers=misfiled(there["reports"]))


def words(html: str) -> str:
    return " ".join(lxml.html.fragment_fromstring(html, create_parent="div").text_content().split())


@pytest.mark.parametrize(
    ("names", "en", "zh"),
    [
        ({2021: AGENCY, 2022: AGENCY}, "", ""),
        ({2021: NEAR, 2022: NEAR}, f"printed in the reports as {NEAR}", f"年报署名：{NEAR}"),
        ({2020: NEAR, 2021: NEAR, 2022: AGENCY}, f"until 2021 printed as {NEAR}", f"至2021年署名{NEAR}"),
        ({2021: AGENCY, 2022: NEAR}, f"printed as {NEAR} in 2022", f"2022年署名{NEAR}"),
    ],
)
def test_another_name_is_told_with_its_years(names: dict[int, str], en: str, zh: str) -> None:
    """One that a mark has settled: while it is undecided, the head of the page told it as a former name."""
    frames = named(names, mark="explained")
    assert [printed_names(frames, language) for language in ("en", "zh")] == [en, zh]
    assert printed_names(named(names), "zh") == ""
    assert printed_names(named({2021: AGENCY, 2022: OTHER}), "zh") == ""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", f"2022: the title of 2022.pdf names another agency, {OTHER}."),
        ("zh", f"2022年：2022.pdf的标题中机关为{OTHER}"),
    ],
)
def test_a_report_of_another_agency_is_amber_and_compared_with_none(language: str, told: str) -> None:
    frames = named({2020: AGENCY, 2021: AGENCY, 2022: OTHER}, language)
    cover = pages.cover(frames, language)
    assert told in words(cover)
    assert 'class="verdict open"' in cover
    assert "+899" not in words(cover), "the tile tells no change"
    standing = words(pages.what_stands_out(frames, language))
    assert "900" not in standing
    assert "2022" in standing, "and says what is left out"
    assert [own.year for own in frames.annual.reports] == [2020, 2021], "nor do charts show it"
    assert [slip for slip in frames.slips if slip.level == "warning"] == []


@pytest.mark.parametrize("of_other", [2020, 2022])
def test_the_page_begins_with_whose_report_it_is_and_praises_no_others_sums(of_other: int) -> None:
    names = {2020: AGENCY, 2022: AGENCY} | {of_other: OTHER}
    frames = named(names, "zh")
    verdict = words(pages.cover(frames, "zh"))
    verdict = verdict[verdict.index("年：") - 4 :]
    assert verdict.startswith(f"{of_other}年：{of_other}.pdf的标题中机关为{OTHER}")
    assert f"{of_other}年：勾稽" not in verdict
    assert "此前" not in verdict, "of the agency's own report alone"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "2022: the title of 2022.pdf names 虚构市大数据局, the folder 虚构市气象局."),
        ("zh", "2022年：2022.pdf的标题中机关为虚构市大数据局，文件夹为虚构市气象局，"),
    ],
)
def test_a_title_of_a_neighbour_is_amber_undecided_and_counted(language: str, told: str) -> None:
    names = {2020: AGENCY, 2021: AGENCY, 2022: NEAR}
    frames = named(names, language)
    cover = pages.cover(frames, language)
    assert told in words(cover)
    assert 'class="verdict open"' in cover
    assert "+899" not in words(cover), "a change from a number that may be another's is none"
    (slip,) = [one for one in frames.slips if one.line["rule_id"] == "agency.folder"]
    assert slip.level == "undecided"
    settled = words(pages.cover(named(names, language, mark="explained"), language))
    assert told not in settled


def test_what_a_mark_has_settled_is_compared_again() -> None:
    frames = named({2020: AGENCY, 2021: AGENCY, 2022: OTHER}, mark="explained")
    assert frames.strangers.empty
    assert "900" in words(pages.what_stands_out(frames))
    assert "+899" in words(pages.cover(frames))


def test_an_agency_under_its_own_name_is_as_it_was() -> None:
    frames = named({2021: AGENCY, 2022: AGENCY})
    assert frames.strangers.empty
    assert "wrong folder" not in words(pages.cover(frames))


@pytest.mark.parametrize(
    ("language", "legend", "change"),
    [
        (
            "en",
            "? its title names another agency than the folder: undecided",
            "since by its title it may be another agency’s: 2022.",
        ),
        ("zh", "? 标题机关与文件夹不同，未能判定", "标题机关与文件夹不同、未能判定，未作对比：2022年。"),
    ],
)
def test_numbers_of_a_year_in_doubt_bear_it_and_make_no_change(
    language: str, legend: str, change: str
) -> None:
    """Tiles told them as if nothing were in doubt, and “What stands out?” began with them."""
    names = {2020: AGENCY, 2021: AGENCY, 2022: NEAR}
    frames, settled = named(names, language), named(names, language, mark="explained")
    cover, standing = (words(show(frames, language)) for show in (pages.cover, pages.what_stands_out))
    assert legend in cover
    assert "900? " in cover
    assert change in standing
    assert "900" not in standing
    assert "900?" not in words(pages.cover(settled, language))
    assert "900" in words(pages.what_stands_out(settled, language))


def test_the_doubt_stands_in_the_head_of_its_column() -> None:
    """The tables told the year as any other, beside charts and tiles with the sign."""
    frames = named({2021: AGENCY, 2022: NEAR}, "zh")
    shown = lxml.html.fragment_fromstring(
        pages.figures_by_year(frames, "requests", "zh"), create_parent="div"
    )
    assert shown.xpath("//th[@data-k]/text()") == ["2021", "2022?"]
    assert "? 标题机关与文件夹不同，未能判定" in words(pages.figures_by_year(frames, "requests", "zh"))
    sure = pages.figures_by_year(named({2021: AGENCY, 2022: AGENCY}, "zh"), "requests", "zh")
    assert "未能判定" not in sure
    assert "2022?" not in words(sure)
    ids = zip(*(frames.reports[name] for name in ("report_id", "year")), strict=True)
    text = "本局认真办理每一件申请，全部按时答复申请人。"
    rows = [(id, AGENCY, year, "overview", "一", "总体情况", text, 1) for id, year in ids]
    frames = replace(frames, narratives=from_rows("narratives", rows))
    printed, compared = (words(show(frames, "zh")) for show in (pages.as_printed, pages.words_compared))
    assert "2022年? 2021年格式" in printed
    assert all("2022? 标题机关与文件夹不同，未能判定" in told for told in (printed, compared))


def test_of_two_files_the_one_that_may_be_anothers_is_not_the_years() -> None:
    """The newest figures, and the link to the newest report, were those of the neighbour's file."""
    frames = named({2021: AGENCY, 2022: AGENCY})
    own = frames.reports.query("year == 2022").assign(report_id="z", printed_agency=NEAR)
    reports = pd.concat([frames.reports, own], ignore_index=True)
    figures = frames.figures.query("year == 2022").assign(report_id="z")
    both = pd.concat([frames.figures, figures], ignore_index=True)
    both.loc[both["report_id"] == "z", "value"] += 1
    frames = replace(frames, reports=reports, figures=both, checks=check(both, reports=reports))
    assert frames.doubted == {"z"}
    latest = frames.latest
    assert latest is not None
    assert latest.report_id == f"{AGENCY}/2022.pdf"
    told = words(pages.what_stands_out(frames))
    assert "Left out are the figures on which the files on one year differ: 2022." in told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "2021, 2022: the title names no agency; the folder alone tells whose reports they are."),
        ("zh", "2021、2022年年报标题未注明机关，仅按文件夹归属。"),
    ],
)
def test_a_page_says_whose_reports_name_nobody(language: str, told: str) -> None:
    frames = named({2020: AGENCY, 2021: AGENCY, 2022: AGENCY}, language)
    assert told not in words(pages.cover(frames, language))
    printed = frames.reports["printed_agency"].where(frames.reports["year"] == 2020)
    nameless = replace(frames, reports=frames.reports.assign(printed_agency=printed))
    assert told in words(pages.cover(nameless, language))
