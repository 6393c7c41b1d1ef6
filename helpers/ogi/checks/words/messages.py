"""What the rules on words say of a report, in English and Chinese: messages.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ogi.checks.rows import Check
from ogi.checks.sentences import Verdict
from ogi.figures import Identity
from ogi.said import Said, say

LONGEST_SHOWN = 80
"""Characters of a report's own words that a message shows: a text without any mark is one clause."""


@cache
def messages() -> dict[str, dict[str, dict[str, str]]]:
    """Rule → case → language → the message, with places for what it tells."""
    told = files(__package__).joinpath("messages.yaml").read_text(encoding="utf-8")
    held: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(told)
    return held


def message(rule: str, case: str, **values: object) -> Said:
    """One message, filled in."""
    told = messages()[rule][case]
    return say(told["en"], told["zh"], **values)


def judged(
    of: Identity,
    rule_id: str,
    verdict: Verdict,
    sides: tuple[float | None, float | None] = (None, None),
    cells: Sequence[str] = (),
    case: str = "",
    **values: Any,
) -> Check:
    """A verdict with the rule's message on it, or with that on another `case`."""
    return Check(of, rule_id, verdict, message(rule_id, case or verdict, **values), *sides, cells)
