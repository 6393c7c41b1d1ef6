"""Chinese in the site's search: two characters at a time, since Sphinx knows words only by way of jieba."""

from __future__ import annotations

import re

from sphinx.search.en import SearchEnglish

_PIECES = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")


class Chinese(SearchEnglish):
    """Runs of Chinese as overlapping pairs, here and (`splitQuery`) in the browser; words between as English.

    Not Sphinx' own class for Chinese: its pages ask for a stemmer that is not there, and find nothing.
    """

    lang = "zh"

    js_splitter_code = r"""
function splitQuery(query) {
  const pieces = query.match(/[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+/gu) || [];
  return pieces.flatMap((piece) => /[\u3400-\u9fff]/.test(piece) && piece.length > 2
    ? Array.from(piece.slice(1), (second, at) => piece[at] + second) : [piece]);
}
"""

    def split(self, text: str) -> list[str]:
        """The terms of a text, in pages and in what is sought."""
        return [pair for piece in _PIECES.findall(text) for pair in _pairs(piece)]


def _pairs(piece: str) -> list[str]:
    if len(piece) < 3 or not "\u3400" <= piece[0] <= "\u9fff":
        return [piece]
    return [piece[at : at + 2] for at in range(len(piece) - 1)]
