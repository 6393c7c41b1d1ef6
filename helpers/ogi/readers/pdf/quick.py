"""Functions of pdfium by bare addresses, for those that are called for every character and object of a page.

ctypes takes an address in half the time that it takes for a pointer to a structure; and a call that keeps
other threads waiting, which these may as they are over at once, costs less than one that lets them run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from ctypes import PYFUNCTYPE, Array, addressof, c_void_p, cast, sizeof
from functools import partial
from itertools import count
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_Tuple = TypeVar("_Tuple", bound=tuple[object, ...])


def bare(function: Any) -> Callable[..., Any]:
    """The function with an address, as a number, wherever it takes or gives a pointer."""
    kinds = [_bare_kind(kind) for kind in function.argtypes]
    prototype = PYFUNCTYPE(_bare_kind(function.restype), *kinds)
    return prototype(address(function))


def address(handle: Any) -> int:
    """Where what a handle of pdfium's stands for lies; 0 where it is null."""
    return cast(handle, c_void_p).value or 0


def places(buffer: Array[Any]) -> list[int]:
    """The address of each member of an array."""
    start, size = addressof(buffer), sizeof(buffer) // len(buffer)
    return [start + size * index for index in range(len(buffer))]


def columns_of(rows: NDArray[np.generic]) -> Iterator[Iterator[int]]:
    """Of each column of a table the addresses of its members, from row to row."""
    wide = rows.itemsize
    step = wide * rows.shape[1]  # strides are 0 where there is no row
    start = rows.ctypes.data
    return (count(start + side, step) for side in range(0, step, wide))


def tuples(kind: type[_Tuple], *columns: Iterable[object]) -> list[_Tuple]:
    """Named tuples, their fields by columns, without a call in Python for each."""
    return list(map(partial(tuple.__new__, kind), zip(*columns, strict=True)))


def _bare_kind(kind: Any) -> Any:
    return c_void_p if hasattr(kind, "contents") else kind
