"""Numbers in web pages that rules which are not evaluated may hide, move or add are read and doubted."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from ogi.extract import read_report
from ogi.readers.document import Cell, Grid
from ogi.readers.html import read
from ogi.readers.settings import SETTINGS
from ogi.values import LEAST_CONFIDENCE

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "示例市公安局" / "2024.html"


@pytest.fixture
def cells(tmp_path: Path):
    """The cells of a table with 甲, a cell of its own, 乙 and 5."""

    def of(inside: str, rules: str = "", attributes: str = "") -> list[Cell]:
        path = tmp_path / "page.html"
        rows = f"<tr><td>甲</td><td {attributes}>{inside}</td></tr><tr class=last><td>乙</td><td>5</td></tr>"
        path.write_text(f"<!DOCTYPE html><style>{rules}</style><table>{rows}</table>", encoding="utf-8")
        (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
        return [cell for row in grid.rows() for cell in row]

    return of


def doubted(cells: list[Cell]) -> list[str]:
    assert {cell.confidence for cell in cells} <= {1.0, SETTINGS.doubtful}
    return [cell.text for cell in cells if cell.confidence < LEAST_CONFIDENCE]


UNEVALUATED = [
    "i + b{display:none}",
    "i ~ b{visibility:hidden}",
    "td:has(i) b{opacity:0}",
    "b:nth-of-type(1){font-size:0}",
    "b:not(i + b){color:#fff}",
    "i + b{position:absolute;left:-9999px}",
    "i + b{display:block}",
    "i + b{-webkit-mask:linear-gradient(#0000,#0000)}",
    "i + b::after{content:'0'}",
    "i + b::before{content:'.'}",
    "i + b::first-letter{font-size:0}",
    "td{b{display:none}}",
    "td{& > b{display:none}}",
    "b{&:not(.n){display:none}}",
    "b{@media screen{display:none}}",
    "b{@media screen{&.m{display:none}}}",
    "@container (min-width:1px){b{display:none}}",
    "@scope (td){b{display:none}}",
    "@media screen{i + b{display:none}}",
    "b{display:var(--n)}",
    "b{visibility:var(--n, hidden)}",
    "b{opacity:var(--n)}",
    "b{position:var(--n);left:9em}",
    "b{color:var(--n, #fff)}",
    ":root{--n:#fff} b{color:var(--n)}",
    ":root{--n:#000} .dark{--n:#fff} b{color:var(--n)}",
    ":root{--n:#fff} .dark{--n:#000} b{color:var(--n)}",
    ":root{--m:var(--n);--n:#fff} b{color:var(--m)}",
    ":root{--n:0} b{font-size:var(--n)}",
    ":root{--n:1px} b{font:var(--n) serif}",
    ":root{--n:-9999px} b{display:inline-block;text-indent:var(--n)}",
    "b{color:color-mix(in srgb, white, white)}",
    "b{color:oklch(1 0 0)}",
    "@media (hover:hover){b{display:none}}",
    "@media screen and (width >= 600px){b{display:none}}",
    "@media not all and (hover:none){b{display:none}}",
    "@media (orientation:landscape){b{display:none}}",
]


@pytest.mark.parametrize("rule", UNEVALUATED)
def test_a_number_that_a_rule_may_change_is_read_and_doubted(cells, rule):
    read = cells("<i></i>3<b class=m>1</b>", rule)
    assert [cell.text for cell in read] == ["甲", "31", "乙", "5"]
    assert doubted(read) == ["31"]


def test_a_sign_within_a_number_that_a_rule_may_hide_is_doubted(cells):
    assert doubted(cells("<i></i>3<b>.</b>1", "i + b{display:none}")) == ["3.1"]
    assert doubted(cells("<i></i>31<b>件</b>", "i + b{display:none}")) == []


def test_a_row_or_a_cell_that_a_rule_may_hide_is_doubted(cells):
    assert doubted(cells("31", "tr + tr{display:none}")) == ["31", "5"]
    assert doubted(cells("31", "tr + .last{display:none}")) == ["5"]
    assert doubted(cells("31", "td + td{color:#fff}")) == ["31", "5"]


def test_what_is_hidden_but_a_rule_may_show_is_doubted(cells):
    read = cells("3<b>1</b>", "b{display:none} i + b{display:inline}")
    assert read[1].text == "3"
    assert doubted(read) == ["3"]
    assert doubted(cells("3<b>1<u>2</u></b>", "b{display:none} i + u{display:inline}")) == []


def test_the_style_of_an_element_itself_is_doubted_where_it_is_not_known(cells):
    assert doubted(cells("3<b style='display:var(--n)'>1</b>")) == ["31"]
    assert doubted(cells("3<b style='color:var(--n)'>1</b>")) == []
    assert doubted(cells("3<b style='--n:#fff;color:var(--n)'>1</b>")) == ["31"]


@pytest.mark.parametrize(
    "rule",
    [
        "i + u{display:none}",
        ".menu:hover + b{display:none}",
        "i:focus ~ b{display:none}",
        "i + b::selection{color:#fff}",
        "b:nth-of-type(odd){background:#dde8f8}",
        "i + b{margin-left:4px;color:#333}",
        "b{&:hover{color:#fff}}",
        "td{i{display:none}}",
        "i + b::after{content:'件'}",
        "i + b::before{content:''}",
        "@container (min-width:1px){b{color:red}}",
        "@media print{i + b{display:none}}",
        "b{color:var(--n);background:var(--n)}",
        ":root{--n:#333} b{color:var(--n)}",
        ":root{--m:#fff;--n:#006} b{color:var(--m);background:var(--n)}",
        ":root{--m:var(--n);--n:var(--m)} b{color:var(--m)}",
        "@media (prefers-color-scheme:dark){b{color:#fff}}",
        "@media (max-device-width:480px){b{display:none}}",
        "@media (max-width:480px) and (hover:none){b{display:none}}",
        "@media print and (orientation:landscape){b{display:none}}",
        "@media tv{b{display:none}}",
        "i + b{color:#fff}",
    ],
)
def test_a_number_that_no_rule_changes_is_not_doubted(cells, rule):
    inside = "<i></i>3<b style='color:#000'>1</b>" if "color:#fff" in rule else "<i></i>3<b>1</b>"
    assert doubted(cells(inside, rule)) == []


@pytest.mark.parametrize("display", ["flex", "inline-flex", "grid", "inline-grid"])
def test_digits_in_several_boxes_are_doubted(cells, display):
    for digits in ("<b>3</b><b>1</b>", "3<b>1</b>", "<b>3</b>1"):
        assert doubted(cells(digits, "", f"style='display:{display}'")) == ["31"]
        assert doubted(cells(f"<u>{digits}</u>", f"u{{display:{display}}} s{{display:none}}")) == ["31"]
    assert doubted(cells("<b>31</b><b>件</b>", "", f"style='display:{display}'")) == []


def test_numbers_on_lines_of_their_own_are_not_joined_in_any_tag(cells):
    for tag in ("time", "data", "x-n"):
        assert cells(f"3<{tag} style='display:block'>1</{tag}>")[1].text == "3\n1"


def test_a_doubted_cell_is_told_as_a_finding(tmp_path: Path):
    page = SAMPLE.read_text(encoding="utf-8")
    path = tmp_path / "2024.html"
    path.write_text(
        page.replace("</style>", "tr + tr > td + td:not(p + td){display:none}</style>", 1), "utf-8"
    )
    before, report = read_report(SAMPLE), read_report(path)
    assert [figure.value for figure in report.figures] == [figure.value for figure in before.figures]
    told = [finding for finding in report.findings if finding.kind == "cell_doubtful"]
    assert told
    assert not [finding for finding in before.findings if finding.kind == "cell_doubtful"]


def test_a_sheet_for_a_screen_that_is_not_known_is_doubted(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text(
        "<style media='(hover:hover)'>b{display:none}</style><table><tr><td>3<b>1</b><td>5</table>"
    )
    (grid,) = (block for block in read(path).blocks if isinstance(block, Grid))
    assert doubted(list(next(iter(grid.rows())))) == ["31"]


def test_custom_properties_made_to_be_slow_cost_no_time(cells):
    given = "".join(f"--n{n}:var(--n{n + 1}) var(--n{n + 1});--n{n}:red;" for n in range(3000))
    began = process_time()
    cells("3<b>1</b>", f"td{{{given}}}" + "b{color:var(--n0);left:var(--n0)}" * 4000)
    assert process_time() - began < 20


def test_a_page_of_many_rules_and_cells_is_read_in_seconds(cells):
    rules = "".join(
        f"i + .n{n % 7} > b:has(u) ~ b{{display:none}}td{{& b{{opacity:0}}}}" for n in range(4000)
    )
    began = process_time()
    cells("".join(f"<i>{n}</i><b><b>1</b></b>" for n in range(8000)), rules)
    assert process_time() - began < 20  # each rule tried on each element would take minutes
