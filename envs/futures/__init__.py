"""What if: the game at a decision, played on many times, each time with other dice.

A future begins with a chosen macro-action at a decision of a game that is under way, and then a
policy plays on. Its dice are its own: NetHack's random numbers are seeded anew at the decision.

**Futures know what the player can't**: the unseen map, what lies in the next room, every monster's
hit points. They serve to explain a game, to compare choices and to teach; nothing of them may reach
an agent that plays for its score. So only what teaches and explains imports this package, and a
test of the house holds that the code that plays does not.
"""

from envs.futures.outcome import Future, Horizon, Lost, Policy, Watcher
from envs.futures.sample import FuturesUnavailable, futures
from envs.futures.whole import every_future

__all__ = [
    "Future",
    "FuturesUnavailable",
    "Horizon",
    "Lost",
    "Policy",
    "Watcher",
    "every_future",
    "futures",
]
