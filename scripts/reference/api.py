"""What `import ogi` offers, as its signatures and docstrings say."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import ogi

_HEAD = """# Python API

Made by `make docs` from the docstrings of `helpers/ogi/api/`; change them there.

```python
import ogi

report = ogi.read("report.pdf")  # one file
data = ogi.dataset("data/tables")  # many, as `ogi ingest` or `ogi summarize` leaves them
```

Frames have the columns of the [data dictionary](data-dictionary.md); cells are named `table/item/measure`.
Paths are strings or `pathlib.Path`. An agency or a cell that is not there raises an error that names the
nearest."""


def api() -> str:
    return "\n".join([_HEAD, *_functions(), *_classes()]) + "\n"


def _offered() -> dict[str, Any]:
    return {name: getattr(ogi, name) for name in ogi.__all__}


def _functions() -> Iterator[str]:
    yield from ("", "## Functions")
    for name, function in _offered().items():
        if inspect.isfunction(function):
            yield from ("", f"### `ogi.{_signature(name, function)}`", "", inspect.getdoc(function) or "")


def _classes() -> Iterator[str]:
    for name, kind in _offered().items():
        if inspect.isclass(kind):
            yield from ("", f"## `ogi.{name}`", "", inspect.getdoc(kind) or "")
            for member, value in vars(kind).items():
                if not member.startswith("_") and inspect.getdoc(value) and not isinstance(value, str):
                    yield from _member(member, value)


def _member(name: str, value: Any) -> Iterator[str]:
    function = getattr(value, "func", getattr(value, "fget", None))
    shown = _signature(name, value) if inspect.isfunction(value) else name
    if inspect.isfunction(value) or function is not None:
        yield from ("", f"### `{shown}`", "", inspect.getdoc(value) or "")


def _signature(name: str, function: Any) -> str:
    signature = inspect.signature(function)
    own = [one for key, one in signature.parameters.items() if key != "self"]
    return f"{name}{signature.replace(parameters=own)}".replace("'", "").replace("pd.", "pandas.")
