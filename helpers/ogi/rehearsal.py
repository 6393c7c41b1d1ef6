"""What the first page of a process does once: code, fonts and templates that are loaded when first used.

A template of the engine rehearses a page before it forks any kernel, so that no kernel does it again. It
reads no file: that starts threads, and a process that has some cannot be forked safely.
"""

from __future__ import annotations

import ast
import json
from typing import Any

from ogi import tables
from ogi.checks import check_tables
from ogi.extract.report import Figure, Narrative, Report
from ogi.files import NOTEBOOKS
from ogi.forms import TABLES, edition_of_year
from ogi.pages import Frames
from ogi.readers.document import Method
from ogi.tables import Filed
from ogi.values import State

_NOTEBOOK = NOTEBOOKS / "2_agency_summary.ipynb"
_LANGUAGE = "en"
_YEARS = range(2019, 2023)
"""Of both forms, more than one each."""
_SHOWN_AS = ("_repr_html_", "_repr_svg_", "_repr_mimebundle_")
"""What IPython asks of a value that a cell ends with."""


def rehearse() -> int:
    """Make the page of an agency that does not exist, and forget it; how many cells of it were shown.

    None where there is no notebook.
    """
    if not _NOTEBOOK.is_file():
        return 0
    _, data, *rest = _cells()  # the parameters first
    scope: dict[str, object] = {"data": _made_up(), "language": _LANGUAGE, "medians": "", "newest": 0}
    imports = [line for line in ast.parse(data).body if isinstance(line, (ast.Import, ast.ImportFrom))]
    _run(ast.Module([*imports], []), scope)
    return sum(_run(ast.parse(source), scope) for source in rest)


def _cells() -> list[str]:
    """The code of the notebook, cell by cell."""
    cells = json.loads(_NOTEBOOK.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _run(tree: ast.Module, scope: dict[str, object]) -> bool:
    """Run a cell, and ask for its last value as IPython would; has it one?"""
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), scope)
    if not isinstance(last, ast.Expr):
        return False
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
    return any(getattr(value, way, lambda: None)() is not None for way in _SHOWN_AS)


def _made_up() -> Frames:
    made: dict[str, Any] = tables.frames(
        Filed(f"甲/{year}.txt", "甲", _report(year), folder="甲") for year in _YEARS
    )
    made["corrections"] = tables.empty("corrections")
    return Frames(checks=check_tables(made, _LANGUAGE), **made)


def _report(year: int) -> Report:
    """Every cell of the forms holds the year, so that no sum holds."""
    form = edition_of_year(year)
    figures = tuple(
        Figure(form, table, item.id, measure.id, year, measure.unit, State.REPORTED, str(year))
        for table, forms in TABLES.items()
        for item, measure in forms[form].cells()
    )
    words = (Narrative("overview", "一", "总体情况", f"本年收到申请{year}件。"),)
    return Report(
        f"{year}.txt",
        "",
        Method.TEXT,
        "甲",
        "甲",
        "甲",
        year,
        dict.fromkeys(TABLES, form),
        figures,
        words,
        (),
    )
