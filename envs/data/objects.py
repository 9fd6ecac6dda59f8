"""What a player knows of NetHack's objects, by the name of their kind.

A kind is named as the game names it in the singular once it is recognised, e.g. ``dwarvish iron
helm``, whatever it looked like (``hard hat``); only kinds whose appearances are shuffled from game
to game go by that appearance (``snow boots``) until they are identified: see
`envs.data.object_kinds`.

Source: NetHack 3.6.7, objects.c. NLE's `objclass` tells weights and classes, but not these.
"""

from __future__ import annotations

from typing import NamedTuple

BODY, SHIRT, CLOAK, HELMET, GLOVES, BOOTS, SHIELD = (
    "body armor", "shirt", "cloak", "helmet", "gloves", "boots", "shield"
)  # fmt: skip


class Armor(NamedTuple):
    """Where a piece of armour is worn, and by how much it lowers the armour class."""

    slot: str
    protection: int


class Weapon(NamedTuple):
    """What a weapon does when it is wielded.

    Attributes:
        damage: mean over small monsters (objects.c, oc_wsdam; weapon.c, dmgval).
        skill: what it takes practice in.
        two_handed: whether it leaves no hand for a shield.
    """

    damage: float
    skill: str
    two_handed: bool = False


_DRAGONS = ("gray", "silver", "red", "white", "orange", "black", "blue", "green", "yellow")
# Unidentified ones (their appearance is shuffled) protect at least as much as the least of them.
_ARMOR: dict[str, dict[int, tuple[str, ...]]] = {
    BODY: {
        9: tuple(f"{color} dragon scale mail" for color in _DRAGONS),
        7: ("plate mail", "crystal plate mail"),
        6: ("bronze plate mail", "splint mail", "banded mail", "dwarvish mithril-coat"),
        5: ("elven mithril-coat", "chain mail"),
        4: ("orcish chain mail", "scale mail"),
        3: (*(f"{color} dragon scales" for color in _DRAGONS), "studded leather armor",
            "ring mail"),
        2: ("orcish ring mail", "leather armor"),
        1: ("leather jacket",),
    },
    SHIRT: {0: ("Hawaiian shirt", "T-shirt")},
    CLOAK: {
        3: ("cloak of protection",),
        2: ("robe",),
        1: ("elven cloak", "oilskin cloak", "alchemy smock", "leather cloak",
            "cloak of invisibility", "cloak of magic resistance", "cloak of displacement",
            "tattered cape", "opera cloak", "ornamental cope", "piece of cloth"),
        0: ("mummy wrapping", "orcish cloak", "dwarvish cloak"),
    },
    HELMET: {
        2: ("dwarvish iron helm",),
        1: ("elven leather helm", "orcish helm", "dented pot", "helmet", "helm of brilliance",
            "helm of opposite alignment", "helm of telepathy", "plumed helmet", "etched helmet",
            "crested helmet", "visored helmet"),
        0: ("fedora", "cornuthaum", "dunce cap", "conical hat"),
    },
    GLOVES: {
        1: ("leather gloves", "gauntlets of fumbling", "gauntlets of power",
            "gauntlets of dexterity", "old gloves", "padded gloves", "riding gloves",
            "fencing gloves"),
    },
    BOOTS: {
        2: ("iron shoes", "high boots"),
        1: ("low boots", "speed boots", "water walking boots", "jumping boots", "elven boots",
            "kicking boots", "fumble boots", "levitation boots", "combat boots", "jungle boots",
            "hiking boots", "mud boots", "buckled boots", "riding boots", "snow boots"),
    },
    SHIELD: {
        2: ("elven shield", "large shield", "dwarvish roundshield", "shield of reflection"),
        1: ("small shield", "Uruk-hai shield", "orcish shield"),
    },
}  # fmt: skip
ARMOR = {
    name: Armor(slot, protection)
    for slot, by_protection in _ARMOR.items()
    for protection, names in by_protection.items()
    for name in names
}

# Harmful, and mostly cursed when found (mkobj.c, mksobj). Of seven kinds of boots that look alike
# two are such, and cursed levitation ends the way down, so that unknown ones are not worth it; of
# the other kinds that look alike only one does harm, and less (wiki: "Boots", "Gloves", "Helmet").
HARMFUL_ARMOR = frozenset(
    (
        "gauntlets of fumbling", "fumble boots", "levitation boots", "helm of opposite alignment",
        "dunce cap", "conical hat", "combat boots", "jungle boots", "hiking boots", "mud boots",
        "buckled boots", "riding boots", "snow boots",
    )
)  # fmt: skip

# Body armour that does not hamper spells.
NO_METAL = frozenset(
    (*(f"{color} dragon {what}" for color in _DRAGONS for what in ("scales", "scale mail")),
     "crystal plate mail", "studded leather armor", "leather armor", "leather jacket")
)  # fmt: skip

# Helmets that stop nothing that falls on the head; the others are of metal (objects.c).
SOFT_HATS = frozenset(("elven leather helm", "fedora", "cornuthaum", "dunce cap", "conical hat"))

# By skill: (mean damage, name, ...).
_WEAPONS: dict[str, dict[str, float]] = {
    "dagger": {"dagger": 2.5, "elven dagger": 3, "orcish dagger": 2, "silver dagger": 2.5,
               "athame": 2.5},
    "knife": {"scalpel": 2, "knife": 2, "stiletto": 2, "worm tooth": 1.5, "crysknife": 5.5},
    "axe": {"axe": 3.5, "battle-axe": 7},
    "pick-axe": {"pick-axe": 3.5, "dwarvish mattock": 6.5},
    "short sword": {"short sword": 3.5, "elven short sword": 4.5, "orcish short sword": 3,
                    "dwarvish short sword": 4},
    "scimitar": {"scimitar": 4.5},
    "saber": {"silver saber": 4.5},
    "broadsword": {"broadsword": 5, "elven broadsword": 6, "runesword": 5},
    "long sword": {"long sword": 4.5, "katana": 5.5},
    "two-handed sword": {"two-handed sword": 6.5, "tsurugi": 8.5},
    "spear": {"spear": 3.5, "elven spear": 4, "orcish spear": 3, "dwarvish spear": 4.5,
              "silver spear": 3.5, "javelin": 3.5},
    "trident": {"trident": 4.5},
    "mace": {"mace": 4.5},
    "morning star": {"morning star": 5},
    "hammer": {"war hammer": 3.5},
    "club": {"club": 3.5, "aklys": 3.5},
    "quarterstaff": {"quarterstaff": 3.5},
    "flail": {"flail": 4.5},
    "whip": {"bullwhip": 1.5, "rubber hose": 2.5},
    "unicorn horn": {"unicorn horn": 6.5},
}  # fmt: skip
_TWO_HANDED = ("battle-axe", "dwarvish mattock", "two-handed sword", "tsurugi", "unicorn horn")
WEAPONS = {
    name: Weapon(damage, skill, name in _TWO_HANDED)
    for skill, damages in _WEAPONS.items()
    for name, damage in damages.items()
}  # for melee: polearms and lances are for reach, and launchers for shooting
DIGGERS = ("pick-axe", "dwarvish mattock")

# What flies well from the hand (wiki: "Throw"), and what needs a launcher, by launcher.
THROWN = frozenset(
    ("dagger", "elven dagger", "orcish dagger", "silver dagger", "spear", "elven spear",
     "orcish spear", "dwarvish spear", "silver spear", "javelin", "dart", "shuriken")
)  # fmt: skip
DARTS = {"dart": 2.0, "shuriken": 4.5}  # mean damage of what is for throwing alone
_ARROWS = ("arrow", "elven arrow", "orcish arrow", "silver arrow", "ya")
AMMUNITION: dict[str, tuple[str, ...]] = {
    "bow": _ARROWS, "elven bow": _ARROWS, "orcish bow": _ARROWS, "yumi": _ARROWS,
    "crossbow": ("crossbow bolt",), "sling": ("flint stone",),
}  # fmt: skip

# Nutrition of food that keeps and is good for everybody (objects.c), and which of it is meat.
MEAT = {"huge chunk of meat": 2000, "meatball": 5, "meat stick": 5, "meat ring": 5}
NUTRITION = {
    "food ration": 800, "lembas wafer": 800, "cram ration": 600, "K-ration": 400, "C-ration": 300,
    "slime mold": 250, "pancake": 200, "lump of royal jelly": 200, "lichen corpse": 200,
    "melon": 100, "cream pie": 100, "candy bar": 100, "orange": 80, "banana": 80, "apple": 50,
    "pear": 50, "carrot": 50, "sprig of wolfsbane": 40, "clove of garlic": 40,
    "fortune cookie": 40, "kelp frond": 30, "eucalyptus leaf": 30, **MEAT,
}  # fmt: skip
TRIPE = "tripe ration"  # only orcs and cavemen stomach it (eat.c, fprefx)
