"""In which order the figures of both forms stand in one table, and those of two files on one year."""

from __future__ import annotations

import lxml.html
import pytest

from ogi import pages
from ogi.forms import TABLES
from tests.reports_made import made, with_second_file


def rows(table: str, *years: int) -> list[str]:
    """The items of a table's rows, in order."""
    html = pages.figures_by_year(made({year: {} for year in years}), table)
    ids = lxml.html.fragment_fromstring(html, create_parent="div").xpath("//td/@id")
    return list(dict.fromkeys(id.removeprefix(f"{table}-").split("-")[0] for id in ids))


@pytest.mark.parametrize("years", [(2020, 2023), (2023, 2020)])
def test_what_only_the_old_form_has_stands_behind_the_same_neighbour(years: tuple[int, int]) -> None:
    assert rows("proactive", *years) == [
        *("regulations", "normative_documents", "licences", "other_services"),
        *("penalties", "coercive_measures", "fees", "procurement"),
    ]
    merged = rows("requests", *years)
    assert [item for item in merged if item != "other"] == [i.id for i in TABLES["requests"]["2021"].items]
    assert merged.index("other") == merged.index("not_processed.reconfirm") + 1


@pytest.mark.parametrize("table", list(TABLES))
@pytest.mark.parametrize("year", [2020, 2023])
def test_one_form_alone_stands_in_its_own_order(table: str, year: int) -> None:
    edition = "2019" if year < 2021 else "2021"
    assert rows(table, year) == [item.id for item in TABLES[table][edition].items]


def test_two_files_on_a_year_are_told_apart_and_where_they_differ() -> None:
    """Both columns were headed 2023, and a figure on which they differ looked like any other."""
    cells = {"requests/other.fee_unpaid/total": 5.0, "requests/new/total": 5.0}
    frames = with_second_file(made({2022: {}, 2023: {}}), 2023, cells)
    html = pages.figures_by_year(frames, "requests", "zh")
    table = lxml.html.fragment_fromstring(html, create_parent="div")
    assert table.xpath("//th/span[contains(@class, 'file')]/text()") == ["2023.pdf", "2023更正版.pdf"]
    marked = table.xpath("//td[contains(@class, 'df')]/@id")
    items = ("new", "other.fee_unpaid")
    assert marked == [f"requests-{item}-total-{key}" for item in items for key in ("2023", "2023-2")]
    assert "同一年度几份文件不一，不取值" in table.xpath("//ul[@class='legend']")[0].text_content()
    assert [td.text for td in table.xpath("//tr[contains(@data-k, '-new-')]/td")] == [
        "0",
        "0",
        "5",
        "文件不一",
        None,
    ]


def test_of_files_that_agree_none_is_marked() -> None:
    html = pages.figures_by_year(with_second_file(made({2023: {}}), 2023, {}), "requests", "zh")
    assert 'class="df"' not in html
    assert "不取值" not in html
