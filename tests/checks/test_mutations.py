"""No figure of a sound report can change without a rule breaking: the share of each table that is covered."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from ogi.checks import check
from ogi.forms import EDITIONS, TABLES
from tests.checks.made import narratives, whole

Mutation = Callable[[float, float], float | None]
"""A figure, and its neighbour in the row → what is printed instead; None for a blank."""

MUTATIONS: dict[str, Mutation] = {
    "one more": lambda value, _: value + 1,
    "one less": lambda value, _: value - 1,
    "ten times": lambda value, _: value * 10,
    "left blank": lambda value, _: None,
    "swapped": lambda value, other: other,
}
CHECKED = ("requests", "review")
COVERED = {("review", "swapped"): 3 / 15}
"""The share of figures whose change is noticed; of all others, every one. Two results of one case that change
places leave every sum as it was: of each row only the swap with the total shows."""
YEARS = (2022, 2023)


def sound(edition: str) -> pd.DataFrame:
    """Two years of one agency, no figure equal to its neighbours, all sums right."""
    return pd.concat([_uneven(whole(year=year, edition=edition)) for year in YEARS], ignore_index=True)


def _uneven(figures: pd.DataFrame) -> pd.DataFrame:
    """Parts grow along rows and columns; totals follow, and as much is carried out as is carried in."""
    uneven = figures.copy()
    for table in ("requests", "review"):
        form = TABLES[table][str(uneven["form"].iloc[0])]
        grid = {
            (item.id, measure.id): 2.0 + 3 * m + 5 * i
            for i, item in enumerate(form.items)
            for m, measure in enumerate(form.measures)
        }
        _add_up(table, grid)
        own = uneven["table"] == table
        keys = zip(uneven.loc[own, "item"], uneven.loc[own, "measure"], strict=True)
        uneven.loc[own, "value"] = [grid[key] for key in keys]
    return uneven


def _add_up(table: str, grid: dict[tuple[str, str], float]) -> None:
    form = TABLES[table]["2021" if ("other.other", "total") in grid or table == "review" else "2019"]
    for measure in form.measures if table == "requests" else ():
        grid["carried_out", measure.id] = grid["carried_in", measure.id]
        outcomes = sum(grid[item.id, measure.id] for item in form.items if item.outcome)
        grid["outcome_total", measure.id] = outcomes
        grid["new", measure.id] = outcomes
    for rule in form.equations:
        for item in form.items if rule.axis == "measures" else ():
            grid[item.id, rule.right[0]] = sum(grid[item.id, part] for part in rule.left)


def mutated(figures: pd.DataFrame, table: str, mutation: Mutation) -> tuple[pd.DataFrame, list[str]]:
    """The reports over and over, each time with one figure of the last year changed; and which ones."""
    own = figures.index[(figures["table"] == table) & (figures["year"] == YEARS[-1])]
    items, before = figures["item"].tolist(), figures["value"].tolist()
    copies = pd.concat([figures] * len(own), ignore_index=True)
    copies["agency"] = np.repeat([f"r{n}" for n in range(len(own))], len(figures))
    copies["report_id"] = copies["agency"] + "/" + copies["year"].astype(str)
    values, states = copies["value"].tolist(), copies["state"].tolist()
    for n, at in enumerate(own):
        beside = [i for i in own if items[i] == items[at] and i != at]
        near = min(beside, key=lambda i: abs(i - at), default=at)
        value, first = mutation(before[at], before[near]), n * len(figures)
        if mutation is MUTATIONS["swapped"]:
            values[first + near] = before[at]
        values[first + at] = np.nan if value is None else value
        states[first + at] = "blank" if value is None else "reported"
    names = (figures["table"] + "/" + figures["item"] + "/" + figures["measure"])[own]
    return copies.assign(value=values, state=states), names.tolist()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_report_is_sound(edition: str) -> None:
    assert set(check(sound(edition))["verdict"]) == {"holds"}


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("table", CHECKED)
@pytest.mark.parametrize("edition", EDITIONS)
def test_no_figure_changes_unseen(edition: str, table: str, mutation: str) -> None:
    figures, names = mutated(sound(edition), table, MUTATIONS[mutation])
    checks = check(figures)
    noticed = checks[checks["verdict"].isin(["broken", "undecided"])].groupby("agency")["cells"].sum()
    seen = [name for n, name in enumerate(names) if any(name in cell for cell in noticed.get(f"r{n}", []))]
    share = COVERED.get((table, mutation), 1.0)
    print(f"{table} {edition}, {mutation}: {len(seen)} of {len(names)} figures covered")
    assert len(seen) == share * len(names), sorted(set(names) - set(seen))
    broken = set(checks.loc[checks["verdict"] == "broken", "agency"])
    if mutation != "left blank":  # a blank total is not filled in, which is a doubt and no breach
        assert len(broken) == share * len(names)


@pytest.mark.parametrize(("edition", "share"), [("2019", 5 / 22), ("2021", 6 / 10)])
def test_the_share_of_the_proactive_table_that_a_year_before_covers(edition: str, share: float) -> None:
    """Its figures add up to nothing within the table: only those handed on from year to year are covered.

    In form 2019 these are what was there last year, and, in the report before, the change.
    """
    figures, names = mutated(sound(edition), "proactive", MUTATIONS["one more"])
    checks = check(figures)
    seen = checks.loc[checks["verdict"] == "broken", "agency"].nunique()
    print(f"proactive {edition}: {seen} of {len(names)} figures covered")
    assert seen == share * len(names)


TOLD = {
    "2019": (
        "新制作规章{regulations/made}件，新公开{regulations/newly_public}件，对外公开总数{regulations/total_public}件。"
        "新制作行政规范性文件{normative_documents/made}件，新公开{normative_documents/newly_public}件，"
        "对外公开总数{normative_documents/total_public}件。作出行政许可决定{licences/decisions}件、"
        "其他对外管理服务事项处理决定{other_services/decisions}件、行政处罚决定{penalties/decisions}件、"
        "行政强制决定{coercive_measures/decisions}件。"
        "政府集中采购项目{procurement/projects}个，采购总金额{procurement/amount}万元。"
    ),
    "2021": (
        "制发规章{regulations/issued}件，废止{regulations/repealed}件，现行有效{regulations/in_force}件。"
        "制发行政规范性文件{normative_documents/issued}件，废止{normative_documents/repealed}件，"
        "现行有效{normative_documents/in_force}件。作出行政许可决定{licences/decisions}件、"
        "行政处罚决定{penalties/decisions}件、行政强制决定{coercive_measures/decisions}件，"
        "行政事业性收费{fees/amount}万元。"
    ),
}
"""What a report tells that tells all of its table on proactive disclosure but last year's items."""


@pytest.mark.parametrize(("edition", "share"), [("2019", 17 / 22), ("2021", 1.0)])
def test_the_share_of_the_proactive_table_that_words_or_a_year_before_cover(
    edition: str, share: float
) -> None:
    """Left are the changes of form 2019, which only the next year's report tells again."""
    figures, names = mutated(sound(edition), "proactive", MUTATIONS["one more"])
    held = whole(edition=edition)
    cells = dict(zip(held["item"] + "/" + held["measure"], held["value"], strict=True))
    text = re.sub(r"\{([^}]+)\}", lambda cell: f"{cells[cell[1]]:g}", TOLD[edition])
    words = pd.concat(
        narratives(f"r{n}/{YEARS[-1]}", YEARS[-1], overview=text).assign(agency=f"r{n}")
        for n in range(len(names))
    )
    checks = check(figures, narratives=words)
    broken = checks[(checks["verdict"] == "broken") & (checks["year"] == YEARS[-1])]
    seen = broken["agency"].nunique()
    print(f"proactive {edition}: {seen} of {len(names)} figures covered by words or the year before")
    assert seen == share * len(names), sorted(set(names) - {cell for row in broken["cells"] for cell in row})
