"""What `import ogi` offers, on the samples of three agencies."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import ogi
from ogi.agencies import UnknownAgency
from ogi.api.labels import labelled
from ogi.api.printed import ReadRow
from ogi.api.yearly import by_year
from ogi.compare import annual, indicators
from ogi.explore import FigureChoice
from ogi.explore.chart import chart
from ogi.explore.frames import tidy
from ogi.ingest import ingest
from ogi.review.gather import gathered
from ogi.said import Refused
from ogi.tables import SCHEMAS, MissingTablesError

ROOT = Path(__file__).resolve().parents[2]
HONGZE, POLICE, TOWN = "淮安市洪泽区人民政府", "示例市公安局", "示例镇人民政府"
RESULTS = "review/reconsideration/total"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A folder with data/samples and the dataset made of it; a correction lies on one figure of the town."""
    folder = tmp_path_factory.mktemp("project")
    for agency, years in ((HONGZE, "2023"), (POLICE, "*"), (TOWN, "202[124]")):
        own = folder / "data" / "samples" / agency
        own.mkdir(parents=True)
        for file in (samples / agency).glob(f"{years}.*"):
            shutil.copyfile(file, own / file.name)
    printed = ogi.read(samples / TOWN / "2021.txt").figures.set_index(["table", "item", "measure"])["printed"]
    cell = "requests", "new", "total"
    row = f"{TOWN},2021,{','.join(cell)},{printed[cell]},7,told by phone,note,W,2025-01-01"
    head = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when"
    (folder / "data" / "corrections.csv").write_text(f"{head}\n{row}\n", "utf-8")
    (doubt,) = ingest(folder / "data" / "samples", folder / "data" / "tables").failures
    assert "breaks a sum that holds without it" in doubt
    return folder


@pytest.fixture(scope="module")
def data(project: Path) -> ogi.Dataset:
    return ogi.dataset(project / "data" / "tables", project / "data" / "samples")


def test_import_ogi_loads_no_other_module() -> None:
    """Not even its own rooms: what `ogi` offers comes when it is asked for."""
    before = "import os, typing, sys; before = {*sys.modules}; import ogi; print(*{*sys.modules} - before)"
    done = subprocess.run([sys.executable, "-c", before], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"__future__", "ogi"}


def test_what_it_offers_is_listed_and_nothing_else_is_there() -> None:
    assert set(ogi.__all__) <= set(dir(ogi))
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        ogi.raed  # noqa: B018


def test_one_report_gives_its_tables_as_the_dataset_has_them(samples: Path) -> None:
    report = ogi.read(str(samples / HONGZE / "2023.pdf"))
    assert (report.agency, report.year) == ("洪泽区人民政府", 2023)
    assert list(report.figures.columns) == SCHEMAS["figures"].names
    assert list(report.narratives.columns) == SCHEMAS["narratives"].names
    broken = report.verdicts.query("verdict == 'broken' and rule_id == 'review.results'")
    assert list(broken["difference"]) == [11, 5]
    width, height = report.where(RESULTS).size
    assert 50 < width < 400
    assert 50 < height < 400


def test_a_figure_by_year_tells_why_a_year_has_none(data: ogi.Dataset) -> None:
    found = data.series(TOWN, "requests/new/total")
    assert list(found.index) == [2021, 2022, 2023, 2024]
    assert found.loc[2021, "value"] == 7
    assert list(found["corrected"]) == [True, False, False, False]
    assert found.loc[2023, "state"] == "no_report"
    assert found["comparable"].all()
    on_one_form = data.series(POLICE, "requests/other.fee_unpaid/total")
    assert dict(on_one_form["state"].loc[2019:2021]) == {2019: "absent", 2020: "absent", 2021: "reported"}
    assert not on_one_form["comparable"].any()


def test_figures_are_as_corrected_and_tell_by_whom(data: ogi.Dataset) -> None:
    (row,) = data.figures[data.figures["corrected_by"].notna()].to_dict("records")
    assert (row["value"], row["corrected_by"], row["correction_reason"]) == (7, "W", "told by phone")
    (asked,) = data.sql("select value from figures_corrected where corrected_by = 'W'")["value"]
    assert asked == 7


def test_agencies_verdicts_and_indicators(data: ogi.Dataset) -> None:
    assert data.agencies == [HONGZE, POLICE, TOWN]
    assert list(data.verdicts.columns) == SCHEMAS["checks"].names
    every, own = data.indicators(), data.indicators(POLICE)
    pd.testing.assert_frame_equal(every[every["agency"] == POLICE].reset_index(drop=True), own)


def test_an_agency_or_a_figure_that_is_not_there_names_the_nearest(data: ogi.Dataset) -> None:
    for ask in (
        data.indicators,
        lambda name: data.series(name, RESULTS),
        lambda name: data.where(name, 1, ""),
    ):
        with pytest.raises(UnknownAgency, match=rf"^示例公安: .*nearest: {POLICE}"):
            ask("示例公安")
    with pytest.raises(Refused, match=r"nearest: requests/new/total"):
        data.series(POLICE, "requests/now/total")
    with pytest.raises(MissingTablesError):
        ogi.dataset("no/such/folder")


def test_a_printed_cell_is_cut_from_the_file_that_was_read_and_no_other(
    data: ogi.Dataset, project: Path, tmp_path: Path
) -> None:
    assert (
        data.where(HONGZE, 2023, RESULTS).size
        == ogi.read(project / "data/samples" / HONGZE / "2023.pdf").where(RESULTS).size
    )
    with pytest.raises(Refused, match="no report on 2023; there are those on 2021, 2022, 2024"):
        data.where(TOWN, 2023, RESULTS)
    shutil.copytree(project / "data" / "samples", tmp_path / "samples")
    shutil.copy(project / "data/samples" / POLICE / "2022.pdf", tmp_path / "samples" / HONGZE / "2023.pdf")
    with pytest.raises(Refused, match="expected the file that was read, found another"):
        ogi.dataset(data.folder, tmp_path / "samples").where(HONGZE, 2023, RESULTS)


def test_a_figure_without_a_page_is_shown_in_its_row_as_read(data: ogi.Dataset, samples: Path) -> None:
    """It was a ValueError with a traceback that sent to another program."""
    row = data.where(TOWN, 2021, "requests/new/total")
    assert isinstance(row, ReadRow)
    assert row.label == "一、本年新收政府信息公开申请数量"
    assert [(head, is_meant) for head, _, is_meant in row.cells][-1] == ("总计", True)
    printed = data.sql(f"select printed from figures where agency = '{TOWN}' and year = 2021")
    (total,) = (text for _, text, is_meant in row.cells if is_meant)
    assert total in set(printed["printed"])
    assert "2021.txt（文本）" in row.html("zh")
    assert f"<mark>{total}</mark>" in row._repr_html_()
    page = ogi.read(samples / "示例市公安局" / "2024.html").where(RESULTS)
    assert isinstance(page, ReadRow)
    assert len({head for head, _, _ in page.cells}) == 15, "the heads of a review alone are thrice the same"
    assert [head for head, _, is_meant in page.cells if is_meant] == ["行政复议 › 总计"]


def test_a_figure_that_is_not_printed_is_one_sentence(tmp_path: Path, samples: Path) -> None:
    text = (samples / TOWN / "2021.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if "重复申请" not in line]
    (tmp_path / "2021.txt").write_text("\n".join(lines), "utf-8")
    report = ogi.read(tmp_path / "2021.txt")
    cell = "requests/not_processed.repeated/total"
    assert set(report.figures.query("item == 'not_processed.repeated'")["state"]) == {"absent"}
    with pytest.raises(Refused, match=f"{cell} .*the report does not print it") as refused:
        report.where(cell)
    assert refused.value._render_traceback_() == [str(refused.value)]


def test_where_the_reports_lie_is_what_the_dataset_was_made_of(project: Path, tmp_path: Path) -> None:
    tables = project / "data" / "tables"
    assert ogi.dataset(tables).where(HONGZE, 2023, RESULTS).size[0] > 0
    with pytest.raises(Refused, match=r"2023\.pdf: is not there; name the folder .*reports="):
        ogi.dataset(tables, tmp_path).where(HONGZE, 2023, RESULTS)
    shutil.copytree(tables, tmp_path / "tables", ignore=shutil.ignore_patterns(".made_of"))
    with pytest.raises(Refused, match="where the reports lie is not known"):
        ogi.dataset(tmp_path / "tables").where(HONGZE, 2023, RESULTS)


def test_frames_are_labelled_in_both_languages(data: ogi.Dataset) -> None:
    figures = labelled(data.figures)
    new = figures[(figures["item"] == "new") & (figures["measure"] == "total")].iloc[0]
    assert (new["item_en"], new["item_zh"], new["state_zh"]) == (
        "Newly received requests",
        "本年新收政府信息公开申请数量",
        "数字",
    )
    both = "table item measure state".split()
    assert (
        figures[[f"{name}_{language}" for name in both for language in ("en", "zh")]].notna().all(axis=None)
    )
    told = labelled(data.verdicts)
    assert told[["rule_id_en", "rule_id_zh", "verdict_en", "verdict_zh"]].notna().all(axis=None)
    assert labelled(data.indicators())[["indicator_en", "indicator_zh"]].notna().all(axis=None)
    assert labelled(data.series(TOWN, RESULTS))["state_zh"].notna().all()
    with pytest.raises(ValueError, match="expected a column table"):
        labelled(pd.DataFrame({"a": [1]}))


def test_what_the_readme_shows_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert len(code.splitlines()) <= 8
    monkeypatch.chdir(project)
    exec(code, {})


def test_the_chart_of_own_reports_drops_no_value_and_names_what_it_shows(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Years between two gaps vanished for want of markers, agencies without a value stood in the legend."""
    text = (ROOT / "docs" / "own-reports.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(project)
    names: dict[str, Any] = {}
    exec(code.replace("my_tables", "data/tables").replace("my_reports", "data/samples"), names)
    doubts = set(names["data"].indicators().select_dtypes("bool"))
    # A conflict has no value, and a correction in doubt is one.
    assert set(names["reasons"]) == doubts - {"conflict", "doubted_correction"}
    axes, rates = names["axes"], names["data"].indicators().query("indicator == 'disclosure_rate'")
    known = rates.dropna(subset="value")
    drawn = {line.get_label(): line for line in axes.get_lines()}
    marks = drawn.pop("_marked")
    assert set(drawn) == set(known["agency"])
    small = known[known["small_denominator"]]
    assert len(small) > 0
    hollow = set(zip(*marks.get_data(), strict=True))
    assert set(zip(small["year"], 100 * small["value"], strict=True)) <= hollow
    assert (marks.get_color(), marks.get_zorder()) == ("white", 2)
    for agency, own in known.groupby("agency"):
        points = np.asarray(drawn[agency].get_ydata(), dtype=float)
        assert sorted(points[~np.isnan(points)]) == pytest.approx(sorted(100 * own["value"]))
        assert drawn[agency].get_marker() == "o"
    assert (axes.get_title(), axes.get_ylabel()) == ("Disclosure rate (white: with a reservation)", "%")


def test_a_folder_is_also_sought_at_the_top_of_the_project(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook in notebooks/ names it as one at the top does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ogi.files.ROOT", project)
    assert ogi.dataset("data/tables", "data/samples").agencies


def test_matplotlib_writes_chinese_without_a_word(recwarn: pytest.WarningsRecorder) -> None:
    ogi.use_font()
    figure = Figure()
    figure.subplots().set_title("公开率")
    figure.savefig(io.BytesIO())
    assert [str(one.message) for one in recwarn if "Glyph" in str(one.message)] == []


def test_the_value_of_an_indicator_is_in_the_unit_that_stands_beside_it(data: ogi.Dataset) -> None:
    """Disputes per hundred requests were told as a fraction here, and per hundred on the page."""
    rows = data.indicators(POLICE).query("year == 2024").set_index("indicator")
    assert rows.loc["dispute_rate", "unit"] == "per_hundred"
    below, above = (rows.loc["dispute_rate", side] for side in ("denominator", "numerator"))
    assert rows.loc["dispute_rate", "value"] == pytest.approx(100 * above / below)
    assert round(rows.loc["dispute_rate", "value"], 1) == 10.5
    assert rows.loc["disclosure_rate", "unit"] == "share"
    assert 0 < rows.loc["disclosure_rate", "value"] < 1
    assert rows.loc["requests_handled", "unit"] == "count"
    told = str(ogi.Dataset.indicators.__doc__)
    assert [name for name in rows.reset_index().columns if f"`{name}`" not in told] == []


def test_a_figure_in_a_sum_that_does_not_hold_is_marked(data: ogi.Dataset) -> None:
    """洪泽 printed a total of 0 over 10 and 1; in the frame it looked like any other figure."""
    found = data.series(HONGZE, RESULTS)
    assert (found.loc[2023, "value"], bool(found.loc[2023, "broken_sum"])) == (0, True)
    assert found.loc[2023, "unit"] == "件"
    assert not data.series(HONGZE, "requests/new/total")["broken_sum"].any()


def test_a_correction_that_breaks_its_sum_is_told_alike_wherever_figures_are_asked_for(
    data: ogi.Dataset,
) -> None:
    """The sum held as printed: the correction is in doubt, and the report is not."""
    cell = "requests/new/total"
    rows = (
        data.series(TOWN, cell).loc[2021],
        data.of_cell(cell).set_index(["agency", "year"]).loc[TOWN, 2021],
        data.indicators(TOWN).set_index(["year", "indicator"]).loc[2021, "requests_handled"],
        gathered(data.folder, 2021)
        .indicators.set_index(["agency", "indicator"])
        .loc[TOWN, "requests_handled"],
    )
    assert [(bool(row["broken_sum"]), bool(row["doubted_correction"])) for row in rows] == [(False, True)] * 4
    others = data.series(TOWN, cell).loc[2022:]
    assert not others["doubted_correction"].any()


def test_a_figure_is_known_by_its_variable_in_the_panel_and_by_its_labels(data: ogi.Dataset, project: Path):
    by_id = data.series(TOWN, "requests/new/total")
    for name in ("rq_new_tot", "rq_new_tot_s", "本年新收政府信息公开申请数量/总计"):
        pd.testing.assert_frame_equal(data.series(TOWN, name), by_id)
        pd.testing.assert_frame_equal(data.of_cell(name), data.of_cell("requests/new/total"))
    report = ogi.read(project / "data/samples" / HONGZE / "2023.pdf")
    for picture in (report.where("rv_recon_tot"), data.where(HONGZE, 2023, "rv_recon_tot")):
        assert picture.tobytes() == report.where("review/reconsideration/total").tobytes()
    with pytest.raises(Refused, match="l_rq_new_tot"):  # last year's: another row
        data.series(TOWN, "l_rq_new_tot")


def test_a_query_finds_the_indicators_and_no_variable_of_a_program(data: ogi.Dataset) -> None:
    """FROM indicators named a function of ours, and FROM query the query itself."""
    asked = data.sql("SELECT value FROM indicators WHERE indicator = 'dispute_rate' AND year = 2024")
    own = data.indicators().query("indicator == 'dispute_rate' and year == 2024")
    assert sorted(asked["value"]) == sorted(own["value"])
    for name in ("query", "data", "figrues"):
        with pytest.raises(Refused, match=r"does not exist; the tables are figures, .*, indicators$"):
            data.sql(f"SELECT * FROM {name}")


def test_an_indicator_asked_for_as_a_cell_is_told_where_it_is(data: ogi.Dataset) -> None:
    cells = "requests/granted/total, requests/partly_granted/total, requests/outcome_total/total"
    for name in (
        "indicators/disclosure_rate",
        "disclosure_rate",
        "公开率",
        "i_disclosure_rate",
        "Disclosure rate",
    ):
        for ask in (lambda name: data.series(POLICE, name), lambda name: data.where(POLICE, 2022, name)):
            with pytest.raises(Refused, match=rf"an indicator stands in no cell; .* of the cells {cells};"):
                ask(name)
    with pytest.raises(Refused, match=r"nearest: .*予以公开 / "):
        data.series(POLICE, "予以公布/自然人")


def test_an_indicator_tells_that_a_figure_of_it_was_corrected_or_read_with_doubt(
    data: ogi.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rate of corrected figures looked like any other, in the frame and in SQL."""
    marked = data.indicators().query("corrected")
    assert set(marked["agency"]) == {TOWN}
    assert set(marked["year"]) == {2021}
    assert "requests_handled" in set(marked["indicator"])
    assert "disclosure_rate" not in set(marked["indicator"]), "it is not computed of new requests"
    pd.testing.assert_frame_equal(
        data.indicators(TOWN).query("corrected").reset_index(drop=True), marked.reset_index(drop=True)
    )
    asked = data.sql("SELECT DISTINCT agency, year FROM indicators WHERE corrected")
    assert asked.to_dict("list") == {"agency": [TOWN], "year": [2021]}
    assert not data.indicators()["doubt"].any()
    figures = data.figures
    is_faint = (figures["agency"] == POLICE) & (figures["year"] == 2024) & (figures["item"] == "granted")
    monkeypatch.setitem(data.__dict__, "_all_corrected", figures.assign(confidence=(~is_faint).astype(float)))
    monkeypatch.delitem(data.__dict__, "annual", raising=False)
    faint = data.indicators().query("doubt")
    assert set(faint["agency"]) == {POLICE}
    assert "disclosure_rate" in set(faint["indicator"])
    by_cell = data.of_cell("requests/granted/total").query("doubt")
    assert by_cell[["agency", "year"]].to_dict("list") == {"agency": [POLICE], "year": [2024]}
    monkeypatch.delitem(data.__dict__, "annual")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "nothing"),
        ("-- x", "nothing"),
        ("DROP TABLE figures", "DROP"),
        ("select 1; select 2", "SELECT, SELECT"),
    ],
)
def test_what_is_no_query_is_refused_in_one_sentence(data: ogi.Dataset, query: str, found: str) -> None:
    """The empty one raised an AttributeError; DROP was answered as if there were no such table."""
    with pytest.raises(Refused) as refused:
        data.sql(query)
    assert str(refused.value) == f"one SELECT is expected, found {found}"


def test_what_answers_like_a_select_is_asked(data: ogi.Dataset) -> None:
    assert len(data.sql("DESCRIBE figures")) == len(SCHEMAS["figures"].names)
    pivot = data.sql("PIVOT (SELECT agency, year FROM reports) ON year USING count(*)")
    assert len(pivot) == len(data.agencies)


def test_the_same_figures_are_there_in_sql_by_name(data: ogi.Dataset) -> None:
    """`figures` means the corrected ones here and the printed ones there: each says so."""
    asked = data.sql(f"SELECT value FROM figures_corrected WHERE agency = '{TOWN}' AND year = 2021")
    own = data.figures.query("agency == @TOWN and year == 2021")
    assert sorted(asked["value"].dropna()) == sorted(own["value"].dropna())
    for told in (ogi.Dataset.figures.__doc__, ogi.Dataset.sql.__doc__):
        assert "figures_corrected" in str(told)
        assert "as printed" in str(told)


def test_a_frame_of_ones_own_is_joined_by_its_name_and_hides_no_table(data: ogi.Dataset) -> None:
    pop = pd.DataFrame({"agency": [TOWN], "year": [2021], "people": [40_000]})
    query = (
        "SELECT agency, value, people FROM figures_corrected JOIN pop USING (agency, year) WHERE item = 'new'"
    )
    found = data.sql(query, pop=pop)
    assert set(found["agency"]) == {TOWN}
    assert set(found["people"]) == {40_000}
    for name in ("reports", "Figures", "figures_corrected", "indicators"):
        with pytest.raises(Refused, match=f"{name}: a table has this name"):
            data.sql("SELECT 1", **{name: pop})
    with pytest.raises(Refused, match="indicators, pop"):
        data.sql("SELECT * FROM popp", pop=pop)


def test_two_files_that_differ_are_a_conflict_in_series_and_indicators_and_keep_the_unit(
    data: ogi.Dataset,
) -> None:
    """The year looked like one that could not be read: state unreadable, and not even a unit."""
    figures = data.figures[data.figures["agency"] == TOWN]
    again = figures[figures["year"] == 2024].assign(report_id=f"{TOWN}/2024 again.txt")
    is_new = (again["item"] == "new") & (again["measure"] == "total")
    again.loc[is_new, "value"] = again.loc[is_new, "value"] + 45
    years = annual(pd.concat([figures, again], ignore_index=True), keep_parts=True)
    own = data.reports[data.reports["agency"] == TOWN]
    row = by_year(years, own, "requests/new/total").set_index("year").loc[2024]
    assert (row["conflict"], row["unit"]) == (True, "件")
    assert np.isnan(row["value"])
    told = indicators(years).set_index(["year", "indicator"])["conflict"]
    assert told[2024, "requests_handled"]
    assert not told[2024, "disclosure_rate"]
    assert not told[2021].any()


CELL = ["table", "item", "measure"]
DOUBTS = ["conflict", "broken_sum", "doubted_correction", "doubted_title"]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> ogi.Dataset:
    """The town's reports: 2021 in two files that differ, 2022 in two alike, 2020 under another's title."""
    folder = tmp_path_factory.mktemp("twice") / "raw" / TOWN
    folder.mkdir(parents=True)
    text = (samples / TOWN / "2020.md").read_text("utf-8")
    (folder / "2020.md").write_text(text.replace(TOWN, "示例县财政局"), "utf-8")
    for name in ("2021.txt", "2022.txt"):
        shutil.copy(next(samples.glob(f"{TOWN}/{name[:4]}.*")), folder)
    kept = sorted(folder.glob("202[12].*"))
    for file in kept:
        shutil.copy(file, folder / f"{file.stem} again{file.suffix}")
    again = folder / "2021 again.txt"
    row = r"(一、本年新收政府信息公开申请数量\n(?:\s*0\n){6}\s*)0"
    again.write_text(re.sub(row, r"\g<1>45", again.read_text("utf-8")), "utf-8")
    ingest(folder.parent, folder.parent.parent / "tables")
    return ogi.dataset(folder.parent.parent / "tables")


def of(rows: pd.DataFrame, cell: str) -> pd.DataFrame:
    return rows[(rows[CELL] == cell.split("/")).all(axis=1)]


def test_a_row_of_figures_bears_what_is_in_doubt_of_its_year(twice: ogi.Dataset, data: ogi.Dataset) -> None:
    """Two files on a year doubled it, and no row told that it was in doubt."""
    rows = of(twice.figures, "requests/new/total")
    told = rows.groupby("year")[["files", *DOUBTS]].max()
    assert told["files"].to_dict() == {2020: 1, 2021: 2, 2022: 2}
    assert told["conflict"].to_dict() == {2020: False, 2021: True, 2022: False}
    assert told["broken_sum"].to_dict() == {2020: False, 2021: True, 2022: False}
    assert twice.figures.groupby("year")["doubted_title"].all().to_dict() == {
        2020: True,
        2021: False,
        2022: False,
    }
    refuted = data.figures.query("doubted_correction")
    assert set(refuted["corrected_by"].dropna()) == {"W"}
    assert refuted[["agency", "year", "item", "measure"]].values.tolist() == [[TOWN, 2021, "new", "total"]]


def test_rows_of_figures_are_marked_as_their_years_in_of_cell(twice: ogi.Dataset, data: ogi.Dataset) -> None:
    for one in (twice, data):
        assert one.figures[DOUBTS].any(axis=None)
        for cell in ("requests/new/total", RESULTS, "requests/other.other/total", "proactive/fees/amount"):
            rows = of(one.figures, cell)
            both = rows.merge(one.of_cell(cell), on=["agency", "year"], suffixes=("", "_of_cell"))
            assert len(both) == len(rows) > 0
            for doubt in DOUBTS:
                assert both[doubt].tolist() == both[f"{doubt}_of_cell"].tolist(), (cell, doubt)


def test_the_view_annual_is_of_cell_for_all_cells_and_one_row_a_year(twice: ogi.Dataset, data: ogi.Dataset):
    """SQL summed both files of a year; the worked query ranked the sum's parts one by one."""
    for one in (twice, data):
        rows = one.sql("SELECT * FROM annual")
        assert not rows.duplicated(["agency", "year", *CELL]).any()
        for cell in ("requests/new/total", "requests/other/total", "requests/other.other/total", RESULTS):
            own = of(rows, cell).drop(columns=CELL).sort_values(["agency", "year"])
            wanted = one.of_cell(cell)
            wanted = wanted[wanted["form"].notna()]
            assert len(own) > 0
            pd.testing.assert_frame_equal(own.reset_index(drop=True), wanted.reset_index(drop=True))
    assert twice.sql("SELECT state FROM annual WHERE conflict")["state"].eq("unreadable").all()


def test_corrected_figures_are_marked_in_sql_as_in_python(twice: ogi.Dataset) -> None:
    key = ["report_id", *CELL]
    asked = twice.sql("SELECT * FROM FIGURES_CORRECTED").sort_values(key).reset_index(drop=True)
    own = twice.figures.sort_values(key).reset_index(drop=True)
    pd.testing.assert_frame_equal(asked, own, check_dtype=False)
    assert list(twice.sql("SELECT * FROM figures").columns) == SCHEMAS["figures"].names


def test_what_another_agency_reports_is_no_figure_of_the_folders(tmp_path: Path, samples: Path) -> None:
    """公安局's report in 教育局's folder was 教育局's year in series and indicators, without a word."""
    agency, tables = "示例市教育局", tmp_path / "tables"
    folder = tmp_path / "raw" / agency
    folder.mkdir(parents=True)
    shutil.copy(samples / agency / "2024.html", folder)
    shutil.copy(samples / POLICE / "2021.html", folder)
    ingest(tmp_path / "raw", tables)
    data = ogi.dataset(tables)
    series = data.series(agency, "requests/new/total")
    assert series["state"].to_dict() == {2021: "misfiled", 2024: "reported"}
    assert series["value"].notna().to_dict() == {2021: False, 2024: True}
    pd.testing.assert_frame_equal(data.of_cell("rq_new_tot").drop(columns="agency").set_index("year"), series)
    police = tmp_path / "raw" / POLICE
    police.mkdir()
    shutil.copy(samples / POLICE / "2024.html", police)
    ingest(tmp_path / "raw", tables)
    data = ogi.dataset(tables)
    states = data.of_cell("requests/new/total").set_index(["agency", "year"])["state"]
    assert states[POLICE].to_dict() == {2021: "elsewhere", 2024: "reported"}
    choice = FigureChoice((agency, POLICE), (), "requests", "new", "total")
    drawn = chart(tidy(data, choice), choice)
    assert f"{POLICE}: its report on 2021, by the title, lies in another agency's folder." in drawn.notes
    assert f"{agency}: the file in its folder on 2021 is another agency's report." in drawn.notes
    assert set(data.indicators(agency)["year"]) == set(data.indicators()["year"]) == {2024}
    assert set(data.figures["year"]) == {2021, 2024}


@pytest.mark.parametrize("is_marked", [False, True])
def test_what_may_be_another_agencys_is_doubted_in_its_year(
    tmp_path: Path, samples: Path, is_marked: bool
) -> None:
    """Series and indicators told its figures without a word."""
    agency, tables, marks = "示例镇人民政府", tmp_path / "tables", tmp_path / "review_marks.csv"
    folder = tmp_path / "raw" / agency
    folder.mkdir(parents=True)
    text = (samples / agency / "2020.md").read_text("utf-8")
    (folder / "2020.md").write_text(text.replace(agency, "示例县财政局"), "utf-8")
    shutil.copy(samples / agency / "2021.txt", folder)
    mark = f"{agency},2020,agency.folder,,explained,renamed,W,2025-03-31\n" if is_marked else ""
    marks.write_text("agency,year,rule_id,cells,mark,comment,who,when\n" + mark, "utf-8")
    ingest(tmp_path / "raw", tables, marks=marks)
    data, wanted = ogi.dataset(tables), {2020: not is_marked, 2021: False}
    cell = "requests/new/total"
    assert data.series(agency, cell)["doubted_title"].to_dict() == wanted
    assert data.of_cell(cell).set_index("year")["doubted_title"].to_dict() == wanted
    for rows in (data.indicators(), data.indicators(agency)):
        assert rows.groupby("year")["doubted_title"].agg(["all", "any"]).to_dict() == {
            "all": wanted, "any": wanted,
        }  # fmt: skip
    assert not data.series(agency, cell)["doubt"].any()


def test_a_printed_cell_of_a_later_page_comes_with_the_head_of_its_column(samples: Path) -> None:
    report = ogi.read(samples / HONGZE / "2023.pdf")
    pages = report.figures.set_index(["table", "item", "measure"])["page"]
    cells = [("requests", item, "research") for item in ("new", "carried_out")]
    assert pages[cells[0]] < pages[cells[1]], "the table goes over two pages"
    first, later = (report.where("/".join(cell)).convert("L") for cell in cells)
    assert abs(first.width - later.width) <= 4
    heads = [one.crop((one.width - 60, 0, one.width, one.height - 48)) for one in (first, later)]
    ink = [sum(level < 100 for level in head.tobytes()) for head in heads]
    assert ink[1] > 300, "words"
    assert ink[1] == pytest.approx(ink[0], rel=0.1)
