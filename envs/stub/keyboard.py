"""The stub's commands: what each key does when nothing is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from string import ascii_lowercase

from envs.stub import things
from envs.stub.dialogue import DISMISSING, ESCAPE, Dialogue, Prompt
from envs.stub.dungeon import WIDTH
from envs.stub.meal import eat_piece
from envs.stub.prayer import pray
from envs.stub.screen import Screen
from envs.stub.things import Item
from envs.stub.world import World

KICK, PRAY = 4, 240
STEPS = {"h": -1, "j": WIDTH, "k": -WIDTH, "l": 1, "y": -80, "u": -78, "b": 78, "n": 80}
STEPS["\n"] = WIDTH  # ^J moves like j
MAX_COUNT = 32767


class Keyboard(Dialogue):
    """Turns keys into what the hero does."""

    def __init__(self, world: World, screen: Screen) -> None:
        super().__init__(world, screen)
        self._count, self._fight = "", False
        self._commands: dict[str, Callable[[], None]] = {
            ",": self._pick_up, ":": self._look, "e": self._eat, "<": self._climb,
            ">": self._descend, chr(PRAY): self._pray,
            "o": partial(self._ask_direction, self._open),
            chr(KICK): partial(self._ask_direction, self._kick),
        }  # fmt: skip

    def command(self, key: int) -> None:
        """Take a key when nothing is asked: a count, a prefix or a command."""
        char = chr(key)
        if char.isdigit() and key < 128 and (self._count or char != "0") and not self._fight:
            self._count = str(min(int(self._count + char), MAX_COUNT))
            if len(self._count) > 1:
                self.screen.top_line(f"Count: {self._count}", message="")
            return
        count, self._count = int(self._count or 1), ""
        if char == "F" and not self._fight:
            self._fight = True
            return
        fight, self._fight = self._fight, False
        self.screen.top_line("")
        if fight:
            self._fight_towards(char)
        elif char in STEPS:
            self._repeat(count, partial(self._step, STEPS[char]))
        elif char in "s.":
            self._repeat(count, self.world.search_once, "You stop searching.")
        elif char in self._commands:
            self._commands[char]()
        elif key != ESCAPE:
            self.world.say(f"Unknown command '{_key_name(key)}'.")

    def _repeat(self, count: int, act: Callable[[], bool], stopped: str = "") -> None:
        """Acts up to `count` turns; stops when `act` says so, or when something interrupts."""
        world = self.world
        world.interrupted = False
        for left in range(count - 1, -1, -1):
            hurt = world.hp < world.max_hp
            if not act() or not left or world.cause:
                return
            if world.interrupted or world.beset():
                if stopped:
                    world.say(stopped)
                return
            if hurt and world.hp == world.max_hp:
                world.say("You are in full health.")
                return

    def _step(self, step: int) -> bool:
        """Step, attacks or opens a door; return whether the hero may go on in that direction."""
        world, level = self.world, self.world.level
        goal = world.hero + step
        terrain = level.terrain[goal]
        monster = level.monsters.get(goal)
        if monster and monster.peaceful:
            self._confirm_attack(goal)
        elif monster and not monster.pet:
            world.strike(goal)
            world.pass_turn()
        elif terrain in things.CLOSED_DOORS:
            if abs(step) in (1, WIDTH):
                self._open(step)
        elif terrain in things.WALLS:
            world.say("It's a wall.")
        elif terrain == things.STONE:
            world.say("It's solid stone.")
        elif not level.passes(world.hero, step):
            way = "out of" if level.terrain[world.hero] in things.OPEN_DOORS else "into"
            world.say(f"You can't move diagonally {way} an intact doorway.")
        elif monster and world.rng.integers(7) == 0:
            world.say(f"You stop.  {monster.name.capitalize()} is in the way.")
            world.pass_turn()
        else:
            world.walk(step)
            self._see_here()
            world.pass_turn()
            return goal not in level.items
        return False

    def _fight_towards(self, char: str) -> None:
        if char not in STEPS:
            if ord(char) != ESCAPE:
                self.world.say("Invalid direction for 'F' prefix.")
            return
        goal = self.world.hero + STEPS[char]
        # F asks nothing even of a peaceful monster (uhitm.c, attack_checks).
        if goal in self.world.level.monsters:
            self.world.strike(goal)
        else:
            self.world.say("You attack thin air.")
        self.world.pass_turn()

    def _confirm_attack(self, square: int, kick: bool = False) -> None:
        def answer(char: str) -> None:
            if char == "y":
                self.world.strike(square, kick)
                self.world.pass_turn()

        name = self.world.level.monsters[square].species.name
        self._prompt = Prompt(f"Really attack the {name}? [yn] (n) ", answer, "yn")

    def _ask_direction(self, act: Callable[[int], None]) -> None:
        def answer(char: str) -> None:
            if char in STEPS:
                act(STEPS[char])
            elif char not in ".s\x1b":
                self.world.say("What a strange direction!  Never mind.")

        self._prompt = Prompt("In what direction? ", answer)

    def _open(self, step: int) -> None:
        """lock.c, doopen_indir."""
        world = self.world
        door = world.hero + step
        terrain = world.level.terrain[door]
        if terrain in things.OPEN_DOORS and door not in world.level.monsters:
            world.say("This door is already open.")
        elif terrain not in things.CLOSED_DOORS:
            world.say("You see no door there.")
        elif door in world.level.locked:
            world.say("This door is locked.")
        else:
            if world.rng.integers(20) < 15:  # (strength + dexterity + constitution) / 3
                world.level.terrain[door] = things.OPENED[terrain]
                world.say("The door opens.")
            else:
                world.say("The door resists!")
            world.touch(door)
            world.pass_turn()

    def _kick(self, step: int) -> None:
        """dokick.c: a closed door gives way to one kick in three."""
        world = self.world
        goal = world.hero + step
        terrain = world.level.terrain[goal]
        monster = world.level.monsters.get(goal)
        if monster and not monster.hostile:
            self._confirm_attack(goal, kick=True)
            return
        if monster:
            world.strike(goal, kick=True)
        elif terrain in things.CLOSED_DOORS:
            if world.rng.integers(3) == 0:
                world.say("As you kick the door, it crashes open!")
                world.level.terrain[goal] = things.DOORWAY
                world.level.locked.discard(goal)
                world.touch(goal)
            else:
                world.say("WHAMM!!")
        elif terrain in things.PASSABLE:
            world.say("You kick at empty space.")
        else:
            world.say("Ouch!  That hurts!")
            world.hurt(int(world.rng.integers(1, 4)), "kicking a wall")
        if not world.cause:
            world.pass_turn()

    def _climb(self) -> None:
        world = self.world
        if world.level.terrain[world.hero] != things.STAIRS_UP:
            world.say("You can't go up here.")
        elif world.depth > 1:
            self._take_stairs("climb up", world.depth - 1, things.STAIRS_DOWN)
        else:
            question = "Beware, there will be no return!  Still climb? [yn] (n) "
            self._prompt = Prompt(question, self._escape, "yn")

    def _escape(self, char: str) -> None:
        if char == "y":
            self.world.die("escaped", "You escaped from the dungeon.")

    def _descend(self) -> None:
        world = self.world
        if world.level.terrain[world.hero] != things.STAIRS_DOWN or (
            world.depth == len(world.levels)
        ):
            world.say("You can't go down here.")
        else:
            self._take_stairs("descend", world.depth + 1, things.STAIRS_UP)

    def _take_stairs(self, verb: str, depth: int, arrival: int) -> None:
        def arrive() -> None:
            self.world.arrive(depth, self.world.levels[depth - 1].find(arrival))
            self._see_here()
            self.world.pass_turn()

        self.world.say(f"You {verb} the stairs.")
        self._then = arrive

    def _pray(self) -> None:
        def answer(char: str) -> None:
            if char == "y":
                pray(self.world)

        self._prompt = Prompt("Are you sure you want to pray? [yn] (n) ", answer, "yn")

    def _look(self) -> None:
        self._see_here()
        if self.world.hero not in self.world.level.items and not self.world.messages:
            name = things.STAIR_NAMES.get(self.world.level.terrain[self.world.hero])
            if name:
                self.world.say(f"There is a {name} here.")
            self.world.say("You see no objects here.")

    def _see_here(self) -> None:
        """Tell what lies underfoot: nothing, a line, or a window (invent.c, look_here)."""
        here = self.world.level.items.get(self.world.hero, [])
        stairs = things.STAIR_NAMES.get(self.world.level.terrain[self.world.hero])
        if here and stairs:
            self.world.say(f"There is a {stairs} here.")
        if len(here) == 1:
            self.world.say(f"You see here {here[0].text()}.")
        elif here:
            self._window = ["Things that are here:", *(i.text() for i in here[::-1]), "--More--"]

    def _pick_up(self) -> None:
        world = self.world
        here = world.level.items.get(world.hero, [])
        if len(here) == 1:
            self._take(here)
        elif here:
            coins = [item for item in here if item.oclass == things.COINS]
            others = [item for item in here[::-1] if item.oclass != things.COINS]
            menu = {"$": coins[0]} if coins else {}
            menu.update(zip(ascii_lowercase, others, strict=False))
            self._offer_menu(menu)
        elif world.level.terrain[world.hero] in things.STAIR_NAMES:
            world.say("The stairs are solidly fixed to the floor.")
        else:
            world.say("There is nothing here to pick up.")

    def _take(self, chosen: list[Item]) -> None:
        world = self.world
        here = world.level.items[world.hero]
        world.level.items[world.hero] = [item for item in here if item not in chosen]
        if not world.level.items[world.hero]:
            del world.level.items[world.hero]
        for item in chosen:
            world.say(world.gain(item))
        world.note_inventory()
        world.pass_turn()

    def _eat(self) -> None:
        here = self.world.level.items.get(self.world.hero, [])
        self._offer([item for item in here[::-1] if item.nutrition])

    def _offer(self, floor: list[Item]) -> None:
        """Asks about each food on the floor in turn, then for one in the inventory."""
        if not floor:
            self._ask_food()
            return

        def answer(char: str) -> None:
            if char == "y":
                eat_piece(self.world, floor[0])
            elif char == "n":
                self._offer(floor[1:])

        item = floor[0]
        thing = (
            f"is {item.text()} here; eat it"
            if item.count == 1
            else (f"are {item.text()} here; eat one")
        )
        self._prompt = Prompt(f"There {thing}? [ynq] (n) ", answer, "yqn")

    def _ask_food(self) -> None:
        items = self.world.items
        letters = "".join(letter for letter in sorted(items) if items[letter].nutrition)
        if not letters:
            self.world.say("You don't have anything to eat.")
            return
        question = f"What do you want to eat? [{_runs(letters)} or ?*] "
        self._prompt = Prompt(question, partial(self._eat_letter, letters))

    def _eat_letter(self, letters: str, char: str) -> None:
        world = self.world
        if char in letters:
            eat_piece(world, world.items[char])
        elif char in world.items:
            world.say("You cannot eat that!")
        elif ord(char) in DISMISSING:
            world.say("Never mind.")
        else:
            if char in "?*":
                for letter in letters:
                    world.say(f"{letter} - {world.items[letter].text()}.")
            else:
                world.say("You don't have that object.")
            self._ask_food()


def _runs(letters: str) -> str:
    """Three or more letters in a row become a range, as in ``a-d`` (invent.c, compactify)."""
    runs: list[str] = []
    for letter in letters:
        if runs and ord(runs[-1][-1]) + 1 == ord(letter):
            runs[-1] += letter
        else:
            runs.append(letter)
    return "".join(run if len(run) < 3 else f"{run[0]}-{run[-1]}" for run in runs)


def _key_name(key: int) -> str:
    if key >= 128:
        return f"M-{_key_name(key - 128)}"
    return f"^{chr(key + 64)}" if key < 32 else chr(key)
