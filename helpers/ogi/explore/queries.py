"""SQL over the dataset: the views there are, worked queries, and a fault told in one sentence."""

from __future__ import annotations

import duckdb
import pandas as pd

from ogi.api import Dataset
from ogi.api.derived import DERIVED
from ogi.explore.choice import worded
from ogi.explore.shown import Fragment, full
from ogi.said import Refused, Said, packaged, told, wordings
from ogi.tables import SCHEMAS

_DECLARED = packaged(__package__, "queries.yaml")
QUERIES: dict[str, tuple[Said, str]] = {
    name: (Said(entry["en"], entry["zh"]), entry["sql"].strip()) for name, entry in _DECLARED.items()
}
"""Name → what the query asks, and its SQL."""


def worked_queries(language: str = "en") -> Fragment:
    """The worked queries by their names: what each asks, and its SQL."""
    heads = [told(worded("question"), language), "SQL"]
    rows = [(told(asks, language), sql) for asks, sql in QUERIES.values()]
    return full(pd.DataFrame(rows, index=list(QUERIES), columns=heads))


def tables_of(data: Dataset, language: str = "en") -> Fragment:
    """The views that a query may name: whether corrected, how many rows each has, and its columns."""
    names = ("figures", *DERIVED, *(name for name in SCHEMAS if name != "figures"))
    rows = [(_about(name, language), *_size(data, name)) for name in names]
    heads = [told(worded(key), language) for key in ("about", "rows", "columns")]
    return full(pd.DataFrame(rows, index=list(names), columns=heads))


def _size(data: Dataset, name: str) -> tuple[int, str]:
    """How many rows a view has, and the names of its columns."""
    rows, columns = (data.sql(query) for query in (f"SELECT count(*) AS n FROM {name}", f"DESCRIBE {name}"))
    return int(rows["n"].iloc[0]), ", ".join(columns["column_name"])


def _about(name: str, language: str) -> str:
    """Of the tables that could be taken for each other, which this one is."""
    key = f"about.{name}"
    return told(worded(key), language) if key in wordings(__package__) else ""


def ask(data: Dataset, query: str, language: str = "en") -> pd.DataFrame:
    """The answer to a query, a worked one by its name; Refused, one sentence, where it has a fault."""
    sql = QUERIES[query][1] if query in QUERIES else query
    try:
        return data.sql(sql)
    except duckdb.Error as fault:
        message = " ".join(str(fault).split())
        raise Refused(worded("bad_query", told=message), language) from fault
