"""Files, folders and standard input -> captures: names with bytes."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from dragoman.reading.errors import ReadError

SUFFIXES = (".html", ".htm", ".txt")
# Bytes after decompression. The largest news pages have a few megabytes; what is larger is no page.
LIMIT = 50_000_000
GZIP = b"\x1f\x8b"


class Capture(msgspec.Struct, frozen=True):
    """One page as it was kept: ``name`` is the path as given (``-`` for standard input), ``data`` its bytes."""

    name: str
    data: bytes


def captures(inputs: Iterable[str], limit: int = LIMIT) -> Iterator[Capture | ReadError]:
    """A Capture for each page in ``inputs``, in order, or the ReadError that says why there is none.

    An input is a file (any name), a folder (its .html, .htm and .txt files, each with or without .gz, at any depth,
    sorted by path) or ``-`` (standard input). gzip is known by its first bytes. ``limit`` is in bytes, decompressed.
    """
    for given in inputs:
        path = Path(given)
        if given != "-" and path.is_dir():
            pages = sorted(page for page in path.rglob("*") if _is_page(page))
            if not pages:
                yield ReadError("missing", f"{given}: no {', '.join(SUFFIXES)} files in this folder", given)
            for page in pages:
                yield _capture(str(page), limit)
        else:
            yield _capture(given, limit)


def _is_page(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(SUFFIXES) and path.is_file()


def _capture(name: str, limit: int) -> Capture | ReadError:
    try:
        if name == "-":
            return Capture(name, _bounded(sys.stdin.buffer, name, limit))
        with Path(name).open("rb") as file:
            return Capture(name, _bounded(file, name, limit))
    except ReadError as error:
        return error
    except FileNotFoundError:
        return ReadError("missing", f"{name}: no such file; check the path", name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return ReadError("unreadable", f"{name}: cannot be opened: {reason}", name)


def _bounded(stream: BinaryIO, name: str, limit: int) -> bytes:
    """All of ``stream``, decompressed where it is gzip; never holds more than ``limit`` bytes and one."""
    data = stream.read(limit + 1)
    if data.startswith(GZIP) and len(data) <= limit:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(limit + 1)
        except EOFError as error:
            raise ReadError("truncated", f"{name}: the gzip file ends too early; fetch it again", name) from error
        except (OSError, zlib.error) as error:
            raise ReadError("truncated", f"{name}: the gzip file is damaged ({error}); fetch it again", name) from error
    if len(data) > limit:
        raise ReadError("huge", f"{name}: more than {limit // 1_000_000} MB; a page is smaller: split or skip it", name)
    return data
