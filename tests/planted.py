"""What a review must find in the province of tests/province.py: what was planted, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ogi.checks.causes import OFFICIAL
from ogi.review import Review, file_lists, outliers
from ogi.review.file_lists import changed, strange_titles
from tests.province import SENT_BACK, Planted


def differences(data: Review, planted: Planted) -> dict[str, tuple[object, object]]:
    """Question → what was found and what was planted, where these are not the same."""
    return {name: (found, wanted) for name, found, wanted in _compared(data, planted) if found != wanted}


def _compared(data: Review, planted: Planted) -> Iterator[tuple[str, object, object]]:
    status = data.reported.groupby("status")["agency"].agg(set).to_dict()
    for name in ("late", "missing", "no_file", "unread"):
        yield name, status.get(name, set()), planted.of(name)
    for name in ("undated", "no_deadline"):
        yield name, status.get(name, set()), set()
    slips = data.to_send[~data.to_send["is_settled"].astype(bool)]
    wanted = {(name, rule) for fault, rule in SENT_BACK.items() for name in planted.of(fault)}
    yield "slips", set(zip(slips["agency"], slips["rule_id"], strict=True)), wanted
    yield "settled", set(data.to_send["agency"]) - set(slips["agency"]), planted.of("explained")
    official = planted.of("total_left_zero", "balance_off", "outcome_off")
    yield "official", sorted(slips.loc[slips["level"] == OFFICIAL, "agency"]), sorted(official)
    yield "sudden", set(outliers.sudden(data.found)["agency"]), planted.of("sudden")
    yield "far", set(data.far["agency"]), planted.of("far")
    yield "blank", set(data.found.blank["agency"]), planted.of("blank")
    yield "carried", set(outliers.carried(data.found)["agency"]), planted.of("carried")
    yield "repeated", set(data.names(data.repeated["agency"])), planted.of("repeated")
    yield from _of_copies(data, planted)
    files = changed(data.tables, data.found.reports, data.year)
    yield "changed", set(files["agency"]), planted.of("changed")
    yield "titles", set(strange_titles(data.found.reports, data.year)["agency"]), set()
    yield "unread files", set(file_lists.unread(data).rows["agency"]), planted.of("unread")


def _of_copies(data: Review, planted: Planted) -> Iterator[tuple[str, object, object]]:
    """The groups of agencies that are alike, by how they are."""
    for how, fault, size in (("same", "copied", 2), ("near", "near", 2), ("shared", "shared", 3)):
        pairs = data.copied[data.copied["how"] == how]
        yield how, _groups(data, pairs), planted.groups(fault, size)


def _groups(data: Review, pairs: pd.DataFrame) -> set[frozenset[str]]:
    names = pairs.assign(one=data.names(pairs["agency"]), two=data.names(pairs["other"]))
    return {frozenset([*own["one"], *own["two"]]) for _, own in names.groupby("group")}
