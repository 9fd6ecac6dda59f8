"""Mistakes that people make, told in one message: what was wrong, where, what to do."""

from __future__ import annotations


class UserError(Exception):
    """Printed as one message, without a traceback; the command exits with code 2."""


class ConfigError(UserError):
    """A config, or an override of one, that can't be used."""


class RunError(UserError):
    """A run folder that can't be read, written or gone on with."""
