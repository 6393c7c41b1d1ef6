"""What the extraction says of a report, in English and Chinese: wordings.yaml."""

from __future__ import annotations

from ogi.said import Said, say, wordings


def worded(key: str, **values: object) -> Said:
    """The sentence of that key, each value put into both languages."""
    sentence = wordings("ogi.extract")[key]
    return say(sentence, sentence.zh, **values)
