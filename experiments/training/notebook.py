"""What is noted of a game while it is played, where its process's death can't take it along."""

from __future__ import annotations

import mmap
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from envs.macro_env import MacroEnv

MOST_KEYS, MOST_DECISIONS = 1 << 20, 1 << 18  # that are noted; a longer game has its beginning
ENTRY = 8  # bytes of a number
BEATS, DECISIONS, KEYS = range(COUNTS := 3)  # what is counted, in the first numbers
FIRST_KEY = (COUNTS + MOST_DECISIONS) * ENTRY  # after a number for each decision
SIZE = FIRST_KEY + MOST_KEYS
ACTION_BITS = 16  # of a decision's number; the others count the keys before it


@dataclass(frozen=True)
class Notes:
    """A game as far as it was noted.

    Attributes:
        keys: sent so far; the last one may not have arrived.
        decisions: (action, keys before it) of each.
    """

    keys: bytes = b""
    decisions: tuple[tuple[int, int], ...] = ()


class Notebook:
    """Memory that the process which plays shares with the one that waits for it.

    Args:
        descriptor: of the shared file; None for a new one.
    """

    def __init__(self, descriptor: int | None = None) -> None:
        self.descriptor = _shared_file() if descriptor is None else descriptor
        self._memory = mmap.mmap(self.descriptor, SIZE)
        self._numbers = memoryview(self._memory)[:FIRST_KEY].cast("q")

    @contextmanager
    def following(self, env: MacroEnv) -> Iterator[None]:
        """Take down the game that is played in an environment meanwhile."""
        self._numbers[DECISIONS] = self._numbers[KEYS] = 0
        self.beat()
        env.listener = self
        try:
            yield
        finally:
            env.listener = None
            self.beat()

    def beat(self) -> None:
        """Show that something goes on."""
        self._numbers[BEATS] += 1

    @property
    def beats(self) -> int:
        """Changes with every decision, and with whatever else is progress."""
        return self._numbers[BEATS]

    def read(self) -> Notes:
        """Return what was noted of the game under way, or the last one."""
        decisions = min(self._numbers[DECISIONS], MOST_DECISIONS)
        entries = self._numbers[COUNTS : COUNTS + decisions].tolist()
        keys = bytes(self._memory[FIRST_KEY : FIRST_KEY + min(self._numbers[KEYS], MOST_KEYS)])
        mask = (1 << ACTION_BITS) - 1
        return Notes(keys, tuple((entry & mask, entry >> ACTION_BITS) for entry in entries))

    def discard(self) -> None:
        """Free the memory."""
        self._numbers.release()
        self._memory.close()
        os.close(self.descriptor)

    def begins(self, action: int) -> None:
        """See `envs.macro_env.Listener`."""
        self.beat()
        numbers, number = self._numbers, self._numbers[DECISIONS]
        if number < MOST_DECISIONS:
            numbers[COUNTS + number] = action | numbers[KEYS] << ACTION_BITS
            numbers[DECISIONS] = number + 1

    def sends(self, key: int) -> None:
        """See `envs.macro_env.Listener`."""
        sent = self._numbers[KEYS]
        if sent < MOST_KEYS:
            self._memory[FIRST_KEY + sent] = key
            self._numbers[KEYS] = sent + 1


def _shared_file() -> int:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("yendor-notebook")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.truncate(descriptor, SIZE)
    return descriptor
