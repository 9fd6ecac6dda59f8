"""`yendor bench survival`: how lives are counted, and who stays near the surface."""

from types import SimpleNamespace

import numpy as np
import pytest
from rich.console import Console

from envs.knowledge.statistics import Statistics
from envs.nethack.dungeons import DOOM, MINES
from experiments.bench import autoascend, command, survival, survival_tables
from experiments.bench.lives import Life
from experiments.bench.survival import _near_the_surface
from experiments.errors import UserError

NOBODY = Statistics(*[0] * len(Statistics._fields))
NAMES = ("fight", "descend", "dig", "mines", "explore", "ascend", "pray")
EARLY = Life("", "val-hum-neu-fem", 2_500, "killed by a jackal, while sleeping", [2, 3], [6, 5])
LATE = Life("", "arc-dwa-law-mal", 4_000, None, [1, 2, 8, 9], [9, 8, 7, 6])


def test_a_life_is_looked_at_whenever_a_thousand_turns_have_passed():
    life = Life(0, "val-hum-neu-fem")
    for turn, level, armor in ((1, 1, 6), (999, 2, 6), (1_003, 3, 5), (3_100, 4, 4), (3_900, 5, 4)):
        life.note(NOBODY._replace(turn=turn, experience_level=level, armor_class=armor))
    assert (life.turns, life.levels, life.armor_classes) == (3_900, [3, 4, 4], [5, 4, 4])


@pytest.mark.parametrize("turn, count", [(0, 2), (2_500, 2), (2_501, 1), (9_999, 1)])
def test_the_dead_were_alive_until_their_last_turn(turn, count):
    assert survival_tables.alive([EARLY, LATE], turn) == count


def test_the_tables_tell_shares_means_roles_and_causes():
    console = Console(width=120, record=True)
    for table in survival_tables.tables({"ours": [EARLY, LATE], "x": [LATE]}, 4_000):
        console.print(table)
    text = console.export_text()
    assert "50%" in text and "100%" in text and "2.5" in text  # levels 3 and 2 at turn 2,000
    assert "1 jackal" in text and "while sleeping" not in text
    assert "0 of 1" in text and "arc" in text


@pytest.mark.parametrize("dungeon, level, ascends, kept", [
    (DOOM, 1, True, {"fight", "descend", "explore", "ascend", "pray"}),
    (DOOM, 4, True, {"fight", "explore", "ascend", "pray"}),
    (DOOM, 5, True, {"fight", "ascend", "pray"}),  # through a trap door
    (DOOM, 5, False, {"fight", "explore", "ascend", "pray"}),
    (MINES, 3, True, {"fight", "ascend", "pray"}),
])  # fmt: skip
def test_heroes_stay_near_the_surface(dungeon, level, ascends, kept):
    env = SimpleNamespace(
        macros=[SimpleNamespace(name=name) for name in NAMES],
        known=SimpleNamespace(stats=NOBODY._replace(dungeon=dungeon, level=level)),
    )
    legal = np.array([name != "ascend" or ascends for name in NAMES])
    allowed = _near_the_surface(env, legal)
    assert {name for name, may in zip(NAMES, allowed, strict=True) if may} == kept


def test_it_is_measured_by_itself():
    with pytest.raises(UserError, match="survival is no speed"):
        command.bench(["survival", "networks"], False)
    with pytest.raises(UserError, match="survival"):
        command.bench(["surviva"], False)


@pytest.mark.nethack
def test_the_same_seeds_give_the_same_lives(capsys, monkeypatch):
    monkeypatch.setattr(autoascend, "module", lambda: None)
    (life,) = survival.ours([0], 1_000)
    assert life == next(survival.ours([0], 1_000)) and 1 < life.turns <= 1_100
    assert not list(survival.autoascends([0], 1_000))
