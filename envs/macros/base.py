"""What a macro-action is, and how one is played."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Protocol

from envs.data.glyphs import Terrain
from envs.knowledge.knowledge import Knowledge
from envs.knowledge.menus import MenuLine, read_menu
from envs.knowledge.paths import Square

Keys = Generator[int, None, None]  # of key codes; `return` ends it

ESCAPE, ENTER, NEXT_PAGE = 27, 13, ord(">")
KICK, PRAY = 4, 240  # ^D, M-p
DIRECTIONS = {
    (0, -1): ord("h"), (1, 0): ord("j"), (-1, 0): ord("k"), (0, 1): ord("l"),
    (-1, -1): ord("y"), (-1, 1): ord("u"), (1, -1): ord("b"), (1, 1): ord("n"),
}  # fmt: skip
MAX_ANSWERS = 60  # prompts and pages that one command may bring up before it is given up
MAX_FAILED_STEPS = 3
_TRAPS = (Terrain.TRAP, Terrain.DEADLY_TRAP)


class Macro(Protocol):
    """A macro-action: an option in the sense of Sutton, Precup & Singh (1999).

    Attributes:
        name: as in YAML and on the command line.
        budget: keystrokes after which the driver ends it.
    """

    name: str
    budget: int

    def available(self, known: Knowledge) -> bool:
        """Return the initiation set: whether the option can be chosen here; `known` is only
        read.
        """

    def play(self, known: Knowledge) -> Keys:
        """Return the internal policy: yields key codes; `known` is up to date after each of them.

        It ends (returns) when its work is done or can't go on; the driver may end it earlier, and
        drops the key that comes next. So what a key brings about is noted after it, not before.
        """


Answers = Sequence[tuple[str, int]]  # (part of a prompt's text, key that answers it)


def command(
    known: Knowledge,
    keys: Sequence[int],
    answers: Answers = (),
    choose: Callable[[list[MenuLine]], str] = lambda lines: "",
) -> Keys:
    """Send one command whole, then answer its prompts; decline what is not expected.

    Args:
        keys: key codes sent together, e.g. ``b"Fh"``, since some prompts show no flag.
        answers: the first that fits a question is taken.
        choose: picks letters from the lines of a menu; none leaves the menu.
    """
    if known.prompt is not None:
        yield from _answer_prompts(known, (), lambda lines: "")
    known.begin_command()
    for sent, key in enumerate(keys, start=1):
        known.pending = len(keys) - sent
        yield key
    if known.prompt is not None:
        yield from _answer_prompts(known, answers, choose)


def _answer_prompts(
    known: Knowledge, answers: Answers, choose: Callable[[list[MenuLine]], str]
) -> Keys:
    chosen = heading = ""
    for _ in range(MAX_ANSWERS):
        if known.prompt is None:
            return
        if known.prompt.kind != "menu":
            yield _reply(known, answers)
            continue
        page = read_menu(known.observation["tty_chars"], heading)
        letters, heading = choose(page.lines), page.heading
        chosen += letters
        for letter in letters:
            yield ord(letter)
        if known.prompt is None or known.prompt.kind != "menu":  # one choice may have ended it
            continue
        yield NEXT_PAGE if page.more else ENTER if chosen else ESCAPE


def _reply(known: Knowledge, answers: Answers) -> int:
    prompt = known.prompt
    assert prompt is not None
    if prompt.kind == "more":
        return ENTER
    for text, key in answers:
        if text in prompt.text:
            return key
    known.declined = prompt.text
    return ESCAPE


def direction(start: Square, end: Square) -> int:
    """Return the key that points from one square to a neighbour of it."""
    return DIRECTIONS[end[0] - start[0], end[1] - start[1]]


def on_trap(known: Knowledge) -> bool:
    """Whether the hero stands on a trap: who changes places with his pet there may kill it, and
    angers the god for good (hack.c, domove).
    """
    return known.level.kind_at(known.hero) in _TRAPS


def step(known: Knowledge, square: Square) -> Keys:
    """One step to a neighbouring square. Attacking a peaceful monster is declined and remembered;
    a step that fails is noted in the map memory, unless a trap may hold the hero, which the game
    says but once. A pet is not put on a trap: it has a turn to go.
    """
    before, turn, level = known.hero, known.stats.turn, known.level
    if on_trap(known) and any(pet.square == square for pet in level.monsters if pet.pet):
        yield from command(known, b"s")
        return
    yield from command(known, (direction(before, square),))
    if "Really attack" in known.declined:
        level.peace.mark_peaceful(square)
    elif known.hero == before and known.level is level:
        in_doubt = known.tripped != turn  # perhaps the first of two moves, of one who is fast
        took_time = known.stats.turn > turn or in_doubt
        known.tripped = turn
        if not (took_time and on_trap(known)):
            level.bump(square, took_time, " ".join(known.messages))


def walk(known: Knowledge, target: Square, until: Callable[[], bool] = lambda: False) -> Keys:
    """Walk to a square by the shortest way, finding a new one when the known map changes.

    Ends there, or where `until` becomes true, another level begins, or there is no way on.
    """
    failed, level, changes = 0, known.level, known.level.changes
    way: list[Square] = []
    while known.hero != target and known.level is level and failed < MAX_FAILED_STEPS:
        if not way or level.changes != changes:
            if not level.reachable(target):
                return
            way, changes = level.path(target), level.changes
        before, goal = known.hero, way.pop(0)
        yield from step(known, goal)
        failed = failed + 1 if known.hero == before else 0
        if known.hero != goal:
            way = []
        if until():
            return
