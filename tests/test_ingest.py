"""Many files become the dataset: one failure costs one file, and what has not changed is not read again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest

from ogi.extract import PARSER_VERSION, read_report
from ogi.extract.report import FindingKind, Report
from ogi.ingest import IngestResult, ingest
from ogi.ingest.reading import read_all
from ogi.ingest.sources import Failure, Source, of_agencies, of_any, told_apart
from ogi.ingest.unfinished import FOLDER, kept
from ogi.progress import Progress
from ogi.review.file_lists import changed
from ogi.said import printable
from ogi.tables import Filed, MissingTablesError, connect, read
from ogi.tables.first_read import known

TOWN, BUREAU = "示例镇人民政府", "示例县卫生健康局"


@pytest.fixture
def raw(tmp_path: Path, samples: Path) -> Path:
    """Three reports of two agencies, all plain text."""
    for agency, year in ((TOWN, 2021), (TOWN, 2022), (BUREAU, 2019)):
        place = tmp_path / "raw" / agency / f"{year}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(samples / agency / f"{year}.txt", place)
    return tmp_path / "raw"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tables"


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read, as they are read."""
    read_files: list[str] = []

    def watched(sources: Sequence[Source], progress: Progress) -> Iterator[Filed | Failure]:
        for source, result in zip(sources, read_all(sources, progress), strict=True):
            read_files.append(source.report_id)
            yield result

    monkeypatch.setattr("ogi.ingest.run.read_all", watched)
    return read_files


def faulty(path: Path) -> tuple[Report, float]:
    """Reads in a worker, which finds it by its name."""
    if path.name == "2021.txt":
        raise ZeroDivisionError("a\nfault")
    return read_report(path), 0.0


def test_a_folder_per_agency_becomes_the_dataset(raw: Path, tables: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    result = ingest(raw, tables, lambda done, total, what: steps.append((done, total, what)))
    ids = [f"{BUREAU}/2019.txt", f"{TOWN}/2021.txt", f"{TOWN}/2022.txt"]
    assert result == IngestResult(3, 0, [])
    assert steps == [(n, 3, name) for n, name in enumerate(ids, 1)]
    reports = read(tables, "reports")
    assert list(reports["report_id"]) == ids
    assert list(reports["agency"]) == [BUREAU, TOWN, TOWN]
    assert list(reports["year"]) == [2019, 2021, 2022]
    assert set(reports["parser_version"]) == {PARSER_VERSION}
    assert (reports["seconds"] > 0).all()
    assert set(read(tables, "checks", TOWN)["year"]) == {2021, 2022}
    assert "requests.carry_over" in set(read(tables, "checks")["rule_id"])
    with connect(tables) as connection:
        assert connection.execute("SELECT count(*) FROM corrections").fetchone() == (0,)


def test_the_folder_is_the_agency_whatever_the_report_prints(raw: Path, tables: Path) -> None:
    (raw / TOWN).rename(raw / "renamed since")
    ingest(raw, tables)
    reports = read(tables, "reports", "renamed since")
    assert set(reports["printed_agency"]) == {TOWN}
    assert set(read(tables, "figures", "renamed since")["report_id"]) == set(reports["report_id"])


# --- again ------------------------------------------------------------------------------------------


def dataset(tables: Path) -> dict[str, pd.DataFrame]:
    return {name: read(tables, name) for name in ("figures", "reports", "narratives", "findings", "checks")}


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[name])


def test_what_has_not_changed_is_not_read_again(raw: Path, tables: Path, reading: list[str]) -> None:
    ingest(raw, tables)
    before = dataset(tables)
    reading.clear()
    assert ingest(raw, tables) == IngestResult(0, 3, [])
    assert reading == []
    assert_same(before, dataset(tables))


def test_changed_bytes_are_read_again_and_nothing_else(raw: Path, tables: Path, reading: list[str]) -> None:
    ingest(raw, tables)
    path = raw / TOWN / "2021.txt"
    path.write_bytes(path.read_bytes() + b"\n")
    reading.clear()
    assert ingest(raw, tables) == IngestResult(1, 2, [])
    assert reading == [f"{TOWN}/2021.txt"]
    mixed = dataset(tables)
    shutil.rmtree(tables)
    ingest(raw, tables)
    fresh = dataset(tables)
    for name in ("figures", "narratives", "findings", "checks"):
        pd.testing.assert_frame_equal(mixed[name], fresh[name])
    assert list(mixed["reports"]["report_id"]) == list(fresh["reports"]["report_id"])


def test_another_parser_version_reads_everything_again(
    raw: Path, tables: Path, reading: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(raw, tables)
    monkeypatch.setattr("ogi.ingest.run.PARSER_VERSION", "next")
    monkeypatch.setattr("ogi.ingest.reading.PARSER_VERSION", "next")
    assert ingest(raw, tables).read == 3
    assert len(reading) == 6
    assert set(read(tables, "reports")["parser_version"]) == {"next"}


def test_a_file_taken_away_is_gone_and_a_renamed_one_is_read(raw: Path, tables: Path) -> None:
    ingest(raw, tables)
    (raw / BUREAU / "2019.txt").unlink()
    (raw / BUREAU).rmdir()
    (raw / TOWN / "2021.txt").rename(raw / TOWN / "report 2021.txt")
    assert ingest(raw, tables) == IngestResult(1, 1, [])
    assert set(read(tables, "figures")["report_id"]) == {f"{TOWN}/2022.txt", f"{TOWN}/report 2021.txt"}


def test_tables_of_another_kind_are_rebuilt(raw: Path, tables: Path) -> None:
    tables.mkdir(parents=True)
    (tables / "manifest.json").write_text("not a manifest")
    assert ingest(raw, tables).read == 3
    assert len(read(tables, "reports")) == 3


# --- bad input --------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
OLD = "示例县2015年政府信息公开工作年度报告\n政府信息公开情况统计表\n统计指标\t单位\t统计数\n"
BAD = {
    "empty.pdf": b"",
    "empty.txt": b"",
    "photo.png": PNG,
    "photo.pdf": PNG,
    "table.xyz": b"1",
    "no ending": b"1",
    "2015.txt": OLD.encode(),
    "news.html": "<html><body><p>天气预报：晴</p></body></html>".encode(),
    "noise.docx": b"PK\x03\x04 and no more",
    "line\nbreak.pdf": b"",
}


@pytest.mark.parametrize(("name", "year"), [("2031.pdf", 2031), ("年报.pdf", None)])
def test_a_file_that_cannot_be_read_is_of_the_year_in_its_name(
    raw: Path, tables: Path, name: str, year: int | None
) -> None:
    (raw / TOWN / name).write_bytes(b"%PDF-1.7 cut")
    ingest(raw, tables)
    findings = read(tables, "findings")
    (found,) = findings.loc[findings["kind"] == FindingKind.UNREADABLE_FILE, "year"].astype("object")
    assert (None if pd.isna(found) else found) == year


def test_a_report_is_first_read_when_it_can_be(raw: Path, tables: Path) -> None:
    place = raw / TOWN / "2022.txt"
    good = place.read_bytes()
    place.write_bytes(b"")
    ingest(raw, tables)
    assert f"{TOWN}/2021.txt" in set(known(tables)["report_id"])
    assert f"{TOWN}/2022.txt" not in set(known(tables)["report_id"])
    place.write_bytes(good)
    ingest(raw, tables)
    with connect(tables) as connection:
        reports = connection.execute("SELECT * FROM reports").df()
    assert len(changed(tables, reports, 2022)) == 0
    place.write_bytes(good + b"\n")
    ingest(raw, tables)
    with connect(tables) as connection:
        reports = connection.execute("SELECT * FROM reports").df()
    assert changed(tables, reports, 2022)["report_id"].tolist() == [f"{TOWN}/2022.txt"]
    place.write_bytes(good)  # what was there in between is not kept: it is as it was first read
    ingest(raw, tables)
    assert len(changed(tables, read(tables, "reports"), 2022)) == 0


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_costs_only_itself(raw: Path, tables: Path, name: str) -> None:
    (raw / TOWN / name).write_bytes(BAD[name])
    result = ingest(raw, tables)
    assert (result.read, len(result.failures)) == (3, 1)
    assert str(raw / TOWN / name).replace("\n", "%0A") in result.failures[0]
    assert len(result.failures[0].splitlines()) == 1
    assert "expected" in result.failures[0]
    assert "found" in result.failures[0]
    assert "foresaw" not in result.failures[0]
    assert len(read(tables, "reports")) == 3
    findings = read(tables, "findings")
    found = findings[findings["kind"] == FindingKind.UNREADABLE_FILE].iloc[0]
    assert (found["report_id"], found["agency"], found["severity"]) == (
        f"{TOWN}/{printable(name)}",
        TOWN,
        "error",
    )
    assert f"{raw}/{found['message']}" == result.failures[0]
    assert ingest(raw, tables) == IngestResult(0, 3, result.failures)
    (raw / TOWN / name).unlink()
    assert ingest(raw, tables) == IngestResult(0, 3, [])
    assert FindingKind.UNREADABLE_FILE not in set(read(tables, "findings")["kind"])


def test_a_truncated_pdf_is_one_line(raw: Path, tables: Path, samples: Path) -> None:
    whole = next(samples.glob("*/*.pdf")).read_bytes()
    (raw / TOWN / "2023.pdf").write_bytes(whole[: len(whole) // 2])
    result = ingest(raw, tables)
    assert (result.read, len(result.failures)) == (3, 1)
    assert str(raw / TOWN / "2023.pdf") in result.failures[0]


def test_a_fault_that_no_reader_foresaw_costs_only_its_file(
    raw: Path, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ogi.ingest.reading._timed", faulty)
    result = ingest(raw, tables)
    assert result.read == 2
    (failure,) = result.failures
    assert failure.startswith(
        f"{raw / TOWN / '2021.txt'}: expected an annual report, found what no reader foresaw"
    )
    assert "test_ingest.py" in failure
    assert "ZeroDivisionError: a fault" in failure


def test_what_is_no_report_is_passed_over(raw: Path, tables: Path) -> None:
    for name in (".DS_Store", "~$2021.docx", "README", "readme.md", "Thumbs.db"):
        (raw / TOWN / name).write_text("x")
        (raw / name).write_text("x")
    (raw / ".git").mkdir()
    assert ingest(raw, tables) == IngestResult(3, 0, [])


def test_what_lies_in_the_wrong_place_is_named(raw: Path, tables: Path) -> None:
    (raw / "loose.pdf").write_text("x")
    (raw / "no reports here").mkdir()
    (raw / TOWN / "older").mkdir()
    os.mkfifo(raw / TOWN / "pipe.pdf")
    result = ingest(raw, tables)
    assert result.read == 3
    assert result.failures == [
        f"{raw / 'loose.pdf'}: expected a folder per agency, found a file",
        f"{raw / 'no reports here'}: expected reports in this folder, found none",
        f"{raw / TOWN / 'older'}: expected a file with a report, found a folder",
        f"{raw / TOWN / 'pipe.pdf'}: expected a file with a report, found neither a file nor a folder",
    ]


def test_links_are_followed_only_inside(raw: Path, tables: Path, samples: Path) -> None:
    (raw / TOWN / "inside.txt").symlink_to(raw / BUREAU / "2019.txt")
    (raw / TOWN / "outside.txt").symlink_to(samples / TOWN / "2019.txt")
    (raw / TOWN / "nothing.txt").symlink_to(raw / "gone.txt")
    (raw / TOWN / "self.txt").symlink_to(raw / TOWN / "self.txt")
    (raw / "other").symlink_to(samples / TOWN)
    result = ingest(raw, tables)
    assert result.read == 4
    assert [failure.rpartition("found ")[2] for failure in result.failures] == [
        *("a link out of it", "a link to nothing of that kind", "a link out of it"),
        "a link to nothing of that kind",
    ]


def test_nothing_is_written_where_there_is_no_report(tmp_path: Path, raw: Path, tables: Path) -> None:
    (tmp_path / "empty").mkdir()
    ingest(raw, tables)
    result = ingest(tmp_path / "empty", tables)
    assert result.read == result.reused == 0
    assert result.failures == [
        f"{tmp_path / 'empty'}: expected a folder per agency with reports in it, found no folder"
    ]
    assert len(read(tables, "reports")) == 3


def test_raw_is_never_written_to(raw: Path) -> None:
    with pytest.raises(ValueError, match="never written to"):
        ingest(raw, raw / "tables")
    before = sorted(raw.rglob("*"))
    ingest(raw, raw.parent / "tables")
    assert sorted(raw.rglob("*")) == before


# --- more than the files say ------------------------------------------------------------------------


def test_two_files_on_one_year_are_both_kept_and_both_marked(raw: Path, tables: Path) -> None:
    shutil.copy(raw / TOWN / "2021.txt", raw / TOWN / "2021 corrected.txt")
    for _ in range(2):  # read anew, then as it was
        result = ingest(raw, tables)
        assert result.failures == []
        (told,) = result.doubled
        assert told == (
            f"{TOWN}, 2021: expected one report, found 2 files: 2021 corrected.txt, 2021.txt; "
            "keep one and move the others elsewhere. No figure that was read differs."
        )
        assert told.zh == (
            f"{TOWN}2021年应只有一份年报，现有2个文件：2021 corrected.txt、2021.txt；请保留一份，移走其余。"
            "已识读的数据均相同。"
        )
        findings = read(tables, "findings")
        marked = findings[findings["kind"] == FindingKind.SAME_YEAR]
        names = [f"{TOWN}/2021 corrected.txt", f"{TOWN}/2021.txt"]
        assert list(marked["report_id"]) == names
        assert list(marked["year"]) == [2021, 2021]
        assert list(marked["message"]) == [told, told]
        assert len(read(tables, "reports")) == 4
    (raw / TOWN / "2021 corrected.txt").unlink()
    assert ingest(raw, tables).doubled == ()


def test_two_files_on_one_year_that_name_two_agencies_say_so(raw: Path, tables: Path) -> None:
    """The one was said to be renamed within the year, and the list of the files did not say it."""
    text = (raw / TOWN / "2021.txt").read_text("utf-8")
    (raw / TOWN / "2021b.txt").write_text(text.replace(TOWN, "示例县财政局"), "utf-8")
    (told,) = ingest(raw, tables).doubled
    assert f"move the others elsewhere; their titles name {TOWN}, 示例县财政局. " in told
    assert f"移走其余；标题所印机关为{TOWN}、示例县财政局。" in told.zh
    checks = read(tables, "checks").query("rule_id == 'agency.name' and year == 2021")
    assert checks.empty, "there is no report on a year before"


def test_the_catalogue_beside_raw_is_kept_and_used(raw: Path, tables: Path) -> None:
    ingest(raw, tables)
    reports = read(tables, "reports").dropna(subset=["agency", "year"])
    agency, year = reports["agency"].iloc[0], reports["year"].iloc[0]
    lines = "agency,year,kind,published,url", f"{agency},{year},department,{year + 1}-02-01,", "x"
    (raw.parent / "catalogue.csv").write_text("\n".join(lines), "utf-8")
    (failure,) = ingest(raw, tables).failures
    assert "line 3: expected 5 cells" in failure
    assert read(tables, "catalogue")["agency"].to_list() == [agency]
    checks = read(tables, "checks")
    late = checks[checks["rule_id"] == "dates.published"]
    assert list(zip(late["verdict"], late["difference"], strict=True)) == [("broken", 1)]


CORRECTIONS = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
MARKS = "agency,year,rule_id,cells,mark,comment,who,when\n"


def printed_total(raw: Path, tables: Path) -> str:
    """The new requests of the town in 2021, as printed."""
    ingest(raw, tables)
    figures = read(tables, "figures", TOWN)
    is_meant = (figures["year"] == 2021) & (figures["item"] == "new") & (figures["measure"] == "total")
    return str(figures.loc[is_meant, "printed"].iloc[0])


def test_corrections_beside_raw_change_the_checks_and_not_the_figures(raw: Path, tables: Path) -> None:
    printed = printed_total(raw, tables)
    before, checks = read(tables, "figures"), read(tables, "checks")
    assert "broken" not in set(checks.loc[checks["official"], "verdict"])
    row = f"{TOWN},2021,requests,new,total,{printed},77,sum,letter,me,2025-01-02\n"
    path = raw.parent / "corrections.csv"
    path.write_text(CORRECTIONS + row + row.replace("2021", "never"))
    fault, doubt = ingest(raw, tables).failures
    assert fault == "corrections.csv, line 3: expected a year, found 'never'"
    assert doubt.startswith(
        f"the correction of {TOWN} 2021, Newly received requests / total (requests/new/total), "
    )
    assert doubt.endswith(f"from {printed} to 77 (me) breaks a sum that holds without it: look at it again")
    assert ingest(raw, tables).failures == [fault, doubt], "each run tells it"
    pd.testing.assert_frame_equal(read(tables, "figures"), before)
    assert read(tables, "corrections")["corrected"].to_list() == ["77"]
    after = read(tables, "checks")
    assert not after.loc[after["official"], ["left", "right"]].equals(
        checks.loc[checks["official"], ["left", "right"]]
    )
    assert "broken" not in set(after.loc[after["official"], "verdict"]), "no slip of the agency"
    path.unlink()
    (gone,) = ingest(raw, tables).failures
    assert gone.startswith("corrections.csv: was read by the last run and is not there now")
    assert read(tables, "corrections").empty


def test_a_correction_that_does_not_fit_is_a_line_and_a_finding_every_time(raw: Path, tables: Path) -> None:
    row = f"{TOWN},2021,requests,new,total,printed otherwise,77,sum,letter,me,2025-01-02\n"
    (raw.parent / "corrections.csv").write_text(CORRECTIONS + row)
    for _ in range(2):  # read anew, then as it was
        result = ingest(raw, tables)
        (failure,) = result.failures
        assert result.by_hand == (failure,)
        assert failure.startswith(f"correction of {TOWN} 2021, Newly received requests / total ")
        findings = read(tables, "findings")
        refused = findings[findings["kind"] == FindingKind.CORRECTION_REFUSED]
        assert list(refused["report_id"]) == [f"{TOWN}/2021.txt"]
        assert list(refused["message"]) == [failure]


def test_a_mark_that_meets_nothing_is_a_finding_until_it_fits(raw: Path, tables: Path) -> None:
    """It was dropped with the words that nothing was broken there, while its rule was."""
    marks = raw.parent / "review_marks.csv"
    line = f"{TOWN},2000,requests.balance,requests/new/total,open,,me,2025-01-02\n"
    marks.write_text(MARKS + line)
    for _ in range(2):  # made, then as it was
        (told,) = ingest(raw, tables).by_hand
        assert told.startswith(f"review mark (open) on {TOWN} 2000, “")
        assert told.endswith("not applied: expected a report of that agency and year, found none")
        findings = read(tables, "findings", TOWN)
        own = findings[findings["kind"] == FindingKind.MARK_UNMET]
        assert (list(own["message"]), list(own["report_id"].isna())) == ([told], [True])
    marks.write_text(MARKS + line.replace("2000", "2021"))
    result = ingest(raw, tables)
    assert result.by_hand == (), "that rule holds there: the mark is done with"
    assert "mark_unmet" not in set(read(tables, "findings")["kind"])


def test_a_line_that_is_not_understood_is_a_finding_on_whom_it_names(raw: Path, tables: Path) -> None:
    """The run's end named it, the page and an export did not."""
    bad = f"{TOWN},2021,requests,nix,total,1,77,sum,letter,me,2025-01-02\n"
    corrections, marks = raw.parent / "corrections.csv", raw.parent / "review_marks.csv"
    corrections.write_text(CORRECTIONS + bad + f"{TOWN},2021\n")
    marks.write_text(f"{MARKS}{TOWN},never,requests.balance,,open,,me,2025-01-02\n")
    for _ in range(2):  # made, then as it was
        short, cell, year = ingest(raw, tables).by_hand
        assert short == f"{corrections}, line 3: expected 11 cells, found 2"
        findings = read(tables, "findings", TOWN)
        told = findings[findings["report_id"].isna()][["kind", "message"]].to_numpy().tolist()
        assert told == [["correction_refused", cell], ["mark_refused", year]]
        assert cell.startswith("corrections.csv, line 2: expected a row of that table under item")
        assert year == "review_marks.csv, line 2: expected a year, found 'never'"
    corrections.write_text(CORRECTIONS)
    marks.write_text(MARKS)
    assert ingest(raw, tables).failures == []
    assert "correction_refused" not in set(read(tables, "findings")["kind"])


def test_a_file_that_is_named_must_be_there(raw: Path, tables: Path) -> None:
    (fault,) = ingest(raw, tables, corrections=tables / "none.csv").failures
    assert fault.startswith(f"{tables / 'none.csv'}: expected a CSV file in UTF-8 or GB18030, found: ")
    assert len(ingest(raw, tables, marks=tables / "none.csv").failures) == 1


def test_marks_are_kept_and_their_file_is_never_written(raw: Path, tables: Path) -> None:
    path = raw.parent / "review_marks.csv"
    content = MARKS + f"{TOWN},2021,requests.balance,requests/new/total,待核,,me,2025-01-02\r\n"
    path.write_text(content, "utf-8", newline="")
    for _ in range(2):
        assert ingest(raw, tables).failures == []
        assert read(tables, "review_marks")["mark"].to_list() == ["open"]
    assert path.read_bytes() == content.encode()


# --- files alone ------------------------------------------------------------------------------------


def test_a_folder_is_raw_where_it_holds_folders(raw: Path, tmp_path: Path) -> None:
    assert [source.agency for source in of_any(raw).sources] == [BUREAU, TOWN, TOWN]
    assert of_any(raw / TOWN).sources == of_any(raw).sources[1:]
    (alone,) = of_any(raw / TOWN / "2021.txt").sources
    assert (alone.report_id, alone.agency) == ("2021.txt", None)
    (tmp_path / "empty").mkdir()
    assert "expected reports in this folder, found none" in of_any(tmp_path / "empty").failures[0].message


def test_a_folder_of_files_with_other_names_holds_files_alone(raw: Path) -> None:
    (raw / TOWN / "2021.txt").rename(raw / TOWN / "甲镇2021年报.txt")
    found = of_any(raw / TOWN).sources
    assert [(source.report_id, source.agency) for source in found] == [
        ("2022.txt", None),
        ("甲镇2021年报.txt", None),
    ]


def test_files_of_one_name_are_told_apart(raw: Path, samples: Path) -> None:
    files = [raw / TOWN / "2021.txt", raw / TOWN / "2022.txt", samples / TOWN / "2021.txt"]
    ids = [source.report_id for source in told_apart([one for file in files for one in of_any(file).sources])]
    assert ids == [str(files[0]), "2022.txt", str(files[2])]


def test_a_file_named_twice_is_read_once(raw: Path) -> None:
    files = [*of_any(raw / TOWN).sources, *of_any(raw / TOWN / "2021.txt").sources]
    assert [source.report_id for source in told_apart(files)] == [f"{TOWN}/2021.txt", f"{TOWN}/2022.txt"]


def test_other_processes_read_as_this_one_does(raw: Path) -> None:
    sources = of_any(raw).sources
    here = [read_report(source.path) for source in sources]
    assert [filed.report for filed in read_all(sources)] == here  # type: ignore[union-attr]


def test_a_file_refused_in_another_process_costs_only_itself(raw: Path) -> None:
    (raw / TOWN / "2021.txt").write_bytes(b"")
    results = list(read_all(of_any(raw).sources))
    (failure,) = [result for result in results if isinstance(result, Failure)]
    assert (len(results), failure.message.endswith("found an empty file")) == (3, True)


def test_what_a_reader_notes_and_refuses_is_kept_in_both_languages(raw: Path, tables: Path) -> None:
    text = (raw / TOWN / "2021.txt").read_text("utf-8")
    (raw / TOWN / "2021.txt").write_bytes(text.encode() + b"\xff")
    (raw / TOWN / "2023.pdf").write_bytes(b"text")
    for reused in (0, 2 + 1):
        result = ingest(raw, tables)
        assert result.reused == reused  # the second time, the note is the one that was kept
        findings = read(tables, "findings")
        told = findings[findings["kind"].isin(("reader_note", FindingKind.UNREADABLE_FILE))]
        assert list(told["message_zh"]) == [
            "有1个字节不属于任何字符，以“�”表示",
            f"{TOWN}/2023.pdf：未能读取：文件名为PDF、内容却不是PDF的文件，可能已损坏或扩展名有误（应为PDF文件）",
        ]
        assert list(told["message"].str.contains("stray byte|expected a PDF, found")) == [True, True]
        assert [failure.zh for failure in result.failures] == [f"{raw}/{told['message_zh'].iloc[1]}"]  # type: ignore[attr-defined]


def test_every_sample_is_read_and_the_broken_one_is_found(samples: Path, tables: Path) -> None:
    result = ingest(samples, tables)
    assert result.failures == []
    assert result.read == sum(1 for path in samples.glob("*/*") if path.is_file())
    checks = read(tables, "checks")
    broken = checks[checks["verdict"] == "broken"]
    assert {("淮安市洪泽区人民政府", 2023)} < set(zip(broken["agency"], broken["year"], strict=True))
    hongze = broken[(broken["agency"] == "淮安市洪泽区人民政府") & broken["official"]]
    assert sorted(hongze["difference"]) == [5, 11]


# --- a run that is cut short ------------------------------------------------------------------------


def stop_after(steps: int) -> Progress:
    def progress(done: int, total: int, what: str) -> None:
        if done == steps:
            raise KeyboardInterrupt

    return progress


def test_what_was_read_before_an_interruption_is_not_read_again(
    raw: Path, tables: Path, tmp_path: Path, reading: list[str]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        ingest(raw, tables, stop_after(2))
    with pytest.raises(MissingTablesError):
        read(tables, "reports")
    before = len(reading)
    assert ingest(raw, tables) == IngestResult(1, 2, [])
    assert reading[before:] == [f"{TOWN}/2022.txt"]
    assert not (tables / FOLDER).exists()
    ingest(raw, tmp_path / "in one go")
    for name in ("figures", "findings", "narratives", "checks"):
        whole = read(tmp_path / "in one go", name)
        pd.testing.assert_frame_equal(read(tables, name), whole)


def test_an_interrupted_run_leaves_the_dataset_whole_and_a_file_changed_since_is_read_anew(
    raw: Path, tables: Path, reading: list[str]
) -> None:
    ingest(raw, tables)
    for year in (2021, 2022):
        path = raw / TOWN / f"{year}.txt"
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    earlier = read(tables, "reports")
    with pytest.raises(KeyboardInterrupt):
        ingest(raw, tables, stop_after(1))
    pd.testing.assert_frame_equal(read(tables, "reports"), earlier)
    path = raw / TOWN / "2021.txt"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    reading.clear()
    assert ingest(raw, tables) == IngestResult(2, 1, [])
    assert reading == [f"{TOWN}/2021.txt", f"{TOWN}/2022.txt"]
    assert not read(tables, "figures").duplicated(["report_id", "table", "item", "measure"]).any()


def test_what_was_read_is_put_aside_from_time_to_time_for_a_run_that_is_killed(
    raw: Path, tables: Path, reading: list[str]
) -> None:
    running = kept(read_all(of_agencies(raw).sources), tables, seconds=0)
    next(running), next(running)
    assert len(list((tables / FOLDER).iterdir())) == 1
    (tables / FOLDER / "cut short").mkdir()
    reading.clear()
    assert ingest(raw, tables).reused == 1
    assert reading == [f"{TOWN}/2021.txt", f"{TOWN}/2022.txt"]
    assert not (tables / FOLDER).exists()


def test_a_name_that_is_no_utf_8_is_told_with_its_bytes(raw: Path, tables: Path) -> None:
    strange = os.fsdecode("示例局".encode("gb18030"))
    shutil.copytree(raw / TOWN, raw / strange)
    (raw / strange / "empty\u202e.pdf").touch()
    result = ingest(raw, tables)
    shown = "ʾ%C0%FD%BE%D6"  # the first two bytes happen to be UTF-8
    assert result.read == 5
    assert result.failures == [
        f"{raw}/{shown}/empty%E2%80%AE.pdf: expected a report, found an empty file",
    ]
    assert set(read(tables, "reports", shown)["report_id"]) == {f"{shown}/2021.txt", f"{shown}/2022.txt"}


def test_a_dataset_that_is_damaged_within_is_made_anew(
    raw: Path, tables: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ingest(raw, tables)
    (damaged,) = tables.glob("parts/*/figures.parquet")
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:4] + b"\xa5" * 400 + whole[404:])
    with pytest.raises(MissingTablesError, match=r"a damaged figures\.parquet"):
        read(tables, "figures")
    assert ingest(raw, tables) == IngestResult(3, 0, [])
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        f"{tables}: a part of the dataset is damaged; its reports are read again"
    ]
    assert ingest(raw, tables) == IngestResult(0, 3, [])
    assert len(read(tables, "figures")) > 0


@pytest.mark.parametrize("name", ["corrections.csv", "review_marks.csv", "catalogue.csv", "deadlines.toml"])
def test_a_pipe_in_the_place_of_a_file_kept_by_hand_is_told(raw: Path, tables: Path, name: str) -> None:
    if name == "deadlines.toml":
        (raw.parent / "catalogue.csv").write_text("agency,year,kind,published,url\n", "utf-8")
    os.mkfifo(raw.parent / name)
    result = ingest(raw, tables)
    assert (result.read, len(result.failures)) == (3, 1)
    assert result.failures[0].startswith(str(raw.parent / name))
    assert "no ordinary file" in result.failures[0]
