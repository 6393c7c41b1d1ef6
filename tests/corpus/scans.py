"""Reports as scanners, copiers and telephones hand them over: pictures of pages, turned, noisy, stamped."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from scripts.samples import drawn_pdf, pdf
from scripts.samples.compose import Sample

UNDATED = time.gmtime(946_684_800)
RED = (205, 35, 40)


@dataclass(frozen=True)
class Scan:
    """How pages become pictures. `degrees`: the most a page is turned; `noise`: in grey levels."""

    name: str
    dpi: int = 200
    degrees: float = 0.3
    noise: float = 1.5
    quality: int = 50
    """Of the JPEG that every page goes through."""
    seal: bool = False
    two_up: bool = False
    long: bool = False
    """One tall picture of the whole report."""
    extension: str = "pdf"


SCANS = {
    scan.name: scan
    for scan in (
        Scan("scan_200"),
        Scan("scan_150", dpi=150),
        Scan("scan_turned", dpi=150, degrees=1.5),
        Scan("scan_noisy", noise=9, quality=35),
        Scan("scan_seal", seal=True),
        Scan("scan_two_up", two_up=True),
        Scan("scan_poor", dpi=150, degrees=1.5, noise=8, quality=40, seal=True),
        Scan("scan_png", dpi=150, long=True, extension="png"),
        Scan("scan_jpg", dpi=150, degrees=0.5, long=True, extension="jpg"),
        Scan("scan_tiff", dpi=150, extension="tiff"),
    )
}


def write(sample: Sample, scan: Scan, rng: random.Random, *, drawn: bool = False) -> bytes:
    """A report as that scan shows it; there is no text in the file. `drawn`: printed without a browser."""
    source = rng.choice((drawn_pdf.write_ruled, drawn_pdf.write_ruled if drawn else pdf.write))
    source = drawn_pdf.write_long if scan.long else source
    pages = [_spoilt(page, scan, rng) for page in _sheets(source(sample), scan)]
    buffer = BytesIO()
    first, *others = pages
    if scan.extension == "pdf":
        first.save(
            buffer, "PDF", save_all=True, append_images=others, resolution=scan.dpi, quality=scan.quality,
            creationDate=UNDATED, modDate=UNDATED,
        )  # fmt: skip
    elif scan.extension == "tiff":
        first.save(
            buffer, "TIFF", save_all=True, append_images=others, compression="tiff_lzw", dpi=(scan.dpi,) * 2
        )
    else:
        first.save(buffer, {"png": "PNG", "jpg": "JPEG"}[scan.extension], dpi=(scan.dpi,) * 2, optimize=True)
    return buffer.getvalue()


def _sheets(printed: bytes, scan: Scan) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(printed) as document:
        pages = [page.render(scale=scan.dpi / 72).to_pil().convert("L") for page in document]
    step = 2 if scan.two_up else 1
    for start in range(0, len(pages), step):
        width, height = pages[start].size
        sheet = Image.new("L", (width * step, height), 255)
        for place, page in enumerate(pages[start : start + step]):
            sheet.paste(page, (place * width, 0))
        yield sheet


def _spoilt(page: Image.Image, scan: Scan, rng: random.Random) -> Image.Image:
    spoilt = _stamped(page, scan.dpi, rng) if scan.seal else page
    angle = rng.uniform(0.6, 1.0) * scan.degrees * rng.choice((-1, 1))
    white: int | tuple[int, ...] = 255 if spoilt.mode == "L" else (255, 255, 255)
    spoilt = spoilt.rotate(angle, Image.Resampling.BICUBIC, fillcolor=white)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, scan.noise, np.asarray(spoilt).shape[:2])
    pixels = np.asarray(spoilt, np.float32) * 0.96
    pixels += noise if pixels.ndim == 2 else noise[:, :, None]
    if scan.extension in ("png", "tiff"):
        pixels = np.round(pixels / 34) * 34  # eight greys, as scanners save such files
    scanned = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if scan.extension in ("png", "tiff"):
        return scanned
    buffer = BytesIO()
    scanned.save(buffer, "JPEG", quality=scan.quality)
    return Image.open(buffer)


def _stamped(page: Image.Image, dpi: int, rng: random.Random) -> Image.Image:
    """A round red seal of 42 mm over a table: ring, star, and signs along the rim."""
    size = round(42 / 25.4 * dpi)
    x = round(rng.uniform(0.1, 0.85) * (page.width - size))
    y = round(rng.uniform(0.25, 0.7) * (page.height - size))
    ink = Image.new("RGB", page.size, (255, 255, 255))
    pen = ImageDraw.Draw(ink)
    pen.ellipse((x, y, x + size, y + size), outline=RED, width=round(0.045 * dpi))
    centre = (x + size / 2, y + size / 2)
    pen.polygon([_at(centre, size * (0.17 if k % 2 == 0 else 0.07), k * math.pi / 5) for k in range(10)], RED)
    for sign in range(12):
        left, top = _at(centre, size * 0.38, -2.1 + sign * 0.382)
        half = size * 0.04
        pen.rectangle((left - half, top - half, left + half, top + half), outline=RED, width=3)
        pen.line((left - half, top, left + half, top), RED, 2)
    return ImageChops.multiply(page.convert("RGB"), ink)


def _at(centre: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)
