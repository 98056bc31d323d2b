"""What makes an article the same article: its id."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Query keys that count visits and do not choose the page (the common analytics parameters).
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ref_src", "cmpid", "ncid")


def article_id(url: str | None, publisher: str | None, title: str | None, published: str | None, text: str) -> str:
    """16 hexadecimal digits, the same for the same page in any process.

    SHA-256 of the canonical address where it is known (so a corrected text keeps its id); else of publisher, title
    and day of publication where publisher and title are known (titles like "Morning briefing" recur, so the day
    belongs to it); else of the text with white space folded.
    """
    if url:
        key = "url\x00" + canonical(url)
    elif publisher and title:
        key = "\x00".join(("page", " ".join(publisher.split()).casefold(), " ".join(title.split()).casefold(),
                           (published or "")[:10]))  # fmt: skip
    else:
        key = "text\x00" + " ".join(text.split())
    return hashlib.sha256(key.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]


def canonical(url: str) -> str:
    """``url`` without scheme, "www.", fragment, tracking parameters and a slash at its end; the rest as it is."""
    try:
        parts = urlsplit(url.strip())
        query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True)
                 if not key.lower().startswith(TRACKING)]  # fmt: skip
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    return urlunsplit(("", host, parts.path.rstrip("/"), urlencode(query), ""))
