"""NetHack, made playable. Importing this registers the gymnasium ids ``yendor/…``."""

from __future__ import annotations

import gymnasium as gym

_IDS = {
    "yendor/NetHack-v0": "envs.nethack.env:NetHack",
    "yendor/NetHackMacro-v0": "envs.macro_env:MacroEnv",
    "yendor/Stub-v0": "envs.stub.env:Stub",
}

for _id, _entry_point in _IDS.items():
    if _id not in gym.registry:
        gym.register(id=_id, entry_point=_entry_point)
