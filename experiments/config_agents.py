"""The `agent` section of a config: one model per registered agent, made from its constructor.

An agent's typed keyword settings are its keys in YAML, so a new agent needs no code here.
"""

from __future__ import annotations

import functools
import inspect
import operator
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model

import agents
from envs.macros import REGISTRY as MACROS
from experiments.config_errors import OneOf

AgentName = Annotated[str, OneOf("agent", tuple(agents.REGISTRY))]
MacroName = Annotated[str, OneOf("macro-action", tuple(MACROS))]


class AgentConfig(BaseModel):
    """Who plays: the name of an agent, and its settings."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    name: str

    def settings(self, macros: Sequence[str]) -> dict[str, Any]:
        """Returns the constructor's keyword arguments.

        Args:
            macros: the macro-actions in play. Where the agent wants indices of actions, the config
                has names of macro-actions; those that are not in play are left out.
        """
        values = {key: getattr(self, key) for key in type(self).model_fields if key != "name"}
        for key in _action_lists(self.name):
            names = values[key]
            values[key] = None if names is None else [macros.index(n) for n in names if n in macros]
        return values


def _parameters(name: str) -> dict[str, inspect.Parameter]:
    return agents.settings(name)


def _is_action_list(annotation: Any) -> bool:
    return any(option == list[int] for option in (annotation, *get_args(annotation)))


def _action_lists(name: str) -> list[str]:
    return [k for k, p in _parameters(name).items() if _is_action_list(p.annotation)]


def _model(name: str) -> type[AgentConfig]:
    fields: dict[str, Any] = {"name": (Literal[name], name)}
    for key, parameter in _parameters(name).items():
        annotation, default = parameter.annotation, parameter.default
        if _is_action_list(annotation):
            annotation = list[MacroName] | None
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
