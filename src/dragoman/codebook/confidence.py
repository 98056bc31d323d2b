"""How often records of a kind are right: the calibration of ``confidence``."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

import msgspec

from dragoman.codebook.yamlfile import CodebookError, load_yaml


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At this specificity of the matched pattern, this share of records was right, of ``records`` looked at."""

    score: float
    right: float
    records: int = 0


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """confidence.yml, written by tools/calibrate.py: points in order of score, and the share of right statements.

    ``discount`` is what the shares are multiplied by for texts that we did not write: the examples are easier.
    """

    events: tuple[Point, ...]
    statements: Point
    discount: float = 1.0

    @property
    def of_statement(self) -> float:
        """Probability that a statement is right."""
        return round(self.statements.right * self.discount, 2)

    def of(self, score: float) -> float:
        """Probability that a record whose pattern matched with ``score`` is right; linear between the points."""
        return round(self._share(score) * self.discount, 2)

    def _share(self, score: float) -> float:
        scores = [point.score for point in self.events]
        at = bisect_left(scores, score)
        if at == 0:
            return self.events[0].right
        if at == len(scores):
            return self.events[-1].right
        low, high = self.events[at - 1], self.events[at]
        return low.right + (high.right - low.right) * (score - low.score) / (high.score - low.score)


def load_confidence(path: Path) -> Calibration:
    """Read confidence.yml. Raises CodebookError."""
    made = load_yaml(path, Calibration)
    scores = [point.score for point in made.events]
    if not scores or scores != sorted(set(scores)):
        raise CodebookError(f"{path}: the points of events must be there and rise in score: run tools/calibrate.py")
    return made
