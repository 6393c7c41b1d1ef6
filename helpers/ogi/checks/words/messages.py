"""What the rules on words say of a report, in English and Chinese: messages.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ogi.checks.rows import row
from ogi.figures import Identity

LONGEST_SHOWN = 80
"""Characters of a report's own words that a message shows: a text without any mark is one clause."""


@cache
def messages() -> dict[str, dict[str, dict[str, str]]]:
    """Rule → case → language → the message, with places for what it tells."""
    told = files(__package__).joinpath("messages.yaml").read_text(encoding="utf-8")
    held: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(told)
    return held


def message(rule: str, case: str, language: str, **values: object) -> str:
    """One message in a language, filled in."""
    return messages()[rule][case][language].format(**values)


def shown(words: str, longest: int = LONGEST_SHOWN) -> str:
    """A report's own words as a message shows them."""
    return words if len(words) <= longest else f"{words[:longest]}…"


def judged(
    of: Identity,
    rule_id: str,
    verdict: str,
    language: str,
    sides: tuple[float | None, float | None] = (None, None),
    cells: Sequence[str] = (),
    case: str = "",
    **values: Any,
) -> dict[str, object]:
    """A row of `checks` with the rule's message on this verdict, or on another `case`."""
    return row(of, rule_id, verdict, message(rule_id, case or verdict, language, **values), sides, cells)
