"""What a page shows: characters and ruling lines, in points from its visible top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ogi.arrays import BoolArray, FloatArray
from ogi.readers.pdf.picture import OtherInk
from ogi.readers.pdf.sheet import BBox
from ogi.said import Said

UNKNOWN = "\ufffd"
"""Stands for a character whose font does not tell its meaning; a number with it is unreadable."""
ASCENT = 0.88
"""Share of its size that a character is taken to rise above its baseline, whatever its font says."""


class Char(NamedTuple):
    """One visible, upright character. `bottom` hangs on the baseline alone: a line of two fonts stays one."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


class Image(NamedTuple):
    """A picture drawn on a page: its box, and how many of its pixels there are to an inch."""

    box: BBox
    dpi: float


@dataclass
class Drawing:
    """What may be ruling lines (see PageMarks.rules), the pictures, the text objects by address.

    `edges`: what may be ruling lines, too, but is the edge of a ground.
    `lost`: where text begins that pdfium does not give, since its font is not in the file nor on the machine.
    """

    rules: list[FloatArray] = field(default_factory=list)
    edges: list[FloatArray] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    lost: list[tuple[float, float]] = field(default_factory=list)
    overfull: bool = False


@dataclass(frozen=True)
class PageMarks:
    """One page as read. `notes`: what of it was not read, one line each without the page's number."""

    number: int
    width: float
    height: float
    chars: list[Char]
    rules: FloatArray
    """Ruling lines, a row each: 1 if vertical, else 0; at which x or y; from where to where."""
    notes: tuple[Said, ...] = ()
    images: tuple[Image, ...] = ()
    other_ink: OtherInk | None = None
    """What the page shows besides its text; None where it was not looked at."""
    illegible: tuple[Char, ...] = ()
    """The characters that show, where they are of no use and the page is read as a picture."""
    drawn: BoolArray | None = None
    """Which of the ruling lines are drawn as such, the others being edges of grounds; None for all."""

    @property
    def walls(self) -> FloatArray:
        """The upright ruling lines that are drawn as such."""
        is_drawn = True if self.drawn is None else self.drawn
        walls: FloatArray = self.rules[(self.rules[:, 0] == 1) & is_drawn]
        return walls

    @property
    def is_picture(self) -> bool:
        """Does the page show something, but no text that a reader can take as it stands?"""
        return not self.chars and bool(self.notes)


def char_at(text: str, x0: float, x1: float, baseline: float, size: float) -> Char:
    """A character by its baseline."""
    top = baseline - ASCENT * size
    return Char(FOLDED.get(text, text), x0, x1, top, top + size, size)


_NO_CHARACTERS = (range(0x09), range(0x0E, 0x20), range(0x7F, 0xA0), range(0xD800, 0xE000), (0xFFFE, 0xFFFF))
FOLDED = {
    **{chr(code): UNKNOWN for codes in _NO_CHARACTERS for code in codes},
    "\x02": "-",
}
"""What pdfium gives for a character that is none: 2 for a hyphen at the end of a line, 0 or no
character at all where the font tells nothing.
"""
