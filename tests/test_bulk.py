"""Many agencies, one page each: whole or not at all, of its own agency, and one failure costs one."""

from __future__ import annotations

import json
import pickle
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import lxml.html
import nbformat
import pandas as pd
import pytest

import ogi.bulk.run
from ogi import pages
from ogi.bulk import Choice, Job, ParameterError, UnknownAgency, make, plan, summarize
from ogi.bulk.agency import NOTEBOOK, _copied
from ogi.bulk.folders import WORKING, agency_name, made_whole, tidy
from ogi.bulk.record import earlier
from ogi.bulk.run import ENGINES, NotebookFailure, Value, declared, execute, kept, load, refuse_misfits
from ogi.checks import check_tables
from ogi.files import locked
from ogi.ingest import ingest
from ogi.notebook import frames_of, of_agency
from ogi.readers import WEB_SUFFIXES
from ogi.tables import marked, read
from tests.reports_made import made

TOWN, HEALTH = "示例镇人民政府", "示例县卫生健康局"
FRONT = (".made_of", "index.csv", "index.html", "run.json")
PARAMETERS = """\
agency: str = "甲"  # whose page
reports: str = "raw"  # where its reports lie
tables: str = "tables"  # where the dataset lies
language: str = "en"  # en or zh
years: list[int] = [2023]  # which years
share: float = 0.5  # how much
folded = True  # without a type"""


def notebook(*sources: str) -> nbformat.NotebookNode:
    parameters = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    cells = [parameters, *map(nbformat.v4.new_code_cell, sources)]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def saved(folder: Path, *sources: str) -> Path:
    path = folder / "made.ipynb"
    nbformat.write(notebook(*sources), path)
    return path


def showing(agency: str) -> str:
    """The source of a cell that shows what a page of that agency shows."""
    cover = pages.cover(made({2023: {}}, agency=agency))
    return f"from IPython.display import HTML\nHTML({str(cover)!r})"


@pytest.fixture
def raw(tmp_path: Path, samples: Path) -> Path:
    """Two agencies with two reports each."""
    for agency in (TOWN, HEALTH):
        (tmp_path / "raw" / agency).mkdir(parents=True)
        for year in (2019, 2020):
            (report,) = (samples / agency).glob(f"{year}.*")
            shutil.copy(report, tmp_path / "raw" / agency)
    return tmp_path / "raw"


@pytest.fixture
def short(raw: Path, tmp_path: Path) -> Job:
    """A job whose notebook shows of each agency no more than its cover: for what is made, and when."""
    data = "from ogi import notebook, pages\ndata = notebook.of_agency(agency, reports, tables, language)"
    path = saved(tmp_path, data, "pages.cover(data, language)")
    return Job(raw, tmp_path / "tables", tmp_path / "out", notebook=path, reviews=False)


@pytest.fixture
def job(raw: Path, tmp_path: Path) -> Job:
    """A job whose reports are in the dataset, and whose notebook shows the town."""
    ingest(raw, tmp_path / "tables")
    (tmp_path / "out").mkdir()
    return Job(
        raw, tmp_path / "tables", tmp_path / "out", notebook=saved(tmp_path, showing(TOWN)), reviews=False
    )


def _content(file: Path) -> bytes:
    """The bytes of a file; of a workbook those of its parts."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with ZipFile(file) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def test_every_agency_gets_its_page_its_notebook_and_its_figures(raw: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    out, dataset = tmp_path / "out", tmp_path / "tables"
    (raw / "坏机关").mkdir()
    (raw / "坏机关" / "2023.pdf").write_bytes(b"")
    (raw / TOWN / "photo.xyz").write_bytes(b"no report")
    result = summarize(Job(raw, dataset, out, "zh", reviews=False), progress=lambda *step: seen.append(step))
    assert result.made == (HEALTH, TOWN)
    assert sorted(line.partition(":")[0].rsplit("/", 1)[-1] for line in result.failures) == [
        "2023.pdf",
        "photo.xyz",
        "坏机关",
    ]
    assert all("\n" not in line for line in result.failures)
    assert seen[-1][:2] == (3, 3)
    for agency in result.made:
        assert sorted(file.name for file in (out / agency).iterdir()) == [
            NOTEBOOK.name,
            "figures.csv",
            "figures.xlsx",
            "index.html",
            "reports",
        ]
        copies = {file.name: file.read_bytes() for file in (out / agency / "reports").iterdir()}
        readable = [file for file in (raw / agency).iterdir() if file.suffix != ".xyz"]
        assert copies == {file.name: file.read_bytes() for file in readable}
        page = (out / agency / "index.html").read_text("utf-8")
        assert f'<meta name="ogi-agency" content="{agency}">' in page
        assert page.count("<svg") >= 4
        assert 'href="../' not in page.partition("</head>")[0], "it has font and style of its own"
        assert '<html lang="zh-Hans"' in page
        figures = pd.read_csv(out / agency / "figures.csv")
        assert set(figures["agency"]) == {agency}
        assert "report_id" in figures.columns
        executed = load(out / agency / NOTEBOOK.name)
        nbformat.validate(executed)
        assert sum(bool(cell.get("outputs")) for cell in executed.cells) >= 10
        for file in (file for file in (out / agency).iterdir() if file.is_file()):
            for folder in (str(tmp_path), sys.prefix, str(NOTEBOOK.parents[1])):
                assert folder.encode() not in _content(file), (file, folder)
    assert str(tmp_path) not in (out / "run.json").read_text("utf-8")
    index = (out / "index.html").read_text("utf-8")
    assert all(agency in index for agency in (*result.made, "坏机关"))
    assert sorted(path.name for path in out.iterdir()) == sorted([*result.made, *FRONT])


def test_an_agency_that_fails_costs_itself_and_keeps_its_earlier_page(job: Job, tmp_path: Path) -> None:
    assert make(TOWN, job, frames_of(job.tables, TOWN)).failure is None
    (job.out / HEALTH).mkdir()
    (job.out / HEALTH / "index.html").write_text("earlier")
    assert (
        make(HEALTH, job, frames_of(job.tables, HEALTH)).failure
        == f"{HEALTH}: expected a page of {HEALTH}, found one of {TOWN}"
    )
    assert (job.out / HEALTH / "index.html").read_text() == "earlier"
    assert sorted(path.name for path in job.out.iterdir()) == sorted([HEALTH, TOWN])


def test_the_index_names_the_failure_and_the_stale_page(job: Job) -> None:
    (job.out / HEALTH).mkdir()
    (job.out / HEALTH / "index.html").write_text("earlier")
    result = summarize(job)
    assert result.made == (TOWN,)
    assert len(result.failures) == 1
    assert [str(one) for one in plan(job).pages[HEALTH]] == ["failed last time"]
    index = (job.out / "index.html").read_text("utf-8")
    assert index.count("old page</span>") == 1
    assert result.failures[0] in index


@pytest.mark.parametrize(
    ("source", "seconds", "expected"),
    [
        ("x = 1\n1 / 0", 60, "cell 2: ZeroDivisionError: division by zero"),
        ("raise ValueError('a' * 1000 + '\\nb')", 60, "cell 2: ValueError: aaa"),
        ("raise SystemExit(3)", 60, "cell 2: SystemExit: 3"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", 60, "cell 2: the kernel died"),
        ("import time\ntime.sleep(60)", 4, "cell 2: not done after 4 seconds"),
    ],
    ids=["error", "long message", "exit", "kernel death", "timeout"],
)
def test_a_notebook_that_fails_is_one_line_with_its_cell(source: str, seconds: float, expected: str) -> None:
    start = time.monotonic()
    with pytest.raises(NotebookFailure) as caught:
        execute(notebook(source, "y = 2"), "made.ipynb", {"agency": "甲"}, seconds)
    assert str(caught.value).startswith(expected)
    assert len(str(caught.value)) < 330
    assert "\n" not in str(caught.value)
    assert time.monotonic() - start < 30


def test_the_time_is_for_the_whole_notebook() -> None:
    naps = ["import time\ntime.sleep(2.5)"] * 4
    with pytest.raises(NotebookFailure, match="not done after 6 seconds"):
        execute(notebook(*naps), "made.ipynb", {}, 6)


def test_parameters_arrive_whatever_is_in_them() -> None:
    agency = "甲\"'\\n{x}%s\n乙"
    done = execute(notebook("agency"), "made.ipynb", {"agency": agency})
    assert done.cells[-1].outputs[0].data["text/plain"] == repr(agency)
    clean = kept(done, {"agency": agency}, {})
    assert [cell["source"] for cell in clean.cells][1] == f"agency = {agency!r}"
    assert "papermill" not in json.dumps(clean)


def test_what_is_declared_is_what_the_annotations_say() -> None:
    assert declared(notebook()) == {
        **dict.fromkeys(("agency", "reports", "tables", "language"), "str"),
        "years": "list[int]",
        "share": "float",
        "folded": "bool",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"agnecy": "甲"}, "parameter agnecy: expected one of agency, .* found no such name"),
        ({"agency": 5}, "parameter agency: expected str, found int 5"),
        ({"agency": ["甲"]}, "parameter agency: expected str, found list"),
        ({"years": 2023}, r"parameter years: expected list\[int\], found int"),
        ({"years": ["2023"]}, r"parameter years: expected list\[int\], found list"),
        ({"years": [True]}, r"parameter years: expected list\[int\], found list"),
        ({"share": True}, "parameter share: expected float, found bool"),
        ({"folded": 1}, "parameter folded: expected bool, found int"),
    ],
)
def test_a_parameter_that_does_not_fit_is_an_error_before_anything_runs(
    given: dict[str, Value], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ogi.bulk.run.papermill, "execute_notebook", lambda *_, **__: pytest.fail("it ran"))
    with pytest.raises(ParameterError, match=expected):
        execute(notebook(), "made.ipynb", given)


def test_parameters_that_fit_are_let_through() -> None:
    fitting: dict[str, Value] = {"agency": "甲", "years": [2020, 2021], "share": 1, "folded": False}
    refuse_misfits(notebook(), "made.ipynb", fitting)
    refuse_misfits(load(NOTEBOOK), NOTEBOOK.name, Job(Path("r"), Path("t"), Path("o")).parameters("甲"))


def test_a_notebook_without_the_parameters_fails_before_the_reports_are_read(
    raw: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[], metadata=notebook().metadata), odd)
    with pytest.raises(ParameterError, match=r"odd\.ipynb: parameter agency"):
        summarize(Job(raw, tmp_path / "tables", tmp_path / "out", notebook=odd))
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "tables").exists()


def test_wrong_use_is_an_error_before_anything_is_written(raw: Path, tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="nowhere: expected a folder"):
        summarize(Job(tmp_path / "nowhere", tmp_path / "tables", tmp_path / "out"))
    with pytest.raises(ValueError, match="language"):
        summarize(Job(raw, tmp_path / "tables", tmp_path / "out", "fr"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["raw"]


def test_a_folder_without_reports_gives_a_line_and_no_page(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    result = summarize(Job(tmp_path / "raw", tmp_path / "tables", tmp_path / "out", reviews=False))
    assert (result.made, len(result.failures)) == ((), 1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".x", "a/b", "a\\b", "c:", " a", "a\x00", "a\nb", "甲" * 90, "?"]
)
def test_a_folder_name_is_one_plain_part_of_a_path(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected a folder's name"):
        agency_name(name)
    with pytest.raises(ValueError, match="expected a folder's name"), made_whole(tmp_path, name):
        pytest.fail("begun")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, SystemExit])
def test_a_folder_is_put_in_place_whole_or_not_at_all(error: type[BaseException], tmp_path: Path) -> None:
    with made_whole(tmp_path, "甲") as folder:
        (folder / "index.html").write_text("old")
        (folder / "gone.txt").write_text("old")
    with pytest.raises(error), made_whole(tmp_path, "甲") as folder:  # noqa: PT012
        (folder / "index.html").write_text("half")
        raise error
    assert (tmp_path / "甲" / "index.html").read_text() == "old"
    with made_whole(tmp_path, "甲") as folder:
        (folder / "index.html").write_text("new")
    assert [path.name for path in tmp_path.rglob("*")] == ["甲", "index.html"]
    assert (tmp_path / "甲" / "index.html").read_text() == "new"


def test_an_exchange_that_is_cut_short_brings_the_old_page_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made_whole(tmp_path, "甲") as folder:
        (folder / "index.html").write_text("old")
    replace = Path.replace

    def cut_short(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", cut_short)
    with pytest.raises(KeyboardInterrupt), made_whole(tmp_path, "甲") as folder:
        (folder / "index.html").write_text("new")
    assert [path.name for path in tmp_path.rglob("*")] == ["甲", "index.html"]
    assert (tmp_path / "甲" / "index.html").read_text() == "old"


def test_what_a_killed_run_left_is_tidied_up(tmp_path: Path) -> None:
    for name, there in (("甲", False), ("乙", True)):
        old = tmp_path / f"{WORKING}{name}" / "old" / name
        old.mkdir(parents=True)
        (old / "index.html").write_text("old")
        if there:
            (tmp_path / name).mkdir()
            (tmp_path / name / "index.html").write_text("new")
    tidy(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["乙", "甲"]
    assert (tmp_path / "甲" / "index.html").read_text() == "old"
    assert (tmp_path / "乙" / "index.html").read_text() == "new"


def test_two_runs_do_not_write_into_one_folder(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with locked(out, wait=False):
        with pytest.raises(BlockingIOError, match="another run is writing there") as error:
            summarize(Job(raw, tmp_path / "tables", out, reviews=False))
        assert "\n" not in str(error.value)
        assert list(out.iterdir()) == []
        assert not (tmp_path / "tables").exists(), "refused before anything is read"
    with locked(out, wait=False):
        assert list(out.iterdir()) == [], "nothing is left behind"


def test_one_agency_is_a_task_that_another_process_can_do(job: Job) -> None:
    task, given = pickle.loads(pickle.dumps((make, job)))
    assert (task, given) == (make, job)


def test_folders_of_the_machine_are_replaced_only_where_they_stand(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    text = f"{folder}/甲 {folder} {folder}-2 {folder}s '{folder}'"
    clean = kept(notebook(repr(text)), {}, {folder: "raw"})
    assert clean.cells[-1].source == repr(f"raw/甲 raw {folder}-2 {folder}s 'raw'")


def test_a_dataset_of_other_reports_is_left_as_it_is(raw: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    shutil.move(raw / HEALTH, tmp_path / "other" / HEALTH)
    ingest(tmp_path / "other", tables)
    before = {file: file.read_bytes() for file in tables.rglob("*.parquet")}
    assert of_agency(TOWN, str(raw), str(tables)).agency == TOWN
    assert {file: file.read_bytes() for file in before} == before
    assert (tables / "raw" / "manifest.json").exists()


CORRECTIONS = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
MARKS = "agency,year,rule_id,cells,mark,comment,who,when\n"


def test_what_people_keep_by_hand_is_seen_at_once(raw: Path, tmp_path: Path) -> None:
    dataset = tmp_path / "tables"
    before = of_agency(TOWN, str(raw), str(dataset)).figures
    cell = before[(before["state"] == "reported") & (before["measure"] == "total")].iloc[0]
    key = f"{TOWN},{cell['year']},{cell['table']},{cell['item']},total"
    kept = tmp_path / "kept.csv"
    kept.write_text(f"{CORRECTIONS}{key},{cell['printed']},4711,sum,letter,me,2025-01-02\n", "utf-8")
    marks = raw.parent / "review_marks.csv"
    marks.write_text(f"{MARKS}{TOWN},2019,requests.balance,,open,,me,2025-01-02\n", "utf-8")
    frames = of_agency(TOWN, str(raw), str(dataset), corrections=str(kept))
    changed = frames.figures[frames.figures["value"] != before["value"]].dropna(subset=["value"])
    assert list(changed["value"]) == [4711.0]
    assert list(changed["printed"]) == [cell["printed"]]
    assert (len(frames.corrections), list(frames.marks["mark"])) == (1, ["open"])
    assert set(frames.files) >= set(frames.reports["report_id"])
    assert of_agency(TOWN, str(raw), str(dataset)).corrections.empty


def test_checks_are_read_in_either_language_as_they_would_be_made_now(raw: Path, tmp_path: Path) -> None:
    dataset = tmp_path / "tables"
    (raw.parent / "corrections.csv").write_text(
        f"{CORRECTIONS}{TOWN},2019,requests,new,total,no such print,1,r,e,w,2025-01-02\n", "utf-8"
    )
    ingest(raw, dataset)
    rows = {name: read(dataset, name, TOWN) for name in ("figures", "narratives", "reports", "findings")}
    for language in ("en", "zh"):
        held = of_agency(TOWN, str(raw), str(dataset), language)
        pd.testing.assert_frame_equal(held.checks, check_tables(rows, language))
        pd.testing.assert_frame_equal(held.findings, rows["findings"])
    assert "correction_refused" in set(rows["findings"]["kind"])


def test_a_correction_not_in_the_dataset_yet_is_checked_at_once(raw: Path, tmp_path: Path) -> None:
    ingest(raw, tmp_path / "tables")
    where = TOWN, str(raw), str(tmp_path / "tables"), "zh"
    before = of_agency(*where)
    cell = before.figures[(before.figures["state"] == "reported") & (before.figures["item"] == "new")].iloc[0]
    key = f"{TOWN},{cell['year']},{cell['table']},{cell['item']},{cell['measure']}"
    row = f"{key},{cell['printed']},4711,sum,letter,me,2025-01-02\n"
    (raw.parent / "corrections.csv").write_text(CORRECTIONS + row, "utf-8")
    after = of_agency(*where)
    assert 4711 not in {*before.checks["left"], *before.checks["right"]}
    assert after.checks["message"].str.contains("4711").any()
    assert not after.checks["message"].str.contains("does not").any()


def test_the_figures_beside_a_page_tell_who_corrected_them(raw: Path, tmp_path: Path, job: Job) -> None:
    frames = frames_of(job.tables, TOWN)
    printed = marked(frames.figures, frames.corrections)
    assert printed["corrected_by"].isna().all()
    cell = printed[(printed["state"] == "reported") & (printed["measure"] == "total")].iloc[0]
    key = f"{TOWN},{cell['year']},{cell['table']},{cell['item']},total"
    row = f"{key},{cell['printed']},4711,sum,letter,me,2025-01-02\n"
    (raw.parent / "corrections.csv").write_text(CORRECTIONS + row, "utf-8")
    ingest(raw, job.tables)
    assert make(TOWN, job, frames_of(job.tables, TOWN)).failure is None
    told = pd.read_csv(job.out / TOWN / "figures.csv", dtype="str").dropna(subset=["corrected_by"])
    columns = ["value", "printed", "corrected_by", "correction_reason"]
    assert told[columns].to_numpy().tolist() == [["4711", cell["printed"], "me", "sum"]]


def test_files_kept_by_hand_go_to_the_notebook_only_where_they_are_named(job: Job, tmp_path: Path) -> None:
    assert "corrections" not in job.parameters(TOWN)
    named = replace(job, corrections=tmp_path / "c.csv", marks=tmp_path / "m.csv").parameters(TOWN)
    assert (named["corrections"], named["marks"]) == (str(tmp_path / "c.csv"), str(tmp_path / "m.csv"))


def test_reports_that_have_changed_are_read_again(raw: Path, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    assert of_agency(TOWN, str(raw), str(tables)).years == [2019, 2020]
    written = (tables / "manifest.json").stat().st_mtime_ns
    assert of_agency(TOWN, str(raw), str(tables)).years == [2019, 2020]
    assert (tables / "manifest.json").stat().st_mtime_ns == written
    next((raw / TOWN).glob("2019.*")).unlink()
    assert of_agency(TOWN, str(raw), str(tables)).years == [2020]


def test_an_agency_without_a_readable_report_is_an_error(raw: Path, tmp_path: Path) -> None:
    (raw / "没有").mkdir()
    (raw / "没有" / "2020.pdf").write_bytes(b"none")
    with pytest.raises(ValueError, match="expected reports of 没有, found none"):
        of_agency("没有", str(raw), str(tmp_path / "tables"))


def test_a_chinese_index_tells_in_chinese_what_failed_and_nothing_of_this_machine(
    raw: Path, short: Job
) -> None:
    (raw / "空局").mkdir()
    (raw / "坏机关").mkdir()
    (raw / "坏机关" / "2023.txt").write_text("no report", "utf-8")
    marks = "agency,year,rule_id,cells,mark,comment,who,when\n甲,2023,review.results,,maybe,,李,2026-03-01\n"
    (raw.parent / "review_marks.csv").write_text(marks, "utf-8")
    corrections = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
    unlike = f"{TOWN},2019,requests,new,total,99999,1,错,网页,李,2026-03-01\n"
    strange = "丙,2019,requests,new,x,1,1,a,b,c,2026-03-01\n"
    (raw.parent / "corrections.csv").write_text(corrections + unlike + strange, "utf-8")
    result = summarize(replace(short, language="zh"))
    assert len(result.failures) == 6
    root = lxml.html.document_fromstring((short.out / "index.html").read_text("utf-8"))
    told = [" ".join(li.text_content().split()) for li in root.xpath("//ul[@class='reading']/li")]
    assert len(told) == 6
    assert all(any("\u4e00" <= c <= "\u9fff" for c in line.partition("：")[2] or line) for line in told)
    assert [line for line in told if "expected" in line] == []
    assert "review_marks.csv第2行：应为审核标记（mark）栏的" in "".join(told)
    assert str(raw.parent) not in (short.out / "index.html").read_text("utf-8")


def test_what_a_notebook_shows_is_kept_and_what_it_warns_of_is_not() -> None:
    made_of = notebook("x")
    made_of.cells[-1].outputs = [
        nbformat.v4.new_output("stream", name="stderr", text="a warning"),
        nbformat.v4.new_output("stream", name="stdout", text="told"),
        nbformat.v4.new_output("execute_result", {"text/plain": "shown"}),
    ]
    outputs = kept(made_of, {}, {}).cells[-1].outputs
    assert [output.get("text") or output["data"]["text/plain"] for output in outputs] == ["told", "shown"]


def test_a_run_begins_with_what_a_killed_one_left(raw: Path, tmp_path: Path) -> None:
    old = tmp_path / "out" / f"{WORKING}x" / "old" / TOWN
    old.mkdir(parents=True)
    (old / "index.html").write_text("old")
    broken = saved(tmp_path, "1 / 0")
    summarize(Job(raw, tmp_path / "tables", tmp_path / "out", notebook=broken), Choice([TOWN]))
    left = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert left == sorted([*FRONT, "figures.parquet", TOWN])
    assert (tmp_path / "out" / TOWN / "index.html").read_text() == "old"


def test_a_copy_of_any_web_page_is_framed(tmp_path: Path, samples: Path) -> None:
    page = next(samples.glob("*/*.html")).read_bytes()
    whole = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    part = b"--x\r\nContent-Type: text/html\r\n\r\n"
    raw = tmp_path / "raw" / HEALTH
    raw.mkdir(parents=True)
    for suffix in WEB_SUFFIXES:
        is_saved_whole = suffix in (".mht", ".mhtml")
        data = whole + part + page + b"\r\n--x--\r\n" if is_saved_whole else page
        (raw / f"2023{suffix}").write_bytes(data)
    job = Job(raw.parent, tmp_path / "tables", tmp_path / "out", reviews=False)
    ingest(job.raw, job.tables)
    names = {f"2023{suffix}" for suffix in WEB_SUFFIXES}
    read = {f"{HEALTH}/{name}" for name in names}
    assert set(_copied(tmp_path / "copies", HEALTH, read, job.raw)) == names
    copies = list((tmp_path / "copies").iterdir())
    assert len(copies) == len(WEB_SUFFIXES)
    for copy in copies:
        assert copy.suffix in (".html", ".htm")
        (frame,) = lxml.html.document_fromstring(copy.read_bytes()).iter("iframe")
        assert (frame.get("sandbox"), len(frame.get("srcdoc")) > 1000) == ("", True)
        assert "multipart" not in frame.get("srcdoc")


def made_at(out: Path) -> dict[str, int]:
    return {page.parent.name: page.stat().st_mtime_ns for page in out.glob("*/index.html")}


def test_a_page_is_made_again_only_where_what_it_follows_from_has_changed(raw: Path, short: Job) -> None:
    job = short
    assert summarize(job).made == (HEALTH, TOWN)
    before, index = made_at(job.out), (job.out / "index.html").read_bytes()
    again = summarize(job)
    assert (again.made, again.unchanged) == ((), (HEALTH, TOWN))
    assert (made_at(job.out), (job.out / "index.html").read_bytes()) == (before, index)
    (report,) = (raw / TOWN).glob("2020.*")
    report.write_bytes(report.read_bytes().replace("总体情况".encode(), "总体情况 ".encode()))
    assert (summarize(job).made, made_at(job.out)[HEALTH]) == ((TOWN,), before[HEALTH])
    (job.out / HEALTH / "index.html").unlink()
    assert summarize(job).made == (HEALTH,), "its page is not there"
    assert summarize(replace(job, language="zh")).made == (HEALTH, TOWN), "another language"
    line = f"{TOWN},2020,requests.balance,requests/new/total requests/carried_in/total,open,,W. L.,2025-03-31"
    (raw.parent / "review_marks.csv").write_text(f"agency,year,rule_id,cells,mark,comment,who,when\n{line}\n")
    assert summarize(replace(job, language="zh")).made == (TOWN,), "a person's line on one agency"


def test_only_the_chosen_are_made_and_the_others_stay_on_the_index(short: Job) -> None:
    assert summarize(short, Choice([TOWN])).made == (TOWN,)
    index = (short.out / "index.html").read_text("utf-8")
    assert HEALTH in index
    assert list(made_at(short.out)) == [TOWN]
    with pytest.raises(UnknownAgency, match=f"{TOWN[:-1]}: no such agency .* nearest: {TOWN}"):
        summarize(short, Choice([TOWN[:-1]]))


def test_a_page_without_reports_is_told_and_removed_when_asked_for(raw: Path, tmp_path: Path) -> None:
    job = Job(
        raw, tmp_path / "tables", tmp_path / "out", notebook=saved(tmp_path, showing(TOWN)), reviews=False
    )
    own = job.out / "mine"
    own.mkdir(parents=True)
    assert summarize(job, Choice([TOWN])).made == (TOWN,)
    shutil.rmtree(raw / TOWN)
    assert summarize(job, Choice([HEALTH])).gone == (TOWN,)
    assert summarize(job, Choice([HEALTH])).gone == (TOWN,), "told until it is gone"
    assert (job.out / TOWN).is_dir()
    assert summarize(job, Choice([HEALTH], prune=True)).gone == (TOWN,)
    assert not (job.out / TOWN).exists()
    assert own.is_dir(), "not ours"


def test_a_run_that_is_killed_loses_no_page_that_it_finished(short: Job) -> None:

    def stop(done: int, total: int, what: str) -> None:
        if what == HEALTH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        summarize(short, Choice(workers=1), progress=stop)
    before = made_at(short.out)
    result = summarize(short)
    assert (result.made, result.unchanged) == ((TOWN,), (HEALTH,))
    assert made_at(short.out)[HEALTH] == before[HEALTH]


def test_both_engines_make_the_same_pages(raw: Path, tmp_path: Path) -> None:
    jobs = [
        Job(raw, tmp_path / "tables", tmp_path / engine, engine=engine, reviews=False) for engine in ENGINES
    ]
    for job in jobs:
        summarize(job, Choice([TOWN]))
    one, other = ({f.name: f.read_bytes() for f in (job.out / TOWN).iterdir() if f.is_file()} for job in jobs)
    assert one == other


def test_a_worker_that_dies_costs_its_agency_alone(raw: Path, tmp_path: Path) -> None:
    cell = f"import os, psutil; agency == {TOWN!r} and psutil.Process().parent().parent().kill()"
    deadly = saved(tmp_path, cell, showing(HEALTH))
    job = Job(raw, tmp_path / "tables", tmp_path / "out", notebook=deadly, reviews=False)
    result = summarize(job)
    assert result.made == (HEALTH,)
    assert len(result.failures) == 1
    assert TOWN in result.failures[0]


@pytest.mark.parametrize("name", ["../kept", "/kept", "a/../../kept", ".", "..", ""])
def test_what_a_record_names_is_removed_only_where_it_is_a_folder_of_ours(name: str, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    out = tmp_path / "out"
    out.mkdir()
    one = {"outcome": "made", "key": None, "seconds": 1, "failure": None, "trace": "", "megabytes": None}
    shown = {"agency": "x", "has_page": False, "years": {}}
    (out / "run.json").write_text(
        json.dumps({"agencies": {name: {**one, "entry": shown}, "甲": [1]}}), "utf-8"
    )
    (out / ".ogi-journal.jsonl").write_text(
        json.dumps(["乙", {**one, "entry": shown}]) + '\n["丙", {"outc', "utf-8"
    )
    assert list(earlier(out)) == ["乙"], "neither of another version, nor cut off, nor elsewhere"


def test_what_would_be_made_is_told_with_its_reason_and_nothing_written(short: Job, raw: Path) -> None:
    job = short
    ingest(job.raw, job.tables)
    told = {agency: [str(one) for one in why] for agency, why in plan(job).pages.items()}
    assert told == {HEALTH: ["no page yet"], TOWN: ["no page yet"]}
    assert not job.out.exists()
    done = summarize(job)
    front = lxml.html.fromstring((job.out / "index.html").read_text("utf-8"))
    (first,) = front.xpath("//*[@id='sentence']")
    assert done.headline is not None
    assert done.headline == " ".join(first.text_content().split()), "the run ends as the index begins"
    assert plan(job).pages == {HEALTH: [], TOWN: []}
    changed = next((raw / TOWN).iterdir())
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert plan(job).pages == {HEALTH: [], TOWN: [f"{changed.name} changed"]}
    assert plan(job, [HEALTH]).pages == {HEALTH: []}
    ingest(job.raw, job.tables)
    assert plan(job).pages[TOWN] == ["its reports, or lines on them, changed"]
    assert set(plan(replace(job, language="zh")).pages[HEALTH]) == {
        "the language or other parameters changed"
    }
    with pytest.MonkeyPatch.context() as other:
        other.setattr("ogi.ingest.PARSER_VERSION", "next")
        other.setattr("ogi.bulk.keys.program", lambda: "next")
        assert plan(job).pages[HEALTH] == ["the program changed"], "told once"
    (job.out / HEALTH / "index.html").unlink()
    assert plan(job).pages[HEALTH] == ["no page yet"]
    with pytest.raises(UnknownAgency):
        plan(job, ["没有"])


def test_where_a_failure_arose_is_one_click_away_and_tells_no_folder_of_this_machine(
    job: Job, tmp_path: Path
) -> None:
    broken = saved(tmp_path, showing(TOWN), "def inner():\n    raise KeyError(reports)", "inner()")
    result = summarize(replace(job, notebook=broken), Choice([TOWN]))
    assert [line.split(": ")[:3] for line in result.failures] == [[TOWN, "cell 4", "KeyError"]]
    page = lxml.html.fromstring((job.out / "index.html").read_text("utf-8"))
    (shown,) = page.xpath("//li[@class='error']/details")
    assert shown.findtext("summary").startswith(f"{TOWN}: cell 4: KeyError")
    assert "in inner()" in shown.findtext("pre")
    assert str(tmp_path) not in shown.text_content()
    run = json.loads((job.out / "run.json").read_text("utf-8"))
    assert "in inner()" in run["agencies"][TOWN]["trace"]
    assert str(tmp_path) not in json.dumps(run)


def test_the_most_memory_that_a_notebook_took_is_written_down(job: Job) -> None:
    summarize(job)
    run = json.loads((job.out / "run.json").read_text("utf-8"))
    assert 50 < run["agencies"][TOWN]["megabytes"] < 1000
