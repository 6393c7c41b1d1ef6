"""Medians of agencies that are alike: of enough of them, rounded as they are told."""

from __future__ import annotations

import pytest

from ogi.compare import LEADING, Alike, leading_values, medians_by_kind
from ogi.compare.medians import FEWEST_ALIKE, at_least, rounded
from ogi.values import State
from tests.reports_made import made

HANDLED, DISCLOSED = LEADING.index("requests_handled"), LEADING.index("disclosure_rate")


def test_what_a_median_counts_is_known_and_over_enough_cases() -> None:
    many = {"requests/new/total": 50, "requests/outcome_total/total": 40, "requests/granted/total": 30}
    unread = {**many, "requests/new/total": (State.UNREADABLE, "5O")}
    few = {**many, "requests/outcome_total/total": 29}
    figures = made({2021: many, 2022: few, 2023: unread}).figures
    (found,) = leading_values(figures).values()
    assert list(found) == ["2021", "2022", "2023"]
    assert [own[HANDLED] for own in found.values()] == [50, 50, None]
    assert [own[DISCLOSED] for own in found.values()] == [0.75, None, 0.75]


def test_without_figures_there_is_nothing_to_count() -> None:
    assert leading_values(made({2023: {}}).figures.iloc[:0]) == {}


def test_a_median_is_of_one_kind_in_one_year_and_of_enough_agencies() -> None:
    def values(handled: float, disclosed: float | None) -> list[float | None]:
        own: list[float | None] = [None] * len(LEADING)
        own[HANDLED], own[DISCLOSED] = handled, disclosed
        return own

    enough = range(1, FEWEST_ALIKE + 1)
    towns = [("township", 2023, values(n, n / 100 if n > 1 else None)) for n in enough]
    others = [("township", 2022, values(900, 0.9)), ("street", 2023, values(900, 0.9))]
    found = medians_by_kind([*towns, *others])
    assert found["township", 2023] == Alike("township", 2023, {"requests_handled": (6.0, 10)})
    assert found["township", 2022].medians == found["street", 2023].medians == {}
    assert medians_by_kind([]) == {}


@pytest.mark.parametrize(
    ("id", "value", "told"),
    [
        *(
            ("disclosure_rate", value, told)
            for value, told in ((0.5714, 0.57), (0.125, 0.13), (0.004, 0), (1, 1))
        ),
        *(("dispute_rate", value, told) for value, told in ((6.25, 6), (123.4, 123))),
        *(
            ("requests_handled", value, told)
            for value, told in ((0, 0), (7.5, 8), (9.5, 10), (12, 10), (12.5, 15))
        ),
        *(
            ("requests_handled", value, told)
            for value, told in ((99, 100), (105, 100), (125, 150), (1234, 1000))
        ),
    ],
)
def test_a_median_is_told_roughly(id: str, value: float, told: float) -> None:
    assert rounded(id, value) == told


@pytest.mark.parametrize(("count", "told"), [(10, 10), (99, 99), (100, 100), (129, 120), (1299, 1200)])
def test_of_many_agencies_at_least_so_many_are_told(count: int, told: int) -> None:
    assert at_least(count) == told


def test_as_text_they_are_what_they_were() -> None:
    alike = Alike("department", 2023, {"disclosure_rate": (0.57, 120)})
    assert Alike.of_text(alike.text) == alike
    for text in ("", "[]", "{}", '{"kind": "street", "year": 2023, "disclosure_rate": 1}'):
        with pytest.raises(ValueError, match=r"medians|Expecting"):
            Alike.of_text(text)
