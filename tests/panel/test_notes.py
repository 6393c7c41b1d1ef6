"""Beside the panel: every correction with what became of it, and what an ingest warns of, in its words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from ogi.cli import app
from ogi.ingest import ingest
from ogi.tables import read
from tests.panel.test_own import OTHER, TOWN, put

HEAD = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
LINE = f"{TOWN},2024,requests,%s,total,%s,=1+1,e,W,2025-03-01\n"


@pytest.fixture
def raw(samples: Path, tmp_path: Path) -> Path:
    """A town's folder with a stranger, two files on a year, one that cannot be read, three corrections."""
    folder = tmp_path / "raw" / TOWN
    put(samples, folder, "2020.md", "2020.md", is_strange=True)
    put(samples, folder, "2021.txt", "2021.txt", is_strange=False)
    put(samples, folder, "2021.txt", "2021b.txt", is_strange=False)
    put(samples, folder, "2024.md", "2024.md", is_strange=False)
    (folder / "2023.pdf").write_bytes(b"garbage")
    return tmp_path / "raw"


def printed(raw: Path, item: str) -> str:
    ingest(raw, raw.parent / "first")
    rows = read(raw.parent / "first", "figures", TOWN)
    is_meant = (rows["year"] == 2024) & (rows["item"] == item) & (rows["measure"] == "total")
    (text,) = rows.loc[is_meant & (rows["table"] == "requests"), "printed"]
    return str(text)


def said(raw: Path, language: str = "en") -> list[str]:
    """What the terminal says at the end of an export."""
    run = CliRunner().invoke
    run(app, ["ingest", str(raw), "--tables", str(raw.parent / "tables")])
    out = ["--out", str(raw.parent / "out"), "--language", language]
    done = run(app, ["export", str(raw.parent / "tables"), *out])
    assert done.exit_code == 0, done.stderr
    return done.stderr.splitlines()


def corrected(raw: Path) -> Path:
    """One correction that breaks a sum, one that does not fit, one whose report is another agency's."""
    new = printed(raw, "new")
    fix = LINE % ("new", f"{new},{int(new) + 90}")
    (raw.parent / "corrections.csv").write_text(HEAD + fix + LINE % ("granted", "999,3"), "utf-8")
    return raw


def test_every_correction_is_listed_with_what_became_of_it(raw: Path) -> None:
    said(corrected(raw))
    rows = pd.read_csv(raw.parent / "out" / "corrections.csv").set_index("cell")
    told = rows[["variable", "label_zh", "file", "status", "doubted"]].to_dict("index")
    file = f"{TOWN}/2024.md"
    assert told["requests/new/total"] == {
        **{"variable": "rq_new_tot", "label_zh": "本年新收申请数量·总计", "file": file},
        **{"status": "applied", "doubted": 1},
    }
    refused = rows.loc["requests/granted/total"]
    assert refused[["file", "status", "doubted", "printed", "corrected"]].to_list() == [
        *(file, "refused", 0, 999, 3)
    ]
    assert refused[["reason", "evidence", "who", "when"]].to_list() == ["'=1+1", "e", "W", "2025-03-01"]
    assert "not applied: expected “999” to be printed there" in refused["why"]
    assert "未采用" in refused["why_zh"]


def test_of_lines_that_are_others_now_the_refused_tell_what_the_dataset_knows(raw: Path) -> None:
    corrected(raw)
    ingest(raw, raw.parent / "tables")
    (raw.parent / "corrections.csv").unlink()
    run = ["export", str(raw.parent / "tables"), "--out", str(raw.parent / "out")]
    assert CliRunner().invoke(app, run).exit_code == 0
    rows = pd.read_csv(raw.parent / "out" / "corrections.csv").set_index("status")
    assert rows.loc["applied", "variable"] == "rq_new_tot"
    refused = rows.loc["refused"]
    assert (refused["printed"], pd.isna(refused["variable"]), pd.isna(refused["corrected"])) == (
        999,
        True,
        True,
    )
    assert "requests/granted/total not applied" in refused["why"]


def test_what_an_ingest_warns_of_is_named_and_listed(raw: Path) -> None:
    lines = said(corrected(raw))
    warnings = pd.read_csv(raw.parent / "out" / "warnings.csv")
    told = warnings.groupby("kind", sort=False)["file"].agg(list).to_dict()
    assert told == {
        "same_year": [f"{TOWN}/2021.txt", f"{TOWN}/2021b.txt"],
        "other_agency": [f"{TOWN}/2020.md"],
        "unreadable_file": [f"{TOWN}/2023.pdf"],
        "correction_refused": [f"{TOWN}/2024.md"],
        "correction_doubted": [f"{TOWN}/2024.md"],
    }
    heads = [line for line in lines if line.endswith(":")]
    assert heads == [
        "1 report of another agency than the folder, not counted as reported "
        "(in the reviews: “Titles of other agencies”):",
        "1 failed:",
        "2 corrections to be looked at, no report is lost by them:",
    ]
    assert "Several files on one year, of which one is to be kept: 1" in lines
    assert f"{TOWN}/2020.md: the title names {OTHER}" in lines
    assert set(warnings["message"]) <= set(lines)
    assert warnings["message_zh"].str.contains("[一-鿿]").all()
    assert set(warnings["message_zh"]) <= set(said(raw, "zh"))


def test_of_many_the_first_are_named_and_the_file_has_all(raw: Path) -> None:
    for n in range(14):
        (raw / TOWN / f"{2001 + n}.pdf").write_bytes(b"garbage")
    lines = said(raw)
    assert f"… and 5 more: {raw.parent / 'out' / 'warnings.csv'}" in lines
    assert sum(".pdf: " in line for line in lines) == 10
    assert (pd.read_csv(raw.parent / "out" / "warnings.csv")["kind"] == "unreadable_file").sum() == 15
