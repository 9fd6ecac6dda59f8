"""Plain scalars of YAML 1.2's core schema: null, truth values, numbers; all else is text.

YAML 1.1, which PyYAML reads, takes `010` for 8, `1:30` for 90, `on` for true and `2024-01-13` for a
date. Source: "YAML Ain't Markup Language, version 1.2.2", section 10.3.2.
"""

from __future__ import annotations

import re

LONGEST_NUMBER = 100  # characters: no setting has so many digits, and Python reads 4,300 at most

CONSTANTS: dict[str, bool | float | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((f"{s}.{i}" for s in ("", "+") for i in ("inf", "Inf", "INF")), float("inf")),
    **dict.fromkeys((f"-.{i}" for i in ("inf", "Inf", "INF")), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
DECIMAL = re.compile(r"[-+]?[0-9]+")
BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

Scalar = str | int | float | bool | None


def plain_scalar(text: str) -> Scalar:
    """Return what an unquoted scalar stands for.

    Raises:
        ValueError: for a number of more than `LONGEST_NUMBER` characters.
    """
    if text in CONSTANTS:
        return CONSTANTS[text]
    if not is_number(text):
        return text
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"a number has {len(text):,} digits; at most {LONGEST_NUMBER} are read")
    if DECIMAL.fullmatch(text):
        return int(text)
    return int(text, 0) if BASED.fullmatch(text) else float(text)


def is_number(text: str) -> bool:
    """Whether an unquoted scalar is a number."""
    return any(kind.fullmatch(text) for kind in (DECIMAL, BASED, FLOAT))


def is_plain_text(text: str) -> bool:
    """Whether an unquoted scalar is the text itself."""
    return text not in CONSTANTS and not is_number(text)
