"""One figure as a page shows it: its text, its state, its place in the report and on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ogi.forms import Measure
from ogi.pages.frames import Column
from ogi.pages.lookup import NO_REPORT, NOT_ON_FORM, Found, Lookup
from ogi.pages.words import number, say
from ogi.values import LEAST_CONFIDENCE, State

FIX = "fix-"
"""What the place of a correction begins with."""
COMPUTED, CORRECTED, DOUBTFUL = "computed", "corrected", "doubtful"
"""A sum that no report prints, shown beside the parts that they do print; a figure that a person corrected;
one that was read with little confidence."""
READ = (State.REPORTED, State.BLANK, State.NOT_APPLICABLE)
"""The states of what stands in the report and was read."""
STATES = (State.BLANK, State.NOT_APPLICABLE, State.UNREADABLE, State.ABSENT, NOT_ON_FORM, NO_REPORT, COMPUTED)
MARKS = {State.BLANK: "\u00b7", State.ABSENT: "\u2013", NOT_ON_FORM: "", NO_REPORT: ""}
"""What stands for a figure that is none; the other states show the printed text."""


@dataclass(frozen=True)
class Cell:
    """`text` and `state` as shown; `title`: where the figure comes from; `id`: its anchor, if it has one.

    `unit` is given where the form prescribes none, or the report prints another. `fix`: the place of the
    correction that it is from, if it is from one. `is_doubtful`: was it read with little confidence?
    """

    text: str
    state: str
    title: str = ""
    id: str = ""
    unit: str = ""
    fix: str = ""
    is_doubtful: bool = False


def anchor(table: str, item: str, measure: str, key: str) -> str:
    """The place of one figure on its page: ids of the form, and the key of the report's column."""
    return f"{table}-{item}-{measure}-{key}"


def cell(lookup: Lookup, column: Column, table: str, item: str, measure: Measure, language: str) -> Cell:
    """The figure of a column's report, or what stands in its place."""
    found = lookup.figure(column, table, item, measure.id)
    if found.state in (NOT_ON_FORM, NO_REPORT):
        return Cell(_text(found), found.state)
    title = _title(found, f"{table}/{item}/{measure.id}", language)
    unit = found.unit or "" if found.unit != measure.unit and found.state == State.REPORTED else ""
    id = anchor(table, item, measure.id, column.key)
    fix = f"#{FIX}{id}" if found.correction else ""
    return Cell(_text(found), found.state, title, id, unit, fix, _is_doubtful(found))


def legend(cells: Iterable[Cell]) -> list[str]:
    """The states among the cells that need a word of explanation."""
    shown = list(cells)
    states = {one.state for one in shown} | {CORRECTED for one in shown if one.fix}
    states |= {DOUBTFUL for one in shown if one.is_doubtful}
    return [state for state in (*STATES, CORRECTED, DOUBTFUL) if state in states]


def _is_doubtful(found: Found) -> bool:
    """A correction was entered by someone who has looked; what is not read at all is more than doubtful."""
    return found.state in READ and found.correction is None and found.confidence < LEAST_CONFIDENCE


def _text(found: Found) -> str:
    if found.state == State.REPORTED and found.value is not None:
        return number(found.value)
    mark = MARKS.get(found.state)
    return (found.printed or "").strip() if mark is None else mark


def _title(found: Found, id: str, language: str) -> str:
    """Ids, page, unit, the printed text where it says more, and the state where it is no number."""
    parts = [
        id,
        "" if found.page is None else say("where", language, page=found.page).unescape(),
        found.unit or "" if found.state == State.REPORTED else "",
        _printed(found, language),
        "" if found.state == State.REPORTED else say(f"state.{found.state}", language).unescape(),
        "" if found.correction is None else _corrected(found.correction, language),
        say("state.doubtful", language).unescape() if _is_doubtful(found) else "",
    ]
    return " · ".join(part for part in parts if part)


def _printed(found: Found, language: str) -> str:
    """The printed text where it says more than what is shown; of a correction it is told there."""
    printed = (found.printed or "").strip()
    if found.correction is not None or printed in ("", _text(found)):
        return ""
    return say("printed", language, printed=printed).unescape()


def _corrected(correction: dict[str, str], language: str) -> str:
    told = say("c.mark", language, printed=correction["printed"]).unescape()
    why = (correction[name] for name in ("reason", "evidence", "who", "when"))
    return " · ".join([told, *why])
