"""The panel in R itself, by the lines that the codebook shows."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ogi.panel import VARIABLES, export
from ogi.tables import write
from tests.panel.made import dataset

CODEBOOK = Path(__file__).parents[2] / "docs" / "panel.md"
ARROW = 'arrow::read_parquet("panel.parquet")'


READ_STATA = 'panel <- haven::read_dta("panel.dta")'


def shown() -> Iterator[list[str]]:
    """The codebook's R, block by block: reading, doubts, lags, indicators, editions, what is comparable."""
    for block in re.findall(r"```r\n(.*?)```", CODEBOOK.read_text(encoding="utf-8"), re.DOTALL):
        yield [line.strip() for line in block.splitlines() if ARROW not in line]


READING, DOUBTFUL, LAGS, INDICATORS, EDITIONS, COMPARABLE = shown()
FROM_CSV, FROM_STATA = READING, [*READING, READ_STATA]


def run(rscript: str, folder: Path, lines: list[str]) -> list[str]:
    """What the lines print, run in a folder."""
    done = subprocess.run(
        [rscript, "--vanilla", "-e", "\n".join(lines)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_panel_is_the_same_from_csv_and_stata_file(rscript: str, out: Path) -> None:
    told = [one for one in VARIABLES if one.type != "text"]
    given = pd.read_parquet(out / "panel.parquet", columns=[one.name for one in told])
    for reading in (FROM_CSV, FROM_STATA):
        printed = run(
            rscript,
            out,
            [
                *reading,
                "for (name in labels$variable[labels$type != 'text']) "
                "cat(format(as.numeric(panel[[name]]), digits = 15), '\\n')",
            ],
        )
        rows = [[np.nan if word == "NA" else float(word) for word in line.split()] for line in printed]
        np.testing.assert_allclose(np.array(rows).T, given.to_numpy(float, na_value=np.nan), rtol=1e-12)


def test_labels_stand_in_the_stata_file(rscript: str, out: Path) -> None:
    names = ["rq_new_tot", "rq_new_tot_s"]
    of = {one.name: str(one.labelled) for one in VARIABLES}
    printed = run(rscript, out, [READ_STATA, *(f"cat(attr(panel${name}, 'label'), '\\n')" for name in names)])
    assert [line.strip() for line in printed] == [of[name] for name in names]


@pytest.mark.parametrize("reading", [FROM_CSV, FROM_STATA])
def test_what_is_doubtful_or_broken_is_left_out(rscript: str, tmp_path: Path, reading: list[str]) -> None:
    given, out = dataset(), tmp_path / "panel"
    given["checks"] = given["checks"][given["checks"]["year"] != 2020]  # in all other reports a sum is broken
    write(tmp_path / "tables", given)
    export(tmp_path / "tables", out)
    panel = pd.read_parquet(out / "panel.parquet")
    panel.loc[panel["rq_new_tot_s"] != 0, "rq_new_tot"] = None
    panel = panel[(panel["n_doubtful"] == 0) & (panel["n_read_errors"] == 0) & (panel["may_be_other"] == 0)]
    panel = panel[panel["n_broken"].isna() | (panel["n_broken"] == 0)]
    panel = panel[(panel["n_undecided_sums"] == 0) & panel["b_figures_complete"].fillna(0).eq(0)]
    (printed,) = run(
        rscript, out, [*reading, *DOUBTFUL, "cat(nrow(panel), sum(panel$rq_new_tot, na.rm = TRUE))"]
    )
    assert len(panel) == 1
    assert [float(word) for word in printed.split()] == [len(panel), panel["rq_new_tot"].sum()]


@pytest.mark.parametrize("reading", [FROM_CSV, FROM_STATA])
def test_a_lag_is_left_out_by_what_is_told_of_its_year(rscript: str, out: Path, reading: list[str]) -> None:
    counts = (
        "may_be_other",
        "n_doubtful",
        "n_read_errors",
        "n_broken",
        "n_undecided_sums",
        "b_figures_complete",
    )
    clean = [f"panel$l_{name} <- 0" for name in ("rq_new_tot", "rq_new_tot_s", *counts)]
    for name in ("rq_new_tot_s", *counts):
        made = [*reading, *clean, f"panel$l_{name}[2] <- 1", *LAGS, "cat(which(is.na(panel$l_rq_new_tot)))"]
        assert run(rscript, out, made) == ["2"]


@pytest.mark.parametrize("reading", [FROM_CSV, FROM_STATA])
@pytest.mark.parametrize("flag", [None, "_wrong", "_doubt", "_refuted"])
def test_an_indicator_is_left_out_by_each_of_its_marks(
    rscript: str, out: Path, reading: list[str], flag: str | None
) -> None:
    name = "i_disclosure_rate"
    made = [
        f"panel${name} <- 0.5",
        *(f"panel${name}{mark} <- 0" for mark in ("_wrong", "_doubt", "_refuted")),
    ]
    if flag is not None:
        made.append(f"panel${name}{flag}[2] <- 1")
    printed = run(rscript, out, [*reading, *made, *INDICATORS, f"cat(which(is.na(panel${name})))"])
    assert printed == ([] if flag is None else ["2"])


@pytest.mark.parametrize("reading", [FROM_CSV, FROM_STATA])
def test_parts_of_the_newer_form_are_chosen_by_the_edition_of_their_own_table(
    rscript: str, out: Path, reading: list[str]
) -> None:
    given = pd.read_parquet(out / "panel.parquet")
    assert ((given["form_requests"] == "2019") & (given["break_2021"] == 1)).any()  # the trap
    of_edition = given[given["form_requests"] == "2021"]["rq_other_fee_unpaid_tot"]
    assert of_edition.notna().all()
    chosen = EDITIONS[1].removeprefix("summary(").removesuffix(")")
    printed = run(rscript, out, [*reading, *EDITIONS, f"cat('chosen', {chosen})"])
    assert printed[-1].split() == ["chosen", *(f"{value:g}" for value in of_edition)]


@pytest.mark.parametrize("reading", [FROM_CSV, FROM_STATA])
def test_only_what_is_comparable_is_left(rscript: str, out: Path, reading: list[str]) -> None:
    printed = run(rscript, out, [*reading, *COMPARABLE, "cat(names(panel), sep = '\\n')"])
    assert printed == [one.name for one in VARIABLES if one.comparable]
    assert len(printed) < len(VARIABLES)
