"""Word vectors in context, computed here instead of by the library: the same network, in a quarter of the time.

The library's small pipelines begin with a network of two parts. The first gives each word a vector from the word
alone, so it is asked about each word once and remembered. The second mixes each vector with its neighbours, layer by
layer. It is matrix products for the most part, and the library's own multiply at a third of the speed of numpy's on
processors that they do not know.

Numpy's products differ in their last bits with the number of rows. So the texts of one article are always computed
together and nothing else with them: an article's vectors do not depend on what was read before or beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

Floats = NDArray[np.float32]

# Words remembered before the memory is emptied: 40 MB at 96 numbers a word.
MOST = 50_000
# What is added to a variance so that it can be divided by; the library's.
TINY = np.float32(1e-8)
# The parts of the network, by the names that the library gives them.
EMBED = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
LAYER = ["expand_window", "maxout", "layernorm"]


class Vectors:
    """Gives the texts of an article their vectors, in the place of the pipeline's own component."""

    def __init__(self, features: Any, first: _Maxout, layers: list[_Maxout], padding: int) -> None:
        """Use ``stand_in``."""
        self._columns: list[int | str] = features.layers[0].attrs["columns"]
        self._tables = features.layers[2].layers[0]
        self._first = first
        self._layers = layers
        self._padding = padding
        self._known: dict[bytes, int] = {}
        self._rows: Floats = np.empty((0, first.width), dtype=np.float32)

    def annotate(self, docs: list[Doc]) -> None:
        """Set the vectors of ``docs``, the texts of one article."""
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        words = self._words(np.concatenate([doc.to_array(self._columns) for doc in docs]).astype(np.uint64))
        places, at = [], self._padding
        for doc in docs:
            places.append(slice(at, at + len(doc)))
            at += len(doc) + self._padding
        # A row of zeros more at each end, for the neighbours of the first and the last.
        inner: Floats = np.zeros((at + 2, words.shape[1]), dtype=np.float32)
        start = 0
        for place in places:
            inner[place.start + 1 : place.stop + 1] = words[start : start + place.stop - place.start]
            start += place.stop - place.start
        for layer in self._layers:
            inner[1:-1] += layer(_with_neighbours(inner))
        for doc, place in zip(docs, places, strict=True):
            tensor: Any = inner[place.start + 1 : place.stop + 1].copy()
            doc.tensor = tensor

    def _words(self, features: NDArray[np.uint64]) -> Floats:
        """The vector of each word by itself; a row of ``features`` is all that the network sees of it."""
        data, size = features.tobytes(), features.itemsize * features.shape[1]
        keys = [data[at : at + size] for at in range(0, len(data), size)]
        new = {key: at for at, key in enumerate(keys) if key not in self._known}
        if new:
            if len(self._known) + len(new) > MOST:
                self._known.clear()
                new = {key: at for at, key in enumerate(keys)}
            self._remember(new, features[list(new.values())])
        return self._rows[[self._known[key] for key in keys]]

    def _remember(self, new: dict[bytes, int], features: NDArray[np.uint64]) -> None:
        held = len(self._known)
        if held + len(new) > len(self._rows):
            rows: Floats = np.empty((2 * (held + len(new)), self._first.width), dtype=np.float32)
            rows[:held] = self._rows[:held]
            self._rows = rows
        self._rows[held : held + len(new)] = self._first.one_by_one(self._tables.predict(features))
        self._known.update(zip(new, range(held, held + len(new)), strict=True))


class _Maxout:
    """A layer: the largest of several linear maps, then scaled to mean 0 and variance 1, and to learned values."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self.width: int = weights.shape[0]
        # Piece by piece rather than output by output.
        self._weights: Floats = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1))
        self._bias: Floats = np.ascontiguousarray(bias.T.reshape(-1))
        self._scale: Floats = norm.get_param("G")
        self._shift: Floats = norm.get_param("b")

    def __call__(self, rows: Floats) -> Floats:
        """A new row for each of ``rows``, computed together."""
        return self._best_of(rows @ self._weights)

    def one_by_one(self, rows: Floats) -> Floats:
        """The same, where what a row becomes may not depend on the others."""
        return self._best_of(np.array([row @ self._weights for row in rows]))

    def _best_of(self, pieces: Floats) -> Floats:
        pieces += self._bias
        width = self.width
        best = pieces[:, :width].copy()
        for at in range(width, pieces.shape[1], width):
            np.maximum(best, pieces[:, at : at + width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best)[:, None] / np.float32(width)
        best *= (spread + TINY) ** np.float32(-0.5)
        best *= self._scale
        best += self._shift
        return best


def _with_neighbours(rows: Floats) -> Floats:
    """Each of ``rows`` but the first and last, between the one before and the one after."""
    count, width = rows.shape
    step = rows.strides[1]
    return np.ascontiguousarray(as_strided(rows, (count - 2, 3 * width), (width * step, step), writeable=False))


def stand_in(library: Language) -> Vectors | None:
    """Takes the component out of the pipeline where it is built as expected; null, and nothing done, where not."""
    if library.pipe_names[:1] != ["tok2vec"]:
        return None
    component: Any = library.get_pipe("tok2vec")
    model = component.model
    if len(model.layers) != 2 or [layer.name.split("(")[0] for layer in model.layers[0].layers] != EMBED:
        return None
    embed, encode = model.layers
    first = _leaves(embed.layers[3])
    layers = [_leaves(layer) for layer in encode.layers[0].layers]
    if [part.name for part in first] != LAYER[1:] or any([part.name for part in parts] != LAYER for parts in layers):
        return None
    if any(parts[0].attrs["window_size"] != 1 for parts in layers):
        return None
    made = [_Maxout(*parts[-2:]) for parts in layers]
    library.select_pipes(disable=["tok2vec"])
    return Vectors(embed, _Maxout(*first), made, encode.attrs["pad"])


def _leaves(model: Any) -> list[Any]:
    """The parts of a network that compute, in order; leaving out at random is for training only."""
    return list(_walk(model))


def _walk(model: Any) -> Iterator[Any]:
    if not model.layers and model.name != "dropout":
        yield model
    for layer in model.layers:
        yield from _walk(layer)
