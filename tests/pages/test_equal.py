"""Every number of page, CSV and workbook is that of the dataset, cell by cell, for all samples."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import lxml.etree
import lxml.html
import pandas as pd
import pytest
from lxml.html import HtmlElement

from ogi import pages, tables
from ogi.compare import INDICATORS, LEADING
from ogi.forms import TABLES
from ogi.ingest import ingest
from ogi.notebook import frames_of
from ogi.pages import Frames
from ogi.pages.cells import MARKS
from ogi.pages.workbook import with_labels, workbook
from ogi.values import State
from tests.reports_made import made, with_second_file

HONGZE, NOT_HOLDING = "淮安市洪泽区人民政府", "What does not hold"
Key = tuple[str, str]
"""The key of a report's column, and a cell as table/item/measure."""


@pytest.fixture(scope="module")
def dataset(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    ingest(samples, folder)
    return folder


@pytest.fixture(scope="module")
def agencies(dataset: Path) -> dict[str, Frames]:
    names = tables.read(dataset, "reports")["agency"].unique()
    return {name: frames_of(dataset, name) for name in names}


def tree(html: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def told(frames: Frames) -> dict[Key, float | str]:
    """Each figure of the dataset: its number, or what stands for it."""
    keys = {column.report_id: column.key for column in frames.columns}
    found: dict[Key, float | str] = {}
    for row in frames.figures.to_dict("records"):
        state = row["state"]
        shown = row["value"] if state == State.REPORTED else MARKS.get(state, str(row["printed"]).strip())
        found[keys[row["report_id"]], f"{row['table']}/{row['item']}/{row['measure']}"] = shown
    return found


def number(text: str) -> float | str:
    plain = re.sub(r"[,†]| .*", "", text).replace("−", "-")
    try:
        return float(plain)
    except ValueError:
        return text.removesuffix("†")


def on_page(frames: Frames, language: str) -> Iterator[tuple[Key, float | str]]:
    """Each figure as the tables of the page show it."""
    for table in TABLES:
        shown = tree(pages.figures_by_year(frames, table, language))
        for cell in shown.xpath("//td[@id]"):
            _, item, measure, *key = cell.get("id").split("-")
            yield ("-".join(key), f"{table}/{item}/{measure}"), number(cell.text_content())
    measures = [measure.id for measure in TABLES["requests"]["2021"].measures]
    for row in tree(pages.as_printed(frames, language)).xpath("//tr[@id]"):
        table, item, *key = row.get("id").split("-")
        for measure, cell in zip(measures, row.xpath("./td"), strict=True):
            yield ("-".join(key), f"{table}/{item}/{measure}"), number(cell.text_content())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_of_the_page_is_that_of_the_dataset(agencies: dict[str, Frames], language: str) -> None:
    assert HONGZE in agencies
    for name, frames in agencies.items():
        expected, shown = told(frames), dict(on_page(frames, language))
        # Of earlier reports without a slip only the workbook holds the kinds of applicants.
        totals = [key for key in expected if not key[1].startswith("requests/") or key[1].endswith("/total")]
        latest = [key for key in expected if key[0] == str(frames.years[-1])]
        assert set(shown) >= {*totals, *latest}
        assert {key: (shown[key], expected[key]) for key in shown if shown[key] != expected[key]} == {}, name


def test_every_figure_of_the_csv_is_that_of_the_dataset(agencies: dict[str, Frames]) -> None:
    for frames in agencies.values():
        marked = tables.marked(frames.figures, frames.corrections)
        written = tables.to_csv(with_labels(marked, "zh"))
        read = pd.read_csv(io.StringIO(written), dtype={"form": str})
        ids = ["report_id", "table", "item", "measure"]
        both = frames.figures.merge(read, on=ids, suffixes=("", "_csv"), validate="one_to_one")
        assert len(both) == len(read) == len(frames.figures)
        pd.testing.assert_series_equal(both["value"], both["value_csv"], check_names=False, check_dtype=False)
        assert (both["state"] == both["state_csv"]).all()
        labelled = read[read["item"] == "new"].iloc[0]
        assert labelled["item_label"] == "一、本年新收政府信息公开申请数量"


def sheets(content: bytes) -> dict[str, dict[tuple[int, int], float | str]]:
    """The cells of each sheet of a workbook, as it stores them."""
    with ZipFile(io.BytesIO(content)) as parts:
        texts = [
            "".join(item.itertext()) for item in lxml.etree.fromstring(parts.read("xl/sharedStrings.xml"))
        ]
        names = re.findall(r'<sheet name="([^"]*)"', parts.read("xl/workbook.xml").decode())
        return {
            name: dict(_cells(parts.read(f"xl/worksheets/sheet{n}.xml"), texts))
            for n, name in enumerate(names, start=1)
        }


def _cells(xml: bytes, texts: list[str]) -> Iterator[tuple[tuple[int, int], float | str]]:
    for cell in lxml.etree.fromstring(xml).iter("{*}c"):
        assert cell.find("{*}f") is None, "a formula"
        value = cell.find("{*}v")
        if value is not None and value.text is not None:
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()  # type: ignore[union-attr]
            column = 0
            for letter in letters:
                column = 26 * column + ord(letter) - 64
            text = cell.get("t") == "s"
            yield (int(row) - 1, column - 1), texts[int(value.text)] if text else float(value.text)


def test_every_figure_of_the_workbook_is_that_of_the_dataset(agencies: dict[str, Frames]) -> None:
    for name, frames in agencies.items():
        found = sheets(workbook(frames, "zh"))
        shown: dict[Key, float | str] = {}
        for table, editions in TABLES.items():
            own = found[editions["2021"].zh]
            items = {text: row for (row, column), text in own.items() if column == 0 and row > 1}
            starts = {text: column for (row, column), text in own.items() if row == 0}
            for report in (column for column in frames.columns if not column.is_gap):
                form = editions[str(report.editions[table])]
                for item, measure in form.cells():
                    at = starts[report.key] + [m.id for m in form.measures].index(measure.id)
                    cell = items[item.full_label], at
                    shown[report.key, f"{table}/{item.id}/{measure.id}"] = own.get(cell, "\u00b7")
        expected = {key: value for key, value in told(frames).items() if value != MARKS[State.ABSENT]}
        assert {key: shown.get(key) for key in expected} == expected, name


def test_the_workbook_names_each_of_two_files_on_a_year() -> None:
    """They were headed 2023 and 2023-2; nobody can tell which is which."""
    found = sheets(workbook(with_second_file(made({2022: {}, 2023: {}}), 2023, {}), "zh"))
    own = found[TABLES["requests"]["2021"].zh]
    heads = [text for (row, column), text in own.items() if row == 0 and column > 0]
    assert heads == ["2022", "2023 2023.pdf", "2023 2023更正版.pdf"]


def test_the_workbook_holds_slips_indicators_and_what_they_mean(agencies: dict[str, Frames]) -> None:
    found = sheets(workbook(agencies[HONGZE], "en"))
    assert list(found) == [*(t["2021"].zh for t in TABLES.values()), NOT_HOLDING, "Indicators", "Definitions"]
    assert [found[NOT_HOLDING][row, 0] for row in (1, 2)] == [2023, 2023]
    assert "总计 = 0" in str(found[NOT_HOLDING][1, 3])
    names = {text: row for (row, column), text in found["Indicators"].items() if column == 1}
    assert found["Indicators"][names["Disclosure rate"], 3] == pytest.approx(59 / 95)
    assert INDICATORS["dispute_rate"].formula in found["Definitions"].values()


def test_the_workbook_says_beside_a_slip_what_a_review_mark_says_of_it(agencies: dict[str, Frames]) -> None:
    frames = agencies[HONGZE]
    line = frames.slips[0].line
    mark = (HONGZE, 2023, line["rule_id"], line["cells"], "explained", "电话核实", "张三", "2024-03-05")
    marked = replace(frames, marks=tables.from_rows("review_marks", [mark]))
    found = sheets(workbook(marked, "zh"))["不符事项"]
    assert found[0, 6] == "审核标记"
    assert [found.get((row, 6), "") for row in (1, 2)] == ["已说明、电话核实、张三、2024-03-05", ""]


def test_a_workbook_in_chinese_has_no_english_columns(agencies: dict[str, Frames]) -> None:
    found = sheets(workbook(agencies[HONGZE], "zh"))
    heads = [str(text) for own in found.values() for (row, _), text in own.items() if row == 0]
    tables = [str(found[one["2021"].zh][row, 0]) for one in TABLES.values() for row in (1, 2)]
    assert [text for text in heads + tables if re.search("[A-Za-z]", text)] == []
    assert found["指标"][0, 0] == "指标"


def test_a_text_that_looks_like_a_formula_stays_a_text(agencies: dict[str, Frames]) -> None:
    frames = agencies[HONGZE]
    evil = frames.figures.assign(state=State.UNREADABLE, printed='=HYPERLINK("http://x")', value=None)
    found = sheets(
        workbook(Frames(frames.reports, evil, frames.checks.iloc[:0], frames.findings, frames.narratives))
    )
    assert '=HYPERLINK("http://x")' in found[TABLES["review"]["2021"].zh].values()


def test_the_same_figures_make_the_same_workbook(agencies: dict[str, Frames]) -> None:
    assert workbook(agencies[HONGZE]) == workbook(agencies[HONGZE])


def value(figures: dict[Key, float | str], year: int, cells: tuple[str, ...]) -> float:
    return sum(float(figures[str(year), cell]) for cell in cells)


def rate(figures: dict[Key, float | str], indicator: str, year: int) -> float:
    one = INDICATORS[indicator]
    above = value(figures, year, one.numerator)
    return (
        above / (value(figures, year, one.denominator) - value(figures, year, one.less))
        if one.is_rate
        else above
    )


SENTENCE = re.compile(
    r"(?P<way>rose|fell) from (?P<old>[\d.,%]+)[*†]* \((?P<before>\d+)\)"
    r" to (?P<new>[\d.,%]+)[*†]* \((?P<year>\d+)\)"
    r"(?:, (?P<times>[\d.]+) times as many)?(?:, (?P<by>[+−][\d.]+)(?P<unit>%| points))?"
    r"(?:, and accounts for (?P<share>\d+)% of the (?:growth|decline) of all outcomes)?"
    r"(?:; a sum it is in does not hold in [\d, ]+)?\."
)


def test_totals_that_do_not_hold_are_marked_in_the_table_of_years(agencies: dict[str, Frames]) -> None:
    """A printed total of 0 stood over 10 and 1, and a change of it beside, like any other."""
    frames = agencies[HONGZE]
    broken = frames.checks.query("verdict == 'broken' and rule_id == 'review.results'")
    marked = {
        td.getparent().get("data-k"): td
        for td in tree(pages.figures_by_year(frames, "review")).xpath("//td[contains(@class, 'bs')]")
    }
    assert len(broken) > 0
    for cells in broken["cells"]:
        assert {cell.replace("/", "-") for cell in cells} <= set(marked)
    assert "in a sum of the form that does not hold" in pages.figures_by_year(frames, "review")
    assert "in a sum of the form that does not hold" not in pages.figures_by_year(frames, "proactive")


def test_every_sentence_on_what_stands_out_is_computed_from_the_figures(agencies: dict[str, Frames]) -> None:
    seen = 0
    for frames in agencies.values():
        figures = told(frames)
        for sentence in tree(pages.what_stands_out(frames)).iter("li"):
            text = " ".join(sentence.text_content().split())
            match = SENTENCE.search(text)
            assert match is not None, text
            places = sentence.xpath(".//a[starts-with(@href, '#')]/@href")
            ids = [href[1:].split("-") for href in places]
            years = [int(match["before"]), int(match["year"])]
            assert [int(parts[-1]) for parts in ids] == years
            cell = "/".join(ids[0][:3])
            if "%" in match["old"]:
                (id,) = (
                    one.id for one in INDICATORS.values() if one.is_rate and text.startswith(str(one.name))
                )
                old, new = (rate(figures, id, year) for year in years)
                assert (match["old"], match["new"]) == (f"{old:.1%}", f"{new:.1%}")
            else:
                old, new = (float(figures[str(year), cell]) for year in years)
                assert (number(match["old"]), number(match["new"])) == (old, new)
            assert (match["way"] == "rose") == (new > old)
            if match["times"]:
                assert float(match["times"]) == pytest.approx(new / old, abs=0.5 if new / old >= 10 else 0.05)
            if match["unit"] == "%":
                assert number(match["by"]) == round(100 * (new / old - 1))
            if match["share"]:
                of = "requests/outcome_total/total"
                whole = float(figures[str(years[1]), of]) - float(figures[str(years[0]), of])
                assert int(match["share"]) == round(100 * (new - old) / whole)
            seen += 1
    assert seen > 12


def test_hongze_leads_with_the_licences_the_two_wrong_totals_and_what_was_granted(
    agencies: dict[str, Frames],
) -> None:
    frames = agencies[HONGZE]
    first, second, *_ = tree(pages.what_stands_out(frames)).iter("li")
    assert "Licences 行政许可 rose from 550 (2023) to 9,487 (2024), 17 times as many" in first.text_content()
    assert "Granted 予以公开 rose from 0 (2023) to 50 (2024)" in second.text_content()
    errors = tree(pages.breaches(frames)).xpath(
        "//section[@class='level official']//li[contains(@class, 'slip')]"
    )
    assert ["总计 = 0" in card.text_content() for card in errors] == [True, True]
    assert "2024: all sums hold. Earlier: 2 slips, in 2023." in tree(pages.cover(frames)).text_content()


def test_the_tiles_tell_the_indicators(agencies: dict[str, Frames]) -> None:
    for frames in agencies.values():
        figures = told(frames)
        shown = tree(pages.cover(frames)).xpath("//p[@class='value']/text()[1]")
        for id, text in zip(LEADING, shown, strict=True):
            if text == "–" or "·" in {figures.get((str(frames.years[-1]), c)) for c in INDICATORS[id].cells}:
                continue
            found = rate(figures, id, frames.years[-1])
            scale = {"count": 1, "share": 100, "per_hundred": 100}[INDICATORS[id].unit]
            assert float(text.replace(",", "").rstrip("%")) == pytest.approx(scale * found, abs=0.051)


def test_a_workbook_is_the_same_file_each_time(agencies: dict[str, Frames]) -> None:
    assert workbook(agencies[HONGZE]) == workbook(agencies[HONGZE])
