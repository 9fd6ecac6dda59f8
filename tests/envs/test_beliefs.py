"""What the hero believes is so, by NetHack's own record, in whole games of the fixed order."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import yaml
from helpers.record import Record
from nle import nethack as nh

from envs.data.glyphs import Terrain
from envs.knowledge.elbereth import on_elbereth
from envs.knowledge.writing import WORD
from envs.macro_env import MacroEnv

CONFIG = yaml.safe_load(Path(__file__).parents[2].joinpath("configs/expert.yaml").read_text())
TRAPS = (Terrain.TRAP, Terrain.DEADLY_TRAP)


@pytest.fixture(scope="module")
def believed():
    """How often a belief was held, and how often it was so, by what it was about."""
    env = MacroEnv(character="@", max_turns=20_000)
    names = [macro.name for macro in env.macros]
    order = [names.index(name) for name in CONFIG["agent"]["order"]]
    held, so = Counter(), Counter()
    for seed in (3470006, 3470007, 3470008, 3470011, 3470012):
        _, info = env.reset(seed=seed)
        record, over = Record(env.env), False
        while not over:
            for belief, is_so in beliefs(env.known, record):
                held[belief] += 1
                so[belief] += is_so
            action = next(action for action in order if info["action_mask"][action])
            _, _, terminated, truncated, info = env.step(action)
            over = terminated or truncated
    env.close()
    return held, so


def beliefs(known, record):
    """Each belief of a hero, and whether it is so."""
    yield "chained or not", known.chained == record.chained()
    if record.written(known.hero, WORD):
        yield "the word is there", on_elbereth(known)
    if known.stats.condition & nh.BL_MASK_HALLU:
        return
    stairs, traps = record.stairs_down(), record.traps()
    for square in known.level.where(Terrain.STAIRS_DOWN):
        yield "stairs down", square in stairs
    if known.hero in stairs:
        yield "stairs underfoot", known.level.terrain[known.hero] == Terrain.STAIRS_DOWN
    for y, x in np.argwhere(np.isin(known.level.terrain, TRAPS)).tolist():
        yield "trap", (y, x) in traps
    for monster in known.level.monsters:
        if monster.species >= 0:
            found = record.monster(monster.square)
            yield "species", found is not None and found.species == monster.species
            yield "pet or not", found is None or found.tame == monster.pet
            if monster.hostile:
                yield "hostile", found is None or not found.peaceful


@pytest.mark.nethack
@pytest.mark.parametrize(
    ("belief", "times", "share"),
    [
        ("chained or not", 500, 1.0),
        ("the word is there", 10, 0.75),
        ("stairs down", 200, 1.0),
        ("stairs underfoot", 10, 1.0),
        ("trap", 200, 0.98),
        ("species", 500, 0.99),
        ("pet or not", 500, 1.0),
        ("hostile", 500, 0.9),
    ],
)
def test_what_is_believed_is_so(believed, belief, times, share):
    held, so = (counts[belief] for counts in believed)
    assert held >= times
    assert so >= share * held
