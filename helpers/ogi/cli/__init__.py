"""The command `ogi`: read reports, check them, keep them as a dataset, make the agencies' pages."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ogi import __version__
from ogi.cli.catalogue import catalogue
from ogi.cli.check import check
from ogi.cli.diff import diff
from ogi.cli.explain import explain
from ogi.cli.export import export
from ogi.cli.help import asks_for_chinese, put_into_chinese, put_misuse_into_chinese
from ogi.cli.ingest import ingest
from ogi.cli.lab import lab
from ogi.cli.notebooks import notebooks
from ogi.cli.options import Language
from ogi.cli.parse import parse
from ogi.cli.shell import command, put, stages_logged
from ogi.cli.summarize import summarize

COMMANDS = (parse, check, explain, ingest, summarize, catalogue, export, diff, notebooks, lab)

app = typer.Typer(
    help="Read, check and present China's annual reports on open government information.",
    epilog="Exit codes: 0 done, whatever reports say; 1 done, but a file was not read, or a line of "
    "corrections or marks does not apply or is in doubt (named at the end); 2 wrong use.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(asked: bool) -> None:
    if asked:
        from ogi.extract import PARSER_VERSION

        put(f"ogi {__version__}, parser_version {PARSER_VERSION}\n")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="Print the versions.",
        ),
    ] = False,
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
    language: Language = "en",
) -> None:
    """Read, check and present China's annual reports on open government information."""
    if verbose:
        context.with_resource(stages_logged())
    context.default_map = {one.__name__: {"language": language} for one in COMMANDS}
    from ogi import workers

    workers.limit(seconds, megabytes)


for _run in COMMANDS:
    app.command()(command(_run))


def main() -> None:
    """The console script `ogi`."""
    program = typer.main.get_command(app)
    if asks_for_chinese(sys.argv[1:]):
        put_misuse_into_chinese()
        put_into_chinese(program)
    program(prog_name="ogi")
