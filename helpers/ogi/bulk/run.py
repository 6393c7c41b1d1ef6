"""Run one notebook with the parameters it declares, and keep it without a trace of this machine."""

from __future__ import annotations

import ast
import json
import logging
import re
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
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
Value = str | int | float | bool | list[str] | list[int]


class NotebookFailure(Exception):
    """A notebook that did not run to its end; one line that names the cell and the error."""


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

    ParameterError before anything runs; NotebookFailure where a cell fails, the kernel dies or does not
    start, or the whole takes longer than `seconds`.
    """
    refuse_misfits(notebook, name, parameters)
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    copy = nbformat.from_dict(json.loads(json.dumps(notebook)))  # type: ignore[no-untyped-call]
    deadline = time.monotonic() + seconds
    watch = _Watch(deadline, -1 if parameters else 0)
    try:
        return papermill.execute_notebook(  # type: ignore[no-any-return]
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
        raise NotebookFailure(f"cell {watch.cell}: {_one_line(error.ename, error.evalue)}") from error
    except CellTimeoutError as error:
        raise NotebookFailure(f"cell {watch.cell}: not done after {seconds:g} seconds") from error
    except DeadKernelError as error:
        raise NotebookFailure(f"cell {watch.cell}: the kernel died") from error
    except RuntimeError as error:
        raise NotebookFailure(f"the kernel did not start: {_one_line('', str(error))}") from error


class _Watch:
    """How long each cell may still take, asked by the client before it runs one.

    Counts the code cells from 1 as they stand in the notebook, where papermill adds one with the parameters.
    """

    def __init__(self, deadline: float, cell: int) -> None:
        self.deadline, self.cell = deadline, cell

    def __call__(self, cell: NotebookNode) -> float:
        self.cell += 1
        return max(0.1, self.deadline - time.monotonic())


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
    plain = re.sub(r"\x1b\[[0-9;]*m", "", f"{name}: {text}" if name else text)
    line = " ".join(plain.split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "\u2026"


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
