"""Plays a replay back, and checks that it is the same game."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from envs.games import GAMES, SETTINGS
from envs.outcome import Outcome
from envs.protocol import KeystrokeEnv
from envs.settings import make_settings
from experiments.playback.playback import Playback
from experiments.playback.screens import KEYS
from experiments.replays.digest import digest
from experiments.replays.format import Replay, ReplayError, installed


class ReplayPlayback(Playback):
    """Presses the keys of a replay once more.

    Where the screen is not the recorded one, the playback ends at the last check that held, and
    `notice` says so.

    Args:
        replay: sound as far as it goes.
        title: what is watched.

    Raises:
        ReplayError: when the game that it names can't be made.
    """

    def __init__(self, replay: Replay, title: str = "") -> None:
        super().__init__(title, replay.macros, replay.seed, replay.header["env"])
        self.replay, self.notice, self.dice = replay, replay.damage, replay.dice
        self._env = _make(replay)
        self._env.reset(seed=replay.seed)
        self.decisions = list(replay.decisions)
        self._keys = bytes(chain.from_iterable(d.keys for d in self.decisions))
        self._checks = dict(replay.checks)
        self._anew = self.thrown_at
        self._sound = 0  # the last position that a check has confirmed
        self._pressed = 0
        self.screens.append(self._env.observation)
        self.over = not self._keys

    @property
    def total(self) -> int:
        """The last position of the game, as far as the replay goes."""
        return len(self._keys)

    def advance(self) -> bool:
        """Presses the next key."""
        if self.over:
            return False
        if self.dice and self._pressed == self._anew:
            self._env.reseed(self.dice.core, self.dice.display)
        done = self._env.press(self._keys[self._pressed])
        self._pressed += 1
        self.screens.append(self._env.observation)
        check = self._checks.get(self._pressed)
        if check is not None:
            if check != digest(self._env.observation):
                self._diverge()
                return True
            self._sound = self._pressed
        if self._pressed == len(self._keys):
            self._end()
        elif done:
            self._diverge()
        return True

    def outcome(self) -> Outcome:
        """Return the recorded one, at the end of a sound replay; else how the game stands."""
        if self._is_whole:
            return Outcome.of(self.replay.outcome)
        outcome = self._env.outcome()
        if not self._went_astray:
            return outcome
        stats = self.screens.stats(self.length)
        return replace(
            outcome, points=stats.score, depth=stats.depth, turns=stats.turn, cause=None,
            max_depth=int(self.screens.series("depth").max()), success=False,
            experience_level=stats.experience_level, keystrokes=self.length,
        )  # fmt: skip

    @property
    def terminated(self) -> bool:
        """As `outcome`: the recorded one, or as the game stands."""
        if self._is_whole:
            return bool(self.replay.outcome["terminated"])
        return self._env.terminated and not self._went_astray

    @property
    def _is_whole(self) -> bool:
        """Whether the game was played back to its recorded end."""
        return self.over and bool(self.replay.outcome) and not self.notice

    @property
    def _went_astray(self) -> bool:
        """Whether the game that is played went on from what is shown, another way."""
        return self._pressed > self.length

    def close(self) -> None:
        """See `Playback`."""
        self._env.close()

    def _diverge(self) -> None:
        """End the playback at the last check that held."""
        made, here = self.replay.header.get("nle", "unknown"), installed("nle")
        # NLE plays one game in some thousands otherwise, and the next time as it should.
        hint = "unless opening it again helps, it was altered"
        if made != here:
            hint = f"it was made with NLE {made}, and this is {here}"
        self.notice = (
            f"this is not the recorded game after keystroke {self._sound:,}: {hint};"
            " what follows is left out"
        )
        self._keys = self._keys[: self._sound]
        self.screens.cut(self._sound + 1)
        first = replace(self.decisions[0], keys=b"", ended="", reward=0.0)
        self.decisions = [d for d in self.decisions if d.end <= self._sound] or [first]
        self._end()

    def _end(self) -> None:
        self.over = True
        self.close()


def _make(replay: Replay) -> KeystrokeEnv:
    settings = dict(replay.header["env"])
    game = settings.pop("game")
    if game not in GAMES:
        raise ReplayError(f"the replay is of a game {game!r}; there are {', '.join(GAMES)}")
    view = {"observation_keys": KEYS} if game == "nethack" else {}
    try:
        make_settings(SETTINGS[game], settings)  # nothing else reaches the game's constructor
        return GAMES[game](**settings, **view)
    except ValueError as error:
        raise ReplayError(f"the replay's game can't be made here: {error}") from None
