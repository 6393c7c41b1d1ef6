"""Which agencies lie together follows from names and numbers; keys follow from what rows are made of."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.ingest import changes, ingest
from ogi.ingest.plan import Batch, agency_keys, batches, looked_at, part_key
from ogi.ingest.reading import read_all
from ogi.ingest.sources import Failure, Gathered, Source
from ogi.progress import Progress
from ogi.said import Said
from ogi.tables import Filed, keys, parts, read

NAMES = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6)


def source(agency: str, year: int) -> Source:
    return Source(f"{agency}/{year}.txt", agency, Path(f"raw/{agency}/{year}.txt"))


def gathered(reports: dict[str, int]) -> Gathered:
    return Gathered([source(agency, 2019 + n) for agency in sorted(reports) for n in range(reports[agency])])


def agencies(batch: Batch) -> list[str]:
    return sorted({str(one.agency) for one in batch.sources})


@given(st.dictionaries(NAMES, st.integers(1, 60), min_size=1, max_size=80))
def test_every_report_lies_in_one_part_and_every_name_has_its_part(reports: dict[str, int]) -> None:
    found = batches(gathered(reports))
    assert [one for batch in found for one in batch.sources] == gathered(reports).sources
    assert (found[0].first, found[-1].until) == ("", None)
    assert [batch.until for batch in found[:-1]] == [batch.first for batch in found[1:]]
    for batch in found:
        assert all(batch.holds(agency) for agency in agencies(batch))
        assert len(batch.sources) < 400 + 60
    for batch in found[:-1]:
        assert len(batch.sources) >= 100
    for name in ("", "甲", "㐀", "龥龥"):
        assert [batch.holds(name) for batch in found].count(True) == 1


def test_a_new_agency_moves_only_the_ends_near_it() -> None:
    reports = {f"示例{n:04}局": 6 for n in range(2000)}
    before = {batch.sources for batch in batches(gathered(reports))}
    after = {batch.sources for batch in batches(gathered(reports | {"示例1000b局": 6}))}
    assert 40 < len(before) < 90
    assert len(after - before) <= 4


def test_a_file_with_the_size_and_time_stamp_that_it_had_is_not_opened(tmp_path: Path) -> None:
    one = Source("a/1.txt", "a", tmp_path / "1.txt")
    one.path.write_text("1")
    os.utime(one.path, (1, 1))
    first = looked_at([one], {})
    assert first["a/1.txt"][:2] == (1, 10**9)
    one.path.write_text("2")
    os.utime(one.path, (1, 1))
    assert looked_at([one], first) == first, "by size and time stamp, as make and rsync do"
    os.utime(one.path, (2, 2))
    assert looked_at([one], first) != first
    one.path.unlink()
    assert looked_at([one], first) == {}


@pytest.mark.parametrize("ahead", [0, 3600], ids=["just written", "clock put back since"])
def test_a_file_that_may_change_within_its_time_stamp_is_looked_at_again(tmp_path: Path, ahead: int) -> None:
    one = Source("a/1.txt", "a", tmp_path / "1.txt")
    one.path.write_text("1")
    os.utime(one.path, (time.time() + ahead,) * 2)
    stamps = looked_at([one], {})
    stat = one.path.stat()
    one.path.write_text("2")
    os.utime(one.path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert looked_at([one], stamps) != stamps


def test_a_key_follows_from_files_lines_failures_and_version() -> None:
    batch = Batch("", None, (source("甲", 2019), source("乙", 2019)), ())
    files = {one.report_id: (1, 1, one.report_id) for one in batch.sources}
    plain = agency_keys(batch, files, {}, "1")
    others = [
        agency_keys(batch, files | {"甲/2019.txt": (1, 1, "other")}, {}, "1"),
        agency_keys(batch, files, {"甲": ["corrections …"]}, "1"),
        agency_keys(
            Batch("", None, batch.sources, (Failure(Said("x", "x"), source("甲", 2020)),)), files, {}, "1"
        ),
    ]
    for other in others:
        assert other["甲"] != plain["甲"]
        assert other["乙"] == plain["乙"]
        assert part_key(batch, other) != part_key(batch, plain)
    assert agency_keys(batch, files, {}, "2")["乙"] != plain["乙"]
    stamped = agency_keys(batch, {name: (9, 9, digest) for name, (_, _, digest) in files.items()}, {}, "1")
    assert stamped == plain, "a touch is no change"


# --- many parts -------------------------------------------------------------------------------------


@pytest.fixture
def raw(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve agencies of one report each, in parts of about three."""
    monkeypatch.setattr("ogi.ingest.plan._FEWEST", 2)
    monkeypatch.setattr("ogi.ingest.plan._MOST", 4)
    text = next(samples.glob("*/2021.txt"))
    for n in range(12):
        place = tmp_path / "raw" / f"示例{n:02}局" / "2021.txt"
        place.parent.mkdir(parents=True)
        shutil.copyfile(text, place)
        os.utime(place, (1, 1))
    return tmp_path / "raw"


def part_keys(tables: Path) -> list[str]:
    return [part.key for part in parts.parts(tables)]


def test_only_the_part_of_a_changed_report_is_made_again(raw: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    ingest(raw, tables)
    before, own = part_keys(tables), keys(tables)
    assert len(before) >= 3
    changed = raw / "示例05局" / "2021.txt"
    changed.write_bytes(changed.read_bytes() + b"\n")
    stamps = {path: path.stat().st_mtime_ns for path in tables.rglob("*.parquet")}
    assert (ingest(raw, tables).read, len(part_keys(tables))) == (1, len(before))
    assert len({*part_keys(tables)} - {*before}) == 1
    assert {agency for agency, key in keys(tables).items() if own[agency] != key} == {"示例05局"}
    assert all(path.stat().st_mtime_ns == stamp for path, stamp in stamps.items() if path.exists())
    assert sorted(read(tables, "reports")["agency"]) == [f"示例{n:02}局" for n in range(12)]


def test_a_touched_file_is_hashed_once_and_makes_nothing(raw: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    ingest(raw, tables)
    before = part_keys(tables)
    touched = raw / "示例05局" / "2021.txt"
    os.utime(touched, (2, 2))
    assert ingest(raw, tables).read == 0
    assert part_keys(tables) == before
    records = [parts.record_of(tables, key) for key in before]
    seen = {name: file for record in records if record is not None for name, file in record.files.items()}
    assert seen["示例05局/2021.txt"][1] == 2 * 10**9


def test_agencies_that_come_and_go_leave_what_one_run_would_have_made(raw: Path, tmp_path: Path) -> None:
    late = [raw / f"示例{n:02}局" for n in (0, 4, 11)]
    for folder in late:
        folder.rename(tmp_path / folder.name)
    extra = shutil.copytree(raw / "示例01局", raw / "示例07b局")
    ingest(raw, tmp_path / "grown")
    shutil.rmtree(extra)
    for folder in late:
        (tmp_path / folder.name).rename(folder)
    ingest(raw, tmp_path / "grown")
    ingest(raw, tmp_path / "at once")
    assert part_keys(tmp_path / "grown") == part_keys(tmp_path / "at once")
    for name in ("figures", "checks", "findings", "narratives"):
        assert read(tmp_path / "grown", name).equals(read(tmp_path / "at once", name))


def test_lines_on_an_agency_without_reports_are_kept(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "catalogue.csv").write_text(
        "agency,year,kind,published,url\n没有局,2021,department,2022-01-30,\n示例05局,2021,department,,\n",
        "utf-8",
    )
    ingest(raw, tmp_path / "tables")
    assert sorted(read(tmp_path / "tables", "catalogue")["agency"]) == ["没有局", "示例05局"]
    assert list(read(tmp_path / "tables", "catalogue", "没有局")["published"]) == ["2022-01-30"]


def test_a_file_that_may_be_read_another_time_is_tried_again(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that took too long on a busy machine: with the same bytes, the next run reads it."""
    tables, late = tmp_path / "tables", "示例05局/2021.txt"

    def busy(sources: list[Source], progress: Progress) -> Iterator[Filed | Failure]:
        for one, result in zip(sources, read_all(sources, progress), strict=True):
            message = f"{one.path}: too long"
            yield Failure(Said(message, message), one, passing=True) if one.report_id == late else result

    with monkeypatch.context() as patched:
        patched.setattr("ogi.ingest.run.read_all", busy)
        first = ingest(raw, tables)
    assert (first.read, first.failures) == (11, [f"{raw}/{late}: too long"])
    failing = keys(tables)["示例05局"]
    again = ingest(raw, tables)
    assert (again.read, again.reused, again.failures) == (1, 11, [])
    assert keys(tables)["示例05局"] != failing
    ingest(raw, tmp_path / "at once")
    assert keys(tables) == keys(tmp_path / "at once")


def test_it_is_the_same_dataset_wherever_raw_lies(raw: Path, tmp_path: Path) -> None:
    (raw / "示例05局" / "folder").mkdir()
    (raw / "示例06局" / "2022.pdf").touch()
    ingest(raw, tmp_path / "one")
    elsewhere = raw.rename(tmp_path / "elsewhere")
    result = ingest(elsewhere, tmp_path / "two")
    assert keys(tmp_path / "one") == keys(tmp_path / "two")
    assert sorted(line.split(":")[0] for line in result.failures) == [
        f"{elsewhere}/示例05局/folder",
        f"{elsewhere}/示例06局/2022.pdf",
    ]
    assert list(read(tmp_path / "two", "findings")["message"].str.startswith("示例")) == [True, True]


# --- what has changed -------------------------------------------------------------------------------


def told(raw: Path, tables: Path) -> dict[str, list[str]]:
    return {agency: [str(one) for one in why] for agency, (_, why) in changes(raw, tables).items() if why}


def test_what_has_changed_is_told_and_nothing_written(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = tmp_path / "tables"
    assert set(told(raw, tables)) == {f"示例{n:02}局" for n in range(12)}
    assert not tables.exists()
    ingest(raw, tables)
    assert told(raw, tables) == {}
    assert {agency: key for agency, (key, _) in changes(raw, tables).items()} == keys(tables)
    before = {path: path.read_bytes() for path in tables.rglob("*") if path.is_file()}
    (raw / "示例05局" / "2021.txt").write_text("other")
    (raw / "示例06局" / "2021.txt").rename(raw / "示例06局" / "2022.txt")
    (tmp_path / "catalogue.csv").write_text(
        "agency,year,kind,published,url\n示例07局,2021,office,,\n", "utf-8"
    )
    assert told(raw, tables) == {
        "示例05局": ["2021.txt changed"],
        "示例06局": ["2021.txt is gone", "2022.txt is new"],
        "示例07局": ["corrections, marks or the catalogue changed"],
    }
    monkeypatch.setattr("ogi.ingest.PARSER_VERSION", "next")
    assert told(raw, tables)["示例00局"] == ["the program changed"]
    assert {path: path.read_bytes() for path in tables.rglob("*") if path.is_file()} == before
