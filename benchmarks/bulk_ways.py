"""The pages of some agencies without `ogi summarize`: `python -m benchmarks.bulk_ways WAY AGENCY …`.

Where things lie is told by the environment, as benchmarks/bulk.py sets it: RAW, TABLES, OUT, NOTEBOOK.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_SHOWN_AS = ("_repr_html_", "_repr_mimebundle_", "_repr_png_")


def api(names: Sequence[str]) -> None:
    """Papermill's own interface, and one exporter."""
    import papermill
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(exclude_input=True)
    for name in names:
        made = papermill.execute_notebook(
            os.environ["NOTEBOOK"], None, _parameters(name), kernel_name="python3", progress_bar=False
        )
        _written(name, exporter.from_notebook_node(made)[0])


def bare(names: Sequence[str]) -> None:
    """The notebook's calls alone; what each cell shows is drawn as it would be."""
    import nbformat

    notebook: Any = nbformat.read(os.environ["NOTEBOOK"], as_version=4)  # type: ignore[no-untyped-call]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"][1:]  # without the parameters
    for name in names:
        scope: dict[str, object] = {"corrections": "", "marks": "", "language": "en", **_parameters(name)}
        _written(name, "\n".join(_shown(cell.source, scope) for cell in cells))


def _shown(source: str, scope: dict[str, object]) -> str:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), scope)
    if last is None:
        return ""
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)  # type: ignore[attr-defined]
    for way in _SHOWN_AS:
        if hasattr(value, way):
            return str(getattr(value, way)())
    return str(value)


def _parameters(name: str) -> dict[str, str]:
    return {"agency": name, "reports": os.environ["RAW"], "tables": os.environ["TABLES"]}


def _written(name: str, page: str) -> None:
    Path(os.environ["OUT"], f"{name}.html").write_text(page, "utf-8")


if __name__ == "__main__":
    {"api": api, "bare": bare}[sys.argv[1]](sys.argv[2:])
