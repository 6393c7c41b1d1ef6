"""What each agency is written, and that nobody who is asked about anything goes without a letter."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ogi.forms import REPORT_TITLE
from ogi.readers.document import UnreadableFile
from ogi.review import Review, lists
from ogi.review.asked import Asked, Reason, agencies_of, asked, doubt_of_year, in_rows
from ogi.review.file_lists import unread_words
from ogi.review.head import cover
from ogi.review.letters import (
    Letter,
    _cells,
    _letter,
    in_lines,
    letters,
    lines_of,
    parts_of,
    reply_of,
    title_of,
)
from ogi.review.page import what_to_send_back
from ogi.review.sent_back import slips, written_to
from ogi.review.settings import SETTINGS
from ogi.review.slips import SLIP_COLUMNS
from ogi.review.workbook import archived, save
from ogi.review.written import written
from ogi.said import Said, worded
from tests.province import YEAR, Planted


@pytest.fixture(scope="module")
def sent(data: Review) -> dict[str, Letter]:
    return {letter.agency: letter for letter in letters(data)}


def lines(letter: Letter) -> list[str]:
    """Openings and lines, one below the other."""
    return [str(text) for opening, own in lines_of(letter) for text in (opening, *own)]


def test_everyone_who_is_asked_about_anything_has_a_letter(sent: dict[str, Letter], planted: Planted) -> None:
    named = {name for names in planted.agencies.values() for name in names}
    # What is only somewhat alike, or their own words of last year, asks for no letter of its own.
    no_fault_of_theirs = planted.of("explained", "sudden", "far", "repeated", "shared", "near")
    # What a changed file said at first is not kept: nobody could be told what has changed.
    no_fault_of_theirs |= planted.of("changed")
    assert set(sent) == named - no_fault_of_theirs
    in_rows = [len(letter.rows) > 0 for letter in sent.values()]
    assert in_rows == sorted(in_rows, reverse=True), "those with slips come first"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            "missing",
            f"By [date] no report of yours on {YEAR} is known to have been published (due by 2024-01-31).",
        ),
        ("no_file", f"Your report on {YEAR} was published on 2024-01-25, but we have not received the file"),
        (
            "unread",
            f"Your report on {YEAR} could not be verified (due by 2024-01-31). Of what you sent, the file ",
        ),
    ],
)
def test_a_report_that_is_not_there_is_asked_for_and_blamed_for_no_slips(
    sent: dict[str, Letter], planted: Planted, fault: str, said: str
) -> None:
    assert planted.of(fault)
    for name in planted.of(fault):
        (line,) = lines(sent[name])
        assert said in line
        assert sent[name].points == 1
        assert sent[name].asked.reasons == [Reason(fault)]
        assert "sums" not in line


def test_the_law_is_named_only_where_it_sets_the_deadline(data: Review, planted: Planted) -> None:
    (name, *_) = sorted(planted.of("missing"))
    rows = data.reported.copy()
    told = {}
    for by in ("law", "catalogue"):
        other = Review(data.year, "zh", data.reports, data.tables, data.found)
        other.__dict__["reported"] = rows.assign(deadline_by=by)
        told[by] = asked(other)[name].openings[Reason.MISSING].zh
    assert (
        "第四十九条，县级以上人民政府部门应当向本级政府信息公开工作主管部门提交年度报告并向社会公布。"
        in told["law"]
    )
    assert "第四十九条" not in told["catalogue"]
    assert "。依据〔依据文件〕，请" in told["catalogue"]


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (2020, "年度报告格式（试行）》（国办公开办函〔2019〕60号），贵单位"),
        (2023, "年度报告格式》（国办公开办函〔2021〕30号），贵单位"),
    ],
)
def test_a_letter_names_the_document_that_the_sums_are_of(
    data: Review, planted: Planted, year: int, told: str
) -> None:
    (name, *_) = sorted(planted.of("balance_off"))
    other = replace(data, year=year)
    other.__dict__["reported"] = data.reported
    opening = asked(other)[name].openings[Reason.SLIPS]
    assert opening.zh.startswith("对照国务院办公厅政府信息与政务公开办公室印发的《中华人民共和国")
    assert told in opening.zh
    assert told[told.index("国办") :].removesuffix("），贵单位") in opening


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        (0.5, None),
        (0.6, "个缺报。去函之前，请先确认该年度的年报文件是否均已放入。"),
        (1.0, f"没有一个机关有{YEAR}年度报告，故不拟函。"),
    ],
)
def test_of_a_year_that_was_not_put_in_nobody_is_asked(
    data: Review, tmp_path: Path, lacking: float, told: str | None
) -> None:
    """Every year was due by a catalogue without years: seven letters asked for reports of one."""
    rows = data.reported.assign(status="in_time").reset_index(drop=True)
    rows.loc[: lacking * len(rows) - 1, "status"] = "missing"
    other = Review(data.year, "zh", data.reports, data.tables, data.found)
    other.__dict__["reported"] = rows
    doubt = doubt_of_year(other)
    assert (doubt is None) == (told is None)
    if doubt is not None and told is not None:
        assert told in doubt.zh
        assert doubt.zh in what_to_send_back(other)
        assert doubt.zh in save(other, str(tmp_path / "review.xlsx")).partition("review.zip")[0]
        assert (tmp_path / "review.zip").exists() == (asked(other) != {}), "no archive of nothing"
        if asked(other):
            with zipfile.ZipFile(tmp_path / "review.zip") as packed:
                assert packed.read("注意.txt").decode("utf-8-sig") == f"{doubt.zh}\r\n"
    assert (asked(other) == {}) == (lacking == 1)


def test_the_law_is_told_as_it_is_for_the_kind(data: Review, planted: Planted) -> None:
    """Departments hand their report in and publish it; that of a government is published."""
    (name, *_) = sorted(planted.of("missing"))
    other = Review(data.year, "zh", data.reports, data.tables, data.found)
    other.__dict__["reported"] = data.reported.assign(kind="government", deadline_by="law")
    told = asked(other)[name].openings[Reason.MISSING].zh
    assert "第四十九条，县级以上地方人民政府的年度报告由其政府信息公开工作主管部门向社会公布。" in told
    assert "提交" not in told


def test_a_late_report_is_one_sentence_and_no_table(sent: dict[str, Letter], planted: Planted) -> None:
    assert planted.of("late")
    for name in planted.of("late"):
        assert (sent[name].points, len(sent[name].rows)) == (1, 0)
        (opening,) = sent[name].asked.openings.values()
        assert opening == (
            "By article 49 of the Regulations on open government information, departments of people's "
            "governments from the county upward hand their annual reports in to the office in charge of open "
            f"government information at their level, and publish them. "
            f"Your report on {YEAR} was to be published by 2024-01-31, and was published on 2024-04-20, "
            "80 days late. Please say why."
        )
        assert isinstance(opening, Said)
        assert opening.zh == (
            "依据《中华人民共和国政府信息公开条例》第四十九条，县级以上人民政府部门应当向本级政府信息公开工作"
            f"主管部门提交年度报告并向社会公布。贵单位{YEAR}年度政府信息公开工作年度报告"
            "应于2024年1月31日前公布，实际于2024年4月20日公布，逾期80天，请说明原因。"
        )


def test_a_late_report_with_slips_has_both(data: Review, sent: dict[str, Letter], planted: Planted) -> None:
    late, slipped = sorted(planted.of("late"))[0], sorted(planted.of("balance_off"))[0]
    both = Review(data.year, "zh", data.reports, data.tables, data.found)
    both.__dict__["to_send"] = data.to_send.replace({"agency": {late: slipped}})
    (letter,) = (one for one in letters(both) if one.agency == slipped)
    assert letter.asked.reasons == [Reason.SLIPS, Reason.LATE]
    assert letter.asked.openings[Reason.SLIPS].zh.count("有1处") == 1
    assert letter.points == 2
    assert len(letter.rows) == len(sent[slipped].rows)
    assert title_of(letter, YEAR).zh == f"关于核实{YEAR}年度政府信息公开工作年度报告有关数据等事项的函"


def test_what_is_confirmed_is_to_be_corrected_and_not_verified(data: Review, planted: Planted) -> None:
    (one, *_) = sorted(planted.of("balance_off"))
    marked = data.to_send.assign(mark=data.to_send["mark"].mask(data.to_send["agency"] == one, "confirmed"))
    other = Review(data.year, "zh", data.reports, data.tables, data.found)
    other.__dict__["to_send"] = marked
    (letter,) = (own for own in letters(other) if own.agency == one)
    assert letter.asked.reasons == [Reason.CONFIRMED]
    opening = letter.asked.openings[Reason.CONFIRMED].zh
    assert opening.startswith(
        f"经核实，贵单位{YEAR}年度政府信息公开工作年度报告确有1处不符（详见附件）。"
        "请于〔　　年　月　日〕前更正并重新公布，并反馈更正情况"
    )
    assert "请逐项核实" not in opening
    assert title_of(letter, YEAR).zh.startswith("关于更正已公布的")
    assert "年　月　日" not in reply_of(letter).zh, "it has its day already"
    assert letter.rows.iloc[0]["level_told"].zh == "差错（经核实）"


def test_the_review_tells_what_an_explained_report_still_prints(data: Review, planted: Planted) -> None:
    rows = slips(data).rows.set_index("agency")
    for name in planted.of("explained"):
        assert rows.loc[name, "mark_told"].zh.endswith("。已公布的年报仍印“0”。")


@pytest.mark.parametrize(
    ("fault", "en", "zh"),
    [
        ("missing", "Request to publish", "关于尽快公布"),
        ("no_file", "Request to send", "关于补送"),
        ("unread", "Request to verify and send again", "关于核实并重新报送"),
        ("balance_off", "Request to verify figures", "关于核实"),
        ("carried", "Request to verify figures", "关于核实"),
        ("late", "The late publication", f"关于{YEAR}年度政府信息公开工作年度报告逾期公布情况的函"),
        ("blank", "Request to verify", "关于核对"),
        ("copied", "Request to explain like words", "关于说明"),
    ],
)
def test_the_title_says_what_is_asked(
    sent: dict[str, Letter], planted: Planted, fault: str, en: str, zh: str
) -> None:
    title = title_of(sent[sorted(planted.of(fault))[0]], YEAR)
    assert title.startswith(en)
    assert title.zh.startswith(zh)
    assert title.zh.endswith("的函")


@pytest.mark.parametrize("across", [14, 16, 20, 24, 60])
def test_a_title_is_broken_between_its_words(sent: dict[str, Letter], planted: Planted, across: int) -> None:
    """的函 stood alone below the title."""
    for letter in sent.values():
        title = title_of(letter, YEAR).zh
        lines = in_lines(title, lambda line: len(line) <= across).split("\n")
        assert "".join(lines) == title
        assert lines[-1] != "的函"
        assert (len(lines) == 1) == (len(title) <= across)
        assert all(line.startswith((REPORT_TITLE, "有关", "文", "逾期", "等")) for line in lines[1:])


def test_what_the_agency_fills_in_is_an_annex_that_the_text_names_before_it_is_signed(
    sent: dict[str, Letter],
) -> None:
    for letter in sent.values():
        parts = [*parts_of(letter, YEAR, "zh")]
        looks, texts = zip(*parts, strict=True)
        cut = looks.index("annex")
        body, annex = looks[:cut], looks[cut:]
        assert body[:3] == ("number", "gap", "title")
        assert {"table", "answer", "box", "picture"}.isdisjoint(body)
        assert ("table" in annex) != ("answer" in annex)
        named = texts.index(f"附件：{texts[looks.index('annex_title')]}")
        assert texts.index("特此函达。") < named < looks.index("signed")
        assert any("请填写附件，" in text for text in texts[:named])


def test_no_letter_tells_of_our_catalogue_folders_or_programs(
    data: Review, sent: dict[str, Letter], planted: Planted
) -> None:
    (name, *_) = sorted(planted.of("unread"))
    refused = UnreadableFile(
        f"raw/{name}/{YEAR}.pdf",
        worded("ogi.readers", "pdf.opens"),
        worded("ogi.readers", "damaged", fault="Data"),
    ).told
    findings = data.found.findings
    own = findings["agency"] == name
    findings = findings.assign(
        message=findings["message"].mask(own, str(refused)),
        message_zh=findings["message_zh"].mask(own, refused.zh),
    )
    told = asked(replace(data, found=replace(data.found, findings=findings)))[name].openings[Reason.UNREAD]
    assert f"the file {YEAR}.pdf cannot be opened or read (a damaged one)" in told
    assert f"贵单位报送的文件“{YEAR}.pdf”无法打开或读取（已损坏的文件），" in told.zh
    assert not any(word in told.zh for word in ("应为", "raw", "Data"))
    every = [opening.zh for letter in sent.values() for opening in letter.asked.openings.values()]
    assert not any("名录" in text for text in every)


def test_a_carry_over_is_one_matter_however_many_lines_it_breaks(
    data: Review, sent: dict[str, Letter], planted: Planted
) -> None:
    for name in planted.of("carried"):
        letter = sent[name]
        assert (data.to_send["agency"] == name).sum() == 1
        assert letter.points == 1
        assert "to be asked about: 1." in letter.asked.openings[Reason.WARNINGS]
        first, *others = letter.rows.to_dict("records")
        assert first["cell_told"].zh.endswith("行“总计”栏")
        now, before = int(first["as_printed"]), int(first["should_be"].partition(" ")[0])
        assert first["off"] == now - before
        assert first["should_be"].zh == f"{before}（依{YEAR - 1}年年报）"
        assert [row["sum_told"].zh.partition("：")[0] for row in others] == ["“自然人”栏"]


def asked_about(year: int) -> str:
    return f"Sections of your report on {year} are sentence by sentence those of another report:"


def test_a_letter_on_copies_says_what_is_the_same_as_whose_then_what_is_asked(data: Review) -> None:
    """Each section and other agency was a sentence, below a request about what was not named yet."""
    (row,) = data.copied.head(1).to_dict("records")
    crowd = SETTINGS.alike + 2
    pairs = [{**row, "agency": 0, "other": n, "how": "same", "share": 1.0} for n in range(1, crowd + 1)]
    pairs.append({**pairs[0], "how": "near", "share": 0.923, "section": "problems"})
    other = Review(data.year, "zh", data.reports, data.tables, data.found)
    other.__dict__["copied"] = pd.DataFrame(pairs)
    names = data.names(pd.Series(range(crowd + 1))).to_list()
    letter = next(one for one in letters(other) if one.agency == names[0])
    told = list(lines_of(letter))[-1]
    opening, (whole, request) = told[0].zh, [line.zh for line in told[1]]
    assert opening == f"贵单位{YEAR}年度政府信息公开工作年度报告中，下列章节的文字与其他年报逐句相同："
    others = "、".join(names[1 : SETTINGS.alike + 1])
    assert whole.endswith(f"”一节：与{others}等另2个机关同年度年报逐句相同。")
    assert request == worded("ogi.review", "likeness.asked").zh


def test_what_asks_for_no_letter_joins_none(data: Review, planted: Planted) -> None:
    """A likeness of 72 % of two sentences stood in a letter about a sum."""
    (slipped, *_) = sorted(planted.of("balance_off"))
    at = int(data.found.agencies.index[data.found.agencies["agency"] == slipped][0])
    other = Review(data.year, "zh", data.reports, data.tables, data.found)
    other.__dict__["copied"] = data.copied[data.copied["how"] != "same"].assign(agency=at)
    other.__dict__["repeated"] = data.repeated.assign(agency=at)
    assert len(other.copied)
    assert len(other.repeated)
    assert asked(other)[slipped].reasons == [Reason.SLIPS]


def test_copies_and_blank_tables_are_asked_about(sent: dict[str, Letter], planted: Planted) -> None:
    for one, other in map(sorted, planted.groups("copied", 2)):
        for own, named in ((one, other), (other, one)):
            opening, *sections, request = lines(sent[own])[-len(sent[own].asked.lines[Reason.LIKENESS]) - 2 :]
            assert opening == asked_about(YEAR)
            told = f": the same as in the report of {named}."
            assert any(line.endswith(told) for line in sections)
            assert request.startswith("Please say of each of these sections whether it tells")
            assert "供参考" not in sent[own].asked.openings[Reason.LIKENESS].zh
    assert all("is blank throughout" in lines(sent[name])[1] for name in planted.of("blank"))
    (blank, *_) = planted.of("blank")
    assert "(政府信息公开行政复议、行政诉讼情况)" in lines(sent[blank])[1]


def test_the_heading_over_several_parts_stands_before_the_first_alone() -> None:
    """法人或其他组织 stood five times in one sum."""
    measures = ("natural_person", "business", "research", "other_organisation", "total")
    cells = [f"requests/new/{measure}" for measure in measures]
    line = {"rule_id": "requests.applicants", "cells": cells, "left": 10.0, "right": 9.0}
    numbers = dict(zip(cells, (1.0, 2.0, 3.0, 4.0, 9.0), strict=True))
    told = written(line, numbers.get).zh
    assert "：自然人1 + 法人或其他组织 商业企业2 + 科研机构3 + 其他4 = 10；总计 = 9" in told


def test_no_row_asks_to_mend_a_number_to_itself(data: Review, planted: Planted) -> None:
    rows = in_rows(data, slips(data).rows)
    (slip, *_) = rows[rows["agency"].isin(planted.of("balance_off"))].to_dict("records")
    assert [row["should_be"] for row in _cells(slip)] != [""]
    way = {cell: float(text) for cell, text in zip(slip["cells"], slip["printed_cells"], strict=True)}
    for ways in ((way,), (way, *slip["ways"])):
        rows = list(_cells({**slip, "ways": ways}))
        assert rows
        assert not any(row.get("as_printed") and row["as_printed"] == row["should_be"] for row in rows)


def test_a_file_that_cannot_be_read_is_called_nothing_else(data: Review, planted: Planted) -> None:
    """It was said of each that it could not be read, or was of no known year."""
    chinese = replace(data, language="zh")
    (name, *_) = sorted(planted.of("unread"))
    why = dict(written_to(data).rows[["agency", "why"]].to_numpy())
    assert why[name].zh == "文件无法读取"
    status = dict(lists.reporting(data).rows[["agency", "status"]].to_numpy())
    assert status[name].zh == "文件无法读取"
    assert "年度不明" not in what_to_send_back(chinese) + cover(chinese)
    assert unread_words(data, {"乙"}).zh == "文件年度不明"
    assert unread_words(data, {name, "乙"}).zh == "文件无法读取或年度不明"


def test_the_page_tells_how_many_are_written_to_and_why(data: Review, sent: dict[str, Letter]) -> None:
    found = asked(data)
    assert set(found) == set(sent)
    shown = str(what_to_send_back(data))
    back = data.open_slips["agency"].nunique()
    others = len(sent) - back
    of = f"(of the {back} with something to be sent back: {back}, others: {others} – no report: "
    assert f"Agencies to be written to: {len(sent)} {of}" in shown
    for reason, n in agencies_of(found).items():
        assert n == sum(reason in letter.asked.reasons for letter in sent.values())
    assert f"no report: {agencies_of(found)[Reason.MISSING]}" in shown


def test_a_sum_is_written_with_every_number_and_every_line_of_the_cause(
    sent: dict[str, Letter], planted: Planted
) -> None:
    (name, *_) = sorted(planted.of("total_left_zero"))
    rows = sent[name].rows
    first = rows.iloc[0]
    assert first["cell_told"].zh.startswith("四、")
    assert first["cell_told"].zh.endswith("\n“行政复议”行“总计”栏")
    assert (first["as_printed"], first["should_be"], first["off"]) == ("0", "6", -6.0)
    assert "= 6; Total (总计) = 0" in first["sum_told"]
    assert "总计 = 0" in first["sum_told"].zh
    assert (rows["reply"] == "").all()


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason.MISPRINTS, ["a"] * (SETTINGS.alike + 3)),
        (
            Reason.LIKENESS,
            [*["a"] * SETTINGS.alike, "And 3 more of the kind.", str(worded("ogi.review", "likeness.asked"))],
        ),
    ],
)
def test_all_that_is_to_be_mended_is_named_and_of_likenesses_the_first(
    reason: Reason, told: list[str]
) -> None:
    """Whoever gets a letter has none of the review's own lists."""
    one = Asked({reason: Said("look", "看")})
    one.lines[reason] += [Said("a", "甲")] * (SETTINGS.alike + 3)
    made = _letter("甲", one, pd.DataFrame(columns=SLIP_COLUMNS), {})
    assert made.points == SETTINGS.alike + 3
    assert lines(made)[1:] == told


def test_the_archive_has_a_workbook_for_each_letter_alone(data: Review, sent: dict[str, Letter]) -> None:
    some = list(sent.values())[:3]
    with zipfile.ZipFile(io.BytesIO(archived(data, some))) as archive:
        endings = (".xlsx", ".docx")
        assert archive.namelist() == [letter.agency + ending for letter in some for ending in endings]
        for letter in some:
            book = zipfile.ZipFile(io.BytesIO(archive.read(f"{letter.agency}.xlsx")))
            assert book.read("xl/workbook.xml").decode().count("<sheet ") == 1
            others = {one.agency for one in some} - {letter.agency}
            told = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
            assert letter.agency in told
            assert not any(name in told for name in others)
    assert archived(data, some) == archived(data, some)


def test_a_name_that_no_file_can_have_is_put_otherwise_and_none_is_lost(data: Review) -> None:
    (first, *_) = letters(data)
    with zipfile.ZipFile(
        io.BytesIO(archived(data, [replace(first, agency=name) for name in ("甲/乙", "甲:乙", "../丙")]))
    ) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xlsx")]
        assert names == ["甲_乙.xlsx", "甲_乙_.xlsx", ".._丙.xlsx"]
        assert [name.replace(".xlsx", ".docx") for name in names] == archive.namelist()[1::2]
