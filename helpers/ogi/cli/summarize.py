"""`ogi summarize`: a page for each agency, and an index over all."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ogi.cli.noting import say_standing
from ogi.cli.options import TABLES, Corrections, Dask, Language, Marks, Raw, Tables
from ogi.cli.places import is_spread, refuse_inside, refuse_other
from ogi.cli.shell import MISUSED, OK, outcome, progress, put, say, say_doubled
from ogi.said import joined, told, worded

if TYPE_CHECKING:  # the rest is imported when a command runs, so that help comes at once
    from ogi.bulk import Plan, SummaryResult


_Only = Annotated[
    list[str] | None, typer.Option(metavar="AGENCY", help="Make the page of this agency; repeatable.")
]
_Workers = Annotated[int | None, typer.Option(min=1, help="Pages made at a time; by default one a core.")]
_Timeout = Annotated[float, typer.Option(min=1, help="Seconds that one notebook may take.")]
_Memory = Annotated[int, typer.Option(min=300, help="Megabytes that one notebook may take.")]
_Engine = Annotated[
    Literal["ogi", "kernel"], typer.Option(help="Fork kernels from a warm process, or start each afresh.")
]
_Prune = Annotated[bool, typer.Option("--prune", help="Remove pages of agencies without reports.")]
_SharedAssets = Annotated[
    bool, typer.Option("--shared-assets", help="Put font and style once beside the pages, not into each.")
]
_Reviews = Annotated[bool, typer.Option("--reviews/--no-reviews", help="Make the review of each year, too.")]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Tell which pages would be made, and why; write nothing.")
]


def summarize(
    raw: Raw,
    out: Annotated[str, typer.Option(metavar="FOLDER|URL", help="Where the pages go.")],
    tables: Tables = str(TABLES),
    language: Language = "en",
    corrections: Corrections = None,
    marks: Marks = None,
    only: _Only = None,
    workers: _Workers = None,
    timeout: _Timeout = 600,
    memory: _Memory = 2048,
    engine: _Engine = "ogi",
    prune: _Prune = False,
    shared_assets: _SharedAssets = False,
    reviews: _Reviews = True,
    dry_run: _DryRun = False,
    dask: Dask = None,
) -> int:
    """Make a page for each agency of RAW, and an index. What has not changed is not made again."""
    from ogi import bulk

    refuse_inside(raw, tables, out)
    refuse_other(raw, language, out=out, tables=tables)
    job = bulk.Job(
        Path(raw), Path(tables), Path(out), language, seconds=timeout, corrections=corrections, marks=marks,
        engine=engine, megabytes=memory, shared_assets=shared_assets, reviews=reviews,
    )  # fmt: skip
    choice = bulk.Choice(only or (), workers, prune)
    plan, make = partial(bulk.plan, job), partial(bulk.summarize, job)
    if is_spread(dask, raw, tables, out):
        from ogi import cluster

        spread = cluster.Cluster(raw, tables, out, dask, workers, job)
        plan, make = partial(cluster.plan, spread), partial(cluster.summarize, spread)
    try:
        if dry_run:
            return _put_plan(plan(choice.only), language)
        with progress("making", language) as step:
            result = make(choice, step)
    except bulk.UnknownAgency as fault:
        say(told(fault.message, language))
        return MISUSED
    say_doubled(result.doubled, language)
    say_standing(tables, language)
    return _conclude(result, f"{out.rstrip('/')}/index.html", prune, language)


def _conclude(result: SummaryResult, index: str, prune: bool, language: str) -> int:
    """Tell what failed, what is gone, and where the pages lie."""
    code = outcome(result.failures, 0, language, result.by_hand)
    for name in result.gone:
        say(told(worded("ogi.cli", "pruned" if prune else "gone", agency=name), language))
    if result.headline is not None:
        say(told(result.headline, language))
    counts = {"made": len(result.made), "unchanged": len(result.unchanged), "failed": len(result.failed)}
    say(told(worded("ogi.cli", "summarized", index=index, **counts), language))
    return code


def _put_plan(plan: Plan, language: str) -> int:
    for agency, why in plan.pages.items():
        if why:
            line = worded("ogi.cli", "due", agency=agency, why=joined(why, ", ", "，"))
            put(told(line, language) + "\n")
    due = sum(bool(why) for why in plan.pages.values())
    put(told(worded("ogi.cli", "planned", n=due, unchanged=len(plan.pages) - due), language) + "\n")
    if plan.reviews:
        put(told(worded("ogi.cli", "planned_reviews"), language) + "\n")
    return OK
