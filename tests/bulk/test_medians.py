"""A page shows the medians of its kind, and is made again where one of them is told in another way."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from ogi.bulk import Job
from ogi.bulk.keys import PageKey, page_keys, why_anew
from ogi.bulk.medians import medians_of, newest_of
from ogi.compare import LEADING, Alike, leading_values
from ogi.ingest import ingest
from ogi.notebook import frames_of
from ogi.tables import empty, parts
from ogi.tables.parts import Part, PartRecord
from ogi.tables.schema import SCHEMAS

TOWNS = [f"甲{n}镇人民政府" for n in range(6)]
VILLAGES = [f"乙{n}乡人民政府" for n in range(5)]


def dataset(folder: Path, handled: dict[str, dict[int, float]]) -> None:
    """A dataset without rows whose parts, one for each first character of a name, note requests handled."""
    there = []
    for n, first in enumerate(sorted({name[0] for name in handled})):
        own = {name: years for name, years in handled.items() if name[0] == first}
        leading = {
            name: {str(year): [value, *[None] * (len(LEADING) - 1)] for year, value in years.items()}
            for name, years in own.items()
        }
        part = Part(f"{n:032x}", first if n else "")
        parts.put(folder, part.key, {name: empty(name) for name in SCHEMAS}, PartRecord(leading=leading))
        there.append(part)
    parts.commit(folder, there)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "raw").mkdir()
    (tmp_path / "tables").mkdir()
    return Job(tmp_path / "raw", tmp_path / "tables", tmp_path / "out")


def of_towns(job: Job) -> dict[str, str]:
    handled = {name: {2023: 100.0 + n} for n, name in enumerate([*TOWNS, *VILLAGES])}
    dataset(job.tables, {**handled, "某某单位": {2023: 1.0}})
    return medians_of(job)


def test_they_are_of_all_agencies_of_the_kind_wherever_they_lie(job: Job) -> None:
    found = of_towns(job)
    assert set(found) == {*TOWNS, *VILLAGES}, "what has no kind has none alike"
    expected = Alike("township", 2023, {"requests_handled": (100.0, 11)})  # 105
    assert {Alike.of_text(text).text for text in found.values()} == {expected.text}


def test_each_page_has_those_of_its_own_latest_year(job: Job) -> None:
    handled = {name: {2022: 10.0, 2023: 20.0} for name in [*TOWNS, *VILLAGES]}
    dataset(job.tables, {**handled, TOWNS[0]: {2022: 10.0}})
    found = medians_of(job)
    assert (Alike.of_text(found[TOWNS[0]]).year, Alike.of_text(found[TOWNS[1]]).year) == (2022, 2023)
    assert Alike.of_text(found[TOWNS[0]]).medians == {"requests_handled": (10.0, 11)}
    assert Alike.of_text(found[TOWNS[1]]).medians == {"requests_handled": (20.0, 10)}


def test_what_the_catalogue_calls_an_agency_counts(job: Job) -> None:
    lines = [f"{name},department" for name in TOWNS[:2]]
    (job.raw.parent / "catalogue.csv").write_text("\n".join(["agency,kind", *lines, ""]), "utf-8")
    assert of_towns(job) == {}, "nine are left"


def test_another_report_changes_only_keys_of_pages_that_show_another_median(job: Job) -> None:
    bodies = [f"丙{n}市教育局" for n in range(10)]
    own = {name: f"rows of {name}" for name in [*TOWNS, *VILLAGES, *bodies]}

    def keys(last: float, others: float) -> dict[str, PageKey]:
        handled = {name: {2023: 100.0 + n} for n, name in enumerate([*TOWNS, *VILLAGES])}
        handled |= {name: {2023: others} for name in bodies}
        dataset(job.tables, {**handled, VILLAGES[-1]: {2023: last}})
        return page_keys(job, own, medians_of(job), newest_of(job))

    before = keys(900, 50)
    assert keys(4000, 50) == before, "the median is as it was"
    after = keys(900, 60)
    assert {name for name in own if after[name] != before[name]} == set(bodies)
    assert [str(line) for line in why_anew(before[bodies[0]], after[bodies[0]])] == [
        "a median of its kind changed"
    ]


def test_the_newest_year_is_told_to_those_alone_that_lack_it(job: Job) -> None:
    names = [*TOWNS, *VILLAGES]
    years = {name: {2022: 1.0, 2023: 1.0} for name in names} | {TOWNS[0]: {2021: 1.0}}
    dataset(job.tables, years)
    assert newest_of(job) == {TOWNS[0]: 2023}
    own = dict.fromkeys(names, "rows")
    before = page_keys(job, own, {}, newest_of(job))
    dataset(job.tables, years | {TOWNS[1]: {2024: 1.0}, TOWNS[2]: {2024: 1.0}})
    after = page_keys(job, own, {}, newest_of(job))
    assert {name for name in own if before[name] != after[name]} == set(names) - set(TOWNS[1:3])
    assert [str(line) for line in why_anew(before[TOWNS[3]], after[TOWNS[3]])] == [
        "the newest year of all changed"
    ]


def test_how_the_folder_is_typed_is_no_part_of_a_key(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run remade every page where RAW was typed from the folder that it lies in."""
    typed = [replace(job, raw=raw, tables=tables) for raw, tables in _typed(job, monkeypatch)]
    keys = [page_keys(one, {TOWNS[0]: "rows"}, {}, {}) for one in (job, *typed)]
    assert keys[0] == keys[1] == keys[2]
    moved = replace(job, raw=job.raw.with_name("other"))
    assert page_keys(moved, {TOWNS[0]: "rows"}, {}, {}) != keys[0], "the page names it"


def _typed(job: Job, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Path]]:
    monkeypatch.chdir(job.raw.parent)
    here = Path(job.raw.name)
    return [(here, Path(os.path.relpath(job.tables))), (Path("..") / job.raw.parent.name / here, job.tables)]


def test_one_report_of_a_misread_year_makes_no_year_of_all(job: Job) -> None:
    dataset(job.tables, {name: {2023: 1.0} for name in [*TOWNS, *VILLAGES]} | {TOWNS[0]: {2042: 1.0}})
    assert newest_of(job) == {}, "one of eleven is less than a tenth"


def test_a_notebook_that_does_not_ask_for_them_gets_none(job: Job, tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell('agency: str = "甲"  # whose', metadata={"tags": ["parameters"]})
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), tmp_path / "other.ipynb")
    of_towns(job)
    other = Job(job.raw, job.tables, job.out, notebook=tmp_path / "other.ipynb")
    assert medians_of(other) == {}
    assert newest_of(other) == {}


def test_without_a_dataset_there_are_none(job: Job) -> None:
    assert medians_of(job) == {}
    assert newest_of(job) == {}


def test_the_dataset_notes_the_figures_as_corrected(samples: Path, tmp_path: Path) -> None:
    agency = "尧都区商务局"
    (tmp_path / "raw").mkdir()
    shutil.copytree(samples / agency, tmp_path / "raw" / agency)
    line = f"{agency},2020,requests,new,total,,77,a slip,the paper file,W. L.,2025-03-31"
    head = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when"
    ingest(tmp_path / "raw", tmp_path / "tables")
    frames = frames_of(tmp_path / "tables", agency)
    printed = frames.index.cell(f"{agency}/2020.txt", "requests/new/total")
    assert printed is not None
    line = line.replace("total,,77", f"total,{printed.printed},77")
    (tmp_path / "corrections.csv").write_text(f"{head}\n{line}\n", "utf-8")
    ingest(tmp_path / "raw", tmp_path / "tables")
    (part,) = parts.parts(tmp_path / "tables")
    record = parts.record_of(tmp_path / "tables", part.key)
    assert record is not None
    assert record.leading == leading_values(frames_of(tmp_path / "tables", agency).figures)
    assert record.leading[agency]["2020"][0] == 77
