"""`ogi explain`: how one figure was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ogi.cli.options import Language, ReportFile
from ogi.cli.shell import MISUSED, OK, outcome, put, say
from ogi.said import Refused, told


def explain(
    context: typer.Context,
    file: ReportFile,
    figure: Annotated[
        str,
        typer.Argument(
            metavar="TABLE/ITEM/MEASURE",
            help="Such as requests/new/total, its labels 予以公开/自然人, or the panel's rq_new_tot.",
        ),
    ],
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            help="Another year's report, for the rules over the years.", exists=True, dir_okay=False
        ),
    ] = None,
    language: Language = "en",
) -> int:
    """Tell how one figure was read, and the rules on it.

    Its page, cell, row, label, column and value, in the order in which it was read; `ogi -v explain` names
    the module behind each step.
    """
    from ogi import readers, workers
    from ogi.checks import check_tables
    from ogi.cli.render import steps_text
    from ogi.extract import read_report, report_of
    from ogi.panel.named import cell_of
    from ogi.readers.document import UnreadableFile
    from ogi.tables import alone, frames
    from ogi.trace import steps_of

    try:
        document = workers.run(readers.read, file)
        report = report_of(document)
        others = [  # numbered, since reports of several folders may bear one name
            replace(alone(workers.run(read_report, path), f"{n}:{path.name}"), agency=report.agency)
            for n, path in enumerate(beside or [], 1)
        ]
        checks = check_tables(frames([alone(report), *others]), language)
        steps = steps_of(document, report, cell_of(figure), checks, language)
        put(steps_text(steps, modules=context.find_root().params["verbose"]))
    except UnreadableFile as refusal:
        return outcome([refusal.told], 0, language)
    except Refused as fault:
        say(told(fault.message, language))
        return MISUSED
    return OK
