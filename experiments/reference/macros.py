"""Every macro-action: what it does, and when it ends."""

from __future__ import annotations

import inspect

from envs.macros import MACROS
from envs.macros.base import Macro
from experiments.reference.markdown import page

ABOUT = """A macro-action is an *option* in the sense of Sutton, Precup & Singh (1999): it can be
chosen where its `available` says so, presses keys by a policy of its own, and ends when its work is
done, when it can't go on, when its budget of keystrokes is used up, or at once on a new threat, a
sharp loss of hit points or an unexpected question. [What an option is](../options.md) works one
decision through.

A config picks from them by name: `env.macros: [explore, fight, pray, descend, search]`."""


def macros_page() -> str:
    """Return the page."""
    return page("Macro-actions", ABOUT, *map(_entry, MACROS))


def _entry(macro: Macro) -> str:
    text = inspect.cleandoc(type(macro).__doc__ or "")
    module = type(macro).__module__.replace(".", "/")
    return f"## {macro.name}\n\n{text}\n\nAt most {macro.budget:,} keystrokes. Code: `{module}.py`."
