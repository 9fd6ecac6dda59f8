"""How a fight would most likely end: the hit points that it costs against those that are left.

An expectation, not a promise: each side hits as often, and as hard, as it does on average.
"""

from __future__ import annotations

from envs.data import monsters
from envs.knowledge import equipment
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.peace import Monster
from envs.knowledge.threats import threats

NEAR = 10  # squares to those who are, or soon will be, in the fight
BARE_HAND = 1.5  # mean damage, of those without martial arts (uhitm.c: d2)
HIT_POINTS_A_LEVEL, OF_LEVEL_0 = 4.5, 2.5  # of monsters, on average: d8 a level; d4 (makemon.c)
CERTAIN = 0.5  # of the hit points left: a fight that costs no more is as good as won


def winning(known: Knowledge) -> bool:
    """Whether the hero most likely outlives all who threaten nearby, with as much to spare; as
    certainly while they sleep, and never inside one.
    """
    if known.engulfed:
        return False
    if known.stats.turn < known.asleep_before:
        return True
    return cost(known, threats(known, NEAR)) <= CERTAIN * known.stats.hit_points


def losing(known: Knowledge) -> bool:
    """Whether those who threaten nearby most likely kill the hero before they are dead."""
    if known.stats.turn < known.asleep_before:
        return False
    return cost(known, threats(known, NEAR)) >= known.stats.hit_points


def cost(known: Knowledge, foes: list[Monster]) -> float:
    """Hit points that killing these, one after the other, costs on average.

    In the best order, the most harm for the fewest blows first (Smith, 1956), foe i dies at
    Tᵢ = Σ tⱼ over j ≤ i and has done harmᵢ · (Tᵢ - 1/2) by then, as the hero strikes first.
    """
    fights = [(blows(known, foe), _harm(known, foe)) for foe in foes]
    total = turns = 0.0
    for to_kill, harm in sorted(fights, key=lambda fight: fight[0] / max(fight[1], 0.01)):
        turns += to_kill
        total += harm * max(turns - 0.5, 0.0)
    return total


def _harm(known: Knowledge, foe: Monster) -> float:
    return monsters.threat(foe.species, known.stats.armor_class)


def blows(known: Knowledge, foe: Monster) -> float:
    """Return how many blows it takes to kill a foe: its hit points over the chance to hit times the
    damage.

    A blow hits with probability (level + armour class + enchantment) / 20 (uhitm.c,
    find_roll_to_hit: 1 + AC + level > d20).
    """
    held = equipment.wielded(known.equipment)
    aim = held.enchantment if held is not None else 0
    reach = known.stats.experience_level + float(monsters.ARMOR_CLASS[foe.species]) + aim
    chance = min(max(reach / 20, 0.05), 1.0)
    damage = max(equipment.value_in_hand(known.role, held), BARE_HAND)
    level = max(float(monsters.LEVEL[foe.species]), 0.0)
    hit_points = HIT_POINTS_A_LEVEL * level or OF_LEVEL_0
    return max(hit_points / (chance * (damage + _strong(known))), 1.0)


def _strong(known: Knowledge) -> int:
    """Damage that great strength adds (weapon.c, dbon), to 18/75."""
    strength = known.stats.strength_125
    return (strength >= 16) + (strength >= 18) + (strength > 18)
