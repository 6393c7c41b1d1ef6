"""One task: the reviews of all years and the file of all figures, from a dataset that lies elsewhere."""

from __future__ import annotations

from pathlib import Path

from ogi import tables as store
from ogi.bulk.reviews import SUFFIXES, Reviewed, make_reviews, review_file, years_there
from ogi.cluster.storage import Stamp, Storage, stand_in
from ogi.cluster.tasks import Shared, fetch_part, workplace
from ogi.index import FIGURES
from ogi.progress import no_progress
from ogi.tables import first_read, parts
from ogi.tables.parts import Part

_PICTURED = "SELECT DISTINCT report_id FROM checks WHERE verdict = 'broken'"
"""Reports of which a review shows pieces; only these are fetched."""


def make_year_reviews(
    shared: Shared, held: tuple[Part, ...], files: dict[str, Stamp], prune: bool
) -> Reviewed:
    """Make the reviews that are not there or would be others, and send them to the pages.

    `held`: the parts of the dataset; `files`: those of RAW; `prune`: remove those of years without reports.
    """
    tables, out = Storage(shared.cluster.tables), Storage(shared.cluster.out)
    with workplace(shared) as job:
        for part in held:
            fetch_part(tables, part, job.tables)
        parts.commit(job.tables, held)
        tables.fetch([first_read.FILE], job.tables)
        stand_in(files, job.raw)
        with store.connect(job.tables) as dataset:
            pictured = {name for (name,) in dataset.execute(_PICTURED).fetchall()}
        Storage(shared.cluster.raw).fetch(sorted(pictured & files.keys()), job.raw, files)
        stand_in_reviews(out, job.out, with_pages=True)
        before = years_there(job.out)
        reviewed = make_reviews(job, prune, no_progress)
        _send(reviewed, job.out, out)
        gone = set(before) - set(years_there(job.out))
        out.remove([review_file(year, suffix) for year in gone for suffix in SUFFIXES])
        return reviewed


def stand_in_reviews(out: Storage, to: Path, with_pages: bool = False) -> None:
    """Reviews and figures without their content; `with_pages`: the pages tell what they were made from."""
    there = [name for name in out.listed() if name == FIGURES or name.startswith("review-")]
    stand_in({name: Stamp(0, 0) for name in there}, to)
    if with_pages:
        out.fetch([name for name in there if name.endswith(".html")], to)


def _send(reviewed: Reviewed, folder: Path, out: Storage) -> None:
    """Send what was made; of a year the page comes last, as it does on one machine."""
    names = [FIGURES, *(review_file(year, suffix) for year in reviewed.made for suffix in SUFFIXES)]
    for path in (folder / name for name in names):
        if path.is_file() and path.stat().st_size:  # a stand-in has no content
            out.write(path.name, path.read_bytes())
