"""An executed notebook → one page that needs nothing else, and links to the reports that lie beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

import lxml.html
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbconvert.filters import DataTypeFilter, Highlight2HTML
from nbformat import NotebookNode

from ogi.charts.style import css as chart_rules
from ogi.pages.cells import CORRECTED, DOUBTFUL, STATES
from ogi.pages.document import read, whole
from ogi.pages.html import TAGS, TEMPLATES, plain, render, say
from ogi.pages.originals import linked, place_of
from ogi.said import Refused, Said, joined, worded

_HEADING = re.compile(r"<h[1-6]\b.*?</h[1-6]>", re.DOTALL)
_IN_A_LANGUAGE = re.compile(r'\s*<span lang="([\w-]+)">[^<]*</span>')
_LEADING, _FIGURE = re.compile(r'href="#([^"]+)"'), re.compile(r'(<td(?: class="[^"]*")?) id="([^"]+)"')
_PREFORMATTED, _INDENT = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL), re.compile(r">\s*\n\s*<")
_QUOTED, _END = re.compile(r'(?<=[\w-])="([\w.#%-]+)"(?=[ >])'), re.compile(r"</(?:td|th|tr|li)>")
"""In what a template writes no other quotes stand behind an equals sign: those of values are escaped."""
_UNCOLOURED = re.compile(r'<span(?: class="(?!(?:k|kn|ow|s1|s2|mi|c1|nn|nb)")\w+")?>([^<]*)</span>')
"""Of code: spans that page.css gives no colour."""
_TOLD_STATES = (*STATES, CORRECTED, DOUBTFUL)


def page(
    notebook: NotebookNode,
    agency: str,
    name: str,
    language: str = "en",
    originals: Collection[str] = (),
    assets: str = "",
    latest: str | None = None,
) -> str:
    """The page of an executed notebook, whose own data must be of `agency` alone (else Refused).

    `name`: the file name of the notebook, which the page links to; `originals`: those of the reports, copies
    of which lie in the folder FOLDER beside the page, and `latest` the one on the last year; `assets`: where
    SHARED lies, seen from the page, where the page should not bring its own font and style.
    """
    body = _light(linked(_in_one_language(_body(notebook, language), language), originals))
    tree = lxml.html.fragment_fromstring(body, create_parent="main")
    shown = shown_agencies(tree)
    if shown != [agency]:
        raise Refused(_of_another(agency, shown))
    head, end, rest = body.partition("</header>")
    text = {
        "head": Markup(head + end),
        "rest": Markup(rest),
        "home": "../index.html",
        "footer": "footer",
        "report": place_of(latest) if latest is not None and latest in originals else None,
        "downloads": [("figures.xlsx", "excel"), ("figures.csv", "csv"), (name, "notebook_file")],
        "places": {original: place_of(original) for original in sorted(originals)},
        "states": {state: plain(f"state.{state}", language) for state in _TOLD_STATES},
    }
    return whole(render("agency", language, **text), agency, language, agency, read("page.js"), assets)


def article(
    notebook: NotebookNode, title: str, name: str, language: str, made_from: str, assets: str = ""
) -> str:
    """The page of an executed notebook on many agencies, which lies beside the index.

    The workbook and the notebook lie beside it under its own `name`. `made_from`: as in `whole`.
    """
    head, end, rest = _in_one_language(_body(notebook, language), language).partition("</header>")
    text: dict[str, Any] = {
        "head": Markup(head + end),
        "rest": Markup(rest),
        "home": "index.html",
        "footer": "review_footer",
        "report": None,
        "downloads": [(f"{name}.xlsx", "excel"), (f"{name}.ipynb", "notebook_file")],
        "places": {},
        "states": {},
    }
    body = render("agency", language, **text)
    return whole(body, title, language, script=read("page.js"), assets=assets, made_from=made_from)


def _light(body: str) -> str:
    """The body without what a browser does not need, code apart: a third of a page would be that.

    The ids of figures that nothing on the page leads to are given back by its script.
    """
    used = set(_LEADING.findall(body))
    body = _FIGURE.sub(lambda cell: cell[0] if cell[2] in used else cell[1], body)
    pieces = _PREFORMATTED.split(body)
    return "".join(piece if n % 2 else _bare(piece) for n, piece in enumerate(pieces))


def _bare(html: str) -> str:
    """HTML without indents, quotes around plain values, end tags of rows, cells, items, and rules of charts.

    The style of the page has these, too.
    """
    html = html.replace(f"<style>{chart_rules()}</style>", "")
    return _INDENT.sub(">\n<", _QUOTED.sub(r"=\1", _END.sub("", html)))


def _plainer(highlighted: str) -> str:
    """Highlighted code without the marks that no rule colours."""
    return _UNCOLOURED.sub(r"\1", highlighted).replace('" highlight hl-ipython3"', '"highlight"')


def shown_agencies(tree: lxml.html.HtmlElement) -> list[str]:
    """The agencies that the page's own fragments say they show."""
    return sorted(set(tree.xpath("//@data-agency")))


def _of_another(agency: str, shown: list[str]) -> Said:
    if not shown:
        return worded("ogi.pages", "of_no_agency", agency=agency)
    return worded("ogi.pages", "of_another_agency", agency=agency, others=joined(shown, ", ", "、"))


class _Exporter(HTMLExporter):
    """nbconvert's exporter without its last step: it parses the page, in three quarters of the time.

    That step gives tab stops and alternative texts to cells as JupyterLab's template writes them, not ours.
    """

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "filter_data_type", DataTypeFilter(parent=self)
        highlighter = Highlight2HTML(pygments_lexer="ipython3", parent=self)  # type: ignore[no-untyped-call]
        yield "highlight_code", lambda source, **options: _plainer(highlighter(source, **options))

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
