"""Figures of agencies that do not exist: outcomes first, then totals, so that every sum of the form holds."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from ogi import forms

Values = dict[str, float | None]
"""table/item/measure → the number to print; None for a cell that is to stay blank."""

APPLICANT_WEIGHTS = (86, 8, 1, 1, 3, 1)
OUTCOME_WEIGHTS = {
    "granted": 38.0,
    "partly_granted": 6.0,
    "refused.state_secret": 0.3,
    "refused.law_forbids": 0.6,
    "refused.safety_stability": 0.4,
    "refused.third_party": 2.0,
    "refused.internal_affairs": 2.0,
    "refused.deliberative": 2.5,
    "refused.enforcement_file": 2.0,
    "refused.administrative_inquiry": 2.5,
    "unavailable.not_held": 27.0,
    "unavailable.needs_creation": 4.0,
    "unavailable.still_unclear": 1.5,
    "not_processed.petition": 5.0,
    "not_processed.repeated": 1.5,
    "not_processed.publication": 0.3,
    "not_processed.excessive": 0.5,
    "not_processed.reconfirm": 0.4,
    "other.no_correction": 3.0,
    "other.fee_unpaid": 0.3,
    "other.other": 1.0,
}
REVIEW_WEIGHTS = (62, 12, 16, 10)


@dataclass(frozen=True)
class Body:
    """The scale of a fictional agency."""

    name: str
    requests: Mapping[int, int]
    """Year → requests newly received."""
    carried_share: float = 0.06
    disputes: tuple[float, float, float] = (0.03, 0.015, 0.01)
    """Reconsiderations and both kinds of litigation, per request."""
    regulations: int = 0
    normative: int = 0
    """Documents in force at the start."""
    decisions: Mapping[str, int] = field(default_factory=dict)
    """Item → decisions in a usual year."""
    fees: float = 0.0
    """Fees in a usual year, 万元."""
    procurement: float = 0.0
    """Procured in a usual year, 万元."""
    services: Mapping[str, int] = field(default_factory=dict)
    """Item → entries in the list of powers (form 2019)."""
    unexplained: Mapping[int, int] = field(default_factory=dict)
    """Year → requests carried in beyond what the year before carried out: a report's fault."""
    editions: Mapping[int, str] = field(default_factory=dict)
    """Year → edition of the requests table, where it is not the year's own."""


def simulate(body: Body) -> dict[int, Values]:
    """The figures of all the body's years, each year's carry-over handed to the next."""
    rng = random.Random(body.name)
    organs = _Documents(body.regulations, body.normative)
    entries = dict(body.services)
    carried = dict.fromkeys(_applicants(), 0)
    carried["natural_person"] = round(body.requests[min(body.requests)] * body.carried_share)
    years: dict[int, Values] = {}
    for year, count in sorted(body.requests.items()):
        carried["natural_person"] += body.unexplained.get(year, 0)
        edition = body.editions.get(year, forms.edition_of_year(year))
        requests, carried = _requests(rng, count, carried, edition, body.carried_share)
        review = _review(rng, count, body.disputes)
        years[year] = {**_proactive(rng, body, organs, entries, year), **requests, **review}
    return years


def _applicants() -> list[str]:
    table = forms.TABLES["requests"]["2021"]
    return list(next(e.left for e in table.equations if e.axis == "measures"))


def _draw(rng: random.Random, names: list[str], weights: list[float], count: int) -> dict[str, int]:
    drawn = rng.choices(names, weights, k=count)
    return {name: drawn.count(name) for name in names}


def _requests(
    rng: random.Random, count: int, carried: Mapping[str, int], edition: str, share: float
) -> tuple[Values, dict[str, int]]:
    """A year's requests, and what it carries over to the next, per applicant."""
    received = _draw(rng, _applicants(), list(APPLICANT_WEIGHTS), count)
    columns: dict[str, dict[str, int]] = {}
    for who, new in received.items():
        pending = new + carried[who]
        out = sum(rng.random() < share for _ in range(pending))
        columns[who] = {
            "new": new,
            "carried_in": carried[who],
            **_outcomes(rng, edition, pending - out),
            "outcome_total": pending - out,
            "carried_out": out,
        }
    items = [item.id for item in forms.TABLES["requests"][edition].items]
    columns["total"] = {item: sum(columns[who][item] for who in received) for item in items}
    values: Values = {f"requests/{i}/{who}": columns[who][i] for i in items for who in columns}
    return values, {who: columns[who]["carried_out"] for who in received}


def _outcomes(rng: random.Random, edition: str, count: int) -> dict[str, int]:
    drawn = _draw(rng, list(OUTCOME_WEIGHTS), list(OUTCOME_WEIGHTS.values()), count)
    if edition == "2021":
        return drawn
    joined = {name: n for name, n in drawn.items() if not name.startswith("other.")}
    return {**joined, "other": sum(drawn.values()) - sum(joined.values())}


def _review(rng: random.Random, count: int, rates: tuple[float, float, float]) -> Values:
    values: Values = {}
    table = forms.TABLES["review"]["2021"]
    results = list(table.equations[0].left)
    for item, rate in zip(table.items, rates, strict=True):
        cases = sum(rng.random() < rate for _ in range(count))
        drawn = _draw(rng, results, list(REVIEW_WEIGHTS), cases)
        values |= {f"review/{item.id}/{result}": n for result, n in drawn.items()}
        values[f"review/{item.id}/total"] = cases
    return values


@dataclass
class _Documents:
    """How many regulations and normative documents are in force as the years go by."""

    regulations: int
    normative: int

    def turn(self, rng: random.Random, item: str) -> tuple[int, int, int]:
        """One year: issued, repealed, in force at its end."""
        field_name = "regulations" if item == "regulations" else "normative"
        stock: int = getattr(self, field_name)
        issued = rng.randint(0, max(1, stock // 8)) if stock else 0
        repealed = rng.randint(0, max(0, stock // 12))
        setattr(self, field_name, stock + issued - repealed)
        return issued, repealed, stock + issued - repealed


def _proactive(
    rng: random.Random, body: Body, documents: _Documents, entries: dict[str, int], year: int
) -> Values:
    values: Values = {}
    for item in ("regulations", "normative_documents"):
        issued, repealed, stock = documents.turn(rng, item)
        words = (
            {"made": issued, "newly_public": issued, "total_public": stock}
            if year < 2021
            else {"issued": issued, "repealed": repealed, "in_force": stock}
        )
        values |= {f"proactive/{item}/{measure}": n for measure, n in words.items()}
    for item, usual in body.decisions.items():
        values[f"proactive/{item}/decisions"] = round(usual * rng.uniform(0.8, 1.25))
    if year < 2021:
        values |= _lists(rng, body, entries)
    else:
        values["proactive/fees/amount"] = _amount(rng, body.fees)
    wanted = forms.TABLES["proactive"][forms.edition_of_year(year)].cells()
    return {key: values.get(key, 0) for key in (f"proactive/{i.id}/{m.id}" for i, m in wanted)}


def _lists(rng: random.Random, body: Body, entries: dict[str, int]) -> Values:
    """The figures only form 2019 asks for: entries in the lists of powers, and procurement."""
    values: Values = {}
    for item, last in list(entries.items()):
        change = rng.randint(-min(last // 2, 8), min(last // 2 + 1, 19)) if last else 0
        values[f"proactive/{item}/items_last_year"] = last
        values[f"proactive/{item}/change"] = change
        entries[item] = last + change
    amount = _amount(rng, body.procurement, 4)
    values["proactive/procurement/projects"] = max(1, round(amount / 40)) if amount else 0
    values["proactive/procurement/amount"] = amount
    return values


def _amount(rng: random.Random, usual: float, digits: int = 2) -> float:
    return round(usual * rng.uniform(0.85, 1.2), digits) if usual else 0
