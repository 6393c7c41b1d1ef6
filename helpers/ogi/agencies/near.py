"""A name that is not known: the nearest of those that are, for the command, notebooks and Python alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ogi.said import Refused, joined, worded

_NEAREST = 3
"""Names: as many as fit a line beside the sentence."""
_LEAST = 60.0
"""Of 100, as rapidfuzz measures likeness: below it, two names share a few characters by chance."""


class UnknownAgency(Refused):
    """An agency that the reports, or the dataset, do not have."""


def nearest(name: str, names: Collection[str]) -> list[str]:
    """Return the names most like the one given, the likest first; none where none is like it."""
    from rapidfuzz import fuzz, process  # half of what the command would take to start

    found = process.extract(name, list(names), scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_LEAST)
    return [near for near, *_ in found]


def refuse_unknown(chosen: Iterable[str], names: Collection[str], language: str = "en") -> None:
    """UnknownAgency, with the nearest, for the first agency chosen that is not among the names."""
    for name in chosen:
        if name not in names:
            near = joined(nearest(name, names), ", ", "、") or "\u2013"
            raise UnknownAgency(worded("ogi.agencies", "unknown", agency=name, near=near), language)
