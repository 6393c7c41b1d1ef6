"""The parameters that a notebook declares, and whether those given fit them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode

Value = str | int | float | bool | list[str] | list[int]

_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "list[str]": (str,),
    "list[int]": (int,),
}


class ParameterError(Exception):
    """A parameter that the notebook does not declare, or of another type; nothing has run."""

    def __init__(self, notebook: str, name: str, expected: str, found: str) -> None:
        super().__init__(f"{notebook}: parameter {name}: expected {expected}, found {found}")


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
    if expected not in _TYPES:
        return False
    if expected.startswith("list["):
        return isinstance(value, list) and all(_is_one(part, expected) for part in value)
    return _is_one(value, expected)


def _is_one(value: object, expected: str) -> bool:
    """True is an int to Python, not to a reader of the parameters."""
    return isinstance(value, _TYPES[expected]) and (isinstance(value, bool) == (expected == "bool"))
