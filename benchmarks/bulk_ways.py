"""The pages of some agencies without `ogi summarize`: `python -m benchmarks.bulk_ways WAY AGENCY …`.

Where things lie is told by the environment, as benchmarks/bulk.py sets it: RAW, TABLES, OUT, NOTEBOOK.
`plain` is `ogi summarize` with a notebook that shows nothing, where it is not pages that are measured.
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
        scope: dict[str, object] = {
            "corrections": "",
            "marks": "",
            "medians": "",
            "newest": 0,
            "language": "en",
            **_parameters(name),
        }
        _written(name, "\n".join(_shown(cell.source, scope) for cell in cells))


def plain(names: Sequence[str]) -> None:
    """All agencies of RAW, with a notebook that only names the agency: 5,000 pages would take an hour."""
    import nbformat

    from ogi import bulk

    out = Path(os.environ["OUT"])
    notebook: Any = nbformat.read(os.environ["NOTEBOOK"], as_version=4)  # type: ignore[no-untyped-call]
    notebook.cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ())]
    named = "from IPython.display import HTML\nHTML(f'<header data-agency=\"{agency}\"></header>')"
    notebook.cells.append(nbformat.v4.new_code_cell(named, id="shown"))  # type: ignore[no-untyped-call]
    file = out.with_name("plain.ipynb")
    file.write_text(nbformat.writes(notebook), "utf-8")  # type: ignore[no-untyped-call]
    made = bulk.summarize(bulk.Job(Path(os.environ["RAW"]), Path(os.environ["TABLES"]), out, notebook=file))
    print(f"{len(made.made)} made, {len(made.unchanged)} as they were, {len(made.failed)} failed")


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
    {"api": api, "bare": bare, "plain": plain}[sys.argv[1]](sys.argv[2:])
