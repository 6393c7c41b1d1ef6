"""Odd ways in which a web page shows a number: of each its markup, and what of it shows.

A browser prints the same pages as PDFs, where the same must be found by other means.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from tests.corpus.manners.marked import GONE, LOST, SAME, has_two_sides

STYLE = """
.after::after { content: attr(data-n) }
.white { color: #fff } .none { display: none } .hidden { visibility: hidden } .tiny { font-size: 0 }
.clear { opacity: 0 } .glass { color: transparent }
.away { position: absolute; left: -9999px }
.reader { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0) }
@media print { .paper { display: none } } @media screen { .screen { display: none } }
.black { background: #000; color: #000 }
""" + "".join(f".d{digit}::before {{ content: '{digit}' }}\n" for digit in range(10))


@dataclass(frozen=True)
class Trick:
    """`markup`: of a number and another number that is none of the cell's."""

    name: str
    markup: Callable[[str, str], str]
    shows: str = SAME
    on_paper: str | None = ""
    fits: Callable[[str], bool] = str.isdecimal
    """What shows when it is printed; None where it is not printed, empty where the same does."""


def _span(style: str) -> Callable[[str, str], str]:
    """The number, and another one in a span of that style."""
    return lambda n, other: f'{n}<span style="{style}">{other}</span>'


def _whole(style: str) -> Callable[[str, str], str]:
    return lambda n, _: f'<span style="{style}">{n}</span>'


def _digits(n: str, _: str) -> str:
    return "".join(f'<i class="d{digit}"></i>' for digit in n)


def _picture(n: str, _: str) -> str:
    """A picture of the number's digits."""
    image = Image.new("L", (9 * len(n) + 4, 16), 255)
    ImageDraw.Draw(image).text((2, 2), n, fill=0)
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return f'<img src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}">'


def _reversed(before: str) -> Callable[[str, str], str]:
    return lambda n, _: f"{before}{''.join(f'<i>{digit}</i>' for digit in reversed(n))}</span>"


TRICKS = (
    Trick("content_before", _digits),
    Trick("content_of_attribute", lambda n, _: f'<b class="after" data-n="{n}"></b>'),
    Trick("white_beside", lambda n, other: f'{n}<span class="white">{other}</span>'),
    Trick("white_font_beside", lambda n, other: f"<font color=white>{other}</font>{n}"),
    Trick("same_ground_beside", _span("background:#e0e0e0;color:#dfdfe0")),
    Trick("clear_beside", lambda n, other: f'{n}<span class="clear">{other}</span>'),
    Trick("glass_beside", lambda n, other: f'{n}<span class="glass">{other}</span>'),
    Trick("hidden_beside", lambda n, other: f'{n}<span class="hidden">{other}</span>'),
    Trick("none_beside", lambda n, other: f'<span class="none">{other}</span>{n}'),
    Trick("tiny_beside", lambda n, other: f'{n}<span class="tiny">{other}</span>'),
    Trick("away_beside", lambda n, other: f'{n}<span class="away">{other}</span>'),
    Trick("for_readers_beside", lambda n, other: f'{n}<span class="reader">{other}</span>'),
    Trick("for_paper_beside", lambda n, other: f'{n}<span class="screen">{other}</span>', on_paper=None),
    Trick("for_screens", lambda n, other: f'<span class="paper">{n}</span>', on_paper=GONE),
    Trick("raised_beside", lambda n, other: f"{n}<sup>{other}</sup>"),
    Trick("raised_by_style_beside", _span("vertical-align:super;font-size:60%")),
    Trick("raised_by_place_beside", _span("position:relative;top:-6px;font-size:60%")),
    Trick("lowered_beside", lambda n, other: f"{n}<sub>{other}</sub>"),
    Trick("ruby_beside", lambda n, other: f"<ruby>{n}<rp>(</rp><rt>{other}</rt><rp>)</rp></ruby>"),
    Trick("struck", lambda n, _: f"<s>{n}</s>", LOST),
    Trick("struck_by_style", _whole("text-decoration:line-through"), LOST),
    Trick("struck_beside", lambda n, other: f"<del>{other}</del> {n}"),
    Trick("black", lambda n, _: f'<span class="black">{n}</span>', LOST),
    Trick(
        "covered",
        lambda n, _: (
            f'<span style="position:relative">{n}<span style="position:absolute;left:-2px;top:0;'
            f'width:{8 * len(n)}px;height:1.4em;background:#000"></span></span>'
        ),
        LOST,
    ),
    Trick("white_alone", _whole("color:#fff"), GONE),
    Trick("pictured", _picture),
    Trick("pictured_elsewhere", lambda n, _: f'<img src="{n}.gif" alt="{n}">', LOST, on_paper=None),
    Trick(
        "drawn",
        lambda n, _: f'<svg width="40" height="16"><text x="2" y="12" font-size="12">{n}</text></svg>',
    ),
    Trick("field", lambda n, _: f'<input type="text" size="4" value="{n}">'),
    Trick("choice", lambda n, other: f"<select><option>{other}<option selected>{n}</select>"),
    Trick("turned_direction", _reversed('<span style="direction:rtl;unicode-bidi:bidi-override">')),
    Trick("reversed_row", _reversed('<span style="display:inline-flex;flex-direction:row-reverse">')),
    Trick("turned", _whole("display:inline-block;transform:rotate(180deg)"), LOST, fits=has_two_sides),
    Trick("cut", _whole("display:inline-block;width:3px;overflow:hidden"), LOST),
    Trick("overlapping", _whole("letter-spacing:-1em"), LOST, on_paper=None),
    Trick("shadow", _whole("color:transparent;text-shadow:0 0 0 #000")),
    Trick("scaled_away_beside", _span("display:inline-block;scale:0")),
    Trick("moved_away_beside", _span("display:inline-block;translate:-9999px")),
    Trick("without_height_beside", _span("display:inline-block;height:0;overflow:hidden")),
    Trick("without_width_beside", _span("display:inline-block;width:0;overflow:hidden;vertical-align:top")),
    Trick("closed_beside", lambda n, other: f"{n}<dialog>{other}</dialog>"),
    Trick("folded_beside", lambda n, other: f"{n}<details><summary></summary>{other}</details>"),
    Trick("listed_beside", lambda n, other: f"{n}<datalist><option>{other}</datalist>"),
    Trick("comment_within", lambda n, _: f"{n[:1]}<!-- 7 -->{n[1:]}"),
)
