"""Small PDFs, written directly: text in a made-up font, strokes, fills, forms, odd pages.

Places are points from the top left corner of an upright page of 400 × 500, whatever its CropBox or turn.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib import get_data_path

Add = Callable[[str], int]
Stream = Callable[[str, str], int]

WIDTH, HEIGHT = 400.0, 500.0
SIZE = 10.0
BLACK, WHITE, BLUE = "0 0 0", "1 1 1", "0 0 0.6"
DIGITS = "0123456789"


def wide(text: str, size: float = SIZE) -> float:
    """How wide a text is set: ideographs are square, the rest is half as wide."""
    return sum(size if ord(char) > 0x2E7F else size / 2 for char in text)


@dataclass
class Page:
    """A page's content, drawn from the top left corner."""

    content: list[str] = field(default_factory=list)
    form: list[str] = field(default_factory=list)
    notes: list[tuple[str, float, float, str]] = field(default_factory=list)
    """Annotations: subtype, left end and baseline of their text."""

    def text(
        self, x: float, y: float, text: str, *, size: float = SIZE, colour: str = BLACK, mode: int = 0,
        matrix: str = "1 0 0 1", font: str = "F",
    ) -> Page:  # fmt: skip
        """A line of text by the left end of its baseline."""
        shown = text.encode("utf-16-be").hex().upper()
        place = f"{matrix} {x:.2f} {HEIGHT - y:.2f} Tm"
        self.content.append(f"BT /{font} {size} Tf {mode} Tr {colour} rg {place} <{shown}> Tj ET")
        return self

    def centred(self, left: float, right: float, y: float, text: str, **options: str) -> Page:
        return self.text((left + right - wide(text)) / 2, y, text, **options)  # type: ignore[arg-type]

    def stroke(
        self, x0: float, y0: float, x1: float, y1: float, *, dash: str = "[] 0 d", ink: str = BLACK
    ) -> Page:
        self.content.append(
            f"{ink} RG 0.5 w {dash} {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S"
        )
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, ink: str = BLACK) -> Page:
        self.content.append(f"{ink} rg {x0:.2f} {HEIGHT - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f")
        return self

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self.content.append(f"{BLACK} RG 0.5 w {x0:.2f} {HEIGHT - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S")
        return self

    def switched_off(self, x: float, y: float, text: str) -> Page:
        """A line of text in the layer that is off where the file has layers."""
        self.text(x, y, text)
        self.content[-1] = f"/OC /Off BDC {self.content[-1]} EMC"
        return self

    def picture(self, x0: float, y0: float, x1: float, y1: float, pixels: bytes, entries: str) -> Page:
        """A picture of one pixel a byte, or as its entries say."""
        place = f"{x1 - x0:.2f} 0 0 {y1 - y0:.2f} {x0:.2f} {HEIGHT - y1:.2f} cm"
        self.content.append(f"q {place} BI {entries} /F /AHx ID {pixels.hex()}> EI Q")
        return self

    def note(self, x: float, y: float, text: str, kind: str = "FreeText") -> Page:
        """An annotation that shows a line of text by the left end of its baseline."""
        self.notes.append((kind, x, y, text))
        return self

    def in_form(self, matrix: str = "2 0 0 2 0 0") -> Page:
        """All of it so far put into a form that is drawn at half its size, then doubled."""
        self.form = [f"q 0.5 0 0 0.5 0 0 cm {' '.join(self.content)} Q"]
        self.content = [f"q {matrix} cm /X Do Q"]
        return self


def written(
    *pages: Page, turn: int = 0, crop: str = "", title: str = "", encrypt: bool = False, to_unicode: str = "",
    layers: str = "", false: str = DIGITS, unit: float = 1.0,
) -> bytes:  # fmt: skip
    """The file. `crop`: a CropBox in PDF's own places; `to_unicode`: the CMap of the font G, else without.

    The font S is not embedded; L shows the digits `false` in place of 0 to 9.
    `layers`: which show at first; %d is that of Page.switched_off. `unit`: points that are counted as one.
    """
    objects: list[bytes] = [b"", b""]

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(objects)

    def stream(data: str, entries: str = "") -> int:
        raw = data.encode("latin-1")
        return add(f"<< /Length {len(raw)} {entries} >>\nstream\n".encode() + raw + b"\nendstream")

    known, told = stream(cmap()), stream(to_unicode) if to_unicode else 0
    named = {"F": _embedded(add, stream, known), "G": _embedded(add, stream, told), "S": _bare(add)}
    named["L"] = _embedded(add, stream, known, false)
    fonts = " ".join(f"/{name} {number} 0 R" for name, number in named.items())
    layer = add(b"<< /Type /OCG /Name (Off) >>")
    kids = []
    for page in pages:
        box = f"/BBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << {fonts} >> >>"
        form = stream("\n".join(page.form), f"/Type /XObject /Subtype /Form {box}")
        body = stream("\n".join([f"{1 / unit} 0 0 {1 / unit} 0 0 cm", *page.content]))
        notes = " ".join(f"{_note(add, stream, fonts, *note)} 0 R" for note in page.notes)
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH / unit} {HEIGHT / unit}]"
                f" /Rotate {turn} {crop} /UserUnit {unit}"
                f" /Resources << /Font << {fonts} >> /XObject << /X {form} 0 R >>"
                f" /Properties << /Off {layer} 0 R >> >> /Contents {body} 0 R /Annots [{notes}] >>"
            )
        )
    shown = f"/OCProperties << /OCGs [{layer} 0 R] /D << {layers.replace('%d', f'{layer} 0 R')} >> >>"
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {shown if layers else ''} >>".encode()
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
    info = add(b"<< /Title <FEFF" + title.encode("utf-16-be").hex().upper().encode() + b"> >>")
    key = "00" * 32
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<00> <00>]"
    return _file(objects, f"/Info {info} 0 R {locked if encrypt else ''}")


def _note(add: Add, stream: Stream, fonts: str, kind: str, x: float, y: float, text: str) -> int:
    shown = f"BT /F {SIZE} Tf 0 0 0 rg 0 4 Td <{text.encode('utf-16-be').hex()}> Tj ET"
    wide_ = wide(text)
    look = stream(
        shown, f"/Type /XObject /Subtype /Form /BBox [0 0 {wide_} 14] /Resources << /Font << {fonts} >> >>"
    )
    rect = f"[{x} {HEIGHT - y - 4} {x + wide_} {HEIGHT - y + 10}]"
    return add(f"<< /Type /Annot /Subtype /{kind} /F 4 /Rect {rect} /AP << /N {look} 0 R >> >>")


def _file(objects: list[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()


def _embedded(add: Add, stream: Stream, to_unicode: int, shown: str = DIGITS) -> int:
    """A font of digits, that shows other codes as boxes, blanks as nothing; `to_unicode`: what codes mean."""
    file = stream(_boxes().hex(), f"/Length1 {len(_boxes())} /Filter /ASCIIHexDecode")
    blank = {0x20, 0xA0, 0x3000}
    glyphs = {ord(digit): 2 + DIGITS.index(look) for digit, look in zip(DIGITS, shown, strict=True)}
    numbers = stream(
        "".join("0000" if code in blank else f"{glyphs.get(code, 1):04X}" for code in range(0x10000)),
        "/Filter /ASCIIHexDecode",
    )
    descriptor = add(f"{_descriptor('Box')} /FontFile2 {file} 0 R >>")
    inner = add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Box /DW 1000 /W [32 126 500]"
        f" /CIDToGIDMap {numbers} 0 R {_SYSTEM} /FontDescriptor {descriptor} 0 R >>"
    )
    return _whole_font(add, "Box", "Identity-H", inner, to_unicode)


def _bare(add: Add) -> int:
    """A Chinese font that is named and not embedded, as old word processors do."""
    descriptor = add(_descriptor("STSong-Light") + " >>")
    inner = add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /CIDSystemInfo"
        f" << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor {descriptor} 0 R >>"
    )
    return _whole_font(add, "STSong-Light", "UniGB-UCS2-H", inner, 0)


_SYSTEM = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


def _descriptor(name: str) -> str:
    return (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93"
    )


def _whole_font(add: Add, name: str, encoding: str, inner: int, to_unicode: int) -> int:
    told = f"/ToUnicode {to_unicode} 0 R" if to_unicode else ""
    return add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} {told}"
        f" /DescendantFonts [{inner} 0 R] >>"
    )


@cache
def _boxes() -> bytes:
    """A TrueType font: nothing, a box, and the ten digits of DejaVu Sans made half as wide as high."""
    pen = TTGlyphPen(None)
    for x, y in ((100, 0), (100, 700), (400, 700), (400, 0)):
        (pen.moveTo if (x, y) == (100, 0) else pen.lineTo)((x, y))
    pen.closePath()
    source = TTFont(Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "box": pen.glyph()}
    for digit in DIGITS:
        pen = TTGlyphPen(None)
        name, scale = source.getBestCmap()[ord(digit)], 1000 / source["head"].unitsPerEm
        across = 500 / source["hmtx"][name][0]
        source.getGlyphSet()[name].draw(TransformPen(pen, (across, 0, 0, scale, 0, 0)))
        glyphs[name] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({0x25A1: "box"})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Box", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.font.save(file)
    return file.getvalue()


def cmap(pairs: dict[str, str] | None = None) -> str:
    """A ToUnicode CMap: the text that stands for each code (written as a character), by default itself."""
    if pairs is None:
        blocks = [
            f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256) if not 0xD8 <= high < 0xE0
        ]
        kind = "range"
    else:
        blocks = [f"<{ord(c):04X}> <{text.encode('utf-16-be').hex().upper()}>" for c, text in pairs.items()]
        kind = "char"
    parts = [blocks[start : start + 100] for start in range(0, len(blocks), 100)]
    told = "".join(f"{len(p)} beginbf{kind}\n" + "\n".join(p) + f"\nendbf{kind}\n" for p in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Box def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{told}endcmap end end\n"
    )
