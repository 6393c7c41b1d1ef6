"""What the charts of an agency ask, each declared as a record: its parts, their cells, its drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from ogi.charts import bars, draw, words
from ogi.charts.chart import Chart
from ogi.charts.style import AMBER, BLUE, PLUM, SILVER, SKY, house_style
from ogi.charts.yearly import YearlyParts
from ogi.compare import annual, one_agency, outcomes_in
from ogi.figures import Figures
from ogi.forms import EDITIONS, OUTCOME_GROUPS, TABLES, Group, Item, Measure
from ogi.said import known

_OLD = TABLES["proactive"][EDITIONS[0]]
_PROACTIVE, _REQUESTS, _REVIEW = (TABLES[table][EDITIONS[-1]] for table in TABLES)


@dataclass(frozen=True)
class Question:
    """What a chart shows; called with the figures of one agency, it gives the chart.

    `name` begins its ids, and is the key of its title in wordings.yaml. `parts`: what the form calls each
    part of its bars. `cell`: where a part stands, with {part} for its id and {item} for that of a panel;
    `sums`: a part that is of several such cells → their ids. `total`: the cell that the parts must add up to.
    `panels`: the items that have a panel each.
    """

    name: str
    parts: Sequence[Item | Measure | Group]
    cell: str
    draw: Callable[[Sequence[YearlyParts], Sequence[str], str], Figure]
    total: str | None = None
    sums: Mapping[str, Sequence[str]] = field(default_factory=dict)
    panels: Sequence[Item | None] = (None,)
    unit: str | None = _REQUESTS.measure("total").unit

    def __call__(self, figures: pd.DataFrame, language: str = "en") -> Chart:
        """ValueError where the figures are of several agencies, or for another language."""
        title = words.say(self.name, known(language), unit=self.unit)
        one_agency(figures)
        years = annual(figures)
        seen = [self._seen(years, item) for item in self.panels]
        names = {part.id: words.label(part, language) for part in self.parts}
        instead = draw.instead(language, seen)
        with house_style():
            drawn = (
                draw.sentence(instead)
                if instead is not None
                else self.draw(seen, [*names.values()], language)
            )
        alt, notes = words.alt(title, seen, names, language), words.notes(seen, names, language)
        return Chart(self.name, title, alt, drawn, notes)

    def _seen(self, years: Figures, about: Item | None) -> YearlyParts:
        item = "" if about is None else about.id
        ids = {part.id: self.sums.get(part.id, [part.id]) for part in self.parts}
        cells = {part: [self.cell.format(item=item, part=id) for id in of] for part, of in ids.items()}
        return YearlyParts.of(
            years, cells, None if self.total is None else self.total.format(item=item), about
        )


# New requests upon those carried in, and beside them those carried over to the next year.
requests_handled = Question(
    "requests-handled",
    [_REQUESTS.item(item) for item in ("new", "carried_in", "carried_out")],
    "requests/{part}/total",
    bars.handled,
)

# New requests by who made them: natural persons, businesses, all others.
_NAMED = [_REQUESTS.measure(measure) for measure in ("natural_person", "business")]
_OTHERS = Measure("others", words.say("others", "zh"), words.say("others", "en"))
applicants = Question(
    "applicants",
    [*_NAMED, _OTHERS],
    "requests/new/{part}",
    partial(bars.stacked, colours=(BLUE, SKY, AMBER), height=draw.HEIGHT),
    total="requests/new/total",
    sums={_OTHERS.id: [m.id for m in _REQUESTS.measures if m not in _NAMED and m.id != "total"]},
)

# The groups of outcomes, each a share of the printed total of outcomes.
_SINGLE = [item for item in _REQUESTS.items if item.outcome and item.group not in OUTCOME_GROUPS]
outcomes = Question(
    "outcomes",
    [*_SINGLE, *OUTCOME_GROUPS],
    "requests/{part}/total",
    bars.shares,
    total="requests/outcome_total/total",
    sums={group.id: outcomes_in(group) for group in OUTCOME_GROUPS},
)

# The results of reconsideration and of both kinds of litigation, on one scale.
review = Question(
    "review",
    [measure for measure in _REVIEW.measures if measure.id != "total"],
    "review/{item}/{part}",
    partial(bars.stacked, colours=(BLUE, AMBER, PLUM, SILVER), height=1.05, ticks=3, head=0.3),
    total="review/{item}/total",
    panels=_REVIEW.items,
)

# Licences, penalties and coercive measures: all decisions that both forms count alike.
decisions = Question(
    "decisions",
    [i for i in _PROACTIVE.items if "decisions" in _PROACTIVE.cells_of[i.id] and i in _OLD.items],
    "proactive/{part}/decisions",
    bars.apart,
    unit=_OLD.measure("decisions").unit,
)
