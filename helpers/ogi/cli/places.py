"""Folders as a command names them: paths of this machine, or URLs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from ogi.cli.shell import FAILED, MISUSED, say
from ogi.files import is_url
from ogi.said import Refused, told


def is_spread(dask: str | None, *places: str) -> bool:
    """Does the work go to a cluster, or lies any of the folders behind a URL?"""
    return dask is not None or any(is_url(place) for place in places)


def there(place: str) -> str:
    """A folder that is there, or a URL; wrong use where it is neither."""
    path = Path(place)
    if not is_url(place) and not path.is_dir():
        found = "is a file" if path.exists() else "does not exist"
        raise typer.BadParameter(f"folder '{place}' {found}.")
    return place


def refuse_inside(raw: str, *places: str) -> None:
    """Wrong use where one of the places that are written to is RAW or lies inside it, or is a file.

    So it is of a dataset and what is made of it elsewhere.
    """
    for place in places:
        if _normal(place).startswith(_normal(raw)):
            raise typer.BadParameter(f"{place} lies inside {raw}, which is not written to")
        if not is_url(place) and Path(place).is_file():
            raise typer.BadParameter(f"folder '{place}' is a file.")


def refuse_other(raw: str, language: str, **options: str) -> None:
    """Wrong use where a folder that is written to was made of other reports; option → the folder it names."""
    from ogi.ingest import origin

    for option, place in options.items():
        if not is_url(raw) and not is_url(place):
            try:
                origin.refuse_other(Path(raw), Path(place))
            except Refused as fault:
                say(f"{told(fault.message, language)} (--{option})")
                raise typer.Exit(MISUSED) from fault


@contextmanager
def dataset_told(language: str) -> Iterator[None]:
    """End the command with one sentence where a dataset is not there, damaged, or of another version."""
    from ogi.tables import MissingTablesError

    try:
        yield
    except MissingTablesError as error:
        say(told(error.told, language))
        raise typer.Exit(FAILED) from error


def _normal(place: str) -> str:
    return f"{place.rstrip('/')}/" if is_url(place) else f"{Path(place).resolve().as_posix()}/"
