"""Choose, look, ask: one view of a dataset in a notebook, by parameters or by widgets."""

from __future__ import annotations

from ogi.explore.choice import FigureChoice
from ogi.explore.queries import QUERIES, tables_of, worked_queries
from ogi.explore.view import FigureView, view

__all__ = ["QUERIES", "FigureChoice", "FigureView", "tables_of", "view", "worked_queries"]
