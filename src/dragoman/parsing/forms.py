"""Dictionary forms and word classes, remembered.

After tagging and parsing, the library's attribute ruler and lemmatizer give each token its class and dictionary form.
Both look at nothing but the token's text, tag and label, except for a few patterns that span two tokens; together
they take a quarter of the parser's time. So each combination is asked about once, and a text in which a pattern of
several tokens matches goes through the components themselves: what comes out is the same.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from spacy.attrs import DEP, ORTH, TAG
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.matcher import Matcher
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

# Combinations remembered before the memory is emptied: about 20 MB.
MOST = 50_000
# What a pattern for one token may look at so that text, tag and label decide whether it matches.
OWN = frozenset({"TEXT", "ORTH", "LOWER", "IS_SPACE", "TAG", "DEP"})


class Form(NamedTuple):
    """What the analysis keeps of a token besides its place: strings as the library gives them."""

    lemma: str
    tag: str
    pos: str
    dep: str


class Forms:
    """Gives the forms of a parsed text. Takes the two components out of the pipeline where it can stand in for them."""

    def __init__(self, library: Language) -> None:
        """``library`` is the loaded pipeline; with other components than the usual two, they stay where they are."""
        self._vocab = library.vocab
        self._known: dict[tuple[int, int, int], Form] = {}
        self._components: list[Any] = []
        names = ["attribute_ruler", "lemmatizer"]
        if library.pipe_names[-2:] == names and type(library.get_pipe("lemmatizer")).__mro__[1] is Lemmatizer:
            self._components = [library.get_pipe(name) for name in names]
            self._wide = _wide_patterns(self._components[0])
            self._signs = _signs(self._components[0])
            self._signalling: set[tuple[int, int, int]] = set()
            _index(self._components[1].lookups)
            library.select_pipes(disable=names)

    def of(self, doc: Doc) -> list[Form]:
        """The form of each token of ``doc``, blank ones included."""
        if self._components:
            keys: list[tuple[int, int, int]] = list(map(tuple, doc.to_array([ORTH, TAG, DEP]).tolist()))
            forms = self._remembered(doc, keys)
            if self._signalling.isdisjoint(keys) or not self._wide(doc, allow_missing=True):
                return forms
            for component in self._components:
                doc = component(doc)
        return [_form(token) for token in doc]

    def _remembered(self, doc: Doc, keys: list[tuple[int, int, int]]) -> list[Form]:
        new = {key: doc[at] for at, key in enumerate(keys) if key not in self._known}
        if new:
            if len(self._known) >= MOST:
                self._known.clear()
                self._signalling.clear()
                return self._remembered(doc, keys)
            self._signalling.update(key for key, token in new.items() if self._may_signal(token))
            self._known.update(zip(new, self._ask(list(new.values())), strict=True))
        return [self._known[key] for key in keys]

    def _may_signal(self, token: Any) -> bool:
        """Whether a wide pattern may match around ``token``."""
        return self._signs is None or not self._signs.isdisjoint({("LOWER", token.lower_), ("DEP", token.dep_)})

    def _ask(self, tokens: list[Any]) -> list[Form]:
        """What the components say of ``tokens``, put side by side; one by one where a wide pattern matches so."""
        row = Doc(
            self._vocab, words=[t.text for t in tokens], tags=[t.tag_ for t in tokens], deps=[t.dep_ for t in tokens],
            heads=list(range(len(tokens))),
        )  # fmt: skip
        if len(tokens) > 1 and self._wide(row, allow_missing=True):
            return [form for token in tokens for form in self._ask([token])]
        for component in self._components:
            row = component(row)
        return [_form(token) for token in row]


def _form(token: Any) -> Form:
    return Form((token.lemma_ or token.text).lower(), token.tag_, token.pos_, token.dep_)


def _wide_patterns(ruler: Any) -> Matcher:
    """Finds where the ruler's patterns that look at more than one token's text, tag and label match."""
    wide = Matcher(ruler.vocab)
    for number, pattern in enumerate(_wide(ruler)):
        wide.add(str(number), [pattern])
    return wide


def _wide(ruler: Any) -> list[list[dict[str, Any]]]:
    return [p for rule in ruler.patterns for p in rule["patterns"] if len(p) > 1 or not p[0].keys() <= OWN]


def _signs(ruler: Any) -> set[tuple[str, str]] | None:
    """For each wide pattern a word or label without which it does not match, so that few texts are searched for them.

    Null where a pattern has none: then any token may be a sign.
    """
    signs = set()
    for pattern in _wide(ruler):
        fixed = [(name, part[name]) for part in pattern for name in ("LOWER", "DEP") if isinstance(part.get(name), str)]
        if not fixed or any("OP" in part for part in pattern):
            return None
        signs.add(fixed[0])
    return signs


def _index(lookups: Lookups) -> None:
    """The lemmatizer's word lists come as lists, and it looks words up in them: as sets, that takes no time."""
    if "lemma_index" in lookups:
        table = lookups.get_table("lemma_index")
        for name, words in table.items():
            table[name] = frozenset(words)
