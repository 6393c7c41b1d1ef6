"""Which blanks mean zero: those that the sums of their own table show to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ogi.arrays import BoolArray, IndexArray
from ogi.columns import LINES, Lines
from ogi.figures import Figures, equal


def with_zeros(figures: Figures) -> Figures:
    """The figures with those blanks marked in `zero` that the sums of their own table show to mean zero.

    A blank is zero where it stands in a sum of the form that holds that way. A line of blanks only is
    zero where the table shows this of other blanks, and no sum of it breaks with its blanks as zero.
    """
    zero = figures.zero.copy()
    for equations in LINES.values():
        _mark(figures, equations, zero)
    return replace(figures, zero=zero)


def _mark(figures: Figures, equations: Sequence[Lines], zero: BoolArray) -> None:
    known, printed = figures.blank | figures.reported, np.nan_to_num(figures.value)
    is_shown, is_broken = np.zeros(len(figures), np.bool_), np.zeros(len(figures), np.bool_)
    of_blanks: list[tuple[IndexArray, BoolArray]] = []
    for lines in equations:
        cells = np.concatenate([lines.left, lines.right], axis=1)
        blank = figures.blank[:, cells]
        is_told, is_all_blank = known[:, cells].all(axis=2) & blank.any(axis=2), blank.all(axis=2)
        is_equal = equal(printed[:, lines.left].sum(axis=2), printed[:, lines.right].sum(axis=2))
        holds = is_told & ~is_all_blank & is_equal
        zero[:, cells] |= holds[..., np.newaxis] & blank
        is_shown |= holds.any(axis=1)
        is_broken |= (is_told & ~is_all_blank & ~is_equal).any(axis=1)
        of_blanks.append((cells, np.asarray(is_told & is_all_blank)))
    # Lines of blanks alone come last: they prove nothing, and follow what the others have shown.
    for cells, is_all_blank in of_blanks:
        zero[:, cells] |= (is_all_blank & (is_shown & ~is_broken)[:, np.newaxis])[..., np.newaxis]
