"""The ledger: tables, migrations, queries."""

from dragoman.storing.errors import LedgerError
from dragoman.storing.finding import Filters, Found
from dragoman.storing.ledger import Kept, Ledger, open_ledger

__all__ = ["Filters", "Found", "Kept", "Ledger", "LedgerError", "open_ledger"]
