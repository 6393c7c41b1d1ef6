"""The numbers by which scans are read.

Points are 1/72 inch on an A4 page. Grey goes from 0 (black) to 255 (white).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScanSettings:
    """The tunables of the reader of scans."""

    # Pictures of pages
    rendered_dpi: float = 200.0
    """Dots per inch at which a page of a PDF is drawn to be recognised: 9 points of print are 25 pixels."""
    fine_pixels: int = 20_000_000
    """Pixels of a page above which several are made one: A4 at 300 dpi has 9 million, and is enough."""
    fine_side: int = 2480
    """Pixels that the short side keeps then: the width of A4 at 300 dpi."""

    # Views: upright pages at a common scale
    view_sides: tuple[int, int] = (2339, 3508)
    """Pixels of the long side of a view: from A4 at 200 dpi to A4 at 300 dpi."""
    page_ratio: float = 1.7
    """Height by width above which a picture is a long screenshot, not a page (A4 is 1.41)."""
    skew_side: int = 1400
    """Pixels of the long side of the picture by which skew and gutter are found; a line of print is 10."""
    widest_skew: float = 8.0
    """Degrees that a sheet is fed aslant at most."""
    least_skew: float = 0.015
    """Degrees below which turning costs more sharpness than it gains: 0.2 mm over the height of a page."""
    paper: int = 250
    """Grey of the paper in a view, a little below white so that noise is not cut off."""

    # Seals: red ones by their colour, photocopied ones by their even grey
    seal_red: int = 40
    """How much redder (0-255) than green and blue the ink of a seal is; a fringe of black print is less."""
    seal_tint: float = 8.0
    """How much redder the paper itself may be."""
    seal_full: float = 65.0
    """Percentile of a seal's redness at which its ink hides all the paper."""
    seal_gain: float = 1.3
    """How much brighter than paper a seal's ink is made, so that its fringes turn white, too."""
    seal_pixels: int = 200
    """Pixels: less red or even grey than this is grain."""
    seal_stroke: float = 5 / 2339
    """Share of the page's long side: the ring of a seal is thicker than this, and print is not."""
    seal_grey: tuple[int, int] = (50, 170)
    """Grey of a photocopied seal: print is darker, paper paler."""
    seal_even: int = 22
    """How much the grey within a photocopied seal varies."""
    seal_sides: tuple[float, float] = (0.06, 0.35)
    """Width and height of a seal as shares of the page's long side: a seal is 3 to 5 cm wide."""
    seal_filled: float = 0.5
    """Share of its box that a seal's ink fills at most; a shaded head is filled more."""

    # What shows through from the back of a sheet
    back_ink: int = 215
    """Grey: darker is ink of either side of the sheet."""
    back_print: int = 130
    """Grey: print of the front is darker than this somewhere in every stroke."""
    back_near: int = 7
    """Pixels: how far from such dark ink pale ink still belongs to the same stroke."""
    back_signs: int = 30
    """Pale signs that are a few words of the back; pale pieces of ruling and shades are fewer."""
    back_share: float = 0.6
    """Where more than this share of all ink is pale, the print itself is pale."""

    # Distortion: a photographed table is no rectangle
    large_table: tuple[float, float] = (200.0, 60.0)
    """Points that a table is wide and high at least, to tell the shape of the page by it."""
    sheet_edge: float = 0.96
    """Share of the view that only the edges of the sheet reach over."""
    square_within: float = 2.0
    """Pixels by which an outer line of a table may stray and still be straight."""
    distorted: float = 0.12
    """Share of the table by which a line of a page seen aslant strays at most."""
    outline_rows: int = 40
    """Rows of pixels that an outer line needs, to be measured."""

    # Ink within cells
    ink_grey: int = 195
    """Grey: darker is ink, after a blur that drowns grain."""
    speck: float = 1.9
    """Points: what is smaller both ways is dirt, or a dot or comma that means nothing alone."""
    shortest_dash: float = 2.6
    """Points: what is smaller may be dirt or the shortest of dashes, which makes the cell doubtful."""
    residue: float = 1.1
    """Points: what lies along a ruling line and is no thicker is left over from the line."""
    stroke_height: float = 0.35
    """Share of the line height: what is lower is a level stroke, not print."""
    several_signs: float = 1.6
    """Line heights: what is wider holds several signs."""
    usual_line: float = 8.5
    """Points: height of a line of print in a table that has no long line to measure."""

    # Figures
    surest: float = 0.999
    """The highest confidence of what was recognised: 1 is that of text, and of a cell without ink."""
    disputed: float = 0.5
    """The highest confidence of a figure whose two readings disagree, or disagree with the ink."""
    confused: float = 0.89
    """The highest confidence of a figure in which a letter was read for a digit."""
    wrapped: float = 0.85
    """The highest confidence of a number put together from several lines."""
    cell_padding: float = 16.0
    """Points beside a number in its cell, on both sides together, as word processors leave them."""
    longest_figure: float = 7.0
    """Line heights: what is longer is words."""
    least_point: float = 0.6
    """Points: the smallest decimal point."""
    comma_hangs: float = 0.08
    """Share of a digit's height by which a comma hangs below the digits' feet, and a point does not."""
    slash_lean: float = -0.18
    """Pixels to the right for each pixel down: a slash leans more to the left, and a 1 less."""
    strike_at: tuple[float, float] = (0.35, 0.64)
    """Shares of a number's height, from its top, between which it is struck out; the bars of 4s are lower."""
    strike_share: float = 0.97
    """Share of the width of digits that touch which a line takes that strikes them out."""
    slash_top: float = 0.7
    """Share of its width that the bar of a 7 covers at its top; a slash covers less."""
    digit_widths: tuple[float, float] = (0.55, 0.85)
    """Width of a digit that touches the next, as shares of its height."""

    # Pages
    upright: float = 0.8
    """Mean confidence at which lines are taken to be the right way up; below it, other turns are tried."""
    upright_lines: int = 8
    """Lines read to tell which way is up."""
    legible_share: float = 0.3
    """Share of a table's cells that must be whole, and of its printed ones legible; photographs have less."""
    same_column: float = 0.012
    """Share of the table's width within which column lines are the same on two pages: 2 mm on A4."""

    # Pictures pasted into reports
    table_cells: int = 8
    """Cells of a table at least: a ruled thing of fewer is a frame or an axis."""
    table_columns: int = 3
    """Columns of a table at least: what has fewer is a form's box, and no statutory table."""
    certain_share: float = 0.5
    """Share of a table's cells whose walls are whole."""
    light_grey: float = 120.0
    """Grey: cells of a table are paler, shaded heads, too; shapes of photographs are not."""
    light_share: float = 0.9
    """Share of a table's cells that are so pale."""
    print_contrast: int = 80
    """How much darker (0-255) print is than its paper."""
    printed_share: float = 0.12
    """Share of a table's cells that hold print: a table of blanks has labels at least."""
    off_ruling: float = 2.5
    """Points at the edge of a cell that are not looked at, for ruling reaches into them."""
    page_lines: int = 5
    """Lines that a picture without a table must have to be a page: a banner has fewer."""
    sheet_margin: float = 0.05
    """Share of the sheet's width left above a picture that is laid on an empty sheet to be read."""

    # The recogniser's models
    text_height: int = 48
    """Pixels: the height of a line of text that the recogniser was trained on."""
    text_column: int = 8
    """Pixels of such a line for each column of the recogniser's answer."""
    longest_text: int = 2400
    """Pixels of such a line: longer ones are pressed together, as the models were never trained on them."""
    batch_pixels: int = 3200
    """Widths of a batch added up: each pixel costs 9 kB of the recogniser's answer (18,710 characters)."""
    detector_side: int = 736
    """Pixels of the short side of a page that the detector was trained on."""
    tile: float = 1.4
    """Height of a tile of a long page, as a share of its width: nearly an A4 page."""
    tile_overlap: float = 0.1
    """What a tile shares with the next, as a share of the width: a line is cut by one of them only."""
    # Ruling lines and the lattice they make
    shortest_across: float = 20.0
    """Points: a shorter stroke across is print; no column of a table is narrower."""
    shortest_down: float = 11.0
    """Points: a shorter stroke down is print; no row of a table is lower."""
    same_line: float = 4.0
    """Points: pieces nearer than this are one line, for lines are bent and broken."""
    open_reach: float = 8.0
    """Points that lines stick out beyond the last line across them to tell of a missing side."""
    open_ends: int = 3
    """How many must do so: two may be strokes of print that run into the ruling."""
    table_size: tuple[float, float] = (60.0, 14.0)
    """Points that a table is wide and high at least; smaller boxes are for ticks."""
    line_grey: int = 200
    """Grey from which on a line is on the back of the sheet, which shows through."""
    line_contrast: int = 20
    """How much darker than what is around it a line is at least."""
    long_line: float = 60.0
    """Points: of longer lines it is looked whether they are straight."""
    stray: float = 1.8
    """Points that a long line's ends may be aside of one another, before they may be taken for two lines."""
    wall_reach: float = 1.4
    """Points beside a line's place in which pieces of it are looked for."""
    wall: float = 0.55
    """Share of a field's side that a line covers to be a wall: more than half, for lines have gaps."""
    wall_end: float = 0.15
    """Share of a field's side, at both ends, that a wall reaches; a stroke of print ends within."""
    beside_wall: float = 0.3
    """Share of both sides of a wall along which there may be ink: 0.13 where print shows through from the
    back; beside the stroke of a character 0.5."""

    # Running text
    legible: float = 0.6
    """Mean confidence below which a line is a picture, a stamp or dirt, not text."""
    page_edge: float = 0.1
    """Share of the page's height, at its top and bottom, in which page numbers are looked for."""
    most_text_lines: int = 600
    """Lines outside the tables of a page; more are no report."""


SCAN = ScanSettings()
