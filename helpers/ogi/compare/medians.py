"""What is usual among agencies that are alike: medians of one kind in one year, rounded as they are told."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from ogi.compare.indicators import INDICATORS, indicators

LEADING = ("requests_handled", "disclosure_rate", "carry_over_rate", "dispute_rate", "corrected_or_lost_rate")
"""The indicators that a page opens with."""
FEWEST_ALIKE = 10
"""Agencies from which a median says what is usual: of fewer, a single one moves it far."""
MANY_ALIKE = 100
"""Agencies from which a page tells their number in two digits: with each new one all would be made again."""


def leading_values(figures: pd.DataFrame) -> dict[str, dict[str, list[float | None]]]:
    """Agency → year → the values that a median counts, in the order of LEADING, of figures as corrected.

    None where a figure is not known, and of a rate over so few cases that it says little.
    """
    rows = indicators(figures)
    counts = rows["value"].notna() & ~rows["small_denominator"].astype(bool)
    values = rows["value"].astype(object).where(counts, None)
    found: dict[str, dict[str, list[float | None]]] = {}
    for agency, year, indicator, value in zip(
        rows["agency"], rows["year"], rows["indicator"], values, strict=True
    ):
        if indicator in LEADING:
            own = found.setdefault(agency, {}).setdefault(str(year), [None] * len(LEADING))
            own[LEADING.index(indicator)] = value
    return found


@dataclass(frozen=True)
class Alike:
    """What is usual among the agencies of a kind in a year.

    `medians`: indicator → its median and of how many agencies, as `rounded` and `at_least` tell them; without
    those of which there are fewer than FEWEST_ALIKE.
    """

    kind: str
    year: int
    medians: Mapping[str, tuple[float, int]]

    @property
    def text(self) -> str:
        """All of it in one line; the same for the same medians."""
        return json.dumps({"kind": self.kind, "year": self.year, **self.medians})

    @classmethod
    def of_text(cls, text: str) -> Alike:
        """What `text` says; ValueError where it is of another shape."""
        try:
            found = json.loads(text)
            kind, year = str(found.pop("kind")), int(found.pop("year"))
            return cls(kind, year, {id: (float(value), int(n)) for id, (value, n) in found.items()})
        except (LookupError, TypeError, AttributeError) as error:
            raise ValueError(
                f"medians: expected kind, year and numbers as a run gives them, found {text!r}"
            ) from error


def medians_by_kind(
    of_agencies: Iterable[tuple[str, int, Sequence[float | None]]],
) -> dict[tuple[str, int], Alike]:
    """Kind and year → what is usual there; `of_agencies`: the kind of each agency, a year, its values."""
    known: defaultdict[tuple[str, int], list[array[float]]] = defaultdict(
        lambda: [array("d") for _ in LEADING]
    )
    for kind, year, values in of_agencies:
        for numbers, value in zip(known[kind, year], values, strict=True):
            if value is not None:
                numbers.append(value)
    return {key: Alike(*key, _medians(found)) for key, found in known.items()}


def _medians(found: Sequence[array[float]]) -> dict[str, tuple[float, int]]:
    """The medians of the values of LEADING, as far as there are enough, and of how many each is."""
    return {
        id: (rounded(id, float(np.median(numbers))), at_least(len(numbers)))
        for id, numbers in zip(LEADING, found, strict=True)
        if len(numbers) >= FEWEST_ALIKE
    }


def rounded(id: str, value: float) -> float:
    """Rates to one case on a hundred; counts to one, from ten on to five in the second digit.

    What is finer would change with every other report, and all pages that show it would be made again.
    """
    exact = Decimal(repr(value))
    step = Decimal(repr(INDICATORS[id].point))
    if not INDICATORS[id].is_rate:
        step = Decimal(5).scaleb(exact.adjusted() - 1) if exact >= 10 else Decimal(1)
    return float((exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def at_least(count: int) -> int:
    """How many there are; from MANY_ALIKE on in two digits, rounded down."""
    return count if count < MANY_ALIKE else count - count % 10 ** (len(str(count)) - 2)
