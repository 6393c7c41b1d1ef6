"""Samples as PDF: the page printed by a headless Chromium, in a font cut down to the report's characters."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from scripts.samples.compose import Sample
from scripts.samples.html_pages import page
from scripts.samples.report_font import cut_font

OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--disable-pdf-tagging")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DATED = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")

STYLE = """
@font-face { font-family: "Report"; src: url("report.ttf"); }
@page { size: A4; margin: 25mm 24mm 22mm;
  @bottom-center { content: "- " counter(page) " -"; font: 10pt "Report"; } }
body { font: 11.5pt/1.8 "Report"; margin: 0; }
h1 { text-align: center; font-size: 18pt; line-height: 1.5; font-weight: normal; margin: 0 0 1em; }
h2 { font-size: 13pt; font-weight: normal; break-after: avoid; margin: 0.8em 0 0.4em; }
p { text-indent: 2em; margin: 0.2em 0; text-align: justify; }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; line-height: 1.3; table-layout: fixed;
  break-inside: avoid; }
table.continued { break-before: page; }
td { border: 0.75pt solid #000; padding: 4pt 3pt; text-align: center; }
td.label { text-align: left; }
table.requests td { padding: 4.5pt 2pt; }
table.review { font-size: 8pt; }
table.box { font-size: 11.5pt; line-height: 1.8; }
"""
COLUMN_WIDTHS = (5, 13, 28, *(7.7,) * 7)
"""Of the requests table, in per cent: the group's label, the item's, the figures."""


def write(sample: Sample) -> bytes:
    """The report as a PDF without dates. Raises FileNotFoundError where there is no Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        cut_font(sample.text() + "- 0123456789", place / "report.ttf")
        (place / "report.html").write_text(html_of(sample), "utf-8")
        return printed(place / "report.html", place / "report.pdf")


def printed(page_: Path, to: Path) -> bytes:
    """What a browser prints of a page, without dates."""
    _print(page_, to)
    return DATED.sub(_fixed_date, to.read_bytes())


def html_of(sample: Sample) -> str:
    uneven = {"uneven_colspans", "uneven_requests"} & set(sample.plan.quirks)
    shares = (*COLUMN_WIDTHS[:3], *(6.7,) * 8) if uneven else COLUMN_WIDTHS
    widths = "".join(f'<col style="width:{width}%">' for width in shares)
    opening = re.compile(r'<table class="requests.*">\n')
    style = STYLE + _running_head(sample.plan.running_head)
    return opening.sub(lambda found: f"{found[0]}<colgroup>{widths}</colgroup>\n", page(sample, style))


def _running_head(text: str) -> str:
    """The style that prints a text at the top of every page; nothing where there is none."""
    return f'@page {{ @top-center {{ content: "{text}"; font: 9pt "Report"; }} }}\n' if text else ""


def _print(page_: Path, pdf: Path) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise FileNotFoundError(f"no browser to print PDFs: none of {', '.join(BROWSERS)} is on PATH")
    places = [f"--user-data-dir={page_.parent / 'profile'}", f"--print-to-pdf={pdf}", page_.as_uri()]
    subprocess.run([browser, *OPTIONS, *places], check=True, capture_output=True, timeout=120)


def _fixed_date(found: re.Match[bytes]) -> bytes:
    """A date of the same length, so that the file's cross-references still hold."""
    date = b"20000101000000+00'00'"
    dated = b"/" + found[1] + b" (D:" + date + b")"
    if len(dated) != len(found[0]):
        raise ValueError(f"a date in the PDF is written in another way: {found[0]!r}")
    return dated
