"""The stub's rules: time, vision, combat, hunger, prayer. Knows nothing of keys and prompts."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_letters

import numpy as np
from nle import nethack as nh

from envs.stub import things
from envs.stub.dungeon import BLANK, NEIGHBOURS, WIDTH, Level
from envs.stub.monsters import move_monsters
from envs.stub.scene import Scene
from envs.stub.screen import Screen
from envs.stub.things import ARMOUR_CLASS, FAINTING, HUNGRY, WEAK, Item, Monster

HUNGER_NAMES = ("Satiated", "", "Hungry", "Weak", "Fainting")
LIT_FLOOR = nh.GLYPH_CMAP_OFF + things.ROOM
DARK_FLOOR = nh.GLYPH_CMAP_OFF + things.DARK_ROOM


class World(Scene):
    """One game: the hero, the levels and what happens in a turn."""

    def __init__(
        self,
        levels: list[Level],
        screen: Screen,
        rng: np.random.Generator,
        hp: int,
        nutrition: int,
        prayer_timeout: int,
    ) -> None:
        super().__init__(levels, screen, rng, hp)
        self.nutrition, self.prayer_timeout = nutrition, prayer_timeout
        self.turn, self.depth, self.max_depth = 1, 1, 1
        self.experience_level, self.experience, self.gold = 1, 0, 0
        self.items: dict[str, Item] = things.starting_inventory()
        self.anger = self._helpless = 0
        self.hunger = self.hunger_now()
        self.arrive(1, levels[0].start)
        self.note_inventory()

    @property
    def score(self) -> int:
        """botl.c, botl_score: gold, four times the experience, and 50 for each new level."""
        return self.gold + 4 * self.experience + 50 * (self.max_depth - 1)

    def arrive(self, depth: int, square: int | None) -> None:
        """Put the hero on a level; a pet beside the hero comes along."""
        pets = self._leave() if self.turn > 1 or depth > 1 else []
        self.depth, self.max_depth = depth, max(depth, self.max_depth)
        self.level = self.levels[depth - 1]
        if square is None:
            square = self.level.find(things.ROOM) or 0
        self.hero, self.view = square, self.level.view(square)
        displaced = self.level.monsters.pop(square, None)
        for monster in [*pets, *([displaced] if displaced else [])]:
            free = self.free_steps(square)
            if free:
                self.level.monsters[square + free[0]] = monster
        self.screen.draw_map(self.level.seen)
        self._dirty = {self.hero, *self.view, *self.level.items}
        self._notice()
        self.interrupted = False
        self.redraw()

    def redraw(self) -> None:
        """Draws the squares that changed, and remembers what is in view."""
        view, shown = self.view, self.screen.glyphs
        seen, terrain = self.level.seen, self.level.terrain
        items_on, monsters = self.level.items, self.level.monsters
        for square in self._dirty:
            items = items_on.get(square)
            if square in view:
                glyph = items[-1].glyph if items else BLANK + terrain[square]
            elif (glyph := seen[square]) == LIT_FLOOR:
                glyph = DARK_FLOOR
            seen[square] = glyph
            pile = items is not None and len(items) > 1 and glyph < nh.GLYPH_CMAP_OFF
            if square == self.hero:
                glyph, pile = things.HERO_GLYPH, False
            elif square in monsters and square in view:
                glyph, pile = monsters[square].glyph, False
            if items or glyph != shown[square]:  # among items, a pile can come or go unseen
                self.screen.draw(square, glyph, pile)
        self._dirty.clear()

    def note_inventory(self) -> None:
        """Show the inventory as it is now."""
        self.screen.inventory(self.items, things.gold(self.gold) if self.gold else None)

    def walk(self, step: int) -> None:
        """Move the hero one step, which must be possible; swaps with a pet there."""
        monsters, old = self.level.monsters, self.hero
        self.hero += step
        pet = monsters.pop(self.hero, None)
        if pet:
            monsters[old] = pet
            self.say(f"You swap places with {pet.name}.")
        view = self.level.view(self.hero)
        if view is not self.view:
            self._dirty |= view ^ self.view
            self.view = view
        self._dirty.update((old, self.hero))

    def strike(self, square: int, kick: bool = False) -> None:
        """Attack the monster there, by sword or foot (uhitm.c, find_roll_to_hit)."""
        monster = self.level.monsters[square]
        if not monster.hostile:
            monster.peaceful = monster.pet = False
            self.say(f"{monster.name.capitalize()} gets angry!")
        name = f"the {monster.species.name}"
        to_hit = 1 + monster.species.armour_class + self.experience_level + (1 if kick else 3)
        if to_hit <= self.rng.integers(1, 21):
            self.say(f"You miss {name}.")
        else:
            monster.hp -= int(self.rng.integers(1, 5) if kick else self.rng.integers(4, 12))
            if monster.hp <= 0:
                self.say(f"You kill {name}!")
                del self.level.monsters[square]
                self.learn(monster.species.experience)
            else:
                self.say(f"You {'kick' if kick else 'hit'} {name}.")
        if monster.species.name == "floating eye" and monster.hp > 0 and not kick:
            self.say("You are frozen by the floating eye's gaze!")
            self._helpless = int(self.rng.integers(5, 20))
        self._dirty.add(square)

    def search_once(self) -> bool:
        """Search for a turn; return whether there is reason to go on.

        Each hidden square beside the hero is found with probability 1/7 (detect.c, dosearch0).
        """
        found = False
        for step in NEIGHBOURS if self.level.hidden else ():
            square = self.hero + step
            if square in self.level.hidden and self.rng.integers(7) == 0:
                terrain = self.level.hidden.pop(square)
                self.level.terrain[square] = terrain
                kind = "passage" if terrain == things.CORRIDOR else "door"
                self.say(f"You find a hidden {kind}.")
                self._dirty.add(square)
                found = True
        self.pass_turn()
        return not found

    def pass_turn(self) -> None:
        """Lets the others move, then time take its toll."""
        while True:
            move_monsters(self)
            self.turn += 1
            self._pass_time()
            self._notice()
            if self.cause or not self._helpless:
                return
            self._helpless -= 1

    def beset(self) -> bool:
        """Whether a hostile that can attack stands beside the hero (hack.c, monster_nearby)."""
        monsters, hero = self.level.monsters, self.hero
        return any(m.hostile and square - hero in NEIGHBOURS for square, m in monsters.items())

    def eat(self, nutrition: int) -> None:
        """Take in nutrition; no more than a stomach holds (eat.c, lesshungry)."""
        self.nutrition = min(1999, self.nutrition + nutrition)
        self.hunger = self.hunger_now()

    def gain(self, item: Item) -> str:
        """Put an item into the inventory; return NetHack's line about it."""
        if item.oclass == things.COINS:
            self.gold += item.count
            total = f" ({self.gold} in total)" if self.gold > item.count else ""
            return f"$ - {item.text()}{total}."
        same = (letter for letter, own in self.items.items() if own.stacks_with(item))
        letter = next(same, None)
        if letter:
            self.items[letter].count += item.count
        else:
            letter = self._letter()
            self.items[letter] = item
        return f"{letter} - {self.items[letter].text()}."

    def split(self, item: Item) -> Item:
        """Take one piece off a stack, to eat it: the piece then lies where the stack does."""
        if item.count == 1:
            return item
        item.count -= 1
        piece = replace(item, count=1)
        if item in self.items.values():
            self.items[self._letter()] = piece
        else:
            self.level.items[self.hero].append(piece)
        return piece

    def consume(self, item: Item) -> None:
        """Remove an item, wherever it is, once it is eaten."""
        self.items = {letter: own for letter, own in self.items.items() if own is not item}
        here = self.level.items.get(self.hero, [])
        rest = [other for other in here if other is not item]
        if here and not rest:
            del self.level.items[self.hero]
        elif here:
            self.level.items[self.hero] = rest

    def status(self) -> tuple[list[int], str, str]:
        """NLE's 27 statistics, and NetHack's two status lines."""
        y, x = divmod(self.hero, WIDTH)
        blstats = [
            x, y, 18, 18, 9, 18, 11, 9, 7, self.score, self.hp, self.max_hp, self.depth, self.gold,
            1, 1, ARMOUR_CLASS, 0, self.experience_level, self.experience, self.turn, self.hunger,
            0, 0, self.depth, 0, 1,
        ]  # fmt: skip
        first = (
            f"Agent the Stripling            St:18 Dx:9 Co:18 In:11 Wi:9 Ch:7 Lawful S:{self.score}"
        )
        second = (
            f"Dlvl:{self.depth} $:{self.gold} HP:{self.hp}({self.max_hp}) Pw:1(1)"
            f" AC:{ARMOUR_CLASS} Xp:{self.experience_level}/{self.experience} T:{self.turn}"
            f" {HUNGER_NAMES[self.hunger]}"
        )
        return blstats, first, second

    def _letter(self) -> str:
        return next(letter for letter in ascii_letters if letter not in self.items)

    def _leave(self) -> list[Monster]:
        """Leaves the level, which goes out of view; returns the pets that follow."""
        monsters, self.view = self.level.monsters, frozenset()
        seen = np.frombuffer(self.level.seen, np.int16)
        seen[seen == LIT_FLOOR] = DARK_FLOOR
        beside = [self.hero + d for d in NEIGHBOURS if self.hero + d in monsters]
        return [monsters.pop(square) for square in beside if monsters[square].pet]

    def _notice(self) -> None:
        """Interrupts when a hostile comes into view."""
        for square, monster in self.level.monsters.items():
            seen = square in self.view
            if seen and not monster.seen and monster.hostile:
                self.interrupted = True
            monster.seen = seen

    def _pass_time(self) -> None:
        self.prayer_timeout = max(0, self.prayer_timeout - 1)
        # allmain.c: below experience level 10, one hit point every 42 / (level + 2) + 1 turns.
        if 0 < self.hp < self.max_hp and self.turn % (42 // (self.experience_level + 2) + 1) == 0:
            self.hp += 1
        self.nutrition -= 1
        hunger = self.hunger_now()
        if hunger > max(self.hunger, 1):
            word = HUNGER_NAMES[hunger].lower()
            self.say(f"You are beginning to feel {word}." if hunger < 4 else "You faint.")
            self.interrupted = True
        self.hunger = hunger
        if self.nutrition < -200:
            self.die("died of starvation", "You die from starvation.")

    def hunger_now(self) -> int:
        """Return the hunger that the bottom lines show: 0 satiated, 1 not hungry, to 4 fainting."""
        if self.nutrition > 1000:
            return 0
        nutrition = self.nutrition
        return 1 + (nutrition < HUNGRY) + (nutrition < WEAK) + (nutrition < FAINTING)

    def learn(self, points: int) -> None:
        """Give experience (exper.c, newuexp): level 2 at 20 points, then double for each level."""
        self.experience += points
        while self.experience >= 10 * 2**self.experience_level:
            self.experience_level += 1
            gain = int(self.rng.integers(1, 9))
            self.hp, self.max_hp = self.hp + gain, self.max_hp + gain
            self.say(f"Welcome to experience level {self.experience_level}.")
