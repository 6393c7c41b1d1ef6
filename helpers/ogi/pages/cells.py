"""One figure as a page shows it: its text, its state, its place in the report and on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ogi.figures import FigureRow, Figures
from ogi.forms import TABLES, Measure
from ogi.pages.frames import Column
from ogi.pages.words import number, say
from ogi.values import LEAST_CONFIDENCE, State

NOT_ON_FORM, NO_REPORT = "not_on_form", "no_report"
"""Two states that only a page has: the form does not ask for it; nobody reported on that year."""
FIX = "fix-"
"""What the place of a correction begins with."""
COMPUTED, CORRECTED, DOUBTFUL = "computed", "corrected", "doubtful"
"""A sum that no report prints, shown beside the parts that they do print; a figure that a person corrected;
one that was read with little confidence."""
READ = (State.REPORTED, State.BLANK, State.NOT_APPLICABLE)
"""The states of what stands in the report and was read."""
STATES = (State.BLANK, State.NOT_APPLICABLE, State.UNREADABLE, State.ABSENT, NOT_ON_FORM, NO_REPORT, COMPUTED)
MARKS = {State.BLANK: "\u00b7", State.ABSENT: "\u2013"}
"""What stands for a figure that is none; the other states show the printed text."""


@dataclass(frozen=True)
class ShownCell:
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


def cell(
    figures: Figures, column: Column, table: str, item: str, measure: Measure, language: str
) -> ShownCell:
    """The figure of a column's report, or what stands in its place."""
    if column.report_id is None:
        return ShownCell("", NO_REPORT)
    place = f"{table}/{item}/{measure.id}"
    figure = figures.cell(column.report_id, place)
    if figure is None and not _asks(column.editions.get(table), table, item, measure.id):
        return ShownCell("", NOT_ON_FORM)
    figure = figure or FigureRow(State.ABSENT)
    unit = figure.unit or "" if figure.unit != measure.unit and figure.state == State.REPORTED else ""
    id = anchor(table, item, measure.id, column.key)
    fix = "" if figure.correction is None else f"#{FIX}{id}"
    title = _title(figure, place, language)
    return ShownCell(_text(figure), figure.state, title, id, unit, fix, _is_doubtful(figure))


def _asks(edition: str | None, table: str, item: str, measure: str) -> bool:
    """Does the form ask for the figure? Where the table was not found, it is absent, not unasked for."""
    return edition is None or measure in TABLES[table][edition].cells_of.get(item, ())


def legend(cells: Iterable[ShownCell]) -> list[str]:
    """The states among the cells that need a word of explanation."""
    shown = list(cells)
    states = {one.state for one in shown} | {CORRECTED for one in shown if one.fix}
    states |= {DOUBTFUL for one in shown if one.is_doubtful}
    return [state for state in (*STATES, CORRECTED, DOUBTFUL) if state in states]


def _is_doubtful(figure: FigureRow) -> bool:
    """A correction was entered by someone who has looked; what is not read at all is more than doubtful."""
    return figure.state in READ and figure.correction is None and figure.confidence < LEAST_CONFIDENCE


def _text(figure: FigureRow) -> str:
    if figure.state == State.REPORTED and figure.value is not None:
        return number(figure.value)
    mark = MARKS.get(figure.state)
    return (figure.printed or "").strip() if mark is None else mark


def _title(figure: FigureRow, id: str, language: str) -> str:
    """Ids, page, unit, the printed text where it says more, and the state where it is no number."""
    parts = [
        id,
        "" if figure.page is None else say("where", language, page=figure.page).unescape(),
        figure.unit or "" if figure.state == State.REPORTED else "",
        _printed(figure, language),
        "" if figure.state == State.REPORTED else say(f"state.{figure.state}", language).unescape(),
        "" if figure.correction is None else _corrected(figure.correction, language),
        say("state.doubtful", language).unescape() if _is_doubtful(figure) else "",
    ]
    return " · ".join(part for part in parts if part)


def _printed(figure: FigureRow, language: str) -> str:
    """The printed text where it says more than what is shown; of a correction it is told there."""
    printed = (figure.printed or "").strip()
    if figure.correction is not None or printed in ("", _text(figure)):
        return ""
    return say("printed", language, printed=printed).unescape()


def _corrected(correction: dict[str, str], language: str) -> str:
    told = say("c.mark", language, printed=correction["printed"]).unescape()
    why = (correction[name] for name in ("reason", "evidence", "who", "when"))
    return " · ".join([told, *why])
