"""Random figures of agencies that do not exist, of both editions at once, every sum of the form holding."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from ogi import forms
from scripts.samples.plan import Plan
from scripts.samples.simulate import Body, Values, simulate

YEARS = {"2019": (2019, 2020), "2021": (2021, 2022, 2023, 2024, 2025)}
PLACES = ("示例市", "示例区", "示例县", "示例镇")
OFFICES = (
    "教育局",
    "公安局",
    "卫生健康委员会",
    "人力资源和社会保障局",
    "财政局",
    "水务局",
    "人民政府",
    "城市管理局",
)
SCALES = (4, 40, 900, 9_000, 30_000)
"""Requests in a year. The larger ones leave hardly a zero, so that every shift of a figure shows."""


@dataclass(frozen=True)
class Draft:
    """A report before it is printed; quirks change it."""

    agency: str
    year: int
    editions: dict[str, str]
    values: dict[str, Values]
    """Edition → figures, so that a report can print tables of either."""
    plan: Plan
    voice: int = 0
    quirks: tuple[str, ...] = field(default=())

    def printed_values(self) -> Values:
        """The figures of the editions that the report prints."""
        wanted = {t: forms.TABLES[t][edition] for t, edition in self.editions.items()}
        return {
            f"{t}/{item.id}/{measure.id}": self.values[self.editions[t]][f"{t}/{item.id}/{measure.id}"]
            for t, table in wanted.items()
            for item, measure in table.cells()
        }


def draft(rng: random.Random, plan: Plan, edition: str | None = None) -> Draft:
    """Any agency, any year, any figures."""
    edition = edition or rng.choice(forms.EDITIONS)
    body = _body(rng)
    both = simulate(body)
    values = {forms.edition_of_year(year): figures for year, figures in both.items()}
    return Draft(
        rng.choice(PLACES) + rng.choice(OFFICES),
        rng.choice(YEARS[edition]),
        dict.fromkeys(forms.TABLES, edition),
        values,
        plan,
        rng.randrange(12),
    )


def _body(rng: random.Random) -> Body:
    count = rng.choice(SCALES)
    decisions = ("licences", "other_services", "penalties", "coercive_measures")
    return Body(
        f"body {rng.getrandbits(40)}",
        {2020: count, 2023: count + rng.randrange(count)},
        carried_share=rng.uniform(0.03, 0.3),
        disputes=(0.3, 0.2, 0.1),
        regulations=rng.randrange(60),
        normative=rng.randrange(5, 300),
        decisions={item: 10 ** rng.randrange(1, 6) + rng.randrange(1000) for item in decisions},
        fees=rng.uniform(0, 9999),
        procurement=rng.uniform(10, 9999),
        services={item: rng.randrange(2, 400) for item in (*decisions, "fees")},
    )
