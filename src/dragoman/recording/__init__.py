"""Findings -> records, or a stated reason for none."""

from dragoman.recording.record import Recorder

__all__ = ["Recorder"]
