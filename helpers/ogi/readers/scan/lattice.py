"""The walls of a table's lattice (see readers.lattice) on a scan, where lines are broken, bent and covered.

A line counts by how much of a field's side it covers, so that gaps and specks decide nothing.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ogi.arrays import BoolArray, Pixels
from ogi.readers.scan.settings import SCAN


def walls(mask: Pixels, hidden: Pixels, along: list[int], at: list[int], unit: float) -> BoolArray:
    """[field, line]: does a line of the mask run at `at` along each field between two of `along`?

    Only of lines that somewhere reach both ends of a field: a stroke of print that runs into the ruling ends
    within it. `hidden`: where a seal was taken off; a line that is seen on either side of it goes on.
    """
    reach = max(2, round(SCAN.wall_reach * unit))
    found, whole, behind = np.zeros((3, len(along) - 1, len(at)), np.bool_)
    for j, x in enumerate(at):
        near = slice(max(0, x - reach), x + reach + 1)
        band, veil = (picture[:, near].max(axis=1) > 0 for picture in (mask, hidden))
        for i, (top, bottom) in enumerate(pairwise(along)):
            side, veiled = (line[top + 2 : bottom - 1] for line in (band, veil))
            if not len(side):
                continue
            covered = float((side | veiled).mean())
            found[i, j] = side.mean() >= SCAN.wall or (side.mean() >= SCAN.wall_seen and covered >= SCAN.wall)
            behind[i, j] = covered >= SCAN.wall_hidden
            end = max(2, round(SCAN.wall_end * len(side)))
            whole[i, j] = found[i, j] and side[:end].any() and side[-end:].any()
    found &= whole.any(axis=0)
    found = _bridged(found, behind)
    found[:, [0, -1]] = True
    return found


def _bridged(found: BoolArray, behind: BoolArray) -> BoolArray:
    """Walls with those put in that lie `behind` a seal, between a wall and another or the table's far end.

    Merged cells lie at the near ends: heads above, labels on the left.
    """
    bridged = found.copy()
    for j in range(found.shape[1]):
        rows = np.nonzero(found[:, j])[0].tolist()
        for start, end in pairwise([*rows, len(found)] if rows else []):
            if behind[start + 1 : end, j].all():
                bridged[start + 1 : end, j] = True
    return bridged


def without_idle(at: list[int], walls: BoolArray, other: BoolArray) -> tuple[list[int], BoolArray, BoolArray]:
    """Leave out inner lines that part nothing: `walls` has a column a line, `other` a column a field."""
    keep = [j for j in range(len(at)) if j in (0, len(at) - 1) or walls[:, j].any()]
    fields = [range(a, b) for a, b in pairwise(keep)]
    joined = np.stack([other[:, list(field)].any(axis=1) for field in fields], axis=1)
    return [at[j] for j in keep], walls[:, keep], joined
