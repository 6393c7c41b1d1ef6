"""The words of all agencies as numbers: sentences as hashes, sections as MinHash signatures.

What a sentence is, and what of it is compared, is what the comparison with last year's report says:
`compare.sentences`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from rensa import RMinHash

from ogi.compare import one_a_year, sentences_of
from ogi.review.settings import SETTINGS

Signatures = npt.NDArray[np.uint32]
_SEED = 1
LEFT_OUT = "preamble"
"""The section that says after which law and of which days a report is."""


@dataclass(frozen=True)
class Texts:
    """The words of the year reviewed, and of the year before; of some agencies, or of all.

    `sentences`: agency (its number), is_before, section, hash, characters. `sections`: agency, section and
    characters of each that is long enough to be compared among agencies, `signatures` their MinHash.
    """

    sentences: pd.DataFrame
    sections: pd.DataFrame
    signatures: Signatures

    @classmethod
    def joined(cls, found: Sequence[Texts]) -> Texts:
        """The texts of all agencies, from those of some each."""
        sentences, sections = (
            pd.concat([getattr(one, name) for one in found], ignore_index=True)
            for name in ("sentences", "sections")
        )
        sentences["section"] = sentences["section"].astype("category")
        return cls(sentences, sections, np.concatenate([one.signatures for one in found]))


def texts_of(narratives: pd.DataFrame, names: Sequence[str], first: int, year: int) -> Texts:
    """The words of a part's agencies, `names`, of which the first has the number `first`."""
    number = {name: first + n for n, name in enumerate(names)}
    rows: list[tuple[int, bool, str, int, int]] = []
    pieces: dict[tuple[int, str], list[str]] = {}
    near = one_a_year(narratives[narratives["year"].isin([year - 1, year]) & narratives["agency"].notna()])
    columns = (near[name].tolist() for name in ("agency", "year", "section", "text"))
    for agency, of_year, section, text in zip(*columns, strict=True):
        own = sentences_of(section, text or "")
        is_before = of_year != year
        rows += [(number[agency], is_before, section, one.hash, len(one.plain)) for one in own]
        if own and not is_before and section != LEFT_OUT:
            pieces.setdefault((number[agency], section), []).extend(one.plain for one in own)
    types = {"agency": "int32", "is_before": "bool", "section": "str", "hash": "int64", "characters": "int32"}
    return Texts(pd.DataFrame(rows, columns=list(types)).astype(types), *_signed(pieces))


def _signed(pieces: dict[tuple[int, str], list[str]]) -> tuple[pd.DataFrame, Signatures]:
    """Sections that are long enough, and the signature of each."""
    texts = {key: "".join(own) for key, own in pieces.items()}
    texts = {key: text for key, text in texts.items() if len(text) >= SETTINGS.fewest_characters}
    rows = [(*key, len(text)) for key, text in texts.items()]
    types = {"agency": "int32", "section": "str", "characters": "int32"}
    sections = pd.DataFrame(rows, columns=list(types)).astype(types)
    digests = RMinHash.digests_from_token_sets(
        [shingles(text) for text in texts.values()], num_perm=SETTINGS.permutations, seed=_SEED
    )
    signatures: Signatures = np.array(digests, dtype=np.uint32).reshape(len(texts), SETTINGS.permutations)
    return sections, signatures


def shingles(text: str) -> list[str]:
    """Every run of so many characters of a text as compared."""
    size = SETTINGS.shingle
    return [text[at : at + size] for at in range(len(text) - size + 1)]
