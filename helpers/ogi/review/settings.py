"""The numbers that a review is made by, each with its unit and its reason."""

from __future__ import annotations

from dataclasses import dataclass

from ogi.compare import FEWEST_ALIKE


@dataclass(frozen=True)
class ReviewSettings:
    """What counts as far, as copied and as too much for one page.

    Args:
        years: years that are shown beside each agency, the one reviewed the last: what a phone has room for.
        shown: rows of a list on the page; the workbook has all.
        fewest_of_kind: agencies of one kind from which a median says what is usual among them.
        far: distance from that median, in deviations of the kind, from which a share is far: 3.5 is what
            Iglewicz and Hoaglin (1993) propose for the modified z-score.
        points: least distance from the median as a share, so that 99 % beside 100 % is no news.
        fewest_characters: of a section as compared; a shorter one says too little to be copied.
        copied: share of a section's words from which it counts as another one's: seven tenths, as two
            sentences count as one changed.
        like: likeness of two sections from which they count as near copies.
        common: agencies whose sections may hold a sentence before it is what is usual to say there: at least
            these, and this share of all agencies. It is a template's then, and no copy of one from another.
        common_share: see `common`.
        holders: agencies that share a sentence of which every two are compared; of more, each with the first.
        shingle: characters of a piece by which sections are found that are nearly alike.
        permutations: numbers of a section's MinHash; their bands of `rows` find alikes of 0.6 in 99 of 100.
        rows: see `permutations`.
        estimated: least estimated likeness of pieces before two sections are compared word for word.
        named: agencies up to which a dot plot names all; of more, the `ends` highest and lowest of each kind.
        ends: see `named`.
        beside: copies whose passages stand side by side on the page.
        passages: passages of each.
        pictures: of slips on the page; 12 kB each.
        pictures_in_book: of slips in the workbook; drawing one takes a tenth of a second and more.
        alike: sections like another agency's that a letter names; of what is to be mended it names all.
        sheets: sheets of agencies in the workbook; spreadsheet programs open some thousands, slowly.
    """

    years: int = 5
    shown: int = 25
    fewest_of_kind: int = FEWEST_ALIKE
    far: float = 3.5
    points: float = 0.10
    fewest_characters: int = 60
    copied: float = 0.7
    like: float = 0.75
    common: int = 20
    common_share: float = 0.05
    holders: int = 20
    shingle: int = 4
    permutations: int = 128
    rows: int = 4
    estimated: float = 0.35
    named: int = 40
    ends: int = 5
    beside: int = 8
    passages: int = 3
    pictures: int = 12
    pictures_in_book: int = 200
    alike: int = 10
    sheets: int = 1000


SETTINGS = ReviewSettings()
