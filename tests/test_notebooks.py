"""The notebooks read like an article, and run as they lie there."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat import NotebookNode

from ogi.bulk.run import declared
from ogi.compare import INDICATORS

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> NotebookNode:
    return nbformat.read(request.param, as_version=nbformat.NO_CONVERT)


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def parameters(notebook: NotebookNode) -> NotebookNode:
    (cell,) = (cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    return cell


def test_it_is_stored_bare(notebook: NotebookNode) -> None:
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert [cell.id for cell in code(notebook) if cell.outputs or cell.execution_count is not None] == []


def test_its_cells_are_short_and_hold_no_logic(notebook: NotebookNode) -> None:
    lengths = [len(cell.source.splitlines()) for cell in code(notebook)]
    assert max(lengths) <= 8
    assert statistics.median(lengths) <= 3
    for cell in code(notebook):
        assert not re.search(r"^\s*(def|class|for|while|if|try)\b|\blambda\b", cell.source, re.MULTILINE)


def test_its_headings_are_questions_with_a_chinese_name_beside_each(notebook: NotebookNode) -> None:
    headings = [
        line for cell in notebook.cells for line in cell.source.splitlines() if re.match(r"#+ .*<span", line)
    ]
    markdown = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert headings == re.findall(r"^#+ .*$", markdown, re.MULTILINE)
    assert all(re.search(r'lang="en">[^<]*\?<.*lang="zh-Hans">[^<]+<', line) for line in headings)


def test_its_parameters_are_declared_with_type_default_and_meaning(notebook: NotebookNode) -> None:
    lines = parameters(notebook).source.splitlines()
    assert all(re.fullmatch(r"\w+: [\w\[\], |]+ = .+  # .+", line) for line in lines)
    assert len(declared(notebook)) == len(lines)
    assert notebook.cells.index(parameters(notebook)) <= 1


def test_the_findings_stand_first_in_the_summary() -> None:
    notebook = nbformat.read(FOLDER / "2_agency_summary.ipynb", as_version=4)
    shown = [cell.source.partition("(")[0] for cell in code(notebook) if cell.source.startswith("pages.")]
    assert shown[:4] == ["pages.look", "pages.cover", "pages.what_stands_out", "pages.breaches"]
    assert list(declared(notebook)) == [
        "agency",
        "reports",
        "tables",
        "language",
        "corrections",
        "marks",
        "medians",
        "newest",
    ]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_review_runs_as_it_lies_there(tables: Path, tmp_path: Path, language: str) -> None:
    """Opened in its own folder; in the first of the two languages with nothing read before."""
    notebook = nbformat.read(FOLDER / "3_periodic_review.ipynb", as_version=4)
    assert list(declared(notebook)) == ["year", "reports", "tables", "language", "workbook"]
    book = tmp_path / "review.xlsx"
    given = {"year": 2023, "tables": str(tables), "language": language, "workbook": str(book)}
    options = {"engine_name": "ogi", "cwd": FOLDER, "progress_bar": False, "kernel_name": "python3"}
    done = papermill.execute_notebook(notebook, None, given, **options)
    shown = [cell for cell in code(done) if cell.source.startswith("review.")]
    assert len(shown) == len(code(notebook)) - 2, "all but the parameters and the data"
    for cell in shown:
        assert [output.output_type for output in cell.outputs] == ["execute_result"]
        assert "text/html" in cell.outputs[0].data
        assert len(cell.outputs[0].data["text/plain"]) < 300
    said = "".join(cell.outputs[0].data["text/html"] for cell in shown)
    assert ("2023年度报告评议" in said) == (language == "zh")
    assert ("It would hold with" in said) == (language == "en")
    assert book.read_bytes()[:2] == b"PK"


def test_the_summary_runs_as_it_lies_there(tmp_path: Path) -> None:
    """Opened in its own folder, with nothing read before; only the dataset lies elsewhere."""
    notebook = nbformat.read(FOLDER / "2_agency_summary.ipynb", as_version=4)
    done = papermill.execute_notebook(
        notebook,
        None,
        {"tables": str(tmp_path)},
        engine_name="ogi",
        cwd=FOLDER,
        progress_bar=False,
        kernel_name="python3",
    )
    shown = [cell for cell in code(done) if cell.source.startswith(("pages.", "charts."))]
    assert len(shown) == len(code(notebook)) - 3, (
        "all but the parameters, the data and the frame to go on with"
    )
    for cell in shown:
        assert [output.output_type for output in cell.outputs] == ["execute_result"]
        assert "text/html" in cell.outputs[0].data
        assert len(cell.outputs[0].data["text/plain"]) < 3000
    (frame,) = (cell.outputs[0].data["text/html"] for cell in code(done) if cell.id == "go-on")
    assert "item_zh" in frame
    assert declared(notebook)["agency"] == "str"
    assert (tmp_path / "manifest.json").exists()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the dataset of the samples lies, once it has been made."""
    return tmp_path_factory.mktemp("held")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_explorer_runs_without_a_click_in_both_languages(
    held: Path, tmp_path: Path, language: str
) -> None:
    notebook = nbformat.read(FOLDER / "4_explore.ipynb", as_version=4)
    values = {"tables": str(held), "language": language, "figure": "indicators/disclosure_rate"}
    done = papermill.execute_notebook(
        notebook,
        None,
        {**values, "out": str(tmp_path / "saved")},
        engine_name="ogi",
        cwd=FOLDER,
        progress_bar=False,
        kernel_name="python3",
    )
    ran = {cell.id: cell for cell in code(done)}
    assert [cell.id for cell in ran.values() if any(o.output_type == "error" for o in cell.outputs)] == []
    shown = {id: str(cell.outputs[-1].data.get("text/html", "")) for id, cell in ran.items() if cell.outputs}
    label = INDICATORS["disclosure_rate"].name
    assert all((label.zh if language == "zh" else str(label)) in shown[id] for id in ("table", "chart"))
    assert "<svg" in shown["chart"]
    assert "÷" in shown["printed"], "no cell holds it"
    assert "<mark>申请</mark>" in shown["search"]
    assert "most_received" in shown["queries"]
    assert "https://" not in shown["rows"].replace("https://itables.org", "")
    assert {path.suffix for path in (tmp_path / "saved").iterdir()} == {".csv", ".xlsx", ".png"}
