"""The font of a view, for Chinese on any machine: in outputs, in widgets and in the headings between them."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category

from ogi import tables as store
from ogi.api import Dataset
from ogi.charts.style import css, lab_css
from ogi.explore.shown import Fragment
from ogi.fonts import CSS_STACK, web_font_css
from ogi.pages.styled import words_of_package

_PROSE = (
    ".jp-RenderedMarkdown",
    ".jp-RenderedHTMLCommon",
    ".jupyter-widgets",
    "select",
    ".dt-container input",
)
_CODE = (".cm-content", ".jp-RenderedHTMLCommon pre")
_RULES = """
.jp-Notebook .jp-RenderedMarkdown :is(h1, h2) { line-height: 1.25; }
.jp-Notebook .jp-RenderedHTMLCommon table.ogi-explore :is(td, th) {
  text-align: left; vertical-align: top; white-space: pre-wrap; }
.jp-Notebook .dt-container :is(th, td):not(.dt-type-numeric) { text-align: left; }
.jp-Notebook .dt-container thead input { box-sizing: border-box; width: 100%; min-width: 4rem; }
.jp-Notebook .dt-container { background: transparent !important; }
.jp-Notebook .dt-container, .jp-Notebook .dt-container :is(th, label, .dt-info, button, input, select) {
  color: var(--jp-content-font-color1) !important; }
"""


def look(data: Dataset, language: str) -> Fragment:
    """Style and font, which holds the characters of the dataset, of the forms and of all that is said."""
    characters = {c for text in _texts(data) for c in text}.union(words_of_package())
    text = "".join(sorted(c for c in characters if not category(c).startswith("C")))
    families = "".join(_family(kind, places) for kind, places in (("content", _PROSE), ("code", _CODE)))
    return Fragment(f"<style>{web_font_css(text, language)}{families}{_RULES}{css()}{lab_css()}</style>")


def _family(kind: str, places: tuple[str, ...]) -> str:
    """JupyterLab's own font for it, and ours for what that lacks."""
    named = ", ".join(f".jp-Notebook {place}" for place in places)
    return f"{named} {{ font-family: var(--jp-{kind}-font-family), {CSS_STACK}; }}"


def _texts(data: Dataset) -> Iterator[str]:
    yield from (text for name in ("agency", "title") for text in data.reports[name].dropna())
    yield from (text for name in ("title", "text") for text in data.narratives[name].dropna())
    yield from store.read(data.folder, "figures")["printed"].dropna().unique()
