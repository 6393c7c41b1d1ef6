"""What the year comes to: the head of the page, in sentences and five numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ogi import reported
from ogi.checks.causes import OFFICIAL, WARNING
from ogi.checks.years import TWO_FILES
from ogi.forms import REPORT_TITLE
from ogi.pages.html import Html, number
from ogi.pages.levels import level_names
from ogi.review import copies, file_lists
from ogi.review.asked import Reason, asked
from ogi.review.data import Review
from ogi.review.deadlines import deadlines
from ogi.review.words import render, worded
from ogi.said import Said, joined, told
from ogi.tables.misprints import MISPRINT, TO_LOOK_AT

_UNJUDGED = (reported.UNDATED, reported.NO_DEADLINE)
"""Reports that are there, and of which nobody can tell whether they are late."""
_TOLD = (
    reported.MISSING, *reported.ASTRAY, reported.LATE, reported.LATE_SETTLED, reported.UNREAD,
    reported.NO_FILE, *_UNJUDGED,
)  # fmt: skip
"""What the head of the page says of agencies that are not simply in time, in this order."""


def cover(data: Review) -> Html:
    """What the year comes to, in sentences and five numbers."""
    counts = data.reported["status"].value_counts()
    n = {status: int(counts.get(status, 0)) for status in reported.STATUSES}
    return render(
        "cover",
        data.language,
        year=data.year,
        look=_look(data),
        sentences=[told(one, data.language) for one in _sentences(data, n)],
        gap="" if data.language == "zh" else " ",
        kind_zh=REPORT_TITLE,
        deadlines=told(deadlines(data.reported), data.language),
        tiles=list(_tiles(data, n)),
    )


def _look(data: Review) -> str:
    """How the verdict looks: somebody is written to, else a file needs a look, else all well."""
    makers = (file_lists.strange, file_lists.equal, file_lists.doubled, file_lists.altered)
    return "bad" if asked(data) else "open" if any(len(make(data).rows) for make in makers) else "good"


def _sentences(data: Review, n: dict[str, int]) -> Iterator[Said]:
    to_mend = data.open_slips
    there = len(data.reported) - sum(n[status] for status in reported.NOT_HERE)
    yield worded("v.reported", there=number(there), expected=number(len(data.reported)), year=data.year)
    for status in _TOLD:
        if n[status]:
            yield worded(f"v.{status}", n=number(n[status]), what=file_lists.what_unread(data))
    if doubted := int((~file_lists.strange(data).rows["is_left_out"].astype(bool)).sum()):
        yield worded("v.strange", n=number(doubted))
    if len(equal := file_lists.equal(data).rows):
        yield worded("v.equal", n=number(equal["agency"].nunique()))
    if len(several := file_lists.doubled(data).rows):
        yield worded("v.doubled", n=number(len(several)))
    if len(changed := file_lists.altered(data).rows):
        yield worded("v.changed", n=number(len(changed)))
    own = data.counted[data.counted["rule_id"] == TWO_FILES]
    differing = int((~own["is_settled"].astype(bool)).sum())
    if len(to_mend):
        errors = int((to_mend["level"] == OFFICIAL).sum())
        n_of = {"official": number(errors), "warnings": number(len(to_mend) - errors + differing)}
        n_of |= {"agencies": number(to_mend["agency"].nunique()), "n": number(differing)}
        yield worded("v.slips_differ" if differing else "v.slips", **n_of)
    elif differing:
        yield worded("v.doubled_differ", n=number(differing))
    if misprints := int((data.corrected["ground"] == MISPRINT).sum()):
        yield worded("v.misprints", n=number(misprints))
    if to_look_at := int(data.corrected["ground"].isin(TO_LOOK_AT).sum()):
        yield worded("v.to_look_at", n=number(to_look_at))
    if settled := int(data.counted["is_settled"].astype(bool).sum()):
        yield worded("v.settled", n=number(settled))
    if len(data.copied):
        yield worded("v.copied", n=number(copies.agencies_in(data.copied)))
        alike = {*data.names(data.copied["agency"]), *data.names(data.copied["other"])}
        of_copies = {agency for agency, one in asked(data).items() if Reason.LIKENESS in one.reasons}
        if left := len(alike - of_copies):
            yield worded("v.copied_left", n=number(left))


def _tiles(data: Review, n: dict[str, int]) -> Iterator[dict[str, str]]:
    asked = data.counted[~data.counted["is_settled"].astype(bool)]
    errors = asked[asked["level"] == OFFICIAL]
    # The sentences count what is sent back; the tile counts all, and says how many are not.
    left = int((asked["level"] != OFFICIAL).sum() - (data.open_slips["level"] != OFFICIAL).sum())
    there = len(data.reported) - sum(n[status] for status in reported.NOT_HERE)
    told_tiles = (
        ("reported", worded("tile.reported"), there, len(data.reported)),
        ("missing", worded("tile.missing"), n[reported.MISSING], n[reported.LATE]),
        (OFFICIAL, level_names(OFFICIAL), len(errors), errors["agency"].nunique()),
        (WARNING, level_names(WARNING), len(asked) - len(errors), asked["agency"].nunique()),
        ("copied", worded("tile.copied"), copies.agencies_in(data.copied), data.repeated["agency"].nunique()),
    )
    for key, name, value, of in told_tiles:
        beside = worded(f"tile.{key}.of", n=number(of))
        # That none is late says little where no day is known, or no deadline.
        more = (reported.LATE_SETTLED, *_UNJUDGED)
        unjudged = [worded(f"tile.{status}", n=number(n[status])) for status in more if n[status]]
        if key == "missing" and unjudged:
            beside = joined([worded("tile.late", n=number(of)), *unjudged], "; ", "，")
        if key == WARNING and left:
            beside = joined([beside, worded("tile.warning.left", n=number(left))], "; ", "，")
        if key == "reported":
            others = [worded(f"tile.{one}", n=number(n[one])) for one in reported.ASTRAY if n[one]]
            beside = joined([beside, *others], "; ", "，")
        yield {
            "name": told(name, data.language),
            "value": number(value),
            "beside": told(beside, data.language),
        }
