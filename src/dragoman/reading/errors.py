"""Why a page, a file or a line could not be read."""

from __future__ import annotations

from typing import Literal

from dragoman.model import Article

Code = Literal[
    "missing", "unreadable", "empty", "huge", "truncated", "binary", "encoding", "not-article", "language", "bad-line"
]


class ReadError(Exception):
    """Nothing was read, or nothing that can be coded.

    ``code`` is a short slug to count by; the message is one line: what, where and what to do. ``name`` is the
    capture's. With the code ``language`` the page was read but has no rules: ``article`` is what it says.
    """

    def __init__(self, code: Code, message: str, name: str = "", article: Article | None = None) -> None:
        """Keep the four; ``message`` is made one line."""
        super().__init__(" ".join(message.split()))
        self.code = code
        self.name = name
        self.article = article
