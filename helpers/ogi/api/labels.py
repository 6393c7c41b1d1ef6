"""What the ids in a frame are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ogi.checks import RULES
from ogi.compare import INDICATORS
from ogi.forms import ALL_TABLES
from ogi.said import Said, in_chinese, wordings

_WORDS = wordings("ogi")


def _named(prefix: str) -> dict[tuple[str, ...], Said]:
    return {(key.removeprefix(prefix),): said for key, said in _WORDS.items() if key.startswith(prefix)}


# The newest edition comes last, and names what a frame tells of no edition; without one the key ends there.
_LABELS: Mapping[str, dict[tuple[str, ...], Said]] = {
    "table": {(t.id, *form): Said(t.en, t.zh) for t in ALL_TABLES for form in ((), (t.edition,))},
    **{
        name: {
            (id, t.id, *form): Said(part.en, part.zh)
            for t in ALL_TABLES
            for id, part in t.along(f"{name}s").items()
            for form in ((), (t.edition,))
        }
        for name in ("item", "measure")
    },
    "indicator": {(one.id,): one.name for one in INDICATORS.values()},
    "rule_id": {(rule.id,): Said(rule.en, rule.zh) for rule in RULES.values()},
    "verdict": _named("verdict."),
    "state": _named("state."),
}
"""Column → what an id in it is called; of items and measures the key goes on with table and edition."""
_BESIDE = {"table": ["form"], "item": ["table", "form"], "measure": ["table", "form"]}


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column …_en and …_zh behind each column of ids: what these are called.

    Columns of ids are table, item, measure, indicator, rule_id, verdict and state. Items are called what the
    edition in the column `form` calls them, else the newest that has them. An id that is not known has no
    label. ValueError for a frame without such a column.
    """
    columns = [name for name in frame.columns if name in _LABELS]
    if not columns:
        raise ValueError(
            f"expected a column {', '.join(_LABELS)}, found {', '.join(map(str, frame.columns))}"
        )
    made = frame.copy()
    for name in columns:
        keys = [name, *(beside for beside in _BESIDE.get(name, []) if beside in frame)]
        rows = zip(*(frame[key].tolist() for key in keys), strict=True)
        said = [_LABELS[name].get(row) for row in rows]
        place = list(made.columns).index(name)
        for language, told in (("zh", in_chinese), ("en", str)):
            texts = [None if one is None else told(one) for one in said]
            made.insert(place + 1, f"{name}_{language}", pd.Series(texts, frame.index, dtype="str"))
    return made
