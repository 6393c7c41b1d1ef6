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
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

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
    copied: bool = False
    """Photocopied in grey after it was sealed."""
    stroke: int = 3
    """Pixels that the strokes of the seal's signs are wide."""
    through: float = 0.0
    """How much of the back of each sheet shows through (0 to 1 of its darkness)."""
    photo: bool = False
    """Taken by hand: aslant, in uneven light, on a dark table."""
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
        Scan("scan_copied", noise=4, quality=45, seal=True, copied=True, stroke=6),
        Scan("scan_through", degrees=0.8, noise=4, quality=45, through=0.3),
        Scan("scan_photo", degrees=1.0, noise=3, quality=60, photo=True),
    )
}


def write(sample: Sample, scan: Scan, rng: random.Random, *, drawn: bool = False) -> bytes:
    """A report as that scan shows it; there is no text in the file. `drawn`: printed without a browser."""
    source = rng.choice((drawn_pdf.write_ruled, drawn_pdf.write_ruled if drawn else pdf.write))
    source = drawn_pdf.write_long if scan.long else source
    return scanned(source(sample), scan, rng)


def scanned(printed: bytes, scan: Scan, rng: random.Random) -> bytes:
    """A PDF as that scan shows it: a file of the scan's own extension."""
    pages = [_spoilt(page, scan, rng) for page in _sheets(printed, scan)]
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
    pages = [_stacked(pages)] if scan.long else pages
    step = 2 if scan.two_up else 1
    for start in range(0, len(pages), step):
        width, height = pages[start].size
        sheet = Image.new("L", (width * step, height), 255)
        for place, page in enumerate(pages[start : start + step]):
            sheet.paste(page, (place * width, 0))
        back = pages[(start + 1) % len(pages)]
        yield _shown_through(sheet, back, scan.through) if scan.through else sheet


def _stacked(pages: list[Image.Image]) -> Image.Image:
    """Pages one below the other."""
    whole = Image.new("L", (pages[0].width, sum(page.height for page in pages)), 255)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def _shown_through(sheet: Image.Image, back: Image.Image, share: float) -> Image.Image:
    """A sheet with what is printed on its back, mirrored, blurred by the paper."""
    mirrored = ImageOps.mirror(back.resize(sheet.size)).filter(ImageFilter.GaussianBlur(1.2))
    return ImageChops.multiply(sheet, mirrored.point(lambda level: round(255 - share * (255 - level))))


def _spoilt(page: Image.Image, scan: Scan, rng: random.Random) -> Image.Image:
    spoilt = _stamped(page, scan, rng) if scan.seal else page
    spoilt = spoilt.convert("L") if scan.copied else spoilt
    angle = rng.uniform(0.6, 1.0) * scan.degrees * rng.choice((-1, 1))
    white: int | tuple[int, ...] = 255 if spoilt.mode == "L" else (255, 255, 255)
    spoilt = spoilt.rotate(angle, Image.Resampling.BICUBIC, fillcolor=white)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, scan.noise, np.asarray(spoilt).shape[:2])
    pixels = np.asarray(_photographed(spoilt, rng) if scan.photo else spoilt, np.float32) * 0.96
    pixels += noise if pixels.ndim == 2 else noise[:, :, None]
    if scan.extension in ("png", "tiff"):
        pixels = np.round(pixels / 34) * 34  # eight greys, as scanners save such files
    picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if scan.extension in ("png", "tiff"):
        return picture
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=scan.quality)
    return Image.open(buffer)


def _photographed(page: Image.Image, rng: random.Random) -> Image.Image:
    """A page seen aslant: its corners up to 3 % off, one side of it in the shade."""
    width, height = page.size
    off = [(rng.uniform(0, 0.03) * width, rng.uniform(0, 0.03) * height) for _ in range(4)]
    seen = [
        (abs(x - dx), abs(y - dy))
        for (x, y), (dx, dy) in zip(((0, 0), (width, 0), (width, height), (0, height)), off, strict=True)
    ]
    corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    rows = [
        row
        for (x, y), (u, v) in zip(seen, corners, strict=True)
        for row in ((x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y))
    ]
    way = np.linalg.solve(np.array(rows, float), np.array(corners, float).ravel())
    size, method = page.size, Image.Transform.PERSPECTIVE
    warped = page.transform(size, method, way.tolist(), Image.Resampling.BICUBIC, fillcolor=70)
    light = np.linspace(rng.uniform(0.65, 0.85), 1.0, width)[:: rng.choice((-1, 1))]
    shaded = np.asarray(warped, np.float32) * light.astype(np.float32)
    return Image.fromarray(shaded.astype(np.uint8))


def _stamped(page: Image.Image, scan: Scan, rng: random.Random) -> Image.Image:
    """A round red seal of 42 mm over a table: ring, star, and signs along the rim."""
    dpi = scan.dpi
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
        pen.rectangle((left - half, top - half, left + half, top + half), outline=RED, width=scan.stroke)
        pen.line((left - half, top, left + half, top), RED, scan.stroke - 1)
    return ImageChops.multiply(page.convert("RGB"), ink)


def _at(centre: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)
