"""The numbers of the review are those of the agencies' pages and of the panel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ogi import tables as dataset
from ogi.agencies import Agencies
from ogi.checks.causes import counted
from ogi.compare import INDICATORS, repeated, sentences_of
from ogi.ingest import ingest
from ogi.notebook import frames_of
from ogi.panel import VARIABLES, rows_of
from ogi.review import Review, lists, of_year
from ogi.review.gather import TOTALS, gathered
from ogi.tables import read

AGENCY, OFFICE = "淮安市洪泽区人民政府", "示例区城市管理局"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    ingest(samples, folder)
    return folder


@pytest.fixture(scope="module", params=[2020, 2022, 2023, 2024])
def review(request: pytest.FixtureRequest, tables: Path, samples: Path) -> Review:
    return Review(request.param, "en", samples, tables, gathered(tables, request.param))


@pytest.fixture(scope="module")
def panel(tables: Path) -> pd.DataFrame:
    names = ("reports", "figures", "checks", "findings", "corrections", "review_marks")
    rows = rows_of({name: read(tables, name) for name in names}, Agencies(read(tables, "catalogue")))
    return rows.to_pandas()


def test_slips_are_those_of_the_agencies_pages(review: Review, tables: Path) -> None:
    counts = review.found.counts.set_index("agency")
    for agency in review.with_page:
        slips = [slip for slip in frames_of(tables, agency).slips if slip.year == review.year]
        own = counts.loc[agency].to_dict() if agency in counts.index else {}
        assert {k: n for k, n in own.items() if n} == {k: n for k, n in counted(slips).items() if n}
        told = review.to_send[review.to_send["agency"] == agency]
        wanted = [slip for slip in slips if slip.level in ("official", "warning")]
        assert sorted(told["message"]) == sorted(slip.line["message"] for slip in wanted)
        assert sorted(told["ways"], key=str) == sorted((slip.would_be for slip in wanted), key=str)


def test_what_is_undecided_is_named_with_the_cells_that_hold_no_number(review: Review, tables: Path) -> None:
    rows = lists.undecided(review).rows
    for agency in review.with_page:
        slips = [slip for slip in frames_of(tables, agency).slips if slip.year == review.year]
        wanted = sorted(slip.line["message"] for slip in slips if slip.level == "undecided")
        own = rows[rows["agency"] == agency]
        assert sorted(own["message"]) == wanted
        frames = frames_of(tables, agency)
        for row in own.to_dict("records"):
            named = [cell for cell in row["cells"] if ":" not in cell]
            values = [frames.index.number(row["report_id"], cell) for cell in named]
            assert all(value is None for value in values) or None not in values


def test_indicators_and_totals_are_those_of_the_panel(review: Review, panel: pd.DataFrame) -> None:
    own = panel[panel["year"] == review.year].set_index("agency")
    found = review.found.indicators
    for one in (one for one in VARIABLES if one.role == "indicator"):
        rows = found[(found["indicator"] == one.of) & (found["year"] == review.year)].set_index("agency")
        wanted = own[one.name].reindex(rows.index).to_numpy(np.float64)
        np.testing.assert_array_equal(rows["value"].to_numpy(np.float64), wanted)
    values = review.found.values
    values = values[values["year"] == review.year].set_index("agency")
    for one in (one for one in VARIABLES if one.role == "cell" and one.of in TOTALS):
        wanted = own[one.name].reindex(values.index).to_numpy(np.float64)
        np.testing.assert_array_equal(values[one.of].to_numpy(np.float64), wanted)
    assert len(INDICATORS) == found["indicator"].nunique()


def test_kinds_regions_and_broken_rules_are_those_of_the_panel(review: Review, panel: pd.DataFrame) -> None:
    own = panel[panel["year"] == review.year].set_index("agency")
    agencies = review.found.agencies.set_index("agency").loc[own.index]
    assert agencies["kind"].tolist() == own["kind"].tolist()
    assert agencies["code"].tolist() == own["code"].fillna("").tolist()
    broken = lists.broken_rules(review).rows.set_index("rule_id")["broken"].to_dict()
    rules = [one for one in VARIABLES if one.role == "rule"]
    assert broken == {one.of: n for one in rules if (n := int((own[one.name] > 0).sum())) > 0}


def test_the_share_of_repeated_words_is_that_of_the_agencies_pages(review: Review, tables: Path) -> None:
    names = review.names(review.repeated["agency"])
    for row, agency in zip(review.repeated.to_dict("records"), names, strict=True):
        narratives = read(tables, "narratives", agency)
        before, now = (
            [
                one
                for section, text in narratives[narratives["year"] == year][["section", "text"]].to_numpy()
                for one in sentences_of(section, text or "")
            ]
            for year in (review.year - 1, review.year)
        )
        own = [one for one in now if one.section == row["section"]]
        assert repeated(before, own) == pytest.approx(row["share"])


def test_what_would_hold_is_told_with_what_is_printed(tables: Path, samples: Path) -> None:
    data = Review(2023, "en", samples, tables, gathered(tables, 2023))
    rows = lists.slips(data).rows
    (first, *_) = rows[rows["agency"] == AGENCY].to_dict("records")
    assert first["ways"] == ({"review/reconsideration/total": 11.0},)
    assert (first["printed"], first["page"]) == ("0", 3)
    assert str(first["would_hold"]).endswith("= 11")
    assert first["would_hold"].zh.endswith("=11")
    assert str(first["told"]).startswith("Reconsideration")
    assert first["told"].zh.startswith("行政复议")
    assert first["href"].endswith("/reports/2023.pdf#page=3")
    assert first["anchor"] == "review-reconsideration-total-2023"


def test_only_a_sum_or_a_count_in_words_has_two_sides(tables: Path, samples: Path) -> None:
    rows = lists.slips(Review(2022, "en", samples, tables, gathered(tables, 2022))).rows.set_index("rule_id")
    assert rows.loc["figures.complete", "would_hold"] == ""
    assert all(rows.loc["requests.outcomes":"requests.outcomes", "would_hold"] != "")


def test_without_a_year_it_is_the_last_one(tables: Path, samples: Path) -> None:
    assert of_year(0, str(samples), str(tables)).year == 2024
    with pytest.raises(ValueError, match="expected reports on 2031, found"):
        of_year(2031, str(samples), str(tables))


def test_the_page_of_a_year_is_of_its_dataset(tables: Path) -> None:
    years = read(tables, "reports")["year"].dropna().unique()
    with dataset.connect(tables) as connection:
        told = connection.sql("SELECT DISTINCT year FROM reports WHERE year IS NOT NULL").fetchall()
    assert sorted(int(year) for year in years) == sorted(year for (year,) in told)
