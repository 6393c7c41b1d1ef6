"""What a view shows of the samples, and that it follows its widgets."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ogi.api import Dataset
from ogi.compare import INDICATORS
from ogi.explore import QUERIES, FigureChoice, FigureView, tables_of, view, worked_queries
from ogi.explore.chart import chart
from ogi.explore.choice import INDICATOR, items_of, measures_of, tables, whole_of
from ogi.explore.controls import Controls
from ogi.explore.correction import draft
from ogi.explore.frames import tidy, wide
from ogi.explore.peers import beside_its_kind
from ogi.explore.rows import MOST, every_row
from ogi.explore.search import search
from ogi.explore.shown import table
from ogi.forms import TABLES
from ogi.said import Refused

OFFICE, POLICE, SCHOOLS = "示例市人民政府办公室", "示例市公安局", "示例市教育局"
NEW = FigureChoice((OFFICE, SCHOOLS), (), "requests", "new", "total")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    made = tmp_path_factory.mktemp("explore")
    for agency in (OFFICE, POLICE, SCHOOLS):
        shutil.copytree(samples / agency, made / "raw" / agency)
    return made


@pytest.fixture(scope="module")
def opened(folder: Path) -> FigureView:
    places = str(folder / "raw"), str(folder / "t")
    return view([OFFICE, SCHOOLS], [], "requests/new/total", "absolute", *places)


@pytest.fixture(scope="module")
def data(opened: FigureView) -> Dataset:
    return opened.data


# --- the figure chosen ------------------------------------------------------------------------------


def test_the_wide_frame_has_numbers_and_its_table_says_why_there_is_none(
    opened: FigureView, data: Dataset
) -> None:
    frame = opened.wide
    assert list(frame.index) == [OFFICE, SCHOOLS]
    assert list(frame.columns) == [2019, 2020, 2021, 2022, 2023, 2024]
    assert frame.loc[OFFICE, 2024] == data.series(OFFICE, "requests/new/total").loc[2024, "value"]
    assert pd.isna(frame.loc[SCHOOLS, 2022])
    assert "<td>no report</td>" in table(opened.rows, NEW)
    assert "<td>没有年报</td>" in table(opened.rows, replace(NEW, language="zh"))


def test_only_the_years_chosen_are_shown_and_a_gap_between_them_stays(data: Dataset) -> None:
    rows = tidy(data, replace(NEW, years=(2021, 2023)))
    assert sorted(set(rows["year"])) == [2021, 2023]
    assert list(wide(rows).columns) == [2021, 2022, 2023]


def test_a_share_is_of_the_printed_total_and_an_index_begins_at_100(data: Dataset) -> None:
    part = replace(NEW, measure="natural_person", way="share")
    rows = tidy(data, part).dropna(subset="value")
    assert (rows["value"] * rows["whole"] - rows["part"]).abs().max() < 1e-9
    assert whole_of("requests", "granted", "total") == "requests/outcome_total/total"
    index = wide(tidy(data, replace(NEW, way="index")))
    assert list(index[2019]) == [100, 100]
    assert index.loc[OFFICE, 2024] == pytest.approx(100 * 871 / 312)


def test_an_indicator_is_shown_with_its_gaps(data: Dataset) -> None:
    choice = FigureChoice((SCHOOLS,), (), INDICATOR, "disclosure_rate", "")
    rows = tidy(data, choice).set_index("year")
    own = data.indicators(SCHOOLS).query("indicator == 'disclosure_rate'").set_index("year")["value"]
    assert rows.loc[2024, "value"] == own[2024]
    assert rows.loc[2022, "state"] == "no_report"
    assert "%" in table(rows.reset_index(), choice)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"item": "nwe"}, "requests/nwe/total: no form has this figure; nearest: requests/new/total"),
        ({"way": "sum"}, "shown: expected one of absolute, share, index, found sum"),
        ({"way": "share"}, "Newly received requests: the form has no total that it is a share of"),
        ({"table": "indicators"}, "indicators/new/total: no form has this figure"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(data: Dataset, change: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        tidy(data, replace(NEW, **change))
    assert str(refused.value).startswith(sentence)
    assert refused.value._render_traceback_() == [str(refused.value)]


def test_each_offer_is_a_figure_with_a_name_in_both_languages() -> None:
    assert list(tables()) == [*TABLES, INDICATOR]
    for table_id in TABLES:
        for item in items_of(table_id):
            for measure in measures_of(table_id, item):
                choice = FigureChoice((), (), table_id, item, measure)
                choice.require()
                assert choice.label != choice.label.zh
    assert list(items_of(INDICATOR)) == list(INDICATORS)


# --- the chart --------------------------------------------------------------------------------------


def test_the_chart_has_a_line_for_each_agency_and_none_over_a_gap(data: Dataset) -> None:
    drawn = chart(tidy(data, NEW), NEW)
    (seen,) = drawn.panels
    assert seen.parts == (OFFICE, SCHOOLS)
    assert drawn.svg.count('class="l0"') == 5
    assert drawn.svg.count('class="l3"') == 3, "none over 2022, of which there is no report"
    assert f"{SCHOOLS}: no report on 2022." in drawn.notes
    assert drawn.figure().axes[0].get_lines()


def test_a_change_of_the_form_is_drawn_where_a_figure_cannot_be_compared(data: Dataset) -> None:
    on_one_form = replace(NEW, item="other.fee_unpaid", agencies=(OFFICE, POLICE))
    drawn = chart(tidy(data, on_one_form), on_one_form)
    assert drawn.panels[0].breaks == (2021,)
    assert drawn.svg.count('class="f"') == 1
    assert drawn.notes[-1].startswith("The form changed before 2021")
    dotted = [line for line in drawn.figure().axes[0].get_lines() if line.get_linestyle() == ":"]
    assert [list(line.get_xdata()) for line in dotted] == [[2020.5, 2020.5]]
    assert chart(tidy(data, NEW), NEW).panels[0].breaks == ()


# --- the other outputs ------------------------------------------------------------------------------


def test_the_median_is_of_the_others_of_the_kind(data: Dataset) -> None:
    beside = beside_its_kind(data, replace(NEW, agencies=(POLICE,)))
    assert list(beside.columns[:1]) == [POLICE]
    assert beside[beside.columns[2]].max() == 1, "the office is of another kind"
    assert (
        beside.loc[2024, beside.columns[1]] == data.series(SCHOOLS, "requests/new/total").loc[2024, "value"]
    )


def test_hits_are_marked_and_counted_and_nothing_is_run(data: Dataset) -> None:
    narratives = data.narratives.assign(text="<b>申请</b>申请")
    found = search(narratives, "申请", NEW)
    assert "&lt;b&gt;<mark>申请</mark>&lt;/b&gt;" in found
    assert "places more are not shown" in found
    assert "in none of these reports" in search(narratives, ".*", NEW)
    assert "at least one character" in search(narratives, " ", NEW)


def test_rows_left_out_are_counted(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "rows.</p>" in every_row(data, NEW)
    monkeypatch.setattr("ogi.explore.rows.MOST", 5)
    shown = every_row(data, replace(NEW, language="zh"))
    assert "仅显示5行" in shown
    assert "印刷内容" in shown
    assert MOST > 5


def test_a_correction_is_drafted_as_the_line_that_is_read(
    data: Dataset, folder: Path, tmp_path: Path
) -> None:
    told = draft(data, NEW, OFFICE, 2024, "870")
    line = next(csv.reader([told.split("\n")[1]]))
    assert line == [OFFICE, "2024", "requests", "new", "total", "871", "870", "", "", "", ""]
    assert str(folder / "corrections.csv") in told
    assert not (folder / "corrections.csv").exists()
    with pytest.raises(Refused, match="prints no single cell"):
        draft(data, NEW, SCHOOLS, 2022, "1")


def test_every_worked_query_answers_and_a_faulty_one_is_one_sentence(
    opened: FigureView, data: Dataset
) -> None:
    assert len(QUERIES) == 6
    for name, (_, sql) in QUERIES.items():
        assert len(opened.sql(name).columns) > 1, name
        assert sql.splitlines()[0] in worked_queries("zh").replace("&#x27;", "'").replace("&quot;", '"')
    assert "figures_corrected" in tables_of(data)
    with pytest.raises(Refused, match=r"^DuckDB: .*no_such"):
        opened.sql("select * from no_such")


def test_a_view_is_saved_as_three_files_and_never_over_another(opened: FigureView, tmp_path: Path) -> None:
    saving = FigureView(opened.data, NEW, str(tmp_path))
    told = saving._saved(), saving._saved()
    assert told[0] != told[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"requests-new-total-absolute{n}{suffix}" for n in ("-2", "") for suffix in (".csv", ".png", ".xlsx")
    ]
    rows = (tmp_path / "requests-new-total-absolute.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(opened.rows)


# --- the widgets ------------------------------------------------------------------------------------


def test_the_widgets_choose_and_what_cannot_be_shown_is_said(data: Dataset) -> None:
    chosen: list[FigureChoice] = []
    controls = Controls(data, NEW, chosen.append, lambda: table(tidy(data, NEW), NEW))
    controls.table.value = "review"
    first = items_of("review")
    assert (chosen[-1].table, chosen[-1].item) == ("review", next(iter(first)))
    controls.table.value = INDICATOR
    assert (chosen[-1].item, chosen[-1].measure) == (next(iter(INDICATORS)), "")
    controls.table.value = "requests"
    controls.item.value = "new"
    controls.measure.value = "total"
    count = len(chosen)
    controls.way.value = "share"
    assert len(chosen) == count
    assert "no total that it is a share of" in controls.status.value
    controls.way.value = "index"
    controls.agencies.value = (POLICE, OFFICE)
    assert chosen[-1] == replace(NEW, agencies=(OFFICE, POLICE), years=chosen[-1].years, way="index")
    assert controls.status.value == ""
