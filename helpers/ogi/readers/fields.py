"""Fields of a form in a web page, as the text that they show."""

from __future__ import annotations

from lxml.html import HtmlElement

_TEXT_FIELDS = frozenset(("", "text", "number", "tel"))


def write_out(field: HtmlElement) -> None:
    """What a form field shows, as the text of a span in its place."""
    if field.tag == "input":
        if field.get("type", "").strip().lower() not in _TEXT_FIELDS:
            return
        text = field.get("value", "")
    elif field.tag == "select":
        options = list(field.iterdescendants("option"))
        chosen = [o for o in options if "selected" in o.attrib] or options
        text = "".join(chosen[0].itertext()) if chosen else ""
    else:
        text = "".join(field.itertext())
    for child in list(field):
        field.remove(child)
    field.tag, field.text = "span", text
