"""In which order the figures of both forms stand in one table."""

from __future__ import annotations

import lxml.html
import pytest

from ogi import pages
from ogi.forms import TABLES
from tests.reports_made import made


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
