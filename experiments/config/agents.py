"""The `agent` section of a config: one model per registered agent, made from its settings.

The fields of an agent's settings are its keys in YAML, so a new agent needs no code here.
"""

from __future__ import annotations

import functools
import inspect
import math
import operator
import types
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model

import agents
from agents.settings import REQUIRED
from envs.features import FEATURE_NAMES
from envs.macros import REGISTRY as MACROS
from experiments.config.errors import OneOf

AgentName = Annotated[str, OneOf("agent", tuple(agents.REGISTRY))]
MacroName = Annotated[str, OneOf("macro-action", tuple(MACROS))]
FeatureName = Annotated[str, OneOf("feature", FEATURE_NAMES)]
# Where an agent wants indices, marked so, a config has names.
NAMED: dict[Any, Any] = {agents.ActionIndices: MacroName, agents.FeatureIndices: FeatureName}


class AgentConfig(BaseModel):
    """Who plays: the name of an agent, and its settings."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    name: str

    def settings(self, macros: Sequence[str], features: Sequence[str]) -> dict[str, Any]:
        """Return the constructor's keyword arguments, with names turned into indices.

        Args:
            macros: the macro-actions in play; names of others are left out.
            features: that the agent sees; likewise.
        """
        values = {key: getattr(self, key) for key in type(self).model_fields if key != "name"}
        for key, setting in agents.settings_of(self.name).items():
            indices = _indices(setting)
            if indices and values[key] is not None:
                known = macros if indices == agents.ActionIndices else features
                values[key] = [known.index(name) for name in values[key] if name in known]
        return values


def _indices(setting: agents.Setting) -> Any:
    """Return the marked list of indices that a setting may be, or None."""
    return next((option for option in setting.options if option in NAMED), None)


def _model(name: str) -> type[AgentConfig]:
    fields: dict[str, Any] = {"name": (Literal[name], name)}
    for key, setting in agents.settings_of(name).items():
        default = ... if setting.default is REQUIRED else setting.default
        kinds = [_annotation(option, setting) for option in setting.options]
        annotation = functools.reduce(operator.or_, kinds)
        fields[key] = (annotation, Field(default=default, description=setting.meaning or None))
    doc = first_line(agents.REGISTRY[name])
    return create_model(name, __base__=AgentConfig, __doc__=doc, **fields)


def _annotation(option: Any, setting: agents.Setting) -> Any:
    """Return what pydantic checks for one of the types that a setting may have."""
    if option in NAMED:
        return types.GenericAlias(list, (NAMED[option],))
    if option in (int, float):
        return Annotated[option, Field(**_limits(setting))]
    if get_origin(option) is tuple:  # YAML has lists only
        inner = tuple(
            part if part is ... else _annotation(part, setting) for part in get_args(option)
        )
        return Annotated[types.GenericAlias(tuple, inner), Field(strict=False)]
    return option


def _limits(setting: agents.Setting) -> dict[str, Any]:
    """Return a setting's range as pydantic calls it, without limits that are infinite."""
    limits = {"gt" if setting.open_below else "ge": setting.low, "le": setting.high}
    return {name: limit for name, limit in limits.items() if math.isfinite(limit)}


def first_line(documented: Any) -> str:
    """Return the first line of a docstring, or an empty string."""
    return (inspect.getdoc(documented) or "").partition("\n")[0]


MODELS: dict[str, type[AgentConfig]] = {name: _model(name) for name in agents.REGISTRY}
if TYPE_CHECKING:
    AnyAgent = AgentConfig
else:  # the model is chosen by the agent's name
    AnyAgent = Annotated[
        functools.reduce(operator.or_, MODELS.values()), Field(discriminator="name")
    ]
