"""In a made province every planted fault is found, and nothing besides."""

from __future__ import annotations

from ogi.review import Review
from tests.planted import differences
from tests.province import PLAN, Planted


def test_every_planted_fault_is_found_and_none_besides(data: Review, planted: Planted) -> None:
    assert set(planted.agencies) == set(PLAN.values())
    assert differences(data, planted) == {}
