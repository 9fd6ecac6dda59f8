"""The stub, played key by key, and what it shows."""

from __future__ import annotations

import pytest

from envs.stub.env import Stub

KICK, PRAY, ESC, SPACE, ENTER = chr(4), chr(240), chr(27), " ", "\r"
KEYS = [*"hjklyubnFs.,:eo<>0123456789 \r\n\x1b\x04ynqadz?*-$x", PRAY]
TURN, HP, GOLD, DEPTH, LEVEL, POINTS, HUNGER = 20, 10, 13, 12, 18, 19, 21
DOORWAY, OPEN_V, OPEN_H, CLOSED_V, CLOSED_H, FLOOR, DARK, CORRIDOR, UP, DOWN = (
    2371, 2372, 2373, 2374, 2375, 2378, 2379, 2380, 2382, 2383,
)  # fmt: skip
ROOM = """
-------
|.....|
|..@..|
|.....|
-------
"""


def play(*maps: str, seed: int = 0, **settings) -> Stub:
    env = Stub(maps=maps or (ROOM,), render_mode="ansi", **settings)
    env.reset(seed=seed)
    return env


def press(env: Stub, keys: str) -> str:
    for key in keys:
        env.press(ord(key))
    return message(env)


def message(env: Stub) -> str:
    return bytes(env.observation["message"]).split(b"\0")[0].decode()


def stat(env: Stub, index: int) -> int:
    return int(env.observation["blstats"][index])


def beside(env: Stub, dx: int, dy: int) -> int:
    x, y = env.observation["blstats"][:2]
    return int(env.observation["glyphs"][y + dy, x + dx])


def misc(env: Stub) -> list[int]:
    return env.observation["misc"].tolist()


def top(env: Stub) -> str:
    return env.render().split("\n")[0]


def until(env: Stub, keys: str, wanted: str, tries: int = 200) -> None:
    for _ in range(tries):
        press(env, keys)
        if wanted in message(env):
            return
    pytest.fail(f"{wanted!r} never came")
