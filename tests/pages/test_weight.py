"""What a page weighs: of six years at most 200 KB, under 100 KB where font and style are shared."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ogi.bulk import Job
from ogi.bulk.agency import NOTEBOOK
from ogi.compare import LEADING, Alike
from ogi.ingest import ingest
from ogi.pages.export import article, page

WHOLE, SHARED = 200_000, 100_000
"""Bytes."""
MEDIANS = Alike("government_office", 2024, dict.fromkeys(LEADING, (0.57, 1200)))


@pytest.fixture(scope="module")
def dataset(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    ingest(samples, folder)
    return folder


def executed(parameters: dict[str, Any]) -> nbformat.NotebookNode:
    """The notebook with what each of its cells shows, run here: a kernel would show the same."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    given = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    notebook.cells.insert(2, nbformat.v4.new_code_cell(given))
    scope: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            html = shown(cell.source, scope)
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/html": html})] if html else []
    return notebook


def shown(source: str, scope: dict[str, Any]) -> str:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), scope)
    if not isinstance(last, ast.Expr):
        return ""
    return str(eval(compile(ast.Expression(last.value), "cell", "eval"), scope)._repr_html_())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_is_light(samples: Path, dataset: Path, tmp_path: Path, language: str) -> None:
    weights = {}
    for folder in sorted(samples.iterdir()):
        job = Job(samples, dataset, tmp_path, language)
        notebook = executed({**job.parameters(folder.name), "medians": MEDIANS.text})
        files = [path.name for path in folder.iterdir()]
        for assets, most in (("", WHOLE), ("..", SHARED)):
            made = page(notebook, folder.name, NOTEBOOK.name, language, files, assets, files[0])
            weights[folder.name, most] = len(made.encode())
    assert len(weights) > 12
    assert {one: weight for one, weight in weights.items() if weight > one[1]} == {}


def test_a_page_on_many_agencies_brings_its_font_and_style_only_where_they_are_not_shared() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 2024")])
    alone = article(notebook, "2024", "review-2024", "en", "")
    shared = article(notebook, "2024", "review-2024", "en", "", assets="assets-of-all")
    assert "assets-of-all" in shared
    assert len(shared.encode()) < len(alone.encode()) - 10_000
