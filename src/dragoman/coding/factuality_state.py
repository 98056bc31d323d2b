"""Where a predicate stands between fact and denial, and how two states combine."""

from __future__ import annotations

from typing import NamedTuple

# From the plainest to what takes most away: of two grades that meet, the later one counts.
_ORDER = (
    "fact", "present", "achieved", "probable", "planned", "prospect", "purpose", "ability", "possible", "unknown",
    "necessity", "question", "wish", "unlikely", "condition", "order",
)
_RANK = {grade: rank for rank, grade in enumerate(_ORDER)}


class State(NamedTuple):
    """Where a predicate stands; ``words`` are the indexes of the tokens that decide."""

    grade: str = "fact"
    negative: bool = False
    historical: bool = False
    words: tuple[int, ...] = ()


def graded(state: State, grade: str, *words: int) -> State:
    """``state`` weakened to ``grade``, where that is weaker."""
    if _RANK[grade] <= _RANK[state.grade]:
        return state
    return state._replace(grade=grade, words=(*state.words, *words))


def flipped(state: State, *words: int) -> State:
    """``state`` denied, by ``words``."""
    return state._replace(negative=not state.negative, words=(*state.words, *words))


def weaker(state: State, above: State) -> State:
    """``state`` with the grade and the denial of what it stands under."""
    grade = state.grade if _RANK[state.grade] >= _RANK[above.grade] else above.grade
    words = state.words if grade == state.grade and not above.negative else (*state.words, *above.words)
    return State(grade, state.negative != above.negative, state.historical or above.historical, words)
