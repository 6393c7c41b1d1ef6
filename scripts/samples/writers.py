"""Every digital format: how a composed report becomes a file, in data/samples and in the layout corpus."""

from __future__ import annotations

from collections.abc import Callable

from scripts.samples import drawn_pdf, html_pages, pdf, plain, word
from scripts.samples.compose import Sample

WRITERS: dict[str, Callable[[Sample], bytes]] = {
    "docx": word.write,
    "docx_pdf": word.write,  # the corpus hands it to LibreOffice, many at a time
    "pdf": pdf.write,
    "pdf_ruled": drawn_pdf.write_ruled,
    "pdf_unruled": drawn_pdf.write_unruled,
    "html": html_pages.write,
    "cms": html_pages.write_cms,
    "txt_cells": plain.write_cells,
    "txt_rows": plain.write_rows,
    "md": plain.write_markdown,
    "md_groups": plain.write_markdown_groups,
}
"""Format of a plan → the function that prints it. The corpus mixes its documents in this order."""
