"""Findings -> records, or a stated reason for none."""

from dragoman.recording.layers import layers_of
from dragoman.recording.record import Recorder

__all__ = ["Recorder", "layers_of"]
