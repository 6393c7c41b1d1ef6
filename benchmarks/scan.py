"""Accuracy, speed and memory on scans: PDFs of known figures are drawn, turned, soiled, stamped and read.

python -m benchmarks.scan [FOLDER-OF-PDFS GOLDENS [SCANNER]]      (default: a few of data/samples)

Prints how many figures are right, the seconds a page takes and the peak memory, for each manner of scanning.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from helpers.extract.figures import figures_of
from helpers.extract.walk import walk
from helpers.readers.document import Document
from helpers.readers.scan import DOUBTFUL, read_pages
from helpers.readers.scan.pictures import PagePicture

ROOT = Path(__file__).resolve().parents[1]
FEW = 2
"""PDFs that are read where no folder is named."""


@dataclass(frozen=True)
class Scanner:
    """How a page is spoilt."""

    name: str
    dpi: int
    degrees: float
    quality: int
    noise: float = 0.0
    seal: bool = False
    gray: bool = False
    two_up: bool = False


SCANNERS = (
    Scanner("200 dpi", 200, 0.4, 85),
    Scanner("200 dpi, noise, seal", 200, -0.8, 75, 10, seal=True),
    Scanner("150 dpi, 1.5 degrees, noise", 150, 1.5, 60, 12),
    Scanner("150 dpi, noise, seal", 150, -1.2, 60, 8, seal=True),
    Scanner("150 dpi, grey, seal", 150, -1.2, 70, 8, seal=True, gray=True),
    Scanner("200 dpi, two pages a sheet", 200, 0.7, 75, 6, two_up=True),
)


def sheets(path: Path, scanner: Scanner, seed: int = 1) -> Iterator[PagePicture]:
    """The pages of a PDF as that scanner gives them."""
    rng = np.random.default_rng(seed)
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.render(scale=scanner.dpi / 72).to_pil().convert("RGB") for page in document]
    if scanner.two_up:
        pages = [_side_by_side(pages[i : i + 2]) for i in range(0, len(pages), 2)]
    for number, page in enumerate(pages, 1):
        yield PagePicture(number, _spoilt(page, scanner, rng), 72 / scanner.dpi)


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (2 * pages[0].width, pages[0].height), "white")
    for i, page in enumerate(pages):
        sheet.paste(page, (i * pages[0].width, 0))
    return sheet


def _spoilt(page: Image.Image, scanner: Scanner, rng: np.random.Generator) -> np.ndarray:
    if scanner.seal:
        page = _stamped(page, scanner.dpi, rng)
    turned = page.rotate(scanner.degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")
    pixels = np.asarray(turned.convert("L") if scanner.gray else turned, np.float32) * 0.94
    pixels = np.clip(pixels + rng.normal(0, scanner.noise, pixels.shape), 0, 255).astype(np.uint8)
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, "JPEG", quality=scanner.quality)
    return np.array(Image.open(written))


def _stamped(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A round red seal, 40 mm wide, multiplied over a place in the upper half of the page."""
    wide = round(40 / 25.4 * dpi)
    seal = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(seal)
    x = int(rng.uniform(0.1, 0.6) * page.width)
    y = int(rng.uniform(0.1, 0.45) * page.height)
    draw.ellipse((x, y, x + wide, y + wide), outline=(214, 32, 40), width=round(0.05 * dpi))
    points = [
        (x + wide / 2 + r * np.sin(a), y + wide / 2 - r * np.cos(a))
        for k in range(10)
        for r, a in [((0.16, 0.07)[k % 2] * wide, k * np.pi / 5)]
    ]
    draw.polygon(points, fill=(214, 32, 40))
    for k in range(14):
        a = -2.2 + k * 4.4 / 13
        cx, cy = x + wide / 2 + 0.37 * wide * np.sin(a), y + wide / 2 - 0.37 * wide * np.cos(a)
        draw.rectangle(
            (cx - 0.04 * wide, cy - 0.045 * wide, cx + 0.04 * wide, cy + 0.045 * wide),
            outline=(214, 32, 40),
            width=3,
        )
    return Image.fromarray(
        (np.asarray(page, np.float32) * np.asarray(seal, np.float32) / 255).astype(np.uint8)
    )


def judge(document: Document, truth: dict[str, tuple[str, float | None]], year: int) -> Counter[str]:
    """How many figures are right, marked (right or wrong below), missing, or wrong without a mark."""
    figures, _, _ = figures_of(walk(document), year)
    found = {figure.id: figure for figure in figures}
    count: Counter[str] = Counter()
    for name, (state, value) in truth.items():
        figure = found.get(name)
        if figure is None or figure.state == "absent":
            kind = "right" if state == "absent" else "missing"
        else:
            right = figure.state == state and figure.value == value
            marked = figure.confidence < DOUBTFUL or (figure.state == "unreadable" and state != "unreadable")
            kind = (
                ("right" if right else "WRONG")
                if not marked
                else ("right, marked" if right else "wrong, marked")
            )
        count[kind] += 1
        if kind not in ("right", "missing"):
            print(f"      {kind}: {name} {state} {value} printed {figure.printed!r} {figure.confidence}")
    return count


def truths(reports: Path, goldens: Path) -> Iterator[tuple[Path, int, dict[str, tuple[str, float | None]]]]:
    """Each PDF with its year and its true figures (state and value by id)."""
    if goldens.is_file():
        for name, one in json.loads(goldens.read_text(encoding="utf-8")).items():
            if name.endswith(".pdf"):
                yield reports / name, one["year"], {k: ("reported", v) for k, v in one["figures"].items()}
        return
    for path in sorted(reports.glob("*/*.pdf")):
        one = json.loads((goldens / path.parent.name / f"{path.stem}.json").read_text(encoding="utf-8"))
        yield path, one["year"], {k: (v[0], v[1]) for k, v in one["figures"].items()}


def main(reports: Path, goldens: Path, only: str = "", most: int | None = None) -> None:
    """Print a line per scanner, and one per report."""
    for scanner in SCANNERS:
        if only not in scanner.name:
            continue
        total: Counter[str] = Counter()
        seconds, cpu, pages = time.perf_counter(), time.process_time(), 0
        for path, year, truth in islice(truths(reports, goldens), most):
            pictures = list(sheets(path, scanner))
            pages += len(pictures)
            document = Document(path, "ocr", tuple(read_pages(pictures)))
            count = judge(document, truth, year)
            print(f"   {scanner.name} {path.parent.name}/{path.name} {dict(count)}", flush=True)
            total += count
        seconds, cpu = (time.perf_counter() - seconds) / pages, (time.process_time() - cpu) / pages
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        spent = f"{seconds:.1f} s ({cpu:.1f} of processor) a page, peak {peak:.0f} MB"
        print(f"{scanner.name}: {dict(total)} {spent}", flush=True)


if __name__ == "__main__":
    where = [Path(argument) for argument in sys.argv[1:3]] or [ROOT / "data/samples", ROOT / "tests/golden"]
    main(where[0], where[1], *sys.argv[3:4], most=None if sys.argv[1:] else FEW)
