"""The last lines of commands that make or take a dataset: what of it needs a look, and what is older."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ogi.cli.shell import counted, say
from ogi.files import is_url
from ogi.said import Said, joined, told, worded

if TYPE_CHECKING:  # imported when a command runs, so that help comes at once
    import pandas as pd

    from ogi.panel.changes import Changes

_MOST = 20
"""Files that are named under each other; the reviews name all."""
_FEW = 10
"""The same where a file names all."""


def say_noted(tables: str, language: str) -> None:
    """Tell on how many reports errors and warnings were noted in reading, and where they are told."""
    from ogi.tables import is_dataset, noted

    if is_url(tables) or not is_dataset(Path(tables)):
        return
    found = noted(Path(tables))
    counts = [
        worded("ogi.cli", f"noted.{severity}", reports=counted("report", found[severity]))
        for severity in ("error", "warning")
        if found[severity] > 0
    ]
    if counts:
        say(told(worded("ogi.cli", "noted", counts=joined(counts, ", ", "，"), path=tables), language))


def say_standing(tables: str, language: str) -> None:
    """Tell of misplaced, equal and changed files, and how many corrections and review marks apply."""
    from ogi.ingest.standing import standing
    from ogi.tables import is_dataset

    if is_url(tables) or not is_dataset(Path(tables)):
        return
    found = standing(Path(tables))
    misfiled, doubted = (
        [
            worded("ogi", f"misfiled.{'housed' if file in found.housed else 'one'}", file=file, name=name)
            for file, name in pairs
        ]
        for pairs in (found.misfiled, found.doubted)
    )
    equal = [joined(files, " = ", " = ") for files in found.equal]
    changed = [worded("ogi", "changed_file", file=file, day=day) for file, day in found.changed]
    told_lines = {
        "misfiled": misfiled, "doubted": doubted, "unnamed": found.unnamed, "equal": equal,
        "changed_file": changed,
    }  # fmt: skip
    for key, lines in told_lines.items():
        _say_named(key, lines, language)
    if found.corrections:
        counts = {"n": found.corrected, "all": found.corrections}
        say(told(worded("ogi.cli", "corrections_apply", **counts), language))
    if found.marks:
        say(told(worded("ogi.cli", "marks_apply", n=found.applied, all=found.marks), language))
    if found.not_understood:
        files = joined(dict.fromkeys(file for file, _ in found.not_understood), ", ", "、")
        counts = {"n": len(found.not_understood)}
        say(told(worded("ogi.cli", "not_understood", files=files, **counts), language))


def say_unnamed(reports: pd.DataFrame, language: str) -> None:
    """Name the reports of which nothing but their folder tells whose they are."""
    from ogi.checks.misfiled import unnamed

    _say_named("unnamed", unnamed(reports)["report_id"].tolist(), language)


def _say_named(key: str, lines: Sequence[str], language: str) -> None:
    """A head with how many reports there are, where there is any, and the first of them below it."""
    if lines:
        say(told(worded("ogi.cli", key, reports=counted("report", len(lines))), language))
    for line in lines[:_MOST]:
        say(told(line, language))
    if len(lines) > _MOST:
        say(told(worded("ogi.cli", "more_of_them", n=len(lines) - _MOST), language))


def say_warnings(found: pd.DataFrame, path: Path, language: str) -> None:
    """Name what a panel's warnings tell, the first of each kind under the heads of an ingest's last lines."""
    from ogi.panel.notes import CHANGED, EQUAL, MAY_BE, ON_LINES, OTHER, SEVERAL, UNNAMED, UNREAD, WITH_ERROR

    heads = {
        SEVERAL: "doubled",
        EQUAL: "equal",
        CHANGED: "changed_file",
        OTHER: "misfiled",
        MAY_BE: "may_be_misfiled",
        UNNAMED: "unnamed",
        UNREAD: "failed",
        WITH_ERROR: "with_error",
        ON_LINES: "by_hand",
    }
    for kinds, key in heads.items():
        own = found[found["kind"].isin(kinds)]
        pairs = zip(own["message"], own["message_zh"], strict=True)
        lines = [Said(message, chinese) for message, chinese in dict.fromkeys(pairs)]
        if not lines:
            continue
        reports = counted("report", len(lines))
        say(told(worded("ogi.cli", key, n=len(lines), of="", reports=reports), language))
        for line in lines[:_FEW]:
            say(told(line, language))
        if len(lines) > _FEW:
            say(told(worded("ogi.cli", "more_in", n=len(lines) - _FEW, path=path), language))


def say_changed(tables: Path, language: str) -> None:
    """Tell what is not as it was when the dataset was made, and how it is made again, where anything is."""
    from ogi.ingest import origin, since

    found = since.changed(tables)
    if found is None or not (found.files or found.reports):
        return
    reports = [counted("report", found.reports)] if found.reports else []
    named = [word for part, path in found.named.items() for word in (f"--{part}", str(origin.shown(path)))]
    command = shlex.join(["ogi", "ingest", str(origin.shown(found.raw)), "--tables", str(tables), *named])
    what = joined([*found.files, *reports], ", ", "、")
    say(told(worded("ogi.cli", "changed_since", what=what, command=command), language))


def say_against(found: Changes | None, path: Path, language: str) -> None:
    """Tell what is otherwise than in a panel than in the one before."""
    if found is None:
        say(told(worded("ogi.cli", "against.unreadable"), language))
        return
    if found.is_none:  # the list beside the panel tells of the last change, if of any
        say(told(worded("ogi.cli", "against.same"), language))
        return
    values = {kind: counted(kind, found.values[kind]) for kind in ("number", "flag", "text")}
    rows = {name: counted("row", n) for name, n in (("rows", found.rows), ("come", found.come))}
    say(told(worded("ogi.cli", "against", path=path, gone=found.gone, **values, **rows), language))
    if found.variables > 0:
        variables = counted("variable", found.variables)
        say(told(worded("ogi.cli", "against.variables", variables=variables), language))
