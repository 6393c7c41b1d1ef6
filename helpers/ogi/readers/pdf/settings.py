"""The numbers by which PDFs are read.

Points are 1/72 inch. A share is one of the type's size where nothing else is said.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PdfSettings:
    """The tunables of the reader of PDFs."""

    # Limits: no report comes near them, and a file beyond them would take minutes
    most_pages: int = 300
    """Pages of a file; a report has some tens at the most."""
    most_chars: int = 60_000
    """Characters of a page; a page of small print has ten thousand."""
    most_objects: int = 60_000
    """Drawn objects of a page; a report has some hundreds, a map or a plan may have millions."""
    most_depth: int = 8
    """Forms within forms."""
    most_segments: int = 400
    """Segments of a path; a longer one is a picture, no table."""
    most_lines: int = 20_000
    """Ruling lines of a page from which on no table can be meant."""
    most_crossings: int = 10_000
    """Crossings of the lines of a page from which on no table can be meant."""

    # Characters → lines of text
    cut_gap: float = 0.3
    """Share of the type size between a character and one beyond the page's edge, where wide tables end."""
    upright_slope: float = 0.1
    """Tangent of the slope up to which a character stands upright; stamps and watermarks lie over more."""
    same_line: float = 3.0
    """Points from one baseline to the next within a line: Latin type sits lower than Chinese."""
    same_line_share: float = 0.45
    """The same as a share, for small print."""
    level: float = 0.5
    """Points by which baselines differ that are meant to be one: rounding."""
    word_gap: float = 2.0
    """Points between two characters from which they are two words."""
    word_gap_share: float = 0.25
    """The same as a share, for small print."""
    ideograph_gap: float = 0.6
    """Share between two ideographs from which they are two words: justified text is spread."""

    # The page's picture → what shows
    judged_dpi: float = 72.0
    """Dots per inch of the picture: digits of 8 points keep their ink to a tenth, and it costs least."""
    judged_pixels: int = 16_000_000
    """Pixels of the picture at most; a larger sheet is drawn coarser."""
    faint: int = 12
    """Levels (of 255) of red, green or blue up to which nothing is seen."""
    pale: float = 40.0
    """Levels of grey by which a digit differs from its ground at least, or it is taken for a watermark."""
    black: int = 40
    """Level of grey below which an even ground may hide what stands there."""
    largest_digit: int = 60
    """Pixels of a digit's width and height that are looked at: one of 60 points."""
    least_ink: float = 0.15
    """Share of a digit's ink below which what is there is its neighbour's edge."""
    ink_range: tuple[float, float] = (0.7, 1.5)
    """Shares of the ink a font gives a digit within which it shows as it is; in small print 0.8 to 1.35."""
    same_spot: float = 0.25
    """Share of their size up to which two characters are at one place; neighbours are 0.35 apart."""
    other_ink: int = 40
    """Levels from one pixel to the next from which on something is drawn; watermarks are paler."""
    useless_text: float = 0.25
    """Share of a page's characters without a known meaning from which on it is read as a picture."""
    most_reread: int = 1_000
    """Cells of a report that are read as pictures, a hundred in a second; the rest is unreadable."""
    framed_cells: int = 1
    """Cells within a blank cell up to which they are no table, but a field whose frame stands in it."""
    narrow: float = 0.3
    """Share of its size below which a character is too narrow to be told by picture; digits take 0.5."""
    reread_line: float = 0.7
    """Confidence from which on a line that is read as a picture takes the place of its characters."""
    cell_edge: float = 2.5
    """Points from a cell's side in which ink may be its ruling line's."""

    # Strokes → ruling lines
    thin: float = 4.0
    """Points: a shape no wider is a line, whether drawn as a stroke or as a filled rectangle."""
    shortest_stroke: float = 1.0
    """Points: shorter strokes are dots or ends of others."""
    slant: float = 0.02
    """Tangent of the slope up to which a stroke is level or upright."""
    dot: float = 2.0
    """Points that a dot of a dotted line measures at most."""
    dot_step: float = 4.0
    """Points from one dot to the next at most."""
    fewest_dots: int = 6
    """How many dots make a line: an ellipsis has six in Chinese, but those are characters."""
    dot_row: float = 0.3
    """Points by which the dots of a line are off it."""
    line_ink: int = 5
    """Levels of grey by which a line differs from what is beside it: as the pale grounds of rows do."""
    line_shown: float = 0.25
    """Share of a line that shows at least: of dotted ones it is a half."""
    hidden_end: float = 12.0
    """Points of bare paper at its end, over a tenth of it, that are no part of a line; dashes lie closer."""

    # Ruling lines → cells. Lines are made one as pdfplumber does it, with its tolerances of 3 points.
    crossing_gap: float = 3.0
    """Points: lines that miss each other by no more cross; pdfplumber's own measure."""
    shortest_line: float = 3.0
    """Points: shorter lines part no cells; pdfplumber's own measure."""
    open_reach: float = 8.0
    """Points that lines stick out beyond the last line across them to tell of a missing side."""
    open_ends: int = 2
    """How many must do so: no more, for a table of three columns may be open on all sides."""
    same_edge: float = 3.0
    """Points: edges closer than this are one; the cells of a report are three times as wide."""
    narrowest_cell: float = 4.5
    """Points: a narrower or lower cell lies between two strokes, unless something is printed in it."""

    # Characters → cells
    numeral_gap: float = 0.15
    """Share: numerals no further apart are one number, though a line runs through it."""
    numeral_ink: tuple[float, float] = (0.82, 0.12)
    """Shares that a numeral's upper and lower end lie above the bottom of its box."""
    reaches_over: float = 0.25
    """Share of a number that may reach over a line before it is doubtful whose it is."""
    widest_padding: float = 5.7
    """Points that word processors leave beside a cell's text by default; no more counts as padding."""
    same_width: float = 2.0
    """Points by which the widths of cells may differ in which text is wrapped alike."""
    wrapped_alike: int = 3
    """Lines broken at the same width from which on the break is taken for the cells' own."""
    wrapped: float = 0.85
    """Confidence in a number put together from two lines, or from digits of two sizes, of which the small one
    may be the sign of a note: less than 0.9, at which a figure is in doubt."""
    cut: float = 0.5
    """Confidence in a number that a ruling line runs through: it may be in the wrong cell."""

    # Header, footer and paragraphs
    margin: float = 0.12
    """Share of the page's height, at its top and bottom, in which headers and footers are looked for."""
    telling_lines: int = 3
    """Lines from which on a page shows its margins; else they are those of the page before."""
    indent: float = 0.8
    """Share from which on a line is indented; a new paragraph is by two characters."""
    short_line: float = 2.0
    """Share that a paragraph's last line is shorter at least."""
    near_text: float = 1.5
    """Share: what is nearer to the text than a line may be part of it, and no page number."""
    off_text: float = 2.0
    """Share: what is further away stands off from the text, as headers do."""
    spread: int = 2
    """Characters for which a line has room beyond those on it, from which on it is more than one text."""

    # Pictures on pages with text
    most_pictures: int = 60
    """Pictures looked at in one report; each takes some tenths of a second where it shows no table."""
    picture_size: tuple[float, float] = (150.0, 24.0)
    """Points that the picture of a table is wide and high at least: a head and a row, seven columns."""
    picture_gap: float = 2.0
    """Points: pictures no further apart are parts of one, as some programs cut them."""
    most_picture_parts: int = 200
    """Parts of pictures on a page from which on they are taken for one."""
    picture_dpi: float = 300.0
    """Dots per inch of a picture from which on more tell the recogniser nothing."""
    page_picture: float = 0.5
    """Share of the page: a larger picture may be the page's scan, with a stamp or a number as text."""
    page_picture_text: int = 150
    """Characters on such a picture from which on it is their background."""

    # Two pages side by side on one sheet
    two_up_ratio: float = 1.2
    """Width by height of a sheet of two pages at least: A4 across is 1.41."""
    two_up_fold: float = 0.01
    """Share of the width, on both sides of the middle, in which such a sheet shows nothing."""
    two_up_line: float = 0.5
    """Share of a half's width that some line in it takes: a table's column without ruling lines does not."""

    # Tables without ruling lines
    same_baseline: float = 1.5
    """Points by which the baselines of one line differ; cells of one row may be centred further apart."""
    cell_gap: float = 0.7
    """Share from which a gap without any blank in it parts two cells."""
    page_step: float = 2.0
    """Share from a page's last line to the next page's first, when put one below the other: a row's."""
    leading: float = 1.55
    """Share up to which two lines may be of one cell: Word sets 1.3; the rows of a table are 2 apart."""
    same_size: float = 0.12
    """Share by which the type's size may differ within a table: 9 and 10 points do, titles differ more."""
    same_place: float = 4.0
    """Points by which left ends or middles may differ that are meant to be one."""
    number_gap: float = 1.0
    """Points between numbers from which on they are of two columns: cells leave more room beside them."""
    longest_step: float = 5.0
    """Share from line to line within a table: a row of four wrapped lines takes that much."""
    head_step: float = 4.0
    """Share from line to line of a head, and on to the first row, whose label may be wrapped."""
    aligned: float = 0.75
    """Share by which the ends or middles of a cell's lines may differ, as by a blank at a line's end."""
    off_row: float = 0.75
    """Share that a cell's text may stand off its row's middle, as by a blank line in the cell."""
    blank_row: float = 0.85
    """Share of the least distance of two rows from which a label is a row of its own, with nothing in it."""
    lone_column: float = 36.0
    """Points that a column of numbers without another beside it is taken to be wide."""
    least_padding: float = 3.2
    """Points left free beside the text of a cell, at least."""
    aligned_confidence: float = 0.95
    """Confidence in a cell whose row and column are told by alignment alone."""
    doubtful_row: float = 0.5
    """Confidence in the numbers of such a row beside which two labels stand one above the other."""


PDF = PdfSettings()
