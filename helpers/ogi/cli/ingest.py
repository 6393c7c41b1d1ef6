"""`ogi ingest`: reports into the dataset."""

from __future__ import annotations

from pathlib import Path

from ogi.cli.noting import say_noted, say_standing
from ogi.cli.options import TABLES, Corrections, Dask, Language, Marks, Raw, Tables
from ogi.cli.places import is_spread, refuse_inside, refuse_other
from ogi.cli.shell import counted, outcome, progress, put, say_doubled
from ogi.said import told, worded


def ingest(
    raw: Raw,
    tables: Tables = str(TABLES),
    language: Language = "en",
    corrections: Corrections = None,
    marks: Marks = None,
    dask: Dask = None,
) -> int:
    """Read every report of RAW into the dataset. Those that have not changed are not read again."""
    from ogi import ingest as here

    refuse_inside(raw, tables)
    refuse_other(raw, language, tables=tables)
    with progress("reading", language) as step:
        if is_spread(dask, raw, tables):
            from ogi import cluster
            from ogi.bulk import Job

            job = Job(Path(), Path(), Path(), corrections=corrections, marks=marks)
            result = cluster.ingest(cluster.Cluster(raw, tables, dask=dask, job=job), step)
        else:
            result = here.ingest(Path(raw), Path(tables), step, corrections, marks)
    say_noted(tables, language)
    say_doubled(result.doubled, language)
    say_standing(tables, language)
    code = outcome(result.failures, 0, language, result.by_hand)
    counts = {"read": counted("report", result.read), "reused": result.reused}
    put(told(worded("ogi.cli", "ingested", path=tables, **counts), language) + "\n")
    return code
