"""The dot plot: every agency by name, which is whole for whoever asks."""

from __future__ import annotations

import numpy as np

from ogi.review.dots import Dot, DotGroup, dots

LONG = "云南省临沧市双江拉祜族佤族布朗族傣族自治县人民政府"


def test_a_long_name_is_shortened_in_the_middle_and_told_whole() -> None:
    named = [Dot(LONG, 2.0), Dot("甲局", 1.0, is_linked=False)]
    drawing = dots([DotGroup("kind", named, np.empty(0), 1.5)], str, str, "label")
    assert ">云南省临沧市双江拉…傣族自治县人民政府<" in drawing
    assert f"<title>{LONG}</title>" in drawing
    assert ">甲局</text>" in drawing
