"""A config: what is played, who plays, and how much. Read from YAML, checked, written back.

`python -m experiments.config` prints the JSON schema that lets editors complete keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field, ValidationError, model_validator

import agents
from agents.bounded import is_file, read_bounded
from agents.lessons import Student
from envs.games import SETTINGS
from envs.macro_settings import MacroSettings
from envs.names import nearest, shown
from envs.nethack.settings import NetHackSettings
from envs.nethack.wizkit import marked
from envs.settings import make_settings, names_of, values_of
from envs.situation import n_situations
from envs.stub.settings import Dungeon, StubSettings
from experiments.config.agents import AgentName, AnyAgent
from experiments.config.errors import explain, source_of
from experiments.config.names import OWN, configs
from experiments.config.overrides import apply_override, shown_key
from experiments.config.renamed import todays_override, with_todays_keys
from experiments.config.sections import Section, section
from experiments.config.writing import to_yaml
from experiments.config.yaml import MOST_TEXT, parse_yaml
from experiments.errors import ConfigError
from experiments.seeds import GAMES, LAST_RUN_SEED

WEIGHTS = LAST_RUN_SEED + 2  # sets the first weights' numbers apart from the games' and learner's
SCHEMA_COMMENT = "# yaml-language-server: $schema=schema.json"


StubConfig = section("StubConfig", Dungeon.__doc__ or "", Dungeon)
_Env: Any = section(
    "_Env", "", MacroSettings, NetHackSettings, stub=(StubConfig, Field(default=StubConfig()))
)


class EnvConfig(_Env):
    """What is played: settings of the macro-actions, of NetHack, and of the stub under `stub`."""

    def game_settings(self) -> NetHackSettings | StubSettings:
        """Return what makes the game itself, besides its seed.

        What the stub has in common with NetHack is said once, beside `stub`.

        Raises:
            ValueError: for a setting that this game does not take.
        """
        model, values = SETTINGS[self.game], dict(self)
        if self.game == "stub":
            values |= dict(self.stub)
        return make_settings(model, {key: values[key] for key in names_of(model)})

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `MacroEnv`."""
        own = {key: getattr(self, key) for key in names_of(MacroSettings)}
        return own | values_of(self.game_settings())

    @model_validator(mode="after")
    def _game_takes_them(self) -> EnvConfig:
        if self.wizkit and self.game != "nethack":
            raise ValueError(f"wizkit: the game {self.game!r} has no items to start with")
        self.game_settings()
        return self


class StartConfig(Section):
    """The trained run that a run begins with, as `yendor train CONFIG --from RUN` notes it."""

    run: str = Field(min_length=1, description="its folder, or its name")
    games: int | None = Field(
        default=None, ge=0, le=GAMES, description="that it had learned from; written by the run"
    )
    digest: str | None = Field(
        default=None,
        pattern="^[0-9a-f]{16}$",
        description="of its weights; written by the run, and another one is refused",
    )


class FuturesConfig(Section):
    """How much is learned from forked futures of the games of training."""

    states: int = Field(
        default=24, gt=0, description="decisions of each round that are looked into"
    )
    futures: int = Field(
        default=4, ge=2, description="of every legal macro-action at each of those decisions"
    )
    decisions: int = Field(
        default=10,
        gt=0,
        description="that a future lasts; the critic then ends its return; of a bandit: 1",
    )
    rounds: int | None = Field(
        default=None,
        gt=0,
        description="at the beginning, that are looked into, so that estimates start from futures;"
        " null: all of them",
    )


class TrainConfig(Section):
    """How much is learned from."""

    games: int = Field(default=64, ge=0, le=GAMES)
    games_per_round: int = Field(
        default=8,
        gt=0,
        description="games that start from the same agent, and so can run in parallel",
    )
    replay_every: int = Field(
        default=50, ge=0, description="which games of training are recorded; 0: none"
    )
    futures: FuturesConfig | None = Field(
        default=None, description="null: nothing is learned from futures"
    )


class EvaluateConfig(Section):
    """The unseen games at the end of training."""

    games: int = Field(default=50, ge=0, le=GAMES, description="0: none")
    baseline: AgentName = Field(default="random", description="the agent to compare with")


class LimitsConfig(Section):
    """How long a game may take where it is played; longer means that it hangs."""

    seconds_per_game: float | None = Field(
        default=3600.0, gt=0, description="its lessons count anew; null for no limit"
    )
    seconds_per_decision: float | None = Field(
        default=300.0, gt=0, description="the time to start a game too; null for no limit"
    )


class Config(Section):
    """One experiment."""

    name: str = Field(default="", description="omitted: the name of the file")
    seed: int = Field(default=0, ge=0, le=LAST_RUN_SEED)
    start: StartConfig | None = Field(default=None, description="null: the agent begins untrained")
    env: EnvConfig = EnvConfig()
    agent: AnyAgent
    train: TrainConfig = TrainConfig()
    evaluate: EvaluateConfig = EvaluateConfig()
    limits: LimitsConfig = LimitsConfig()

    @property
    def title(self) -> str:
        """The name, marked by what the hero begins with besides the role's own things."""
        return marked(self.name, self.env.wizkit)


def make_agent(config: Config) -> agents.Agent:
    """Return the untrained agent of a config; what it draws at first comes from the run's seed.

    Raises:
        ValueError: for a setting that the agent refuses.
    """
    env, rng = config.env, np.random.default_rng([config.seed, 0, WEIGHTS])
    sizes = (len(env.macros), n_situations(env.situation), len(env.features))
    settings = config.agent.settings(env.macros, env.features)
    return agents.make(config.agent.name, *sizes, rng=rng, **settings)


def load(
    path: Path, overrides: tuple[str, ...] = (), pinned: Mapping[str, list[str]] | None = None
) -> Config:
    """Read and checks a YAML file, with dotted overrides such as ``agent.epsilon=0.2`` on top.

    Args:
        path: the file's.
        overrides: in order.
        pinned: keys of `env` that have these values if neither file nor overrides say otherwise.

    Raises:
        ConfigError: names the file or the override, the key, what is wrong, the nearest valid name.
    """
    raw = with_todays_keys(parse_yaml(path), str(path))
    sources: dict[str, str] = {}
    for override in overrides:
        key = apply_override(raw, todays_override(override, raw))
        _check_one_name(key, override, sources)
        sources[key] = override
    raw = with_todays_keys(raw, "the overrides")
    raw.setdefault("name", path.stem)
    if isinstance(env := raw.setdefault("env", {}), dict):
        raw["env"] = {**(pinned or {}), **env}
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(explain(error, Config, str(path), sources)) from None
    try:
        agent = make_agent(config)
    except ValueError as error:
        setting = next((key for key in sources if key.startswith("agent.")), "agent")
        raise ConfigError(f"{source_of(setting, str(path), sources)}: agent: {error}") from None
    if config.train.futures and (wrong := _not_taught(config.train.futures, agent)):
        setting = next((key for key in sources if key.startswith("train.futures")), "train.futures")
        raise ConfigError(
            f"{source_of(setting, str(path), sources)}: train.futures: the agent"
            f" {config.agent.name!r} {wrong}"
        )
    return config


def _not_taught(futures: FuturesConfig, agent: agents.Agent) -> str:
    """Say why an agent can't learn from such futures; "" if it can."""
    if not isinstance(agent, Student):
        return "can't learn from futures; policy_gradient and the bandits can"
    if agent.reach is not None and futures.decisions > agent.reach:
        return (
            "looks at one decision's reward; write train.futures.decisions: 1, not"
            f" {futures.decisions}"
        )
    return ""


def _check_one_name(key: str, override: str, sources: dict[str, str]) -> None:
    """Raise ConfigError when a key was set before by its old name, or now is, but not both."""
    before = sources.get(key)
    if before and before.partition("=")[0] != override.partition("=")[0]:
        both = f"overrides {shown(before)} and {shown(override)}"
        raise ConfigError(f"{both} both set {key}; remove one")


def find(name: str) -> Path:
    """Return the config file at a path, or the one of that name, see `configs`.

    Raises:
        ConfigError: names the nearest config when there is none.
    """
    path = Path(name)
    if is_file(path):
        return path
    stem, known = name.removesuffix(".yaml"), configs()
    if stem in known:
        return known[stem]
    if is_file(below := OWN / f"{stem}.yaml"):  # in a folder of it
        return below
    raise ConfigError(f"{shown_key(name)}: there is no such config; {nearest(path.stem, known)}")


def describe(path: Path) -> str:
    """Return the comment at the top of a config file, or an empty string."""
    try:
        lines = read_bounded(path, 4 * MOST_TEXT).decode("utf-8", errors="replace").splitlines()
    except (OSError, ValueError):
        return ""  # who trains it is told
    comments = (line for line in lines if line.startswith("# ") and line != SCHEMA_COMMENT)
    return next(comments, "")[2:]


def dump(config: Config) -> str:
    """Return the resolved config as YAML: loading it gives the same config."""
    return to_yaml(config.model_dump(mode="json"))


def schema() -> str:
    """Return the JSON schema of a config file."""
    return json.dumps(Config.model_json_schema(), indent=2) + "\n"
