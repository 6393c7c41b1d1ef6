"""Links to the reports themselves: to their copies beside the page, and to the page that is meant."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest

from ogi import pages
from ogi.pages.originals import framed, linked
from tests.reports_made import made

NAMES = ["2022.pdf", "2022 副本&.PDF", "2021.html", "2020.xhtml"]


def marked(name: str, page: str = "") -> str:
    return f'<p><a class="original" data-original="{name}" data-page="{page}">there</a></p>'


@pytest.mark.parametrize(
    ("mention", "href"),
    [
        (marked("2022.pdf", "4"), "reports/2022.pdf#page=4"),
        (marked("2022.pdf"), "reports/2022.pdf"),
        (marked("2022 副本&amp;.PDF", "1"), "reports/2022%20%E5%89%AF%E6%9C%AC%26.PDF#page=1"),
        (marked("2021.html", "2"), "reports/2021.html"),
        (marked("2020.xhtml"), "reports/2020.xhtml.html"),
        (marked("2019.pdf", "2"), None),
        (marked("../../2022.pdf", "2"), None),
    ],
)
def test_a_mention_of_a_report_leads_to_its_copy_if_there_is_one(mention: str, href: str | None) -> None:
    (link,) = lxml.html.fragment_fromstring(linked(mention, NAMES), create_parent="div").iter("a")
    assert link.get("href") == href
    assert link.text == "there"


@pytest.mark.parametrize("fragment", [pages.breaches, pages.sources_table])
def test_what_is_broken_and_the_list_of_sources_lead_to_the_reports(fragment: object) -> None:
    frames = made({2022: {"requests/new/total": 7}})
    told = fragment(frames)  # type: ignore[operator]
    assert 'href="reports' not in told, "a notebook has no copies beside it"
    tree = lxml.html.fragment_fromstring(linked(told, NAMES), create_parent="div")
    page = "#page=3" if fragment is pages.breaches else ""
    assert f"reports/2022.pdf{page}" in tree.xpath("//a/@href")


def test_a_web_page_breaks_out_of_no_frame() -> None:
    told = framed('"></iframe><script>alert(1)</script>', "</title><script>")
    tree = lxml.html.document_fromstring(told)
    assert tree.xpath("//script") == []
    assert tree.xpath("//iframe/@srcdoc") == ['"></iframe><script>alert(1)</script>']
    assert tree.xpath("//iframe/@sandbox") == [""]


def test_a_name_like_markup_breaks_out_of_no_link() -> None:
    frames = made({2022: {"requests/new/total": 7}})
    name = f'{frames.agency}/"><script>.pdf'
    evil = {
        part: getattr(frames, part).assign(report_id=name)
        for part in ("reports", "figures", "checks", "findings", "narratives")
    }
    told = linked(pages.breaches(replace(frames, **evil)), ['"><script>.pdf'])
    assert "<script" not in told
    assert 'href="reports/%22%3E%3Cscript%3E.pdf#page=3"' in told
