"""Drawn pages as a PDF, written directly: content streams, one TrueType font named by glyph, pictures.

A PDF library would be one more dependency for a hundred lines, and matplotlib's backend turns this font into
drawings; what is written here is the plain way in which word processors embed a Chinese font.
"""

from __future__ import annotations

import tempfile
import zlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import Image

from scripts.samples.compose import Sample
from scripts.samples.drawn import Frame, Page, Text, lay_out
from scripts.samples.report_font import cut_font


def write_ruled(sample: Sample) -> bytes:
    """The report with a ruled frame around every cell."""
    return write_pages(lay_out(sample, ratio=picture_ratio), sample.text(), sample.title_line)


def write_unruled(sample: Sample) -> bytes:
    """The report without any ruling line: cells are known by their places alone."""
    pages = lay_out(sample, ruled=False, ratio=picture_ratio)
    return write_pages(pages, sample.text(), sample.title_line)


def write_long(sample: Sample) -> bytes:
    """The report on pages as tall as they need, to be stacked, as sites publish it in one long picture."""
    height = 400 + max(len(lay_out(sample, ratio=picture_ratio)), 1) * 842.0
    pages = lay_out(sample, height=height, numbered=False, ratio=picture_ratio)
    for page in pages:
        page.height = max(m.y if isinstance(m, Text) else m.top + m.height for m in page.marks) + 40
    return write_pages(pages, sample.text(), sample.title_line)


def picture_ratio(png: bytes) -> float:
    """A picture's height to its width."""
    with Image.open(BytesIO(png)) as picture:
        return picture.height / picture.width


class _Writer:
    """The objects of a PDF, numbered from 1."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def add(self, body: str | bytes) -> int:
        self.objects.append(body if isinstance(body, bytes) else body.encode("ascii"))
        return len(self.objects)

    def stream(self, data: bytes, entries: str = "") -> int:
        packed = zlib.compress(data, 9)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n"
        return self.add(head.encode("ascii") + packed + b"\nendstream")

    def file(self, root: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        out += f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R /Info {info} 0 R >>\n".encode()
        return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()


def write_pages(pages: list[Page], text: str, title: str) -> bytes:
    """Pages as a PDF whose font holds the characters of `text` and the figures."""
    writer = _Writer()
    font, glyphs = _font(writer, text + " -0123456789")
    tree = len(writer.objects) + 1
    writer.add(b"")  # the page tree, known once its pages are
    kids = [_page(writer, page, tree, font, glyphs) for page in pages]
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    writer.objects[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
    info = writer.add(b"<< /Title <FEFF" + title.encode("utf-16-be").hex().upper().encode() + b"> >>")
    return writer.file(writer.add(f"<< /Type /Catalog /Pages {tree} 0 R >>"), info)


def _page(writer: _Writer, page: Page, tree: int, font: int, glyphs: dict[str, int]) -> int:
    pictures: dict[str, int] = {}
    content = ["0.6 w"]
    for mark in page.marks:
        if isinstance(mark, Text):
            shown = "".join(f"{glyphs[char]:04X}" for char in mark.text)
            content.append(f"BT /F {mark.size} Tf {mark.x:.2f} {page.height - mark.y:.2f} Td <{shown}> Tj ET")
        else:
            content.append(_frame(writer, mark, page.height, pictures))
    stream = writer.stream("\n".join(content).encode("ascii"))
    named = " ".join(f"/{name} {number} 0 R" for name, number in pictures.items())
    resources = f"<< /Font << /F {font} 0 R >> /XObject << {named} >> >>"
    return writer.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {page.width:.2f} {page.height:.2f}]"
        f" /Resources {resources} /Contents {stream} 0 R >>"
    )


def _frame(writer: _Writer, frame: Frame, height: float, pictures: dict[str, int]) -> str:
    place = f"{frame.x:.2f} {height - frame.top - frame.height:.2f}"
    if frame.png is None:
        return f"{place} {frame.width:.2f} {frame.height:.2f} re S"
    name = f"P{len(pictures)}"
    pictures[name] = _picture(writer, frame.png)
    return f"q {frame.width:.2f} 0 0 {frame.height:.2f} {place} cm /{name} Do Q"


def _picture(writer: _Writer, png: bytes) -> int:
    with Image.open(BytesIO(png)) as opened:
        grey = opened.convert("L")
    size = f"/Width {grey.width} /Height {grey.height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return writer.stream(grey.tobytes(), f"/Type /XObject /Subtype /Image {size}")


def _font(writer: _Writer, text: str) -> tuple[int, dict[str, int]]:
    """The font's object, and the glyph that shows each character."""
    _, glyphs, inner = _embedded(writer, text)
    told = writer.stream(_to_unicode(glyphs))
    return writer.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Report /Encoding /Identity-H"
        f" /DescendantFonts [{inner} 0 R] /ToUnicode {told} 0 R >>"
    ), glyphs


@lru_cache(maxsize=4)
def _cut(text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        cut_font(text, Path(folder) / "font.ttf")
        return (Path(folder) / "font.ttf").read_bytes()


def _embedded(writer: _Writer, text: str) -> tuple[TTFont, dict[str, int], int]:
    """The font for a text, the glyph that shows each character, and the font's object but for its name."""
    data = _cut(text)
    font = TTFont(BytesIO(data))
    glyphs = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
    glyphs |= dict.fromkeys(set(text) - set(glyphs), 0)
    widths = " ".join(f"{gid} [{font['hmtx'][font.getGlyphName(gid)][0]}]" for gid in sorted(glyphs.values()))
    file = writer.stream(data, f"/Length1 {len(data)}")
    descriptor = writer.add(
        f"<< /Type /FontDescriptor /FontName /Report /Flags 4 /FontBBox [-100 -300 1100 1000] /ItalicAngle 0"
        f" /Ascent 880 /Descent -120 /CapHeight 730 /StemV 80 /FontFile2 {file} 0 R >>"
    )
    kind = "/Type /Font /Subtype /CIDFontType2 /BaseFont /Report /CIDToGIDMap /Identity /DW 1000"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    inner = writer.add(f"<< {kind} {system} /FontDescriptor {descriptor} 0 R /W [{widths}] >>")
    return font, glyphs, inner


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    lines = [f"<{g:04X}> <{c.encode('utf-16-be').hex().upper()}>" for c, g in sorted(glyphs.items()) if g]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    mapped = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Report def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{mapped}endcmap end end\n"
    ).encode("ascii")
