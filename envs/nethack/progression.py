"""BALROG's estimate of how far toward winning a game got.

Source: Paglieri et al. (2024), *BALROG*: for each dungeon level and each experience level, the
share of human games that got there and went on to ascend. Figures to eight places.
"""

from __future__ import annotations

from functools import cache

from envs.nethack.dungeons import PLANES, QUEST

# Index 0 is level 1.
BY_DEPTH = (
    0.0, 0.01539227, 0.01753954, 0.02122138, 0.02648245, 0.03542869, 0.04846098, 0.06958121,
    0.09770935, 0.12558597, 0.16126778, 0.20612855, 0.25660399, 0.29247245, 0.3088124, 0.32490713,
    0.34007884, 0.35264556, 0.36548811, 0.37895668, 0.39293748, 0.40832256, 0.42583607,
    0.44518141, 0.46637632, 0.50676056, 0.5543572, 0.60156485, 0.64650494, 0.69131103, 0.71010943,
    0.71764565, 0.72321249, 0.72844059, 0.73277619, 0.73685289, 0.74214589, 0.74713217,
    0.75373134, 0.76103984, 0.7674081, 0.77253385, 0.77716263, 0.78125679, 0.78589861, 0.78902567,
    0.79297189, 0.79674084, 0.80184675, 0.80679644,
)  # fmt: skip
BY_EXPERIENCE_LEVEL = (
    0.0, 0.0184784, 0.02081164, 0.02416014, 0.02910899, 0.03688759, 0.05075837, 0.07453595,
    0.11704996, 0.17909954, 0.25480449, 0.33264942, 0.41442591, 0.49403949, 0.57788237, 0.6261222,
    0.65628176, 0.68102186, 0.70153285, 0.71744941, 0.72869778, 0.73710049, 0.74434466,
    0.75134497, 0.75855371, 0.76421519, 0.77033768, 0.77598103, 0.77833453, 0.78045619,
)  # fmt: skip
BY_QUEST_LEVEL = (
    0.36611263, 0.54618523, 0.54932493, 0.56105798, 0.56557299,
)  # fmt: skip
ASTRAL_PLANE = 0.87458666


@cache
def progression(depth: int, experience_level: int, dungeon: int = 0, level: int = 1) -> float:
    """Progression of standing here, in [0, 1]; a game's progression is the maximum over its turns.

    Args:
        depth: as on the status line (``Dlvl``), from 1.
        experience_level: 1 to 30.
        dungeon: number of the dungeon branch.
        level: level within that branch, from 1.
    """
    reached = [_at(BY_DEPTH, depth), _at(BY_EXPERIENCE_LEVEL, experience_level)]
    if dungeon == QUEST:
        reached.append(_at(BY_QUEST_LEVEL, level))
    if dungeon == PLANES and level == 1:
        reached.append(ASTRAL_PLANE)
    return max(reached)


def _at(table: tuple[float, ...], level: int) -> float:
    return table[level - 1] if 1 <= level <= len(table) else 0.0
