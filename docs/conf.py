"""How Sphinx makes the site of the docs; `make site` builds it once in each language.

The sources are the Markdown files where they lie, so that links between them hold here as on a code host.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sphinx import search
from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

from site_search import Chinese  # noqa: E402

IS_CHINESE = tags.has("zh")  # noqa: F821  (Sphinx puts it here)

project = "政府信息公开年报笔记本" if IS_CHINESE else "OGI Notebooks"
author = "The OGI Notebooks authors"
language = "zh_CN" if IS_CHINESE else "en"
root_doc = "docs/zh/index" if IS_CHINESE else "docs/index"

extensions = ["myst_parser"]
myst_heading_anchors = 4
include_patterns = ["docs/**.md", "*.md", "data/README.md", "benchmarks/README.md"]
_SHOWN = {"docs", "data", "benchmarks"}
exclude_patterns = [
    *(entry.name for entry in ROOT.iterdir() if entry.is_dir() and entry.name not in _SHOWN),
    *("data/[!R]*", "README.md"),
    *([] if IS_CHINESE else ["docs/zh"]),
]
# The Chinese site has the English pages too, for what is told in English alone, but not in its contents.
suppress_warnings = ["toc.not_included"] if IS_CHINESE else []

smartquotes = False  # quotation marks stay as they are typed
highlight_language = "none"  # where a block names no language

html_theme = "furo"
html_use_index = False
html_title = project
html_static_path = ["_static"]
html_css_files = ["font.css", "site.css"]  # the first is made by scripts/make_site.py
templates_path = ["_templates"]
html_show_sourcelink = False
html_copy_source = False
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}


def _other_language(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Where the page stands in the other language, else where that begins."""
    name = page.removeprefix("docs/zh/").removeprefix("docs/")
    there, folder = ("en", "docs") if IS_CHINESE else ("zh", "docs/zh")
    wanted = name if (ROOT / folder / f"{name}.md").is_file() else "index"
    context["other_language"] = f"{'../' * (page.count('/') + 1)}{there}/{folder}/{wanted}.html"
    context["other_language_name"] = "English" if IS_CHINESE else "中文"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    search.languages["zh"] = Chinese
    app.connect("html-page-context", _other_language)
