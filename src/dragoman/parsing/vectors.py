"""Word vectors in context: the library's own network, with numpy's matrix products, one article at a time.

The network is matrix products for the most part, and the library's own routine multiplies at a third of the speed of
numpy's on processors that it does not know. Numpy's products differ in their last bits with the number of rows. So the
texts of one article are always computed together and nothing else with them: an article's vectors do not depend on
what was read before or beside it.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

COMPONENT = "tok2vec"


class Vectors:
    """Gives the texts of an article their vectors, before the pipeline runs without that component."""

    def __init__(self, library: Language) -> None:
        """Take the component out of ``library``, whose first it is, and have it use numpy."""
        component: Any = library.get_pipe(COMPONENT)
        products = NumpyOps(use_blis=False)
        for layer in component.model.walk():
            layer.ops = products
        self._component = component
        library.select_pipes(disable=[COMPONENT])

    def annotate(self, docs: list[Doc]) -> None:
        """Set the vectors of ``docs``, the texts of one article."""
        self._component.set_annotations(docs, self._component.predict(docs))


def vectors_of(library: Language) -> Vectors | None:
    """For a pipeline that begins with such a network; null, and nothing done, for others."""
    return Vectors(library) if library.pipe_names[:1] == [COMPONENT] else None
