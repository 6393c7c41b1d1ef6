"""The name of an agency → what sort of agency it is, by the rules in kinds.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ogi.said import Said, packaged


@dataclass(frozen=True)
class Kind:
    """A sort of agency, and the patterns of which one is found in the names of its agencies."""

    id: str
    label: Said
    patterns: tuple[re.Pattern[str], ...]


KINDS: dict[str, Kind] = {
    kind: Kind(kind, Said(entry["en"], entry["zh"]), tuple(map(re.compile, entry["patterns"])))
    for kind, entry in packaged(__package__, "kinds.yaml").items()
}
"""Kind id → kind, in the order in which they are tried."""


@cache
def kind_of(name: str) -> str:
    """The id of the first kind that fits the name; `other` fits all."""
    return next(kind.id for kind in KINDS.values() if any(one.search(name) for one in kind.patterns))


def kind_name(kind: str) -> Said:
    """What a kind of agency is called; one of a person's own by its own name."""
    return KINDS[kind].label if kind in KINDS else Said.as_printed(kind)
