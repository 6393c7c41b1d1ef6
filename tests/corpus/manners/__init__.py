"""Documents as they are met outside: figures hidden, drawn, struck, typed in fields, files of another kind.

`python -m tests.corpus.manners --out FOLDER` writes one document for each manner in each of its layouts, with
its record beside it as in the rest of the corpus. A record tells what shows: a number that is hidden is blank,
one that is struck out or covered unreadable. The layouts BROWSER and OFFICE need such a program.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.samples import pdf, word
from scripts.samples.report_font import cut_font
from scripts.samples.writers import WRITERS
from tests.corpus import crawled
from tests.corpus.layouts import converted
from tests.corpus.manners import files, pages, web, words
from tests.corpus.manners.marked import SAME, Marked, marked
from tests.corpus.mix import sample_of

BROWSER, OFFICE = "odd_printed_page", "odd_printed_word"
"""Layouts that need a browser or LibreOffice to be made."""
_RUN = r"<w:r>(?:(?!<w:r>).)*?<w:t[^>]*>{}</w:t></w:r>"


@dataclass(frozen=True)
class Odd:
    """One document: a manner in a layout."""

    layout: str
    manner: str
    extension: str
    shows: str
    source: str
    """The layout that the report is composed for."""
    write: Callable[[Marked, random.Random], bytes]
    share: float = 0.2
    fits: Callable[[str], bool] = str.isdecimal

    @property
    def path(self) -> str:
        return f"{self.layout}/{self.manner}.{self.extension}"

    def made(self, seed: int = 1) -> tuple[bytes, str]:
        """The file and its record."""
        rng = random.Random(f"{seed} {self.path}")
        report = marked(sample_of(self.source, ("none",), rng), rng, self.share, self.fits)
        data, sample = self.write(report, rng), report.sample
        told = {"layout": self.layout, "quirks": [self.manner], "year": sample.year, "forms": sample.editions}
        told |= {"printed_agency": sample.printed_agency, "encoding": sample.plan.encoding, "misprints": []}
        return data, json.dumps(
            told | {"pictured": [], "figures": report.truth(self.shows)}, ensure_ascii=False
        )


def odd() -> Iterator[Odd]:
    """Every manner in each of its layouts."""
    for page in web.TRICKS:
        for source in ("html", "cms"):
            yield Odd(f"odd_{source}", page.name, "html", page.shows, source, _page(page), fits=page.fits)
        if page.on_paper is not None:
            shows = page.on_paper or page.shows
            yield Odd(BROWSER, page.name, "pdf", shows, "pdf", _printed_page(page), 0.1, page.fits)
    for text in words.TRICKS:
        yield Odd("odd_docx", text.name, "docx", text.shows, "docx", _word(text))
        if text.on_paper is not None:
            yield Odd(OFFICE, text.name, "pdf", text.on_paper or text.shows, "docx", _printed_word(text), 0.1)
    for drawn in pages.TRICKS:
        for name, is_ruled in (("odd_pdf", True), ("odd_pdf_unruled", False)):
            source = "pdf_ruled" if is_ruled else "pdf_unruled"
            yield Odd(name, drawn.name, "pdf", drawn.shows, source, _drawn(drawn, is_ruled), 0.1, drawn.fits)
    for file in files.FILES:
        yield Odd("odd_files", file.name, file.extension, SAME, file.layout, _file(file), 0.0)
    for kept, (extension, _) in crawled.FILES.items():
        for name in crawled.MANNERS:
            write_lines = _crawled(name, kept)
            yield Odd(
                f"odd_crawled_{kept}", f"crawled_{name}", extension, SAME, "txt_cells", write_lines, 0.0
            )


def write(out: Path, documents: list[Odd], seed: int = 1) -> None:
    """Write the documents and their records below a folder."""
    for document in documents:
        path = out / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        data, record = document.made(seed)
        path.write_bytes(data)
        path.with_suffix(".json").write_text(record, "utf-8")


def _other(rng: random.Random) -> str:
    return str(rng.randrange(1, 99))


def _with_markup(text: str, report: Marked, trick: web.Trick, rng: random.Random) -> str:
    for token, number in report.tokens.items():
        text = text.replace(token, trick.markup(number, _other(rng)))
    return text.replace("</style>", f"{web.STYLE}</style>", 1)


def _page(trick: web.Trick) -> Callable[[Marked, random.Random], bytes]:
    def write_page(report: Marked, rng: random.Random) -> bytes:
        encoding = report.sample.plan.encoding
        text = WRITERS[report.sample.plan.format](report.sample).decode(encoding)
        return _with_markup(text, report, trick, rng).encode(encoding)

    return write_page


def _printed_page(trick: web.Trick) -> Callable[[Marked, random.Random], bytes]:
    def write_page(report: Marked, rng: random.Random) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            cut_font(report.sample.text() + "- 0123456789()", place / "report.ttf")
            text = _with_markup(pdf.html_of(report.sample), report, trick, rng)
            (place / "report.html").write_text(text, "utf-8")
            return pdf.printed(place / "report.html", place / "report.pdf")

    return write_page


def _word(trick: words.Trick) -> Callable[[Marked, random.Random], bytes]:
    def write_word(report: Marked, rng: random.Random) -> bytes:
        def change(name: str, part: bytes) -> bytes:
            if name != "word/document.xml":
                return part
            text = part.decode()
            for token, number in report.tokens.items():
                runs = trick.runs(number, _other(rng))
                text = re.sub(_RUN.format(token), lambda _, r=runs: r, text, count=1, flags=re.DOTALL)
            return text.encode()

        return files.parts_changed(word.write(report.sample), change)

    return write_word


def _printed_word(trick: words.Trick) -> Callable[[Marked, random.Random], bytes]:
    def write_word(report: Marked, rng: random.Random) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "report.docx"
            source.write_bytes(_word(trick)(report, rng))
            return next(converted([source], Path(folder))).read_bytes()

    return write_word


def _crawled(manner: str, kept: str) -> Callable[[Marked, random.Random], bytes]:
    _, as_file = crawled.FILES[kept]
    return lambda report, _: as_file(crawled.text_of(report.sample, crawled.MANNERS[manner]))


def _drawn(trick: pages.Trick, is_ruled: bool) -> Callable[[Marked, random.Random], bytes]:
    return lambda report, rng: pages.write(report, trick, lambda: _other(rng), ruled=is_ruled)


def _file(file: files.File) -> Callable[[Marked, random.Random], bytes]:
    return lambda report, rng: file.write(report.sample, rng)
