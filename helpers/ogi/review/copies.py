"""Who copied? Sections that stand in another agency's report too, or in one's own of last year.

Never every two agencies are compared. Sections of the same sentences are found by one hash; those that share
most of their words by the hashes of their sentences; those that are nearly alike by MinHash bands. A crowd
that shares something is compared with its first member, so that the work grows with the sections alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz

from ogi.review.settings import SETTINGS
from ogi.review.texts import LEFT_OUT, Signatures, Texts

SAME, WITHIN, SHARED, NEAR = "same", "within", "shared", "near"
"""How two sections are alike: every sentence; all, or most, of the shorter one; with small changes."""
COLUMNS = ["agency", "other", "section", "how", "share", "characters", "group"]
"""Two agencies, by number; `share`: of the words, or the likeness; `group`: those that are linked."""
Plain = Callable[[pd.DataFrame], dict[tuple[int, str], str]]
"""agency and section, a row each → the text of each as compared, without what is usual to say."""


def own_last_year(texts: Texts) -> pd.DataFrame:
    """agency, section, share, characters: sections of which `copied` or more is the agency's last report's.

    The share is that which the agency's page tells of the section.
    """
    before = texts.sentences[texts.sentences["is_before"]][["agency", "hash"]].drop_duplicates()
    now = texts.sentences[~texts.sentences["is_before"]]
    now = now.merge(before.assign(is_known=True), on=["agency", "hash"], how="left")
    now["same"] = now["characters"].where(now["is_known"].notna(), 0)
    sums = now.groupby(["agency", "section"], observed=True)[["same", "characters"]].sum().reset_index()
    sums["share"] = sums["same"] / sums["characters"]
    is_long = (sums["characters"] >= SETTINGS.fewest_characters) & (sums["section"] != LEFT_OUT)
    found = sums[is_long & (sums["share"] >= SETTINGS.copied)]
    ordered = found.sort_values(["share", "characters", "agency"], ascending=[False, False, True])
    return ordered.drop(columns="same").reset_index(drop=True)


def of_others(texts: Texts, agencies: int, plain: Plain) -> pd.DataFrame:
    """A row with COLUMNS for each two sections that are alike, group by group, the longest first.

    `agencies`: how many there are; `plain`: looks up the texts of the few sections that may be nearly alike.
    """
    units, words = texts.sections, _words(texts)
    first = _first_alike(units, words)
    same = units.assign(other=first.to_numpy(), how=SAME, share=1.0)[first.to_numpy() != units.index]
    leading = units[first.to_numpy() == units.index]
    own = _unusual(words[words["unit"].isin(leading.index)], usual(texts, agencies))
    shared = _sharing(own)
    near = _near(leading, texts.signatures, own, shared, plain)
    found = [same.rename_axis("unit").reset_index()[["unit", "other", "how", "share"]], shared, near]
    return _told(pd.concat([one for one in found if len(one) > 0] or found[:1]), units)


def usual(texts: Texts, agencies: int) -> pd.Index[int]:
    """The hashes of sentences that so many agencies have that they are a template's."""
    least = max(SETTINGS.common, SETTINGS.common_share * agencies)
    now = texts.sentences[~texts.sentences["is_before"]][["agency", "hash"]].drop_duplicates()
    holders = now.groupby("hash").size()
    return holders.index[holders > least]


def _words(texts: Texts) -> pd.DataFrame:
    """The sentences of the sections that are long enough, each once, by the number of the section."""
    units = texts.sections
    now = texts.sentences[~texts.sentences["is_before"]]
    keys = pd.MultiIndex.from_frame(units[["agency", "section"]].astype({"section": "str"}))
    at = pd.Series(np.arange(len(units)), index=keys)
    unit = at.reindex(pd.MultiIndex.from_frame(now[["agency", "section"]].astype({"section": "str"})))
    words = now.assign(unit=unit.to_numpy()).dropna(subset=["unit"]).astype({"unit": "int64"})
    return words.drop_duplicates(["unit", "hash"])[["unit", "section", "hash", "characters"]]


def _first_alike(units: pd.DataFrame, words: pd.DataFrame) -> pd.Series[int]:
    """For each unit the first with the very same sentences in the same section, which may be itself."""
    mixed = _mixed(words["hash"].to_numpy(np.int64).view(np.uint64)[:, np.newaxis]).view(np.int64)
    of_unit = pd.DataFrame({"unit": words["unit"], "plain": words["hash"], "mixed": mixed})
    # Two sums that wrap around, over a hash and over what becomes of it: no order matters, no two sets meet.
    sums = of_unit.groupby("unit")[["plain", "mixed"]].sum().reindex(units.index)
    keys = [units["section"].astype("str"), sums["plain"], sums["mixed"], units["characters"]]
    return pd.Series(units.index, index=units.index).groupby(keys).transform("min")


def _unusual(words: pd.DataFrame, usual: pd.Index[int]) -> pd.DataFrame:
    """The sentences of units but for what is usual, of those units that have enough of their own."""
    own = words[~words["hash"].isin(usual)]
    length = own.groupby("unit")["characters"].transform("sum")
    return own.assign(length=length)[length >= SETTINGS.fewest_characters]


def _sharing(own: pd.DataFrame) -> pd.DataFrame:
    """Two units, and the share of the shorter one's words that are in the other, where it is high."""
    pairs = _pairs(own, ["section", "hash"], own["unit"])
    if len(pairs) == 0:
        return pd.DataFrame(columns=["unit", "other", "how", "share"])
    hashes = own[["unit", "hash", "characters"]]
    others = hashes.rename(columns={"unit": "other"})[["other", "hash"]]
    both = pairs.merge(hashes, on="unit").merge(others, on=["other", "hash"])
    sums = both.groupby(["unit", "other"], as_index=False)["characters"].sum()
    length = own.drop_duplicates("unit").set_index("unit")["length"]
    shorter = np.minimum(length.reindex(sums["unit"]).to_numpy(), length.reindex(sums["other"]).to_numpy())
    sums["share"] = sums["characters"] / shorter
    found: pd.DataFrame = sums[sums["share"] >= SETTINGS.copied]
    found = found.assign(how=np.where(found["share"] == 1, WITHIN, SHARED))
    return found[["unit", "other", "how", "share"]]


def _pairs(rows: pd.DataFrame, keys: list[str], unit: pd.Series[int]) -> pd.DataFrame:
    """Every two units that hold the same key, where few do; of many, each with the first.

    Columns: unit, other, once each, the larger number first.
    """
    held = rows[keys].assign(unit=unit).drop_duplicates().sort_values("unit")
    grouped = held.groupby(keys, observed=True)["unit"]
    held["holders"], held["first"] = grouped.transform("size"), grouped.transform("min")
    many = held[(held["holders"] > SETTINGS.holders) & (held["unit"] != held["first"])]
    few = held[(held["holders"] > 1) & (held["holders"] <= SETTINGS.holders)].drop(
        columns=["holders", "first"]
    )
    every_two = few.merge(few.rename(columns={"unit": "other"}), on=keys)
    every_two = every_two[every_two["unit"] > every_two["other"]][["unit", "other"]]
    with_first = many.rename(columns={"first": "other"})[["unit", "other"]]
    return pd.concat([every_two, with_first]).drop_duplicates().reset_index(drop=True)


def _near(
    leading: pd.DataFrame, signatures: Signatures, own: pd.DataFrame, known: pd.DataFrame, plain: Plain
) -> pd.DataFrame:
    """Two units whose texts are nearly alike, as MinHash finds them and rapidfuzz then measures."""
    units = leading[leading.index.isin(own["unit"])]
    pairs = _banded(units, signatures)
    seen = pd.MultiIndex.from_frame(known[["unit", "other"]])
    pairs = pairs[~pd.MultiIndex.from_frame(pairs[["unit", "other"]]).isin(seen)]
    alike = (signatures[pairs["unit"]] == signatures[pairs["other"]]).mean(axis=1)
    pairs = pairs[alike >= SETTINGS.estimated]
    wanted = units.loc[pd.unique(pairs[["unit", "other"]].to_numpy().ravel())]
    texts = plain(wanted[["agency", "section"]])
    keys = dict(
        zip(wanted.index, zip(wanted["agency"], wanted["section"].astype(str), strict=True), strict=True)
    )
    told = [
        (one, other, NEAR, likeness)
        for one, other in pairs[["unit", "other"]].itertuples(index=False)
        if (likeness := fuzz.ratio(texts[keys[one]], texts[keys[other]]) / 100) >= SETTINGS.like
    ]
    return pd.DataFrame(told, columns=["unit", "other", "how", "share"])


def _banded(units: pd.DataFrame, signatures: Signatures) -> pd.DataFrame:
    """Units of one section that agree on all numbers of a band of their signatures."""
    numbers = units.index.to_numpy()
    section = pd.factorize(units["section"])[0].astype(np.uint64)[:, np.newaxis]
    found = []
    for start in range(0, SETTINGS.permutations, SETTINGS.rows):
        band = signatures[numbers, start : start + SETTINGS.rows]
        _, at, counts = np.unique(_mixed(np.hstack([section, band])), return_inverse=True, return_counts=True)
        is_met = counts[at] > 1
        found.append(pd.DataFrame({"start": start, "band": at[is_met], "unit": numbers[is_met]}))
    met = pd.concat(found, ignore_index=True)
    return _pairs(met, ["start", "band"], met["unit"])


def _mixed(rows: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.uint64]:
    """One number for the numbers of each row."""
    mixed = np.full(len(rows), 1, np.uint64)
    for column in rows.T:
        mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _told(pairs: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    groups = _grouped(pairs)
    sides = [units.loc[pairs[name].to_numpy(dtype=np.int64)] for name in ("unit", "other")]
    rows = pd.DataFrame(
        {
            "agency": sides[0]["agency"].to_numpy(),
            "other": sides[1]["agency"].to_numpy(),
            "section": sides[0]["section"].astype("str").to_numpy(),
            "how": pairs["how"].to_numpy(),
            "share": pairs["share"].to_numpy(dtype=np.float64),
            "characters": sides[0]["characters"].to_numpy(),
            "group": groups,
        }
    )
    weight = rows.groupby("group")["characters"].transform("sum")
    order = rows.assign(weight=weight).sort_values(
        ["weight", "group", "share", "agency"], ascending=[False, True, False, True]
    )
    return order[COLUMNS].reset_index(drop=True)


def _grouped(pairs: pd.DataFrame) -> list[int]:
    """The number of the group of each pair: units that any pairs link are one group."""
    leader: dict[int, int] = {}

    def led_by(unit: int) -> int:
        above = leader.setdefault(unit, unit)
        while above != leader[above]:
            leader[unit] = above = leader[above]
        return above

    both = list(pairs[["unit", "other"]].itertuples(index=False, name=None))
    for one, other in both:
        low, high = sorted((led_by(one), led_by(other)))
        leader[high] = low
    return [led_by(one) for one, _ in both]


def agencies_in(pairs: pd.DataFrame) -> int:
    """How many agencies the pairs are of."""
    return len({*pairs["agency"], *pairs["other"]})


def groups(pairs: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, list[int]]]:
    """The pairs of each group, and the agencies in it."""
    for _, own in pairs.groupby("group", sort=False):
        yield own, sorted({*own["agency"], *own["other"]})
