"""Odd ways in which a PDF shows a number: of each its content stream, and what of it shows.

Tricks that no browser or word processor plays: clips, layers, fonts that lie, drawings, annotations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from scripts.samples.drawn import Page, Text, lay_out, wide
from scripts.samples.drawn_pdf import _embedded, _frame, _to_unicode, _Writer
from tests.corpus.manners.marked import GONE, LOST, SAME, Marked, has_two_sides

_LIES = str.maketrans("0123456789", "8317240965")
"""What the font L says that its digits are."""
_FORM = "/Type /XObject /Subtype /Form"


class Place(NamedTuple):
    """A number to be shown: the left end and baseline of it, and the size of its type."""

    number: str
    other: str
    x: float
    y: float
    size: float

    @property
    def width(self) -> float:
        return wide(self.number, self.size)


@dataclass
class Ink:
    """The file being written: its fonts, and the objects that tricks add to the page."""

    writer: _Writer
    font: TTFont
    glyphs: dict[str, int]
    fonts: dict[str, int]
    objects: dict[str, int] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)

    def text(
        self,
        place: Place,
        text: str = "",
        *,
        font: str = "F",
        before: str = "",
        matrix: str = "",
        x: float = 0,
    ) -> str:
        """A text object; `x`: points from the place."""
        shown = "".join(f"{self.glyphs[char]:04X}" for char in text or place.number)
        at = f"{matrix or '1 0 0 1'} {place.x + x:.2f} {place.y:.2f} Tm"
        return f"q {before} BT /{font} {place.size} Tf {at} <{shown}> Tj ET Q"

    def beside(self, place: Place, **options: str) -> str:
        """The number as usual, and the other one behind it in some way."""
        return self.text(place) + " " + self.text(place, place.other, x=place.width, **options)

    def box(self, place: Place, ink: str) -> str:
        """A filled rectangle over the number."""
        return (
            f"q {ink} {place.x - 1:.2f} {place.y - 2:.2f} {place.width + 2:.2f} {place.size + 2:.2f} re f Q"
        )

    def outline(self, text: str) -> str:
        """The outlines of digits one behind the other, a thousand units high."""
        names, left, parts = self.font.getBestCmap(), 0, []
        for char in text:
            name = names[ord(char)]
            pen = _PathPen(self.font.getGlyphSet())
            self.font.getGlyphSet()[name].draw(pen)
            parts.append(f"q 1 0 0 1 {left} 0 cm {' '.join(pen.path)} f Q")
            left += self.font["hmtx"][name][0]
        return " ".join(parts)

    def picture(self, place: Place) -> str:
        """The number as an image of 300 dpi."""
        high = round(place.size * 300 / 72)
        face = ImageFont.truetype(BytesIO(_saved(self.font)), high)
        image = Image.new("L", (round(face.getlength(place.number)) + 4, round(1.3 * high)), 255)
        ImageDraw.Draw(image).text((2, high), place.number, fill=0, font=face, anchor="ls")
        size = f"/Width {image.width} /Height {image.height} /ColorSpace /DeviceGray /BitsPerComponent 8"
        number = self.writer.stream(image.tobytes(), f"/Type /XObject /Subtype /Image {size}")
        scale = 72 / 300
        below = (image.height - high) * scale
        return (
            f"q {image.width * scale:.2f} 0 0 {image.height * scale:.2f} {place.x:.2f} {place.y - below:.2f} cm"
            f" /{self.named(number)} Do Q"
        )

    def form(self, content: str) -> str:
        """The content drawn as a form."""
        number = self.writer.stream(
            content.encode(), f"{_FORM} /BBox [0 0 600 850] /Resources {self.resources()}"
        )
        return f"/{self.named(number)} Do"

    def named(self, number: int) -> str:
        name = f"X{len(self.objects)}"
        self.objects[name] = number
        return name

    def note(self, place: Place, kind: str, look: str, more: str = "") -> str:
        """An annotation over the number; its look is drawn in the page's own points."""
        box = f"[{place.x - 1:.2f} {place.y - 2:.2f} {place.x + place.width + 3:.2f} {place.y + place.size:.2f}]"
        drawn = (
            self.writer.stream(look.encode(), f"{_FORM} /BBox {box} /Resources {self.resources()}")
            if look
            else 0
        )
        shown = f"/AP << /N {drawn} 0 R >>" if look else ""
        self.notes.append(
            self.writer.add(f"<< /Type /Annot /Subtype /{kind} /F 4 /Rect {box} {shown} {more} >>")
        )
        return ""

    def resources(self) -> str:
        fonts = " ".join(f"/{name} {number} 0 R" for name, number in self.fonts.items() if name != "off")
        drawn = " ".join(f"/{name} {number} 0 R" for name, number in self.objects.items())
        return (
            f"<< /Font << {fonts} >> /XObject << {drawn} >> /Properties << /Off {self.fonts['off']} 0 R >>"
            " /ExtGState << /Clear << /ca 0 /CA 0 >> /Times << /BM /Multiply >> >> >>"
        )


class _PathPen(BasePen):
    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.path: list[str] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.path.append(f"{point[0]} {point[1]} m")

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.path.append(f"{point[0]} {point[1]} l")

    def _curveToOne(
        self, one: tuple[float, float], other: tuple[float, float], end: tuple[float, float]
    ) -> None:
        self.path.append(f"{one[0]} {one[1]} {other[0]} {other[1]} {end[0]} {end[1]} c")

    def _closePath(self) -> None:
        self.path.append("h")


@dataclass(frozen=True)
class Trick:
    """`draw`: the content that shows a number in some way."""

    name: str
    draw: Callable[[Ink, Place], str]
    shows: str = SAME
    fits: Callable[[str], bool] = str.isdecimal


def _plain(before: str, shows: str, name: str, font: str = "F", matrix: str = "") -> Trick:
    fits = has_two_sides if matrix.startswith("-1") else str.isdecimal
    return Trick(name, lambda ink, at: ink.text(at, before=before, font=font, matrix=matrix), shows, fits)


def _behind(before: str, name: str) -> Trick:
    return Trick(name, lambda ink, at: ink.beside(at, before=before))


def _over(ink_of_box: str, shows: str, name: str) -> Trick:
    return Trick(name, lambda ink, at: f"{ink.text(at)} {ink.box(at, ink_of_box)}", shows)


def _line(ink: Ink, at: Place, font: str = "F") -> str:
    middle, left, right = at.y + 0.35 * at.size, at.x - 2, at.x + at.width + 2
    return f"{ink.text(at, font=font)} q 0.8 w {left:.2f} {middle:.2f} m {right:.2f} {middle:.2f} l S Q"


def _cross(ink: Ink, at: Place) -> str:
    low, high, left, right = at.y - 1, at.y + 0.8 * at.size, at.x - 1, at.x + at.width + 1
    return f"{ink.text(at)} q 1 w {left} {low} m {right} {high} l {left} {high} m {right} {low} l S Q"


def _outlined(ink: Ink, at: Place) -> str:
    scale = at.size / ink.font["head"].unitsPerEm
    return f"q {scale:.5f} 0 0 {scale:.5f} {at.x:.2f} {at.y:.2f} cm {ink.outline(at.number)} Q"


def _actual(ink: Ink, at: Place) -> str:
    return f"/Span << /ActualText ({at.other}) >> BDC {ink.text(at)} EMC"


TRICKS = (
    _plain("1 1 1 rg", GONE, "white_text"),
    _plain("0 0 1 1 re W n", GONE, "clipped_text"),
    _behind("0 0 1 1 re W n", "clipped_behind"),
    Trick("switched_off", lambda ink, at: f"/OC /Off BDC {ink.text(at)} EMC", GONE),
    Trick(
        "switched_off_behind",
        lambda ink, at: f"{ink.text(at)} /OC /Off BDC {ink.text(at, at.other, x=at.width)} EMC",
    ),
    _plain("3 Tr", GONE, "without_ink"),
    _behind("3 Tr", "without_ink_behind"),
    _plain("/Clear gs", GONE, "clear_text"),
    _over("1 1 1 rg", GONE, "covered_white"),
    _over("0 0 0 rg", LOST, "covered_black"),
    _over("0.6 0.1 0.1 rg", LOST, "covered_red"),
    Trick("black_on_black", lambda ink, at: f"{ink.box(at, '0 0 0 rg')} {ink.text(at)}", LOST),
    Trick("white_on_black", lambda ink, at: f"{ink.box(at, '0 0 0 rg')} {ink.text(at, before='1 1 1 rg')}"),
    Trick("struck_by_a_line", _line, LOST),
    Trick("struck_in_a_nameless_font", lambda ink, at: _line(ink, at, font="N"), LOST),
    Trick("crossed_out", _cross, LOST),
    Trick("outlined", _outlined),
    Trick("pictured", lambda ink, at: ink.picture(at)),
    Trick(
        "pictured_behind",
        lambda ink, at: (
            ink.text(at, at.number[:-1] or " ")
            + ink.picture(at._replace(number=at.number[-1], x=at.x + wide(at.number[:-1], at.size)))
        ),
    ),
    _plain("", SAME, "lying_font", font="L"),
    _plain("", SAME, "nameless_font", font="N"),
    _plain("", SAME, "drawn_font", font="T"),
    _plain("", SAME, "lying_drawn_font", font="U"),
    _plain("", SAME, "leaning", matrix="1 0 0.2 1"),
    _plain("", SAME, "leaning_far", matrix="1 0 0.6 1"),
    _plain("", SAME, "climbing", matrix="0.94 0.34 -0.34 0.94"),
    _plain("", LOST, "mirrored", matrix="-1 0 0 1"),
    _plain("", LOST, "upside_down", matrix="-1 0 0 -1"),
    _plain("", SAME, "squeezed", matrix="0.4 0 0 1"),
    Trick(
        "pressed_together",
        lambda ink, at: (
            ink.text(at, before=f"-{0.5 * at.size:.2f} Tc") if len(at.number) > 1 else ink.box(at, "0 g")
        ),
        LOST,
        lambda number: len(number) == 1 or len(set(number)) > 1,  # one digit over itself shows as bold
    ),
    Trick(
        "raised_behind",
        lambda ink, at: (
            ink.text(at)
            + ink.text(at._replace(x=at.x + at.width, y=at.y + 0.45 * at.size, size=0.6 * at.size), at.other)
        ),
    ),
    Trick("bold_by_twice", lambda ink, at: ink.text(at) + ink.text(at, x=0.3)),
    Trick("two_at_one_place", lambda ink, at: ink.text(at) + ink.text(at, at.number.translate(_LIES)), LOST),
    Trick(
        "note_over",
        lambda ink, at: (
            ink.text(at, at.number.translate(_LIES))
            + ink.note(at, "FreeText", f"{ink.box(at, '1 1 1 rg')} {ink.text(at)}")
        ),
    ),
    Trick(
        "struck_by_a_note",
        lambda ink, at: ink.text(at) + ink.note(at, "StrikeOut", _line(ink, at).partition("ET Q")[2]),
        LOST,
    ),
    Trick(
        "blackened_by_a_note",
        lambda ink, at: ink.text(at) + ink.note(at, "Square", ink.box(at, "0 0 0 rg")),
        LOST,
    ),
    Trick(
        "marked_by_a_note",
        lambda ink, at: ink.text(at) + ink.note(at, "Highlight", f"/Times gs {ink.box(at, '1 1 0.4 rg')}"),
    ),
    Trick(
        "field_without_look",
        lambda ink, at: ink.note(
            at, "Widget", "", f"/FT /Tx /T (f{len(ink.writer.objects)}) /DA (/Helv 8 Tf 0 g) /V ({at.number})"
        ),
    ),
    Trick("said_otherwise", _actual),
    Trick("in_a_form", lambda ink, at: ink.form(ink.text(at))),
    Trick(
        "through_text",
        lambda ink, at: ink.text(at, before="7 Tr").removesuffix(" Q") + f" {ink.box(at, '0 g')} Q",
    ),
    Trick(
        "digit_by_digit",
        lambda ink, at: " ".join(
            ink.text(at, char, x=wide(at.number[:i], at.size)) for i, char in enumerate(at.number)
        ),
    ),
)


def write(report: Marked, trick: Trick, other: Callable[[], str], *, ruled: bool = True) -> bytes:
    """The report, its marked cells drawn by a trick."""
    sample, tokens = report.sample, report.tokens
    text = sample.text() + "".join(tokens.values()) + " -0123456789"
    writer = _Writer()
    ink = ink_of(writer, "".join(char for char in text if char not in tokens))
    tree = len(writer.objects) + 1
    writer.add(b"")
    kids = []
    for page in lay_out(sample, ruled=ruled):
        content = ["0.6 w", *(_drawn(mark, page, ink, tokens, trick, other) for mark in page.marks)]
        kids.append(page_of(ink, tree, "\n".join(content), page.width, page.height))
    return file_of(ink, tree, kids, sample.title_line)


def page_of(ink: Ink, tree: int, content: str, width: float, height: float) -> int:
    """A page of that content and of the notes made since the last one."""
    stream = ink.writer.stream(content.encode("ascii"))
    notes = " ".join(f"{number} 0 R" for number in ink.notes)
    ink.notes.clear()
    return ink.writer.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {width:.2f} {height:.2f}]"
        f" /Resources {ink.resources()} /Contents {stream} 0 R /Annots [{notes}] >>"
    )


def file_of(ink: Ink, tree: int, kids: list[int], title: str) -> bytes:
    """The whole file: the tree of its pages at the object of that number."""
    writer = ink.writer
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    writer.objects[tree - 1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
    info = writer.add(b"<< /Title <FEFF" + title.encode("utf-16-be").hex().upper().encode() + b"> >>")
    off = f"{ink.fonts['off']} 0 R"
    helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    fields = f"/AcroForm << /Fields [] /NeedAppearances true /DR << /Font << /Helv {helvetica} >> >> >>"
    layers = f"/OCProperties << /OCGs [{off}] /D << /OFF [{off}] >> >>"
    return writer.file(writer.add(f"<< /Type /Catalog /Pages {tree} 0 R {layers} {fields} >>"), info)


def _drawn(
    mark: Any, page: Page, ink: Ink, tokens: dict[str, str], trick: Trick, other: Callable[[], str]
) -> str:
    if not isinstance(mark, Text):
        return _frame(ink.writer, mark, page.height, ink.objects)
    number = tokens.get(mark.text)
    left = mark.x if number is None else mark.x + (mark.size - wide(number, mark.size)) / 2
    place = Place(number or mark.text, other(), left, page.height - mark.y, mark.size)
    return ink.text(place) if number is None else trick.draw(ink, place)


def ink_of(writer: _Writer, text: str) -> Ink:
    """The fonts: F is honest, L lies, N says nothing; T and U are drawings, the last of which lies."""
    font, glyphs, inner = _embedded(writer, text)
    honest = _to_unicode(glyphs)
    lying = _to_unicode({char.translate(_LIES): number for char, number in glyphs.items()})
    head = (
        f"/Type /Font /Subtype /Type0 /BaseFont /Report /Encoding /Identity-H /DescendantFonts [{inner} 0 R]"
    )
    told = {name: writer.stream(cmap) for name, cmap in (("F", honest), ("L", lying))}
    fonts = {name: writer.add(f"<< {head} /ToUnicode {number} 0 R >>") for name, number in told.items()}
    fonts["N"] = writer.add(f"<< {head} >>")
    fonts["off"] = writer.add("<< /Type /OCG /Name (Off) >>")
    ink = Ink(writer, font, glyphs, fonts)
    fonts["T"], fonts["U"] = _drawings(ink, False), _drawings(ink, True)
    return ink


def _drawings(ink: Ink, lies: bool) -> int:
    """A font of drawings (Type 3) whose codes of two bytes are the glyphs' numbers: 0, then the digit's own."""
    digits = {char: ink.glyphs[char] for char in "0123456789"}
    width = ink.font["hmtx"][ink.font.getBestCmap()[ord("0")]][0]
    drawn = {char: ink.writer.stream(f"{width} 0 d0 {ink.outline(char)}".encode()) for char in digits}
    named = " ".join(f"/d{char} {number} 0 R" for char, number in drawn.items())
    nothing = ink.writer.stream(b"0 0 d0")
    codes = " ".join(f"{code} /d{char}" for char, code in digits.items())
    widths = " ".join(str(width) if code in digits.values() else "0" for code in range(256))
    told = "".join(
        f"<{c:02X}> <{ord(char.translate(_LIES) if lies else char):04X}>\n" for char, c in digits.items()
    )
    cmap = ink.writer.stream(
        f"1 begincodespacerange <00> <FF> endcodespacerange {len(digits)} beginbfchar\n{told}endbfchar".encode()
    )
    unit = 1 / ink.font["head"].unitsPerEm
    return ink.writer.add(
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 -300 1000 1000] /FontMatrix [{unit} 0 0 {unit} 0 0]"
        f" /CharProcs << /none {nothing} 0 R {named} >> /Encoding << /Differences [0 /none {codes}] >> /FirstChar 0"
        f" /LastChar 255 /Widths [{widths}] /Resources << >> /ToUnicode {cmap} 0 R >>"
    )


def _saved(font: TTFont) -> bytes:
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()
