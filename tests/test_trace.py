"""The way of one figure, told step by step: `ogi explain` and notebook 1."""

from __future__ import annotations

import csv
import logging
import re
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ogi import readers
from ogi.checks import check_tables
from ogi.cli import app
from ogi.extract import report_of
from ogi.extract.report import Report
from ogi.forms import TABLES
from ogi.readers.document import Document, Method, Paragraph
from ogi.said import Refused
from ogi.tables import alone, frames
from ogi.trace import Step, steps_of

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
HONGZE = "淮安市洪泽区人民政府/2023.pdf"
MISSPELT = "requests/refused.law_forbids/total"


@cache
def read(name: str) -> tuple[Document, Report]:
    document = readers.read(SAMPLES / name)
    return document, report_of(document)


def way(name: str, figure_id: str, language: str = "en") -> list[Step]:
    document, report = read(name)
    tables = frames([alone(report)])
    return steps_of(document, report, figure_id, check_tables(tables, language), language)


def text(steps: list[Step], name: str) -> str:
    return "\n".join(step.text for step in steps if step.name == name)


def test_each_step_of_a_misspelt_row_is_told() -> None:
    steps = way(HONGZE, MISSPELT)
    figure = next(figure for figure in read(HONGZE)[1].figures if figure.id == MISSPELT)
    assert figure.box is not None
    assert f"page {figure.box.page}, x0 {figure.box.x0:.1f}" in text(steps, "page and box")
    assert text(steps, "characters") == "“0”"
    assert text(steps, "text of the cell") == "“0”"
    assert "（三）不予公开: 0 | 0 | 0 | 0 | 0 | 0 | 0" in text(steps, "row")
    assert "2.其他法律行政止公开" in text(steps, "label")
    assert "misspelt (distance 3)" in text(steps, "label")
    assert "“总计” is total" in text(steps, "column")
    assert text(steps, "parsed") == "reported · 0"
    assert text(steps, "figure") == "reported · 0 · 件"
    assert "was read as" in text(steps, "finding")
    assert "holds · “The kinds of applicants add up to the total” (requests.applicants)" in text(
        steps, "rule"
    )


def test_a_figure_in_a_line_of_a_scan_has_the_page_of_that_line() -> None:
    lines = ["示例局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", "行政许可 97"]
    blocks = tuple(Paragraph(line, page) for page, line in enumerate(lines, 1))
    document = Document(SAMPLES / HONGZE, Method.OCR, blocks)
    report = report_of(document)
    checks = check_tables(frames([alone(report)]))
    steps = steps_of(document, report, "proactive/licences/decisions", checks)
    assert text(steps, "page and box") == "page 3; where on it is not known"
    assert text(steps, "figure") == "reported · 97 · 件 · doubtful"
    (doubt,) = (finding for finding in report.findings if finding.kind == "cell_doubtful")
    assert doubt.page == 3


def test_a_broken_sum_is_told_on_the_way_of_each_of_its_cells() -> None:
    for cell in ("upheld", "corrected", "total"):
        rules = text(way(HONGZE, f"review/reconsideration/{cell}"), "rule")
        assert "broken · “The results add up to the total” (review.results)" in rules, cell


def test_a_row_that_is_not_in_the_document_is_told_so() -> None:
    name = "示例镇人民政府/2022.txt"
    absent = next(figure for figure in read(name)[1].figures if figure.state == "absent")
    assert "no row or column of the document was understood" in text(way(name, absent.id), "row")


def test_a_sign_is_seen_among_the_characters_and_in_the_text() -> None:
    steps = way("示例市公安局/2019.pdf", "proactive/penalties/change")
    assert text(steps, "characters") == "“-” “4”"
    assert text(steps, "text of the cell") == "“-4” (- U+002D)"
    assert text(steps, "parsed") == "reported · -4"


def test_a_character_that_looks_like_another_is_told_by_its_code(tmp_path: Path) -> None:
    sample = (SAMPLES / "示例镇人民政府/2022.txt").read_text("utf-8")
    (tmp_path / "2022.txt").write_text(sample.replace("申请数量\t2\t", "申请数量\t１2 件\t", 1), "utf-8")
    document = readers.read(tmp_path / "2022.txt")
    report = report_of(document)
    steps = steps_of(document, report, "requests/new/natural_person", check_tables(frames([alone(report)])))
    assert text(steps, "text of the cell") == "“１2 件” (１ U+FF11, U+0020)"


def test_rules_over_the_years_are_told_where_the_other_year_is_given() -> None:
    agency = SAMPLES / "示例市人民政府办公室"
    figure, run = "proactive/regulations/in_force", CliRunner()
    asked = ["explain", str(agency / "2024.pdf"), figure]
    assert "rules over the years need the other reports too (--beside)" in run.invoke(app, asked).output
    told = run.invoke(app, [*asked, "--beside", str(agency / "2023.html")])
    assert "(proactive.in_force)" in told.output


def test_modules_that_steps_name_are_there() -> None:
    documents = [next(SAMPLES.rglob(f"*{suffix}")) for suffix in (".pdf", ".html", ".docx", ".txt", ".md")]
    for path in documents:
        steps = way(str(path.relative_to(SAMPLES)), "requests/new/total")
        assert all(find_spec(step.module) is not None for step in steps), path


def test_the_way_is_told_in_chinese() -> None:
    for figure_id in (MISSPELT, "review/reconsideration/total"):
        for step in way(HONGZE, figure_id, "zh"):
            assert not step.text.startswith(("holds", "broken", "reported"))
            assert re.search("[\u4e00-\u9fff]", step.name)
            assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", step.text), step.text


def test_a_figure_that_no_form_has_names_the_nearest() -> None:
    with pytest.raises(Refused, match=r"requests/new/total.*found “requests/new/totl”"):
        way(HONGZE, "requests/new/totl")


HEAD = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
MISPRINT = "2023,review,reconsideration,total,0,11,misprint,by phone,Wang,2024-03-01\n"


def of_hongze(folder: Path, agency: str = "淮安市洪泽区人民政府") -> Path:
    """The report as `ogi check` takes it, with a correction beside the folders of agencies."""
    file = folder / "raw" / "淮安市洪泽区人民政府" / "2023.pdf"
    file.parent.mkdir(parents=True)
    shutil.copyfile(SAMPLES / HONGZE, file)
    (folder / "corrections.csv").write_text(f"{HEAD}{agency},{MISPRINT}", "utf-8")
    return file


@pytest.mark.parametrize("figure", ["total", "corrected"])
def test_a_correction_is_told_and_the_rules_judge_by_it_as_the_check_does(
    tmp_path: Path, figure: str
) -> None:
    file, run = of_hongze(tmp_path), CliRunner()
    told = run.invoke(app, ["explain", str(file), f"review/reconsideration/{figure}"])
    line = "corrected         corrected to 11 (misprint, Wang, 2024-03-01)"
    assert (line in told.output.splitlines()) == (figure == "total")
    assert "holds · “The results add up to the total” (review.results)" in told.output
    assert "broken" not in told.output
    assert "reported · 0 · 件" in told.output or figure != "total"  # what is printed stays told
    checked = run.invoke(app, ["check", str(file.parent), "--format", "csv"])
    verdicts = {
        row["verdict"]
        for row in csv.DictReader(checked.stdout.splitlines())
        if "review/reconsideration/total" in row["cells"]
    }
    assert verdicts == {"holds"}
    assert told.exit_code == 0
    chinese = run.invoke(app, ["explain", str(file), "rv_recon_tot", "--language", "zh"])
    assert "更正为11（misprint，Wang，2024-03-01）" in chinese.output


def test_corrections_are_those_named_or_those_that_know_it_by_its_title(tmp_path: Path) -> None:
    file, run = of_hongze(tmp_path), CliRunner()
    other = (tmp_path / "corrections.csv").rename(tmp_path / "mine.csv")
    asked = ["explain", str(file), "review/reconsideration/total"]
    assert "corrected to" not in run.invoke(app, asked).output
    assert "corrected to 11" in run.invoke(app, [*asked, "--corrections", str(other)]).output
    other.write_text(f"{HEAD}{read(HONGZE)[1].agency},{MISPRINT}", "utf-8")
    file = file.rename(tmp_path / "report.pdf")
    asked = ["explain", str(file), "review/reconsideration/total"]
    assert "corrected to 11" in run.invoke(app, [*asked, "--corrections", str(other)]).output


def test_a_correction_that_does_not_fit_is_refused_on_the_way_too(tmp_path: Path) -> None:
    file = of_hongze(tmp_path)
    lines = tmp_path / "corrections.csv"
    lines.write_text(lines.read_text("utf-8").replace("total,0,11", "total,1,11"), "utf-8")
    told = CliRunner().invoke(app, ["explain", str(file), "review/reconsideration/total"])
    assert told.exit_code == 1
    assert "corrected to" not in told.output
    assert "broken · “The results add up to the total” (review.results)" in told.output
    assert "“1”" in told.stderr


def test_a_figure_that_the_form_divides_is_told_to_be_the_sum_of_its_parts() -> None:
    """Form 2021 prints 其他处理 in three rows; the panel adds them up."""
    divided = "示例市教育局/2023.md"
    steps = way(divided, "requests/other/total")
    parts = [f"requests/other.{name}/total" for name in ("no_correction", "fee_unpaid", "other")]
    values = {figure.id: f"{figure.value:g}" for figure in read(divided)[1].figures if figure.id in parts}
    head, *told = text(steps, "figure").splitlines()
    assert "form 2021 prints no such cell; it is the sum of these 3" in head
    assert [line.split(" (")[0] for line in told] == parts
    assert [line.split(" · ")[1] for line in told] == [values[part] for part in parts]
    total = sum(float(values[part]) for part in parts)
    assert text(steps, "computed") == " + ".join(values[part] for part in parts) + f" = {total:g}"
    assert "requests.outcomes" in text(steps, "rule")
    assert "由下列3项相加得出" in text(way(divided, "requests/other/total", "zh"), "数据")
    command = CliRunner().invoke(app, ["explain", str(SAMPLES / divided), "rq_other_tot"])
    assert (command.exit_code, "it is the sum of these 3" in command.output) == (0, True)
    # Where the form prints it, it is read like any other; and no parts of it are there.
    assert "sum of these" not in text(way(HONGZE, "requests/other/total"), "figure")


def test_corrections_of_parts_are_told_of_their_sum(tmp_path: Path) -> None:
    folder = tmp_path / "示例市教育局"
    folder.mkdir()
    file = Path(shutil.copy(SAMPLES / "示例市教育局/2023.md", folder))
    table = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
    row = "示例市教育局,2023,requests,other.other,total,1,2,misread,page,me,2024-01-01\n"
    (tmp_path / "corrections.csv").write_text(table + row, "utf-8")
    told = CliRunner().invoke(
        app, ["explain", str(file), "rq_other_tot", "--corrections", str(tmp_path / "corrections.csv")]
    )
    assert "corrected to 2" in told.output
    assert "computed" not in told.output, "the sum of what is printed is not the corrected one"


def test_the_command_knows_a_figure_by_its_labels() -> None:
    run = CliRunner()
    by_id = run.invoke(app, ["explain", str(SAMPLES / HONGZE), "requests/granted/natural_person"])
    by_labels = run.invoke(app, ["explain", str(SAMPLES / HONGZE), "（一）予以公开/自然人"])
    by_variable = run.invoke(app, ["explain", str(SAMPLES / HONGZE), "rq_granted_np"])
    assert by_labels.output == by_variable.output == by_id.output
    assert by_id.exit_code == 0
    wrong = run.invoke(app, ["explain", str(SAMPLES / HONGZE), "予以公布/自然人", "--language", "zh"])
    assert wrong.exit_code == 2
    assert "“表格/行目/栏目”，相近的有：（一）予以公开 / 自然人" in wrong.output


def test_the_command_prints_a_step_a_line_and_refuses_what_no_form_has(tmp_path: Path) -> None:
    run = CliRunner()
    told = run.invoke(app, ["explain", str(SAMPLES / HONGZE), MISSPELT])
    assert told.exit_code == 0
    assert "[ogi." not in told.output
    modules = run.invoke(app, ["-v", "explain", str(SAMPLES / HONGZE), MISSPELT])
    label = next(line for line in modules.output.splitlines() if line.startswith("label"))
    assert label.endswith("[ogi.extract.found_cells]")
    wrong = run.invoke(app, ["explain", str(SAMPLES / HONGZE), "requests/new/totl"])
    assert wrong.exit_code == 2
    (tmp_path / "a.txt").write_text("nothing", "utf-8")
    assert run.invoke(app, ["explain", str(tmp_path / "a.txt"), MISSPELT]).exit_code == 1


def test_a_report_beside_may_bear_the_same_name() -> None:
    file = str(SAMPLES / HONGZE)
    told = CliRunner().invoke(app, ["explain", file, MISSPELT, "--beside", file])
    assert told.exit_code == 0, told.output


def test_an_indicator_is_explained_by_its_cells(tmp_path: Path) -> None:
    """`ogi explain FILE disclosure_rate` said neither that this is an indicator nor what it is made of."""
    agency, run = "示例区城市管理局", CliRunner()
    file = tmp_path / "raw" / agency / "2022.docx"
    file.parent.mkdir(parents=True)
    shutil.copyfile(SAMPLES / agency / "2022.docx", file)
    told = run.invoke(app, ["explain", str(file), "disclosure_rate"])
    assert told.exit_code == 0
    for name in ("公开率", "i_disclosure_rate", "indicators/disclosure_rate"):
        assert run.invoke(app, ["explain", str(file), name]).stdout == told.stdout
    assert "Disclosure rate: (Granted + Partly granted) ÷ Total of outcomes" in told.stdout
    assert "(32 + 5) ÷ 61 = 60.7%" in told.stdout
    for cell, number in (("granted", 32), ("partly_granted", 5), ("outcome_total", 61)):
        (line,) = [line for line in told.stdout.splitlines() if f" requests/{cell}/total (" in line]
        assert f"reported · {number} · 件" in line
    broken = "broken · “The kinds of applicants add up to the total” (requests.applicants) · Granted"
    assert broken in told.stdout
    line = f"{agency},2022,requests,granted,total,32,23,misprint,by phone,Wang,2024-03-01\n"
    (tmp_path / "raw" / "corrections.csv").write_text(HEAD + line, "utf-8")
    given = ["--corrections", str(tmp_path / "raw" / "corrections.csv")]
    corrected = run.invoke(app, ["explain", str(file), "公开率", *given]).stdout
    assert "corrected to 23 (misprint, Wang, 2024-03-01)" in corrected
    assert "(23 + 5) ÷ 61 = 45.9%" in corrected
    assert broken not in corrected


def test_an_indicator_of_what_is_not_known_or_of_few_cases_says_so(tmp_path: Path) -> None:
    run = CliRunner()
    told = run.invoke(
        app, ["explain", str(SAMPLES / HONGZE), "litigation_lost_rate", "--language", "zh"]
    ).stdout
    assert "诉讼败诉率：" in told
    file = str(SAMPLES / "示例市教育局/2023.md")
    divided = run.invoke(app, ["explain", file, "other_share"]).stdout
    assert "requests/other/total (Other handling / total): the sum of its parts" in divided
    assert "requests/other.fee_unpaid/total (" in divided
    assert re.search(r"\d+ ÷ \d+ = \d+\.\d%", divided)
    empty = tmp_path / "2023.md"
    empty.write_text(Path(file).read_text("utf-8").replace("总计", "合什么计"), "utf-8")
    assert "? = ?" in run.invoke(app, ["explain", str(empty), "disclosure_rate"]).stdout


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "(review.results) · {message} · explained: by phone (W. L., 2025-03-31)"),
        ("zh", "（review.results） · {message} · 已说明：by phone（W. L.，2025-03-31）"),
    ],
)
@pytest.mark.parametrize("figure", ["review/reconsideration/total", "reconsideration_corrected_rate"])
def test_a_review_mark_stands_beside_the_rule_that_it_is_on(
    tmp_path: Path, figure: str, language: str, told: str
) -> None:
    """What a person had explained was told as broken, without a word of it."""
    file = of_hongze(tmp_path)
    (tmp_path / "corrections.csv").unlink()
    cells = " ".join(f"review/reconsideration/{m.id}" for m in TABLES["review"]["2021"].measures)
    head = "agency,year,rule_id,cells,mark,comment,who,when"
    row = f"{file.parent.name},2023,review.results,{cells},explained,by phone,W. L.,2025-03-31"
    (tmp_path / "review_marks.csv").write_text(f"{head}\n{row}\n", "utf-8")
    lines = (
        CliRunner().invoke(app, ["explain", str(file), figure, "--language", language]).output.splitlines()
    )
    before, after = told.split("{message}")
    marked = [line for line in lines if before in line]
    assert marked
    assert all(line.endswith(after) for line in marked)


def test_the_cells_of_an_indicator_are_told_at_once(tmp_path: Path) -> None:
    """One had to call again for each of them."""
    run, file = CliRunner(), str(SAMPLES / "示例区城市管理局" / "2022.docx")
    lines = run.invoke(app, ["explain", file, "disclosure_rate", "--language", "zh"]).stdout.splitlines()
    told = [re.split("  +", line, maxsplit=1) for line in lines]
    assert [name for name, _ in told[1:5]] == ["数据", "页与位置", "行", "规则"]
    assert told[1][1] == "（一）予以公开 / 总计（requests/granted/total）：数字 · 32 · 件"
    assert told[2][1] == "2022.docx，该格式不分页"
    assert told[3][1] == "（一）予以公开 | 21 | 1 | 0 | 0 | 0 | 1 | 32"
    broken = "不符：“各项办理结果之和，等于（七）总计”（requests.outcomes）"
    assert told[8][1] == f"符合：“各类申请人之和，等于总计”（requests.applicants）；{broken}"
    assert sum(name == "数据" for name, _ in told) == 3
    pages = run.invoke(app, ["explain", str(SAMPLES / HONGZE), "disclosure_rate"]).stdout
    assert re.search(r"page and box  2023.pdf, page \d\n", pages)


def test_the_whole_way_of_the_cells_of_an_indicator_is_told_where_it_is_asked_for() -> None:
    run, asked = CliRunner(), ["explain", str(SAMPLES / HONGZE), "disclosure_rate"]
    short, full = run.invoke(app, asked).stdout, run.invoke(app, [*asked, "--full"]).stdout
    assert "`--full` tells" in short
    assert "`--full` tells" not in full
    for cell in ("granted", "partly_granted", "outcome_total"):
        way = run.invoke(app, ["explain", str(SAMPLES / HONGZE), f"requests/{cell}/total"]).stdout
        for line in way.splitlines()[:-1]:
            assert line in full, line


def test_how_the_panel_calls_it_is_told() -> None:
    run, file = CliRunner(), str(SAMPLES / HONGZE)
    told = {
        name: run.invoke(app, ["explain", file, name]).stdout.splitlines()[-1].partition("panel")[2].strip()
        for name in ("requests/new/total", "other_share", "proactive/fees/amount")
    }
    assert told["requests/new/total"] == "rq_new_tot, its state in rq_new_tot_s"
    assert told["proactive/fees/amount"] == "pa_fees_amt, its state in pa_fees_amt_s"
    signs = ("few", "zero", "wrong", "doubt", "corrected", "refuted")
    marks = ", ".join(f"i_other_share_{sign}" for sign in signs)
    cells = "rq_other_tot, rq_outcome_tot_tot"
    assert told["other_share"] == f"i_other_share, its marks in {marks}; its cells are {cells}"


def test_what_is_logged_of_a_command_ends_with_it() -> None:
    """After one `-v` every later command of the process told its stages."""
    run, file = CliRunner(), str(SAMPLES / HONGZE)
    assert "DEBUG ogi." in run.invoke(app, ["-v", "explain", file, MISSPELT]).stderr
    quiet = run.invoke(app, ["explain", file, MISSPELT])
    assert quiet.stderr == ""
    assert not logging.getLogger("ogi").handlers
