"""Charts tell the figures and nothing else: gaps are gaps, blanks are not zeros, all of it can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser

from ogi import fonts
from ogi.charts import (
    CHARTS,
    Chart,
    applicants,
    decisions,
    drawings,
    outcomes,
    outcomes_in_detail,
    overview,
    requests_handled,
    review,
    sparkline,
    titles,
    words,
)
from ogi.charts.plot import numbers
from ogi.charts.style import DARK_PALETTE, INK, PALETTE, PAPER, SOFT, css, on, short, wrapped
from ogi.charts.yearly import YearlyParts
from ogi.compare import annual, line
from ogi.figures import Figures
from ogi.forms import TABLES, edition_of_year
from ogi.said import LANGUAGES
from ogi.tables import as_corrected, from_rows
from ogi.values import State

Printed = Mapping[str, float | str]
Draw = Callable[..., Chart]

BUSY: Printed = {
    **{
        f"requests/new/{m}": n
        for m, n in (("natural_person", 30), ("business", 8), ("research", 2), ("total", 40))
    },
    "requests/carried_in/total": 3,
    "requests/granted/total": 20,
    "requests/partly_granted/total": 5,
    "requests/refused.third_party/total": 9,
    "requests/unavailable.not_held/total": 4,
    "requests/not_processed.petition/total": 2,
    "requests/outcome_total/total": 40,
    "requests/carried_out/total": 3,
    "review/reconsideration/upheld": 4,
    "review/reconsideration/corrected": 1,
    "review/reconsideration/total": 5,
    "proactive/licences/decisions": 1200,
    "proactive/penalties/decisions": 31,
}


def report(year: int, printed: Printed = BUSY, *, rest: float | str = 0, agency: str = "甲") -> pd.DataFrame:
    """A whole report: each cell as `printed` says under its id, a number or a state, else `rest`."""
    rows = []
    for table in TABLES:
        edition = edition_of_year(year)
        for item, measure in TABLES[table][edition].cells():
            told = printed.get(f"{table}/{item.id}/{measure.id}", rest)
            value, state = (np.nan, told) if isinstance(told, str) else (float(told), State.REPORTED)
            rows.append((edition, table, item.id, measure.id, value, state))
    frame = pd.DataFrame(rows, columns=["form", "table", "item", "measure", "value", "state"])
    return frame.assign(report_id=f"{agency}/{year}", agency=agency, year=year)


def scaled(by: float) -> Printed:
    return {cell: round(count * by) for cell, count in BUSY.items() if not isinstance(count, str)}


def years(*years: int, by: float = 1) -> pd.DataFrame:
    return pd.concat([report(year, scaled(by * (1 + 0.3 * (year % 3)))) for year in years])


CASES: dict[str, pd.DataFrame] = {
    "one year": years(2024),
    "six years, one missing": years(2019, 2020, 2022, 2023, 2024),
    "eight large years": years(*range(2019, 2027), by=250_000),
    "few requests": pd.concat([report(2021, {"requests/new/total": 1}), report(2022)]),
    "nothing but zeros": pd.concat([report(2023, {}), report(2024, {})]),
    "nothing but blanks": report(2024, {}, rest=State.BLANK),
    "states": pd.concat(
        [
            report(2021),
            report(2022, {}, rest=State.ABSENT),
            report(2023, BUSY, rest=State.BLANK),
            report(2024, {}, rest=State.UNREADABLE),
        ]
    ),
    "no report": report(2024).iloc[:0],
}


def root(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(chart: Chart) -> list[str]:
    return [element.text or "" for element in root(chart.svg).iter("text")]


def bars(chart: Chart) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of each bar; per cent across, pixels down."""
    found = [rect for rect in root(chart.svg).iter("rect") if rect.get("transform") is None]
    return [
        tuple(float(str(rect.get(name)).rstrip("%")) for name in ("x", "y", "width", "height"))  # type: ignore[misc]
        for rect in found
    ]


def told(chart: Chart) -> dict[str, list[str]]:
    """The table of a chart: name → its cells."""
    assert chart.table is not None
    return {name: list(cells) for name, *cells in chart.table.rows}


@pytest.fixture(scope="module")
def every_chart() -> dict[tuple[str, int, str], Chart]:
    return {
        (case, number, language): draw(figures, language)
        for case, figures in CASES.items()
        for language in LANGUAGES
        for number, draw in enumerate(CHARTS)
    }


def test_text_stays_text_and_nothing_reaches_the_page_around(every_chart: dict[object, Chart]) -> None:
    for chart in (chart for chart in every_chart.values() if chart.svg):
        tags = {element.tag for element in root(chart.svg).iter()}
        assert "text" in tags
        assert tags <= {"svg", "text", "line", "rect", "circle"}
        assert (root(chart.svg).attrib["role"], root(chart.svg).attrib["aria-label"]) == ("img", chart.title)
        assert "id=" not in chart.svg


@pytest.mark.parametrize("draw", CHARTS)
def test_the_same_figures_give_the_same_bytes(draw: Draw, tmp_path: Path) -> None:
    figures = CASES["six years, one missing"]
    first, second = draw(figures, "en"), draw(figures.sample(frac=1, random_state=1), "en")
    assert first == second
    files = [chart.save(tmp_path / f"{number}.svg") for number, chart in enumerate((first, second))]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_every_bar_is_whole(every_chart: dict[object, Chart]) -> None:
    for chart in (chart for chart in every_chart.values() if chart.svg):
        height = float(str(root(chart.svg).get("height")))
        for left, top, width, tall in bars(chart):
            assert 0 <= left <= left + width <= 100.1
            assert 0 <= top <= top + tall <= height


@pytest.mark.parametrize("width", [360, 560])
def test_nothing_is_cut_off_and_no_text_is_small_on_any_screen(
    every_chart: dict[object, Chart], browser: Browser, width: int
) -> None:
    body = "".join(chart._repr_html_() for chart in every_chart.values())
    page = browser.new_page(viewport={"width": width, "height": 800})
    css = fonts.web_font_css(re.sub(r"<[^>]*>", "", body))
    page.set_content(
        f"<!doctype html><style>{css} body {{ margin: 0 16px }} figure {{ margin: 0 }}</style>{body}"
    )
    page.evaluate("document.fonts.ready")
    outside = page.evaluate("""() => [...document.querySelectorAll('svg text')].filter((text) => {
        const box = text.getBoundingClientRect(), figure = text.closest('figure').getBoundingClientRect();
        return box.left < 0 || box.right > window.innerWidth || box.top < figure.top;
    }).map((text) => text.textContent)""")
    assert outside == []
    smallest = page.evaluate("""() => Math.min(...[...document.querySelectorAll('svg text')].map(
        (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))""")
    assert smallest >= 11
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("draw", [requests_handled, applicants, outcomes, review, decisions])
def test_a_missing_year_is_a_gap_with_a_word(draw: Draw) -> None:
    figures = CASES["six years, one missing"]
    for language, word in (("en", "no report"), ("zh", "无报告")):
        chart = draw(figures, language)
        assert word in " ".join(texts(chart))
        assert {cells[2] for cells in told(chart).values()} == {word}


@pytest.mark.parametrize("draw", [requests_handled, applicants, outcomes, review, decisions])
def test_a_year_whose_file_was_not_read_is_no_year_without_a_report(draw: Draw) -> None:
    figures = CASES["six years, one missing"]
    for language, word in (("en", "file not read"), ("zh", "文件未能读取")):
        chart = draw(figures, language, {2021, 2022})
        assert {cells[2] for cells in told(chart).values()} == {word}
        assert word not in {cells[3] for cells in told(chart).values()}, "its report is there"
    assert "file not read" in str(overview(figures, "en", {2021})._repr_html_())


def test_no_line_leads_over_a_missing_year() -> None:
    chart = requests_handled(CASES["six years, one missing"])
    places = {text.text: text.get("x") for text in root(chart.svg).iter("text") if text.get("class") == "s m"}
    lines = [line for line in root(chart.svg).iter("line") if (line.get("class") or "")[0] == "l"]
    ends = {(line.get("x1"), line.get("x2")) for line in lines}
    assert len(ends) == 3
    assert not any(places["2021"] in pair for pair in ends)
    assert (places["2020"], places["2022"]) not in ends


def test_a_blank_is_no_zero() -> None:
    chart = applicants(pd.concat([report(2023), report(2024, {}, rest=State.BLANK)]))
    assert "blank" in texts(chart)
    assert len({left for left, *_ in bars(chart)}) == 1, "only the other year has a bar"
    assert "0" not in texts(chart)
    assert {cells[1] for cells in told(chart).values()} == {"blank"}
    assert any("blank" in note and "2024" in note for note in chart.notes)


def test_a_blank_that_adds_up_as_zero_is_told_as_such() -> None:
    filled = {"requests/new/total": 7, "requests/granted/total": 7, "requests/outcome_total/total": 7}
    chart = requests_handled(report(2024, filled, rest=State.BLANK))
    assert "7" in texts(chart)
    assert any("counted as zero" in note and "2024" in note for note in chart.notes)


def test_a_part_not_known_leaves_the_sum_open() -> None:
    chart = applicants(report(2024, {**BUSY, "requests/new/business": State.UNREADABLE}))
    assert "32 + …" in unmarked(texts(chart))
    assert any("not readable" in note and "Businesses" in note for note in chart.notes)
    assert told(chart)["Businesses"] == ["not readable"]


def test_only_zeros_are_a_sentence_and_not_an_empty_frame() -> None:
    for draw in CHARTS:
        chart = draw(CASES["nothing but zeros"], "en")
        assert chart.svg == ""
        assert chart.title.startswith("None: every figure in the reports for ")
    assert requests_handled(CASES["no report"]).title == "The reports print no numbers here."


def test_totals_left_blank_are_not_told_as_no_numbers_where_kinds_of_applicants_are_printed() -> None:
    """A page said "The reports print no numbers here." above a table that printed them."""
    by_kind = {f"requests/granted/{m}": 2 for m in ("natural_person", "business")}
    chart = outcomes(report(2019, by_kind, rest=State.BLANK))
    assert chart.title.startswith("The totals of these rows are left blank; by kind of applicant they are")
    assert decisions(report(2019, by_kind, rest=State.BLANK)).title == "The reports print no numbers here."
    unread = outcomes(report(2019, {}, rest=State.UNREADABLE))
    assert unread.title == "There is no number to draw: not readable."


def test_shares_are_of_the_printed_total() -> None:
    chart = outcomes(report(2024))
    assert {"50%", "12%", "22%", "10%", "40"} <= unmarked(texts(chart))
    assert chart.title.replace("*", "") == "62.5% of the outcomes were disclosure in full or in part in 2024"


def unmarked(words: Iterable[str]) -> set[str]:
    """Without the sign of sums that do not hold: what a test makes up is seldom sound in all of them."""
    return {word.replace("*", "") for word in words}


SOUND = {
    f"requests/{item}/{measure}": 9
    for item in ("new", "granted", "outcome_total")
    for measure in ("business", "total")
}


def test_what_is_sound_has_no_mark() -> None:
    for draw in CHARTS:
        chart = draw(report(2024, SOUND))
        shown = texts(chart) if chart.svg else []
        assert not any("*" in text for text in (chart.title, *shown, *chart.notes))


def asked(n: float) -> Printed:
    """So many requests of natural persons, all of them granted: every sum holds."""
    rows = [
        f"requests/{item}/{of}"
        for item in ("new", "granted", "outcome_total")
        for of in ("natural_person", "total")
    ]
    return dict.fromkeys(rows, n)


def test_a_number_in_a_broken_sum_is_marked_at_its_point_and_makes_no_headline() -> None:
    """Headline and chart told a total as sound that its parts contradict; then a misprint as a trend."""
    figures = pd.concat([report(2023, SOUND), report(2024, {**SOUND, "requests/new/total": 10})])
    chart = requests_handled(figures)
    assert chart.title == "Newly received requests: 9 in 2023 (2024 left out: a sum does not hold)"
    assert {"9", "10*"} <= set(texts(chart))
    assert "requests 10*" in " ".join(texts(chart))
    assert chart.notes == ("* A figure takes part in a sum that does not hold: 2024.",)
    whom = "Natural persons: 0* in 2024, where the parts add up to 9* and the total is 10*"
    assert applicants(figures).title == whom
    assert decisions(figures).notes == ()
    assert requests_handled(report(2024, {**SOUND, "requests/new/total": 10})).title == "Requests by year"


def test_a_course_leaves_out_only_broken_years_at_its_ends() -> None:
    """One real report printed 0 for its requests: "fell from 9 to 0" was no trend."""
    odd = {**asked(70), "requests/new/total": 0}
    chart = requests_handled(
        pd.concat([report(2021, asked(40)), report(2022, odd), report(2023, asked(60)), report(2024, odd)]),
        "zh",
    )
    assert chart.title.endswith("由2021年的40升至2023年的60（2024年勾稽关系不符，未计入）")


@pytest.mark.parametrize("why", ["title", "correction"])
def test_a_year_in_doubt_of_ours_ends_no_course(why: str) -> None:
    """A title of another agency, or a correction that breaks its sums, made "rose from 40 to 7,800"."""
    figures = pd.concat([report(2022, asked(40)), report(2023, asked(60)), report(2024, asked(70))])
    if why == "title":
        years = annual(figures, unsure=frozenset({("甲", 2024)}))
        wanted = "2024年标题机关与文件夹不同，未能判定，未计入"
    else:
        new = (figures["year"] == 2024) & (figures["item"] == "new") & (figures["measure"] == "total")
        figures = figures.reset_index(drop=True)
        figures.loc[new.to_numpy(), "value"] = 7800.0
        line = ("甲/2024", "甲", 2024, "requests", "new", "total", "70", "7800", "a slip", "", "W", "2025")
        years = annual(figures, corrections=from_rows("corrections", [line]))
        wanted = "2024年更正待核对：按年报原文勾稽关系成立，未计入"
    assert requests_handled(years, "zh").title.endswith(f"由2022年的40升至2023年的60（{wanted}）")


def test_a_corrected_number_is_marked() -> None:
    figures = pd.concat([report(2023, SOUND), report(2024, SOUND)])
    report_id, agency = figures.iloc[-1][["report_id", "agency"]]
    cell, person = ("requests", "new", "total", "8", "9"), ("a reason", "a call", "W. L.", "2025-01-31")
    years = annual(figures, corrections=from_rows("corrections", [(report_id, agency, 2024, *cell, *person)]))
    chart = requests_handled(years, "zh")
    assert "†" in chart.title
    assert chart.notes == ("† 数据经人工更正：2024年。",)
    assert requests_handled(annual(figures)).notes == ()


@pytest.mark.parametrize(
    ("language", "note", "unequal"),
    [
        (
            "en",
            "† A figure was corrected by a person, though its sum holds as printed: 2024.",
            "† 2024: with the corrected figures the parts add up to 9, the total is 8.",
        ),
        (
            "zh",
            "† 数据经人工更正，但按年报原文勾稽关系成立，更正待核对：2024年。",
            "† 2024：按更正后的数字，各项之和为9，总计为8。",
        ),
    ],
)
def test_a_correction_that_breaks_its_sum_is_told_and_the_sum_is_not(
    language: str, note: str, unequal: str
) -> None:
    read = pd.concat([report(2023, SOUND), report(2024, SOUND)], ignore_index=True)
    report_id, agency = read.iloc[-1][["report_id", "agency"]]
    line = ("requests", "new", "total", "9", "8", "a reason", "a call", "W. L.", "2025-01-31")
    done = as_corrected(
        read.assign(printed=read["value"].map("{:g}".format), page=None, confidence=1.0),
        from_rows("corrections", [(report_id, agency, 2024, *line)]),
    )
    years = annual(done.figures, corrections=done.applied)
    chart = requests_handled(years, language)
    assert chart.notes == (note,)
    assert "8†" in texts(chart)
    assert "<td>8†" in chart.table.html(""), "whoever does not see the chart is told so, too"
    by_applicant = " ".join(applicants(years, language).notes)
    assert unequal in by_applicant, "8 is not what the report prints"
    assert "*" not in by_applicant


def test_a_total_that_is_not_the_sum_is_marked_and_told() -> None:
    odd = {**BUSY, "requests/outcome_total/total": 50, "review/reconsideration/total": 0}
    shares = outcomes(report(2024, odd))
    assert "50*" in texts(shares)
    assert any("add up to 40" in note and "total is 50" in note for note in shares.notes)
    ended = review(report(2024, odd), "zh")
    assert "5* ≠ 0*" in texts(ended)
    assert any("行政复议 2024" in note and "总计为0" in note for note in ended.notes)


def test_parts_of_more_than_their_total_stay_within_the_frame() -> None:
    chart = outcomes(report(2024, {**BUSY, "requests/outcome_total/total": 20}))
    assert min(top for _, top, *_ in bars(chart)) >= 16
    assert "100%, the total" in " ".join(texts(chart))
    assert chart.title == chart.question, "more than all is no share"
    line = next(one for one in root(chart.svg).iter() if one.get("class") == "f")
    # Parts that make twice the total reach twice as high as its line.
    assert float(line.get("y1", "0%").removesuffix("%")) == pytest.approx(16 + 150 / 2)
    assert "100%, the total" not in " ".join(texts(outcomes(report(2024))))


def test_a_corrected_total_that_is_no_sum_stands_beside_it_with_its_own_sign() -> None:
    """A bar of 305 bore the sign of the 350 that a person had put for the total, and the share was of 350."""
    of = {"natural_person": 263, "business": 42, "total": 305}
    rows = ("new", "granted", "outcome_total")
    printed = {f"requests/{row}/{whose}": n for row in rows for whose, n in of.items()}
    years = corrected(report(2024, printed), "305", "350")
    chart = applicants(years)
    assert "305 ≠ 350†" in texts(chart)
    assert chart.title == "Natural persons: 263 in 2024, where the parts add up to 305 and the total is 350†"
    assert "263" in texts(chart)
    whole = applicants(corrected(report(2024, {**asked(9), "requests/new/total": 8}), "8", "9"))
    assert "9†" in texts(whole)


def corrected(figures: pd.DataFrame, printed: str, now: str) -> Figures:
    """The figures with another number of new requests, that a person laid on it."""
    report_id, agency, year = figures.iloc[0][["report_id", "agency", "year"]]
    cell, person = ("requests", "new", "total", printed, now), ("a reason", "a call", "W. L.", "2025-01-31")
    line = from_rows("corrections", [(report_id, agency, year, *cell, *person)])
    told = figures["value"].map("{:g}".format)
    done = as_corrected(figures.assign(printed=told, page=None, confidence=1.0), line)
    return annual(done.figures, corrections=done.applied)


def test_a_total_on_which_reports_differ_is_said_to_and_not_drawn_as_the_sum() -> None:
    """Of 305 and 350 in two files the chart told 305 without a mark."""
    first = {**asked(305), "requests/new/natural_person": 305}
    other = report(2024, {**first, "requests/new/total": 350}).assign(report_id="甲/2024 corrected")
    chart = applicants(pd.concat([report(2023, asked(40)), report(2024, first), other]))
    assert texts(chart).count("305*") == 1, "the part alone, in a sum that does not hold in the other file"
    assert "reports differ" in texts(chart)
    assert chart.title == "Who asked (new requests)"
    assert "Not counted (reports differ): total 2024." in chart.notes


def test_a_report_that_may_be_anothers_bears_its_sign_in_every_chart() -> None:
    """Tiles and sentences had it, and the charts below them told the same numbers as sure."""
    figures = pd.concat([report(2023, BUSY), report(2024, BUSY)])
    years = annual(figures, unsure=frozenset([(figures["agency"].iloc[0], 2024)]))
    for draw in CHARTS:
        chart = draw(years, "zh")
        assert chart.notes[-1] == "? 2024年：标题机关与文件夹不同，未能判定。"
        assert chart.table is not None
        assert all("?" in row[-1] for row in chart.table.rows if row[-1][0].isdigit())
        assert not any("?" in cell for row in chart.table.rows for cell in row[:-1]), "of that year alone"


def test_numbers_beside_each_other_have_the_same_decimals() -> None:
    """23.5 stood beside 4: as if one of them were the exact one."""
    seen = YearlyParts(("a",), {2023: {"a": 23.5}, 2024: {"a": 4.0}}, {2023: {}, 2024: {}}, {}, ())
    assert titles.every_part([seen], ["A"], "en") == "A fell from 23.5 in 2023 to 4.0 in 2024"
    drawn, _ = drawings.lines([seen], ["A"], "en")
    assert [re.sub("<[^>]*>", "", one) for one in drawn if ">4" in one or ">23" in one] == ["23.5", "4.0"]
    (row,) = words.table([seen], {"a": "A"}, "en").rows
    assert row == ("A", "23.5", "4.0")


@pytest.mark.parametrize("most", [7, 31, 35, 39, 46, 700, 12_000])
def test_ticks_of_an_axis_are_at_even_steps(most: int) -> None:
    """8, 16, 24, 32: nobody counts so."""
    figure = requests_handled(pd.concat([report(2023, asked(1)), report(2024, asked(most))])).figure()
    ticks = figure.axes[0].get_yticks()
    step = f"{ticks[1] - ticks[0]:g}".rstrip("0")
    assert step in {"1", "2", "5", "25"}


def test_a_number_on_a_bar_is_seen_where_it_is_wider_than_the_bar() -> None:
    """On a phone the ? of a white 37%? stood beside its bar, white on white."""
    for n in range(len(PALETTE)):
        assert f".plot .t{n}{{fill:var(--t{n});stroke:var(--c{n})}}" in css()
    assert "[class^=t]{stroke-width:3px;paint-order:stroke}" in css()
    figures = pd.concat([report(year, BUSY) for year in range(2019, 2025)])
    assert re.search(r'<text [^>]*class="t\d m"', outcomes(figures).svg)


def test_signs_stay_where_numbers_have_no_room() -> None:
    years = range(2019, 2025)
    places = dict.fromkeys(years, (9.0, "123,456,789"))
    shown = list(numbers(places, years, signs={2021: "*"}))
    assert [re.sub("<[^>]*>", "", one) for one in shown] == ["123,456,789", "*", "123,456,789"]


def test_no_change_is_told_where_there_is_none() -> None:
    figures = pd.concat([report(2019, asked(420)), report(2024, asked(417))])
    assert requests_handled(figures).title == "Newly received requests: 417 in 2024, about as in 2019 (420)"


def test_a_small_count_and_some_points_of_a_rate_are_not_about_the_same() -> None:
    """1 was about as 2, and 52.7 % about as 50 %."""
    for old, new, told in ((2, 1, "1 in 2024, 2 in 2020"), (50, 52.7, "52.7 in 2024, 50.0 in 2020")):
        seen = YearlyParts(("a",), {2020: {"a": old}, 2024: {"a": new}}, {2020: {}, 2024: {}}, {}, ())
        assert titles.every_part([seen], ["A"], "en") == f"A: {told}"
    seen = YearlyParts(("a",), {2020: {"a": 50.0}, 2024: {"a": 50.4}}, {2020: {}, 2024: {}}, {}, ())
    assert titles.every_part([seen], ["A"], "en") == "A: 50.4 in 2024, about as in 2020 (50.0)"


def test_the_detail_holds_last_year_beside_this_one_and_leaves_out_zeros() -> None:
    chart = outcomes_in_detail(pd.concat([report(2023, scaled(0.5)), report(2024)]))
    assert {"Granted", "20 (10)", "Not held", "4 (2)"} <= unmarked(texts(chart))
    assert "State secret" not in texts(chart)
    assert told(chart)["State secret"] == ["0*", "0"], "with the signs that the drawing has"
    assert chart.title.replace("*", "") == "Granted was the most frequent outcome in 2024: 20 of 40"


def test_the_detail_takes_the_last_year_that_tells() -> None:
    chart = outcomes_in_detail(pd.concat([report(2022), report(2023, {}, rest=State.ABSENT)]))
    assert texts(chart)[-1] == "2022"


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        ((40, 60), "Newly received requests rose from 40 in 2023 to 60 in 2024"),
        ((60, 40), "Newly received requests fell from 60 in 2023 to 40 in 2024"),
        ((40, 40), "Newly received requests: 40 in 2024 as in 2023"),
        ((40,), "Newly received requests: 40 in 2024"),
    ],
)
def test_a_title_says_what_the_chart_shows(numbers: tuple[int, ...], title: str) -> None:
    frames = [report(2024 - n, asked(new)) for n, new in enumerate(reversed(numbers))]
    assert requests_handled(pd.concat(frames)).title == title


def test_a_title_does_not_end_quietly_before_a_year_whose_reports_differ() -> None:
    other = report(2024, asked(57)).assign(report_id="甲/2024 corrected")
    chart = requests_handled(
        pd.concat([report(2022, asked(40)), report(2023, asked(50)), report(2024, asked(60)), other])
    )
    told = "Newly received requests rose from 40 in 2022 to 50 in 2023 (reports on 2024 differ)"
    assert chart.title == told
    assert any("reports differ" in note and "2024" in note for note in chart.notes)


def test_the_title_of_panels_is_that_of_the_largest_change() -> None:
    figures = pd.concat([report(2023), report(2024, {**BUSY, "proactive/penalties/decisions": 900})])
    assert decisions(figures).title == "Penalties rose from 31 in 2023 to 900 in 2024"


def test_every_figure_of_a_chart_stands_in_its_table(every_chart: dict[object, Chart]) -> None:
    chart = applicants(years(2023, 2024, by=1000))
    assert told(chart)["Natural persons"] == ["39,000*", "48,000*"]
    for one in every_chart.values():
        assert (one.table is None) == (one.svg == "")


@pytest.mark.parametrize("draw", CHARTS)
def test_wrong_use_is_refused(draw: Draw) -> None:
    with pytest.raises(ValueError, match="expected one of en, zh, found 'fr'"):
        draw(report(2024), "fr")
    with pytest.raises(ValueError, match="one agency"):
        draw(pd.concat([report(2024), report(2024, agency="乙")]), "en")


def test_what_a_chart_says_is_never_markup() -> None:
    chart = Chart("hostile", "<b>&$x^2$", '"><script>', "", notes=("<i>",))
    assert not any(markup in chart._repr_html_() for markup in ("<b>", "<script>", "<i>"))
    assert "&lt;b&gt;&amp;$x^2$" in chart._repr_html_()


def test_a_saved_svg_holds_the_title_above_the_drawing_and_the_font(tmp_path: Path) -> None:
    chart = outcomes(CASES["six years, one missing"], "zh")
    written = chart.save(tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert chart.title not in texts(chart)
    assert "@font-face" in written
    assert written.count("<style") == 1
    whole = root(written)
    drawn = [text.text for text in whole.iter("{http://www.w3.org/2000/svg}text")]
    assert drawn == [chart.title, *texts(chart)]


@pytest.mark.parametrize("case", CASES)
def test_matplotlib_draws_the_same_figures_with_a_gap_where_there_is_none(case: str) -> None:
    for draw in CHARTS:
        chart = draw(CASES[case], "zh")
        figure = chart.figure()
        shown = figure.get_suptitle().replace("\n", "")
        assert shown == chart.heading + chart.title
        assert "（" not in chart.heading
        assert figure.get_supxlabel().replace("\n", "") == "".join(chart.notes)
        assert {axes.get_ylabel() for axes in figure.axes} == {chart.unit}
        for axes, seen in zip(figure.axes, chart.panels, strict=True):
            lines = [line for line in axes.lines if not line.get_label().startswith("_")]  # hollow points
            assert [line.get_label() for line in lines] == list(chart.names.values())
            for part, drawing in zip(seen.parts, lines, strict=True):
                values = drawing.get_ydata()
                drawn = {
                    year: value for year, value in zip(seen.years, values, strict=True) if value == value
                }
                assert drawn == {year: known[part] for year, known in seen.numbers.items() if part in known}


@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_a_saved_picture_is_the_same_each_time(tmp_path: Path, suffix: str) -> None:
    chart = outcomes(CASES["six years, one missing"], "zh")
    one, other = (chart.save(tmp_path / f"{n}{suffix}").read_bytes() for n in range(2))
    assert one == other


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ending in"):
        outcomes(report(2024)).save(tmp_path / "chart.gif")
    (tmp_path / "taken.svg").mkdir()
    with pytest.raises(OSError, match=r"taken\.svg"):
        outcomes(report(2024)).save(tmp_path / "taken.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.svg"]


def test_all_charts_stand_together_with_one_set_of_rules() -> None:
    html = overview(CASES["one year"])._repr_html_()
    assert html.count("<style>") == 1
    assert html.count("<figure") == len(CHARTS)


def test_a_sparkline_has_gaps_and_shows_where_the_form_changes() -> None:
    course = line(annual(CASES["six years, one missing"]), "requests_handled")
    drawn = root(sparkline(course, "19 & 20"))
    kinds = [(one.get("class") or "")[0] for one in drawn.iter("line")]
    assert kinds.count("l") == 3
    assert kinds.count("f") == 1
    assert drawn.get("aria-label") == "19 & 20"
    assert sparkline(line(annual(CASES["one year"]), "requests_handled"), "") == ""


def test_a_sparkline_has_a_hollow_point_where_a_number_is_in_doubt() -> None:
    course = line(annual(CASES["six years, one missing"]), "requests_handled")
    plain, marked, last = (
        [one.get("class") for one in root(sparkline(course, "", years)).iter("circle")]
        for years in ((), (course.years[1],), (course.years[-1],))
    )
    assert plain == ["c0 on"]
    assert marked == ["l0 open", "c0 on"]
    assert last == ["l0 open"]


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (0, "0", "0"),
        (99_999, "99,999", "99,999"),
        (100_000, "100k", "10万"),
        (123_456, "123k", "12.3万"),
        (999_499, "999k", "99.9万"),
        (999_500, "1M", "100万"),
        (12_345_678, "12.3M", "1,235万"),
        (2.5, "2.5", "2.5"),
    ],
)
def test_counts_on_a_chart_are_short(value: float, en: str, zh: str) -> None:
    assert (short(value, "en"), short(value, "zh")) == (en, zh)


def test_lines_break_between_words_or_characters() -> None:
    assert len(wrapped("Asks to reconfirm information already held", 160)) == 2
    assert wrapped("Granted", 130) == ["Granted"]
    assert wrapped("Newly received requests 142†", 100) == ["Newly received", "requests 142†"]
    assert (
        "".join(wrapped("要求行政机关确认或重新出具已获取信息", 90)) == "要求行政机关确认或重新出具已获取信息"
    )


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


BOTH = [*((colour, "#ffffff") for colour in PALETTE), *((colour, PAPER[1]) for colour in DARK_PALETTE)]


@pytest.mark.parametrize(("colour", "paper"), BOTH)
def test_colours_stand_out_from_the_page_and_from_their_text(colour: str, paper: str) -> None:
    assert contrast(colour, paper) >= 3
    text = on(colour)
    assert contrast(colour, "#ffffff" if text == "#fff" else text) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_stands_out_from_the_page(scheme: int) -> None:
    paper = ("#ffffff", PAPER[1])[scheme]
    assert all(contrast(text[scheme], paper) >= 4.5 for text in (INK, SOFT))


@pytest.mark.parametrize("palette", [PALETTE, DARK_PALETTE])
def test_neighbours_differ_in_lightness_alone(palette: tuple[str, ...]) -> None:
    assert all(contrast(one, other) >= 1.6 for one, other in pairwise(palette))


@pytest.mark.parametrize(
    "seen",
    [
        ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
        ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
        ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    ],
    ids=["without red", "without green", "without blue"],
)
def test_no_two_colours_look_alike_to_the_colour_blind(seen: tuple[tuple[float, ...], ...]) -> None:
    colours = np.array([[int(c[at : at + 2], 16) for at in (1, 3, 5)] for c in PALETTE]) / 255
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    shown = np.clip(linear @ np.array(seen).T, 0, 1)
    lab = _lab(shown)
    apart = [np.linalg.norm(lab[i] - lab[j]) for i in range(len(lab)) for j in range(i)]
    assert min(apart) > 20


def _lab(linear: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.maximum(linear @ to_xyz.T / [0.9505, 1, 1.089], 0.008856)).T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def test_title_and_notes_bring_their_font_into_a_notebook_that_has_another() -> None:
    shown = requests_handled(CASES["six years, one missing"])._repr_html_()
    assert f".ogi-charts{{font-family:{fonts.CSS_STACK}}}" in shown


def test_a_wide_number_takes_no_other_years_number_away() -> None:
    """“612 ≠ 610” on one year's bar left only the first and the last year their totals."""
    years = list(range(2019, 2025))
    one = {year: (0.0, "612 ≠ 610†" if year == 2021 else str(year - 1500)) for year in years}
    assert "".join(numbers(one, years)).count("<text") == 4, "all but its neighbours, which it would touch"
    wide = dict.fromkeys(years, (0.0, "12,345,678 ≠ 12,345,679"))
    assert "".join(numbers(wide, years)).count("<text") == 2
