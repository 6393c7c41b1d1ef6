"""The command: results on standard output, messages on standard error, a telling exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from ogi import __version__
from ogi.bulk import Choice, Job, SummaryResult
from ogi.cli import COMMANDS as RUNS
from ogi.cli import app
from ogi.extract import PARSER_VERSION
from ogi.forms import TABLES
from ogi.said import Said
from ogi.tables import SCHEMAS, read

TOWN, BUREAU = "示例镇人民政府", "示例县卫生健康局"
RENAMED = "示例区城市管理局"
COMMANDS = [run.__name__ for run in RUNS]
OGI = [sys.executable, "-c", "from ogi.cli import main; main()"]


def ogi(*arguments: object) -> Result:
    """The command within this process; a traceback fails the test."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_verbose_tells_the_stages_on_standard_error_and_results_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "2023\x1b[2J.txt"
    file.write_text("政府信息公开工作年度报告", "utf-8")
    quiet, told = (
        subprocess.run([*OGI, *options, "parse", file, "--format", "csv"], capture_output=True, check=False)
        for options in ([], ["-v"])
    )
    assert told.stdout == quiet.stdout
    assert b"DEBUG ogi." in told.stderr
    assert b"DEBUG" not in quiet.stderr
    assert b"\x1b" not in told.stderr


def ogi_started(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen([*OGI, *map(str, arguments)], **pipes)  # type: ignore[call-overload, no-any-return]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def one(samples: Path) -> Path:
    return samples / TOWN / "2021.txt"


@pytest.fixture
def raw(tmp_path: Path, samples: Path) -> Path:
    for agency, year in ((TOWN, 2021), (TOWN, 2022), (BUREAU, 2019)):
        (tmp_path / "raw" / agency).mkdir(parents=True, exist_ok=True)
        shutil.copy(samples / agency / f"{year}.txt", tmp_path / "raw" / agency)
    return tmp_path / "raw"


# --- parse ------------------------------------------------------------------------------------------


def test_parse_prints_the_figures_as_csv(one: Path) -> None:
    result = ogi("parse", one, "--format", "csv")
    assert result.exit_code == 0
    rows = rows_of(result.stdout)
    assert list(rows[0]) == SCHEMAS["figures"].names
    cells = {f"{row['table']}/{row['item']}/{row['measure']}" for row in rows}
    assert cells == {f"{t}/{i.id}/{m.id}" for t, e in TABLES.items() for i, m in e["2021"].cells()}
    assert {(row["agency"], row["year"], row["report_id"]) for row in rows} == {(TOWN, "2021", "2021.txt")}
    assert not [row["value"] for row in rows if row["value"].endswith(".0")]


def test_parse_prints_several_files_under_one_header(one: Path, samples: Path) -> None:
    result = ogi("parse", one, samples / BUREAU / "2019.txt", "--format", "csv")
    ids = [row["report_id"] for row in rows_of(result.stdout)]
    assert list(dict.fromkeys(ids)) == ["2021.txt", "2019.txt"]
    assert "report_id" not in ids
    assert "reading 2/2 2019.txt" in result.stderr


def test_parse_prints_json(one: Path) -> None:
    rows = json.loads(ogi("parse", one, "--format", "json").stdout)
    assert {row["year"] for row in rows} == {2021}
    assert all((row["value"] is None) == (row["state"] != "reported") for row in rows)


def test_parse_prints_the_statutory_tables_by_default(one: Path) -> None:
    shown = ogi("parse", one).stdout
    assert f"{TOWN} 2021 (2021.txt)" in shown
    for table in TABLES.values():
        assert f"{table['2021'].zh} {table['2021'].en}, form 2021" in shown
        assert [item.label for item in table["2021"].items if item.label not in shown] == []
    figures = {
        f"{r['item']}/{r['measure']}": r["value"]
        for r in rows_of(ogi("parse", one, "--format", "csv").stdout)
    }
    item = TABLES["requests"]["2021"].item("new")
    (line,) = [line for line in shown.splitlines() if item.label in line]
    assert line.split()[1:] == [figures[f"new/{m.id}"] for m in TABLES["requests"]["2021"].measures]


@pytest.mark.parametrize("columns", [80, 100, 200])
def test_tables_stay_upright_in_a_narrow_terminal(one: Path, columns: int) -> None:
    lines = on_a_terminal("parse", one, columns=columns)[1].splitlines()
    assert max(map(cell_len, lines)) <= columns
    labels = [item.label for item in TABLES["requests"]["2021"].items]
    shown = [line.split() for line in lines]
    for label in labels:
        assert [words for words in shown if words and words[0][:4] == label[:4] and len(words) >= 8], label


def test_findings_go_to_standard_error_and_are_no_failure(samples: Path) -> None:
    result = ogi("parse", samples / TOWN / "2022.txt", "--format", "csv")
    assert result.exit_code == 0
    assert "2022.txt: warning: " in result.stderr
    assert "warning" not in result.stdout


def test_what_failed_is_named_at_the_end_and_the_rest_is_printed(one: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "x.xyz").write_text("x")
    (tmp_path / "none").mkdir()
    result = ogi(
        "parse",
        tmp_path / "empty.pdf",
        one,
        tmp_path / "x.xyz",
        tmp_path / "none",
        "--format",
        "csv",
    )
    assert result.exit_code == 1
    assert {row["report_id"] for row in rows_of(result.stdout)} == {"2021.txt"}
    head, *failures = result.stderr.splitlines()[-4:]
    assert head == "3 failed of 4:"
    told = {failure.partition(": expected ")[0]: failure.partition(", found ")[2] for failure in failures}
    assert set(told) == {str(tmp_path / name) for name in ("empty.pdf", "x.xyz", "none")}
    assert all(told.values())


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse", "nosuch"],
        ["check", "nosuch.pdf"],
        ["explain", "nosuch", "requests/new/total"],
        ["ingest", "nosuch"],
        ["summarize", "nosuch", "--out", "out"],
        ["catalogue", "nosuch"],
        ["export", "nosuch", "--out", "out"],
        ["diff", "nosuch", "nosuch"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_path_where_nothing_is_is_wrong_use(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = ogi(*arguments)
    assert result.exit_code == 2
    assert re.search("nosuch.*does not exist", result.stderr, re.DOTALL)
    assert list(tmp_path.iterdir()) == []


def test_failures_are_told_in_the_language_asked_for(tmp_path: Path, broken: Path) -> None:
    marks = tmp_path / "marks.csv"
    marks.write_text("agency,year\n", "utf-8")
    result = ogi("check", broken, "--language", "zh", "--marks", marks, "--fail-on", "error")
    assert result.exit_code == 1
    head, fault, failing, shared = result.stderr.splitlines()[-4:]
    assert head == "更正、审核标记或名录中待核的1处（不影响年报的读取）："
    assert fault.startswith(f"{marks}：应有各栏")
    assert shared.startswith("每条规则、每处各列一行")
    assert failing == "严重程度在“差错”以上、未经说明或排除的不符之处：2处"


def test_a_figure_read_with_little_confidence_is_marked_in_the_grid(one: Path) -> None:
    from ogi.cli.render import figures_text
    from ogi.ingest.reading import read_all
    from ogi.ingest.sources import Source
    from ogi.tables import Filed, frames

    (filed,) = read_all([Source(one.name, None, one)])
    assert isinstance(filed, Filed)
    tables = frames([filed])
    figures, plain = tables["figures"], figures_text(tables["figures"], tables["reports"], "en")
    is_meant = (figures["item"] == "new") & (figures["measure"] == "total")
    doubtful = figures.assign(confidence=figures["confidence"].mask(is_meant, 0.5))
    shown = figures_text(doubtful, tables["reports"], "en")
    (value,) = figures.loc[is_meant, "value"]
    line = next(line for line in shown.splitlines() if line.strip().startswith("一、本年新收"))
    assert line.split()[-1] == f"~{value:g}"
    assert "~ read with little confidence" in shown
    assert "~" not in plain.replace("~ read with little confidence", "")


def test_nothing_readable_still_prints_a_header(tmp_path: Path) -> None:
    (tmp_path / "nothing.pdf").touch()
    result = ogi("parse", tmp_path / "nothing.pdf", "--format", "csv")
    assert result.exit_code == 1
    assert result.stdout == ",".join(SCHEMAS["figures"].names) + "\n"
    assert ogi("parse", tmp_path / "nothing.pdf", "--format", "json").stdout == "[]\n"
    assert ogi("parse", tmp_path / "nothing.pdf").stdout == ""


def test_names_of_files_do_not_steer_the_terminal(tmp_path: Path, one: Path) -> None:
    shutil.copy(one, tmp_path / "a\x1b[31mb\n2021.txt")
    (tmp_path / "c\x1b[2J\n.txt").touch()
    result = ogi("parse", *sorted(tmp_path.iterdir()))
    assert "\x1b" not in result.stdout + result.stderr
    assert "(a%1B[31mb%0A2021.txt)" in result.stdout


# --- check ------------------------------------------------------------------------------------------


@pytest.fixture
def broken(samples: Path) -> Path:
    return samples / "淮安市洪泽区人民政府" / "2023.pdf"


def test_check_tells_what_is_broken(broken: Path) -> None:
    result = ogi("check", broken)
    assert result.exit_code == 0
    lines = [line for line in result.stdout.splitlines() if line.startswith("  ")]
    assert [line.split()[:3] for line in lines] == [
        *[["broken", "(error):", "“The"]] * 2,
    ]
    assert "2 broken" in result.stdout
    assert "but 总计 = 0 (difference 11)" in lines[0]
    assert "相差11" in ogi("check", broken, "--language", "zh").stdout


def test_of_reports_in_which_nothing_is_broken_only_their_number_is_told(broken: Path, samples: Path) -> None:
    """A line each would have to say what there is to check in them."""
    sound = samples / "示例市公安局" / "2024.html"
    assert ogi("check", sound, "--broken").output.splitlines()[-1] == "reports in which nothing is broken: 1"
    both = ogi("check", sound, broken, "--broken", "--language", "zh").stdout
    assert ("洪泽区" in both, "公安局" in both, "没有可核对" in both) == (True, False, False)


def test_check_prints_csv_and_json(broken: Path) -> None:
    rows = rows_of(ogi("check", broken, "--format", "csv").stdout)
    assert list(rows[0]) == SCHEMAS["checks"].names
    found = [row for row in rows if row["verdict"] == "broken" and row["severity"] == "error"]
    assert [(row["left"], row["right"], row["difference"]) for row in found] == [
        ("11", "0", "11"),
        ("5", "0", "5"),
    ]
    cells = [f"review/reconsideration/{m.id}" for m in TABLES["review"]["2021"].measures]
    assert found[0]["cells"].split() == cells
    told = json.loads(ogi("check", broken, "--format", "json").stdout)
    assert next(row["cells"] for row in told if row["verdict"] == "broken") == cells


def test_check_takes_raw_a_folder_of_files_and_files(raw: Path) -> None:
    whole = rows_of(ogi("check", raw, "--format", "csv").stdout)
    assert {row["report_id"] for row in whole} == {
        f"{TOWN}/2021.txt",
        f"{TOWN}/2022.txt",
        f"{BUREAU}/2019.txt",
    }
    assert "requests.carry_over" in {row["rule_id"] for row in whole}
    folder = rows_of(ogi("check", raw / TOWN, raw / BUREAU / "2019.txt", "--format", "csv").stdout)
    assert {row["report_id"] for row in folder} == {f"{TOWN}/2021.txt", f"{TOWN}/2022.txt", "2019.txt"}
    assert len(folder) == len(whole)


def test_check_of_an_empty_folder_is_one_line(tmp_path: Path) -> None:
    result = ogi("check", tmp_path)
    assert result.exit_code == 1
    assert result.stderr == f"1 failed of 1:\n{tmp_path}: expected reports in this folder, found none\n"


CORRECTIONS = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
CORRECTED = (
    "洪泽区人民政府,2023,review,{item},total,0,{total},sum of its parts,called the office,W. L.,2025-03-31\n"
)
MARKS = "agency,year,rule_id,cells,mark,comment,who,when\n"


def marked(mark: str, item: str = "reconsideration", comment: str = "the office said so") -> str:
    cells = " ".join(f"review/{item}/{m.id}" for m in TABLES["review"]["2021"].measures)
    return f"洪泽区人民政府,2023,review.results,{cells},{mark},{comment},W. L.,2025-03-31\n"


@pytest.mark.parametrize(
    ("fail_on", "grades"),
    [
        ("error", ["error"]),
        ("warning", ["error", "warning"]),
        ("note", ["error", "warning", "note"]),
        ("never", []),
    ],
)
def test_broken_rules_are_a_failure_where_they_are_asked_to_be(
    samples: Path, tmp_path: Path, fail_on: str, grades: list[str]
) -> None:
    for agency, names in ((TOWN, ("2022.txt",)), (RENAMED, ("2021.pdf", "2022.docx"))):
        (tmp_path / agency).mkdir()
        for name in names:
            shutil.copy(samples / agency / name, tmp_path / agency / name)
    result = ogi("check", tmp_path, "--fail-on", fail_on, "--format", "csv")
    rows = rows_of(result.stdout)
    broken = [row["severity"] for row in rows if row["verdict"] == "broken"]
    assert set(broken) == {"error", "warning", "note"}
    count = sum(severity in grades for severity in broken)
    assert result.exit_code == (1 if grades else 0)
    told = [line for line in result.stderr.splitlines() if "broken at severity" in line]
    assert [line.split()[0] for line in told] == ([str(count)] if grades else [])


def test_check_says_last_that_rows_may_share_a_cause(broken: Path, one: Path, tmp_path: Path) -> None:
    """“9 rows” stood against six slips on the page, without a hint why."""
    out = tmp_path / "c.csv"
    told = ogi("check", broken, "--format", "csv", "--out", out, "--language", "zh").stderr
    assert told.splitlines()[-1].endswith("网页和评议只计一处")
    assert "one cause" not in ogi("check", one, "--broken").stderr


def test_a_sound_report_fails_on_nothing(samples: Path) -> None:
    assert ogi("check", samples / TOWN / "2021.txt", "--fail-on", "warning").exit_code == 0


def test_what_is_explained_or_dismissed_is_no_failure_and_still_told(broken: Path, tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(
        MARKS + marked("已说明") + marked("dismissed", "litigation_after_reconsideration"), "utf-8"
    )
    result = ogi("check", broken, "--marks", path, "--fail-on", "error")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    after = [lines[n + 1] for n, line in enumerate(lines) if "review.results" in line]
    said = "the office said so (W. L., 2025-03-31)"
    assert after == [f"    explained: {said}", f"    dismissed: {said}"]
    path.write_text(MARKS + marked("confirmed", comment=""), "utf-8")
    assert ogi("check", broken, "--marks", path, "--fail-on", "error").exit_code == 1
    rows = rows_of(ogi("check", broken, "--marks", path, "--format", "csv").stdout)
    assert list(rows[0]) == [*SCHEMAS["checks"].names, "mark", "comment", "who", "when"]
    assert [row["rule_id"] for row in rows if row["mark"] == "confirmed"] == ["review.results"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "    explained: typed twice (W. L., 2025-03-31)"),
        ("zh", "    已说明：typed twice（W. L.，2025-03-31）"),
    ],
)
def test_every_line_of_a_settled_cause_shows_its_mark(
    samples: Path, tmp_path: Path, language: str, said: str
) -> None:
    """The further lines of a settled cause stood there bare, as if nobody had looked at them."""
    name = "示例镇人民政府"
    text = (samples / name / "2022.txt").read_text("utf-8")
    lines = text.splitlines(keepends=True)
    (at,) = (n for n, line in enumerate(lines) if "本年新收" in line and "申请数量" in line)
    cells = lines[at].rstrip("\n").split("\t")
    last = next(n for n in range(len(cells) - 1, 0, -1) if cells[n].strip().isdigit())
    cells[last] = str(int(cells[last]) + 40)
    (tmp_path / "raw" / name).mkdir(parents=True)
    changed = [*lines[:at], "\t".join(cells) + "\n", *lines[at + 1 :]]
    (tmp_path / "raw" / name / "2022.txt").write_text("".join(changed), "utf-8")
    rows = rows_of(ogi("check", tmp_path / "raw", "--format", "csv", "--broken").stdout)
    first, _ = (row for row in rows if "requests/new/total" in row["cells"])
    mark = f"{name},2022,{first['rule_id']},{first['cells']},explained,typed twice,W. L.,2025-03-31\n"
    (tmp_path / "review_marks.csv").write_text(MARKS + mark, "utf-8")
    shown = ogi("check", tmp_path / "raw", "--language", language).stdout.splitlines()
    assert shown.count(said) == 2


def test_a_correction_mends_the_rule_and_is_told_and_its_mark_is_not_lost(
    broken: Path, tmp_path: Path
) -> None:
    corrections, marks = tmp_path / "c.csv", tmp_path / "m.csv"
    corrections.write_text(CORRECTIONS + CORRECTED.format(item="reconsideration", total=11), "utf-8")
    marks.write_text(MARKS + marked("open", comment=""), "utf-8")
    result = ogi("check", broken, "--corrections", corrections, "--marks", marks)
    assert result.exit_code == 0
    broken_now = [line for line in result.stdout.splitlines() if "broken (error)" in line]
    assert len(broken_now) == 1
    cell = "review/reconsideration/total (Reconsideration / total)"
    corrected = f"  corrected {cell}: “0” to 11: sum of its parts (W. L., 2025-03-31)"
    assert corrected in result.stdout.splitlines()
    place = "洪泽区人民政府 2023 “The results add up to the total” (review.results) review/reconsideration/"
    assert f"review mark (open) on what is no longer broken: {place}" in result.stderr


def test_a_mark_on_no_rule_is_a_failure_that_names_its_line(broken: Path, tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text(MARKS + marked("open", comment="").replace("review.results", "各类结果之和"), "utf-8")
    result = ogi("check", broken, "--marks", path, "--language", "zh")
    assert result.exit_code == 1
    assert (
        f"{path}第2行：应为规则编号或规则名称（最相近的是“各类结果之和，等于总计”（review.results）"
        in result.stderr
    )
    assert "已无不符" not in result.stderr


def test_check_can_be_asked_for_what_does_not_hold_alone(broken: Path, tmp_path: Path) -> None:
    out = tmp_path / "checks.csv"
    whole = rows_of(ogi("check", broken, "--format", "csv").stdout)
    assert ogi("check", broken, "--broken", "--format", "csv", "--out", out).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf"), "the mark by which a spreadsheet knows UTF-8"
    rows = rows_of(out.read_text("utf-8-sig"))
    assert rows == [row for row in whole if row["verdict"] == "broken"]
    assert len(rows) > 0
    assert "undecided" not in ogi("check", broken, "--broken").stdout


def test_a_correction_that_does_not_fit_is_one_line_and_a_failure(broken: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    wrong = CORRECTED.format(item="reconsideration", total=11).replace(",0,11,", ",1,11,")
    elsewhere = wrong.replace("2023", "2022")
    path.write_text(CORRECTIONS + wrong + elsewhere, "utf-8")
    result = ogi("check", broken, "--corrections", path)
    assert result.exit_code == 1
    assert [line for line in result.stderr.splitlines() if "correction of" in line] == [
        "correction of 洪泽区人民政府 2023, Reconsideration / total (review/reconsideration/total), "
        "to 11 not applied: expected “1” to be printed there, found “0”"
    ]
    assert result.stdout.count("broken (error)") == 2


def test_check_takes_what_lies_beside_a_folder(raw: Path) -> None:
    (raw.parent / "corrections.csv").write_text(
        CORRECTIONS + CORRECTED.format(item="reconsideration", total=1)
    )
    result = ogi("check", raw)
    assert result.exit_code == 1
    assert "not applied: expected a report of that agency and year, found none" in result.stderr
    assert ogi("check", *raw.iterdir()).exit_code == 0


def test_check_of_one_agencys_folder_takes_what_lies_beside_that_of_all(raw: Path, broken: Path) -> None:
    other = CORRECTED.format(item="reconsideration", total=1).replace("2023", "2019")
    agency = raw / "甲"
    agency.mkdir()
    shutil.copy(broken, agency / "2023.pdf")
    own = CORRECTED.format(item="reconsideration", total=11).replace("洪泽区人民政府", agency.name)
    (raw.parent / "corrections.csv").write_text(CORRECTIONS + own + other)
    result = ogi("check", agency)
    assert result.exit_code == 0, "what is kept on other agencies is none of its business"
    assert result.stdout.count("broken (error)") == 1
    (raw / "corrections.csv").write_text(CORRECTIONS)
    assert ogi("check", agency).stdout.count("broken (error)") == 2


def test_ingest_tells_files_that_failed_from_corrections_that_do_not_fit(raw: Path, tmp_path: Path) -> None:
    (raw / TOWN / "2023.pdf").write_bytes(b"no report")
    (raw.parent / "corrections.csv").write_text(
        CORRECTIONS + CORRECTED.format(item="reconsideration", total=1), "utf-8"
    )
    result = ogi("ingest", raw, "--tables", tmp_path / "tables")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    head = lines.index("1 failed:")
    assert "2023.pdf" in lines[head + 1]
    assert (
        lines[head + 2]
        == "1 matter to be looked at in corrections, review marks or the catalogue; no report is lost by it:"
    )
    assert "not applied: " in lines[head + 3]
    (raw / TOWN / "2023.pdf").unlink()
    only = ogi("ingest", raw, "--tables", tmp_path / "tables", "--language", "zh")
    assert (only.exit_code, "失败" in only.stderr) == (1, False)
    assert "更正、审核标记或名录中待核的1处（不影响年报的读取）：" in only.stderr


# --- formats, languages, datasets -------------------------------------------------------------------


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """The dataset of one agency with a broken sum, and a review mark on it."""
    folder = tmp_path_factory.mktemp("held")
    (folder / "raw" / "洪泽区政府").mkdir(parents=True)
    shutil.copy(samples / "淮安市洪泽区人民政府" / "2023.pdf", folder / "raw" / "洪泽区政府")
    mark = marked("explained").replace("洪泽区人民政府", "洪泽区政府")
    (folder / "review_marks.csv").write_text(MARKS + mark, "utf-8")
    assert ogi("ingest", folder / "raw", "--tables", folder / "tables").exit_code == 0
    return folder / "tables"


def test_parse_and_check_take_a_dataset(held: Path) -> None:
    figures = ogi("parse", held, "--format", "csv")
    assert figures.stdout == ogi("parse", held.parent / "raw", "--format", "csv").stdout
    assert "洪泽区政府/2023.pdf" in figures.stdout
    checks = ogi("check", held, "--format", "csv", "--fail-on", "error")
    assert checks.stdout == ogi("check", held.parent / "raw", "--format", "csv").stdout
    assert checks.exit_code == 1
    assert "1 broken at severity error" in checks.stderr, "one of two is explained, as the dataset knows"
    (held / "no marks.csv").write_text(MARKS)
    assert "2 broken" in ogi("check", held, "--marks", held / "no marks.csv", "--fail-on", "error").stderr


def test_of_a_correction_without_a_report_parse_tells_agency_and_year(one: Path, tmp_path: Path) -> None:
    """“nan: warning: correction of …” stood there."""
    raw = tmp_path / "raw" / TOWN
    raw.mkdir(parents=True)
    (raw / "2021.txt").write_bytes(one.read_bytes())
    line = f"{TOWN},%s,requests,new,total,1,2,r,e,W,2025-03-01\n"
    head = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
    (tmp_path / "corrections.csv").write_text(head + line % 2018 + line % "never", "utf-8")
    ogi("ingest", raw.parent, "--tables", tmp_path / "tables")
    said = ogi("parse", tmp_path / "tables", "--format", "csv").stderr.splitlines()
    assert [told for told in said if told.startswith(f"{TOWN} 2018: warning: correction of {TOWN} 2018")]
    assert f"{TOWN}: warning: corrections.csv, line 3: expected a year, found 'never'" in said
    assert not [told for told in said if told.startswith("nan")]


def test_a_dataset_is_named_alone_and_must_be_whole(held: Path, one: Path, tmp_path: Path) -> None:
    assert ogi("check", held, one).exit_code == 2
    (tmp_path / "manifest.json").write_text("{}")
    result = ogi("check", tmp_path, "--language", "zh")
    assert (result.exit_code, result.stdout) == (1, "")
    found = "应为一次ogi ingest所得的各表，实为无法读取的manifest.json"
    assert result.stderr == f"{tmp_path}：{found}：请运行`ogi ingest 年报目录`或`ogi summarize 年报目录`\n"


def test_a_result_goes_into_a_file_and_the_last_line_says_where(one: Path, tmp_path: Path) -> None:
    sizes = {}
    for format in ("table", "csv", "json", "xlsx"):
        path = tmp_path / f"figures.{format}"
        result = ogi("parse", one, "--format", format, "--out", path)
        assert (result.exit_code, result.stdout) == (0, "")
        assert re.fullmatch(rf"\d+ rows: {re.escape(str(path))}", result.stderr.splitlines()[-1])
        sizes[format] = path.stat().st_size
    assert (tmp_path / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "as a spreadsheet needs it"
    assert all(sizes.values())


def test_a_workbook_holds_the_same_as_the_csv(broken: Path, tmp_path: Path) -> None:
    ogi("check", broken, "--format", "xlsx", "--out", tmp_path / "checks.xlsx")
    with ZipFile(tmp_path / "checks.xlsx") as parts:
        sheet, strings = (
            parts.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings")
        )
    rows = rows_of(ogi("check", broken, "--format", "csv").stdout)
    assert sheet.count("<row ") == len(rows) + 1
    assert all(f">{name}<" in strings for name in rows[0])
    assert "<f>" not in sheet
    assert "review.results" in strings


def test_checks_in_chinese_have_chinese_heads_and_what_does_not_hold_first(
    held: Path, tmp_path: Path
) -> None:
    rows = rows_of(ogi("check", held, "--format", "csv", "--language", "zh").stdout)
    assert list(rows[0]) == [
        "机关", "年度", "核对结果", "严重程度", "规则", "说明", "左边", "右边", "差额", "数据项",
        "法定勾稽关系", "年报文件", "规则编号", "数据项编号", "审核标记", "意见", "填写人", "填写日期",
    ]  # fmt: skip
    verdicts = [row["核对结果"] for row in rows]
    assert verdicts[:3] == ["不符", "不符", "符合"]
    grave = ["差错", "警告", "提示"]
    severities = [grave.index(row["严重程度"]) for row in rows if row["核对结果"] == "符合"]
    assert severities == sorted(severities)
    assert rows[0]["规则编号"] == "review.results"
    assert rows[0]["数据项"].startswith("行政复议 · 结果维持；行政复议 · 结果纠正；")
    assert {row["审核标记"] for row in rows} == {"已说明", ""}
    english = rows_of(ogi("check", held, "--format", "csv").stdout)
    told, said = ("rule_id", "cells"), ("规则编号", "数据项编号")  # which a line of review_marks.csv needs
    assert sorted([row[n] for n in told] for row in english) == sorted([row[n] for n in said] for row in rows)
    ogi("check", held, "--format", "xlsx", "--language", "zh", "--out", tmp_path / "checks.xlsx")
    with ZipFile(tmp_path / "checks.xlsx") as parts:
        assert '<sheet name="核对结果"' in parts.read("xl/workbook.xml").decode()
    assert "rule_id" in ogi("check", held, "--format", "json", "--language", "zh").stdout


def test_a_workbook_is_not_shown_on_a_terminal(one: Path) -> None:
    code, shown = on_a_terminal("parse", one, "--format", "xlsx")
    assert code == 2
    assert "name a file with --out" in " ".join(shown.split())


def test_every_command_speaks_chinese(held: Path, broken: Path, one: Path, tmp_path: Path) -> None:
    """No word of ours is left in English: only ids, names of files and of options."""
    checks = ogi("check", held, "--language", "zh")
    assert "：符合62行，不符2行" in checks.stdout
    assert "  不符（差错）：“各类结果之和，等于总计”（review.results）：" in checks.stdout
    assert "    已说明：the office said so（W. L.，2025-03-31）" in checks.stdout
    assert "没有可核对的内容" not in checks.stdout
    figures = ogi("parse", one.parent / "2022.txt", "--language", "zh")
    assert "（2021年格式）" in figures.stdout
    assert "× 文件中没有" in figures.stdout
    assert figures.stderr.startswith("2022.txt：警告：")
    told = ogi("ingest", held.parent / "raw", "--tables", tmp_path / "tables", "--language", "zh")
    assert told.stdout == f"读取1份年报，0份未变：{tmp_path / 'tables'}\n"
    assert told.stderr == "读取 1/1 洪泽区政府/2023.pdf\n审核标记1条，其中1条适用\n"
    for name, option in ((name, f"{name} --help".split()) for name in COMMANDS):
        assert "--language" in ogi(*option).stdout, name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_chinese_help_has_no_english_word_but_what_is_typed(name: str, root: Path) -> None:
    """FILE|FOLDER, RAW and <list[Path]> stood in it, and Chinese heads pushed what is said of them aside."""
    command = [sys.executable, "-m", "ogi", name, "--help", "--language", "zh"]
    told = subprocess.run(command, capture_output=True, text=True, cwd=root, check=True).stdout
    typed = r"`[^`]*`|--[\w-]+|<[a-z|]+>|默认：[^\]]*|ogi \w+|[\w./:-]+/[\w./-]*|rq_\w+|\w+\.csv|x>=\d+"
    names = "Dask JupyterLab Parquet CSV Stata MB".split()
    left = re.findall(r"[A-Za-z]{2,}", re.sub(typed, "", told))
    assert not set(left) - set(names), left
    options = told.partition("选项：\n")[2].splitlines()
    rows = [row for line in options if (row := re.match(r"  (\S.*?) {2,}(?=\S)", line))]
    starts = {len(row[0]) + sum(one > "\u2e80" for one in row[0]) for row in rows}
    assert len(starts) == 1, told


def test_the_version_and_the_module_are_the_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "ogi", "--version"], capture_output=True, text=True, check=True
    )
    assert told.stdout == f"ogi {__version__}, parser_version {PARSER_VERSION}\n"


def test_a_shell_completes_commands_and_options() -> None:
    asked = {
        **os.environ,
        "_OGI_COMPLETE": "complete_bash",
        "COMP_WORDS": "ogi parse --form",
        "COMP_CWORD": "2",
    }
    with ogi_started(env=asked) as run:
        assert run.communicate(timeout=60)[0].decode().split() == ["--format"]
    asked |= {"COMP_WORDS": "ogi su", "COMP_CWORD": "1"}
    with ogi_started(env=asked) as run:
        assert run.communicate(timeout=60)[0].decode().split() == ["summarize"]


# --- ingest and summarize ---------------------------------------------------------------------------


def test_ingest_fills_the_tables_and_says_how_much(raw: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    result = ogi("ingest", raw, "--tables", tables)
    assert (result.exit_code, result.stdout) == (0, f"3 reports read, 0 as before: {tables}\n")
    *_, read_last, noted = result.stderr.splitlines()
    assert read_last == f"reading 3/3 {TOWN}/2022.txt"
    assert noted.startswith(f"noted in reading: warnings on 1 report; `ogi parse {tables}` tells what")
    assert "：警告：" in ogi("parse", tables, "--language", "zh").stderr
    assert len(read(tables, "reports")) == 3
    assert ogi("export", tables, "--out", tmp_path / "panel").stderr.splitlines()[-1] == noted
    (raw / TOWN / "2023.pdf").touch()
    again = ogi("ingest", raw, "--tables", tables)
    assert (again.exit_code, again.stdout) == (1, f"0 reports read, 3 as before: {tables}\n")
    assert again.stderr.splitlines()[-1].startswith(f"{raw / TOWN / '2023.pdf'}: expected ")


def test_a_year_with_two_files_is_among_the_last_lines_and_no_failure(raw: Path, tmp_path: Path) -> None:
    shutil.copy(raw / TOWN / "2022.txt", raw / TOWN / "2022（更正版）.txt")
    result = ogi("ingest", raw, "--tables", tmp_path / "tables", "--language", "zh")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-2:] == [
        "同一年度有多个文件、须保留一份的：1处",
        f"{TOWN}2022年应只有一份年报，现有2个文件：2022.txt、2022（更正版）.txt；请保留一份，移走其余。"
        "已识读的数据均相同。",
    ]


def test_the_tables_cannot_lie_where_a_file_is(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = ogi("ingest", raw, "--tables", tmp_path / "file" / "tables")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("ogi: ")


DOUBLED = Said("2022: found 2 files", "2022年有2个文件")


@pytest.mark.parametrize(("failures", "code"), [((), 0), (("示例: the kernel died",), 1)])
def test_summarize_hands_on_what_it_is_told(raw, tmp_path, monkeypatch, failures, code) -> None:
    told = []

    def summarized(job: Job, choice: Choice, progress: Callable[[int, int, str], None]) -> SummaryResult:
        told.append((job, choice))
        progress(1, 1, f"{TOWN}/2021.txt")
        progress(1, 2, TOWN)
        names = {"failed": failures, "gone": ("丙",)}
        return SummaryResult((TOWN,), ("甲", "乙"), failures=failures, doubled=(DOUBLED,), **names)

    monkeypatch.setattr("ogi.bulk.summarize", summarized)
    out, tables, kept = tmp_path / "out", tmp_path / "tables", tmp_path / "kept.csv"
    kept.touch()
    given = {
        "language": "zh",
        "corrections": kept,
        "marks": kept,
        "only": TOWN,
        "workers": 3,
        "engine": "kernel",
    }
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    options += ["--timeout", "5", "--memory", "700", "--prune"]
    result = ogi("summarize", raw, "--out", out, "--tables", tables, *options)
    job = Job(raw, tables, out, "zh", seconds=5, corrections=kept, marks=kept, engine="kernel", megabytes=700)
    assert told == [(job, Choice([TOWN], 3, prune=True))]
    assert result.exit_code == code
    assert result.stderr.splitlines() == [
        f"读取 1/1 {TOWN}/2021.txt",
        f"制作 1/2 {TOWN}",
        "同一年度有多个文件、须保留一份的：1处",
        DOUBLED.zh,
        *(["1项失败：", *failures] if failures else []),
        "丙：已无年报，页面已删除",
        f"新制作1个页面，2个未变，{len(failures)}个未能制作：{out / 'index.html'}",
    ]


def test_a_dry_run_tells_what_would_be_made_and_why(raw: Path, tmp_path: Path) -> None:
    command = ("summarize", raw, "--out", tmp_path / "out", "--tables", tmp_path / "tables", "--dry-run")
    result = ogi(*command)
    assert (result.exit_code, result.stderr) == (0, "")
    names = sorted(path.name for path in raw.iterdir())
    lines = [*(f"{name}: no page yet" for name in names), f"{len(names)} pages to be made, 0 as before"]
    reviews = "and the index, and the review of each year whose figures are others then"
    assert result.stdout.splitlines() == [*lines, reviews]
    assert ogi(*command, "--language", "zh").stdout.splitlines()[-2] == f"将制作{len(names)}个页面，0个未变"
    assert ogi(*command, "--no-reviews").stdout.splitlines() == lines
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "tables").exists()


def test_an_agency_that_is_not_there_is_wrong_use_and_the_nearest_is_named(raw, tmp_path) -> None:
    result = ogi("summarize", raw, "--out", tmp_path / "out", "--tables", tmp_path / "t", "--only", TOWN[:-1])
    assert result.exit_code == 2
    assert result.stderr == f"{TOWN[:-1]}: no such agency among the reports; nearest: {TOWN}\n"
    assert not (tmp_path / "out").exists()


# --- use, misuse, ends ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["pars"],
        ["parse"],
        ["check"],
        ["ingest"],
        ["ingest", "nowhere"],
        ["ingest", "{raw}", "--tables", "{raw}/tables"],
        ["ingest", "{raw}", "--table"],
        ["parse", "{raw}", "--format", "xml"],
        ["summarize", "{raw}"],
        ["summarize", "{raw}", "--out", "{raw}/../out", "--language", "fr"],
        ["summarize", "{raw}", "--out", "{raw}/out"],
        ["check", "{raw}", "--fail-on", "all"],
        ["check", "{raw}", "--corrections", "nowhere.csv"],
        ["ingest", "{raw}", "--marks", "nowhere.csv"],
    ],
)
def test_wrong_use_is_told_and_does_nothing(arguments: list[str], raw: Path) -> None:
    before = sorted(raw.parent.rglob("*"))
    result = ogi(*(argument.format(raw=raw) for argument in arguments))
    assert result.exit_code == 2
    assert "Usage: " in result.output
    assert "Traceback" not in result.output
    assert sorted(raw.parent.rglob("*")) == before


def test_the_language_may_be_named_before_the_command(samples: Path) -> None:
    file = str(samples / "淮安市洪泽区人民政府" / "2023.pdf")
    told = ogi("--language", "zh", "check", file).stdout
    assert told == ogi("check", "--language", "zh", file).stdout
    assert told != ogi("check", file).stdout
    command = [sys.executable, "-m", "ogi", "--language", "zh", "--help"]
    assert "选项" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--language zh chek", "错误：没有此命令：chek。是否为“check”？"),
        ("check 没有 --language zh", "错误：文件|文件夹的值无效：“没有”不存在。"),
        ("summarize data/samples --language zh", "错误：缺少选项：--out。"),
        ("check --language zh --format foo x", "错误：--format的值无效：“foo”应为{formats}之一。"),
        ("check --language fr x", "Error: Invalid value for '--language': Value error, {wrong}"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_the_language_that_is_asked_for(arguments: str, told: str, root: Path) -> None:
    command = [sys.executable, "-m", "ogi", *arguments.split()]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=root)
    line = told.format(formats="'table', 'csv', 'json', 'xlsx'", wrong="'fr' is not one of 'en', 'zh'.")
    assert (ran.returncode, ran.stdout, ran.stderr.splitlines()[-1]) == (2, "", line)


_PARSED = """
import sys
from ogi.cli import main
sys.argv = ["ogi", "parse", sys.argv[1]]
try:
    main()
finally:
    heavy = {"nbconvert", "nbformat", "matplotlib", "jinja2", "ogi.pages"}
    print(heavy & set(sys.modules), file=sys.stderr)
"""


def test_parse_imports_nothing_that_only_pages_need(root: Path) -> None:
    """`ogi.releases`, imported for one of its types, brought nbconvert: twice the time of the command."""
    sample = root / "data" / "samples" / "示例区城市管理局" / "2024.html"
    ran = subprocess.run([sys.executable, "-c", _PARSED, str(sample)], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (0, "set()")


def test_help_comes_at_once_and_names_every_command(root: Path) -> None:
    heavy = "import sys, ogi.cli; print({'pandas', 'pyarrow', 'rich', 'lxml', 'duckdb'} & set(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", heavy], cwd=root, capture_output=True, text=True, check=True
    )
    assert loaded.stdout == "set()\n"
    told = ogi("--help").stdout
    assert all(name in told for name in ("parse", "check", "ingest", "summarize", "Exit codes"))
    start = time.perf_counter()
    with ogi_started("--help", cwd=root) as run:
        assert run.wait(30) == 0
    assert time.perf_counter() - start < 5  # a third of a second on an idle machine


def test_a_reader_that_leaves_is_no_error(samples: Path, root: Path) -> None:
    with ogi_started("parse", *samples.glob("*/*.txt"), "--format", "csv", cwd=root) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        told = run.stderr.read().decode()
        assert run.wait(30) == 0
    assert "Broken" not in told
    assert "Traceback" not in told


def test_ctrl_c_is_one_line(samples: Path, root: Path, tmp_path: Path) -> None:
    with ogi_started("ingest", samples, "--tables", tmp_path / "tables", cwd=root) as run:
        assert run.stderr is not None
        run.stderr.readline()
        run.send_signal(signal.SIGINT)
        lines = run.stderr.read().decode().splitlines()
        assert run.wait(60) == 130
    assert lines[-1] == "ogi: stopped"
    assert not [line for line in lines[:-1] if not line.startswith("reading ")]
    assert not (tmp_path / "tables" / "manifest.json").exists(), "no dataset of half the reports"


def on_a_terminal(*arguments: object, columns: int = 80) -> tuple[int, str]:
    """The exit code and all that a terminal of so many columns shows, without its colours."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns), "LINES": "50"}
    run = ogi_started(*arguments, stdout=theirs, stderr=theirs, stdin=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # how Linux tells that the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode())
    return run.wait(60), text.replace("\r\n", "\n")


def test_a_terminal_shows_a_bar(raw: Path, tmp_path: Path) -> None:
    code, shown = on_a_terminal("ingest", raw, "--tables", tmp_path / "tables")
    assert code == 0
    assert "3/3" in shown
    assert "reading 3/3" not in shown
    assert "━" in shown


def test_results_are_utf8_whatever_the_encoding_of_the_shell(one: Path, root: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    with ogi_started("parse", one, "--format", "csv", cwd=root, env=environment) as run:
        out, told = run.communicate(timeout=60)
    assert run.returncode == 0, told
    assert TOWN in out.decode("utf-8")


def test_catalogue_writes_a_first_one_and_never_over_one_that_is_there(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    for agency in ("尧都区商务局", "示例局"):
        (raw / agency).mkdir(parents=True)
        (raw / agency / "2023.txt").write_text("", "utf-8")
    first, again = ogi("catalogue", raw), ogi("catalogue", raw, "--language", "zh")
    path = tmp_path / "catalogue.csv"
    assert (first.exit_code, first.stdout) == (0, "")
    assert f"2 agencies, 1 of them without a region: {path}" in first.stderr
    assert (
        path.read_text("utf-8-sig").splitlines()[1]
        == "尧都区商务局,,141002,山西省临汾市尧都区,department,,,,"
    )
    assert again.exit_code == 1
    assert "已存在，不予覆盖" in again.stderr
    assert again.stdout.splitlines()[1:] == ["尧都区商务局,2023,,,,,,,", "示例局,2023,,,,,,,"]


def test_catalogue_prints_the_rows_that_one_there_lacks_under_its_own_heads(tmp_path: Path) -> None:
    for agency, year in (("尧都区商务局", 2022), ("尧都区商务局", 2023), ("甲市教育局", 2023)):
        (tmp_path / "raw" / agency).mkdir(parents=True, exist_ok=True)
        (tmp_path / "raw" / agency / f"{year}.txt").write_text("", "utf-8")
    path = tmp_path / "catalogue.csv"
    own = "年度,机关,类别,公布日期\n,尧都区商务局,,\n2022,尧都区商务局,,2023-01-20\n"
    path.write_text(own, "utf-8")
    found = ogi("catalogue", tmp_path / "raw", "--language", "zh")
    assert found.stdout.splitlines() == [
        "年度,机关,类别,公布日期", ",甲市教育局,工作部门,", "2023,尧都区商务局,,", "2023,甲市教育局,,",
    ]  # fmt: skip
    assert "以上为其中缺少的各行" in found.stderr
    path.write_text(own + "\n".join(found.stdout.splitlines()[1:]), "utf-8")
    assert ogi("catalogue", tmp_path / "raw").stdout == ""
    assert path.read_text("utf-8").startswith(own)
    path.write_text("no catalogue", "utf-8")
    refused = ogi("catalogue", tmp_path / "raw")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "expected the columns" in refused.stderr


def test_catalogue_writes_none_of_a_flat_folder(tmp_path: Path) -> None:
    """An empty one came out, and stood in the way of the right call."""
    raw = tmp_path / "flat"
    raw.mkdir()
    (raw / "hongze-2023.txt").write_text("", "utf-8")
    result = ogi("catalogue", raw)
    assert result.exit_code == 1
    assert "hongze-2023.txt: expected a folder per agency, found a file" in result.stderr
    assert list(tmp_path.iterdir()) == [raw]
