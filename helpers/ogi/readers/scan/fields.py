"""Cells whose places are known from elsewhere, read on a picture of their page."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from ogi.arrays import Pixels
from ogi.readers.lattice import LatticeCell
from ogi.readers.scan.cells import read_cells
from ogi.readers.scan.ink import without_ruling
from ogi.readers.scan.ruling import RuledTable
from ogi.readers.scan.seals import without_seals
from ogi.readers.scan.views import View, levelled


def read_fields(
    picture: Pixels, boxes: Sequence[tuple[float, float, float, float]], scale: float
) -> list[tuple[str, float]]:
    """What stands in boxes on a picture, and how sure that is.

    Boxes are x0, top, x1, bottom in points; the picture has `scale` pixels to the point. They may hold
    nothing but print, no ruling line. A text is empty where a box holds no print.
    """
    gray = levelled(without_seals(picture).gray)
    height, width = gray.shape
    frames = np.zeros_like(gray)  # print that runs over a frame may go on beyond the cell
    cells, xs, ys = [], [], []
    for i, box in enumerate(boxes):
        x0, y0, x1, y1 = (max(0, round(scale * side)) for side in box)
        x1, y1 = max(min(x1, width), x0 + 1), max(min(y1, height), y0 + 1)
        cells.append(LatticeCell(2 * i, 2 * i, 2 * i + 1, 2 * i + 1))
        xs += [x0, x1]
        ys += [y0, y1]
        cv2.rectangle(frames, (x0, y0), (x1 - 1, y1 - 1), (255,), 1)
    page = without_ruling(View(gray, np.eye(3), scale), frames)
    read = read_cells(page, RuledTable(tuple(cells), tuple(xs), tuple(ys)))
    return [(cell.text, cell.confidence) for cell in read]
