"""The macro-actions, in the order in which agents number them.

To add one, see CONTRIBUTING.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from envs.macros.base import Macro
from envs.macros.dig import Dig
from envs.macros.door import Door
from envs.macros.drop import Drop
from envs.macros.eat import Eat
from envs.macros.elbereth import Elbereth
from envs.macros.equip import Wear, Wield
from envs.macros.explore import Explore
from envs.macros.fetch import Fetch
from envs.macros.fight import Fight
from envs.macros.flee import Flee
from envs.macros.last_resort import Quaff, Read
from envs.macros.mines import Climb, Mines
from envs.macros.mug import Mug
from envs.macros.pick_up import Pickup
from envs.macros.pray import Pray
from envs.macros.prospect import Prospect
from envs.macros.rest import Rest
from envs.macros.search import Search
from envs.macros.shoot import Throw
from envs.macros.shortcut import Shortcut
from envs.macros.spells import Cast, Heal
from envs.macros.stairs import Ascend, Descend
from envs.macros.vault import Vault
from envs.macros.zap import Zap
from envs.names import check_names

MACROS: tuple[Macro, ...] = (
    Explore(), Descend(), Ascend(), Mines(), Dig(), Fight(), Throw(), Cast(), Zap(), Heal(),
    Rest(), Search(), Eat(), Pray(), Elbereth(), Flee(), Quaff(), Read(), Pickup(), Door(),
    Wear(), Wield(), Drop(), Vault(), Climb(), Prospect(), Mug(), Shortcut(),
    Fetch(),
)  # fmt: skip
REGISTRY: dict[str, Macro] = {macro.name: macro for macro in MACROS}


def make_macros(names: Sequence[str] | None = None) -> tuple[Macro, ...]:
    """Return the named macro-actions, or all of them.

    Raises:
        ValueError: for an unknown name, with the nearest one, for a repeated one, or if `search`,
            the one that is always available, is missing.
    """
    if names is None:
        return MACROS
    check_names("macro-action", names, REGISTRY)
    if "search" not in names:
        raise ValueError("'search' must be among the macro-actions: it is always available")
    return tuple(REGISTRY[name] for name in names)


def describe(macro: Macro) -> str:
    """Return what a macro-action does, in one line."""
    return (type(macro).__doc__ or "").strip().split("\n")[0]
