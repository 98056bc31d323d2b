"""What the ledger says when it cannot do its work."""

from __future__ import annotations


class LedgerError(Exception):
    """The ledger cannot be opened, read or written; the message is one line that names the file and a remedy."""
