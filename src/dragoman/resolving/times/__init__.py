"""Time expressions to intervals, with TIMEX3 values."""

from dragoman.resolving.times.resolver import TimeResolver

__all__ = ["TimeResolver"]
