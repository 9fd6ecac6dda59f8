"""The `agent` section of a config: one model per registered agent, made from its constructor.

An agent's typed keyword settings are its keys in YAML, so a new agent needs no code here.
"""

from __future__ import annotations

import functools
import inspect
import operator
import types
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model

import agents
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

    def settings(self, macros: Sequence[str]) -> dict[str, Any]:
        """Returns the constructor's keyword arguments, with names turned into indices.

        Args:
            macros: the macro-actions in play; names of others are left out.
        """
        values = {key: getattr(self, key) for key in type(self).model_fields if key != "name"}
        for key, parameter in agents.settings(self.name).items():
            indices = _indices(parameter.annotation)
            if indices and values[key] is not None:
                known = macros if indices == agents.ActionIndices else FEATURE_NAMES
                values[key] = [known.index(name) for name in values[key] if name in known]
        return values


def _indices(annotation: Any) -> Any:
    """Returns the marked list of indices that an annotation allows, or None."""
    return next((a for a in (annotation, *get_args(annotation)) if a in NAMED), None)


def _model(name: str) -> type[AgentConfig]:
    fields: dict[str, Any] = {"name": (Literal[name], name)}
    for key, parameter in agents.settings(name).items():
        annotation, default = parameter.annotation, parameter.default
        if indices := _indices(annotation):
            annotation = types.GenericAlias(list, (NAMED[indices],)) | None
        elif get_origin(annotation) is tuple:  # YAML has lists only
            annotation = Annotated[annotation, Field(strict=False)]
        fields[key] = (annotation, ... if default is inspect.Parameter.empty else default)
    doc = first_line(agents.REGISTRY[name])
    return create_model(name, __base__=AgentConfig, __doc__=doc, **fields)


def first_line(documented: Any) -> str:
    """Returns the first line of a docstring, or an empty string."""
    return (inspect.getdoc(documented) or "").partition("\n")[0]


MODELS: dict[str, type[AgentConfig]] = {name: _model(name) for name in agents.REGISTRY}
if TYPE_CHECKING:
    AnyAgent = AgentConfig
else:  # the model is chosen by the agent's name
    AnyAgent = Annotated[
        functools.reduce(operator.or_, MODELS.values()), Field(discriminator="name")
    ]
