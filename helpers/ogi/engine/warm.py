"""The engine `ogi` of papermill, which loads this module itself, as one of its entry points."""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine

from ogi.engine.kernels import ForkManager


class WarmEngine(NBClientEngine):  # type: ignore[misc]  # papermill ships no types
    """papermill's own engine, with kernels that are forked from a warm process."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
        """Execute the notebook; the arguments are those of papermill's own engine."""
        return super().execute_managed_notebook(
            nb_man, kernel_name, kernel_manager_class=ForkManager, **kwargs
        )
