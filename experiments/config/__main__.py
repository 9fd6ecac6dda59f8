"""Prints the JSON schema that lets editors complete a config's keys."""

from experiments.config.models import schema

print(schema(), end="")
