"""One agency's page: notebook run, exported, proved to be its own, put in place."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import nbformat

from ogi import tables as store
from ogi import workers
from ogi.bulk.folders import made_whole, said_of, worded
from ogi.bulk.run import NotebookFailure, Value, execute, kept, load
from ogi.files import NOTEBOOKS, ROOT, write_whole
from ogi.ingest.sources import of_one
from ogi.pages import Frames
from ogi.pages.export import page
from ogi.pages.originals import FOLDER as ORIGINALS
from ogi.pages.originals import copy_name, framed, is_web_page
from ogi.pages.workbook import with_labels, workbook
from ogi.readers.html import page_text
from ogi.said import Said

_LOG = logging.getLogger(__name__)

NOTEBOOK = NOTEBOOKS / "2_agency_summary.ipynb"


@dataclass(frozen=True)
class Job:
    """What is the same for every agency of a run.

    `seconds`: how long one notebook may take; `megabytes`: what its kernel may; `engine`: one of ENGINES.
    `corrections` and `marks`: files kept by hand; without them, those beside the reports, if there.
    `shared_assets`: do all pages take font and style from one file in `out`? `reviews`: is what tells of all
    agencies at once made, too: the review of each year, and one file with all figures?
    """

    raw: Path
    tables: Path
    out: Path
    language: str = "en"
    notebook: Path = NOTEBOOK
    seconds: float = 600
    corrections: Path | None = None
    marks: Path | None = None
    engine: str = "ogi"
    megabytes: int = 2048
    shared_assets: bool = False
    reviews: bool = True

    def parameters(self, agency: str) -> dict[str, Value]:
        """The parameters of the notebook for one agency."""
        folders = {"reports": str(self.raw), "tables": str(self.tables)}
        named = {"corrections": self.corrections, "marks": self.marks}
        files = {name: str(path) for name, path in named.items() if path is not None}
        return {"agency": agency, **folders, "language": self.language, **files}


@dataclass(frozen=True)
class Making:
    """How the making of a page went. `failure`: one line where there is no new page, `trace`: where it arose.

    `megabytes`: the most memory that the notebook's kernel held, where that is known.
    """

    failure: Said | None = None
    trace: str = ""
    megabytes: int | None = None


def make(agency: str, job: Job, frames: Frames, medians: str = "", newest: int = 0) -> Making:
    """Make out/<agency>/ with page, notebook and figures; `frames`: what the dataset holds of the agency.

    `medians`: those of its kind, as text, "" for none; `newest`: the newest year where it lacks it, else 0.
    Everything is made in a folder of its own and put in place whole; an earlier page stays on failure.
    """
    try:
        with made_whole(job.out, agency) as folder:
            return Making(megabytes=_fill(folder, agency, frames, job, medians, newest))
    except (NotebookFailure, OSError, ValueError) as error:
        trace = error.trace if isinstance(error, NotebookFailure) else ""
        return Making(worded("of_agency", agency=agency, told=said_of(error)), trace)


def _fill(folder: Path, agency: str, frames: Frames, job: Job, medians: str, newest: int) -> int | None:
    """Write all that lies in the agency's folder; the megabytes that its notebook took."""
    parameters, name = job.parameters(agency), job.notebook.name
    parameters |= {"medians": medians} if medians else {}
    parameters |= {"newest": newest} if newest else {}
    originals = _copied(folder / ORIGINALS, agency, set(frames.reports["report_id"]), job.raw)
    _LOG.debug("%s: %d reports copied; running %s", agency, len(originals), name)
    ran = execute(load(job.notebook), name, parameters, job.seconds, job.engine)
    executed = kept(ran, parameters, places(job))
    _LOG.debug("%s: exporting the page", agency)
    figures = with_labels(store.marked(frames.figures, frames.corrections), job.language)
    assets = ".." if job.shared_assets else ""
    made = {
        "index.html": page(executed, agency, name, job.language, originals, assets, _latest(frames)).encode(),
        name: nbformat.writes(executed).encode(),  # type: ignore[no-untyped-call]
        # With the mark by which a spreadsheet knows UTF-8.
        "figures.csv": store.to_csv(figures).encode("utf-8-sig"),
        "figures.xlsx": workbook(frames, job.language),
    }
    for file, content in made.items():
        write_whole(folder / file, content)
    megabytes: int | None = ran.metadata.papermill["megabytes"]
    return megabytes


def _latest(frames: Frames) -> str | None:
    """The file of the report on the last year."""
    column = frames.latest
    return None if column is None else str(column.report_id).rpartition("/")[2]


def _copied(folder: Path, agency: str, read: Collection[str], raw: Path) -> list[str]:
    """Copy the reports that were read, so that the page's links hold wherever it is sent; their names.

    Copied, not linked: who writes on what lies beside a page must not write into RAW. Web pages are untrusted
    and are put into a frame that runs and fetches nothing.
    """
    sources = [source for source in of_one(raw, agency).sources if source.report_id in read]
    folder.mkdir()
    for source in sources:
        copy = folder / copy_name(source.file)
        if is_web_page(source.file):
            write_whole(copy, framed(workers.run(page_text, source.path), source.file).encode())
        else:
            shutil.copyfile(source.path, copy)
    return [source.file for source in sources]


def places(job: Job) -> dict[Path, str]:
    """What stands for a folder of this machine in what is kept."""
    folders = [
        path for path in (job.raw, job.tables, job.out, job.corrections, job.marks) if path is not None
    ]
    folders.append(job.raw.absolute().parent)
    absolute = {folder.absolute(): folder.name for folder in folders}
    resolved = {folder.resolve(): folder.name for folder in folders}
    return {Path.home(): "~", ROOT: ".", **absolute, **resolved}
