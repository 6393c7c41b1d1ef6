"""Like with like: parents beside those below them, sums by scope, and what is usual of a kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ogi.review import Review, lists, outliers
from ogi.review.gather import gathered
from ogi.tables import empty, from_rows, joined, write
from tests.reports_made import made

NEW = "requests/new/total"
PARENT, CHILDREN = "甲市人民政府", ("甲市教育局", "甲市财政局")


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """A parent that tells of its area, and two departments that tell of themselves, in two years."""
    numbers = dict(zip((PARENT, *CHILDREN), (50, 20, 25), strict=True))
    found = {name: made({2022: {NEW: n}, 2023: {NEW: n + 2}}, agency=name) for name, n in numbers.items()}
    for name, frames in found.items():
        frames.reports["scope"] = "area" if name == PARENT else "own"
    place = [(name, None, None, None, None, None, None, None, PARENT) for name in CHILDREN]
    kinds = [("government", PARENT), *(("department", name) for name in CHILDREN)]
    rows = [(name, None, kind, None, None, None, None, None, None) for kind, name in kinds[:1]]
    rows += [(*one[:2], "department", *one[3:]) for one in place]
    tables = {
        name: joined(name, [getattr(frames, name) for frames in found.values()])
        for name in ("reports", "figures", "checks")
    }
    for name in ("findings", "narratives", "corrections", "review_marks"):
        tables[name] = empty(name)
    folder = tmp_path_factory.mktemp("alike")
    write(folder, {**tables, "catalogue": from_rows("catalogue", rows)})
    return Review(2023, "en", Path("none"), folder, gathered(folder, 2023))


def test_a_parent_stands_beside_the_sum_of_those_below_it(review: Review) -> None:
    rows = lists.children(review).rows.set_index("variable")
    told = rows.loc[NEW, ["parent", "told", "below", "agencies", "difference"]].tolist()
    assert told == [PARENT, 52.0, 49.0, 2, 3.0]


def test_of_a_parent_and_those_below_it_the_numbers_in_doubt_are_counted(review: Review) -> None:
    """The sum of those below said nothing of a number among them that a sum refutes."""
    (child, *_) = review.found.agencies.query("parent == @PARENT")["agency"]
    lines = [(PARENT, 2023), (child, 2023), (child, 2022)]
    doubts = pd.DataFrame(lines, columns=["agency", "year"]).assign(cell=NEW, doubt="broken_sum")
    for own, n in ((doubts, 2), (doubts[2:], 0)):
        found = lists.children(replace(review, found=replace(review.found, in_doubt=own)))
        assert found.rows.set_index("variable").loc[NEW, "doubtful"] == n
        assert ("doubtful" in [column.id for column in found.columns]) == (n > 0)


def test_sums_never_mix_kinds_and_scopes(review: Review) -> None:
    rows = review.totals[review.totals["cell"] == NEW]
    columns = ["kind", "scope", "agencies", "before", "now"]
    assert rows[columns].to_numpy().tolist() == [
        ["department", "own", 2, 45.0, 49.0],
        ["government", "area", 1, 50.0, 52.0],
    ]


def test_where_half_of_a_kind_is_on_the_median_the_mean_distance_counts(review: Review) -> None:
    """All but one disclose everything: the median distance is zero, and would make any other far."""
    values = pd.Series([1.0] * 11 + [0.2])
    rows = pd.DataFrame(
        {
            "agency": [f"{n}局" for n in range(12)],
            "year": 2023,
            "indicator": "disclosure_rate",
            "value": values,
        }
    ).assign(small_denominator=False, broken_sum=False, denominator=40.0)
    agencies = pd.DataFrame({"agency": rows["agency"], "kind": "department"})
    found = replace(review.found, indicators=rows, agencies=agencies)
    (usual,) = outliers.usual(found, 2023).to_dict("records")
    assert usual["median"] == 1.0
    assert usual["deviation"] == pytest.approx(1.2533 * 0.8 / 12)
    assert outliers.far(found, 2023)["agency"].tolist() == ["11局"]
    few = replace(found, indicators=rows.head(9))
    assert outliers.far(few, 2023).empty
