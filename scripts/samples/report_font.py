"""A Chinese font cut down to the characters of one report, for its PDF.

The font must hold no other characters: Chromium names a glyph by the first code point of the font that shows
it, and the whole font shows 文 also for the radical U+2F42, which would then stand in the PDF's text.
Outlines become TrueType, since Chromium would embed the font's own kind as drawings (Type 3).
"""

from __future__ import annotations

from pathlib import Path

import noto_cjk_sans_otc
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

COLLECTION = Path(noto_cjk_sans_otc.__file__).with_name("NotoSansCJK-Regular.ttc")
FACE = "Noto Sans CJK SC"
MAX_ERROR = 1.0
"""How far a TrueType outline may be from the original, in units of the em's thousandth."""
KEPT = ("OS/2", "cmap", "head", "hhea", "hmtx", "name")


def cut_font(text: str, path: Path) -> None:
    """Write a font that shows the characters of `text` and no others."""
    options = Options()
    options.layout_features = []
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GPOS", "GSUB"]
    options.hinting = False
    font = _face()
    cutter = Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    _to_truetype(font)
    font.save(path)


def _face() -> TTFont:
    faces = TTCollection(COLLECTION, lazy=True).fonts
    face = next(face for face in faces if face["name"].getDebugName(1) == FACE)
    face.recalcTimestamp = False
    return face


def _to_truetype(font: TTFont) -> None:
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    for tag in [tag for tag in font.keys() if tag not in (*KEPT, "GlyphOrder")]:  # noqa: SIM118 - no mapping
        del font[tag]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    font["maxp"], font["post"] = _maxp(len(order)), _post()
    font.sfntVersion = "\x00\x01\x00\x00"


def _maxp(count: int) -> object:
    table = newTable("maxp")
    table.tableVersion, table.numGlyphs = 0x00010000, count
    zeros = "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements"
    for name in (*zeros.split(), "maxSizeOfInstructions", "maxComponentElements"):
        setattr(table, name, 0)
    table.maxZones = 1
    return table


def _post() -> object:
    table = newTable("post")
    table.formatType, table.italicAngle, table.isFixedPitch = 3.0, 0.0, 0
    table.underlinePosition, table.underlineThickness = -100, 50
    table.minMemType42 = table.maxMemType42 = table.minMemType1 = table.maxMemType1 = 0
    return table
