"""What a macro-action is, and how one is played."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Protocol

from envs.game import Game
from envs.level import Square
from envs.menus import MenuLine, read_menu

Keys = Generator[int, None, None]  # of key codes; `return` ends it

ESCAPE, ENTER = 27, 13
KICK, PRAY = 4, 240  # ^D, M-p
DIRECTIONS = {
    (0, -1): ord("h"), (1, 0): ord("j"), (-1, 0): ord("k"), (0, 1): ord("l"),
    (-1, -1): ord("y"), (-1, 1): ord("u"), (1, -1): ord("b"), (1, 1): ord("n"),
}  # fmt: skip
MAX_ANSWERS = 60  # prompts and pages that one command may bring up before it is given up
MAX_FAILED_STEPS = 3


class Macro(Protocol):
    """A macro-action: an option in the sense of Sutton, Precup & Singh (1999).

    Attributes:
        name: as in YAML and on the command line.
        budget: keystrokes after which the driver ends it.
    """

    name: str
    budget: int

    def available(self, game: Game) -> bool:
        """The initiation set: whether the option can be chosen here."""

    def play(self, game: Game) -> Keys:
        """The internal policy: yields key codes; `game` is up to date after each of them.

        It ends (returns) when its work is done or can't go on; the driver may end it earlier.
        """


Answers = Sequence[tuple[str, int]]  # (part of a prompt's text, key that answers it)


def command(
    game: Game,
    keys: Sequence[int],
    answers: Answers = (),
    choose: Callable[[list[MenuLine]], str] = lambda lines: "",
) -> Keys:
    """Sends one command whole, then answers its prompts; what is not expected is declined.

    Args:
        keys: key codes sent together, e.g. ``b"Fh"``, since some prompts show no flag.
        answers: the first that fits a question is taken.
        choose: picks letters from the lines of a menu; none leaves the menu.
    """
    yield from _answer_prompts(game, (), lambda lines: "")
    game.begin_command()
    for sent, key in enumerate(keys, start=1):
        game.pending = len(keys) - sent
        yield key
    yield from _answer_prompts(game, answers, choose)


def _answer_prompts(game: Game, answers: Answers, choose: Callable[[list[MenuLine]], str]) -> Keys:
    for _ in range(MAX_ANSWERS):
        if game.prompt is None:
            return
        if game.prompt.kind != "menu":
            yield _reply(game, answers)
            continue
        letters = choose(read_menu(game.observation["tty_chars"]))
        for letter in letters:
            yield ord(letter)
        if game.prompt is not None and game.prompt.kind == "menu":  # one choice may have ended it
            yield ENTER if letters else ESCAPE


def _reply(game: Game, answers: Answers) -> int:
    prompt = game.prompt
    assert prompt is not None
    if prompt.kind == "more":
        return ENTER
    for text, key in answers:
        if text in prompt.text:
            return key
    game.declined = prompt.text
    return ESCAPE


def direction(start: Square, end: Square) -> int:
    """The key that points from one square to a neighbour of it."""
    return DIRECTIONS[end[0] - start[0], end[1] - start[1]]


def step(game: Game, square: Square) -> Keys:
    """One step to a neighbouring square. Attacking a peaceful monster is declined and remembered;
    a step that fails is noted in the map memory."""
    before, turn, level = game.hero, game.stats.turn, game.level
    yield from command(game, (direction(before, square),))
    if "Really attack" in game.declined:
        level.mark_peaceful(square)
    elif game.hero == before and game.level is level:
        level.bump(square, game.stats.turn > turn, " ".join(game.messages))


def walk(game: Game, target: Square, until: Callable[[], bool] = lambda: False) -> Keys:
    """Walks to a square by the shortest way, finding a new one when the known map changes.

    Ends there, or where `until` becomes true, another level begins, or there is no way on.
    """
    failed, level, changes = 0, game.level, game.level.changes
    way: list[Square] = []
    while game.hero != target and game.level is level and failed < MAX_FAILED_STEPS:
        if not way or level.changes != changes:
            if not level.reachable(target):
                return
            way, changes = level.path(target), level.changes
        before, goal = game.hero, way.pop(0)
        yield from step(game, goal)
        failed = failed + 1 if game.hero == before else 0
        if game.hero != goal:
            way = []
        if until():
            return
