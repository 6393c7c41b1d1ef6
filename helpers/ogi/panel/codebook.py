"""The codebook of the panel, as Markdown, from the same declaration as its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from ogi.panel.variables import VARIABLES, Role, Variable

_HEAD = files(__package__).joinpath("codebook.md").read_text("utf-8")
_TITLES: dict[Role, str] = {
    "key": "Agency, year and report",
    "indicator": "Indicators",
    "lag": "Last year's values",
    "rule": "Broken rules",
    "cell": "Cells of the forms",
}
_BESIDE: dict[Role, tuple[str, ...]] = {"key": ("values",), "cell": ("of", "comparable")}
"""What is told of a variable besides its meaning and type, where it is not just what it is of."""


def codebook() -> str:
    """What every variable means, and how to load the panel."""
    return "\n".join([_HEAD, *_states(), *(line for role in _TITLES for line in _section(role))]) + "\n"


def _states() -> Iterator[str]:
    values = next(one.values for one in VARIABLES if one.role == "state")
    yield from ("## States (`…_s`)", "", *_head("code", "状态", "state"))
    yield from (f"| {code} | {meaning.zh} | {meaning} |" for code, meaning in values.items())
    yield "| (missing) | 表格无此栏 | the report's form has no such cell |"


def _section(role: Role) -> Iterator[str]:
    own = [one for one in VARIABLES if one.role == role]
    beside = _BESIDE.get(role, ("of",))
    yield from ("", f"## {_TITLES[role]}", "", *_head("variable", "名称", "meaning", "type", *beside))
    yield from (_line(one, beside) for one in own)


def _line(one: Variable, beside: Iterable[str]) -> str:
    told = {
        "of": f"`{one.of}`",
        "comparable": "yes" if one.comparable else "no: series break",
        "values": ", ".join(f"`{value}` {meaning.zh}" for value, meaning in one.values.items()),
    }
    cells = [f"`{one.name}`", one.label.zh, str(one.label), one.type, *(told[name] for name in beside)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _head(*names: str) -> list[str]:
    return ["| " + " | ".join(names) + " |", "|---" * len(names) + "|"]
