"""Lines of a file, plain or gzipped, or of standard input, in chunks."""

from __future__ import annotations

import codecs
import gzip
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dragoman.running.outcome import Line

# Lines handed to a worker at a time: enough that handing over costs nothing beside parsing.
CHUNK = 64
# Bytes of a line; what is longer is no article and is skipped without being held.
LONGEST = 50_000_000


class InputError(Exception):
    """The input cannot be read; the message is one line."""


class Lines:
    """The lines at ``path`` (``-`` for standard input); gzip is known by its first bytes.

    ``position`` and ``size`` are bytes of the file as it lies on disk, for progress (``size`` null where unknown);
    ``problem`` is set where the file broke off before its end.
    """

    def __init__(self, path: str) -> None:
        """Open ``path``. Raises InputError."""
        self.path = path
        self.problem: str | None = None
        self.size: int | None = None
        try:
            self._raw = _open(path)
            if path != "-":
                self.size = Path(path).stat().st_size or None
            packed = self._raw.peek(2)[:2] == b"\x1f\x8b"  # type: ignore[attr-defined]  # files opened to read have it
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}: check the path") from error
        self._data: IO[bytes] | gzip.GzipFile = gzip.GzipFile(fileobj=self._raw) if packed else self._raw

    def close(self) -> None:
        """Let go of the file."""
        if self._raw is not sys.stdin.buffer:
            self._raw.close()

    @property
    def position(self) -> int:
        """Bytes of the file read so far."""
        return self._raw.tell() if self.size else 0

    def chunks(self, size: int = CHUNK) -> Iterator[list[Line]]:
        """Up to ``size`` lines at a time, in order."""
        chunk: list[Line] = []
        for line in self._lines():
            chunk.append(line)
            if len(chunk) == size:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def _lines(self) -> Iterator[Line]:
        number = 0
        try:
            while data := self._data.readline(LONGEST):
                number += 1
                if number == 1:
                    data = data.removeprefix(codecs.BOM_UTF8)  # some programs begin a UTF-8 file with a mark
                if data.endswith(b"\n") or len(data) < LONGEST:
                    yield Line(number, data)
                else:
                    while (rest := self._data.readline(LONGEST)) and not rest.endswith(b"\n"):
                        pass
                    yield Line(number, None)
        except (OSError, EOFError, zlib.error) as error:
            self.problem = f"{self.path}: breaks off after line {number}: {error}: fetch it again"


def _open(path: str) -> IO[bytes]:
    return sys.stdin.buffer if path == "-" else Path(path).open("rb")
