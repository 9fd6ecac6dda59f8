"""Plays an exported bot as the public arena does, in a process of its own: no test, but run by one.

Usage: python arena_process.py EXPORT BOT_SEED CORE DISPLAY LEVELS KEYSTROKES; BOT_SEED as in JSON.
Prints one JSON object: the keys pressed, and the packages that the export's modules import.
"""

import builtins
import json
import os
import sys

EXPORT, BOT_SEED = sys.argv[1], json.loads(sys.argv[2])
CORE, DISPLAY, LEVELS, KEYSTROKES = map(int, sys.argv[3:])
PROJECT = ("agents", "compiling", "envs", "experiments", "bot")
imports = set()
original_import = builtins.__import__


def recording_import(name, globals=None, locals=None, fromlist=(), level=0):
    if globals and str(globals.get("__file__", "")).startswith(EXPORT):
        imports.add(name.split(".")[0])
    return original_import(name, globals, locals, fromlist, level)


def play():
    import bot
    from nle import nethack
    from nle.env.tasks import NetHackChallenge

    agent = bot.make_agent() if BOT_SEED is None else bot.make_agent(BOT_SEED)
    options = [option for option in nethack.NETHACKOPTIONS if option != "autopickup"]
    env = NetHackChallenge(options=("!autopickup", *options), fix_moon_phase=True)
    nethack.Nethack.set_initial_seeds(env.nethack, CORE, DISPLAY, False, LEVELS)
    observation, _ = env.reset()
    agent.reset(read_only(observation))
    keys, over = [], False
    while not over and len(keys) < KEYSTROKES:
        action = agent.act(read_only(observation))
        keys.append(int(nethack.ACTIONS[action]))
        observation, _, terminated, truncated, _ = env.step(action)
        over = terminated or truncated
    agent.close()
    return keys


def read_only(observation):
    copies = {key: value.copy() for key, value in observation.items()}
    for value in copies.values():
        value.setflags(write=False)
    return copies


os.chdir(EXPORT)
sys.path[0] = EXPORT
builtins.__import__ = recording_import
keys = play()
files = {
    name: module.__file__ for name, module in sys.modules.items() if name.split(".")[0] in PROJECT
}
elsewhere = [name for name, file in files.items() if not str(file).startswith(EXPORT)]
print(json.dumps({"keys": keys, "imports": sorted(imports), "elsewhere": elsewhere}))
