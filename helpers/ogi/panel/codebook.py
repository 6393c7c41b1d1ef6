"""The codebook of the panel, as Markdown, from the same declaration as its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from importlib.resources import files

import pandas as pd

from ogi.compare import INDICATORS
from ogi.panel.printed import ADDED_UP, BOTH
from ogi.panel.variables import AFFIXES, VARIABLES, Role, Variable
from ogi.said import Said, known, told, worded

_HEADS = {"en": "codebook.md", "zh": "codebook.zh.md"}
_BESIDE: dict[Role, tuple[str, ...]] = {
    "key": ("values",),
    "indicator": ("of", "unit", "formula"),
    "cell": ("of", "unit", "comparable", "form", "printed_row", "printed_column"),
}
"""What is told of a variable besides its meaning and type, where it is not just what it is of."""
_SECTIONS: tuple[Role, ...] = ("key", "indicator", "lag", "rule", "cell")
_UNIT_OF = {one.of: one.name for one in VARIABLES if one.role == "unit"}
_FORM_LACKS_IT = Said("the report's form has no such cell", "表格无此栏")


def codebook(language: str = "en", cited: Said | None = None) -> str:
    """What every variable means, and how to load the panel; names and meanings stand in both languages.

    `cited`: the line by which the panel that it lies beside is cited.
    """
    head = files(__package__).joinpath(_HEADS[known(language)]).read_text("utf-8")
    sections = (line for role in _SECTIONS for line in _section(role, language))
    if cited is not None:
        title, rest = head.split("\n", 1)
        line = told(worded(__package__, "cite_as", citation=cited), language)
        head = f"{title}\n\n{line}\n{rest}"
    return "\n".join([head, *_states(language), *_beside(language), *sections]) + "\n"


def codebook_table(language: str = "en") -> pd.DataFrame:
    """A row for each variable, for programs: what it is called, of what type and unit, and what it is of.

    Heads, types and roles are the same in both languages, since programs read them; labels of the language
    come first, and units and meanings of values are in it.
    """
    labels = ("label_zh", "label") if language == "zh" else ("label", "label_zh")
    rows = [
        {
            "variable": one.name,
            **{name: one.labelled.zh if name == "label_zh" else str(one.labelled) for name in labels},
            "type": one.type,
            "role": one.role,
            "of": one.of or None,
            "unit": unit_of(one, language).replace("`", "") or None,
            "formula": formula_of(one, language),
            "comparable": int(one.comparable),  # R takes True for a text, Stata TRUE as well
            "values": one.values_in(language) or None,
            "more": None if one.more is None else told(one.more, language),
            **printed_of(one),
        }
        for one in VARIABLES
    ]
    return pd.DataFrame(rows)


def printed_of(one: Variable) -> dict[str, str]:
    """Form, printed row and printed column of a variable; nothing of one that is of no cell."""
    return {} if one.printed is None else asdict(one.printed)


def formula_of(one: Variable, language: str) -> str | None:
    """How an indicator is computed; None of any other variable."""
    return told(INDICATORS[one.of].formula, language) if one.role == "indicator" else None


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
        "unit": unit_of(one, language),
        "formula": formula_of(one, language) or "",
        **printed_of(one),
        "form": _form(one, language),
        "values": ", ".join(f"`{value}` {told(meaning, language)}" for value, meaning in one.values.items()),
    }
    type_ = _say(f"type.{one.type}", language)
    cells = [f"`{one.name}`", one.meaning.zh, str(one.meaning), type_, *(texts[name] for name in beside)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _form(one: Variable, language: str) -> str:
    form = "" if one.printed is None else one.printed.form
    return _say(f"form.{form}", language) if form in (BOTH, ADDED_UP) else form


def unit_of(one: Variable, language: str) -> str:
    """The unit of the form; of an amount, also where the unit stands that its report prints."""
    beside = _UNIT_OF.get(one.of) if one.role == "cell" else None
    if beside is None:
        return "" if one.unit is None else told(one.unit, language)
    key = "no_unit" if one.unit is None else "as_printed"
    return told(worded(__package__, key, name=beside, unit=one.unit), language)


def _title(key: str, language: str, *names: str) -> list[str]:
    heads = " | ".join(_say(f"head.{name}", language) for name in names)
    return ["", f"## {_say(f'title.{key}', language)}", "", f"| {heads} |", "|---" * len(names) + "|"]
