"""What would explain a broken sum: the smallest set of cells, by all the sums they take part in."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest

from ogi.checks import check, explain, on_figures
from ogi.checks.explain import KINDS, MOST, Explanation
from ogi.columns import CELLS
from ogi.figures import Figures
from ogi.forms import TABLES
from tests.checks.made import Cell, line, report, sums, whole

COLUMNS = ["rule_id", "line", "kind", "cells", "printed", "would_be"]


def explained(figures: pd.DataFrame) -> pd.DataFrame:
    index = Figures.of(figures)
    found = explain(index, on_figures(index))
    return pd.DataFrame([row_of(one, index) for one in found], columns=COLUMNS)


def row_of(one: Explanation, index: Figures) -> tuple[object, ...]:
    named = dict(zip(one.line.signs, one.line.check.cells, strict=True))
    cells = [named.get(at, CELLS[at[1]]) for at in one.would_be]
    printed = [None if index.blank[at] else float(index.value[at]) for at in one.would_be]
    items, measures = ({cell.split("/")[n] for cell in one.line.check.cells} for n in (1, 2))
    (about,) = items if len(items) == 1 else measures
    return one.line.check.rule_id, about, one.kind, cells, printed, list(one.would_be.values())


def review(*cells: Cell) -> pd.DataFrame:
    return report(cells=line("review", "reconsideration", list(cells)))


def told(found: pd.DataFrame) -> list[tuple[str, list[str], list[float | None], list[float]]]:
    return [(row.kind, row.cells, row.printed, row.would_be) for row in found.itertuples()]


UPHELD, TOTAL = "review/reconsideration/upheld", "review/reconsideration/total"


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        ([10, 1, 0, 0, 0], ("total_left_zero", [TOTAL], [0], [11])),
        ([12, 0, 0, 0, 21], ("digits_transposed", [UPHELD], [12], [21])),
        ([12, 0, 0, 0, 120], ("digit_lost_or_added", [UPHELD], [12], [120])),
        ([12, 5, 0, 0, 127], ("digit_lost_or_added", [UPHELD], [12], [122])),
        ([40, 0, 0, 0, 47], ("one_cell_off_by", [UPHELD], [40], [47])),
        ([40, "", 0, 0, 47], ("one_cell_off_by", [UPHELD], [40], [47])),
    ],
)
def test_one_cell_may_explain_a_row(
    cells: list[Cell], first: tuple[str, list[str], list[float], list[float]]
) -> None:
    found = explained(review(*cells))
    assert told(found)[0] == first
    assert set(found["line"]) == {"reconsideration"}
    assert set(found["kind"]) <= set(KINDS)


def test_several_equally_small_explanations_are_all_given_but_at_most_three() -> None:
    found = explained(review(12, 0, 0, 0, 21))
    assert {cell for cells in found["cells"] for cell in cells} == {UPHELD, TOTAL}
    assert len(explained(review(3, 4, 5, 6, 40))) == MOST


def test_no_figure_would_be_negative() -> None:
    assert told(explained(review(10, 1, 0, 0, 0))) == [("total_left_zero", [TOTAL], [0], [11])]


CELL = "requests/granted/business"


def test_the_cell_that_mends_its_row_and_its_column_is_the_one() -> None:
    found = explained(whole({CELL: 41}))
    assert [(row.rule_id, row.line) for row in found.itertuples()] == [
        ("requests.outcomes", "business"),
        ("requests.applicants", "granted"),
    ]
    assert {tuple(cells) for cells in found["cells"]} == {(CELL,)}
    assert {tuple(values) for values in found["would_be"]} == {(1,)}


def test_a_blank_is_told_as_one() -> None:
    figures = whole({CELL: ""})
    assert told(explained(figures)) == [("one_cell_off_by", [CELL], [None], [1])] * 2
    assert sums(figures)["message"].str.contains("1 instead of blank", regex=False).sum() == 2


def test_swapped_figures_are_found_by_the_columns_they_break() -> None:
    figures = balanced({("granted", "business"): 7.0, ("granted", "research"): 2.0})
    assert "broken" not in set(check(figures)["verdict"])
    swapped = put(figures, {("granted", "business"): 2.0, ("granted", "research"): 7.0})
    found = explained(swapped)
    assert set(found["kind"]) == {"two_cells_swapped"}
    assert [(row.rule_id, row.line) for row in found.itertuples()] == [
        ("requests.outcomes", "business"),
        ("requests.outcomes", "research"),
    ]
    for row in found.itertuples():
        assert sorted(row.cells) == ["requests/granted/business", "requests/granted/research"]
        assert sorted(row.printed) == sorted(row.would_be) == [2, 7]


def test_a_part_swapped_with_its_total_is_found() -> None:
    figures = balanced({("granted", "business"): 7.0})
    swapped = put(figures, {("granted", "business"): 12.0, ("granted", "total"): 7.0})
    found = explained(swapped)
    assert {tuple(sorted(cells)) for cells in found["cells"]} == {
        ("requests/granted/business", "requests/granted/total")
    }


def test_a_change_that_breaks_as_much_as_it_mends_explains_nothing() -> None:
    """Two wrong cells in one row and in different columns: neither alone mends more than it breaks."""
    figures = put(balanced({}), {("granted", "business"): 4.0, ("partly_granted", "business"): 6.0})
    found = explained(figures)
    assert "requests.outcomes" not in set(found["rule_id"])


def test_a_carried_figure_is_held_against_the_sums_of_its_own_report() -> None:
    wrong = whole({"requests/carried_in/research": 4})
    figures = pd.concat([whole(year=2022), wrong], ignore_index=True)
    found = explained(figures)
    assert set(found["rule_id"]) == {"requests.balance", "requests.applicants", "requests.carry_over"}
    carried = found[found["rule_id"] == "requests.carry_over"]
    assert told(carried) == [("one_cell_off_by", ["2023:requests/carried_in/research"], [4], [1])]
    assert carried["line"].iloc[0] == "research"
    both = whole(
        {"requests/carried_in/research": 4, "requests/carried_in/total": 9, "requests/new/research": 18}
    )
    sound = put(both, {("new", "total"): 123.0})
    assert explained(pd.concat([whole(year=2022), sound], ignore_index=True)).empty


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "It would hold with 行政复议 / 总计 11 instead of 0 (a total left at zero)."),
        ("zh", "若“行政复议”行“总计”栏为11而非0（总计漏填），则成立。"),
    ],
)
def test_the_message_ends_with_what_would_explain_it(language: str, words: str) -> None:
    messages = check(review(10, 1, 0, 0, 0), language)["message"]
    assert messages.iloc[0].endswith(words)


def test_what_holds_is_not_explained_and_nothing_printed_is_repaired() -> None:
    figures = whole()
    assert explained(figures).empty
    broken = whole({CELL: 41})
    before = broken.copy()
    checks = check(broken)
    explained(broken)
    pd.testing.assert_frame_equal(broken, before)
    assert set(checks.loc[checks["verdict"] == "broken", "left"]) & {61.0, 46.0}


def test_an_undecided_line_is_not_counted_on() -> None:
    figures = whole({CELL: 41, "requests/granted/research": "?"})
    found = explained(figures)
    assert list(found["rule_id"]) == ["requests.outcomes"] * len(found)


def balanced(changes: dict[tuple[str, str], float]) -> pd.DataFrame:
    """A sound report with other parts, all of its sums following."""
    figures = whole()
    for (item, measure), value in changes.items():
        was = float(figures.loc[place(figures, item, measure), "value"].iloc[0])
        touched = [(i, m) for i in (item, "outcome_total", "new") for m in (measure, "total")]
        for i, m in touched:
            figures.loc[place(figures, i, m), "value"] += value - was
    return figures


def put(figures: pd.DataFrame, changes: dict[tuple[str, str], float]) -> pd.DataFrame:
    changed = figures.copy()
    for (item, measure), value in changes.items():
        changed.loc[place(changed, item, measure), "value"] = value
    return changed


def place(figures: pd.DataFrame, item: str, measure: str) -> pd.Series:
    return (figures["table"] == "requests") & (figures["item"] == item) & (figures["measure"] == measure)


def badly_read(figures: pd.DataFrame, *cells: str) -> pd.DataFrame:
    ids = figures["table"] + "/" + figures["item"] + "/" + figures["measure"]
    return figures.assign(confidence=1.0 - 0.5 * ids.isin(cells))


def test_a_sum_that_is_off_points_at_the_badly_read_cell_and_is_no_error() -> None:
    figures = badly_read(whole({"requests/granted/natural_person": 7}), "requests/granted/natural_person")
    rows = check(figures)
    off = rows[(rows["verdict"] == "undecided") & rows["official"]]
    assert set(off["rule_id"]) == {"requests.outcomes", "requests.applicants"}
    assert (rows["verdict"] != "broken").all()
    assert (
        told(explained(figures)) == [("one_cell_off_by", ["requests/granted/natural_person"], [7], [1])] * 2
    )
    assert all("1 instead of 7, which was read with little confidence" in m for m in off["message"])


def test_the_badly_read_cell_comes_before_one_that_would_mend_as_much() -> None:
    figures = badly_read(review(40, 0, 0, 0, 47), UPHELD.replace("upheld", "corrected"))
    ((_, cells, printed, would_be),) = told(explained(figures))
    assert (cells, printed, would_be) == (["review/reconsideration/corrected"], [0], [7])


def test_a_sum_undecided_for_another_reason_is_not_explained() -> None:
    assert explained(badly_read(review(40, "?", 0, 0, 47), UPHELD)).empty
    assert explained(badly_read(review(40, 0, 0, 0, ""), UPHELD)).empty


# --- of what is printed wrong at random, the truth is never left out without a word ---------------------


def uneven(chance: Random) -> pd.DataFrame:
    """Requests and disputes of a sound report, many of the figures zero."""
    figures = whole()
    scale = chance.choice([3, 20, 200, 2000])
    for table in ("requests", "review"):
        form = TABLES[table]["2021"]
        grid: dict[tuple[str, str], float] = {
            (item.id, m): float(chance.choice([0, chance.randint(0, scale)]))
            for item in form.items
            for m in form.cells_of[item.id]
        }
        if table == "requests":
            for m in (measure.id for measure in form.measures):
                grid["outcome_total", m] = sum(grid[item.id, m] for item in form.items if item.outcome)
                grid["new", m] = grid["outcome_total", m]
                grid["carried_out", m] = grid["carried_in", m]
        for rule in (one for one in form.equations if one.axis == "measures"):
            for item in form.items:
                grid[item.id, rule.right[0]] = sum(grid[item.id, part] for part in rule.left)
        own = figures["table"] == table
        keys = zip(figures.loc[own, "item"], figures.loc[own, "measure"], strict=True)
        figures.loc[own, "value"] = [grid[key] for key in keys]
    return figures


def misprinted(figures: pd.DataFrame, chance: Random) -> tuple[pd.DataFrame, set[str]]:
    """One figure off, a digit more, or two of a row in each other's place; and the cells that are wrong."""
    table = chance.choice(["requests", "requests", "review"])
    at = chance.choice(list(figures.index[figures["table"] == table]))
    row = figures.index[(figures["table"] == table) & (figures["item"] == figures["item"][at])]
    other = chance.choice([n for n in row if n != at])
    value = figures["value"][at]
    change = chance.choice(
        [
            {at: value + chance.randint(1, 9)},
            {at: value * 10 + 1},
            {at: figures["value"][other], other: value},
        ]
    )
    wrong = figures.copy()
    for place, printed in change.items():
        wrong.loc[place, "value"] = printed
    differing = wrong.index[wrong["value"] != figures["value"]]
    names = figures["table"] + "/" + figures["item"] + "/" + figures["measure"]
    return wrong, set(names[differing])


@pytest.mark.parametrize("seed", range(60))
def test_an_explanation_never_misleads(seed: int) -> None:
    chance = Random(seed)
    figures, truth = misprinted(uneven(chance), chance)
    checks = check(figures)
    found = explained(figures)
    messages = checks.loc[checks["verdict"] == "broken", "message"]
    for _, ones in found.groupby(["rule_id", "line"]):
        is_told = any(set(cells) == truth for cells in ones["cells"])
        is_left_open = messages.str.contains("among others").all() or "total_left_zero" in set(ones["kind"])
        assert is_told or is_left_open
    assert len(found) or messages.empty


def test_explanations_that_do_as_well_are_told_in_the_order_of_the_cells() -> None:
    (message,) = check(review(12, 0, 0, 0, 21))["message"].head(1)
    ones = message.partition("with ")[2].split(" or with ")
    assert [one.partition(" instead")[0] for one in ones] == [
        "行政复议 / 结果维持 21",
        "行政复议 / 总计 12",
    ]
