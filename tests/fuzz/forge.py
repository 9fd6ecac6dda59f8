"""Forged content: values that break readers, and damage done to sound text and sound JSON."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

NASTY: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**40, -(10**40), 0.5, -0.0, 1e308,
    float("inf"), float("nan"), "", " ", "0", "²", "١", "\x1b[31mred", "[/b]", "[lr=0.1]", "a\nb",
    "\u202e", "\ud800", "../../x", "/etc/passwd", "x" * 3_000, [], {}, [[]], [1], ["a", "b"],
    {"a": 1}, {"name": "ucb"}, {"": ""}, [None] * 50, {str(i): i for i in range(50)},
]  # fmt: skip
TOKENS = [
    ":", "- ", "[", "]", "{", "}", ",", "#", "&a", "*a", "<<: ", "!!int ", "!!map ", "|", ">",
    "---", "!!name:os", "%YAML 9" + "9" * 60, "...", "'", '"', "\\", "\t", "\r", "\n", "\0", "\x85",
    "?", "@", "`", "0o17", "010", "1:30", "2024-13-01", "1e999", ".nan", "~", "yes", "on", "1_0",
    "\ufeff", "é", "\u2028", "😀", '"\\UFFFFFFFF"', "[" * 200, "{a: " * 60, "- " * 90, "9" * 6_000,
]  # fmt: skip


def damaged_text(rng: random.Random, text: str) -> str:
    """Return a text with a few of its parts cut, doubled, moved or replaced by tokens."""
    for _ in range(rng.randint(1, 5)):
        start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
        end = min(end, start + rng.choice((0, 1, 3, 20)))
        new = rng.choice((rng.choice(TOKENS), text[start:end] * 2, "", rng.choice(TOKENS) * 3))
        text = text[:start] + new + text[end:]
    return text


def damaged_bytes(rng: random.Random, data: bytes) -> bytes:
    """Return bytes of which some are changed, cut off, or added."""
    kind = rng.randrange(4)
    if kind == 0:
        return data[: rng.randrange(len(data) + 1)]
    if kind == 1:
        return data + rng.randbytes(rng.randint(1, 50))
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8) if changed else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def damaged_content(rng: random.Random, content: Any) -> Any:
    """Return JSON's content with some values, at any depth, replaced, left out or added."""
    content = copy.deepcopy(content)
    for _ in range(rng.randint(1, 3)):
        holders = [holder for holder in _holders(content) if holder]
        if not holders:
            return rng.choice(NASTY)
        holder = rng.choice(holders)
        key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        kind = rng.random()
        if kind < 0.15:
            del holder[key]
        elif kind < 0.3 and isinstance(holder, dict):
            holder[str(rng.choice(NASTY))] = rng.choice(NASTY)
        else:
            holder[key] = copy.deepcopy(rng.choice(NASTY))
    return content


def as_json(rng: random.Random, content: Any) -> str:
    """Return JSON, now and then with what is no JSON in it."""
    text = json.dumps(content)
    if rng.random() < 0.1:
        text = text.replace("0", rng.choice(("1e999", "NaN", "9" * 5_000, "[" * 5_000)), 1)
    return damaged_text(rng, text) if rng.random() < 0.1 else text


def _holders(content: Any) -> list[Any]:
    if not isinstance(content, dict | list):
        return []
    inner = content.values() if isinstance(content, dict) else content
    return [content, *(holder for value in inner for holder in _holders(value))]
