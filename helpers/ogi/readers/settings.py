"""The numbers by which web pages, Word files and plain texts are read, and those that all readers share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReaderSettings:
    """The tunables of the readers of digital text. What bounds them is in LIMITS."""

    # Pages and pictures
    page_size: tuple[float, float] = (595.0, 842.0)
    """Points: width and height of an A4 page."""
    stated_dpi: tuple[float, float] = (50.0, 1200.0)
    """Dots per inch that are believed where a picture states them; less is a screen's, more a mistake."""
    assumed_dpi: float = 200.0
    """Dots per inch of a picture that does not state its own; office scanners are set to this."""
    picture_width: float = 450.0
    """Points: how wide a picture of a table is set where the format does not say: as wide as text on A4."""
    narrowest_picture: float = 150.0
    """Points: a narrower picture shows no statutory table."""
    smallest_picture: int = 800
    """Bytes: a smaller picture is a bullet or a rule."""

    # Charset
    least_plausible: float = 0.6
    """Share of characters in common use: reports have over 0.9, in a wrong charset few."""
    stray_share: float = 0.02
    """Places with stray bytes for each character beyond ASCII; a file with more is no text."""

    # Web pages and Word files
    same_font: float = 0.85
    """Share of a digit's size that the next one has where both are of one number: small print has 0.83."""
    doubtful: float = 0.85
    """Confidence in a number that a rule may change, or that may be two: below `values.LEAST_CONFIDENCE`."""

    # Word files
    tiny_text: int = 6
    """Half points, as Word counts: text of 3 points or less is there to spoil a copy. Small print has 5."""
    same_colour: int = 24
    """Of 255, in each of red, green and blue: what differs less from its ground is not seen on it."""

    usual_text: int = 21
    """Half points of type that states no size: Word's own for Chinese."""
    least_scale: int = 34
    """Per cent of their width that characters have at least: narrower ones are not sure to be seen."""
    least_step: float = 0.6
    """Share of a digit's width by which the next one comes nearer and lies over it."""

    # Plain text
    cell_length: int = 20
    """Characters up to which a text is a cell even where it ends as a sentence does."""
    longest_cell: int = 80
    """Characters over which a text is running text, not a cell: twice the longest label of the forms."""

    # Web pages
    screen_width: int = 1280
    """Pixels: the screen for which a page's style sheets are read; what is for smaller ones does not show."""
    unseen_contrast: float = 0.04
    """From 0 to 1: ink that differs no more from its ground is not seen, as #f5f5f5 on white."""
    least_contrast: float = 0.15
    """A number with less is not sure to be seen, as one in #dadada on white."""
    unseen_font: float = 1.0
    """Pixels: text no larger is put in to spoil a copy, or to close gaps."""
    least_font: float = 6.0
    """Pixels: a smaller number is not sure to be seen; footnotes have 9."""
    part_gap: float = 0.25
    """Share of the type's size, as a blank takes: digits with more room between them are not one number."""
    far_away: float = 999.0
    """Pixels to the left or above that put text out of the screen; sites write -999, -1000 or -9999."""
    few_figures: int = 3
    """Numbers in tables below which a page with an attachment says that the attachment was not read."""


SETTINGS = ReaderSettings()
