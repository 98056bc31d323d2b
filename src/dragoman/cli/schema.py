"""dragoman schema: the contract for machines."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of what read --json and code print."""
    import msgspec

    from dragoman.running.output import schema as made

    print(msgspec.json.format(msgspec.json.encode(made()), indent=2).decode())
