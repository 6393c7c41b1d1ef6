"""A parameter that is misspelt or of another type stops a notebook in its first cell, with one sentence."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import nbformat
import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from ogi.bulk.run import declared
from ogi.notebook.parameters import refusal

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
OWN = 'agency: str = "甲"  # of the folder\nyear: int = 0'
EXPECTED: dict[str, Any] = {"agency": str, "year": int}
VALUES: dict[str, Any] = {"agency": "甲", "year": 0}


def told(*cells: str, values: dict[str, Any] | None = None) -> str:
    return str(refusal(["", *cells], values or VALUES, EXPECTED) or "")


@pytest.mark.parametrize(
    "cells",
    [
        [OWN],
        [OWN, '# Parameters\nagency = "乙"\n'],
        ["import pandas as pd\nx = 1", OWN, "x = 2", "note = 'a scratch cell'", "%matplotlib inline", "x ="],
        [OWN.replace("agency", "agnecy"), OWN],
        ['# Parameters\nagnecy = "乙"\n', OWN],
        ['agency = "甲"', "year = 0"],
    ],
    ids=["own", "papermill", "beside others", "mended", "run again by hand", "without types"],
)
def test_parameters_as_expected_pass(cells: list[str]) -> None:
    assert told(*cells) == ""


@pytest.mark.parametrize(
    "cells",
    [
        [OWN, '# Parameters\nagnecy = "乙"\n'],
        [OWN.replace("agency", "agnecy")],
        [OWN, OWN.replace("agency", "agnecy")],
        ['agnecy = "乙"\nyear = 1'],
    ],
    ids=["papermill", "in the cell", "in the cell, with the value of before in the kernel", "without types"],
)
def test_a_misspelt_one_is_told_with_the_nearest(cells: list[str]) -> None:
    assert told(*cells) == "parameter agnecy: there is none of that name; nearest: agency"


def test_one_whose_line_is_gone_is_told_though_the_kernel_has_its_value() -> None:
    assert told(OWN, "year: int = 0") == "parameter agency: the cell of the parameters does not set it"


@pytest.mark.parametrize(
    ("wanted", "right", "wrong"),
    [
        (int, [0, -3], [True, 1.0, "1", None]),
        (float, [0, 1.5], [True, "1"]),
        (str, [""], [1, None, ["a"]]),
        (bool, [True], [1]),
        (list[str], [[], ["a"]], ["a", ("a",), [1], ["a", None]]),
        (list[int], [[1]], [[True], [1.0]]),
    ],
)
def test_a_value_of_another_type_is_told(wanted: Any, right: list[Any], wrong: list[Any]) -> None:
    def found(value: Any) -> str | None:
        return refusal(["x: object = 0"], {"x": value}, {"x": wanted})

    assert [found(value) for value in right] == [None] * len(right)
    assert all("parameter x: expected" in str(found(value)) for value in wrong)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_each_notebook_expects_what_it_declares(path: Path) -> None:
    """In its first cell after the parameters."""
    notebook = nbformat.read(path, as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    asked: dict[str, Any] = {}
    stub = SimpleNamespace(expect=lambda **expected: asked.update(expected))
    (call,) = [one for one in map(ast.unparse, ast.parse(code[1]).body) if one.startswith("notebook.expect(")]
    exec(call, {"notebook": stub})
    assert {name: str(type_) if get_args(type_) else type_.__name__ for name, type_ in asked.items()} == (
        declared(notebook)
    )


@pytest.mark.parametrize(
    ("engine", "given", "sentence"),
    [
        ("ogi", {"agnecy": "示例市公安局"}, "parameter agnecy: there is none of that name; nearest: agency"),
        (
            "nbclient",
            {"agnecy": "示例市公安局", "language": "zh"},
            "参数agnecy：没有该参数；相近名称：agency",
        ),
        ("ogi", {"agency": 2024}, "parameter agency: expected str, found int 2024"),
        (
            "ogi",
            {"agency": "示例公安局"},
            "示例公安局: no such agency among the reports; nearest: 示例市公安局",
        ),
    ],
    ids=["misspelt", "misspelt, in a kernel of its own", "ill-typed", "no such agency"],
)
def test_a_notebook_stops_in_its_first_cell(
    tmp_path: Path, engine: str, given: dict[str, Any], sentence: str
) -> None:
    notebook = nbformat.read(NOTEBOOKS / "2_agency_summary.ipynb", as_version=4)
    values, told = {"tables": str(tmp_path), **given}, {"progress_bar": False, "kernel_name": "python3"}
    with pytest.raises(PapermillExecutionError) as stopped:
        papermill.execute_notebook(notebook, None, values, engine_name=engine, cwd=NOTEBOOKS, **told)
    assert stopped.value.evalue.startswith(sentence)
    assert stopped.value.traceback == [stopped.value.evalue]
    assert list(tmp_path.iterdir()) == []


def test_a_list_given_as_text_is_told_how_papermill_takes_one() -> None:
    found = refusal(
        ["agencies: list[str] = []", "agencies = '[甲]'"], {"agencies": "[甲]"}, {"agencies": list[str]}
    )
    assert str(found).endswith('papermill takes a list with -y "{agencies: [a, b]}", not with -p')
    assert '-y "{agencies: [甲, 乙]}"' in found.zh
