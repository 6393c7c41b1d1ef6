"""The characters that fonts cut into a page or a fragment hold."""

from __future__ import annotations

import base64
import io
import re

from fontTools.ttLib import TTFont


def held(html: str) -> set[int]:
    """The code points of all of them together."""
    cuts = re.findall(r"url\(data:font/woff;base64,([^)]+)\)", html)
    assert cuts
    return {code for cut in cuts for code in TTFont(io.BytesIO(base64.b64decode(cut))).getBestCmap()}
