"""What each agency is written: its open slips, and what it is asked about besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi.pages.filing import NOT_HERE, not_here
from ogi.pages.html import percent
from ogi.review import file_lists, lists
from ogi.review.data import Review
from ogi.review.pictures import Clips, pictures
from ogi.review.sent_back import slips
from ogi.review.settings import SETTINGS
from ogi.review.words import worded
from ogi.said import Said


@dataclass(frozen=True)
class Letter:
    """What one agency is sent: its slips, and in lines what it is asked about besides.

    `points`: how many there are of both; `clips`: the pictures of the slips, by row.
    """

    agency: str
    slips: pd.DataFrame
    lines: tuple[Said, ...]
    points: int
    clips: Mapping[int, Clips]


def letters(data: Review) -> list[Letter]:
    """A letter for each agency that is asked about anything, those with slips first."""
    rows = slips(data).rows
    rows = rows[~rows["is_settled"].astype(bool)]
    clips = pictures(data, rows, SETTINGS.pictures_in_book)
    of_agency = {str(name): own for name, own in rows.groupby("agency", sort=False)}
    also = also_asked(data)
    return [
        _letter(name, of_agency.get(name, rows.head(0)), also.get(name, []), clips)
        for name in dict.fromkeys([*of_agency, *also])
    ]


def _letter(agency: str, own: pd.DataFrame, also: list[Said], clips: Mapping[int, Clips]) -> Letter:
    """Of very many lines the first, and how many more there are."""
    left = len(also) - SETTINGS.also
    lines = [*also[: SETTINGS.also], *([worded("also.more", n=left)] if left > 0 else [])]
    return Letter(agency, own, tuple(lines), len(own) + len(also), clips)


def also_asked(data: Review) -> dict[str, list[Said]]:
    """Agency → what it is asked about besides its slips: of a late report, which is one, the slip tells."""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for of in (_not_handed_in, _odd_files, _copies):
        for agency, line in of(data):
            found[agency].append(line)
    return dict(found)


def _not_handed_in(data: Review) -> Iterator[tuple[str, Said]]:
    asked = data.reported[data.reported["status"].isin(NOT_HERE)]
    for row in asked.to_dict("records"):
        yield row["agency"], not_here(data.year, {str(name): value for name, value in row.items()})


def _odd_files(data: Review) -> Iterator[tuple[str, Said]]:
    for row in file_lists.strange(data).rows.to_dict("records"):
        yield row["agency"], worded("also.strange", name=row["title_names"])
    for row in file_lists.altered(data).rows.to_dict("records"):
        yield row["agency"], worded("also.changed", file=row["file"], day=row["first_read"])
    for row in lists.blank(data).rows.to_dict("records"):
        yield row["agency"], worded("also.blank", table=_official(row["table_told"]))


def _copies(data: Review) -> Iterator[tuple[str, Said]]:
    for row in lists.repeated(data).rows.to_dict("records"):
        yield row["agency"], _alike("also.repeated", row)
    for row in lists.copied(data).rows.to_dict("records"):
        for one, other in ((row["agency"], row["other"]), (row["other"], row["agency"])):
            yield one, _alike("also.copied", row, other=other)


def _alike(key: str, row: dict[Any, Any], **values: str) -> Said:
    return worded(key, section=_official(row["section_told"]), share=percent(row["share"]), **values)


def _official(words: Said) -> Said:
    """Words of the form; in English with the Chinese behind them, which is what the agency knows."""
    return Said(f"{words} ({words.zh})", words.zh)
