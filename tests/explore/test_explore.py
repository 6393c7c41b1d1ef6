"""What a view shows of the samples, and that it follows its widgets."""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from PIL import Image

from ogi.api import Dataset
from ogi.charts.drawings import HEIGHT
from ogi.charts.plot import HEAD
from ogi.compare import INDICATORS
from ogi.explore import QUERIES, FigureChoice, FigureView, tables_of, view, worked_queries
from ogi.explore.chart import chart
from ogi.explore.choice import INDICATOR, WAYS, items_of, measures_of, parts_of, tables, whole_of
from ogi.explore.controls import Controls
from ogi.explore.correction import draft
from ogi.explore.doubts import SIGNS
from ogi.explore.frames import _index, _share, tidy, wide
from ogi.explore.peers import beside_its_kind, peers
from ogi.explore.rows import MOST, every_row
from ogi.explore.saving import save
from ogi.explore.search import search
from ogi.explore.shown import table
from ogi.forms import TABLES
from ogi.said import Refused

ROOT = Path(__file__).resolve().parents[2]
OFFICE, POLICE, SCHOOLS = "示例市人民政府办公室", "示例市公安局", "示例市教育局"
DAY = date(2026, 11, 30)
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
    assert "<td>无报告</td>" in table(opened.rows, replace(NEW, language="zh"))


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


def test_a_measure_is_called_what_the_form_with_that_very_cell_calls_it() -> None:
    """The amount of procurement, on form 2019 alone, was offered as fees collected, in 万元."""
    assert measures_of("proactive", "procurement")["amount"].zh == "采购总金额"
    assert FigureChoice((), (), "proactive", "procurement", "amount").unit.zh == ""
    assert FigureChoice((), (), "proactive", "fees", "amount").unit.zh == "万元"


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
    assert drawn.notes[-1].startswith("The form changed before 2021 (dotted line)")
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


def test_numbers_beside_the_kind_bear_their_signs(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    def doubted(data: Dataset, choice: FigureChoice) -> pd.DataFrame:
        return tidy(data, choice).assign(broken_sum=True)

    of_police = replace(NEW, agencies=(POLICE,))
    assert "with a sign" not in peers(data, of_police)
    monkeypatch.setattr("ogi.explore.peers.tidy", doubted)
    shown = peers(data, of_police)
    assert "of these with a sign" in shown
    assert "<td>305*</td>" in shown
    assert shown.count("<p>") == 1, "of its own signs alone: others may be thousands"


def test_hits_are_marked_and_counted_and_nothing_is_run(data: Dataset) -> None:
    narratives = data.narratives.assign(text="<b>申请</b>申请")
    found = search(narratives, "申请", NEW)
    assert "&lt;b&gt;<mark>申请</mark>&lt;/b&gt;" in found
    assert "places more are not shown" in found
    assert "in none of these reports" in search(narratives, ".*", NEW)
    assert "at least one character" in search(narratives, " ", NEW)


def test_rows_left_out_are_counted(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = every_row(data, NEW)
    assert "rows.</p>" in whole
    assert "305.0" not in whole
    amounts = every_row(data, replace(NEW, table="proactive", item="fees", measure="amount"))
    for told in (whole, amounts):
        assert "data_json" in told
        assert not re.search(r"\de[+-]\d|NaN|<NA>", told.partition("data_json")[2].partition("]]")[0])
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
    assert "<th>indicators</th>" in tables_of(data)
    assert "<th>figures</th><td>as printed" in tables_of(data)
    assert "<th>figures_corrected</th><td>as corrected, with what is in doubt of each row" in tables_of(data)
    assert f"<td>{len(data.sql('SELECT * FROM annual'))}</td><td>agency, year, table, item" in tables_of(data)
    for name in ("new_requests", "most_received", "changes"):
        assert {"broken_sum", "doubted_correction", "doubted_title"} <= set(opened.sql(name)), name
    assert opened.sql("new_requests")[["agency", "year"]].duplicated().sum() == 0
    with pytest.raises(Refused, match=r"no_such.*the tables are"):
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


def test_without_a_folder_the_button_saves_where_the_parameter_says(
    data: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It said: a new folder at the project's top."""
    monkeypatch.chdir(tmp_path)
    FigureView(data, NEW)._saved()
    assert len(list((tmp_path / "explored").iterdir())) == 3
    cells = nbformat.read(ROOT / "notebooks" / "4_explore.ipynb", as_version=4).cells
    (parameters,) = (cell.source for cell in cells if "parameters" in cell.metadata.get("tags", []))
    assert '""  # folder for CSV, xlsx and PNG; "": only by the button, in explored/ beside' in parameters


def test_what_is_saved_tells_what_it_is_made_from_and_its_unit(data: Dataset, tmp_path: Path) -> None:
    """A CSV had 0.392 where the table said 39.2, and no file told where it was from."""
    heads = []
    for n, choice in enumerate((NEW, replace(NEW, table=INDICATOR, item="disclosure_rate", measure=""))):
        csv, _, png = save(
            tmp_path / str(n), tidy(data, choice), chart(tidy(data, choice), choice), choice, data, DAY
        )
        rows = pd.read_csv(csv)
        source = f"ogi, dataset {data.version}, saved on 2026-11-30"
        assert set(rows["source"]) == {source}
        assert Image.open(png).info["Description"] == source
        heads.append(list(rows)[:17])
    assert heads[0][:15] == heads[1][:15], "the same order of figures and indicators"
    assert set(rows["shown_unit"].dropna()) == {"%"}
    known = rows.dropna(subset="value")
    assert list(known["shown_value"]) == pytest.approx(list(100 * known["value"]), abs=0.051)
    ids = data.reports.set_index(["agency", "year"])["report_id"]
    assert all(row["reports"] == ids[row["agency"], row["year"]] for row in known.to_dict("records"))


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


# --- numbers that were once told wrongly --------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_is_told_in_its_unit_in_table_chart_and_title(
    data: Dataset, name: str, way: str
) -> None:
    """An index of shares was a hundred times too large, disputes per hundred a hundred times too small."""
    choice = FigureChoice((OFFICE, POLICE, SCHOOLS), (), INDICATOR, name, "", way)
    if way == "share":
        with pytest.raises(Refused, match="no total that it is a share of"):
            choice.require()
        return
    rows = tidy(data, choice)
    cells = data.indicators().query(f"indicator == '{name}'").set_index(["agency", "year"])
    ratios = cells["numerator"] / cells["denominator"]
    times = {"count": 1, "share": 100, "per_hundred": 100}[INDICATORS[name].unit]
    numbers = cells["numerator"] if INDICATORS[name].unit == "count" else times * ratios
    told = chart(rows, choice)
    html = table(rows, choice)
    for row in rows.dropna(subset="value").to_dict("records"):
        own = numbers[row["agency"]].dropna().sort_index()
        wanted = own[row["year"]] if way == "absolute" else 100 * own[row["year"]] / own.iloc[0]
        assert choice.as_told(row["value"]) == pytest.approx(wanted, abs=0.0501)
        assert told.panels[0].numbers[row["year"]][row["agency"]] == choice.as_told(row["value"])
        assert f"<td>{choice.as_told(row['value']):,.{0 if choice.is_count else 1}f}" in html
    for caption in (told.question, html):
        assert ("index (first year = 100)" in caption) == (way == "index")
        assert ("(%)" in caption) == (way == "absolute" and INDICATORS[name].unit == "share")


def test_an_index_over_a_first_year_of_nothing_is_none_and_says_so(data: Dataset) -> None:
    """It stopped the chart, and in the table the base was silently a later year."""
    choice = FigureChoice((POLICE, OFFICE), (), "requests", "new", "total", "index")
    counts = data.of_cell("requests/new/total")
    is_first = (counts["agency"] == POLICE) & (counts["year"] == 2019)
    rows = _index(
        counts[counts["agency"].isin(choice.agencies)].assign(value=counts["value"].mask(is_first, 0.0))
    )
    own = rows[rows["agency"] == POLICE]
    assert own["value"].isna().all()
    assert set(own["state"]) == {"zero_base"}
    drawn, told = chart(rows, choice), table(rows, choice)
    assert f"100 is the figure of 2019: {OFFICE}." in drawn.notes
    assert f"<p>100 is the figure of 2019: {OFFICE}.</p>" in told
    assert "<td>first year is not above 0: no index</td>" in told
    alone = chart(own, replace(choice, agencies=(POLICE,)))
    assert alone.title == "There is no number to draw: first year is not above 0: no index."


def test_an_index_names_a_base_that_is_not_the_first_year_shown(data: Dataset) -> None:
    counts = data.of_cell("requests/new/total")
    is_first = (counts["agency"] == SCHOOLS) & (counts["year"] == 2019)
    values, states = counts["value"].mask(is_first), counts["state"].mask(is_first, "blank")
    rows = _index(counts.assign(value=values, state=states).query("agency in (@OFFICE, @SCHOOLS)"))
    told = table(rows, replace(NEW, way="index"))
    assert f"100 is the figure of 2019: {OFFICE}." in told
    assert f"100 is the figure of 2020: {SCHOOLS}." in told


def test_a_share_of_nothing_and_a_share_of_the_unknown_are_told_apart(data: Dataset) -> None:
    part = data.of_cell("requests/new/natural_person")
    whole = data.of_cell("requests/new/total")
    whole = whole.assign(value=whole["value"].mask(whole["year"] == 2019, 0).mask(whole["year"] == 2020))
    rows = _share(part, whole).query(f"agency == '{OFFICE}'").set_index("year")
    assert list(rows.loc[[2019, 2020, 2021], "state"]) == ["zero_total", "no_total", "reported"]
    assert "no cases: no rate" in table(
        rows.reset_index(), replace(NEW, measure="natural_person", way="share")
    )


def test_amounts_in_different_units_are_not_drawn_on_one_scale(data: Dataset) -> None:
    """251000元 beside 160.5964万元 was a line from 251,000 to 161."""
    choice = replace(NEW, table="proactive", item="fees", measure="amount")
    rows = data.of_cell(choice.cell).query("agency in @choice.agencies and year >= 2023")
    rows = rows.assign(value=[251000.0, 160.5964, 3.0, 4.0], state="reported")
    rows = rows.assign(unit=["元", "万元", "万元", "万元"])
    sentence = "The reports tell it in different units, which are not converted: "
    drawn, told = chart(rows, choice), table(rows, choice)
    assert drawn.svg == ""
    assert all(pd.isna(line.get_ydata()).all() for line in drawn.figure().axes[0].get_lines())
    assert drawn.title.startswith(f"{sentence}万元 ({OFFICE} 2024; {SCHOOLS} 2023, 2024), 元 ({OFFICE} 2023)")
    assert sentence in told
    assert "<td>160.5964</td>" in told
    alone = rows.iloc[2:]
    assert chart(alone, choice).svg
    assert sentence not in table(alone, choice)
    assert list(_index(rows.sort_values(["agency", "year"]))["value"].round()) == [100, 100, 100, 133]


def test_each_doubt_has_its_sign_and_says_where_it_stands(data: Dataset) -> None:
    """One star stood for three reasons in the table, and for none in the chart."""
    rows = tidy(data, NEW)
    is_broken = (rows["agency"] == SCHOOLS) & rows["year"].isin([2020, 2024])
    rows = rows.assign(broken_sum=is_broken, corrected=(rows["agency"] == OFFICE) & (rows["year"] == 2024))
    drawn, told = chart(rows, NEW), table(rows, NEW)
    sentence = f"* a sum of the form that it takes part in does not hold: {SCHOOLS} 2020, 2024."
    for text in (told, "".join(drawn.notes)):
        assert sentence in text
        assert f"† corrected by a person: {OFFICE} 2024." in text
    assert drawn.svg.count('class="l3 open"') == 2
    assert drawn.svg.count('class="l0 open"') == 1
    assert ">871†<" in drawn.svg
    for sign in "*†":
        assert sum(note.startswith(sign) for note in drawn.notes) == 1, "told once"
    hollow = [line for line in drawn.figure().axes[0].get_lines() if line.get_markerfacecolor() == "white"]
    assert [list(line.get_xdata()) for line in hollow] == [[2024], [2020], [2024]]


def test_a_correction_in_doubt_is_told_once(data: Dataset) -> None:
    """Two sentences behind the same sign told it of the same number."""
    of_office = tidy(data, NEW)
    is_both = (of_office["agency"] == OFFICE) & (of_office["year"] == 2024)
    told = table(of_office.assign(corrected=is_both, doubted_correction=is_both), NEW)
    assert told.count("<p>†") == 1
    assert (
        f"† corrected by a person: the correction breaks a sum that holds as printed: {OFFICE} 2024." in told
    )


def test_a_picture_says_alone_what_it_shows(data: Dataset) -> None:
    """A saved PNG had neither the figure's name nor its unit, nor why a line has a gap."""
    choice = replace(NEW, way="index")
    figure = chart(tidy(data, choice), choice).figure()
    heading, course = figure.get_suptitle().split("\n")[:2]
    assert heading == "Newly received requests: total, index (first year = 100)"
    assert course.startswith(f"{OFFICE} rose from 100.0 in 2019 to 279.2 in 2024")
    assert f"{SCHOOLS} rose from 100.0 in 2019" in figure.get_suptitle().replace("\n", " ")
    assert figure.axes[0].get_ylabel() == "first year = 100"
    assert f"{SCHOOLS}: no report on 2022." in figure.get_supxlabel()
    rows = tidy(data, choice)
    assert set(rows["figure"]) == {"requests/new/total"}
    assert set(rows["shown"]) == {"index"}


def test_changes_below_zero_stay_within_the_drawing(data: Dataset) -> None:
    choice = replace(NEW, table="proactive", item="licences", measure="change", agencies=(OFFICE,))
    rows = data.of_cell(choice.cell).query("agency == @OFFICE and year <= 2020")
    drawn = chart(rows.assign(value=[19.0, -8.0], state="reported"), choice)
    heights = [float(y) for y in re.findall(r'<circle [^>]*cy="([\d.]+)"', drawn.svg)]
    assert len(heights) == 2
    assert 0 < heights[0] < heights[1] <= HEAD + HEIGHT
    assert drawn.figure().axes[0].get_ylim()[0] <= -8


def test_the_printed_cell_is_of_the_agency_named_first(data: Dataset) -> None:
    """It was that of the last in the order of names."""
    for agencies in ((OFFICE, POLICE), (POLICE, OFFICE)):
        assert FigureView(data, replace(NEW, agencies=agencies))._one("", 0)[0] == agencies[0]


def test_no_sign_lies_on_a_point_and_none_touches_the_edge(data: Dataset) -> None:
    """The halo of a sign almost erased the point of another agency, just above the one that bore it."""
    rows = tidy(data, replace(NEW, agencies=(OFFICE, POLICE)))
    near = {OFFICE: [43.8, 55.4, 40.3, 45.9, 43.3, 39.6], POLICE: [47.2, 44.3, 40.3, 48.8, 45.3, 40.5]}
    values = [value for agency in (OFFICE, POLICE) for value in near[agency]]
    rows = rows.assign(value=values, broken_sum=True, corrected=rows["year"] == 2022)
    figure = chart(rows, replace(NEW, agencies=(OFFICE, POLICE))).figure()
    figure.draw_without_rendering()
    (axes,) = figure.axes
    points = [at for line in axes.get_lines() for at in axes.transData.transform(line.get_xydata())]
    signs = [text for text in axes.texts if text.get_text()]
    assert len(signs) == len(rows)
    for sign in signs:
        assert sign.get_path_effects() == []
        box = sign.get_window_extent()
        assert not any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for x, y in points), sign.get_text()
        assert box.y1 < axes.get_window_extent().y1
    assert axes.get_ylim()[1] > 1.1 * max(values)


def test_a_sign_is_clear_of_the_axis_and_of_its_years(data: Dataset) -> None:
    """A star of a 0 lay on the tick below it."""
    rows = tidy(data, replace(NEW, agencies=(POLICE,)))
    rows = rows.assign(value=[40, 0, 38, 0, 45, 0], broken_sum=True)
    figure = chart(rows, replace(NEW, agencies=(POLICE,))).figure()
    figure.draw_without_rendering()
    (axes,) = figure.axes
    signs = [text for text in axes.texts if text.get_text()]
    assert len(signs) == len(rows)
    assert all(sign.get_window_extent().y0 > axes.get_window_extent().y0 for sign in signs)


def test_each_hollow_point_of_each_line_has_its_sign_in_the_drawing(data: Dataset) -> None:
    """All lines but the first had the hollow point alone."""
    rows = tidy(data, replace(NEW, agencies=(OFFICE, POLICE)))
    drawn = chart(rows.assign(broken_sum=rows["year"] == 2022), replace(NEW, agencies=(OFFICE, POLICE)))
    assert drawn.svg.count('open"') == 2
    assert drawn.svg.count("*</text>") == 2


def test_the_title_of_many_agencies_tells_how_many(data: Dataset) -> None:
    rows = tidy(data, NEW)
    many = tuple(f"示例{n}局" for n in range(4))
    each = pd.concat([rows[rows["agency"] == OFFICE].assign(agency=name) for name in many])
    drawn = chart(each, replace(NEW, agencies=many))
    assert drawn.title == "4 agencies, 2019 to 2024"
    assert chart(each, replace(NEW, agencies=many, language="zh")).title == "2019—2024年，4个机关"


def test_an_indicator_is_shown_by_its_numbers_and_cells(data: Dataset, tmp_path: Path) -> None:
    """It was a formula in words, without a number or an id, and the CSV had neither side of it."""
    choice = FigureChoice((POLICE, SCHOOLS), (), *parts_of("公开率"))
    assert (choice.table, choice.item) == (INDICATOR, "disclosure_rate")
    assert parts_of("i_disclosure_rate") == parts_of("indicators/disclosure_rate") == parts_of("公开率")
    assert parts_of("rq_new_tot") == ("requests", "new", "total")
    cells = [f"requests/{item}/total" for item in ("granted", "partly_granted", "outcome_total")]
    numbers = [data.series(POLICE, cell).loc[2022, "value"] for cell in cells]
    told = FigureView(data, choice)._picture(POLICE, 2022)
    rate = 100 * (numbers[0] + numbers[1]) / numbers[2]
    assert "({:g} + {:g}) ÷ {:g} = ".format(*numbers) + f"{rate:.1f}%" in told
    assert all(cell in told for cell in cells)
    assert f"{POLICE}, 2024: (" in FigureView(data, choice)._picture("", 0), "the newest of the first"
    FigureView(data, choice, str(tmp_path))._saved()
    saved = pd.read_csv(next(tmp_path.glob("*.csv"))).set_index(["agency", "year"]).loc[(POLICE, 2022)]
    assert [saved["numerator"], saved["denominator"]] == [numbers[0] + numbers[1], numbers[2]]
    with pytest.raises(Refused, match="nothing is chosen"):
        FigureView(data, choice)._picture(SCHOOLS, 2022)


def test_a_figure_without_a_page_is_shown_in_its_row_in_the_language_chosen(data: Dataset) -> None:
    choice = replace(NEW, agencies=(SCHOOLS,))
    told = FigureView(data, choice)._picture(SCHOOLS, 2024)
    assert "there is no page to draw requests/new/total" in told
    assert "<th>自然人</th>" in told
    assert "<strong><mark>" in told
    assert "没有可供截图的页面" in FigureView(data, replace(choice, language="zh"))._picture(SCHOOLS, 2024)
    with pytest.raises(Refused, match="no report on 2022"):
        FigureView(data, choice)._picture(SCHOOLS, 2022)


def test_each_sign_has_one_meaning() -> None:
    """A ? was both a number that was read with doubt and a report that may be another agency's."""
    meanings = [doubt.replace("doubted_correction", "corrected") for doubt in SIGNS]
    assert len(set(meanings)) == len(set(SIGNS.values()))
