"""The frames of a view as a reader sees them: every number, or why there is none."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from html import escape
from typing import Any

import pandas as pd
from PIL import Image

from ogi.charts.yearly import CONFLICT
from ogi.explore.choice import INDEX, FigureChoice, worded
from ogi.explore.frames import NO_TOTAL, wide
from ogi.pages.clippings import data_uri
from ogi.said import Said, told
from ogi.said import worded as words_of

DOUBTS = ("corrected", "blank_as_zero", "small_denominator", "broken_sum")
"""Columns that mark a number with a star."""
LARGEST_PICTURE = 110_000
"""Bytes of the picture of a cell, 147 kB as a data URI."""


class Fragment(str):
    """HTML that a notebook shows."""

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"<Fragment of {len(self)} characters>"


def sentence(said: str, language: str) -> Fragment:
    """One sentence."""
    return Fragment(f"<p>{escape(told(said, language))}</p>")


def full(frame: pd.DataFrame) -> Fragment:
    """A frame of texts, none of them cut short, each in its lines."""
    head = "".join(f"<th>{escape(str(name))}</th>" for name in ("", *frame.columns))
    rows = "".join(
        f"<tr><th>{escape(str(name))}</th>{''.join(f'<td>{escape(str(cell))}</td>' for cell in cells)}</tr>"
        for name, *cells in frame.itertuples()
    )
    return Fragment(f'<table class="ogi-explore"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')


def framed(picture: Image.Image, caption: Said, language: str) -> Fragment:
    """A picture in its own size under its name, or as wide as there is room."""
    name = escape(told(caption, language))
    size = f'width="{picture.width}" height="{picture.height}" style="max-width:100%;height:auto"'
    return Fragment(f'<p>{name}</p><img src="{data_uri(picture, LARGEST_PICTURE)}" {size} alt="{name}">')


def table(rows: pd.DataFrame, choice: FigureChoice) -> Fragment:
    """The wide frame under the name of the figure: every number, or why there is none; stars explained."""
    if rows.empty:
        return sentence(worded("nothing"), choice.language)
    texts = wide(rows.assign(text=[_text(row, choice) for row in rows.to_dict("records")]), "text")
    texts = texts.fillna(told(words_of("ogi", "state.no_report"), choice.language))
    texts = texts.rename_axis(index=None, columns=None)
    caption = told(choice.label, choice.language) + (" (%)" if choice.is_percent else "")
    html = texts.to_html(border=0).replace("<thead>", f"<caption>{escape(caption)}</caption><thead>", 1)
    return Fragment(html + _stars(rows, choice.language))


def _text(row: Mapping[Hashable, Any], choice: FigureChoice) -> str:
    if pd.isna(row["value"]):
        return told(_why(row), choice.language)
    return number(row["value"], choice) + ("*" if any(row.get(doubt) for doubt in DOUBTS) else "")


def number(value: float, choice: FigureChoice) -> str:
    """A value as a reader writes it: a share in per cent, with one decimal."""
    told_as = value * (100 if choice.is_percent else 1)
    is_whole = told_as == int(told_as) and not choice.is_percent and choice.way != INDEX
    return f"{told_as:,.0f}" if is_whole else f"{told_as:,.1f}"


def _why(row: Mapping[Hashable, Any]) -> Said:
    if row["conflict"] or row["state"] == NO_TOTAL:
        return worded(f"why.{CONFLICT if row['conflict'] else NO_TOTAL}")
    return words_of("ogi", f"state.{row['state']}")


def _stars(rows: pd.DataFrame, language: str) -> str:
    there = rows[rows["value"].notna()]
    why = [doubt for doubt in DOUBTS if doubt in there and there[doubt].any()]
    comma = "; " if language == "en" else "；"
    reasons = comma.join(told(worded(f"star.{doubt}"), language) for doubt in why)
    return sentence(worded("star", why=reasons), language) if why else ""
