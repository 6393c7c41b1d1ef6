"""The command `ogi`: read reports, check them, keep them as a dataset, make the agencies' pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ogi.cli import datasets
from ogi.cli.places import is_spread, refuse_inside, there
from ogi.cli.shell import FAILED, MISUSED, OK, command, log_stages, outcome, progress, put, say
from ogi.said import Said, joined, worded
from ogi.said import told as in_language

if TYPE_CHECKING:  # the rest is imported when a command runs, so that help comes at once
    import pandas as pd

    from ogi.ingest.sources import Failure, Gathered
    from ogi.tables import Filed


app = typer.Typer(
    help="Read, check and present China's annual reports on open government information.",
    epilog="Exit codes: 0 all well, 1 done but something failed (named at the end), 2 wrong use.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_Raw = Annotated[
    str, typer.Argument(callback=there, metavar="RAW", help="A folder per agency; or its URL: s3://…")
]
_Tables = Annotated[str, typer.Option(metavar="FOLDER|URL", help="Where the dataset lies.")]
_Dask = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS", help="Send the work to this Dask scheduler; `local` starts one on this machine."
    ),
]
_Format = Annotated[
    Literal["table", "csv", "json"], typer.Option("--format", help="How the result is printed.")
]
_Language = Annotated[Literal["en", "zh"], typer.Option(help="The language of messages and pages.")]
_FILE = {"exists": True, "dir_okay": False, "metavar": "FILE"}
_Corrections = Annotated[
    Path | None, typer.Option(help="Corrections; by default RAW/../corrections.csv, if there.", **_FILE)
]
_Marks = Annotated[
    Path | None, typer.Option(help="Review marks; by default RAW/../review_marks.csv, if there.", **_FILE)
]
TABLES = Path("data/tables")


@app.callback()
def options(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell each stage of the work on standard error.")
    ] = False,
    seconds: Annotated[
        float | None, typer.Option(min=1, envvar="OGI_SECONDS", help="What the reading of one file may take.")
    ] = None,
    megabytes: Annotated[
        int | None,
        typer.Option(min=300, envvar="OGI_MEGABYTES", help="Its memory."),
    ] = None,
) -> None:
    """Read, check and present China's annual reports on open government information."""
    if verbose:
        log_stages()
    from ogi import workers

    workers.limit(seconds, megabytes)


@app.command()
@command
def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Reports.")],
    format: _Format = "table",
) -> int:
    """Print the figures of reports; what was not understood goes to standard error."""
    from ogi.ingest.sources import of_files
    from ogi.tables import frames

    filed, failures, tried = _read(of_files(files))
    tables = frames(filed)
    if format == "table":
        from ogi.cli.render import figures_text

        put(figures_text(tables["figures"], tables["reports"]))
    else:
        _put_rows(tables["figures"], format)
    for row in tables["findings"].to_dict("records"):
        say(f"{row['report_id']}: {row['severity']}: {row['message']}")
    return outcome(failures, tried)


@app.command()
@command
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER", help="Reports, or folders of them.")],
    format: _Format = "table",
    language: _Language = "en",
    fail_on: Annotated[
        Literal["error", "warning", "note", "never"],
        typer.Option(help="Broken rules that end the command with code 1."),
    ] = "never",
    corrections: _Corrections = None,
    marks: _Marks = None,
) -> int:
    """Check reports: their sums, their words against their tables, and one year against the next.

    Corrections and review marks are taken from beside a folder that is named alone (where nothing lies beside
    an agency's folder, from beside that of all agencies), or from the files given.
    CSV and JSON end with the columns mark, comment, who and when where a row has a review mark.
    """
    from ogi.cli.checking import beside, checked, is_whole
    from ogi.ingest.sources import Gathered, of_any
    from ogi.tables import frames

    gathered = Gathered()
    for path in paths:
        gathered += of_any(path)
    filed, failures, tried = _read(gathered)
    tables = frames(filed)
    hand = beside(paths, corrections, marks)
    result = checked(tables, hand, language, is_whole(paths))
    if format == "table":
        from ogi.cli.render import checks_text

        put(checks_text(result, tables["reports"]))
    else:
        _put_rows(result.with_marks, format)
    for remark in result.remarks:
        say(remark)
    code = outcome([*failures, *result.failures], tried if not result.failures else 0, language)
    broken = 0 if fail_on == "never" else result.failing(fail_on)
    if broken > 0:
        say(in_language(worded("ogi.cli", "broken", n=broken, least=fail_on), language))
    return code if broken == 0 else FAILED


@app.command()
@command
def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report.", exists=True, dir_okay=False)],
    figure: Annotated[str, typer.Argument(metavar="TABLE/ITEM/MEASURE", help="Such as requests/new/total.")],
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            help="Another year's report, for the rules over the years.", exists=True, dir_okay=False
        ),
    ] = None,
    language: _Language = "en",
) -> int:
    """Tell how one figure was read: its page, cell, row, label, column and value, and the rules on it."""
    from ogi import readers, workers
    from ogi.checks import check_tables
    from ogi.cli.render import steps_text
    from ogi.extract import read_report, report_of
    from ogi.readers.document import UnreadableFile
    from ogi.tables import alone, frames
    from ogi.trace import UnknownFigure, steps_of

    try:
        document = workers.run(readers.read, file)
        report = report_of(document)
        others = [  # numbered, since reports of several folders may bear one name
            replace(alone(workers.run(read_report, path), f"{n}:{path.name}"), agency=report.agency)
            for n, path in enumerate(beside or [], 1)
        ]
        checks = check_tables(frames([alone(report), *others]), language)
        put(steps_text(steps_of(document, report, figure, checks, language)))
    except UnreadableFile as refusal:
        return outcome([refusal.told], 0, language)
    except UnknownFigure as fault:
        say(in_language(fault.message, language))
        return MISUSED
    return OK


@app.command()
@command
def ingest(
    raw: _Raw,
    tables: _Tables = str(TABLES),
    corrections: _Corrections = None,
    marks: _Marks = None,
    dask: _Dask = None,
) -> int:
    """Read every report of RAW into the dataset; those that have not changed are not read again."""
    from ogi import ingest as here

    refuse_inside(raw, tables)
    with progress("reading") as step:
        if is_spread(dask, raw, tables):
            from ogi import cluster
            from ogi.bulk import Job

            job = Job(Path(), Path(), Path(), corrections=corrections, marks=marks)
            result = cluster.ingest(cluster.Cluster(raw, tables, dask=dask, job=job), step)
        else:
            result = here.ingest(Path(raw), Path(tables), step, corrections, marks)
    put(f"{result.read} reports read, {result.reused} as they were: {tables}\n")
    return outcome(result.failures, 0)


@app.command()
@command
def summarize(
    raw: _Raw,
    out: Annotated[str, typer.Option(metavar="FOLDER|URL", help="Where the pages go.")],
    tables: _Tables = str(TABLES),
    language: _Language = "en",
    corrections: _Corrections = None,
    marks: _Marks = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="AGENCY", help="Make the page of this agency; repeatable.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Pages made at a time; by default one a core.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that one notebook may take.")] = 600,
    memory: Annotated[int, typer.Option(min=300, help="Megabytes that one notebook may take.")] = 2048,
    engine: Annotated[
        Literal["ogi", "kernel"], typer.Option(help="Fork kernels from a warm process, or start each afresh.")
    ] = "ogi",
    prune: Annotated[bool, typer.Option("--prune", help="Remove pages of agencies without reports.")] = False,
    shared_assets: Annotated[
        bool, typer.Option("--shared-assets", help="Put font and style once beside the pages, not into each.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell which pages would be made, and why; write nothing.")
    ] = False,
    dask: _Dask = None,
) -> int:
    """Make a page for each agency of RAW, and an index over all; what has not changed is not made again."""
    from ogi import bulk

    refuse_inside(raw, tables, out)
    job = bulk.Job(
        Path(raw), Path(tables), Path(out), language, seconds=timeout, corrections=corrections, marks=marks,
        engine=engine, megabytes=memory, shared_assets=shared_assets,
    )  # fmt: skip
    choice = bulk.Choice(only or (), workers, prune)
    try:
        if is_spread(dask, raw, tables, out):
            from ogi import cluster

            spread = cluster.Cluster(raw, tables, out, dask, workers, job)
            if dry_run:
                return _put_plan(cluster.plan(spread, choice.only), language)
            with progress("summarizing") as step:
                result = cluster.summarize(spread, choice, step)
        elif dry_run:
            return _put_plan(bulk.plan(job, choice.only), language)
        else:
            with progress("summarizing") as step:
                result = bulk.summarize(job, choice, step)
    except bulk.UnknownAgency as fault:
        say(in_language(fault.message, language))
        return MISUSED
    code = outcome(result.failures, 0, language)
    key = "pruned" if prune else "gone"
    for name in result.gone:
        say(in_language(worded("ogi.cli", key, agency=name), language))
    counts = {"made": len(result.made), "unchanged": len(result.unchanged), "failed": len(result.failed)}
    say(
        in_language(
            worded("ogi.cli", "summarized", index=f"{out.rstrip('/')}/index.html", **counts), language
        )
    )
    return code


for _run in (datasets.catalogue, datasets.export, datasets.diff):
    app.command()(command(_run))


def main() -> None:
    """The console script `ogi`."""
    app(prog_name="ogi")


def _read(gathered: Gathered) -> tuple[list[Filed], list[str], int]:
    """What could be read, a line for each that could not, and how many there were."""
    from ogi.ingest.reading import read_all
    from ogi.ingest.sources import Failure, told_apart
    from ogi.tables import Filed

    sources = told_apart(gathered.sources)
    with progress("reading", shown=len(sources) > 1) as step:
        results = list(read_all(sources, step))
    failures: list[Failure] = [*gathered.failures, *(one for one in results if isinstance(one, Failure))]
    filed = [one for one in results if isinstance(one, Filed)]
    return filed, [failure.message for failure in failures], len(sources) + len(gathered.failures)


def _put_rows(rows: pd.DataFrame, format: str) -> None:
    from ogi.tables import to_csv, to_json

    put(to_csv(rows) if format == "csv" else to_json(rows) + "\n")


def _put_plan(pages: dict[str, list[Said]], language: str) -> int:
    for agency, why in pages.items():
        if why:
            line = worded("ogi.cli", "due", agency=agency, why=joined(why, ", ", "，"))
            put(in_language(line, language) + "\n")
    due = sum(bool(why) for why in pages.values())
    put(in_language(worded("ogi.cli", "planned", n=due, unchanged=len(pages) - due), language) + "\n")
    return OK
