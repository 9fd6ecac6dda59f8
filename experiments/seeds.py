"""Which game is which: no game is ever in two runs' training, or in training and evaluation.

A seed of a game has 64 bits. The upper half is the run's seed; the lower half counts the games of
its training from 0. Evaluation has the rest of run 0's half, in blocks of a million games: block 1
begins at 1,000,000, block 2 at 2,000,000. A number that was tuned on one block is confirmed on
another.
"""

from __future__ import annotations

from experiments.errors import UserError

RUN = 2**32  # seeds that belong to one run
GAMES = 1_000_000  # that a block of evaluation has
MOST_GAMES = 100_000  # that a run trains on, or an evaluation plays: all rows are read at once
LAST_BLOCK = RUN // GAMES - 1
LAST_RUN_SEED = 2**31 - 1  # so that seeds of games fit into 64 bits, with a sign
BLOCK = 1  # the block of evaluation, if nobody says otherwise


def training_seed(run_seed: int, game: int) -> int:
    """Return the seed of a game of training: of the run with seed 0, just its number.

    Raises:
        UserError: for a run's seed or a number of a game outside the range.
    """
    if not 0 <= run_seed <= LAST_RUN_SEED:
        raise UserError(f"seed {run_seed}: must be from 0 to {LAST_RUN_SEED:,}")
    return run_seed * RUN + check_game(game, "training")


def evaluation_seed(game: int, block: int = BLOCK) -> int:
    """Return the seed of a game of evaluation.

    Raises:
        UserError: for a block or a number of a game outside the range.
    """
    if not 1 <= block <= LAST_BLOCK:
        raise UserError(f"block {block}: must be from 1 to {LAST_BLOCK:,}")
    return block * GAMES + check_game(game, f"block {block}")


def evaluation_label(agent: str, block: int = BLOCK) -> str:
    """Return what an evaluation is kept under: ``learned``, or ``learned-block2``."""
    return agent if block == BLOCK else f"{agent}-block{block}"


def check_game(game: int, what: str) -> int:
    """Return the number of a game; UserError if it would be the seed of another block or run."""
    if not 0 <= game < GAMES:
        raise UserError(f"game {game} of {what}: must be from 0 to {GAMES - 1:,}")
    return game


def check_amount(games: int, what: str) -> None:
    """Raise UserError for more games than there may be rows in a file."""
    if games > MOST_GAMES:
        raise UserError(
            f"{what}: {games:,} games are too many: their rows are all read at once, and may be"
            f" {MOST_GAMES:,}"
        )
