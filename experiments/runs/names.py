"""Names of configs, suites and trials as names of folders."""

from __future__ import annotations

from experiments.errors import ConfigError, escaped

LONGEST = 150  # bytes, so that there is room for what is added to a name: 255 is the most


def folder_name(name: str, what: str = "name") -> str:
    """Return a name that can be that of a folder, as it is.

    Args:
        name: as people gave it.
        what: is called so.

    Raises:
        ConfigError: for a path, and for what no folder should be called.
    """
    if why := unfit(name):
        short = name if len(name) <= 60 else name[:60] + "…"
        raise ConfigError(
            f"{what}: {escaped(short)!r} {why}; choose one such as 'ppo-2': a folder is called so,"
            " and --out says where it lies"
        )
    return name


def unfit(name: str) -> str:
    """Return why a name can't be that of a folder, or nothing."""
    if not name.strip():
        return "is empty"
    if "/" in name or "\\" in name:
        return "is a path, not a name"
    if name.startswith("."):
        return "begins with a dot"
    if not name.isprintable():
        return "holds what can't be printed"
    if name != name.strip():
        return "begins or ends with a space"
    if len(name.encode("utf-8", "replace")) > LONGEST:
        return f"is longer than {LONGEST} bytes"
    return ""
