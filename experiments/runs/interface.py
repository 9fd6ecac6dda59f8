"""What an agent's numbers stand for: a checkpoint is of use with the same ones only.

Every run names the macro-actions, features and parts of the situation that it was made for, so it
goes on working when the project has more of them. A checkpoint also holds the versions of the last
two, so that one whose meaning has changed since is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import agents
from agents.checkpoint import Header
from agents.checks import shown
from envs.features import FEATURE_VERSIONS
from envs.situation import PARTS
from experiments.config.models import Config, EnvConfig, make_agent
from experiments.seeds import GAMES

NAMES = ("macros", "features", "situation")  # keys of `env`
# Checkpoints once had one version for all features, and named no parts of the situation. Those of
# set 2 are the features and parts that are now at version 1.
OLD_SET = 2
OLD_PARTS = ("threat", "health", "way", "hunger", "branch")


def interface(env: EnvConfig) -> dict[str, Any]:
    """Return the names of macro-actions, and the versions of features and of parts, by name."""
    return {
        "macros": env.macros,
        "features": {name: FEATURE_VERSIONS[name] for name in env.features},
        "situation": {name: PARTS[name].version for name in env.situation},
    }


def names_of(env: EnvConfig) -> dict[str, list[str]]:
    """Return the names that a run goes on with, by key of `env`."""
    return {key: list(getattr(env, key)) for key in NAMES}


def names_in(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the names that a checkpoint was made for, by key of `env`, as far as it has them.

    Args:
        content: of its `checkpoint.json`.
    """
    return {key: list(value) for key, value in _modern(content).items() if key in NAMES}


def check_content(content: Any) -> dict[str, Any]:
    """Return the content of a `checkpoint.json` if it can be one.

    Raises:
        ValueError: names the key that is missing or strange.
    """
    if not isinstance(content, dict):
        raise ValueError("checkpoint.json must be an object of keys and values")
    games = content.get("games")
    if type(games) is not int or not 0 <= games <= GAMES:
        raise ValueError(f"checkpoint.json: games must be from 0 to {GAMES:,}, not {shown(games)}")
    for key in NAMES:
        names = content.get(key, [])
        versions = names.values() if isinstance(names, dict) else ()
        listed = isinstance(names, list) or (isinstance(names, dict) and key != "macros")
        texts = listed and all(isinstance(name, str) for name in names)
        if not texts or any(type(version) is not int for version in versions):
            raise ValueError(f"checkpoint.json: {key} must be names, not {shown(names)}")
    return content


def misfit(
    config: Config, header: Header, content: Mapping[str, Any], starting: bool = False
) -> str:
    """Says in which way a checkpoint was made for something else than a config; "" if it fits.

    Args:
        config: the run's.
        header: the checkpoint's agent.
        content: of its `checkpoint.json`.
        starting: whether another training is to start from it, with settings of its own where they
            change nothing in what the numbers stand for.
    """
    if content.get("features_version", OLD_SET) != OLD_SET:
        return "its features had another meaning when it was made; train anew"
    theirs, ours = _modern(content), interface(config.env)
    for key in NAMES:
        if key in theirs and (difference := _differ(key, theirs[key], ours[key])):
            return f"{key}: {difference}"
    return _other_agent(make_agent(config).header, header, starting)


def _modern(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the content as checkpoints have it today; the first of all named nothing."""
    if not isinstance(content.get("features"), list):
        return content
    return {
        **content,
        "features": dict.fromkeys(content["features"], 1),
        "situation": dict.fromkeys(OLD_PARTS, 1),
    }


def _differ(key: str, theirs: Any, ours: Any) -> str:
    """How two lists of names differ, or the versions behind them; "" if they do not."""
    if set(theirs) != set(ours):
        parts = (
            ("the checkpoint alone has", [name for name in theirs if name not in ours]),
            ("the config alone has", [name for name in ours if name not in theirs]),
        )
        return "; ".join(f"{who} {', '.join(names)}" for who, names in parts if names)
    if list(theirs) != list(ours):
        return f"the checkpoint has {list(theirs)}, the config {list(ours)}"
    if key == "macros":
        return ""
    changed = [name for name in ours if theirs[name] != ours[name]]
    return f"{', '.join(changed)} had another meaning when it was made; train anew" * bool(changed)


def _default_of(agent: str, key: str) -> Any:
    """Return what a setting is in checkpoints from before there was it."""
    default = agents.settings_of(agent)[key].default
    return list(default) if isinstance(default, tuple) else default


def _other_agent(expected: Header, header: Header, starting: bool) -> str:
    """How the checkpoint's agent differs from the one that the config makes."""
    if header.name != expected.name:
        return f"agent.name: the checkpoint has {shown(header.name)}, the config {expected.name!r}"
    for size in ("n_actions", "n_features", "n_contexts"):
        if getattr(header, size) != getattr(expected, size):
            return (
                f"{size}: {shown(getattr(header, size))}, but the config {getattr(expected, size)}"
            )
    known = agents.settings_of(expected.name)
    for key, ours in expected.settings.items():
        if starting and not known[key].fixed:
            continue
        theirs = header.settings.get(key, _default_of(expected.name, key))
        if theirs != ours:
            return f"agent.{key}: the checkpoint has {shown(theirs)}, the config {ours!r}"
    return ""
