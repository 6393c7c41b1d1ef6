"""What people keep on the reports that a command names, and whose reports these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ogi.ingest.by_hand import CATALOGUE_FILE, CORRECTIONS_FILE, MARKS_FILE, REFUSED, ByHand, above, by_hand
from ogi.ingest.by_hand import kept as kept_in
from ogi.ingest.sources import is_of_agency
from ogi.said import printable
from ogi.tables import joined

FILES = (CORRECTIONS_FILE, MARKS_FILE, CATALOGUE_FILE)


@dataclass(frozen=True)
class Home:
    """Where a report lies, or a folder of them. `raw`: the folder beside which people keep their files.

    `folder`: what the report's own folder is called; `is_agency`: is it the folder of an agency?
    """

    raw: Path
    folder: str
    is_agency: bool


@dataclass(frozen=True)
class Kept:
    """What people keep, and the home of each path that is named; None where nothing is kept beside it.

    `is_named`: were files of corrections or marks named, too?
    """

    hand: ByHand
    homes: Mapping[Path, Home | None] = field(default_factory=dict)
    is_named: bool = False

    def agency(self, path: Path, title: str | None) -> str | None:
        """Whose a report alone is, which that path led to: its folder's, as in a dataset, else its title's.

        Files that are named may call it by its title wherever it lies.
        """
        home, known = self.homes[path], _agencies(self.hand)
        folder = _name(_folder(path)) if home is None else home.folder
        by_title = home is None or not home.is_agency or (self.is_named and title in known)
        return title if folder not in known and by_title else folder

    @property
    def is_whole(self) -> bool:
        """Are these all the reports that what is kept may be about?"""
        of_agencies = (
            home.is_agency if home is not None else is_of_agency(p) for p, home in self.homes.items()
        )
        return all(path.is_dir() for path in self.homes) and not any(of_agencies)


def kept_on(paths: Sequence[Path], corrections: Path | None, marks: Path | None) -> Kept:
    """What people keep beside the one RAW in which all the paths lie; of several, only the files given."""
    homes = {path: home_of(path) for path in paths}
    raws = {None if home is None else home.raw.resolve() for home in homes.values()}
    first = homes[paths[0]]
    raw = first.raw if first is not None and len(raws) == 1 else None
    is_named = corrections is not None or marks is not None
    return Kept(by_hand(raw, corrections, marks), homes, is_named)


def kept_with(dataset: Path, corrections: Path | None, marks: Path | None) -> Kept:
    """What people had written when the dataset was made, and the files that are named."""
    own, named = kept_in(dataset), by_hand(None, corrections, marks)
    hand = ByHand(
        own.corrections if corrections is None else named.corrections,
        own.marks if marks is None else named.marks,
        own.catalogue,
        [*(own.faults if marks is None else []), *named.faults],
        joined("findings", [_not_of(own.refused, corrections=corrections, marks=marks), named.refused]),
    )
    return Kept(hand)


def _not_of(refused: pd.DataFrame, **named: Path | None) -> pd.DataFrame:
    """Without what is told of lines of files that others are named for."""
    kinds = [REFUSED[part] for part, path in named.items() if path is not None]
    return refused[~refused["kind"].isin(kinds)]


def home_of(path: Path) -> Home | None:
    """The home of a report, or a folder of them: by the way it is named, else by where links lead."""
    named = _home(_folder(path))
    return _home(_folder(path.resolve())) if named is None else named


def _home(folder: Path) -> Home | None:
    """By the files that lie beside it, else, of the folder of an agency, by those beside the one it lies in.

    It is an agency's where years name its files, or where those files speak of an agency of its name.
    """
    raw, name = above(folder), _name(folder)
    if _is_kept(folder):
        return Home(folder, name, is_of_agency(folder))
    if _is_kept(raw) and (is_of_agency(folder) or name in _agencies(by_hand(raw))):
        return Home(raw, name, is_agency=True)
    return None


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _name(folder: Path) -> str:
    return printable((folder if folder.name not in ("", "..") else folder.resolve()).name)


def _is_kept(folder: Path) -> bool:
    return any((above(folder) / name).exists() for name in FILES)


def _agencies(hand: ByHand) -> set[str]:
    return {*hand.corrections["agency"], *hand.marks["agency"], *hand.catalogue["agency"]}
