"""Charts tell the figures and nothing else: gaps are gaps, blanks are not zeros, all of it can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread
from playwright.sync_api import Browser

from ogi import fonts
from ogi.charts import (
    CHARTS,
    Chart,
    applicants,
    decisions,
    outcomes,
    outcomes_in_detail,
    requests_handled,
    review,
)
from ogi.charts import chart as svg_of
from ogi.charts.draw import text_width, wrapped
from ogi.charts.style import PALETTE, TITLE_SIZE, WIDTH, house_style, on, short
from ogi.forms import TABLES, edition_of_year
from ogi.said import LANGUAGES
from ogi.values import State

Printed = Mapping[str, float | str]
Draw = Callable[[pd.DataFrame, str], Chart]

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


def texts(chart: Chart) -> list[str]:
    return [text.replace("\n", " ") for text in svg_of.texts(chart.svg)]


@pytest.fixture(scope="module")
def every_chart() -> dict[tuple[str, int, str], Chart]:
    return {
        (case, number, language): draw(figures, language)
        for case, figures in CASES.items()
        for language in LANGUAGES
        for number, draw in enumerate(CHARTS)
    }


def test_text_stays_text_and_nothing_reaches_the_page_around(every_chart: dict[object, Chart]) -> None:
    for chart in every_chart.values():
        root = ElementTree.fromstring(chart.svg)
        tags = {element.tag.split("}")[1] for element in root.iter()}
        assert "text" in tags
        assert tags <= {"svg", "g", "defs", "path", "text", "tspan", "use", "clipPath", "rect"}
        assert (root.attrib["role"], root.attrib["aria-label"]) == ("img", chart.alt)
        assert "width" not in root.attrib


def test_ids_are_the_charts_own_and_all_references_hold(every_chart: dict[object, Chart]) -> None:
    by_content = {chart.svg: chart for chart in every_chart.values()}
    ids = [found for svg in by_content for found in re.findall(r'\bid="([^"]*)"', svg)]
    assert len(ids) == len(set(ids))
    for svg in by_content:
        referred = re.findall(r'(?:href="#|url\(#)([^")]*)', svg)
        assert set(referred) == set(re.findall(r'\bid="([^"]*)"', svg))


@pytest.mark.parametrize("draw", CHARTS)
def test_the_same_figures_give_the_same_bytes(draw: Draw, tmp_path: Path) -> None:
    figures = CASES["six years, one missing"]
    first, second = draw(figures, "en"), draw(figures.sample(frac=1, random_state=1), "en")
    assert first == second
    for suffix in (".svg", ".png"):
        files = [chart.save(tmp_path / f"{number}{suffix}") for number, chart in enumerate((first, second))]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_every_bar_is_whole(every_chart: dict[object, Chart]) -> None:
    for chart in every_chart.values():
        for ax in chart.figure.axes:
            left, right = sorted(ax.get_xlim())
            bottom, top = sorted(ax.get_ylim())
            for bar in ax.patches:
                box = bar.get_bbox()
                assert left <= box.x0 <= box.x1 <= right + 1e-9
                assert bottom <= box.y0 <= box.y1 <= top + 1e-9


def test_nothing_is_cut_off_on_a_screen(every_chart: dict[object, Chart], browser: Browser) -> None:
    body = "".join(chart._repr_html_() for chart in every_chart.values())
    css = fonts.web_font_css(body)
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.set_content(f"<!doctype html><style>{css} figure {{ margin: 0 }}</style>{body}")
    page.evaluate("document.fonts.ready")
    outside = page.evaluate("""() => [...document.querySelectorAll('svg')].flatMap(svg => {
        const frame = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter(text => {
            const box = text.getBoundingClientRect();
            return box.left < frame.left - 1 || box.right > frame.right + 1
                || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
        }).map(text => text.textContent);
    })""")
    assert outside == []
    smallest = page.evaluate("""() => Math.min(...[...document.querySelectorAll('svg text')].map(
        text => parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getScreenCTM().a))""")
    assert smallest > 7
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.parametrize("draw", [requests_handled, applicants, outcomes, review, decisions])
def test_a_missing_year_is_a_gap_with_a_word(draw: Draw) -> None:
    figures = CASES["six years, one missing"]
    for language, words in (("en", "no report"), ("zh", "无报告")):
        chart = draw(figures, language)
        assert words in " ".join(texts(chart))
        assert f"2021{'：' if language == 'zh' else ': '}{words}" in chart.alt


def test_a_gap_holds_no_bar() -> None:
    ax = requests_handled(CASES["six years, one missing"]).figure.axes[0]
    drawn = {round(bar.get_x() + bar.get_width() / 2) for bar in ax.patches}
    assert drawn == {2019, 2020, 2022, 2023, 2024}


def test_a_blank_is_no_zero() -> None:
    figures = pd.concat([report(2023), report(2024, {}, rest=State.BLANK)])
    chart = applicants(figures)
    assert "blank" in texts(chart)
    assert {round(bar.get_x() + bar.get_width() / 2) for bar in chart.figure.axes[0].patches} == {2023}
    assert "0" not in [text.get_text() for text in chart.figure.axes[0].texts]
    assert "2024: blank" in chart.alt
    assert any("blank" in note and "2024" in note for note in chart.notes)


def test_a_blank_that_adds_up_as_zero_is_told_as_such() -> None:
    filled = {"requests/new/total": 7, "requests/granted/total": 7, "requests/outcome_total/total": 7}
    chart = requests_handled(report(2024, filled, rest=State.BLANK))
    assert "7" in texts(chart)
    assert any("counted as zero" in note and "2024" in note for note in chart.notes)


def test_a_part_not_known_leaves_the_sum_open() -> None:
    chart = requests_handled(report(2024, {**BUSY, "requests/carried_in/total": State.UNREADABLE}))
    assert "40 + ?" in texts(chart)
    assert any("not readable" in note and "Carried in" in note for note in chart.notes)
    assert "Carried in from last year not readable" in chart.alt


def test_only_zeros_are_a_sentence_and_not_an_empty_frame() -> None:
    for draw in CHARTS:
        chart = draw(CASES["nothing but zeros"], "en")
        assert len(texts(chart)) == 1
        assert texts(chart)[0].startswith("None: every figure in the reports for ")
    assert texts(requests_handled(CASES["no report"])) == ["The reports hold no such figures."]


def test_shares_are_of_the_printed_total() -> None:
    chart = outcomes(report(2024))
    assert {"50%", "12%", "22%", "10%"} <= set(texts(chart))
    assert "2024 n=40" in texts(chart)


def test_a_total_that_is_not_the_sum_is_marked_and_told() -> None:
    odd = {**BUSY, "requests/outcome_total/total": 50, "review/reconsideration/total": 0}
    shares = outcomes(report(2024, odd))
    assert "2024 n=50*" in texts(shares)
    assert any("add up to 40" in note and "total is 50" in note for note in shares.notes)
    ended = review(report(2024, odd), "zh")
    assert "5*" in texts(ended)
    assert any("行政复议 2024" in note and "总计为0" in note for note in ended.notes)


def test_the_detail_lists_every_outcome_of_the_form_in_its_words() -> None:
    for year in (2020, 2024):
        chart = outcomes_in_detail(report(year), "zh")
        said = "".join(texts(chart))
        for item in TABLES["requests"][edition_of_year(year)].items:
            if item.outcome:
                assert any(words in said for words in (item.zh, *item.aliases))
    assert str(2024) in chart.title


def test_the_detail_tells_each_state_apart() -> None:
    states = {
        "requests/granted/total": 0,
        "requests/partly_granted/total": State.BLANK,
        "requests/other.other/total": State.ABSENT,
    }
    chart = outcomes_in_detail(report(2024, {**BUSY, **states}))
    assert {"0", "blank", "not in report"} <= set(texts(chart))


def test_the_detail_takes_the_last_year_that_tells() -> None:
    chart = outcomes_in_detail(pd.concat([report(2022), report(2023, {}, rest=State.ABSENT)]))
    assert "2022" in chart.title


def test_alt_text_holds_the_figures() -> None:
    alt = requests_handled(years(2023, 2024, by=1000)).alt
    assert "2024: Newly received requests 64,000, Carried in from last year 4,800" in alt


@pytest.mark.parametrize("draw", CHARTS)
def test_wrong_use_is_refused(draw: Draw) -> None:
    with pytest.raises(ValueError, match="expected one of en, zh, found 'fr'"):
        draw(report(2024), "fr")
    with pytest.raises(ValueError, match="one agency"):
        draw(pd.concat([report(2024), report(2024, agency="乙")]), "en")


def test_what_a_report_says_is_never_markup() -> None:
    figures = report(2024, agency="<script>alert(1)</script>$x$")
    assert not any("<script" in draw(figures, "en")._repr_html_() for draw in CHARTS)
    with house_style():
        figure = Figure()
        figure.text(0, 0, "$x^2$ </text>")
    chart = Chart("hostile", "<b>&$x^2$", '"><script>', figure, ("<i>",))
    assert texts(chart) == ["$x^2$ </text>"]
    page = chart._repr_html_()
    assert not any(markup in page for markup in ("<b>", "<script>", "<i>"))
    assert "&lt;b&gt;&amp;$x^2$" in page
    assert ElementTree.fromstring(chart.svg).attrib["aria-label"] == '"><script>'


def test_a_saved_svg_holds_the_title_above_the_drawing_and_the_font(tmp_path: Path) -> None:
    chart = outcomes(CASES["six years, one missing"], "zh")
    written = chart.save(tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert chart.title in svg_of.texts(written)
    assert chart.title not in svg_of.texts(chart.svg)
    assert "@font-face" in written
    assert re.findall(r"<(?:\w+:)?style", written) == ["<style"]
    root = ElementTree.fromstring(written)
    top = float(root.attrib["viewBox"].split()[1])
    title = next(text for text in root.iter("{http://www.w3.org/2000/svg}text") if text.text == chart.title)
    assert top < float(title.attrib["y"]) - TITLE_SIZE < float(title.attrib["y"]) < 0


def test_a_saved_picture_holds_the_title_above_the_drawing(tmp_path: Path) -> None:
    chart = review(CASES["six years, one missing"], "zh")
    whole = imread(chart.save(tmp_path / "chart.png"))
    with house_style():
        chart.figure.savefig(tmp_path / "figure.png", dpi=200)
    drawing = imread(tmp_path / "figure.png")
    head = len(whole) - len(drawing)
    assert np.array_equal(whole[head:], drawing)
    assert (whole[:head] < 0.5).any()
    assert (whole[[0, head - 1]] == 1).all()


def test_every_title_fits_in_a_saved_file(every_chart: dict[object, Chart]) -> None:
    assert max(text_width(chart.title, TITLE_SIZE) for chart in every_chart.values()) < WIDTH * 72 - 8


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ending in"):
        outcomes(report(2024)).save(tmp_path / "chart.jpeg")
    (tmp_path / "taken.png").mkdir()
    with pytest.raises(OSError, match=r"taken\.png"):
        outcomes(report(2024)).save(tmp_path / "taken.png")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.png"]


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
    assert wrapped("Asks to reconfirm information already held", 130).count("\n") == 1
    assert wrapped("Granted", 130) == "Granted"
    assert (
        wrapped("要求行政机关确认或重新出具已获取信息", 90).replace("\n", "")
        == "要求行政机关确认或重新出具已获取信息"
    )


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colour", PALETTE)
def test_colours_stand_out_from_the_page_and_from_their_text(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3
    text = on(colour)
    assert contrast(colour, "#ffffff" if text == "white" else text) >= 4.5


def test_neighbours_differ_in_lightness_alone() -> None:
    assert all(contrast(one, other) >= 1.9 for one, other in pairwise(PALETTE))


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
    assert shown.startswith(f'<figure class="chart" style="font-family: {fonts.CSS_STACK}">')
