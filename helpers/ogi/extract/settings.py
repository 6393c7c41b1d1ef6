"""Every number on which the extraction of figures depends, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExtractSettings:
    """The limits of what is understood; lengths are in characters unless another unit is named."""

    # Labels
    shortest_name: int = 4
    """Shorter names are matched exactly or not at all: 其他 and 总计 mean too many things."""
    longest_note_call: int = 20
    """At a label's end, the call of a note such as [1] or ①."""

    # Heads
    fewest_flat: int = 3
    """Measures from which on a head is read by the words of its columns alone."""
    deepest_head: int = 4
    """Rows of a head, at the most; the form of `review` has three."""

    # Rows
    least_overlap: float = 0.3
    """Share of the narrower of two boxes that must overlap for one to stand under the other."""
    fewest_unmerged: int = 3
    """Columns of a head from which on none is merged of several; the forms merge where there are fewer."""
    fewest_unnamed: int = 4
    """Rows of items from which on columns without names are those of a statutory table."""
    fewest_alike: int = 3
    """Rows that begin alike from which on a doubtful row is taken to begin as they do."""
    same_edge: float = 2.0
    """Points by which the edges of a column may differ, left and right together, from page to page."""
    doubtful: float = 0.85
    """Confidence in what was put together from pieces; below `values.LEAST_CONFIDENCE`, so it is marked."""

    # Copies of a table
    fewest_in_common: int = 3
    """Items that two copies of a table share; fewer are rows printed twice within one table."""
    most_copies_named: int = 3
    """Copies that a finding names; it tells how many there are."""

    # Text around the tables
    longest_caption: int = 60
    """A longer paragraph is running text and heads no table."""
    longest_section_title: int = 30
    fewest_sections: int = 3
    """Sections of the six by which a document without statutory tables is still known as a report."""
    longest_agency: int = 40
    title_within: int = 30
    """Paragraphs from the top among which the title is looked for."""

    # Tables whose cells stand in lines of text
    longest_line: int = 120
    """A longer line is running text."""
    most_head_words: int = 22
    """Cells of the largest head, that of `review` with its two upper rows."""
    deepest_head_in_lines: int = 3
    most_label_lines: int = 4
    """Texts before the figures of a row: headings, and the parts of a label of no form."""
    most_pieces: int = 16
    """Pieces of one word of the forms: as many as lines of two characters make of the longer labels."""
    longest_half: int = 8
    """Characters of a part of a head's word, such as 商业 of 商业企业."""
    filled_share: float = 0.9
    """Share of rows of as many cells from which on all rows of a table are filled up to that width."""
    least_barred: float = 0.3
    """Share of lines with a bar from which on bars part the cells; of a bar alone in every other line 0.5."""
    fewest_parted: int = 3
    """Cells in a line between tabs or commas; two may be a sentence with one comma."""
    most_blocks: int = 20_000
    """Paragraphs and grids of a document that are looked through; a report has some hundred."""


SETTINGS = ExtractSettings()
