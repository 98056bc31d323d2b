"""Digits and their separators: "1,234.5", "12,34,567", "5,00", "1.3e6"."""

from __future__ import annotations

import re
from fractions import Fraction

_POWER = re.compile(r"(\d+(?:\.\d+)?)(?:e([+-]?\d+)|[x\u00d7*]10\^([+-]?\d+)|\^([+-]*\d+))", re.IGNORECASE)


def digits_value(text: str) -> Fraction | None:
    """The value of digits with separators ("1,234.5", "12,34,567", "5,00", "1 234 567"); null where they make none."""
    power = _POWER.fullmatch(text)
    if power:
        return _raised(power)
    plain = "".join(text.split())
    if plain.isdigit():
        return Fraction(int(plain))
    commas, dots = plain.count(","), plain.count(".")
    if not commas:
        return Fraction(plain) if dots == 1 else _grouped(plain, ".")
    if not dots:
        head, _, tail = plain.rpartition(",")
        if commas == 1 and len(tail) < 3 and head != "0" * len(head):
            return Fraction(f"{head}.{tail}")
        return _grouped(plain, ",")
    if plain.rindex(".") > plain.rindex(","):
        whole, _, decimals = plain.rpartition(".")
        value = _grouped(whole, ",")
    else:
        whole, _, decimals = plain.rpartition(",")
        value = _grouped(whole, ".")
    return None if value is None else value + Fraction(int(decimals), 10 ** len(decimals))


def _raised(power: re.Match[str]) -> Fraction | None:
    """ "1.3e6", "1.3x10^6", "1.1^23"; null where the power is absurd."""
    base, tens, exponent, plain = power.groups()
    size = tens or exponent or plain
    up = int(size.lstrip("+-")) * (-1 if size.startswith("-") and not size.startswith("--") else 1)
    if abs(up) > 99 or Fraction(base) == 0:
        return None
    return Fraction(base) ** up if plain else Fraction(base) * Fraction(10) ** up


def _grouped(text: str, mark: str) -> Fraction | None:
    """Digits grouped by ``mark``: all groups of three, or of two before the last three (lakh and crore)."""
    first, *rest = text.split(mark)
    if not rest or len(rest[-1]) != 3 or not 1 <= len(first) <= 3:
        return None
    if all(len(group) == 3 for group in rest) or (len(first) < 3 and all(len(group) == 2 for group in rest[:-1])):
        return Fraction(int(first + "".join(rest)))
    return None
