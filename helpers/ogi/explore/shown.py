"""The frames of a view as a reader sees them: every number, or why there is none."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from html import escape
from typing import Any

import pandas as pd
from PIL import Image

from ogi.charts.words import gap
from ogi.charts.words import number as every_digit
from ogi.charts.yearly import CONFLICT, NO_REPORT
from ogi.explore.choice import FigureChoice, worded
from ogi.explore.doubts import mixed_units, reasons, signs
from ogi.explore.frames import base_years, wide
from ogi.pages.clippings import data_uri
from ogi.said import Said, told

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
    texts = wide(rows.assign(text=[text(row, choice) for row in rows.to_dict("records")]), "text")
    texts = texts.fillna(gap(NO_REPORT, choice.language))
    texts = texts.rename_axis(index=None, columns=None)
    caption = told(choice.heading, choice.language)
    html = texts.to_html(border=0).replace("<thead>", f"<caption>{escape(caption)}</caption><thead>", 1)
    below = (*base_years(rows), *mixed_units(rows), *reasons(rows))
    return Fragment(html + "".join(sentence(one, choice.language) for one in below))


def text(row: Mapping[Hashable, Any], choice: FigureChoice) -> str:
    """The number of a row with the signs of its doubts, or why there is none."""
    if pd.isna(row["value"]):
        return gap(CONFLICT if row["conflict"] else row["state"], choice.language)
    return number(row["value"], choice) + signs(row)


def number(value: float, choice: FigureChoice) -> str:
    """A value as a reader writes it: rates, shares and indices with one decimal, shares in per cent."""
    return every_digit(value) if choice.is_count else f"{choice.as_told(value):,.1f}"
