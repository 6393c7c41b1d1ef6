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
    return text_of(raw, 2024, item, "total")


def text_of(raw: Path, year: int, item: str, measure: str) -> str:
    ingest(raw, raw.parent / "first")
    rows = read(raw.parent / "first", "figures", TOWN)
    is_meant = (rows["year"] == year) & (rows["item"] == item) & (rows["measure"] == measure)
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
    told = rows[["variable", "label_zh", "file", "status", "doubted", "unconfirmed"]].to_dict("index")
    file = f"{TOWN}/2024.md"
    assert told["requests/new/total"] == {
        **{"variable": "rq_new_tot", "label_zh": "本年新收申请数量·总计", "file": file},
        **{"status": "applied", "doubted": 1, "unconfirmed": 0},
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
    assert "(requests/granted/total), to 3 not applied" in refused["why"]


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
        "2 matters to be looked at in corrections, review marks or the catalogue; no report is lost by them:",
    ]
    assert "Several files on one year, of which one is to be kept: 1" in lines
    assert f"{TOWN}/2020.md: the title names {OTHER}" in lines
    assert set(warnings["message"]) <= set(lines)
    assert warnings["message_zh"].str.contains("[一-鿿]").all()
    assert set(warnings["message_zh"]) <= set(said(raw, "zh"))


def test_lines_that_are_not_understood_are_counted_and_named(raw: Path) -> None:
    """“0 applied, 0 refused” was said of files of which no line was understood."""
    short, bad = f"{TOWN},2024\n", LINE.replace("2024", "never") % ("new", "1,2")
    (raw.parent / "corrections.csv").write_text(HEAD + bad + short, "utf-8")
    (raw.parent / "review_marks.csv").write_text(f"agency,year,rule\n{TOWN},2024,x\n", "utf-8")
    lines = said(raw)
    assert "0 corrections applied, 1 refused" in lines
    assert "not understood in corrections.csv, review_marks.csv, and not applied: 2" in lines
    warnings = pd.read_csv(raw.parent / "out" / "warnings.csv").set_index("message")
    told = warnings.loc[
        warnings["kind"].isin(["correction_refused", "line_refused"]), ["file", "agency", "kind"]
    ]
    told = told.astype(object).where(told.notna(), None)
    (header,) = [
        message for message in told.index if message.startswith("review_marks.csv: expected the col")
    ]
    assert told.T.to_dict("list") == {
        "corrections.csv, line 2: expected a year, found 'never'": [None, TOWN, "correction_refused"],
        "corrections.csv, line 3: expected 11 cells, found 2": ["corrections.csv", None, "line_refused"],
        header: ["review_marks.csv", None, "line_refused"],
    }
    assert set(told.index) <= set(lines)
    rows = pd.read_csv(raw.parent / "out" / "corrections.csv")
    assert rows["status"].to_list() == ["refused"]


def test_a_mark_on_no_rule_is_named(raw: Path) -> None:
    mark = f"{TOWN},2024,requests.balanced,,open,,W,2025-03-01\n"
    (raw.parent / "review_marks.csv").write_text(f"agency,year,rule_id,cells,mark,comment,who,when\n{mark}")
    assert any(line.startswith(f"review mark on {TOWN} 2024 not applied") for line in said(raw))


def test_a_correction_to_a_blank_is_doubted_in_both_files(raw: Path) -> None:
    text = text_of(raw, 2024, "new", "natural_person")
    line = LINE.replace("total", "natural_person") % ("new", f"{text},")
    (raw.parent / "corrections.csv").write_text(HEAD + line, "utf-8")
    said(raw)
    rows = pd.read_csv(raw.parent / "out" / "corrections.csv")
    warnings = pd.read_csv(raw.parent / "out" / "warnings.csv")
    assert rows["doubted"].to_list() == [1]
    assert (warnings["kind"] == "correction_doubted").sum() == 1


def test_one_file_of_two_agencies_and_a_year_without_an_own_report_are_named(raw: Path) -> None:
    (raw / "inbox").mkdir()
    (raw / "inbox" / "2024.md").write_bytes((raw / TOWN / "2024.md").read_bytes())
    lines = said(raw)
    told = f"inbox/2024.md = {TOWN}/2024.md: one and the same file"
    head = (
        "1 report lying byte for byte in the folders of several agencies, of which one at most can be right:"
    )
    assert lines[lines.index(head) + 1] == told
    warnings = pd.read_csv(raw.parent / "out" / "warnings.csv")
    equal = warnings[warnings["kind"] == "equal_file"]
    assert set(equal["file"]) == {f"{TOWN}/2024.md", "inbox/2024.md"}
    assert set(equal["message"]) == {told}
    assert any(
        "1 report of another agency than the folder" in line and "missing.csv" in line for line in lines
    )


def test_of_many_the_first_are_named_and_the_file_has_all(raw: Path) -> None:
    for n in range(14):
        (raw / TOWN / f"{2001 + n}.pdf").write_bytes(b"garbage")
    lines = said(raw)
    assert f"… and 5 more: {raw.parent / 'out' / 'warnings.csv'}" in lines
    assert sum(".pdf: " in line for line in lines) == 10
    assert (pd.read_csv(raw.parent / "out" / "warnings.csv")["kind"] == "unreadable_file").sum() == 15


def test_a_report_with_errors_and_one_that_changed_are_named(raw: Path, samples: Path) -> None:
    """The export counted a report that had lost a table, and named it nowhere."""
    said(raw)
    file = raw / TOWN / "2024.md"
    file.write_text(file.read_text("utf-8").split("## 四")[0], "utf-8")
    lines = said(raw)
    rows = pd.read_csv(raw.parent / "out" / "warnings.csv").set_index("kind")
    (error,), (changed,) = (
        rows.loc[[kind]].to_dict("records") for kind in ("read_error", "changed_after_first_reading")
    )
    for row in (error, changed):
        assert (row["file"], row["agency"], row["year"]) == (f"{TOWN}/2024.md", TOWN, 2024)
    assert error["message"].startswith(f"{TOWN}/2024.md: the table “")
    assert f"{TOWN}/2024.md: first read on " in changed["message"]
    head = "1 report with an error in reading, such as a table not found:"
    assert lines[lines.index(head) + 1] == error["message"]
    assert changed["message"] in lines


def test_a_report_that_names_nobody_is_named(raw: Path) -> None:
    """A town's report stood in the panel under the name of its folder, and no file beside it told."""
    file = raw / TOWN / "2024.md"
    file.write_text(file.read_text("utf-8").replace(TOWN, ""), "utf-8")
    lines = said(raw)
    (row,) = (
        pd.read_csv(raw.parent / "out" / "warnings.csv").set_index("kind").loc[["no_name"]].to_dict("records")
    )
    assert (row["file"], row["agency"], row["year"]) == (f"{TOWN}/2024.md", TOWN, 2024)
    assert row["message"] in lines
    assert lines[lines.index(row["message"]) - 1].startswith("1 report naming no agency")
    rows = pd.read_csv(raw.parent / "out" / "panel.csv").set_index(["agency", "year"])
    assert rows.query("no_name == 1").index.to_list() == [(TOWN, 2024)]
