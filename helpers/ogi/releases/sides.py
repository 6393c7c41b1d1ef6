"""Both datasets read range by range of agencies' names, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ogi.tables import TableFrames, read_parts
from ogi.tables import parts as store
from ogi.tables.parts import Part

NAMES = ("reports", "figures", "corrections", "checks", "findings")


@dataclass
class Side:
    """One of the two datasets; the part that was read last is kept."""

    folder: Path
    parts: Sequence[Part] = ()
    _last: tuple[str, TableFrames] = field(default=("", {}), repr=False)

    def __post_init__(self) -> None:
        self.parts = store.parts(self.folder)

    def part(self, first: str, until: str | None) -> Part:
        """The one part that holds the agencies from `first` on, where no part begins inside the range."""
        (part,) = store.within(self.parts, first, until)
        return part

    def tables(self, part: Part) -> TableFrames:
        """The tables of a part."""
        if self._last[0] != part.key:
            self._last = part.key, {name: read_parts(self.folder, name, [part]) for name in NAMES}
        return self._last[1]


def ranges(old: Side, new: Side) -> list[tuple[str, str | None]]:
    """Ranges of names, each in one part of either dataset: from a name on, up to but without the next."""
    starts = sorted({"", *(part.first for side in (old, new) for part in side.parts[1:])})
    return list(zip(starts, [*starts[1:], None], strict=True))


def of_ranges(old: Side, new: Side) -> Iterator[tuple[str, TableFrames, TableFrames]]:
    """The first name of each range and the tables of either dataset, without what is the same in both.

    The same are parts of one key, and agencies whose rows follow from the same, made by the same program.
    """
    for first, until in ranges(old, new):
        parts = old.part(first, until), new.part(first, until)
        if parts[0].key == parts[1].key:
            yield first, {}, {}
            continue
        same = _same(store.record_of(old.folder, parts[0].key), store.record_of(new.folder, parts[1].key))
        before = _within(old.tables(parts[0]), first, until, same)
        yield first, before, _within(new.tables(parts[1]), first, until, same)


def _same(old: store.PartRecord | None, new: store.PartRecord | None) -> set[str]:
    if old is None or new is None or old.program != new.program:
        return set()
    return {agency for agency, key in old.agencies.items() if new.agencies.get(agency) == key}


def _within(tables: TableFrames, first: str, until: str | None, same: set[str]) -> TableFrames:
    """The rows of the agencies in the range, but for those named."""
    found = {}
    for name, frame in tables.items():
        agency = frame["agency"]
        is_meant = (agency >= first) & ~agency.isin(same)
        found[name] = frame[is_meant if until is None else is_meant & (agency < until)]
    return found
