"""Pictures of printed cells with what names them; pictures as data URIs."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from ogi.readers import pictures
from ogi.readers.document import Box, UnreadableFile

LARGEST = 9_000
"""Bytes: 12 kB as a data URI."""
# Sharp on a screen of twice the pixels; then each a fifth less, down to print that can just be read.
_DPIS = (130, 104, 84, 66)
_PAD, _HEAD, _NARROWEST, _JOINT = 3.0, 90.0, 100.0, 7
"""Points around the cells; points above a line that has no labels beside it, and how wide it is at least;
pixels between rows that are not neighbours on the page."""
# Darker than the grey of a shaded row, lighter than the edges of small print.
_INK = 140
# A thin rule is drawn in grey, a shaded cell is lighter.
_RULED = 215
# Points: the heads of vertical words (社会公益组织) are as high.
_HIGHEST = 160.0
_MEANT = "#0f5c94"
_RULE = "#9aa5ae"

Span = tuple[float, float]
# From what cannot be told from the page to what can just be read.
_JPEG_QUALITIES = (75, 55, 40, 25)
# Print has few colours: so many keep a seal, its red among them, and the edges of letters smooth.
_COLOURS, _GREYS = 32, 8


def clipping(path: Path, cells: Sequence[Box], edges: Sequence[float]) -> str | None:
    """The cells, all of one page, with the labels of their rows, as a data URI of at most LARGEST bytes.

    `edges`: where the cells with figures of the table begin, in points; what is printed left of the first are
    labels, and no cell is cut through.
    Rows between the cells are left out. None where the page cannot be drawn.
    """
    try:
        for dpi in _DPIS:
            picture = _drawn(path, cells, edges, dpi)
            uri = _in_few(picture.convert("L"), _GREYS, LARGEST)
            if uri is not None:
                return uri
    except (UnreadableFile, ValueError):
        return None
    return data_uri(picture, LARGEST)


def named_cell(
    path: Path, cell: Box, beside: Sequence[Box], first: Box, above: float, edges: Sequence[float]
) -> Image.Image:
    """One cell, outlined, with the label of its row, and above it the head of its column.

    `beside`: the cells of its row that are shown with it where the row has no label, the cell among them;
    `first`: the topmost cell of its column, maybe on an earlier page, with no figure between it and `above`;
    `edges`: as for `clipping`. Faults as for `pictures.cell_picture`.
    """
    box = Box(cell.page, 0, cell.top - _PAD, max(one.x1 for one in beside) + _PAD, cell.bottom + _PAD)
    row = pictures.cell_picture(path, box, _DPIS[0], margin=0)
    top, right = max(box.top, 0.0), min(box.x1, pictures.page_size(path, cell.page)[0])
    scale = row.width / right
    strip = row.crop((0, 0, round(max(min(edges) - 1, 1) * scale), row.height))
    labels = _labels(strip, [((cell.top - top) * scale, (cell.bottom - top) * scale)])
    shown, topmost = ([cell], [first]) if labels is not None else (beside, beside)
    # A point wider, for a box may lie close around its digits.
    sides = [(cell.x0 - 1, cell.top - top - 1), (cell.x1 + 1, cell.bottom - top + 1)]
    ImageDraw.Draw(row).rectangle([(x * scale, y * scale) for x, y in sides], outline=_MEANT, width=2)
    left, end = (round(scale * x) for x in (min(b.x0 for b in shown) - _PAD, max(b.x1 for b in shown) + _PAD))
    cells = row.crop((max(left, 0), 0, min(end, row.width), row.height))
    label = row.crop((0, 0, 0, 0)) if labels is None else row.crop((*_from_left(labels), row.height))
    return _under(_head_above(path, topmost, above), label, cells)


def _from_left(span: Span) -> tuple[int, int, int]:
    return round(span[0]), 0, round(span[1])


def _head_above(path: Path, cells: Sequence[Box], above: float) -> Image.Image:
    """What is printed above cells of one row, from the topmost rule below `above` that goes across."""
    x0, x1 = min(one.x0 for one in cells) - _PAD, max(one.x1 for one in cells) + _PAD
    top = min(one.top for one in cells)
    head = pictures.cell_picture(
        path,
        Box(cells[0].page, x0, max(top - _HIGHEST, min(above + _PAD, top - 1)), x1, top),
        _DPIS[0],
        margin=0,
    )
    grey = ImageOps.grayscale(head)
    # The ends lie beside the column, where a rule of its neighbour may end.
    darkest = [
        max(grey.crop((head.width // 8, y, head.width * 7 // 8, y + 1)).tobytes()) for y in range(head.height)
    ]
    rules = [y for y, level in enumerate(darkest) if level < _RULED]
    start = rules[0] if rules else max(0, head.height - round(_HEAD * _DPIS[0] / 72))
    return head.crop((0, start, head.width, head.height))


def _under(head: Image.Image, label: Image.Image, cells: Image.Image) -> Image.Image:
    """The head above the cells, the label at their left."""
    size = label.width + max(head.width, cells.width), head.height + cells.height
    sheet = Image.new("RGB", size, "white")
    sheet.paste(head, (label.width, 0))
    sheet.paste(label, (0, head.height))
    sheet.paste(cells, (label.width, head.height))
    return sheet


def _drawn(path: Path, cells: Sequence[Box], edges: Sequence[float], dpi: float) -> Image.Image:
    page = cells[0].page
    bands = list(_bands(cells))
    width, height = pictures.page_size(path, page)
    if any(box.x0 >= width or box.top >= height for box in cells):
        raise ValueError(f"{path}: expected cells on page {page} ({width:g} × {height:g}), found {cells}")
    top = max(0.0, bands[0][0][0] - (_HEAD if len(bands) == 1 else _PAD))
    right, bottom = min(width, max(box.x1 for box in cells) + _PAD), min(height, bands[-1][0][1] + _PAD)
    region = pictures.cell_picture(path, Box(page, 0, top, right, bottom), dpi, margin=0)
    scale = region.width / right
    strip = region.crop((0, 0, round(max(min(edges) - 1, 1) * scale), region.height))
    rows = [((down - top) * scale, (up - top) * scale) for (down, up), _ in bands]
    labels = _labels(strip, rows)
    if labels is None:
        first = min(span[0] for _, span in bands)
        least = right - _NARROWEST
        whole = max((edge for edge in edges if edge <= least), default=least)
        left = max(0.0, min(first, whole) - _PAD) * scale
        return region.crop((round(left), 0, region.width, region.height))
    spans = [(x0 * scale, x1 * scale) for _, (x0, x1) in bands]
    return _stacked(region, labels, rows, spans, _PAD * scale)


def _bands(cells: Sequence[Box]) -> Iterator[tuple[Span, Span]]:
    """The rows that the cells lie in, from above: each from top to bottom, and from left to right."""
    row: list[Box] = []
    for box in sorted(cells, key=lambda box: (box.top + box.bottom) / 2):
        if row and (box.top + box.bottom) / 2 > max(one.bottom for one in row):
            yield _around(row)
            row = []
        row.append(box)
    yield _around(row)


def _around(row: list[Box]) -> tuple[Span, Span]:
    return (
        (min(box.top for box in row), max(box.bottom for box in row)),
        (min(box.x0 for box in row), max(box.x1 for box in row)),
    )


def _labels(strip: Image.Image, rows: list[Span]) -> Span | None:
    """From where to where there is print beside the rows, in pixels; None where there is none."""
    dark = ImageOps.grayscale(strip).point(lambda level: 255 if level < _INK else 0)
    boxes = (dark.crop((0, round(top), dark.width, round(bottom))).getbbox() for top, bottom in rows)
    # A twentieth of the strip: less is a rule of the table or the edge of a character.
    starts = [box[0] for box in boxes if box is not None and box[2] - box[0] > dark.width / 20]
    return (min(starts), strip.width) if starts else None


def _stacked(
    region: Image.Image, labels: Span, rows: list[Span], spans: list[Span], pad: float
) -> Image.Image:
    """Each row's labels and cells side by side, the rows below each other, a line where some are left out."""
    parts = []
    for (top, bottom), (left, right) in zip(rows, spans, strict=True):
        above, below = round(top - pad / 2), round(bottom + pad / 2)
        label = region.crop((round(labels[0]), above, round(labels[1]), below))
        parts.append((label, region.crop((round(left - pad / 2), above, round(right + pad / 2), below))))
    gaps = [0, *(_JOINT if after[0] - before[1] > 2 * pad else 0 for before, after in pairwise(rows))]
    width = max(label.width + cells.width for label, cells in parts)
    sheet = Image.new("RGB", (width, sum(label.height for label, _ in parts) + sum(gaps)), "white")
    y = 0
    for (label, cells), gap in zip(parts, gaps, strict=True):
        if gap:
            ImageDraw.Draw(sheet).line((0, y + gap // 2, width, y + gap // 2), fill=_RULE)
        sheet.paste(label, (0, y + gap))
        sheet.paste(cells, (label.width, y + gap))
        y += gap + label.height
    return sheet


def data_uri(picture: Image.Image, largest: int) -> str:
    """The picture as a data URI of at most `largest` bytes: in few colours, else JPEG, else smaller."""
    uri = _in_few(picture, _COLOURS, largest)
    if uri is not None:
        return uri
    for quality in _JPEG_QUALITIES:
        drawn = _saved(picture, format="JPEG", quality=quality, optimize=True)
        if len(drawn) <= largest:
            return _uri("jpeg", drawn)
    smaller = max(1, picture.width * 2 // 3), max(1, picture.height * 2 // 3)
    return data_uri(picture.resize(smaller), largest)


def _in_few(picture: Image.Image, colours: int, largest: int) -> str | None:
    """The picture in so many colours; None where it is larger."""
    drawn = _saved(picture.quantize(colours), format="PNG", optimize=True)
    return _uri("png", drawn) if len(drawn) <= largest else None


def _saved(picture: Image.Image, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, **options)  # type: ignore[arg-type]
    return written.getvalue()


def _uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
