"""The codebook of the panel, as Markdown, from the same declaration as its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from ogi.panel.variables import AFFIXES, VARIABLES, Role, Variable
from ogi.said import Said, known, told, worded

_HEADS = {"en": "codebook.md", "zh": "codebook.zh.md"}
_BESIDE: dict[Role, tuple[str, ...]] = {"key": ("values",), "cell": ("of", "comparable")}
"""What is told of a variable besides its meaning and type, where it is not just what it is of."""
_SECTIONS: tuple[Role, ...] = ("key", "indicator", "lag", "rule", "cell")
_FORM_LACKS_IT = Said("the report's form has no such cell", "表格无此栏")


def codebook(language: str = "en") -> str:
    """What every variable means, and how to load the panel; names and meanings stand in both languages."""
    head = files(__package__).joinpath(_HEADS[known(language)]).read_text("utf-8")
    sections = (line for role in _SECTIONS for line in _section(role, language))
    return "\n".join([head, *_states(language), *_beside(language), *sections]) + "\n"


def _say(key: str, language: str) -> str:
    return told(worded(__package__, key), language)


def _states(language: str) -> Iterator[str]:
    values = next(one.values for one in VARIABLES if one.role == "state")
    yield from _title("state", language, "code", "name", "meaning")
    yield from (f"| {code} | {meaning.zh} | {meaning} |" for code, meaning in values.items())
    yield f"| {_say('missing', language)} | {_FORM_LACKS_IT.zh} | {_FORM_LACKS_IT} |"


def _beside(language: str) -> Iterator[str]:
    """What prefixes and suffixes add to the names of cells and indicators, `…`."""
    yield from _title("beside", language, "variable", "name", "meaning")
    yield from (f"| `{name}` | {meaning.zh} | {meaning} |" for name, meaning in AFFIXES.items())


def _section(role: Role, language: str) -> Iterator[str]:
    own = [one for one in VARIABLES if one.role == role]
    beside = _BESIDE.get(role, ("of",))
    yield from _title(role, language, "variable", "name", "meaning", "type", *beside)
    yield from (_line(one, beside, language) for one in own)


def _line(one: Variable, beside: Iterable[str], language: str) -> str:
    texts = {
        "of": f"`{one.of}`",
        "comparable": _say("comparable" if one.comparable else "series_break", language),
        "values": ", ".join(f"`{value}` {meaning.zh}" for value, meaning in one.values.items()),
    }
    cells = [f"`{one.name}`", one.meaning.zh, str(one.meaning), one.type, *(texts[name] for name in beside)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _title(key: str, language: str, *names: str) -> list[str]:
    heads = " | ".join(_say(f"head.{name}", language) for name in names)
    return ["", f"## {_say(f'title.{key}', language)}", "", f"| {heads} |", "|---" * len(names) + "|"]
