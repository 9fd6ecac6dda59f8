"""Sections of a config, made from the dataclasses that say which settings there are."""

from __future__ import annotations

import types
from dataclasses import Field as DataclassField
from dataclasses import fields
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from envs.settings import About, about, default_of
from experiments.config.errors import OneOf


class Section(BaseModel):
    """Unknown keys and wrong types are errors."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def section(name: str, doc: str, *models: type, **more: Any) -> Any:
    """Return the section whose keys are the settings of dataclasses; see `envs.settings`.

    Args:
        name: the section's.
        doc: what it holds.
        *models: dataclasses, in the order of the keys.
        **more: further keys, as `pydantic.create_model` takes them.
    """
    keys: dict[str, Any] = {}
    for model in models:
        kinds = get_type_hints(model)
        keys |= {one.name: _key(one, kinds[one.name]) for one in fields(model)}
    return create_model(name, __base__=Section, __doc__=doc, **keys, **more)


def _key(one: DataclassField[Any], kind: Any) -> tuple[Any, Any]:
    said = about(one)
    bounds = {"gt": said.above, "ge": said.least, "le": said.most}
    kind = _named(_bounded(kind, {k: v for k, v in bounds.items() if v is not None}), said)
    if get_origin(kind) is tuple:  # YAML has lists only
        kind = Annotated[kind, Field(strict=False)]
    if said.check is not None:
        kind = Annotated[kind, AfterValidator(_checked(said))]
    if isinstance(default_of(one), list | dict):
        return kind, Field(description=said.doc, default_factory=lambda: default_of(one))
    return kind, Field(description=said.doc, default=default_of(one))


def _bounded(kind: Any, bounds: dict[str, Any]) -> Any:
    if not bounds:
        return kind
    if isinstance(kind, types.UnionType):  # a number or None
        return Annotated[get_args(kind)[0], Field(**bounds)] | None
    return Annotated[kind, Field(**bounds)]


def _named(kind: Any, said: About) -> Any:
    """Return the type with its names checked: a text, each of a list, or each key of a mapping."""
    if said.names is None:
        return kind
    one = Annotated[str, OneOf(said.what, tuple(said.names))]
    if kind is str:
        return one
    rest = get_args(kind)[1:]
    return types.GenericAlias(get_origin(kind), (one, *rest))


def _checked(said: About) -> Any:
    def check(value: Any) -> Any:
        assert said.check is not None
        said.check(value)
        return value

    return check
