"""The panel in R itself, by the lines that the codebook shows."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ogi.panel import VARIABLES, export
from ogi.tables import write
from tests.panel.made import dataset

CODEBOOK = Path(__file__).parents[2] / "docs" / "panel.md"
ARROW = 'arrow::read_parquet("panel.parquet")'


def lines_shown() -> list[str]:
    """Of the codebook's R, without white space around."""
    shown = re.findall(r"```r\n(.*?)```", CODEBOOK.read_text(encoding="utf-8"), re.DOTALL)
    return [line.strip() for block in shown for line in block.splitlines()]


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
    reading = [line for line in lines_shown() if ARROW not in line and not line.startswith("panel$")]
    reading = [line for line in reading if not line.startswith("panel <- subset")]
    told = [one for one in VARIABLES if one.type != "text"]
    given = pd.read_parquet(out / "panel.parquet", columns=[one.name for one in told])
    for read in ([], ['panel <- haven::read_dta("panel.dta")']):
        printed = run(
            rscript,
            out,
            [
                *reading,
                *read,
                "for (name in labels$variable[labels$type != 'text']) "
                "cat(format(as.numeric(panel[[name]]), digits = 15), '\\n')",
            ],
        )
        rows = [[np.nan if word == "NA" else float(word) for word in line.split()] for line in printed]
        np.testing.assert_allclose(np.array(rows).T, given.to_numpy(float, na_value=np.nan), rtol=1e-12)


def test_labels_stand_in_the_stata_file(rscript: str, out: Path) -> None:
    names = ["rq_new_tot", "rq_new_tot_s"]
    of = {one.name: str(one.label) for one in VARIABLES}
    read = 'panel <- haven::read_dta("panel.dta")'
    printed = run(rscript, out, [read, *(f"cat(attr(panel${name}, 'label'), '\\n')" for name in names)])
    assert [line.strip() for line in printed] == [of[name] for name in names]


@pytest.mark.parametrize("read", ['haven::read_dta("panel.dta")', None])
def test_what_is_doubtful_or_broken_is_left_out(rscript: str, tmp_path: Path, read: str | None) -> None:
    given, out, lines = dataset(), tmp_path / "panel", lines_shown()
    given["checks"] = given["checks"][given["checks"]["year"] != 2020]  # in all other reports a sum is broken
    write(tmp_path / "tables", given)
    export(tmp_path / "tables", out)
    if read is None:
        lines = [line for line in lines if ARROW not in line]
    else:
        lines = [
            f"panel <- {read}",
            *(line for line in lines if "panel <- subset" in line or "panel$" in line),
        ]
    panel = pd.read_parquet(out / "panel.parquet")
    panel.loc[panel["rq_new_tot_s"] != 0, "rq_new_tot"] = None
    panel = panel[(panel["n_doubtful"] == 0) & (panel["n_read_errors"] == 0)]
    panel = panel[panel["n_broken"].isna() | (panel["n_broken"] == 0)]
    (printed,) = run(rscript, out, [*lines, "cat(nrow(panel), sum(panel$rq_new_tot, na.rm = TRUE))"])
    assert len(panel) == 1
    assert [float(word) for word in printed.split()] == [len(panel), panel["rq_new_tot"].sum()]
