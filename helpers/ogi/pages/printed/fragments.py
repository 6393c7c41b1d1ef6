"""The smaller parts of the notebook on one report: who says it, sums, remarks, words, one cell."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from PIL import Image

from ogi import workers
from ogi.forms import EDITIONS, TABLES
from ogi.pages.breaches import breaches
from ogi.pages.clippings import data_uri
from ogi.pages.html import Html, render, say
from ogi.pages.parts import findings_of_reading, verdicts_by_rule
from ogi.pages.printed.report import OneReport
from ogi.pages.styled import styled, words_of_package
from ogi.readers import pictures
from ogi.readers.document import Method, UnreadableFile
from ogi.said import Refused
from ogi.trace import steps_of

LARGEST_PICTURE = 110_000
"""Bytes: 147 kB as a data URI, so that a notebook of a report of ten pages stays under 2 MB."""


def fragment(template: str, report: OneReport, more_text: str = "", **values: Any) -> Html:
    """The template filled in for a report, styled."""
    body = render(template, report.language, agency=report.frames.agency, **values)
    return styled(body, report.language, more_text)


def sentence(key: str, language: str, **values: object) -> Html:
    """One of the words as a fragment of its own."""
    return styled(Markup('<p class="note">{}</p>').format(say(key, language, **values)), language)


def identity(report: OneReport) -> Html:
    """Title, agency, year, the edition of each table, the file and its fingerprint.

    The first output of its notebook: it brings the characters of the headings.
    """
    row = report.frames.reports.iloc[0]
    return fragment(
        "printed_identity",
        report,
        words_of_package(),
        year=report.column.year,
        read=report.read,
        file=row["report_id"],
        given_agency=report.read.agency != report.frames.agency,
        given_year=report.read.year != report.column.year,
        tables=[
            (editions[EDITIONS[-1]], report.column.editions[table]) for table, editions in TABLES.items()
        ],
    )


def sums(report: OneReport) -> Html:
    """What does not hold, with the figures and their pictures, then the verdicts on every rule."""
    fragments = (make(report.frames, report.language) for make in (breaches, verdicts_by_rule))
    return styled(Markup("").join(fragments), report.language)


def reading(report: OneReport) -> Html:
    """What was read but not understood, and what was expected but not found."""
    return styled(findings_of_reading(report.frames, report.language), report.language)


def narrative(report: OneReport) -> Html:
    """The text of each section, folded away."""
    return fragment("printed_narrative", report, sections=report.read.narratives)


def cell(report: OneReport, id: str) -> Html:
    """The picture of one cell, by table/item/measure; a sentence where it has no place on a page.

    Refused where the report's forms have no such figure.
    """
    figure = next((figure for figure in report.read.figures if figure.id == id), None)
    if figure is None:
        expected = "a figure by its id, such as requests/new/total"
        raise Refused(f"expected {expected}, found {id!r}, which no table of this report has")
    if figure.box is None:
        state = say(f"state.{figure.state}", report.language) if figure.value is None else f"{figure.value:g}"
        return sentence("no_place", report.language, id=id, state=state)
    picture = workers.run(pictures.cell_picture, report.path, figure.box)
    return _framed(picture, say("cell_alt", report.language, id=id), report.language)


def way(report: OneReport, id: str) -> Html:
    """How one figure was read, step by step: page, characters, cell, row, label, column, value, rules.

    Refused where the report's forms have no such figure.
    """
    try:
        steps = steps_of(report.document, report.read, id, report.frames.checks, report.language)
    except Refused as fault:
        raise Refused(fault.message, report.language) from fault
    return fragment("printed_way", report, steps=steps)


def lattice(report: OneReport, page: int = 0) -> Html:
    """Draw the lattice that the reader saw on a PDF page; page 0 is the first that holds figures."""
    first = min((figure.box.page for figure in report.read.figures if figure.box is not None), default=1)
    shown = page if page != 0 else first
    if report.path.suffix.lower() not in pictures.PDF_SUFFIXES or report.read.method == Method.OCR:
        method = say(f"method.{report.read.method}", report.language)
        return sentence("only_pdf", report.language, method=method)
    try:
        picture = workers.run(pictures.lattice_picture, report.path, shown)
    except UnreadableFile as fault:
        raise Refused(fault.told, report.language) from fault
    return _framed(picture, say("lines_alt", report.language, page=shown), report.language)


def _framed(picture: Image.Image, alt: Markup, language: str) -> Html:
    """The picture in its own size, or as wide as there is room."""
    image = Markup('<p><img class="framed" src="{}" width="{}" height="{}" alt="{}"></p>')
    return styled(
        image.format(data_uri(picture, LARGEST_PICTURE), picture.width, picture.height, alt), language
    )
