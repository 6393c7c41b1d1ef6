"""The figures of a rule as links: what they share is said once, and neighbours are told by their ends."""

from __future__ import annotations

import re

import lxml.html

from ogi import pages
from ogi.forms import TABLES
from ogi.pages.references import references
from ogi.values import State
from tests.reports_made import made

FORM = TABLES["requests"]["2021"]
KINDS = [measure.id for measure in FORM.measures]


def told(cells: list[str], by_applicant: tuple[str, ...] = ("2023",)) -> list[tuple[str, list[str]]]:
    """Each group in Chinese, each link with where it leads behind it."""
    found = references(cells, "2023", by_applicant, "zh")
    return [
        (str(shared), [re.sub(r'<a href="(.*?)">(.*?)</a>', r"\2 \1", link) for link in own])
        for shared, own in found
    ]


def test_one_figure_has_its_whole_name() -> None:
    assert told(["requests/new/total"]) == [
        ("", ["一、本年新收政府信息公开申请数量 · 总计 #requests-new-total-2023"])
    ]


def test_a_long_sum_down_a_column_is_told_by_its_ends() -> None:
    items = [item.id for item in FORM.items if item.id not in ("new", "carried_in", "carried_out")]
    ((shared, links),) = told([f"requests/{item}/total" for item in items])
    assert shared == "总计"
    assert links == [
        "（一）予以公开 #requests-granted-total-2023 … （七）总计 #requests-outcome_total-total-2023"
    ]


def test_rows_that_are_no_neighbours_are_each_named() -> None:
    balance = ["new", "carried_in", "outcome_total", "carried_out"]
    ((shared, links),) = told([f"requests/{item}/business" for item in balance])
    assert shared == "商业企业"
    assert [link.rpartition(" ")[2] for link in links] == [f"#requests-{item}-2023" for item in balance]


def test_kinds_of_applicants_stand_in_one_row_and_have_one_link() -> None:
    ((shared, links),) = told([f"requests/granted/{kind}" for kind in KINDS])
    assert shared == "（一）予以公开"
    assert links == ["自然人 … 其他 #requests-granted-2023", "总计 #requests-granted-total-2023"]


def test_each_year_of_a_rule_across_years_is_said() -> None:
    found = told(["2022:requests/carried_out/total", "2023:requests/carried_in/total"])
    assert [shared for shared, _ in found] == ["2022 · 总计", "2023 · 总计"]


def test_where_kinds_of_applicants_are_not_shown_the_total_is_led_to() -> None:
    ((_, links),) = told(["requests/granted/business"], by_applicant=("2024",))
    assert links == ["（一）予以公开 · 商业企业 #requests-granted-total-2023"]


def test_a_doubt_of_an_earlier_year_does_not_unfold_its_kinds_of_applicants() -> None:
    blank = {f"requests/granted/{kind}": State.BLANK for kind in KINDS[:-1]} | {"requests/granted/total": 5}
    one = {"requests/granted/natural_person": 3}
    frames = made({2022: blank, 2023: {}, 2024: {}})
    assert [slip.year for slip in frames.slips if slip.level == "undecided"] != []
    assert frames.by_applicant == {"2024"}
    links = lxml.html.fromstring(pages.breaches(frames)).xpath("//*[@class='cells']//a/@href")
    assert "#requests-granted-total-2022" in links
    assert "#requests-granted-2022" not in links
    assert made({2022: one, 2023: {}, 2024: {}}).by_applicant == {"2022", "2024"}, "a sum that is broken"
