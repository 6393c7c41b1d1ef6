"""Bounds on what is read of a file. Reports come from anywhere, so size and work are limited everywhere.

Each bound is far above what any report needs. What exceeds one is refused or left out, always with a word.
"""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024**2


@dataclass(frozen=True)
class Limits:
    """The bounds of all readers of digital text and scans."""

    file_bytes: int = 64 * _MB
    """Bytes of any file: a report is far smaller, even with all its pictures."""
    text_bytes: int = 8 * _MB
    """Bytes of a file that is text alone: a report has some ten thousand characters."""

    # Tables. A statutory table has 250 places.
    table_places: int = 300_000
    """Columns of all rows of one table; and cells of all tables of a plain text."""
    colspan: int = 1000
    """Columns of one cell, as in the HTML standard."""
    nested_tables: int = 40
    """Tables within one another: pages laid out by tables nest some ten."""

    # Style sheets. Each rule is tried on each element, so a page made to be slow could cost minutes.
    css_characters: int = 300_000
    """Characters of all style sheets of a page."""
    css_depth: int = 32
    """Brackets and braces within one another; what is deeper, and what follows, has no style."""
    css_rules: int = 400
    """Selectors of rules that show or hide something."""
    css_selector: int = 24
    """Tokens of one selector: Python compiles no condition of arbitrary depth."""
    css_nested: int = 20
    """Selectors of one rule for which those of the rules nested in it are looked at."""
    css_custom: int = 12
    """Steps in looking up what a value with custom properties may stand for: themes take two or three."""
    css_custom_value: int = 200
    """Characters of what a custom property is given: a colour or a length has some ten."""
    css_ancestors: int = 40
    """How many elements around an element a selector looks at."""
    css_trials: int = 4_000_000
    """Selectors tried on elements, which takes about two seconds."""

    attachments: int = 1000
    """Attachments of a PDF whose names are looked at."""
    mht_parts: int = 2000
    """Parts of a web page saved as one file: one for each picture and script."""

    # Word files unpack to many times their size.
    word_parts: int = 5_000
    """Files within a Word file."""
    word_unpacked_bytes: int = 256 * _MB
    """Bytes of all of them."""
    word_text_bytes: int = 32 * _MB
    """Bytes of those that are no pictures: a report has less than 2 MB."""
    word_styles: int = 20
    """Styles that are based on one another: more are a circle."""
    office_seconds: int = 120
    """Seconds for LibreOffice to convert one file, which takes it some seconds."""

    # Pictures are bounded by their pixels, for a small file can hold a huge one.
    picture_pixels: int = 80_000_000
    """Pixels of a page in an image file: an A3 sheet at 600 dpi has 70 million."""
    picture_ratio: int = 200
    """Times that a picture is longer than wide: a report of twenty pages in one picture has 30."""
    picture_pages: int = 300
    """Pages of a TIFF file."""
    pasted_pixels: int = 30_000_000
    """Pixels of a picture within a report: nearly an A4 page at 600 dpi."""
    pasted_pictures: int = 60
    """Pictures of one report looked at for tables: each takes some tenths of a second."""
    pasted_bytes: int = 100 * _MB
    """Bytes of those pictures, as they are packed in the file."""
    rendered_pixels: int = 12_000_000
    """Pixels of a PDF's page drawn to be recognised: an A3 sheet at 200 dpi has 8 million."""
    view_pixels: int = 24_000_000
    """Pixels of an upright page that is worked on: A3 at 300 dpi has 17 million."""
    shown_pixels: int = 16_000_000
    """Pixels of a page drawn to be looked at: A4 at 400 dpi. A larger one is drawn coarser."""
    shown_dpi: int = 600
    """The finest resolution that may be asked for."""


LIMITS = Limits()
