"""The verdict on an agency's reports in a few sentences: what holds, what does not, what is open."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from ogi.checks import Verdict
from ogi.checks.causes import NOTE, OFFICIAL, WARNING, Slip, once, settled
from ogi.extract.report import FindingKind
from ogi.pages.corrected import lines_refused
from ogi.pages.frames import Frames
from ogi.pages.html import listed, say
from ogi.pages.named import doubled, misfiled
from ogi.tables.misprints import DISPUTED, DOUBTED, MISPRINT, UNCONFIRMED, UNSURE


def verdict(frames: Frames, language: str) -> Iterator[Markup]:
    """What the latest report's sums say, then the earlier ones', then what is missing, open or settled."""
    years = frames.years
    official = frames.checks[frames.checks["official"].astype(bool)]
    standing = [slip for slip in once(frames.slips) if not slip.is_settled]
    errors = [slip for slip in standing if slip.level == OFFICIAL]
    corrected = set(frames.corrections["year"])
    # Whose report it is comes before what its sums say.
    yield from misfiled(frames, language)
    if years:
        own = sum(slip.year == years[-1] for slip in errors)
        is_checked = (official["year"] == years[-1]).any()
        holds = _holds(official[official["year"] == years[-1]], years[-1] in corrected)
        if any(slip.level == OFFICIAL and slip.year == years[-1] for slip in frames.slips):
            holds = "v.none_counted"  # a sum that a mark has settled does not hold
        key = "v.slips" if own else holds if is_checked else "v.unchecked"
        yield _counted(key, own, language, year=years[-1])
    yield from doubled(frames, language)
    yield from _misprints(frames, language)
    if refused := lines_refused(frames, FindingKind.CORRECTION_REFUSED, language):
        yield say("v.refused", language, n=len(refused))
    earlier = [slip for slip in errors if slip.year != (years[-1] if years else None)]
    if earlier:
        yield _counted("v.earlier", len(earlier), language, years=_years(earlier, language))
    elif len(years) > 1 and not set(frames.misprints["year"]) & set(years[:-1]):
        is_settled = any(slip.level == OFFICIAL and slip.year != years[-1] for slip in frames.slips)
        yield say("v.earlier_none_counted" if is_settled else "v.earlier_hold", language)
    for level, key in ((WARNING, "v.warnings"), ("undecided", "v.undecided")):
        of_level = [slip for slip in standing if slip.level == level]
        if of_level:
            yield _counted(key, len(of_level), language, years=_years(of_level, language))
    if left := settled(slip for slip in frames.slips if slip.level != NOTE):
        yield say("v.settled", language, n=left)


def _years(found: list[Slip], language: str) -> str:
    """The years they are of, the latest first."""
    years = {slip.year for slip in found if slip.year is not None}
    return listed([str(year) for year in sorted(years, reverse=True)], language) or "?"


def _holds(sums: pd.DataFrame, is_corrected: bool) -> str:
    """What is said of a year in which no sum is broken: with corrections, one may be so by these alone."""
    if not is_corrected:
        return "v.holds"
    return "v.holds_doubted" if has_open_sums(sums) else "v.holds_corrected"


def has_open_sums(sums: pd.DataFrame) -> bool:
    """Is there a sum that does not hold, and is not known to be broken?"""
    differs = (sums["verdict"] == Verdict.UNDECIDED) & sums["difference"].fillna(0).ne(0)
    return bool(differs.any())


_GROUNDS = {
    MISPRINT: "v.misprints", DOUBTED: "v.doubted", UNCONFIRMED: "v.unconfirmed", UNSURE: "v.unsure",
    DISPUTED: "v.disputed",
}  # fmt: skip
"""What a correction says of the report → the sentence on it."""


def _misprints(frames: Frames, language: str) -> Iterator[Markup]:
    """What the reports print wrongly and a person has corrected: the sums that hold hide it."""
    for ground, key in _GROUNDS.items():
        own = frames.misprints[frames.misprints["ground"] == ground]
        if len(own):
            years = [str(year) for year in sorted(set(own["year"]), reverse=True)]
            yield _counted(key, len(own), language, years=listed(years, language))


def _counted(key: str, n: int, language: str, **values: object) -> Markup:
    return say(key, language, n=n, **values)
