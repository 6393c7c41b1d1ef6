"""The command `ogi`: read reports, check them, keep them as a dataset, make the agencies' pages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.cli.shell import command, outcome, progress, put, say

if TYPE_CHECKING:  # the rest is imported when a command runs, so that help comes at once
    from helpers.ingest import Failure, Gathered
    from helpers.tables import Filed


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    csv = "csv"
    json = "json"


class Language(StrEnum):
    """The language of pages and messages."""

    en = "en"
    zh = "zh"


app = typer.Typer(
    help="Read, check and present China's annual reports on open government information.",
    epilog="Exit codes: 0 all well, 1 done but something failed (named at the end), 2 wrong use.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Reports.")]
_Paths = Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER", help="Reports, or folders of them.")]
_FOLDER = typer.Argument(exists=True, file_okay=False, metavar="RAW", help="A folder per agency.")
_Raw = Annotated[Path, _FOLDER]
_Tables = Annotated[Path, typer.Option(file_okay=False, help="Where the dataset lies.")]
_Format = Annotated[Format, typer.Option("--format", help="How the result is printed.")]
_Language = Annotated[Language, typer.Option(help="The language of messages and pages.")]
TABLES = Path("data/tables")


@app.command()
@command
def parse(
    files: _Files,
    format: _Format = Format.table,
) -> int:
    """Print the figures of reports; what was not understood goes to standard error."""
    from helpers.ingest import of_files
    from helpers.tables import frames, to_csv, to_json

    filed, failures, tried = _read(of_files(files))
    tables = frames(filed)
    if format is Format.table:
        from helpers.cli.render import figures_text

        put(figures_text(tables["figures"], tables["reports"]))
    else:
        put(to_csv(tables["figures"]) if format is Format.csv else to_json(tables["figures"]) + "\n")
    for row in tables["findings"].to_dict("records"):
        say(f"{row['report_id']}: {row['severity']}: {row['message']}")
    return outcome(failures, tried)


@app.command()
@command
def check(
    paths: _Paths,
    format: _Format = Format.table,
    language: _Language = Language.en,
) -> int:
    """Check reports: their sums, their words against their tables, and one year against the next."""
    from helpers.checks import CONTEXT
    from helpers.checks import check as checked
    from helpers.ingest import Gathered, of_any
    from helpers.tables import frames, to_csv, to_json

    gathered = Gathered()
    for path in paths:
        gathered += of_any(path)
    filed, failures, tried = _read(gathered)
    tables = frames(filed)
    context = {name: tables[name] for name in CONTEXT if name in tables}
    checks = checked(tables["figures"], language.value, **context)
    if format is Format.table:
        from helpers.cli.render import checks_text

        put(checks_text(checks, tables["reports"]))
    else:
        put(to_csv(checks) if format is Format.csv else to_json(checks) + "\n")
    return outcome(failures, tried)


@app.command()
@command
def ingest(raw: _Raw, tables: _Tables = TABLES) -> int:
    """Read every report of RAW into the dataset; those that have not changed are not read again."""
    from helpers.ingest import ingest as ingested

    _refuse_inside(raw, tables)
    with progress("reading") as step:
        result = ingested(raw, tables, step)
    put(f"{result.read} reports read, {result.reused} as they were: {tables}\n")
    return outcome(result.failures, 0)


@app.command()
@command
def summarize(
    raw: _Raw,
    out: Annotated[Path, typer.Option(file_okay=False, help="Where the pages go.")],
    tables: _Tables = TABLES,
    language: _Language = Language.en,
) -> int:
    """Make a page for each agency of RAW, and an index over all."""
    from helpers.bulk import summarize as summarized

    _refuse_inside(raw, tables, out)
    with progress("summarizing") as step:
        result = summarized(raw, out, tables, language=language.value, progress=step)
    return outcome(result.failures, 0)


def main() -> None:
    """The console script `ogi`."""
    app(prog_name="ogi")


def _read(gathered: Gathered) -> tuple[list[Filed], list[str], int]:
    """What could be read, a line for each that could not, and how many there were."""
    from helpers.ingest import Failure, read_all, told_apart
    from helpers.tables import Filed

    sources = told_apart(gathered.sources)
    with progress("reading", shown=len(sources) > 1) as step:
        results = list(read_all(sources, step))
    failures: list[Failure] = [*gathered.failures, *(one for one in results if isinstance(one, Failure))]
    filed = [one for one in results if isinstance(one, Filed)]
    return filed, [failure.message for failure in failures], len(sources) + len(gathered.failures)


def _refuse_inside(raw: Path, *places: Path) -> None:
    for place in places:
        if place.resolve().is_relative_to(raw.resolve()):
            raise typer.BadParameter(f"{place} lies inside {raw}, which is never written to")
