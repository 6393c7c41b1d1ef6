"""A matplotlib figure as SVG that can stand in a page beside others: text stays text, bytes stay the same."""

from __future__ import annotations

import hashlib
import io
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from matplotlib.figure import Figure

from ogi import fonts
from ogi.charts.style import TITLE_HEIGHT, TITLE_SIZE, house_style

_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCES = {"href": re.compile(r"^(#)(.+)()$"), "clip-path": re.compile(r"(url\(#)(.+?)(\))")}
_SCREEN_PIXELS_PER_POINT = 1.5
"""Text of 10 points becomes 15 pixels high on a wide screen, as the text of the page is."""
_POINTS = 72

ElementTree.register_namespace("", _SVG)


def inline(figure: Figure, name: str, alt: str) -> str:
    """The figure as an <svg> element as wide as its place, within reason; its ids begin with `name`."""
    root = _drawn(figure)
    width = float(root.attrib["viewBox"].split()[2])
    root.attrib["style"] = (
        f"display: block; width: 100%; max-width: {width * _SCREEN_PIXELS_PER_POINT:.0f}px; height: auto"
    )
    return _labelled(root, name, alt)


def standalone(figure: Figure, name: str, alt: str, title: str, text: str) -> str:
    """The figure as a file's content: the title above it, the font for the characters of `text` inside."""
    root = _drawn(figure)
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    head = TITLE_HEIGHT * _POINTS
    whole = {"width": f"{width}pt", "height": f"{height + head}pt"}
    root.attrib |= {"viewBox": f"0 {-head} {width} {height + head}", **whole}
    above = {"x": "4", "y": f"{-0.35 * head}", "style": f"font-size: {TITLE_SIZE}px"}
    SubElement(root, f"{{{_SVG}}}text", above).text = title
    root.insert(0, Element(f"{{{_SVG}}}rect", {"y": f"{-head}", **whole, "style": "fill: #ffffff"}))
    style = Element(f"{{{_SVG}}}style")
    style.text = fonts.web_font_css(text)
    root.insert(0, style)
    return _labelled(root, name, alt)


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
