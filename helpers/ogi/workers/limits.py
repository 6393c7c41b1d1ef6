"""What the work on one file may take, and on how many cores it is done, as the environment sets it."""

from __future__ import annotations

import os
from dataclasses import dataclass

SECONDS, MEGABYTES = "OGI_SECONDS", "OGI_MEGABYTES"
"""Variables of the environment that set the limits, so that the kernels of notebooks know them too."""
CORES = "OGI_CORES"
"""Variable of the environment: on how many cores files are read and pages made; by default on all."""


@dataclass(frozen=True)
class WorkLimits:
    """What the work on one file may take."""

    seconds: float = 100
    """By the clock. The slowest report, a scan of 20 pages, takes two thirds of it on one slow core.

    With the start of a worker and its end, which may have to be forced, a file costs two minutes at most.
    """
    megabytes: int = 1024
    """Of memory. A scan takes the most, some 700."""

    @classmethod
    def of_environment(cls) -> WorkLimits:
        """Return the limits that the environment sets, by default those above.

        ValueError where it sets no number.
        """
        seconds, megabytes = os.environ.get(SECONDS), os.environ.get(MEGABYTES)
        return cls(
            cls.seconds if seconds is None else float(seconds),
            cls.megabytes if megabytes is None else int(megabytes),
        )


def limit(seconds: float | None, megabytes: int | None) -> None:
    """Set the limits of this process and of all that it starts; None leaves one as it is."""
    for name, value in ((SECONDS, seconds), (MEGABYTES, megabytes)):
        if value is not None:
            os.environ[name] = str(value)


def cores() -> int:
    """On how many cores files are read and pages made."""
    return int(os.environ.get(CORES) or os.cpu_count() or 1)
