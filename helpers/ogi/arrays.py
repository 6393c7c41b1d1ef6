"""The kinds of numpy arrays that the package works on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.intp]
Pixels = NDArray[np.uint8]
"""Height × width, grey or with three colour channels (red, green, blue); or a mask, 0 where nothing is."""
