"""The parameters of a notebook, held against what it expects before anything is shown.

papermill only warns of a parameter that a notebook does not have, and a kernel remembers values of cells that
are gone: either way a page of another agency than the one asked for would come out. So what is looked at are
the cells that set the parameters, as the kernel was given them: the notebook's own, run by whatever runs it,
and the one that papermill puts in after it.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Mapping, Sequence
from types import GenericAlias
from typing import Any

from ogi.agencies import nearest
from ogi.said import Refused, Said, worded

_INJECTED = "# Parameters\n"
"""How the cell begins that papermill puts in."""


def expect(**expected: type | GenericAlias) -> None:
    """Stop the notebook unless its parameters are just these, each of its type: name=str, names=list[str].

    To be called in the first cell after the parameters. Outside IPython there is nothing to look at.

    Raises:
        Refused: One is misspelt, missing or of another type; told in the language asked for.
    """
    shell = _shell()
    if shell is None:
        return
    values: dict[str, Any] = shell.user_ns
    refused = refusal(values["In"][:-1], values, expected)
    if refused is not None:
        raise Refused(refused, str(values.get("language")))


def _shell() -> Any:
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def refusal(
    cells: Sequence[str], values: Mapping[str, Any], expected: Mapping[str, type | GenericAlias]
) -> Said | None:
    """Say what is wrong with the parameters, if anything is.

    Args:
        cells: The code that the kernel has run, the last one last.
        values: What the names stand for now.
        expected: Parameter → its type.
    """
    names = _set_in(cells, expected)
    for name in names:
        if name not in expected:
            near = ", ".join(nearest(name, expected) or expected)
            return worded(__package__, "strange", name=name, near=near)
    for name, wanted in expected.items():
        if name not in names:
            return worded(__package__, "missing", name=name)
        if not _fits(values[name], wanted):
            found = f"{type(values[name]).__name__} {values[name]!r}"
            is_text = isinstance(wanted, GenericAlias) and isinstance(values[name], str)
            key = "no_list" if is_text else "ill_typed"
            told = str(wanted) if isinstance(wanted, GenericAlias) else wanted.__name__
            return worded(__package__, key, name=name, wanted=told, found=found)
    return None


def _set_in(cells: Sequence[str], expected: Container[str]) -> list[str]:
    """The names set by the newest cell that declares parameters with their types, and by those after it."""
    names: list[str] = []
    for source in reversed(cells):
        found = _assignments(source)
        if source.startswith(_INJECTED) or any(name in expected for name in found):
            names = [*found, *names]
            if any(found.values()):
                break
    return names


def _assignments(source: str) -> dict[str, bool]:
    """Name → is it set with its type? Of a cell that does nothing but set names, else none."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return {}
    found: dict[str, bool] = {}
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = True
            case ast.Assign(targets=[ast.Name(id=name)]):
                found[name] = False
            case _:
                return {}
    return found


def _fits(value: object, wanted: type | GenericAlias) -> bool:
    """Is the value of the type? A whole number is a float, and True is no number."""
    if isinstance(wanted, GenericAlias):
        return isinstance(value, list) and all(_fits(part, wanted.__args__[0]) for part in value)
    return type(value) is wanted or (wanted is float and type(value) is int)
