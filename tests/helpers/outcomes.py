"""Outcomes of games that were not played."""

from dataclasses import asdict

from envs.outcome import Outcome


def ended(**known) -> Outcome:
    """An outcome of which a test says only what matters to it."""
    usual = {
        "points": 0, "progression": 0.0, "depth": 1, "max_depth": 1, "experience_level": 1,
        "turns": 1, "cause": None, "success": False, "keystrokes": 0,
        "character": "mon-hum-neu-mal",
    }  # fmt: skip
    return Outcome(**usual | known)


def game_row(**known) -> dict:
    """The row of such a game."""
    return asdict(ended()) | {"seed": 0, "reward": 0.0, "decisions": 1} | known
