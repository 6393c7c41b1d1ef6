"""The look of every chart: colours in light and dark, sizes, and how a number is written on it."""

from __future__ import annotations

import re

from ogi import fonts

TEXT, LINE = 12, 15
"""Pixels: the height of text on any screen, and of a line of it."""
BLUE, SKY, RUST, AMBER, PLUM, SILVER = "#0f5c94", "#4a9bd4", "#9c3300", "#d08009", "#5a1546", "#8f8f8f"
PALETTE = (BLUE, SKY, RUST, AMBER, PLUM, SILVER)
"""In turn dark and light, so that neighbours in a stack differ without colour too."""
DARK_PALETTE = ("#5ea7dd", "#b4dcf7", "#e07a4f", "#f6c667", "#b47aa1", "#d5d9dc")
"""The same on a dark page, again in turn dark and light."""
INK, SOFT, PAPER, HAIR = (
    ("#1b2733", "#e6ebef"),
    ("#5a6672", "#a9b4be"),
    ("#fff", "#12181e"),
    ("#dfe3e6", "#36424d"),
)
"""Text, what is said beside it, the page, and thin lines: in light, in dark."""
_NARROW, _SIGNS = " ,.ijlt'()", "†‡§¶"


def css() -> str:
    """The rules for charts and sparklines, in light and dark."""
    light, dark = _light_and_dark()
    colours = "".join(
        f".plot .c{n}{{fill:var(--c{n})}}.plot .l{n}{{stroke:var(--c{n})}}"
        f".plot .t{n}{{fill:var(--t{n});stroke:var(--c{n})}}"
        for n in range(len(PALETTE))
    )
    return (
        f".plot{{{_variables(light)}}}"
        f"@media screen and (prefers-color-scheme:dark){{.plot{{{_variables(dark)}}}}}"
        f".ogi-charts{{font-family:{fonts.CSS_STACK}}}.plot{{display:block;overflow:visible}}"
        f".plot text{{font-size:{TEXT}px;fill:var(--ink)}}.plot .s{{fill:var(--soft)}}"
        ".plot .m{text-anchor:middle}.plot rect{stroke:var(--paper);stroke-width:1px}"
        ".plot line{stroke-width:2.5px;stroke-linecap:round}"
        ".plot .h,.plot .f{stroke:var(--hair);stroke-width:1px}"
        ".plot .f{stroke:var(--soft);stroke-dasharray:2 3}"
        f"{colours}.plot .on{{stroke:var(--paper);stroke-width:1.5px}}"
        ".plot circle~.m{stroke:var(--paper);stroke-width:4px;paint-order:stroke}"
        # A sign may stand beyond its bar, where light text is nothing on a light page.
        ".plot [class^=t]{stroke-width:3px;paint-order:stroke}"
        ".plot .open{fill:var(--paper);stroke-width:2px}"
    )


DARK_LAB = ':is([data-jp-theme-light="false"], .vscode-dark)'
"""What JupyterLab and VS Code say of a dark theme, above all outputs."""


def lab_css() -> str:
    """In JupyterLab and VS Code their own theme decides, not that of the system; a title needs its room."""
    light, dark = (_variables(colours) for colours in _light_and_dark())
    return (
        ".ogi-charts .gloss{display:block}.ogi-charts .chart-title{margin-bottom:.5rem}"
        f':is([data-jp-theme-light="true"], .vscode-light) .plot{{{light}}}{DARK_LAB} .plot{{{dark}}}'
    )


def _light_and_dark() -> tuple[dict[str, str], dict[str, str]]:
    plain = dict(zip(("ink", "soft", "paper", "hair"), (INK, SOFT, PAPER, HAIR), strict=True))
    light = {name: both[0] for name, both in plain.items()} | {f"c{n}": c for n, c in enumerate(PALETTE)}
    dark = {name: both[1] for name, both in plain.items()} | {f"c{n}": c for n, c in enumerate(DARK_PALETTE)}
    light |= {f"t{n}": on(colour) for n, colour in enumerate(PALETTE)}
    dark |= {f"t{n}": on(colour) for n, colour in enumerate(DARK_PALETTE)}
    return light, dark


def on(colour: str) -> str:
    """The colour of text upon a colour: whichever of white and near black stands out more."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return "#141a20" if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.2 else "#fff"


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


def short(value: float, language: str, decimals: int = 0) -> str:
    """A count in at most seven characters: 12,345; then 12.3万 or 123k, 1,235万 or 12.3M.

    `decimals`: how many others beside it have; one is shown at most, whether or not it has any.
    """
    if value < 100_000:
        return f"{value:,.0f}" if value == int(value) and decimals == 0 else f"{value:,.1f}"
    if language == "zh":
        return _scaled(value, 10_000, "万")
    return _scaled(value, 1_000_000, "M") if value >= 999_500 else _scaled(value, 1_000, "k")


def _scaled(value: float, by: int, suffix: str) -> str:
    scaled = value / by
    return (f"{scaled:,.1f}".removesuffix(".0") if scaled < 99.95 else f"{scaled:,.0f}") + suffix


def text_width(text: str, size: float = TEXT) -> float:
    """Pixels, nearly: a Chinese character is as wide as it is high, a Latin one about half."""
    wide = sum(ord(character) > 0x2E7F or character in _SIGNS for character in text)
    narrow = sum(character in _NARROW for character in text)
    return size * (wide + 0.3 * narrow + 0.57 * (len(text) - wide - narrow))


def wrapped(text: str, pixels: float) -> list[str]:
    """The text in lines of at most that width: broken between words, or between Chinese characters."""
    lines = [""]
    for piece in re.findall(rf"[!-~]+[{_SIGNS}]* *|[^!-~]", text):  # a sign stays with its number
        joined = lines[-1] + piece
        if lines[-1].strip() != "" and text_width(joined.rstrip()) > pixels:
            lines.append(piece.lstrip())
        else:
            lines[-1] = joined
    return [line.strip() for line in lines]


def balanced(text: str, pixels: float) -> list[str]:
    """The text in as few lines, about equally long, so that no single character is left for the last.

    A number at its end stands whole in a line of its own, where that takes no line more.
    """
    lines = best = wrapped(text, pixels)
    name, _, number = text.rpartition(" ")
    if name and number[:1].isdigit() and len(wrapped(name, pixels)) + 1 == len(lines):
        return [*balanced(name, pixels), number]
    for narrower in range(int(pixels), TEXT, -TEXT // 2):
        found = wrapped(text, narrower)
        if len(found) > len(lines):
            break
        best = found
    return best
