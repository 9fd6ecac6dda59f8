"""The games that there are, by the name that a config has for them."""

from __future__ import annotations

from collections.abc import Callable

from envs.nethack.env import NetHack
from envs.nethack.settings import NetHackSettings
from envs.protocol import KeystrokeEnv
from envs.stub.env import Stub
from envs.stub.settings import StubSettings

GAMES: dict[str, Callable[..., KeystrokeEnv]] = {"nethack": NetHack, "stub": Stub}
SETTINGS: dict[str, type[NetHackSettings] | type[StubSettings]] = {
    "nethack": NetHackSettings,
    "stub": StubSettings,
}
