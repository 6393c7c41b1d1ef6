"""What is known of agencies: what a person wrote in the catalogue, and what their names tell besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi.agencies.kinds import kind_of
from ogi.agencies.regions import Region, by_code, resolve
from ogi.said import Said, worded


@dataclass(frozen=True)
class Agency:
    """An agency as of a year. `why`: why it has no region, if it has none."""

    name: str
    kind: str
    parent: str | None
    region: Region | None
    why: Said | None


class Agencies:
    """The agencies of a catalogue, the table of that name; of others what their names tell."""

    def __init__(self, catalogue: pd.DataFrame) -> None:
        plain = catalogue.astype(object).where(catalogue.notna(), None)
        self._rows: dict[tuple[str, int | None], Mapping[str, Any]] = {
            (row["agency"], row["year"]): {str(name): value for name, value in row.items()}
            for row in plain.to_dict("records")
        }

    def of(self, name: str, year: int, printed: str | None = None) -> Agency:
        """The agency as of a year.

        `printed`: the name that its report on the year prints, asked where `name` tells no region: an agency
        keeps its name in the dataset when it is renamed.
        """
        told = self._told(name, year)
        region, why = self._region(name, year, printed, frozenset())
        return Agency(name, self.kind(name, year), told.get("parent"), region, why)

    def kind(self, name: str, year: int) -> str:
        """The agency's kind alone, without the search for its region."""
        return self._told(name, year).get("kind") or kind_of(name)

    def _told(self, name: str, year: int) -> Mapping[str, Any]:
        return self._rows.get((name, year)) or self._rows.get((name, None), {})

    def _region(
        self, name: str, year: int, printed: str | None, below: frozenset[str]
    ) -> tuple[Region | None, Said | None]:
        """Its region, by what a person wrote, its names and its parent; `below`: where it was asked from."""
        told = self._told(name, year)
        if (code := told.get("code")) is not None and (region := by_code(code, year)) is not None:
            return region, None
        above = self._above(told.get("parent"), year, below | {name})
        within = None if above is None else above.code
        found = [resolve(one, year, within) for one in (told.get("region"), name, printed) if one is not None]
        region = next((one.region for one in found if one.region is not None), None)
        if region is not None:
            return region, None
        if above is not None and not any(one.is_named for one in found):
            return above, None
        if code is not None:
            return None, worded("ogi.agencies", "other_code", code=code, year=year)
        return None, found[0].why

    def _above(self, parent: str | None, year: int, below: frozenset[str]) -> Region | None:
        # A catalogue that was read has no circles, a frame may.
        return None if parent is None or parent in below else self._region(parent, year, None, below)[0]
