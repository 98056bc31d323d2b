"""Bytes -> text, whatever the page says of its own encoding."""

from __future__ import annotations

import codecs
import re

from dragoman.reading.errors import ReadError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
# First bytes of files that are sometimes saved under a page's name.
SIGNATURES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x7fELF",
    b"RIFF",
    b"\xd0\xcf\x11\xe0",
    b"BZh",
    b"\xfd7zXZ",
)
DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=["']([\w.:-]+)""", re.I
)
HEAD = 4096  # bytes of a page that may hold the declaration (the HTML standard asks for 1024)
SAMPLE = 200_000  # bytes or characters that an encoding is judged by
# Share of characters that may be broken before a text is refused: a stray byte happens, more is another encoding.
BROKEN = 0.002
# Zero bytes, and their share, above which it is no text of one byte a letter: stray ones happen.
FEW, ZEROS = 8, 0.002
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
WESTERN = "cp1252"
# Browsers read these labels as Windows code pages (WHATWG Encoding Standard, section 4.2).
WINDOWS = {"iso8859-1": WESTERN, "ascii": WESTERN, "iso8859-9": "cp1254", "tis-620": "cp874"}


def decode(data: bytes, name: str) -> str:
    """The text of ``data``, without control characters, line ends as ``\\n``.

    A byte order mark wins, then valid UTF-8 (a wrong label over UTF-8 is commoner than the reverse), then the
    declared encoding, then charset-normalizer's guess. Raises ReadError (empty, binary, encoding).
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError("empty", f"{name}: the file is empty; fetch the page again", name)
    if data.startswith(SIGNATURES):
        raise ReadError("binary", f"{name}: not a page but a binary file; give HTML or text", name)
    if data[:SAMPLE].count(0) > max(FEW, ZEROS * len(data[:SAMPLE])) and not (_wide(data) or _marked(data)):
        raise ReadError("binary", f"{name}: not text (zero bytes in it); give HTML or text", name)
    text = _decoded(data, name)
    bare = CONTROLS.sub("", text)
    if len(text) - len(bare) > max(20, len(text) // 50):
        raise ReadError("binary", f"{name}: not text (many control characters); give HTML or text", name)
    if not bare.strip():
        raise ReadError("empty", f"{name}: the file holds no text; fetch the page again", name)
    return bare.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def _decoded(data: bytes, name: str) -> str:
    wide = _marked(data) or _wide(data)
    if wide:
        return _tolerant(data, wide, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", errors="replace")
    sample = mended[:SAMPLE]
    broken = sample.count("\ufffd")
    # Enough well-formed sequences of several bytes to know that it is UTF-8 with a few bytes lost.
    if sum(ord(char) > 127 for char in sample) - broken > 10 * broken:
        return mended
    declared = _declared(data)
    if declared:
        try:
            return data.decode(declared)
        except (UnicodeDecodeError, ValueError):
            pass
    return _guessed(data, declared, name)


def _marked(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start states."""
    return next((codec for mark, codec in BOMS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte is zero (Latin text)."""
    sample = data[:2000]
    pairs = max(1, len(sample) // 2)
    if len(sample) >= 8 and sample[1::2].count(0) > 0.7 * pairs and sample[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if len(sample) >= 8 and sample[0::2].count(0) > 0.7 * pairs and sample[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    found = DECLARED.search(data[:HEAD])
    if not found:
        return None
    label = (found.group(1) or found.group(2)).decode("ascii", errors="replace")
    try:
        codec = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    # Codecs of Python's own ("rot13", "zip") are not text encodings; a page in UTF-16 cannot declare it in ASCII.
    if not getattr(codec, "_is_text_encoding", True) or codec.name.startswith(("utf-16", "utf-32", "idna", "punycode")):
        return None
    return WINDOWS.get(codec.name, codec.name)


def _guessed(data: bytes, declared: str | None, name: str) -> str:
    from charset_normalizer import from_bytes

    guesses = from_bytes(data[:SAMPLE])
    best = guesses.best()
    codec = best.encoding if best else declared or WESTERN
    if best:
        # Europe's code pages differ in a few letters that no statistic tells apart; the western one is the commonest.
        equal = (g.encoding for g in guesses if (g.chaos, -g.coherence) <= (best.chaos, -best.coherence))
        codec = WESTERN if WESTERN in equal else codec
    return _tolerant(data, codec, name)


def _tolerant(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec, errors="replace")
    except (LookupError, ValueError) as error:
        raise ReadError("encoding", f"{name}: its encoding ({codec}) cannot be read: {error}", name) from error
    if text.count("\ufffd") > 2 + BROKEN * len(text):
        raise ReadError("encoding", f"{name}: no encoding fits its bytes ({codec} was closest); save it as UTF-8", name)
    return text.removeprefix("\ufeff")
