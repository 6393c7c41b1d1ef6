"""What the charts of an agency ask, each a record: its parts, their cells, its drawing, its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from ogi.charts import drawings, titles, words
from ogi.charts.chart import Chart
from ogi.charts.drawings import Drawn
from ogi.charts.plot import svg
from ogi.charts.yearly import YearlyParts
from ogi.compare import annual_of_one, outcomes_in
from ogi.figures import Figures
from ogi.forms import EDITIONS, OUTCOME_GROUPS, TABLES, Group, Item, Measure
from ogi.said import known

_OLD = TABLES["proactive"][EDITIONS[0]]
_PROACTIVE, _REQUESTS, _REVIEW = (TABLES[table][EDITIONS[-1]] for table in TABLES)


@dataclass(frozen=True)
class Question:
    """What a chart shows; called with the figures of one agency, it gives the chart.

    `name` begins its ids, and is the key of its question in wordings.yaml. `parts`: what the form calls each
    part of it. `cell`: where a part stands, with {part} for its id and {item} for that of a panel; `sums`: a
    part that is of several such cells → their ids. `total`: the cell that the parts must add up to. `panels`:
    the items that have a panel each. `title`: what the figures show, in a sentence.
    """

    name: str
    parts: Sequence[Item | Measure | Group]
    cell: str
    draw: Callable[[Sequence[YearlyParts], Sequence[str], str], Drawn]
    title: Callable[[Sequence[YearlyParts], Sequence[str], str], str | None]
    total: str | None = None
    sums: Mapping[str, Sequence[str]] = field(default_factory=dict)
    panels: Sequence[Item | None] = (None,)
    unit: str | None = _REQUESTS.measure("total").unit

    def __call__(
        self, figures: pd.DataFrame | Figures, language: str = "en", unread: Collection[int] = ()
    ) -> Chart:
        """The chart. `figures`: of one agency (else ValueError), as a table or as `annual` makes them.

        `unread`: the years of files that could not be read.
        """
        question = words.say(self.name, known(language), unit=self.unit)
        years = annual_of_one(figures)
        seen = [self._seen(years, item).with_unread(unread) for item in self.panels]
        names = {part.id: words.label(part, language) for part in self.parts}
        unit = "" if language == "en" or self.unit is None else self.unit
        # What stands in brackets tells how a page draws it, such as in shares; a picture draws the numbers.
        own = tuple(seen), names, unit, re.split(r" ?[(（]", question)[0]
        instead = words.instead(language, seen)
        if instead is not None:
            return Chart(self.name, instead, question, "", None, (), language, *own)
        elements, height = self.draw(seen, [*names.values()], language)
        title = self.title(seen, [*names.values()], language) or question
        notes = words.notes(seen, names, language)
        table = words.table(seen, names, language)
        drawing = svg(elements, height, title)
        return Chart(self.name, title, question, drawing, table, notes, language, *own)

    def _seen(self, years: Figures, about: Item | None) -> YearlyParts:
        item = "" if about is None else about.id
        ids = {part.id: self.sums.get(part.id, [part.id]) for part in self.parts}
        cells = {part: [self.cell.format(item=item, part=id) for id in of] for part, of in ids.items()}
        return YearlyParts.of(
            years, cells, None if self.total is None else self.total.format(item=item), about
        )


# What came in, and what was left over at the end of the year.
requests_handled = Question(
    "requests-handled",
    [_REQUESTS.item(item) for item in ("new", "carried_out")],
    "requests/{part}/total",
    drawings.lines,
    titles.first_part,
)

# New requests by who made them: natural persons, businesses, all others.
_NAMED = [_REQUESTS.measure(measure) for measure in ("natural_person", "business")]
_OTHERS = Measure("others", words.say("others", "zh"), words.say("others", "en"))
applicants = Question(
    "applicants",
    [*_NAMED, _OTHERS],
    "requests/new/{part}",
    drawings.stacks,
    titles.share_of_first,
    total="requests/new/total",
    sums={_OTHERS.id: [m.id for m in _REQUESTS.measures if m not in _NAMED and m.id != "total"]},
)

# The groups of outcomes, each a share of the printed total of outcomes.
_SINGLE = [item for item in _REQUESTS.items if item.outcome and item.group not in OUTCOME_GROUPS]
outcomes = Question(
    "outcomes",
    [*_SINGLE, *OUTCOME_GROUPS],
    "requests/{part}/total",
    drawings.shares,
    titles.disclosed,
    total="requests/outcome_total/total",
    sums={group.id: outcomes_in(group) for group in OUTCOME_GROUPS},
)

# Each outcome of the common series, this year's beside last year's.
outcomes_in_detail = Question(
    "outcomes-in-detail",
    [item for item in TABLES["requests"][EDITIONS[0]].items if item.outcome],
    "requests/{part}/total",
    drawings.two_years,
    titles.most_frequent,
    total="requests/outcome_total/total",
)

# The results of reconsideration and of both kinds of litigation, on one scale.
review = Question(
    "review",
    [measure for measure in _REVIEW.measures if measure.id != "total"],
    "review/{item}/{part}",
    partial(drawings.stacks, height=62),
    titles.disputes,
    total="review/{item}/total",
    panels=_REVIEW.items,
)

# Licences, penalties and coercive measures: all decisions that both forms count alike.
decisions = Question(
    "decisions",
    [i for i in _PROACTIVE.items if "decisions" in _PROACTIVE.cells_of[i.id] and i in _OLD.items],
    "proactive/{part}/decisions",
    drawings.apart,
    titles.most_changed,
    unit=_OLD.measure("decisions").unit,
)
