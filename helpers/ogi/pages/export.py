"""An executed notebook → one page that needs nothing else, and links to the reports that lie beside it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lxml.html
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbconvert.filters import DataTypeFilter, Highlight2HTML
from nbformat import NotebookNode

from ogi.fonts import CSS_STACK, web_font_css
from ogi.pages.cells import CORRECTED, DOUBTFUL, STATES
from ogi.pages.html import TAGS, TEMPLATES, Html, plain, render, say
from ogi.readers import WEB_SUFFIXES

_HEADING = re.compile(r"<h[1-6]\b.*?</h[1-6]>", re.DOTALL)
_IN_A_LANGUAGE = re.compile(r'\s*<span lang="([\w-]+)">[^<]*</span>')
_MADE_FROM, _HEAD_ENDS = re.compile(r'<meta name="ogi-made-from" content="(\w+)">'), 2_000
"""What tells a page's key, and the characters within which it stands."""
FOLDER = "reports"
"""Where the copies lie, seen from the page: they go wherever the page goes."""
SHARED = "page.css"
"""The file with font and style that the pages of a run may share."""
_WITH_PAGES = ".pdf"
_LEADING, _FIGURE = re.compile(r'href="#([^"]+)"'), re.compile(r'(<td(?: class="[^"]*")?) id="([^"]+)"')
_SAID = ("data-states", "data-printed", "data-sure", "data-x", "data-hide", "data-y")
"""Attributes whose text a script shows."""
_TOLD_STATES = (*STATES, CORRECTED, DOUBTFUL)
_PLAIN = ("beside", "verdicts")
"""Classes of elements in the reader's own font: the words compared, the rules."""
_MARKED = re.compile(r'<a class="original" data-original="([^"]*)" data-page="(\d*)">')
"""As the macro `original` writes it: in a notebook, which has no such folder, it leads nowhere."""


class PageError(Exception):
    """A page that does not show what was asked for; the message says what was expected and what was found."""


def page(
    notebook: NotebookNode,
    agency: str,
    name: str,
    language: str = "en",
    originals: Collection[str] = (),
    assets: str = "",
    latest: str | None = None,
) -> str:
    """The page of an executed notebook, whose own data must be of `agency` alone (else PageError).

    `name`: the file name of the notebook, which the page links to; `originals`: those of the reports, copies
    of which lie in the folder FOLDER beside the page, and `latest` the one on the last year; `assets`: where
    SHARED lies, seen from the page, where the page should not bring its own font and style.
    """
    body = _light(linked(_in_one_language(_body(notebook, language), language), originals))
    tree = lxml.html.fragment_fromstring(body, create_parent="main")
    shown = shown_agency(tree)
    if shown != agency:
        raise PageError(f"expected a page of {agency}, found one of {shown}")
    head, end, rest = body.partition("</header>")
    text = {
        "head": Markup(head + end),
        "rest": Markup(rest),
        "home": "../index.html",
        "footer": "footer",
        "report": _place(latest) if latest is not None and latest in originals else None,
        "downloads": [("figures.xlsx", "excel"), ("figures.csv", "csv"), (name, "notebook_file")],
        "places": json.dumps({original: _place(original) for original in sorted(originals)}),
        "states": json.dumps({state: plain(f"state.{state}", language) for state in _TOLD_STATES}),
    }
    return whole(render("agency", language, **text), shown, language, shown, _read("page.js"), assets)


def article(
    notebook: NotebookNode, title: str, name: str, language: str, made_from: str, assets: str = ""
) -> str:
    """The page of an executed notebook on many agencies, which lies beside the index.

    The workbook and the notebook lie beside it under its own `name`. `made_from`: as in `whole`.
    """
    head, end, rest = _in_one_language(_body(notebook, language), language).partition("</header>")
    text = {
        "head": Markup(head + end),
        "rest": Markup(rest),
        "home": "index.html",
        "footer": "review_footer",
        "report": None,
        "downloads": [(f"{name}.xlsx", "excel"), (f"{name}.ipynb", "notebook_file")],
        "places": "{}",
        "states": "{}",
    }
    body = render("agency", language, **text)
    return whole(body, title, language, script=_read("page.js"), assets=assets, made_from=made_from)


def made_from(page: Path) -> str | None:
    """What the page in that file was made from; None where it does not say so."""
    try:
        with page.open(encoding="utf-8") as file:
            found = _MADE_FROM.search(file.read(_HEAD_ENDS))
    except (OSError, UnicodeDecodeError):
        return None
    return None if found is None else found[1]


def whole(
    body: Html,
    title: str,
    language: str,
    agency: str = "",
    script: str = "",
    assets: str = "",
    made_from: str = "",
    beside: str = "",
) -> str:
    """A complete document around a body, with the font of exactly the characters in it and those `beside`.

    `made_from`: a hash of all that it follows from, which `made_from` finds again.
    With `assets` it takes font and style from SHARED there. The script, of 5 kB, always stands in the page:
    its hash keeps any other from running, which no browser checks of a file on disk.
    """
    full_title = f"{title} · {say('product', language)}"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return render(
        "page",
        language,
        body=body,
        title=full_title,
        agency=agency,
        made_from=made_from,
        script=Markup(script),
        script_source=f"'sha256-{digest}'" if script else "'none'",
        style=Markup("" if assets else _style(_characters(f"{body}{full_title}") + beside)),
        shared=f"{assets}/{SHARED}" if assets else "",
    )


def shared_style() -> str:
    """What SHARED holds: the rules of pages, and the font with the characters that reports use."""
    # Rows 16 to 55 of GB 2312 are its 3,755 common characters; a rarer one is drawn in the reader's own font.
    common = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    words = (TEMPLATES.parents[1].rglob("*.yaml"), TEMPLATES.glob("*"))
    said = "".join(file.read_text("utf-8") for files in words for file in sorted(files))
    return _style(common.decode("gb2312", "ignore") + said)


def _style(characters: str) -> str:
    rules = re.sub(r"/\*.*?\*/|^\s+|\n", "", _read("page.css") + _read("dark.css"), flags=re.M | re.S)
    return f"{web_font_css(characters)}\n:root {{ --family: {CSS_STACK}; }}\n{rules}"


def _light(body: str) -> str:
    """The body without the ids of figures that nothing on the page leads to; the script gives them back."""
    used = set(_LEADING.findall(body))
    return _FIGURE.sub(lambda cell: cell[0] if cell[2] in used else cell[1], body)


def shown_agency(tree: lxml.html.HtmlElement) -> str:
    """The agency that the page's own fragments say they show; several are named one after the other."""
    found: list[str] = sorted(set(tree.xpath("//@data-agency")))
    return ", ".join(found) or "none"


class _Exporter(HTMLExporter):
    """nbconvert's exporter without its last step: it parses the page, in three quarters of the time.

    That step gives tab stops and alternative texts to cells as JupyterLab's template writes them, not ours.
    """

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "filter_data_type", DataTypeFilter(parent=self)
        yield "highlight_code", Highlight2HTML(pygments_lexer="ipython3", parent=self)  # type: ignore[no-untyped-call]

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **options: Any) -> Any:
        own = self._init_resources(resources)  # type: ignore[no-untyped-call]
        return super(HTMLExporter, self).from_notebook_node(nb, own, **options)


@cache
def _exporter() -> _Exporter:
    return _Exporter(  # type: ignore[no-untyped-call]
        template_file=str(TEMPLATES / "notebook.html.j2"),
        extra_template_basedirs=[os.fspath(TEMPLATES)],
        exclude_anchor_links=True,
    )


def _body(notebook: NotebookNode, language: str) -> str:
    body: str = _exporter().from_notebook_node(notebook, {"code_label": str(say("code", language))})[0]
    return body


def _in_one_language(body: str, language: str) -> str:
    """The headings, which a notebook has in both languages, in the page's own alone."""

    def own(heading: re.Match[str]) -> str:
        return _IN_A_LANGUAGE.sub(lambda span: span[0] if span[1] == TAGS[language] else "", heading[0])

    return _HEADING.sub(own, body)


def _characters(html: str) -> str:
    """The characters that the page shows in its own font."""
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    plain = (element for name in _PLAIN for element in tree.find_class(name))
    for words in (*plain, *tree.iter("script", "style")):
        words.drop_tree()
    said = [value for name in _SAID for value in tree.xpath(f"//@{name}")]
    return "".join({*tree.text_content(), *"".join(said)})


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def is_web_page(name: str) -> bool:
    """Is a report a web page? Its copy is not as it was published, but `framed`."""
    return Path(name).suffix.lower() in WEB_SUFFIXES


def copy_name(name: str) -> str:
    """How the copy of a report is called; that of any web page is one in HTML."""
    is_other_page = is_web_page(name) and not name.lower().endswith((".html", ".htm"))
    return f"{name}.html" if is_other_page else name


def framed(text: str, name: str) -> str:
    """A web page in a frame where no script of it runs and nothing is fetched; it looks plainer for it."""
    return render("framed", "zh", name=name, text=text)


def _place(name: str) -> str:
    """Where the copy of a report lies, seen from the page."""
    return f"{FOLDER}/{quote(copy_name(name))}"


def linked(body: str, names: Collection[str]) -> str:
    """The body with each mention of a report leading to its copy, of a PDF to the page that is meant.

    `names`: the files that are there; what mentions another leads nowhere.
    """

    def link(found: re.Match[str]) -> str:
        name, page = html.unescape(found[1]), found[2]
        if name not in names:
            return found[0]
        place = f"#page={page}" if page and name.lower().endswith(_WITH_PAGES) else ""
        return f'<a class="original" href="{_place(name)}{place}" rel="noreferrer">'

    return _MARKED.sub(link, body)
