"""The two neural models that rapidocr brings inside its package: where text lines are, and what they say.

Both are loaded from the package's own folder by path, so nothing is looked for anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from rapidocr.ch_ppocr_det.utils import DBPostProcess, DetPreProcess

from ogi.arrays import Pixels
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.views import Rect

LOOK_ALIKE = ("0OoQ〇○◯０", "1lI|丨｜!１")
"""Characters that look the same: which one is meant only follows from the characters beside them."""


@dataclass(frozen=True)
class Glyph:
    """One recognised character, how sure the recogniser is of it (0-1), and its place across the crop (0-1).

    `alike`: how sure it is of this character or of one that looks the same (0 and O, 1 and l).
    """

    text: str
    confidence: float
    place: float
    alike: float


def text_of(line: Sequence[Glyph]) -> str:
    """Return the characters of a line in order."""
    return "".join(glyph.text for glyph in line)


def mean_of(line: Sequence[Glyph]) -> float:
    """Return the mean confidence of a line, 0 where nothing was read."""
    return float(np.mean([glyph.confidence for glyph in line])) if line else 0.0


@cache
def _models() -> Path:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("rapidocr")
    return Path(spec.origin).parent / "models"


@cache
def _session(kind: str) -> onnxruntime.InferenceSession:
    """The bundled model of that kind, det or rec, on the processor."""
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # only what is fatal
    options.enable_cpu_mem_arena = False  # gives memory back after each page
    # Threads that wait take no time from other workers.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    (model,) = _models().glob(f"*_{kind}_*.onnx")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


@cache
def _characters() -> tuple[str, ...]:
    """What each number of the recogniser's answer stands for; the first is no character, the last a space."""
    listed = _session("rec").get_modelmeta().custom_metadata_map["character"]
    return ("", *listed.splitlines(), " ")


@cache
def _look_alike() -> dict[int, list[int]]:
    """Number of a character → the numbers of all that look like it."""
    groups = ([i for i, c in enumerate(_characters()) if c and c in alike] for alike in LOOK_ALIKE)
    return {i: group for group in groups for i in group}


def find_lines(page: Pixels) -> list[Rect]:
    """The boxes of the text lines of a page, in no order. A tall picture is taken in overlapping tiles."""
    height, width = page.shape
    step, margin = round(SCAN.tile * width), round(SCAN.tile_overlap * width)
    if height <= step + 2 * margin:
        return _find_lines(page)
    found: list[Rect] = []
    for top in range(0, height, step):
        start = max(0, top - margin)
        for x0, y0, x1, y1 in _find_lines(page[start : top + step + margin]):
            if top <= start + (y0 + y1) / 2 < top + step:
                found.append((x0, start + y0, x1, start + y1))
    return found


def _find_lines(page: Pixels) -> list[Rect]:
    prepared = DetPreProcess(SCAN.detector_side, "min")(_shrunk(page))
    answer = _session("det").run(None, {"x": prepared})[0]
    # The numbers that rapidocr itself uses.
    found, _ = DBPostProcess(0.3, 0.5, 1000, 1.6, "fast", use_dilation=True)(answer, page.shape)
    return [
        (int(box[:, 0].min()), int(box[:, 1].min()), int(box[:, 0].max()), int(box[:, 1].max()))
        for box in found
    ]


def _shrunk(page: Pixels) -> Pixels:
    scale = min(1.0, SCAN.detector_side / min(page.shape))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), np.uint8)


def read_crops(crops: Sequence[Pixels]) -> list[list[Glyph]]:
    """What each crop of one text line says; crops of like width go through the recogniser together."""
    scaled = [_scaled(crop) for crop in crops]
    readings: list[list[Glyph]] = [[]] * len(crops)
    for batch in _batches([crop.shape[1] for crop in scaled]):
        width = max(scaled[i].shape[1] for i in batch)
        stack = np.zeros((len(batch), 3, SCAN.text_height, width), np.float32)
        for row, i in enumerate(batch):
            stack[row, :, :, : scaled[i].shape[1]] = scaled[i].astype(np.float32) / 127.5 - 1
        answer = _session("rec").run(None, {"x": stack})[0]
        for row, i in enumerate(batch):
            readings[i] = _decoded(answer[row], scaled[i].shape[1] / width)
    return readings


def _scaled(crop: Pixels) -> Pixels:
    high, wide = crop.shape
    width = min(SCAN.longest_text, max(SCAN.text_column, round(wide * SCAN.text_height / high)))
    method = cv2.INTER_AREA if high > SCAN.text_height else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(crop, (width, SCAN.text_height), interpolation=method), np.uint8)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in sorted(range(len(widths)), key=lambda i: widths[i]):
        if batch and widths[i] * (len(batch) + 1) > SCAN.batch_pixels:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _decoded(answer: NDArray[np.float32], share: float) -> list[Glyph]:
    """CTC: the likeliest character of each column, repeats taken once; `share` of the columns is the crop."""
    best = answer.argmax(axis=1)
    steps = len(best)
    glyphs: list[Glyph] = []
    for step in range(steps):
        if best[step] == 0 or (step and best[step] == best[step - 1]):
            continue
        place = min(1.0, (step + 0.5) / steps / share)
        alike = float(answer[step, _look_alike().get(best[step], [best[step]])].sum())
        glyphs.append(Glyph(_characters()[best[step]], float(answer[step, best[step]]), place, alike))
    return glyphs
