"""Which versions of what a run was made with."""

from __future__ import annotations

import platform
from importlib import metadata

PACKAGES = ("yendor", "nle", "gymnasium", "numpy", "numba", "scipy")


def versions() -> dict[str, str]:
    """Return the versions of Python, of the system and of packages, by name."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found
