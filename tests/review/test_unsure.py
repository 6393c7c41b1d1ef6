"""A report that may be another agency's: nobody is asked about it, and a copied file is no copying."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ogi.agencies import Agencies
from ogi.ingest import ingest
from ogi.panel import rows_of
from ogi.panel.notes import MAY_BE_OTHER, Notes
from ogi.review import Review, file_lists, how_the_year_went, lists, outliers
from ogi.review.asked import Reason, asked, in_rows, unsure
from ogi.review.gather import gathered
from ogi.review.letters import letters
from ogi.review.page import what_to_send_back
from ogi.review.sent_back import slips, unwritten, written_to
from ogi.said import Said
from ogi.tables import read

TOWN, COUNTY = "示例镇人民政府", "示例县卫生健康局"
OTHER = "示例县财政局"
"""Whether the town's folder may hold its report is not known: both are of one county."""
HEAD = "agency,year,rule_id,cells,mark,comment,who,when\n"
Made = Callable[..., Review]


@pytest.fixture
def made(samples: Path, tmp_path: Path) -> Made:
    """The review of a town, whose file of a year is called `odd` and names `other`, and bears a slip."""

    def review(
        year: int,
        odd: str = "",
        marked: bool = False,
        copied: str = "",
        own: bool = False,
        other: str = OTHER,
    ) -> Review:
        raw, tables = tmp_path / "raw", tmp_path / "tables"
        for agency, files in ((TOWN, ("2020.md", "2021.txt", "2024.md")), (COUNTY, ("2020.txt", "2024.txt"))):
            (raw / agency).mkdir(parents=True)
            for name in files:
                shutil.copy(samples / agency / name, raw / agency)
        if odd:
            file = raw / TOWN / odd
            head, row, rest = file.read_text("utf-8").partition("结转下年度继续办理")
            wrong = head + row + re.sub(r"\d+", "77", rest, count=1)
            if own:
                file.with_stem(f"{file.stem}-own").write_text(wrong, "utf-8")
            file.write_text(wrong.replace(TOWN, other), "utf-8")
        if copied:
            shutil.copy(raw / TOWN / copied, raw / COUNTY)
        mark = f"{TOWN},{odd[:4]},agency.folder,,explained,renamed,W,2025-03-31\n" if marked else ""
        (tmp_path / "review_marks.csv").write_text(HEAD + mark, "utf-8")
        assert ingest(raw, tables, marks=tmp_path / "review_marks.csv").failures == []
        return Review(year, "zh", raw, tables, gathered(tables, year))

    return review


@pytest.mark.parametrize("marked", [False, True])
def test_no_letter_asks_about_it_and_the_list_says_so(made: Made, marked: bool) -> None:
    data = made(2024, "2024.md", marked)
    assert "requests.balance" in set(data.to_send["rule_id"])
    assert (TOWN in asked(data)) == (TOWN in {one.agency for one in letters(data)}) == marked
    assert unsure(data) == ([] if marked else [TOWN])
    why = [(row["agency"], row["why"].zh) for row in unwritten(data).rows.to_dict("records")]
    assert why == ([] if marked else [(TOWN, "不去函：请先查是否归档有误")])
    assert (TOWN in set(written_to(data).rows["agency"])) == marked
    told = "夹内年报可能属其他机关的1个不去函，请先查是否归档有误。"
    assert (told in what_to_send_back(data)) == (not marked)


def test_beside_it_the_agency_is_asked_about_its_own_report_alone(made: Made) -> None:
    """A letter said that the title of a file names another, which the office itself had put there."""
    data = made(2024, "2024.md", own=True)
    assert unsure(data) == []
    assert set(in_rows(data, data.open_slips)["report_id"]) == {f"{TOWN}/2024-own.md"}
    assert set(asked(data)[TOWN].reasons) <= {Reason.SLIPS, Reason.WARNINGS}


@pytest.mark.parametrize("marked", [False, True])
def test_next_year_is_not_held_against_it(made: Made, marked: bool) -> None:
    """The letter on 2021 asked about a carry-over from what may be another agency's report."""
    data = made(2021, "2020.md", marked)
    (row, *_) = data.found.standing.query("rule_id == 'requests.carry_over'").to_dict("records")
    assert row["verdict"] == ("broken" if marked else "undecided")
    assert (TOWN in asked(data)) == (TOWN in set(outliers.carried(data.found)["agency"])) == marked
    told = lists.undecided(data).rows.set_index("rule_id")["message_zh"]
    assert ("标题机关与文件夹不同" in "".join(told.get(["requests.carry_over"], []))) == (not marked)


def test_beside_a_report_of_nobody_a_slip_says_so_to_reviewers_alone(made: Made) -> None:
    """What lies in the wrong folder, and names nobody, made a slip of the agency's own without a word."""
    data = made(2021, "2020.md", other="")
    doubt = "2020年年报未注明机关，请先核对是否为本机关年报。"
    checks = read(data.tables, "checks").query("agency == @TOWN and verdict == 'broken'")
    told = {of: own["message_zh"].str.endswith(doubt).all() for of, own in checks.groupby("rule_id")}
    assert (told["requests.carry_over"], told["requests.balance"]) == (True, False)
    assert any(
        " The report on 2020 names no agency: look first whether it is this one’s." in one
        for one in checks["message"]
    )
    (own,) = (one for one in letters(data) if one.agency == TOWN)
    assert doubt in str([one.zh for one in slips(data).rows["told"]])
    words = [one.zh for rows in own.rows.to_dict("records") for one in rows.values() if isinstance(one, Said)]
    assert any("2020年" in one for one in words)
    assert not any("未注明机关" in one for one in words)


def test_one_file_with_two_agencies_is_no_copying(made: Made) -> None:
    """The town was asked why its words were those of the file that somebody had copied from its folder."""
    data = made(2021, copied="2021.txt")
    assert set(file_lists.equal(data).rows["agency"]) == {TOWN, COUNTY}
    assert data.copied.empty
    assert not any(Reason.LIKENESS in one.reasons for one in asked(data).values())


@pytest.mark.parametrize("odd", ["2024.md", ""])
def test_nobody_is_asked_why_words_are_those_of_what_may_be_its_own(
    made: Made, tmp_path: Path, odd: str
) -> None:
    data = made(2024, odd)
    text = (tmp_path / "raw" / TOWN / "2024.md").read_text("utf-8")
    (tmp_path / "raw" / OTHER).mkdir()
    (tmp_path / "raw" / OTHER / "2024.md").write_text(text.replace(TOWN, OTHER) + "\n", "utf-8")
    ingest(tmp_path / "raw", data.tables)
    data = Review(2024, "zh", data.reports, data.tables, gathered(data.tables, 2024))
    told = file_lists.strange(data).rows.set_index("agency")["counted_told"]
    likely = "未能判定，仍计入本机关；标题所印机关另有文件夹，多半为其年报"
    assert [one.zh for one in told.get([TOWN], [])] == ([likely] if odd else [])
    assert len(data.copied) > 0
    is_asked = {Reason.LIKENESS in one.reasons for name, one in asked(data).items() if name in (TOWN, OTHER)}
    assert is_asked == ({False} if odd else {True})


@pytest.mark.parametrize("marked", [False, True])
def test_sums_say_which_numbers_are_in_doubt(made: Made, marked: bool) -> None:
    """Its numbers were in the sums of both years, and a broken sum's too, without a word."""
    data = made(2021, "2020.md", marked)
    page = how_the_year_went(data)
    assert (" *1 ?1<" in page) == (not marked)
    assert " *1" in page
    told = " ".join(one.zh for one in lists.totals(data).rows["doubt"].dropna())
    assert "所涉合计不符（1个机关）" in told
    assert ("标题机关与文件夹不同，未能判定（1个机关）" in told) == (not marked)


def test_sums_name_who_is_left_out_since_its_files_differ(made: Made) -> None:
    """It was in no sum of the figure, and nothing said so."""
    data = made(2021)
    assert "多个文件" not in how_the_year_went(data)
    report = data.reports / TOWN / "2021.txt"
    text = report.read_text("utf-8")
    head, row, rest = text.partition("结转下年度继续办理")
    changed = head + row + re.sub(r"\d+", "77", rest, count=7)
    report.with_name("2021b.txt").write_text(changed, "utf-8")
    ingest(data.reports, data.tables)
    data = Review(2021, "zh", data.reports, data.tables, gathered(data.tables, 2021))
    assert f"同一年度多个文件不一致的数据不计入合计，涉1个机关：{TOWN}。" in how_the_year_went(data)


@pytest.mark.parametrize("marked", [False, True])
def test_a_mark_settles_it_in_the_panel_too(made: Made, marked: bool) -> None:
    data = made(2020, "2020.md", marked)
    names = ("reports", "figures", "checks", "findings", "corrections", "review_marks")
    tables = {name: read(data.tables, name) for name in names}
    rows = rows_of(tables, Agencies(read(data.tables, "catalogue"))).to_pandas()
    rows = rows.set_index(["agency", "year"])
    undecided = rows["n_undecided"]
    may_be = rows.loc[TOWN, ["may_be_other", "l_may_be_other"]].astype("Int64")
    assert may_be["may_be_other"].to_dict() == {2020: int(not marked), 2021: 0, 2024: 0}
    assert may_be["l_may_be_other"].dropna().to_dict() == {2021: int(not marked)}
    checks = tables["checks"].query("agency == @TOWN and year == 2020 and verdict == 'undecided'")
    assert undecided[TOWN, 2020] == len(checks) - marked
    notes = Notes()
    notes.see(tables)
    assert (MAY_BE_OTHER in set(notes.warnings()["kind"])) == (not marked)
