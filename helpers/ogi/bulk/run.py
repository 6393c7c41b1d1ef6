"""Run one notebook with the parameters it declares, and keep it without a trace of this machine."""

from __future__ import annotations

import ast
import json
import logging
import re
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from ogi.said import printable

KERNEL = "python3"
ENGINES = {"ogi": "ogi", "kernel": "nbclient"}
"""How notebooks are run → papermill's name for it: in kernels forked from a warm process, or afresh."""
_INJECTED = "injected-parameters"
_LONGEST_MESSAGE = 300
"""Characters: a line of the index that a reader can take in."""
_LONGEST_TRACE = 6000
"""Characters: some 80 lines, from the end."""
Value = str | int | float | bool | list[str] | list[int]


class NotebookFailure(Exception):
    """A notebook that did not run to its end; one line that names the cell and the error.

    `trace`: where in the code the error arose, on many lines; empty where no code raised it.
    """

    def __init__(self, line: str, trace: str = "") -> None:
        self.trace = trace
        super().__init__(line)


class ParameterError(Exception):
    """A parameter that the notebook does not declare, or of another type; nothing has run."""

    def __init__(self, notebook: str, name: str, expected: str, found: str) -> None:
        super().__init__(f"{notebook}: parameter {name}: expected {expected}, found {found}")


def execute(
    notebook: NotebookNode,
    name: str,
    parameters: Mapping[str, Value],
    seconds: float = 600,
    engine: str = "kernel",
) -> NotebookNode:
    """The notebook run through papermill, with its outputs; its file is not touched.

    `metadata.papermill.megabytes` of it: the most memory that its kernel held, None where that is not known.

    ParameterError before anything runs; NotebookFailure where a cell fails, the kernel dies or does not
    start, or the whole takes longer than `seconds`.
    """
    refuse_misfits(notebook, name, parameters)
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    copy = nbformat.from_dict(json.loads(json.dumps(notebook)))  # type: ignore[no-untyped-call]
    deadline = time.monotonic() + seconds
    last = sum(cell.cell_type == "code" for cell in copy.cells)
    watch = _Watch(deadline, last, -1 if parameters else 0)
    try:
        ran = papermill.execute_notebook(
            copy,
            None,
            dict(parameters),
            engine_name=ENGINES[engine],
            kernel_name=KERNEL,
            progress_bar=False,
            start_timeout=min(60, seconds),
            timeout_func=watch,
            shutdown_kernel="immediate",  # all that it put out has arrived by then
            extra_arguments=["--log-level=CRITICAL"],
        )
    except PapermillExecutionError as error:
        line, trace = _one_line(error.ename, error.evalue), _plain("\n".join(error.traceback))
        raise NotebookFailure(f"cell {watch.cell}: {line}", trace[-_LONGEST_TRACE:]) from error
    except CellTimeoutError as error:
        raise NotebookFailure(f"cell {watch.cell}: not done after {seconds:g} seconds") from error
    except DeadKernelError as error:
        raise NotebookFailure(f"cell {watch.cell}: the kernel died") from error
    except RuntimeError as error:
        raise NotebookFailure(f"the kernel did not start: {_one_line('', str(error))}") from error
    ran.metadata.setdefault("papermill", {})["megabytes"] = watch.megabytes
    return ran  # type: ignore[no-any-return]


class _Watch:
    """How long each cell may still take, asked by the client before it runs one.

    Counts the code cells from 1 as they stand in the notebook, where papermill adds one with the parameters.
    `megabytes`: the most memory that a process started here held until the `last` cell began.
    """

    def __init__(self, deadline: float, last: int, cell: int) -> None:
        self.deadline, self.last, self.cell = deadline, last, cell
        self.megabytes: int | None = None

    def __call__(self, cell: NotebookNode) -> float:
        self.cell += 1
        if self.cell == self.last:
            self.megabytes = _most_memory()
        return max(0.1, self.deadline - time.monotonic())


def _most_memory() -> int | None:
    """The peak of the largest process started from here, where the system tells (Linux)."""
    peaks = [0]
    for process in psutil.Process().children(recursive=True):
        with suppress(OSError):  # it has ended, or there is no /proc
            status = Path(f"/proc/{process.pid}/status").read_text("utf-8", "replace")
            peaks += map(int, re.findall(r"VmHWM:\s*(\d+) kB", status))
    return max(peaks) // 1024 or None


def kept(notebook: NotebookNode, parameters: Mapping[str, Value], places: Mapping[Path, str]) -> NotebookNode:
    """The executed notebook fit to be handed on: no times, no folders of this machine, stable cell ids.

    `places`: folders of this machine → what stands for them.
    """
    clean = json.loads(json.dumps(notebook))
    clean["metadata"].pop("papermill", None)
    for cell in clean["cells"]:
        for trace in ("papermill", "execution"):
            cell["metadata"].pop(trace, None)
        if _INJECTED in cell["metadata"].get("tags", []):
            cell["id"] = _INJECTED
            cell["source"] = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
        cell["outputs"] = [output for output in cell.get("outputs", []) if output.get("name") != "stderr"]
        if cell["cell_type"] != "code":
            del cell["outputs"]
    return nbformat.from_dict(_replaced(clean, _patterns(places)))  # type: ignore[no-untyped-call,no-any-return]


def without(places: Mapping[Path, str], text: str) -> str:
    """A text with what stands for the folders of this machine in their place."""
    return str(_replaced(text, _patterns(places)))


def _patterns(places: Mapping[Path, str]) -> list[tuple[re.Pattern[str], str]]:
    """The longest folder first; the name of a folder ends where the path goes on or ends."""
    known = {printable(str(folder)): name for folder, name in {**places, Path(sys.prefix): "python"}.items()}
    ordered = sorted((folder for folder in known if len(Path(folder).parts) > 1), key=len, reverse=True)
    return [(re.compile(re.escape(folder) + r"(?![\w.-])"), known[folder]) for folder in ordered]


def _replaced(value: Any, patterns: Iterable[tuple[re.Pattern[str], str]]) -> Any:
    if isinstance(value, str):
        for pattern, name in patterns:
            value = name.join(pattern.split(value))
        return value
    if isinstance(value, dict):
        return {key: _replaced(part, patterns) for key, part in value.items()}
    return [_replaced(part, patterns) for part in value] if isinstance(value, list) else value


def _one_line(name: str, text: str) -> str:
    """The error in one line, without colours, not longer than a reader can take in."""
    line = " ".join(_plain(f"{name}: {text}" if name else text).split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "\u2026"


def _plain(text: str) -> str:
    """Without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def load(path: Path) -> NotebookNode:
    """The notebook in that file, unchanged; FileNotFoundError where there is none."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call,no-any-return]


def declared(notebook: NotebookNode) -> dict[str, str]:
    """Parameter → the type it is annotated with, or that of its default."""
    found = papermill.inspect_notebook(notebook)
    return {name: _type_name(one["inferred_type_name"], one["default"]) for name, one in found.items()}


def refuse_misfits(notebook: NotebookNode, name: str, given: Mapping[str, Value]) -> None:
    """ParameterError for the first parameter that is unknown to the notebook `name` or ill-typed."""
    types = declared(notebook)
    for parameter, value in given.items():
        if parameter not in types:
            raise ParameterError(
                name, parameter, f"one of {', '.join(types) or 'no parameters'}", "no such name"
            )
        expected = types[parameter]
        if not _fits(value, expected):
            raise ParameterError(name, parameter, expected, f"{type(value).__name__} {value!r}")


def _type_name(annotated: str, default: str) -> str:
    return annotated if annotated != "None" else type(ast.literal_eval(default)).__name__


def _fits(value: object, expected: str) -> bool:
    parts, wanted = [value], expected
    if isinstance(value, list) and expected.startswith("list["):
        parts, wanted = value, expected[5:-1]
    # By name, since True is an int to Python, but not to a reader of the parameters.
    return {type(part).__name__ for part in parts} <= ({"float", "int"} if wanted == "float" else {wanted})
