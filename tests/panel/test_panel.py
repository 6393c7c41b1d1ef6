"""The panel: the same rows in every format, each value what compare, checks and agencies say it is."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import ogi
from ogi.agencies import Agencies
from ogi.cli import app
from ogi.columns import CELLS
from ogi.compare import INDICATORS, indicators, is_divided
from ogi.panel import VARIABLES, Variable, codebook, export, rows_of
from ogi.panel.files import Seen
from ogi.panel.package import FILES, citation, version_of
from ogi.panel.stata import write_stata
from ogi.panel.variables import LONGEST_LABEL, LONGEST_NAME, SCHEMA, short_name
from ogi.said import told
from ogi.tables import empty, first_read, from_rows, joined, parts, read, write
from ogi.tables.export import restored
from tests.panel.made import BUREAU, FORMULA, NEW, SECTION, dataset
from tests.reports_made import figures, made


@pytest.fixture(scope="module")
def panel(out: Path) -> pd.DataFrame:
    return pd.read_parquet(out / "panel.parquet").set_index(["agency", "year"])


# --- the declaration --------------------------------------------------------------------------------


def test_names_are_such_as_stata_takes_and_each_is_one() -> None:
    names = [one.name for one in VARIABLES]
    assert len({name.lower() for name in names}) == len(names)
    assert [
        name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or len(name) > LONGEST_NAME
    ] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_labels_are_as_long_as_stata_takes_and_mostly_of_rules_are_cut(language: str) -> None:
    labels = {one.name: one.label_in(language) for one in VARIABLES}
    assert [name for name, label in labels.items() if len(label) > LONGEST_LABEL] == []
    cut = [one for one in VARIABLES if labels[one.name] != told(one.labelled, language)]
    assert {one.role for one in cut} == ({"rule", "cell", "lag", "lag_doubt"} if language == "en" else set())
    assert len(set(labels.values())) == len(labels)  # whose end is cut still tells which year it is of
    assert [one.name for one in cut if one.role == "cell"] == ["rq_not_proc_reconfirm_pi"][: len(cut)]
    unit = {one.name: " (requests)" if one.role == "cell" else "" for one in cut}
    room = {name: LONGEST_LABEL - 1 - len(told) for name, told in unit.items()}
    assert all(labels[one.name] == str(one.label)[: room[one.name]] + "…" + unit[one.name] for one in cut)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_variables_have_one_label(language: str) -> None:
    """The editions of three tables had."""
    names = Counter(told(one.labelled, language) for one in VARIABLES)
    assert [label for label, n in names.items() if n > 1] == []


def test_a_label_tells_the_unit_of_its_numbers_and_of_no_other() -> None:
    """Stata showed 件, 项 and rates alike; an English label ended in 件."""
    labels = {one.name: (one.label_in("en"), one.label_in("zh")) for one in VARIABLES}
    assert labels["rq_new_tot"] == (
        "Newly received requests: total (requests)",
        "本年新收申请数量·总计（件）",
    )
    assert labels["pa_licences_change"] == ("Licences: change this year (items)", "行政许可·本年增/减（项）")
    assert labels["i_disclosure_rate"] == ("Disclosure rate (a fraction, 0 to 1)", "公开率（比例，0—1）")
    assert labels["l_i_dispute_rate"][0].startswith("Last year: ")
    assert labels["l_i_dispute_rate"][0].endswith(" (per 100)")
    # A report may print its amounts in another unit than the form: the label points to the one it prints.
    for name in ("pa_fees_amt", "pa_procurement_amt"):
        assert labels[name][0].endswith(f" (unit: {name}_u)")
        assert labels[name][1].endswith(f"（单位见{name}_u）")
    those = [one for one in VARIABLES if one.role in ("cell", "indicator", "lag") and one.type == "number"]
    assert all(one.labelled.endswith(")") and one.labelled.zh.endswith("）") for one in those)
    english = [one.labelled for one in VARIABLES if one.unit is not None and one.role != "unit"]
    assert not [label for label in english if re.search("[一-鿿]", str(label))]
    assert labels["rq_new_tot_s"][0] == "Newly received requests: total: state"


def test_every_cell_and_every_indicator_is_a_variable() -> None:
    told = {
        role: [one.of for one in VARIABLES if one.role == role] for role in ("cell", "state", "indicator")
    }
    assert told["cell"] == told["state"] == list(CELLS)
    assert [one.of for one in VARIABLES if one.role == "cell" and is_divided(one.of) and one.comparable] == []
    assert told["indicator"] == list(INDICATORS)


def test_a_name_too_long_is_refused_when_it_is_declared() -> None:
    with pytest.raises(ValueError, match="shorten its words"):
        short_name("rq", "x" * 25, "y", room=10)


# --- the values -------------------------------------------------------------------------------------


def test_a_number_stands_beside_its_state(panel: pd.DataFrame) -> None:
    rows = panel.loc[BUREAU]
    assert rows["rq_new_tot"].fillna(-1).to_list() == [10, -1, 8]  # the last as corrected
    assert rows["rq_new_tot_s"].to_list() == [10, 3, 18]  # first and last in sums that do not hold
    assert rows["n_corrected"].to_list() == [0, 0, 1]


def test_a_blank_is_zero_only_where_its_table_shows_it(panel: pd.DataFrame) -> None:
    rows = panel.loc[BUREAU]
    assert rows[["rq_carried_in_tot", "rq_carried_in_tot_s"]].iloc[0].to_list() == [0, 13]
    assert rows[["rv_lit_direct_tot", "rv_lit_direct_tot_s"]].iloc[1].fillna(-1).to_list() == [-1, 1]


def read_by_ocr(report: pd.DataFrame, *doubtful: str, sure: float = 0.85) -> pd.DataFrame:
    """The figures as a recogniser would have read them, some of them with that confidence."""
    cells = report["table"] + "/" + report["item"] + "/" + report["measure"]
    return report.assign(method="ocr", confidence=[sure if cell in doubtful else 0.97 for cell in cells])


GRANTED, PART, NOTE = (
    "requests/granted/total",
    "requests/other.fee_unpaid/total",
    "review/reconsideration/other",
)


def scanned(*corrections: tuple[Any, ...]) -> pd.Series:
    """The row of a scan of which a number, a blank and a part of a sum were read with doubt."""
    told = {GRANTED: 6, NEW: 8, PART: 3, NOTE: "blank", "requests/outcome_total/total": 9}
    own = made({2023: told}, agency=BUREAU)
    findings = from_rows(
        "findings",
        [
            (f"{BUREAU}/2023.pdf", BUREAU, 2023, kind, severity, "m", "m", "requests", 1, "x", None)
            for kind, severity in [("label_unknown", "warning")] * 2 + [("table_missing", "error")]
        ],
    )
    tables = {
        "reports": own.reports,
        "figures": read_by_ocr(own.figures, GRANTED, PART, NOTE),
        "checks": own.checks,
        "findings": findings,
        "corrections": from_rows("corrections", list(corrections)),
        "review_marks": empty("review_marks"),
    }
    return rows_of(tables, Agencies(empty("catalogue"))).to_pandas().iloc[0]


def test_what_was_read_with_doubt_is_never_reported() -> None:
    row = scanned()
    assert (row["rq_granted_tot"], row["rq_granted_tot_s"]) == (6, 7)
    assert (row["rq_new_tot"], row["rq_new_tot_s"]) == (8, 10)
    assert (row["rv_recon_other"], row["rv_recon_other_s"]) == (0, 14)  # a blank that the sums show is zero
    assert (row["rq_other_tot"], row["rq_other_tot_s"]) == (3, 7)  # a sum is as sure as its parts
    assert (row["i_disclosure_rate"], row["i_disclosure_rate_doubt"]) == (pytest.approx(6 / 9), 1)
    assert row["i_req_handled_doubt"] == 0


def test_a_row_tells_how_its_report_was_read() -> None:
    row = scanned()
    assert (row["method"], row["n_doubtful"], row["least_confidence"]) == ("ocr", 3, 0.85)
    assert (row["n_read_errors"], row["n_read_warnings"]) == (1, 2)


def test_a_person_has_looked_at_what_is_corrected() -> None:
    told = [(f"{BUREAU}/2023.pdf", BUREAU, 2023, *cell.split("/"), *fix) for cell, fix in [
        (GRANTED, ("6", "5", "r", "e", "w", "2024-01-01")),
        (PART, ("3", "4", "r", "e", "w", "2024-01-01")),
        (NOTE, ("", "", "r", "e", "w", "2024-01-01")),
    ]]  # fmt: skip
    row = scanned(*told)
    assert row[["rq_granted_tot", "rq_granted_tot_s", "rq_other_tot", "rq_other_tot_s"]].to_list() == [
        *(5, 18),  # in a sum that holds neither way
        *(4, 18),
    ]
    assert row["rv_recon_other_s"] == 8
    assert (row["i_disclosure_rate"], row["i_disclosure_rate_corrected"]) == (pytest.approx(5 / 9), 1)
    assert row["i_other_share_corrected"] == 1  # one of the parts that are added up
    assert (row["i_req_handled_corrected"], row["i_req_handled_doubt"]) == (0, 0)
    assert (row["n_doubtful"], row["n_corrected"], row["least_confidence"]) == (0, 3, 0.97)


def test_a_correction_that_alone_breaks_a_sum_is_no_broken_sum_of_the_report() -> None:
    own = made(
        {2023: {"review/reconsideration/upheld": 30, "review/reconsideration/total": 30}}, agency=BUREAU
    )
    fix = ("review", "reconsideration", "total", "30", "90", "r", "e", "w", "2024-01-01")
    tables = {
        **{name: getattr(own, name) for name in ("reports", "figures", "checks", "findings")},
        "corrections": from_rows("corrections", [(f"{BUREAU}/2023.pdf", BUREAU, 2023, *fix)]),
        "review_marks": empty("review_marks"),
    }
    row = rows_of(tables, Agencies(empty("catalogue"))).to_pandas().iloc[0]
    rate = "i_recon_corr_rate"
    assert row[[f"{rate}{mark}" for mark in ("_wrong", "_corrected", "_refuted")]].to_list() == [0, 1, 1]
    assert row[["rv_recon_tot", "rv_recon_tot_s"]].to_list() == [90, 17]
    assert row["rv_recon_upheld_s"] == 0  # as printed


def test_two_reports_that_agree_are_as_sure_as_the_better_reading() -> None:
    own = figures(FORMULA, 2023, {NEW: 4, "proactive/fees/amount": "absent"}, 0, {})
    again = figures(FORMULA, 2023, {NEW: 4, "proactive/fees/amount": 2}, 0, {})
    again = again.assign(report_id=f"{FORMULA}/2023b.pdf")
    reports = made({2023: {}}, agency=FORMULA).reports
    tables = {
        "reports": joined("reports", [reports, reports.assign(report_id=f"{FORMULA}/2023b.pdf")]),
        "figures": joined("figures", [read_by_ocr(own, NEW), again]),
        **{name: empty(name) for name in ("checks", "findings", "corrections", "review_marks")},
    }
    row = rows_of(tables, Agencies(empty("catalogue"))).to_pandas().iloc[0]
    assert (row["rq_new_tot_s"], row["method"], row["n_doubtful"]) == (0, "mixed", 1)
    assert (row["pa_fees_amt"], row["pa_fees_amt_u"]) == (2, "万元")


@pytest.mark.parametrize(("other", "state"), [("元", 6), ("万元", 0), (None, 0)])
def test_one_amount_in_two_units_is_two_amounts(other: str | None, state: int) -> None:
    own, again = (figures(FORMULA, 2023, {"proactive/fees/amount": 160}, 0, {}) for _ in range(2))
    again = again.assign(report_id=f"{FORMULA}/2023b.pdf")
    again.loc[again["measure"] == "amount", "unit"] = other
    reports = made({2023: {}}, agency=FORMULA).reports
    tables = {
        "reports": joined("reports", [reports, reports.assign(report_id=f"{FORMULA}/2023b.pdf")]),
        "figures": joined("figures", [own, again]),
        **{name: empty(name) for name in ("checks", "findings", "corrections", "review_marks")},
    }
    row = rows_of(tables, Agencies(empty("catalogue"))).to_pandas().iloc[0]
    assert row["pa_fees_amt_s"] == state
    assert np.isnan(row["pa_fees_amt"]) == (state == 6)


def test_reports_that_disagree_give_no_value(panel: pd.DataFrame) -> None:
    row = panel.loc[FORMULA].iloc[0]
    assert (row["n_reports"], row["rq_new_tot_s"]) == (2, 6)
    assert np.isnan(row["rq_new_tot"])
    assert row["rq_granted_tot_s"] == 0


def test_what_form_2021_divides_is_added_up_and_what_it_lacks_is_missing(panel: pd.DataFrame) -> None:
    rows = panel.loc[BUREAU]
    assert rows["rq_other_tot"].to_list() == [0, 0, 3]
    assert rows["rq_other_no_correction_tot"].fillna(-1).to_list() == [-1, 0, 2]
    assert rows[["rq_other_tot_s", "rq_other_fee_unpaid_tot_s"]].iloc[2].to_list() == [10, 13]
    assert rows["rq_other_other_tot"].fillna(-1).to_list() == [-1, 0, 1]
    assert rows["pa_procurement_amt"].fillna(-1).to_list() == [160.5, -1, -1]
    assert rows["pa_procurement_amt_s"].fillna(-1).to_list() == [0, -1, -1]
    assert rows["break_2021"].to_list() == [0, 1, 1]
    assert panel.loc[FORMULA][["break_2021", "form_requests"]].iloc[0].to_list() == [1, "2019"]
    assert rows["form_requests"].to_list() == ["2019", "2021", "2021"]


def test_lags_are_of_the_year_before_not_of_the_row_before(panel: pd.DataFrame) -> None:
    assert panel.loc[BUREAU]["l_rq_new_tot"].fillna(-1).to_list() == [-1, 10, -1]
    assert panel.loc[BUREAU]["l_i_disclosure_rate"].isna().all()


def test_a_lag_has_the_doubts_of_its_year(panel: pd.DataFrame) -> None:
    """A corrected or doubted figure of 2020 was a lag of 2021 like any other."""
    own = panel.loc[BUREAU]
    lagged = {one.name: one.of for one in VARIABLES if one.role in ("lag", "lag_doubt")}
    assert {"l_rq_new_tot_s", "l_i_disclosure_rate_refuted", "l_may_be_other", "l_n_broken"} <= set(lagged)
    for name, of in lagged.items():
        assert own.loc[[2020, 2023], name].isna().all()
        assert own.loc[2021, name] == pytest.approx(own.loc[2020, of], nan_ok=True)
    assert own.loc[2021, "l_n_broken"] > 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_codebook_says_to_leave_out_of_lags_is_left_out(language: str) -> None:
    (lines,) = re.findall(r"```python\n(counts = .+?)```", codebook(language), re.DOTALL)
    names = [
        "l_may_be_other",
        "l_n_doubtful",
        "l_n_read_errors",
        "l_n_broken",
        "l_n_undecided_sums",
        "l_b_figures_complete",
    ]
    clean = {"l_rq_new_tot_s": 0, **dict.fromkeys(names, 0)}
    rows = [clean, *(clean | {name: value} for name in clean for value in (1, None))]
    panel = pd.DataFrame(rows, dtype=float).assign(l_rq_new_tot=1.0)
    assert set(panel.columns) <= set(SCHEMA.names)
    exec(lines, {"panel": panel})
    assert panel["l_rq_new_tot"].fillna(-1).to_list() == [1, -1, -1, *([-1, 1] * len(names))]


def test_indicators_are_those_of_the_page(tables: Path, panel: pd.DataFrame) -> None:
    own = read(tables, "figures", BUREAU)
    told = indicators(own[own["year"] < 2023]).set_index(["agency", "year", "indicator"])
    rows = {(one.role, one.of): one.name for one in VARIABLES}
    for (agency, year, indicator), row in told.iterrows():
        found = panel.loc[(agency, year)]
        assert found[rows["indicator", indicator]] == pytest.approx(row["value"], nan_ok=True)
        if not np.isnan(row["value"]):
            assert found[rows["wrong", indicator]] == row["broken_sum"]
    assert panel.loc[(BUREAU, 2021)]["i_disclosure_rate"] == 0.25


def test_broken_lines_are_counted_by_rule(tables: Path, panel: pd.DataFrame) -> None:
    checks = read(tables, "checks")
    broken = checks[(checks["verdict"] == "broken") & (checks["agency"] == BUREAU)]
    assert not broken.empty
    for year, rows in broken.groupby("year"):
        row = panel.loc[(BUREAU, year)]
        counts = rows["rule_id"].value_counts()
        assert {one.of: row[one.name] for one in VARIABLES if one.of in counts.index} == counts.to_dict()
        assert row["n_broken"] == rows["official"].sum()
    assert panel.loc[(BUREAU, 2023)]["b_review_results"] == 1


def judged(marks: list[tuple[Any, ...]], **cells: float | str) -> pd.Series:
    """The row of a report in which two lines of one rule are broken, with those review marks."""
    told = {f"review/{item}/total": value for item, value in cells.items()}
    own = made({2023: told}, agency=BUREAU)
    tables = {
        **{"reports": own.reports, "figures": own.figures, "checks": own.checks},
        **{name: empty(name) for name in ("findings", "corrections")},
        "review_marks": from_rows("review_marks", marks),
    }
    return rows_of(tables, Agencies(empty("catalogue"))).to_pandas().iloc[0]


def line_of(item: str, mark: str) -> tuple[Any, ...]:
    own = made({2023: {f"review/{item}/total": 1}}, agency=BUREAU).checks
    (cells,) = own.loc[own["verdict"] == "broken", "cells"]
    return (BUREAU, 2023, "review.results", cells, mark, "said why", "w", "2024-05-01")


def test_what_a_mark_settles_is_broken_no_more() -> None:
    told: dict[str, Any] = {"reconsideration": 1, "litigation_direct": 1}
    names = ["b_review_results", "n_broken", "n_settled"]
    assert judged([], **told)[names].to_list() == [2, 2, 0]
    explained, confirmed = line_of("reconsideration", "explained"), line_of("litigation_direct", "confirmed")
    assert judged([explained, confirmed], **told)[names].to_list() == [1, 1, 1]
    dismissed = line_of("litigation_direct", "dismissed")
    assert judged([explained, dismissed], **told)[names].to_list() == [0, 0, 2]


def test_a_rule_that_was_not_judged_is_neither_broken_nor_kept(panel: pd.DataFrame) -> None:
    row = judged([])
    assert row[["b_review_results", "b_figures_whole"]].to_list() == [0, 0]
    assert row[["b_req_carry_over", "b_figures_same_year"]].isna().all()  # no year before, no second report
    assert panel.loc[(FORMULA, 2023)]["b_figures_same_year"] == 1
    nothing = dict.fromkeys(CELLS, "absent")
    own = made({2023: nothing}, agency=BUREAU)
    tables = {"reports": own.reports, "figures": own.figures, "checks": own.checks}
    tables |= {name: empty(name) for name in ("findings", "corrections", "review_marks")}
    row = rows_of(tables, Agencies(empty("catalogue"))).to_pandas().iloc[0]
    assert np.isnan(row["n_broken"])
    assert row["n_undecided"] > 0


def test_a_sound_report_lacks_no_sum_because_last_years_is_damaged() -> None:
    """The recipe dropped it for the undecided lines of the carry-over."""
    own = made({2022: {"requests/carried_out/total": "unreadable"}, 2023: {}}, agency=BUREAU)
    tables = {"reports": own.reports, "figures": own.figures, "checks": own.checks}
    tables |= {name: empty(name) for name in ("findings", "corrections", "review_marks")}
    rows = rows_of(tables, Agencies(empty("catalogue"))).to_pandas().set_index("year")
    assert rows.loc[2022, "n_undecided_sums"] > 0
    assert rows.loc[2023, ["n_undecided", "n_undecided_sums"]].to_list() == [1, 0]


def test_places_are_of_the_year(panel: pd.DataFrame) -> None:
    assert panel.loc[BUREAU]["code"].to_list() == ["141002"] * 3
    assert panel.loc[BUREAU]["region_year"].to_list() == [2020, 2021, 2023]
    row = panel.loc[FORMULA].iloc[0]
    assert (row["code"], row["city_code"], row["kind"]) == ("130502", "130500", "department")


def test_the_scope_is_what_all_reports_on_the_year_tell(panel: pd.DataFrame) -> None:
    assert panel.loc[BUREAU]["scope"].to_list() == ["own", "own", "own"]
    assert panel.loc[FORMULA]["scope"].to_list() == ["unknown"]


# --- the files --------------------------------------------------------------------------------------


def coded(one: Variable) -> bool:
    return one.type == "text" and one.values != {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_stata_has_the_same_numbers_and_texts_with_labels(out: Path, tmp_path: Path, language: str) -> None:
    given = pd.read_parquet(out / "panel.parquet")
    version = version_of(out)
    if language == "zh":
        whole, seen = pq.read_table(out / "panel.parquet"), Seen()
        seen.see(whole)
        out = tmp_path
        write_stata(out / "panel.dta", [whole], seen.widths, seen.words, language, version)
    with pd.read_stata(out / "panel.dta", iterator=True) as reader:
        labels, values, label = reader.variable_labels(), reader.value_labels(), reader.data_label
        found = reader.read(convert_categoricals=False)
    assert label.endswith(version)
    assert len(label) <= LONGEST_LABEL
    assert list(found.columns) == list(given.columns)
    assert labels == {one.name: one.label_in(language) for one in VARIABLES}
    states = next(one.values for one in VARIABLES if one.role == "state")
    assert values["state"] == {code: told(meaning, language) for code, meaning in states.items()}
    assert [name for name in values if name.endswith("_s")] == []
    for one in VARIABLES:
        read_back, expected = found[one.name].to_list(), given[one.name].to_list()
        if coded(one):
            read_back = [None if np.isnan(code) else values[one.name][int(code)] for code in read_back]
            meant = {word: told(meaning, language) for word, meaning in one.values.items()}
            assert read_back == [meant.get(word) for word in expected]
        elif one.type == "text":
            assert read_back == given[one.name].fillna("").to_list()
        else:
            np.testing.assert_array_equal(
                np.array(read_back, float), given[one.name].to_numpy(float, na_value=np.nan)
            )


def test_every_state_is_read_with_its_label(out: Path) -> None:
    given = pd.read_parquet(out / "panel.parquet")
    found = pd.read_stata(out / "panel.dta")
    for one in VARIABLES:
        if one.role == "state":
            meant = {code: str(meaning) for code, meaning in one.values.items()}
            expected = [None if np.isnan(code) else meant[code] for code in given[one.name].astype(float)]
            assert [None if pd.isna(text) else text for text in found[one.name]] == expected


def test_csv_has_the_same_and_a_formula_is_restored(out: Path) -> None:
    given = pd.read_parquet(out / "panel.parquet")
    texts = {one.name: "str" for one in VARIABLES if one.type == "text"}
    found = pd.read_csv(out / "panel.csv", dtype=texts)
    assert found["agency"].iloc[0] == f"'{FORMULA}"
    found["agency"] = found["agency"].map(restored)
    plain = [frame.astype(object).where(frame.notna(), None) for frame in (found, given)]
    pd.testing.assert_frame_equal(*plain, check_dtype=False)


def test_csv_files_begin_with_the_mark_by_which_excel_knows_utf_8(out: Path) -> None:
    for path in out.glob("*.csv"):
        content = path.read_bytes()
        assert content.startswith(codecs.BOM_UTF8)
        assert content.count(codecs.BOM_UTF8) == 1
    lines = (out / "panel.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].split(",")[:3] == ['"agency"', '"year"', '"code"']


def test_the_codebook_for_programs_tells_every_variable(out: Path) -> None:
    told_ = pd.read_csv(out / "codebook.csv").set_index("variable")
    assert told_.loc["i_disclosure_rate", "formula"] == str(INDICATORS["disclosure_rate"].formula)
    assert told_.loc[told_["formula"].notna(), "role"].unique().tolist() == ["indicator"]
    assert told_.index.to_list() == SCHEMA.names
    assert told_["label_zh"].to_dict() == {one.name: one.labelled.zh for one in VARIABLES}
    units = ("rq_new_tot", "pa_licences_change", "pa_fees_amt", "i_dispute_rate", "i_disclosure_rate")
    assert told_.loc[list(units), "unit"].to_list() == [
        *("requests", "items", "万元; as printed: pa_fees_amt_u", "per 100", "a fraction, 0 to 1")
    ]
    assert told_.loc["pa_procurement_amt", "unit"] == "as printed: pa_procurement_amt_u"
    assert "7: read with doubt, a number" in told_.loc["rq_new_tot_s", "values"]


def test_what_lies_beside_the_panel_is_chinese_where_that_is_asked_for(tables: Path, tmp_path: Path) -> None:
    export(tables, tmp_path, language="zh")
    own = pd.read_csv(tmp_path / "codebook.csv").set_index("variable")
    assert own.columns[:2].to_list() == ["label_zh", "label"]
    words = own[["unit", "values"]].stack().str.replace(r"(?m)(^|; )\w+: ", "", regex=True)
    assert words[words.str.contains("[a-z]{3}") & ~words.str.contains("[\u4e00-\u9fff]")].to_list() == []
    assert own.loc["kind", "values"].startswith("vertical: 垂直管理机构; ")
    assert own.loc["rq_new_tot_s", "values"].startswith("0: 已填报; 1: 空白")
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    fields = {one["name"]: one["description"] for one in package["resources"][0]["schema"]["fields"]}
    assert [name for name, told in fields.items() if not re.search("[\u4e00-\u9fff]", told)] == []
    assert fields["rq_new_tot_s"].startswith(
        "本年新收申请数量·总计（状态） [requests/new/total] (0: 已填报; "
    )
    assert package["description"].startswith("政府信息公开")
    text = (tmp_path / "codebook.md").read_text("utf-8")
    assert [word for word in ("whole", "text", "number", "flag") if f"| {word} |" in text] == []


def test_programs_read_whether_a_variable_is_comparable(out: Path) -> None:
    own = pd.read_csv(out / "codebook.csv", dtype=str).set_index("variable")["comparable"]
    assert own.to_dict() == {one.name: "1" if one.comparable else "0" for one in VARIABLES}


def test_a_stata_file_is_the_same_whatever_the_parts(out: Path, tmp_path: Path) -> None:
    whole, seen = pq.read_table(out / "panel.parquet"), Seen()
    seen.see(whole)
    write_stata(
        tmp_path / "parts.dta",
        [whole.slice(0, 1), whole.slice(1)],
        seen.widths,
        seen.words,
        "en",
        version_of(out),
    )
    assert (tmp_path / "parts.dta").read_bytes() == (out / "panel.dta").read_bytes()


def test_the_package_is_one_of_frictionless_and_its_checksums_are_right(out: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    schemas = Path(__file__).parent
    described = {"data-package": package, "tabular-data-resource": package["resources"][0]}
    for name, given in described.items():
        schema = json.loads((schemas / f"{name}.json").read_text("utf-8"))
        jsonschema.Draft4Validator(schema).validate(given)
    for resource in package["resources"]:
        content = (out / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
    fields = package["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == SCHEMA.names


def test_a_panel_is_cited_by_its_data_and_not_by_the_clock(tables: Path, out: Path, tmp_path: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert re.fullmatch(rf"{re.escape(ogi.__version__)}\+[0-9a-f]{{12}}", package["version"])
    assert "created" not in package  # nobody has noted when these were read
    assert package["licenses"][0]["name"] == "MIT"
    assert package["sources"][0]["path"] in [resource["path"] for resource in package["resources"]]
    again = dataset()
    other = tmp_path / "other"
    write(other, {**again, "corrections": empty("corrections")})
    ids = again["reports"]["report_id"].to_list()
    first_read.note(other, {ids[0]: "00", "strange/1.pdf": "00"}, date(2024, 3, 1))
    first_read.note(other, {ids[1]: "00"}, date(2024, 2, 1))
    first_read.note(other, {"strange/2.pdf": "00"}, date(2025, 2, 1))
    export(other, tmp_path / "out")
    export(other, tmp_path / "twice")
    told_ = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert (told_["created"], told_["version"] != package["version"]) == ("2024-03-01T00:00:00Z", True)
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (tmp_path / "twice" / path.name).read_bytes()


def test_narratives_have_the_hash_of_their_words(out: Path) -> None:
    (row,) = pd.read_parquet(out / "narratives.parquet").to_dict("records")
    plain = "第一节概况1。本局2023年收到申请7件。"
    assert (row["text"], row["characters"]) == (SECTION, len(plain))
    assert row["sha256"] == hashlib.sha256(plain.encode()).hexdigest()


def test_the_codebook_lies_beside_the_panel(out: Path) -> None:
    cited = citation(version_of(out), None)
    text = (out / "codebook.md").read_text("utf-8")
    assert text == codebook("en", cited)
    assert f"\nCite as: {cited}\n" in text
    assert json.loads((out / "datapackage.json").read_text("utf-8"))["citation"] == cited
    assert ogi.__version__ in cited
    assert "2024-03-01" in citation("1", "2024-03-01")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_codebook_says_to_leave_out_is_left_out(language: str) -> None:
    (lines,) = re.findall(r"```python\n(panel.loc\[panel\[.rq_new.+?)```", codebook(language), re.DOTALL)
    clean = {"rq_new_tot_s": 0, "n_doubtful": 0, "n_read_errors": 0, "n_broken": 0, "n_undecided_sums": 0}
    clean |= {"b_figures_complete": 0, "may_be_other": 0}
    other = [("n_broken", None), ("b_figures_complete", None), ("rq_new_tot_s", 10), ("rq_new_tot_s", 8)]
    faults = [("n_doubtful", 1), ("n_read_errors", 1), ("n_broken", 2), ("n_undecided_sums", 8)]
    changes = [*other, *faults, ("b_figures_complete", 1), ("may_be_other", 1)]
    rows = [clean, *(clean | {name: value} for name, value in changes)]
    panel = pd.DataFrame(rows, dtype=float).assign(rq_new_tot=np.arange(1.0, len(rows) + 1))
    columns = panel.columns
    assert set(columns) <= set(SCHEMA.names)
    names = {"panel": panel}
    exec(lines, names)
    assert names["panel"]["rq_new_tot"].fillna(-1).to_list() == [1, 2, 3, -1, -1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_python_shown_leaves_out_marked_indicators_and_what_is_not_comparable(
    out: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out)
    *_, indicators_, editions, comparable = re.findall(r"```python\n(.+?)```", codebook(language), re.DOTALL)
    panel = pd.read_parquet("panel.parquet")
    marks = [f"i_disclosure_rate_{mark}" for mark in ("few", "wrong", "doubt", "refuted")]
    panel[["i_disclosure_rate", *marks]] = [[0.5, *(int(n == at) for at in range(4))] for n in range(4)]
    names: dict[str, Any] = {"panel": panel, "pandas": pd}
    exec(indicators_ + editions + comparable, names)
    assert names["panel"]["i_disclosure_rate"].fillna(-1).to_list() == [0.5, -1, -1, -1]
    assert list(names["panel"].columns) == [one.name for one in VARIABLES if one.comparable]


def test_the_codebook_tells_units_and_formulas() -> None:
    lines = {line.split("`")[1]: line for line in codebook("zh").splitlines() if line.startswith("| `")}
    assert lines["i_dispute_rate"].endswith("| 每百件 | " + INDICATORS["dispute_rate"].formula.zh + " |")
    assert "| 万元，所印单位见`pa_fees_amt_u` |" in lines["pa_fees_amt"]
    assert "| 所印单位见`pa_procurement_amt_u` |" in lines["pa_procurement_amt"]
    assert "| 件 |" in lines["rq_new_tot"]


def test_amounts_are_made_one_unit_as_the_codebook_says() -> None:
    (line,) = re.findall(r"`(panel\[.+?\}\))` in pandas", codebook())
    panel = pd.DataFrame({"pa_fees_amt": [2.5, 7, 1], "pa_fees_amt_u": ["万元", "元", "亿元"]})
    assert eval(line, {"panel": panel}).fillna(-1).to_list() == [25_000, 7, -1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_codebook_tells_every_variable(language: str) -> None:
    text = codebook(language)
    assert ("\n## 指标\n" in text, "\n## Indicators\n" in text) == (language == "zh", language == "en")
    assert all(
        f"`{affix}`" in text
        for affix in (
            "…_s",
            "…_u",
            "…_few",
            "…_zero",
            "…_wrong",
            "…_doubt",
            "…_corrected",
            "…_refuted",
            "l_…",
        )
    )
    assert "`l_…`" in text
    told = [one.name for one in VARIABLES if f"\n| `{one.name}` |" in text]
    beside = ("state", "unit", "small", "zero", "wrong", "doubt", "corrected", "refuted", "lag_doubt")
    assert told == [one.name for one in VARIABLES if one.role not in beside]


def test_a_dataset_without_reports_gives_a_panel_without_rows(tmp_path: Path) -> None:
    write(tmp_path / "tables", {name: empty(name) for name in dataset()})
    assert export(tmp_path / "tables", tmp_path / "out").rows == 0
    assert len(pd.read_stata(tmp_path / "out" / "panel.dta")) == 0
    assert len(pd.read_csv(tmp_path / "out" / "panel.csv")) == 0


def test_the_same_reports_in_other_parts_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    whole, folder, agencies = dataset(), tmp_path / "tables", sorted([BUREAU, FORMULA])
    folder.mkdir()
    for key, agency in zip(("0" * 32, "1" * 32), agencies, strict=True):
        own = {name: frame[frame["agency"] == agency] for name, frame in whole.items()}
        parts.put(folder, key, own, parts.PartRecord())
    parts.commit(folder, [parts.Part("0" * 32), parts.Part("1" * 32, agencies[1])])
    export(folder, tmp_path / "out")
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert made == {name: (out / name).read_bytes() for name in (*FILES, "datapackage.json")}


def test_what_is_not_there_or_not_ours_is_one_line(tables: Path, tmp_path: Path) -> None:
    run, (none, mine) = CliRunner().invoke, (tmp_path / "none", tmp_path / "mine")
    none.mkdir()
    mine.mkdir()
    (mine / "panel.csv").write_text("mine", "utf-8")
    missing = run(app, ["export", str(none), "--out", str(tmp_path / "out")])
    assert (missing.exit_code, "run `ogi ingest RAW`" in missing.stderr) == (1, True)
    refused = run(app, ["export", str(tables), "--out", str(mine), "--language", "zh"])
    assert (refused.exit_code, "不予覆盖" in refused.stderr) == (1, True)
    assert [path.read_text("utf-8") for path in mine.iterdir()] == ["mine"]


def test_the_codebook_tells_the_accuracy_that_was_measured() -> None:
    table = (Path(__file__).parents[2] / "docs" / "accuracy.md").read_text("utf-8")
    row, *_ = (line for line in table.splitlines() if line.startswith("| **all** |"))
    documents, found, _, missing, wrong, unmarked = (cell.strip() for cell in row.split("|")[2:8])
    of = f"{int(found):,}"
    said = f"of {of} figures of {documents} documents {missing} were not found and {wrong} read as"
    assert said in codebook("en").replace("\n ", "")
    assert f"{documents}份文件的{of}个数据中，{missing}个未能找到，{wrong}个的数值或状态有误" in codebook(
        "zh"
    )
    assert unmarked == "0"
