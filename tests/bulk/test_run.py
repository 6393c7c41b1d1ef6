"""What is kept of an executed notebook, without a kernel."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

import ogi.bulk.run
from ogi.bulk.run import NotebookFailure, execute, kept, without

Call = dict[str, Any]


def notebook(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return nbformat.v4.new_notebook(cells=[*cells], metadata={"kernelspec": kernel})


PARAMETERS = nbformat.v4.new_code_cell('agency: str = "甲"', metadata={"tags": ["parameters"]})


def test_times_and_ids_of_one_run_are_left_out_and_nothing_else() -> None:
    injected = nbformat.v4.new_code_cell("a = 1", metadata={"tags": ["injected-parameters"]}, id="random")
    traced = nbformat.v4.new_code_cell(
        "x",
        metadata={"papermill": {"duration": 1}, "execution": {"iopub.status.busy": "now"}, "tags": ["mine"]},
        id="own",
    )
    made = notebook(nbformat.v4.new_markdown_cell("# Why?", id="why"), injected, traced)
    made["metadata"] |= {"papermill": {"start_time": "now"}, "language_info": {"name": "python"}}
    found = kept(made, {"agency": "甲", "years": [2023]}, {})
    assert set(found.metadata) == {"kernelspec", "language_info"}
    assert [cell["id"] for cell in found.cells] == ["why", "injected-parameters", "own"]
    assert found.cells[1].source == "agency = '甲'\nyears = [2023]"
    assert [dict(cell["metadata"]) for cell in found.cells] == [
        {},
        {"tags": ["injected-parameters"]},
        {"tags": ["mine"]},
    ]
    assert ["outputs" in cell for cell in found.cells] == [False, True, True]
    nbformat.validate(found)
    assert made.cells[2].metadata["papermill"] == {"duration": 1}, "the executed notebook is not touched"


def test_the_longest_folder_is_replaced_first_and_the_root_never() -> None:
    places = {Path("/"): "root", Path("/home/me"): "~", Path("/home/me/work"): "work"}
    assert without(places, "/home/me/work/a /home/me/b /home/met / /etc") == "work/a ~/b /home/met / /etc"
    assert without({}, f"{sys.prefix}/lib") == "python/lib"


def stub(monkeypatch: pytest.MonkeyPatch, error: Exception | None = None) -> list[Call]:
    """Papermill that runs nothing, asks how long two cells may take, and then fails as told."""
    calls: list[Call] = []

    def run(given: nbformat.NotebookNode, out: None, parameters: Call, **options: Any) -> Any:
        watch = options["timeout_func"]
        allowed = [watch(PARAMETERS), watch(PARAMETERS)]
        calls.append({"parameters": parameters, "allowed": allowed, **options})
        if error is not None:
            raise error
        return given

    monkeypatch.setattr(ogi.bulk.run.papermill, "execute_notebook", run)
    return calls


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PapermillExecutionError(0, 0, "x", "KeyError", "'a'", []), "cell 1: KeyError: 'a'"),
        (PapermillExecutionError(0, 0, "x", "E", "\x1b[31mred\x1b[0m\n  rest", []), "cell 1: E: red rest"),
        (PapermillExecutionError(0, 0, "x", "E", "x" * 297, []), f"cell 1: E: {'x' * 297}"),
        (PapermillExecutionError(0, 0, "x", "E", "x" * 298, []), f"cell 1: E: {'x' * 296}…"),
        (CellTimeoutError("late"), "cell 1: not done after 2.5 seconds"),
        (DeadKernelError("dead"), "cell 1: the kernel died"),
        (RuntimeError("no\nport"), "the kernel did not start: no port"),
    ],
)
def test_a_failure_names_the_cell_and_the_error_in_one_line(
    error: Exception, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub(monkeypatch, error)
    with pytest.raises(NotebookFailure) as caught:
        execute(notebook(PARAMETERS), "a.ipynb", {"agency": "甲"}, 2.5)
    assert str(caught.value) == expected
    assert caught.value.__cause__ is error


def test_without_parameters_papermill_adds_no_cell_to_count(monkeypatch: pytest.MonkeyPatch) -> None:
    stub(monkeypatch, DeadKernelError("dead"))
    with pytest.raises(NotebookFailure, match="cell 2: the kernel died"):
        execute(notebook(PARAMETERS), "a.ipynb", {}, 2.5)


@pytest.mark.parametrize(("seconds", "start"), [(20.0, 20.0), (60.0, 60.0), (600.0, 60.0)])
def test_a_cell_has_the_time_that_is_left_and_the_kernel_a_minute_to_start(
    seconds: float, start: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = stub(monkeypatch)
    execute(notebook(PARAMETERS), "a.ipynb", {"agency": "乙"}, seconds)
    (call,) = calls
    assert call["parameters"] == {"agency": "乙"}
    assert (call["start_timeout"], call["kernel_name"], call["progress_bar"]) == (start, "python3", False)
    assert all(seconds - 5 < allowed <= seconds for allowed in call["allowed"])


def test_no_cell_has_less_than_a_tenth_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, now = stub(monkeypatch), time.monotonic()
    clock = iter([now, now + 100, now + 200])
    monkeypatch.setattr("ogi.bulk.run.time", SimpleNamespace(monotonic=lambda: next(clock)))
    execute(notebook(PARAMETERS), "a.ipynb", {}, 5)
    assert calls[0]["allowed"] == [0.1, 0.1]
