"""Article -> Analysis: a Parser protocol, one adapter a parser."""

from dragoman.parsing.protocol import Parser, ParserError
from dragoman.parsing.spacy_parser import DEFAULT_PIPELINE, SpacyParser

__all__ = ["DEFAULT_PIPELINE", "Parser", "ParserError", "SpacyParser"]
