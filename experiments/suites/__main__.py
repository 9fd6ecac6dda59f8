"""Prints the JSON schema that lets editors complete a suite's keys."""

from experiments.suites.model import suite_schema

print(suite_schema(), end="")
