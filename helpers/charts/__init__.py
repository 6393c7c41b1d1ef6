"""Figures of one agency → charts."""

from __future__ import annotations

from helpers.charts.chart import Chart

__all__ = ["Chart"]
