"""One drawn chart with its words, fit for a page, a notebook and a file."""

from __future__ import annotations

import hashlib
import html
import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.image import imread, imsave

from ogi import fonts
from ogi.charts.style import TITLE_HEIGHT, TITLE_SIZE, WIDTH, house_style
from ogi.files import write_whole

_PNG_DPI = 200
"""Sharp in print at the width of a column."""
_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCES = {"href": re.compile(r"^(#)(.+)()$"), "clip-path": re.compile(r"(url\(#)(.+?)(\))")}
_SCREEN_PIXELS_PER_POINT = 1.5
"""Text of 10 points becomes 15 pixels high on a wide screen, as the text of the page is."""
_POINTS = 72

ElementTree.register_namespace("", _SVG)


@dataclass(frozen=True)
class Chart:
    """A chart: `title`, what it asks; `alt`, the figures it shows; `notes`, how to read it.

    Title and notes stand above and below the drawing as text of the page; a saved file holds the title in
    the picture. In `svg` text is text; its ids begin with `name`: ASCII letters, digits and hyphens.
    """

    name: str
    title: str
    alt: str
    figure: Figure = field(repr=False, compare=False)
    notes: tuple[str, ...] = ()

    @cached_property
    def svg(self) -> str:
        """The drawing as an <svg> element as wide as its place, within reason."""
        root = _drawn(self.figure)
        width = float(root.attrib["viewBox"].split()[2]) * _SCREEN_PIXELS_PER_POINT
        root.attrib["style"] = f"display: block; width: 100%; max-width: {width:.0f}px; height: auto"
        return _labelled(root, self.name, self.alt)

    def _repr_html_(self) -> str:
        notes = "".join(f'<p class="chart-note">{html.escape(note)}</p>' for note in self.notes)
        title = f'<figcaption class="chart-title"><strong>{html.escape(self.title)}</strong></figcaption>'
        return (
            f'<figure class="chart" style="font-family: {fonts.CSS_STACK}">{title}{self.svg}{notes}</figure>'
        )

    @property
    def text(self) -> str:
        """All that the chart says, for embedding the characters it needs."""
        return "\n".join([self.title, self.alt, *self.notes, *texts(self.svg)])

    def save(self, path: Path | str) -> Path:
        """Write the chart with its title as .svg (font embedded) or .png, whole or not at all."""
        target = Path(path)
        drawn = {".svg": self._svg_file, ".png": self._png_file}.get(target.suffix.lower())
        if drawn is None:
            raise ValueError(f"{target}: expected a name ending in .svg or .png")
        write_whole(target, drawn())
        return target

    def _svg_file(self) -> bytes:
        """The title above the drawing, the font for all characters inside."""
        root = _drawn(self.figure)
        width, height = map(float, root.attrib["viewBox"].split()[2:])
        head = TITLE_HEIGHT * _POINTS
        whole = {"width": f"{width}pt", "height": f"{height + head}pt"}
        root.attrib |= {"viewBox": f"0 {-head} {width} {height + head}", **whole}
        above = {"x": "4", "y": f"{-0.35 * head}", "style": f"font-size: {TITLE_SIZE}px"}
        SubElement(root, f"{{{_SVG}}}text", above).text = self.title
        root.insert(0, Element(f"{{{_SVG}}}rect", {"y": f"{-head}", **whole, "style": "fill: #ffffff"}))
        style = Element(f"{{{_SVG}}}style")
        style.text = fonts.web_font_css(self.text)
        root.insert(0, style)
        return _labelled(root, self.name, self.alt).encode()

    def _png_file(self) -> bytes:
        with house_style():
            head = Figure(figsize=(WIDTH, TITLE_HEIGHT))
            head.text(0.01, 0.35, self.title, fontsize=TITLE_SIZE)
            picture = np.vstack([_pixels(head), _pixels(self.figure)])
        written = io.BytesIO()
        imsave(written, picture, format="png", dpi=_PNG_DPI)
        return written.getvalue()


def _pixels(figure: Figure) -> npt.NDArray[np.float32]:
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=_PNG_DPI)
    written.seek(0)
    pixels: npt.NDArray[np.float32] = imread(written, format="png")
    return pixels


def texts(svg: str) -> list[str]:
    """The texts drawn in an svg of this module, in drawing order."""
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{{{_SVG}}}text")]


def _drawn(figure: Figure) -> Element:
    written = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with house_style():
        figure.savefig(written, format="svg", metadata=nothing)
    root = ElementTree.fromstring(written.getvalue())
    for attribute in ("width", "height", "version"):
        del root.attrib[attribute]
    for element in root.iter():
        for tag in ("metadata", "style"):  # matplotlib's style is for *: it would reach the whole page
            for child in element.findall(f"{{{_SVG}}}{tag}"):
                element.remove(child)
        _simplify(element)
    return root


def _simplify(element: Element) -> None:
    if _XLINK_HREF in element.attrib:
        element.attrib["href"] = element.attrib.pop(_XLINK_HREF)
    if element.attrib.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    if element.tag == f"{{{_SVG}}}text":
        rules = element.attrib["style"].split("; ")
        element.attrib["style"] = "; ".join(rule for rule in rules if not rule.startswith("font-family"))
    if "d" in element.attrib:
        element.attrib["d"] = " ".join(element.attrib["d"].split())
    if element.text is not None and not element.text.strip():
        element.text = None
    element.tail = None


def _labelled(root: Element, name: str, alt: str) -> str:
    digest = hashlib.sha256(ElementTree.tostring(root)).hexdigest()[:8]
    _rename(root, f"{name}-{digest}")
    root.attrib |= {
        "role": "img",
        "aria-label": alt,
        "font-family": fonts.CSS_STACK,
        "stroke-linejoin": "round",
    }
    return ElementTree.tostring(root, encoding="unicode")


def _rename(root: Element, prefix: str) -> None:
    """Keep only the ids that something refers to, each with the prefix: ids count for the whole page."""
    names: dict[str, str] = {}
    for element in root.iter():
        for attribute, pattern in _REFERENCES.items():
            match = pattern.search(element.attrib.get(attribute, ""))
            if match is not None:
                new = names.setdefault(match[2], f"{prefix}-{len(names)}")
                element.attrib[attribute] = match[1] + new + match[3]
    for element in root.iter():
        old = element.attrib.pop("id", None)
        if old in names:
            element.attrib["id"] = names[old]
