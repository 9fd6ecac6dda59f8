"""What the player knows, from public observation keys alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from nle import nethack as nh

from envs.data.glyphs import SPECIES_NAMES, Terrain
from envs.data.monsters import KEEPERS, kin_of
from envs.knowledge.corpses import forget_stale
from envs.knowledge.deaths import Death, deaths_told, left_a_corpse
from envs.knowledge.equipment import Equipment
from envs.knowledge.exploring import open_ways
from envs.knowledge.inventory import Item, read_inventory
from envs.knowledge.level import Level
from envs.knowledge.messages import (
    atonement,
    attackers,
    feature_underfoot,
    strikers,
    tells_of_a_deadly_trap,
    tells_of_a_shot,
    tells_of_a_spent_trap,
    tells_of_a_trap_underfoot,
    tells_of_angry_keepers,
    tells_of_fumbling,
    tells_of_several_things,
    tells_of_water_underfoot,
)
from envs.knowledge.paths import Square, on_the_map
from envs.knowledge.peace import Monster
from envs.knowledge.shops import remember_shop, welcomed
from envs.knowledge.spellbook import Spell
from envs.knowledge.statistics import Statistics
from envs.knowledge.victims import shun_victims
from envs.knowledge.writing import note_reading
from envs.nethack.characters import character_from_title, character_from_welcome

LATELY = 4  # turns
MAX_MESSAGES = 50  # kept from the last command
_GLOVES = re.compile("gloves|gauntlets")
# A curse is lifted, perhaps from what held the hand; the hero has hands again (polyself.c).
_ANOTHER_CHANCE = ("softly glows amber", "You return to")
# Whoever walks into a pet so strikes it (display.h, is_safepet).
_STRIKES_PETS = nh.BL_MASK_CONF | nh.BL_MASK_STUN | nh.BL_MASK_HALLU
ASKS_FOR_A_SQUARE = "(For instructions type a"


class Hunger(IntEnum):
    """NetHack's hunger states (eat.c)."""

    SATIATED = 0
    NOT_HUNGRY = 1
    HUNGRY = 2
    WEAK = 3
    FAINTING = 4
    FAINTED = 5
    STARVED = 6


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that the game waits on.

    Attributes:
        kind: ``yn`` (one key), ``getline`` (a line of text), ``more`` (``--More--``), ``menu`` or
            ``square`` (one of the map; do_name.c, getpos), for which NLE has no flag.
        text: the question, or the last line of the screen that asks for a key.
    """

    kind: str
    text: str


class Knowledge:
    """The player's knowledge of one game.

    It changes when an observation comes in (`update`, after every keystroke), when a decision
    begins (`begin_decision`), and when a macro-action that is played notes what its keys brought
    about. Features, the situation, legal masks and all other questions only read it.

    Attributes:
        stats: the bottom lines.
        hero: the square that the hero is on, (y, x).
        inventory: what the hero carries; a new tuple when its text changed.
        messages: what the game said since the last command began, oldest first.
        prompt: the question on the screen, or None when the game waits for a command.
        levels: map memory by (dungeon number, level number).
        level, level_key: the one the hero is on, and its (dungeon number, level number).
        character: e.g. ``val-hum-neu-fem``, from the welcome; ``val-?-neu-?`` if another message
            covered it; None if it could not be read at all.
        arrived: the turn on which the hero came to this level.
        squares_seen: over all levels.
        last_prayer: the turn of the last prayer, or None.
        fumbles: whether the hero fumbles, as far as the game told since the last prayer.
        chained: whether an iron ball hangs from the hero's leg.
        feverish: whether the hero caught lycanthropy, which a god cures.
        tripped: the turn on which the last step failed.
        shot_at: the turn on which something last came flying at the hero, or None.
        fled: the turn on which the hero last fled from a level by stairs, by level.
        given_up: texts of items that turned out to be of no use.
        no_writing_before, no_rest_before: the turn before which Elbereth, or resting, is not tried
            again, as it has failed.
        no_tasting_before: the turn before which no further unknown potion is drunk.
        no_prayer_before: the turn before which the god, whom the hero angered, answers no prayer.
        spells: those the hero knows, or None while the menu of spells has not been looked at.
        wands: what unknown wands, by their looks, turned out to be when the hero engraved with
            them; "" where that told nothing (`knowledge.wands`).
        engraved_at: the level and square where they last did.
        effect_lasts: the turn before which no further spell or wand of this name is worth it.
        asleep_before: the turn before which foes that a sleep ray hit are sure to sleep.
        pending: keys still to come of the command under way.
        idle_decisions: macro-actions in a row that took no game time.
        last_macro, last_ended: the macro-action that was played last, and why it ended; "" before
            the first.
        declined: the last question of this command that was declined, or "".
    """

    _equipment: tuple[tuple[object, ...], Equipment] | None = None  # and what it was made from

    def __init__(self, observation: dict[str, np.ndarray]) -> None:
        self.observation = observation
        self.levels: dict[tuple[int, int], Level] = {}
        self.messages: list[str] = []
        self.pending = 0
        self._begins = False
        self.idle_decisions = 0
        self.declined = ""
        self.last_macro = self.last_ended = ""
        self.last_prayer: int | None = None
        self.tripped = -1
        self.shot_at: int | None = None
        self.fled: dict[tuple[int, int], int] = {}
        self.given_up: set[str] = set()
        self.wands: dict[str, str] = {}
        self.engraved_at: tuple[tuple[int, int], Square] | None = None
        self.no_writing_before = self.no_rest_before = self.no_tasting_before = 0
        self.no_prayer_before = 0
        self.spells: tuple[Spell, ...] | None = None
        self.effect_lasts: dict[str, int] = {}
        self.asleep_before = 0
        self.squares_seen = self.arrived = 0
        self.level_key = (-1, -1)
        self.inventory: tuple[Item, ...] = ()
        self._inventory_text = b""
        self._attacks: dict[str, int] = {}
        self._deaths: list[Death] = []
        self.feverish = self.fumbles = self.chained = False
        self._screen = observation["glyphs"]
        self.character: str | None = None
        self.update()

    def update(self) -> None:
        """Take in the observation, which the last keystroke overwrote in place."""
        obs = self.observation
        self.stats = stats = Statistics._make(obs["blstats"].tolist())
        self.hero: Square = (stats.y, stats.x)
        in_yn, in_getline, waiting = obs["misc"].tolist()
        message = obs["message"].tobytes().split(b"\0", 1)[0].decode("latin-1")
        self.prompt = self._prompt(in_yn, in_getline, waiting, message)
        if stats.turn <= 1 and self.character is None:
            self.character = character_from_welcome(message) or self._character_from_title()
        key = (stats.dungeon, stats.level)
        if key != self.level_key:
            self._deaths = []
            self.level_key, self.arrived = key, stats.turn
            self.no_rest_before = 0  # who did harm unseen was left behind
            if key not in self.levels:
                self.levels[key] = Level(kin_of(self.race))
            self.level = self.levels[key]
        self._hear(message)
        if self.prompt is None and self.level.kind_at(self.hero) == Terrain.WATER:
            self._look_for_hero()
        self._look_around()
        self._note_underfoot(message)
        text = obs["inv_strs"].tobytes() + obs["inv_letters"].tobytes()
        if text != self._inventory_text:
            self._inventory_text, self.inventory = text, read_inventory(obs)

    def _look_for_hero(self) -> None:
        """Learn from the cursor where the hero crawled out of the water: the status line goes on
        telling of the water until a turn has passed (trap.c, drown).
        """
        row, x = self.observation["tty_cursor"].tolist()
        if on_the_map((row - 1, x)) and (row - 1, x) != self.hero:
            self.hero = row - 1, x
            self.stats = self.stats._replace(y=row - 1, x=x)

    def _note_underfoot(self, message: str) -> None:
        """Note what things cover where the hero stands, who may have fallen there: stairs, a door,
        a shop's floor.
        """
        welcomed(self.level, self.hero, message)
        told = message + self._list_of_things
        in_shop = self.hero in self.level.shop
        if "(for sale" in told or (in_shop and tells_of_several_things(told)):
            self.level.ignored.add(self.hero)
        feature = feature_underfoot(told)
        if feature is not None and self.level.kind_at(self.hero) != feature:
            self.level.set_terrain(self.hero, feature)

    @property
    def _list_of_things(self) -> str:
        """What covers the map, perhaps a list of what lies here, or "" (invent.c, look_here)."""
        if self.prompt is None or self.prompt.kind != "more":
            return ""
        return self.observation["tty_chars"].tobytes().decode("latin-1")

    def _look_around(self) -> None:
        """Take in the map."""
        level, changes = self.level, self.level.changes
        self.squares_seen += level.observe(self._screen, self.hero)
        level.grope(bool(self.stats.condition & nh.BL_MASK_BLIND) and not self._gloved)
        level.pass_pets(not (self.chained or self.stats.condition & _STRIKES_PETS))
        if self._deaths:
            self._look_for_corpses()
        if level.changes == changes:
            return
        if any(monster.pet for monster in level.monsters):
            level.pet_seen = self.stats.turn
        level.note_piles(self.observation["specials"])
        if not self.stats.condition & nh.BL_MASK_HALLU:  # anything may look like anything
            remember_shop(level)
            shun_victims(level, self.stats.dungeon, self.stats.depth)

    def _look_for_corpses(self) -> None:
        """Note fresh corpses where deaths were told: they may come into view a little later."""
        now, level = self.stats.turn, self.level
        left = [death for death in self._deaths if left_a_corpse(level, death)]
        level.fresh_corpses.update((death.square, death.turn) for death in left)
        self._deaths = [d for d in self._deaths if d not in left and now - d.turn <= 1]

    @property
    def _gloved(self) -> bool:
        return any(item.worn and _GLOVES.search(item.name) for item in self.inventory)

    def begin_decision(self) -> None:
        """Draws the conclusions that wait for a decision; what is asked after it changes nothing.

        Whoever lets an agent choose calls it once before: `envs.macro_env` and `envs.bot` do.
        """
        open_ways(self.level, self.stats.turn)
        forget_stale(self.level, self.stats.turn)

    @property
    def equipment(self) -> Equipment:
        """The hero and their pack.

        A memo: it follows from the inventory, the character and what was given up, and is kept
        until one of them changes, so that it can be a key. Copies and pickles are without it.
        """
        made_from = self.inventory, self.character, self.given_up
        kept = self._equipment
        if kept is None or kept[0] != made_from:
            given_up = frozenset(self.given_up)
            equipment = Equipment(self.role, self.race, self.inventory, given_up)
            kept = self._equipment = (self.inventory, self.character, given_up), equipment
        return kept[1]

    def __getstate__(self) -> dict[str, Any]:
        """All there is to know, without the memo."""
        return {name: value for name, value in self.__dict__.items() if name != "_equipment"}

    @property
    def role(self) -> str:
        """E.g. ``val``; "" if it is not known."""
        return (self.character or "")[:3]

    @property
    def race(self) -> str:
        """E.g. ``hum``; ``?`` or "" if it is not known."""
        return (self.character or "")[4:].partition("-")[0]

    @property
    def hostiles(self) -> list[Monster]:
        """Monsters in view that are neither pets nor known to be peaceful."""
        return self.level.peace.hostiles

    def adjacent(self, square: Square) -> bool:
        """Whether the square is one of the hero's eight neighbours."""
        return max(abs(square[0] - self.stats.y), abs(square[1] - self.stats.x)) == 1

    @property
    def pet_beside(self) -> bool:
        """Whether a pet stands beside the hero."""
        return any(m.pet and self.adjacent(m.square) for m in self.level.monsters)

    def pet_unseen(self, turns: int) -> bool:
        """Whether a pet was in view so many turns ago or less, and is not now: it may be near."""
        seen = self.level.pet_seen
        if seen is None or self.stats.turn - seen >= turns:
            return False
        return not any(monster.pet for monster in self.level.monsters)

    def begin_command(self) -> None:
        """Note that the next key begins a command: once it is sent, what the last one made the game
        say is forgotten.
        """
        self._begins, self.declined = True, ""

    def end_command(self) -> None:
        """Note that the command under way is over, or that it was not begun after all."""
        self._begins, self.pending = False, 0

    @property
    def transformed(self) -> bool:
        """Whether the hero has a monster's body, which seldom has hands (polyself.c)."""
        return self.stats.monster_level > 0

    @property
    def engulfed(self) -> bool:
        """Whether a monster has swallowed the hero."""
        y, x = self.hero
        beside = self._screen[y, x - 1 if x else x + 1]
        return bool(nh.GLYPH_SWALLOW_OFF <= beside < nh.GLYPH_WARNING_OFF)

    def _character_from_title(self) -> str | None:
        return character_from_title(self.observation["tty_chars"][-2].tobytes().decode("latin-1"))

    def heard(self, *texts: str) -> bool:
        """Whether one of these texts is in what the game said since the last command began."""
        return any(text in message for message in self.messages for text in texts)

    def attacks(self, monster: Monster) -> bool:
        """Whether the game told not long ago that one of its kind attacks; the unseen always do."""
        last = self._attacks.get(monster.name, -LATELY)
        return monster.species < 0 or self.stats.turn - last < LATELY

    def _hear(self, message: str) -> None:
        if self._begins:
            self.messages, self._begins = [], False
        if message and (not self.messages or self.messages[-1] != message):
            self.messages = [*self.messages[-MAX_MESSAGES:], message]
            self._hear_attacks(message)
            self._hear_deeds(message)
            if forbidden := atonement(message):
                self.no_prayer_before = max(self.no_prayer_before, self.stats.turn + forbidden)
            if tells_of_a_shot(message):
                self.shot_at = self.stats.turn

    def _hear_deeds(self, message: str) -> None:
        """Note what was done, whoever chose it: a macro-action, or a person by hand."""
        deaths = deaths_told(message, self.level, self.stats.turn)
        self._deaths += deaths
        for death in deaths:
            self.level.rooted.pop(death.square, None)
        if "You begin praying" in message:
            self.last_prayer = self.stats.turn
            self.fumbles = False  # if not, it shows again
        elif "You finish eating" in message and "corpse" in message:
            self.level.fresh_corpses.pop(self.hero, None)
        elif tells_of_water_underfoot(message):
            self.level.set_terrain(self.hero, Terrain.WATER)
        elif tells_of_a_spent_trap(message):
            self.level.set_terrain(self.hero, Terrain.FLOOR)
        elif tells_of_a_trap_underfoot(message):
            self.level.note_trap(self.hero, deadly=tells_of_a_deadly_trap(message))
        elif "A map coalesces in your mind" in message:
            self.level.map_all()
        elif "You feel feverish" in message:  # lycanthropy (were.c, you_were; mhitu.c, AD_WERE)
            self.feverish = True
        elif "You feel purified" in message:
            self.feverish = self.fumbles = False
        if tells_of_fumbling(message):
            self.fumbles = True
        if "You are being punished" in message:  # read.c, punish
            self.chained = True
        elif "chain disappears" in message:  # pray.c, fix_worst_trouble; read.c, seffects
            self.chained = False
        if any(text in message for text in _ANOTHER_CHANCE):
            self.given_up.clear()
        if tells_of_angry_keepers(message):
            self.level.peace.anger_keepers()
        note_reading(self.level, self.hero, message, self.stats.turn)

    def _hear_attacks(self, message: str) -> None:
        for name in attackers(message):
            self._attacks[name] = self.stats.turn
            for species in self.level.peace.kin:
                if SPECIES_NAMES[species] == name:
                    self.level.peace.distrust(species)
            for monster in self.level.monsters:
                marked = monster.peaceful and monster.species not in KEEPERS
                if marked and monster.name == name and self.adjacent(monster.square):
                    self.level.peace.mark_hostile(monster.square)
        if any(self.adjacent(keeper.square) for keeper in self._keepers_who_strike(message)):
            self.level.peace.anger_keepers()

    def _keepers_who_strike(self, message: str) -> list[Monster]:
        keepers = [monster for monster in self.level.monsters if monster.species in KEEPERS]
        names = strikers(message) if keepers else ()
        return [keeper for keeper in keepers if keeper.name in names]

    def _prompt(self, in_yn: int, in_getline: int, waiting: int, message: str) -> Prompt | None:
        if waiting and b"--More--" in self.observation["tty_chars"].tobytes():
            return Prompt("more", message)  # perhaps in front of a question
        if in_getline:
            return Prompt("getline", message)
        if in_yn:
            return Prompt("yn", message)
        if waiting:
            return Prompt("menu", message)
        return Prompt("square", message) if ASKS_FOR_A_SQUARE in message else None
