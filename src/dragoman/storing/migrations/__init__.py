"""The ledger's migrations, run by storing.migrate when a ledger is new or older."""
