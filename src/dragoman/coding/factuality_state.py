"""Where a predicate stands between fact and denial, and how two states combine."""

from __future__ import annotations

from typing import NamedTuple, get_args

from dragoman.codebook.factuality import Grade

# Of two grades that meet, the later one counts.
_RANK = {grade: rank for rank, grade in enumerate(get_args(Grade))}
FLAT = frozenset({"fact", "present"})


class State(NamedTuple):
    """Where a predicate stands; ``words`` are the indexes of the tokens that decide.

    ``grade`` is the weakest grade, ``shades`` are all that met: "will probably" is planned, and probable.
    """

    grade: str = "fact"
    negative: bool = False
    historical: bool = False
    words: tuple[int, ...] = ()
    shades: frozenset[str] = frozenset()


def graded(state: State, grade: str, *words: int) -> State:
    """``state`` shaded with ``grade``, and weakened to it where that is weaker."""
    if grade == state.grade:
        return state
    shades = state.shades | {grade}
    weakest = grade if _RANK[grade] > _RANK[state.grade] else state.grade
    return state._replace(grade=weakest, words=(*state.words, *words), shades=shades)


def flipped(state: State, *words: int) -> State:
    """``state`` denied, by ``words``."""
    return state._replace(negative=not state.negative, words=(*state.words, *words))


def weaker(state: State, above: State) -> State:
    """``state`` with the grade and the denial of what it stands under."""
    grade = state.grade if _RANK[state.grade] >= _RANK[above.grade] else above.grade
    shades = state.shades | above.shades | {state.grade, above.grade}
    plain = above.grade in FLAT and not above.negative
    words = state.words if plain else (*state.words, *above.words)
    return State(grade, state.negative != above.negative, state.historical or above.historical, words, shades)
