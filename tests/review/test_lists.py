"""What the lists of the page lead to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ogi.checks.marks import read_marks
from ogi.review import Review, cover, lists
from ogi.review.letters import letters
from ogi.review.listing import KINDS_OF_COLUMNS, ListColumn, Listing, head
from ogi.review.page import what_to_send_back
from ogi.review.sent_back import slips, to_mark, written_to
from ogi.review.slips import SENT_BACK, slips_of
from ogi.tables import matched, read, to_csv


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://www.example.gov.cn/a?b=1&c=2", ">www.example.gov.cn</a>"),
        ("javascript:alert(1)", None),
        ("https://[broken", None),
        ("www.example.gov.cn", None),
    ],
)
def test_where_a_report_was_published_is_a_link_to_web_pages_alone(
    data: Review, url: str, told: str | None
) -> None:
    catalogue = data.found.catalogue.assign(url=url)
    listing = lists.reporting(replace(data, found=replace(data.found, catalogue=catalogue)))
    page = listing.html("en", data.with_page)
    assert (told in page) if told is not None else (url not in page)
    assert ("https://www.example.gov.cn/a?b=1&amp;c=2" in page) == (told is not None)
    assert set(listing.rows["url"]) == {url}, "the workbook has it as it stands"


def test_without_an_address_there_is_no_column_of_them(data: Review) -> None:
    assert "site" not in [column.id for column in lists.reporting(data).columns]


def test_each_column_is_told_in_one_known_way(data: Review) -> None:
    declared = [id for ids in KINDS_OF_COLUMNS.values() for id in ids.split()]
    assert len(declared) == len(set(declared))
    shown = {column.kind for listing in lists.every(data) for column in listing.columns}
    assert {"official", "number", "share", "zh"} <= shown <= {*KINDS_OF_COLUMNS, "text"}


def test_a_row_of_the_list_tells_its_slip_in_a_sentence(data: Review) -> None:
    page = slips(data).html("en", data.with_page)
    assert "Published on 2024-04-20 by the catalogue, 80 days after the deadline of 2024-01-31." in page


def test_a_rise_from_nothing_is_told_in_words() -> None:
    rows = pd.DataFrame({"times": [float("inf"), 6.0]})
    shown = Listing("sudden", (ListColumn("times", "times"),), rows).html("zh", frozenset())
    assert "上年为0" in shown
    assert "× 6" in shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_rows_to_mark_are_pasted_into_the_file_and_settle_every_slip(
    data: Review, tmp_path: Path, language: str
) -> None:
    """Where the id of a rule and the cells came from, nothing but `ogi check --format csv` told."""
    listing = to_mark(data)
    rows = listing.rows.assign(mark_is="不成立", mark_comment="因故", mark_who="甲", mark_when="2025-03-31")
    own = [column.id for column in listing.columns[:8]]
    heads = {name: str(head(name, language)) for name in own}
    (tmp_path / "review_marks.csv").write_text(to_csv(rows[own].rename(columns=heads)), "utf-8")
    marks, faults = read_marks(tmp_path / "review_marks.csv")
    assert faults == []
    is_open = ~data.to_send["is_settled"].astype(bool)
    assert len(marks) == is_open.sum() < sum(1 + more for more in data.to_send.loc[is_open, "more"])
    assert all(str(rule).endswith("”: broken") for rule in listing.rows["rule"]), "no praise"
    _, unmet = matched(data.found.standing, marks)
    assert unmet.empty
    names = ("reports", "figures", "checks", "findings", "corrections")
    tables = {**{name: read(data.tables, name) for name in names}, "review_marks": marks}
    agencies = marks["agency"].unique()
    own = {name: frame[frame["agency"].isin(agencies)] for name, frame in tables.items()}
    standing = data.found.standing[data.found.standing["agency"].isin(agencies)]
    found, *_ = slips_of(own, standing, data.year)
    asked_about = found[found["level"].isin(SENT_BACK)]
    assert len(asked_about) >= len(marks)
    assert set(asked_about.loc[~asked_about["is_settled"].astype(bool), "agency"]) == set()


def test_what_is_settled_says_so_and_stands_under_no_red_heading(data: Review) -> None:
    settled = data.to_send[data.to_send["is_settled"].astype(bool)]
    own = replace(data, language="zh", found=replace(data.found, slips=settled))
    page = what_to_send_back(own)
    assert 'class="level official settled"' in page
    row = slips(own).rows.iloc[0]
    assert f"（{row['who']}：{row['comment']}）" in page
    assert "level official settled" not in what_to_send_back(data)


def test_the_list_of_slips_has_the_ids_of_its_first_line(data: Review) -> None:
    rows = lists.slips(data).rows
    assert {"rule_id", "mark_cells"} <= {column.id for column in lists.slips(data).columns}
    assert rows["mark_cells"][0].split() == list(rows["line"][0]["cells"])


def test_who_is_alike_but_gets_no_letter_is_told_beside_those_who_are_alike(data: Review) -> None:
    """The head said four agencies, the letters three, and nothing said why."""
    near, same = replace(data), replace(data)
    vars(near)["copied"] = data.copied.assign(how="near")
    vars(same)["copied"] = data.copied.assign(how="same")
    assert "which no letter asks about" not in cover(same)
    alike = {*data.names(data.copied["agency"]), *data.names(data.copied["other"])}
    assert f"which no letter asks about: {len(alike)}." in cover(near)


def test_a_pair_has_the_days_on_which_both_were_published(data: Review) -> None:
    rows = lists.copied(data).rows
    days = data.reported.set_index("agency")["published"]
    assert len(rows) > 0
    assert rows["published"].to_list() == [days[name] for name in rows["agency"]]
    assert rows["other_published"].to_list() == [days[name] for name in rows["other"]]


def test_all_who_are_written_to_are_named_with_what_they_are_asked_about(data: Review) -> None:
    """One list for the letters in the archive: the same agencies in the same order, the same points."""
    sent, rows = letters(data), written_to(data).rows
    assert rows["agency"].tolist() == [letter.agency for letter in sent]
    reasons = [why.split("; ") for why in rows["why"]]
    counts = [sum(int(one.partition(": ")[2] or 1) for one in own) for own in reasons]
    assert counts == [letter.points for letter in sent]
    assert {"no report", "slips: 1", "late"} <= {one for own in reasons for one in own}
