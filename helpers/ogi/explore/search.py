"""Where the reports speak of something."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from html import escape
from typing import Any

import pandas as pd

from ogi.explore.choice import FigureChoice, worded
from ogi.explore.shown import Fragment, sentence
from ogi.said import told

SHOWN = 50
"""Places that are shown; a word that is everywhere would fill the notebook."""
_AROUND = 40
"""Characters told on either side."""


def search(narratives: pd.DataFrame, text: str, choice: FigureChoice) -> Fragment:
    """Each place of the agencies and years chosen where the text stands, marked, the first SHOWN of them."""
    wanted = text.strip()
    if not wanted:
        return sentence(worded("no_text"), choice.language)
    own = narratives[narratives["agency"].isin(choice.agencies)]
    if choice.years:
        own = own[own["year"].isin(choice.years)]
    found = [
        (row, hit)
        for row in own.dropna(subset="text").to_dict("records")
        for hit in re.finditer(re.escape(wanted), row["text"])
    ]
    if not found:
        return sentence(worded("no_hit", text=wanted), choice.language)
    reports = len({row["report_id"] for row, _ in found})
    head = sentence(worded("hits", text=wanted, n=len(found), reports=reports), choice.language)
    left = len(found) - SHOWN
    more = sentence(worded("more_hits", n=left), choice.language) if left > 0 else ""
    return Fragment(head + "<ul>" + "".join(_items(found[:SHOWN], choice.language)) + "</ul>" + more)


def _items(found: list[tuple[dict[Hashable, Any], re.Match[str]]], language: str) -> Iterator[str]:
    colon = told(worded("colon"), language)
    for row, hit in found:
        place = f"{row['agency']} {row['year']} · {row['title'] or ''}{colon}"
        before, after = hit.string[: hit.start()][-_AROUND:], hit.string[hit.end() :][:_AROUND]
        marked = f"{escape(before)}<mark>{escape(hit[0])}</mark>{escape(after)}"
        yield f"<li>{escape(place)}…{marked}…</li>"
