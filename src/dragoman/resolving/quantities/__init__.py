"""Figures: how much and how many, with bounds, units and what is counted."""

from dragoman.resolving.quantities.layer import layer_rows
from dragoman.resolving.quantities.resolver import QuantityResolver

__all__ = ["QuantityResolver", "layer_rows"]
