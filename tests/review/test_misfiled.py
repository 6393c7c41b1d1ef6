"""A report that is another agency's: told wherever a count is, and in no sum, rank or median."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import ogi
from ogi import reported
from ogi.checks.misfiled import misfiled
from ogi.compare import INDICATORS, LEADING
from ogi.index import entry, index, overview
from ogi.index.overview import there_on
from ogi.index.page import sentence
from ogi.ingest import ingest
from ogi.notebook import frames_of
from ogi.panel import export
from ogi.review import Review, file_lists, how_the_year_went, lists, rules
from ogi.review.asked import asked, in_rows
from ogi.review.gather import gathered
from ogi.review.head import cover
from ogi.review.letters import letters
from ogi.review.page import (
    did_everybody_report,
    what_is_out_of_the_ordinary,
    what_to_send_back,
    which_rules_break,
)
from ogi.review.sent_back import unwritten
from ogi.review.standing import ranked, ranking
from ogi.tables import empty, parts, read

TOWN, OTHER, COUNTY = "示例镇人民政府", "虚构市气象局", "示例县卫生健康局"
HEAD = "agency,year,rule_id,cells,mark,comment,who,when\n"
MARK = f"{TOWN},2024,agency.folder,,explained,merged,W,2025-03-31\n"


@pytest.fixture
def reviewed(samples: Path, tmp_path: Path) -> Callable[..., Review]:
    """The review of two agencies, of which one has another's report on a year."""

    def made(
        year: int = 2024, strange: str = "2024.md", marks: str = "", other: str = OTHER, twin: str = ""
    ) -> Review:
        raw, tables = tmp_path / "raw", tmp_path / "tables"
        for agency, files in ((TOWN, ("2020.md", "2021.txt", "2024.md")), (COUNTY, ("2020.txt", "2024.txt"))):
            (raw / agency).mkdir(parents=True)
            for name in files:
                shutil.copy(samples / agency / name, raw / agency)
        if strange:
            report = raw / TOWN / strange
            report.write_text(report.read_text("utf-8").replace(TOWN, other), "utf-8")
        if twin:
            shutil.copy(raw / TOWN / twin, raw / COUNTY)
        (tmp_path / "review_marks.csv").write_text(HEAD + marks, "utf-8")
        assert ingest(raw, tables, marks=tmp_path / "review_marks.csv").failures == []
        return Review(year, "en", raw, tables, gathered(tables, year))

    return made


def test_it_is_not_counted_as_reported_and_is_listed_with_why(reviewed: Callable[..., Review]) -> None:
    data = reviewed()
    status = dict(zip(data.reported["agency"], data.reported["status"], strict=True))
    assert status == {TOWN: reported.MISFILED, COUNTY: reported.UNDATED}
    page = cover(data)
    assert "1 of 2 agencies" in page
    assert "another agency&#39;s report in the folder: 1" in page
    (row,) = file_lists.strange(data).rows.to_dict("records")
    assert (row["agency"], row["title_names"]) == (TOWN, OTHER)
    assert "left out of all counts" in str(row["counted_told"])
    shown = did_everybody_report(data)
    assert "another agency&#39;s report in its folder" in shown
    assert "2024: another agency&#39;s report" in shown, "in the strip of years, too"
    assert TOWN not in lists.blank(data).rows["agency"].tolist()


@pytest.mark.parametrize("strange", ["2024.md", ""])
def test_it_is_in_no_rank_and_in_no_sum(reviewed: Callable[..., Review], strange: str) -> None:
    data = reviewed(strange=strange)
    rows = pd.concat(ranked(data.found, 2024, "requests_handled"))
    assert (TOWN in set(rows["agency"])) == (not strange)
    assert (TOWN in set(data.found.values["agency"])) == (not strange)
    town = set(data.found.judged[data.found.judged["agency"] == TOWN]["rule_id"])
    assert (town == set()) == bool(strange)
    assert COUNTY in set(rows["agency"])


@pytest.mark.parametrize("strange", ["2020.md", ""])
def test_last_years_is_compared_with_nothing(reviewed: Callable[..., Review], strange: str) -> None:
    """Two agencies would make the rise of one."""
    data = reviewed(year=2021, strange=strange)
    before = data.found.values[data.found.values["year"] == 2020]
    assert (TOWN in set(before["agency"])) == (not strange)
    town = data.found.judged[data.found.judged["agency"] == TOWN]["rule_id"]
    assert ("requests.carry_over" in set(town)) == (not strange)
    statuses = dict(zip(data.reported["agency"], data.reported["status"], strict=True))
    assert statuses[TOWN] == reported.UNDATED


@pytest.mark.parametrize("strange", ["2020.md", "2021.txt", ""])
def test_the_sums_name_whom_they_leave_out(reviewed: Callable[..., Review], strange: str) -> None:
    """That an agency's report lay wrong was told as that it reported on the year alone, or not at all."""
    data = reviewed(year=2021, strange=strange)
    told = f"or its own, by the title, in another's: 1 – {TOWN}."
    page = html.unescape(how_the_year_went(data))
    assert (told in page) == bool(strange)
    assert "on this year alone" not in page


def test_a_mark_brings_it_back(reviewed: Callable[..., Review]) -> None:
    data = reviewed(marks=MARK)
    assert data.found.misfiled.empty
    assert reported.MISFILED not in set(data.reported["status"])
    assert TOWN in set(pd.concat(ranked(data.found, 2024, "requests_handled"))["agency"])


NEIGHBOUR = "示例县财政局"


@pytest.mark.parametrize("marks", ["", MARK])
def test_what_may_be_anothers_is_undecided_and_doubted_wherever_it_is_told(
    reviewed: Callable[..., Review], marks: str
) -> None:
    """Within one city nothing was said."""
    data = reviewed(other=NEIGHBOUR, marks=marks)
    assert data.found.misfiled.empty
    assert reported.MISFILED not in set(data.reported["status"])
    rows = file_lists.strange(data).rows
    told = [] if marks else [(TOWN, NEIGHBOUR, "undecided, counted as this agency's")]
    shown = zip(rows["agency"], rows["title_names"], map(str, rows["counted_told"]), strict=True)
    assert list(shown) == told
    doubts = {}
    for one in ("requests_handled", "disclosure_rate"):
        for key, own in zip(("ranked", "few"), ranked(data.found, 2024, one), strict=True):
            listing = ranking(data, INDICATORS[one], key, own)
            doubts |= dict(zip(listing.rows["agency"], map(str, listing.rows["doubt"]), strict=True))
    assert ("another agency than the folder" in doubts[TOWN]) == (not marks)
    assert "another agency" not in doubts[COUNTY]
    row = data.found.counts.set_index("agency").loc[TOWN]
    assert row["undecided"] >= 1
    town = entry(frames_of(data.tables, TOWN), TOWN, True, False)
    assert (town.years[2024].undecided > town.years[2021].undecided) == (not marks)


def test_a_doubt_about_last_years_title_is_told_beside_its_value(reviewed: Callable[..., Review]) -> None:
    data = reviewed(year=2021, strange="2020.md", other=NEIGHBOUR)
    enough, few = ranked(data.found, 2021, "requests_handled")
    (row,) = pd.concat([enough, few]).query("agency == @TOWN").to_dict("records")
    assert (row["doubted_title"], row["titled_before"]) == (False, True)


@pytest.mark.parametrize("twin", ["2021.txt", ""])
def test_one_file_with_two_agencies_is_listed(reviewed: Callable[..., Review], twin: str) -> None:
    data = reviewed(year=2021, strange="", twin=twin)
    rows = file_lists.equal(data).rows
    there = list(zip(rows["agency"], rows["file"], rows["same_as"], strict=True))
    both = [(COUNTY, twin, f"{TOWN}/{twin}"), (TOWN, twin, f"{COUNTY}/{twin}")]
    assert there == (both if twin else [])
    assert ("byte for byte: 2" in cover(data)) == bool(twin)
    assert ("One file with several agencies" in did_everybody_report(data)) == bool(twin)


def test_the_index_and_the_medians_leave_it_out(reviewed: Callable[..., Review]) -> None:
    data = reviewed()
    entries = [entry(frames_of(data.tables, name), name, True, False) for name in (TOWN, COUNTY)]
    town = entries[0]
    assert [year for year, own in town.years.items() if own.received is not None] == [2020, 2021]
    assert (list(town.years), town.misfiled) == ([2020, 2021], {2024: OTHER})
    assert town.printed == TOWN
    assert [there_on(town, year) for year in (2021, 2023, 2024)] == ["1", "0", "2"]
    of = overview(entries, data.found.catalogue)
    assert of.statuses[2024][TOWN].status == reported.MISFILED
    told = sentence(of.rows(2024), 2024, "en")
    assert "with a report here: <b>1</b> of" in told
    assert "another agency's report in the folder, not counted: 1" in told
    records = parts.records_of(data.tables, parts.there_now(data.tables))
    leading = {agency: years for one in records for agency, years in one.leading.items()}
    assert "2024" not in leading[TOWN]
    assert leading[TOWN]["2021"] != [None] * len(LEADING)


def test_what_may_be_its_own_stays(reviewed: Callable[..., Review]) -> None:
    """That the title is of the same place leaves a doubt, and no more."""
    data = reviewed(strange="")
    assert misfiled(read(data.tables, "reports")).empty
    assert file_lists.strange(data).rows.empty


def test_what_needs_a_look_is_amber_where_nobody_is_written_to(reviewed: Callable[..., Review]) -> None:
    assert '<p class="verdict open">' in cover(reviewed())


def test_no_letter_asks_about_its_figures_and_the_list_says_so(
    reviewed: Callable[..., Review], tmp_path: Path
) -> None:
    """The slips of another agency's report were asked of the agency in whose folder it lay."""
    data = reviewed()
    report = tmp_path / "raw" / TOWN / "2024.md"
    head, row, rest = report.read_text("utf-8").partition("结转下年度继续办理")
    report.write_text(head + row + re.sub(r"\d+", "77", rest, count=1), "utf-8")
    shutil.copytree(report.parent, tmp_path / "raw" / OTHER, ignore=shutil.ignore_patterns("202[01]*"))
    (tmp_path / "catalogue.csv").write_text(f"agency\n{TOWN}\n{COUNTY}\n另一局\n", "utf-8")
    ingest(tmp_path / "raw", data.tables)
    data = replace(data, found=gathered(data.tables, 2024))
    assert "requests.balance" in set(data.to_send["rule_id"])
    assert set(asked(data)) == {OTHER, "另一局"}, "whose report it is, and who has none"
    assert [letter.agency for letter in letters(data)] == [OTHER, "另一局"]
    rows = in_rows(data, data.open_slips)["report_id"]
    assert rows.tolist() == [f"{OTHER}/2024.md"], "also where its own report lies beside it"
    why = dict(unwritten(data).rows[["agency", "why"]].to_numpy())
    assert why[TOWN].zh == "不去函：请先查是否归档有误"
    told = what_to_send_back(replace(data, language="zh"))
    assert "须去函的机关2个（应退回核实的1个中1个，此外1个，即缺报1个）。" in told
    assert "夹内为其他机关年报的1个不去函，请先查是否归档有误。" in told


def test_whose_report_lies_elsewhere_is_told_where_and_gets_no_letter(
    reviewed: Callable[..., Review], tmp_path: Path
) -> None:
    """The owner was asked for a report that had come in, and lay in a wrong folder."""
    data = reviewed()
    (tmp_path / "catalogue.csv").write_text(f"agency\n{TOWN}\n{COUNTY}\n{OTHER}\n", "utf-8")
    ingest(tmp_path / "raw", data.tables)
    data = replace(data, found=gathered(data.tables, 2024))
    status = dict(zip(data.reported["agency"], data.reported["status"], strict=True))
    assert status == {TOWN: reported.MISFILED, OTHER: reported.ELSEWHERE, COUNTY: reported.UNDATED}
    assert asked(data) == {}
    why = dict(unwritten(data).rows[["agency", "why"]].to_numpy())
    assert why[OTHER].zh == f"不去函：其年报似误放于{TOWN}的文件夹"
    page = cover(data)
    assert "Whose report, by the title, lies in another agency&#39;s folder: 1" in page
    entries = [entry(frames_of(data.tables, name), name, True, False) for name in (TOWN, COUNTY)]
    of = overview(entries, data.found.catalogue)
    assert of.statuses[2024][OTHER].status == reported.ELSEWHERE
    assert "whose report, by the title, lies in another agency's folder: 1" in sentence(
        of.rows(2024), 2024, "en"
    )
    export(data.tables, tmp_path / "panel")
    missing = pd.read_csv(tmp_path / "panel" / "missing.csv").set_index(["agency", "year"])
    assert missing.loc[(OTHER, 2024), ["status", "file"]].tolist() == ["elsewhere", f"{TOWN}/2024.md"]
    assert missing.loc[(TOWN, 2024), "status"] == "other_agency"


def test_a_lack_has_no_check_mark(reviewed: Callable[..., Review]) -> None:
    """That no region is known is no good news."""
    data = reviewed()
    assert '<p class="note">No region of an agency is known.</p>' in which_rules_break(data)
    assert '<p class="good">No share is far' in what_is_out_of_the_ordinary(data)


LATE = f"{COUNTY},2024,dates.published,,explained,moved,W,2025-03-31\n"


@pytest.mark.parametrize("marks", ["", LATE])
def test_what_a_mark_has_settled_is_counted_apart_everywhere(
    reviewed: Callable[..., Review], tmp_path: Path, marks: str
) -> None:
    (tmp_path / "catalogue.csv").write_text(f"agency,year,published\n{COUNTY},2024,2025-06-30\n", "utf-8")
    data = reviewed(strange="", marks=marks)
    status = dict(zip(data.reported["agency"], data.reported["status"], strict=True))[COUNTY]
    assert status == (reported.LATE_SETTLED if marks else reported.LATE)
    assert ("and 0 late" in cover(data) or "late: 0" in cover(data)) == bool(marks)
    assert ("late, settled by a mark: 1" in cover(data)) == bool(marks)
    rows = rules.by_rule(data.found).set_index("rule_id")
    assert rows.loc["dates.published", ["broken", "settled"]].tolist() == ([0, 1] if marks else [1, 0])
    shown = which_rules_break(data)
    assert ("Settled by a mark, not counted" in shown) == bool(marks)
    entries = [entry(frames_of(data.tables, name), name, True, False) for name in (TOWN, COUNTY)]
    of = overview(entries, data.found.catalogue)
    assert of.statuses[2024][COUNTY].status == status
    told = sentence(of.rows(2024), 2024, "en")
    assert ("Settled by review marks, and not counted: 1." in told) == bool(marks)


def test_beside_the_folders_own_report_it_is_told_whose_it_is(
    reviewed: Callable[..., Review], tmp_path: Path
) -> None:
    """The index knew nothing of a file beside the folder's own, and its owner was asked for it."""
    data = reviewed(strange="")
    own = tmp_path / "raw" / TOWN / "2024.md"
    (own.parent / "2024b.md").write_text(own.read_text("utf-8").replace(TOWN, OTHER), "utf-8")
    (tmp_path / "catalogue.csv").write_text(f"agency\n{OTHER}\n", "utf-8")
    ingest(tmp_path / "raw", data.tables)
    data = replace(data, found=gathered(data.tables, 2024))
    there = {OTHER: reported.ELSEWHERE, TOWN: reported.UNDATED, COUNTY: reported.UNDATED}
    assert dict(zip(data.reported["agency"], data.reported["status"], strict=True)) == there
    entries = [entry(frames_of(data.tables, name), name, True, False) for name in (TOWN, COUNTY)]
    of = overview(entries, data.found.catalogue)
    assert {name: one.status for name, one in of.statuses[2024].items()} == there
    page = index(of, [])
    assert 'href="#misfiled">Reports of other agencies than their folder, counted for none: 1<' in page
    assert f"{TOWN}, 2024: the title of a file there names {OTHER}" in page
    assert entries[0].years[2024].received is not None


AUDIT = "示例县审计局"


@pytest.mark.parametrize("settled", ["", f"{AUDIT},2024,agency.folder,,explained,merged,W,2025-03-31\n"])
def test_whose_report_may_lie_elsewhere_is_not_missing(samples: Path, tmp_path: Path, settled: str) -> None:
    """A town was asked for the report that lay, by its whole name, in the folder of the audit bureau.

    The bureau has reported all the same; where a mark says that the report is its own, the town has not.
    """
    raw, tables, marks = tmp_path / "raw", tmp_path / "tables", tmp_path / "review_marks.csv"
    for folder, agency, name in (
        (TOWN, TOWN, "2021.txt"), (COUNTY, COUNTY, "2024.txt"), (AUDIT, TOWN, "2024.md"),
    ):  # fmt: skip
        (raw / folder).mkdir(parents=True)
        shutil.copy(samples / agency / name, raw / folder)
    marks.write_text(HEAD + settled, "utf-8")
    ingest(raw, tables, marks=marks)
    status = reported.MISSING if settled else reported.ELSEWHERE
    data = Review(2024, "en", raw, tables, gathered(tables, 2024))
    there = {TOWN: status, AUDIT: reported.UNDATED, COUNTY: reported.UNDATED}
    assert dict(zip(data.reported["agency"], data.reported["status"], strict=True)) == there
    assert (TOWN in asked(data)) == bool(settled)
    why = dict(unwritten(data).rows[["agency", "why"]].to_numpy())
    told = None if settled else f"no letter: its report seems to lie in the folder of {AUDIT}"
    assert why.get(TOWN) == told
    strip = reported.matrix(data.found.filings, pd.Series([TOWN, AUDIT]), [2021, 2024])
    assert strip.to_numpy().tolist() == [["", status], [reported.MISSING, ""]]
    entries = [entry(frames_of(tables, name), name, True, False) for name in (TOWN, AUDIT, COUNTY)]
    of = overview(entries, data.found.catalogue)
    assert {name: one.status for name, one in of.statuses[2024].items()} == there
    export(tables, tmp_path / "panel")
    missing = pd.read_csv(tmp_path / "panel" / "missing.csv", keep_default_na=False)
    lacking = missing[missing["agency"] == TOWN].set_index("year").loc[2024, ["status", "file"]]
    assert lacking.tolist() == [status, "" if settled else f"{AUDIT}/2024.md"]
    series = ogi.dataset(tables).series(TOWN, "requests/new/total")
    assert series["state"].to_dict().get(2024) == (None if settled else reported.ELSEWHERE)


def test_a_title_in_doubt_names_nobody_for_short() -> None:
    """示例镇政府 may be that of any county, and no town is spared a letter for it."""
    found = reported.Filings(
        pd.DataFrame({"agency": [TOWN, AUDIT], "kind": None, "in_catalogue": True}),
        *map(empty, ("reports", "catalogue", "checks", "findings")),
        doubted=frozenset({(2024, "示例镇政府"), (2023, "示例鎮人民 政府")}),
    )
    for year, status in ((2024, reported.MISSING), (2023, reported.ELSEWHERE)):
        rows = reported.reported(found, year)
        assert dict(zip(rows["agency"], rows["status"], strict=True)) == {
            TOWN: status,
            AUDIT: reported.MISSING,
        }
