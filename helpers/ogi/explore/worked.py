"""An indicator worked out: the numbers of one agency and year, and the cells that they stand in."""

from __future__ import annotations

from dataclasses import replace

from ogi.api import Dataset
from ogi.compare import INDICATORS, in_numbers
from ogi.explore.choice import ABSOLUTE, FigureChoice, worded
from ogi.explore.doubts import reasons
from ogi.explore.frames import tidy
from ogi.explore.shown import Fragment, sentence
from ogi.forms.named import official_name
from ogi.said import Refused, Said, joined, say


def worked_out(data: Dataset, choice: FigureChoice, agency: str = "", year: int = 0) -> Fragment:
    """The formula in words and in numbers, the ids of its cells, and what is in doubt.

    Of the agency and year, by default the newest value of the first agency that has one. Refused where there
    is none.
    """
    wanted = replace(choice, agencies=(agency,) if agency else choice.agencies, way=ABSOLUTE)
    rows = tidy(data, replace(wanted, years=(year,) if year else choice.years)).dropna(subset="value")
    if rows.empty:
        raise Refused(worded("nothing"), choice.language)
    own = rows[rows["agency"] == rows["agency"].iloc[0]]
    one = own[own["year"] == own["year"].max()]
    (name,), (when,) = one["agency"], one["year"]
    places = [(report.agency, report.year) for report in data.annual.reports]
    indicator = INDICATORS[choice.item]
    numbers = in_numbers(indicator, data.annual, places.index((name, when)))
    cells = joined(map(_named, indicator.cells), "; ", "；")
    told = (
        choice.formula,
        worded("in_numbers", agency=name, year=when, numbers=numbers),
        worded("cells", cells=cells, agency=name, year=when, cell=indicator.cells[0]),
        *reasons(one),
    )
    return Fragment("".join(sentence(text, choice.language) for text in told))


def _named(cell: str) -> Said:
    return say("{cell} ({label})", "{cell}（{label}）", cell=cell, label=official_name(cell))
