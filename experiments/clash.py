"""Folders of ours that another package, or a folder of the user's, has taken the name of.

`agents`, `envs` and the like are common names. Python takes the first it finds on its path,
and pip lets one distribution overwrite the files of another without a word.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from experiments.errors import UserError

NAMES = ("agents", "compiling", "envs", "experiments")
ROOT = Path(__file__).resolve().parents[1]
DISTRIBUTION = "yendor"


def check_names() -> None:
    """Check that Python finds our folders by our names, and that nobody wrote over them.

    Raises:
        UserError: names the other one, and what to do.
    """
    for name in NAMES:
        found = _found(name)
        if found is None:
            raise UserError(f"{ROOT / name}: is missing: install Yendor again")
        if found != ROOT / name:
            raise UserError(_hidden(name, found))
        if _overwritten(name):
            raise UserError(_shared(name))


def _found(name: str) -> Path | None:
    """Return the folder of a package as Python imports it, without running any of it."""
    spec = find_spec(name)
    if spec is None:
        return None
    if spec.submodule_search_locations is None:
        return Path(spec.origin or name).resolve()  # one file, such as envs.py
    return next((Path(place).resolve() for place in spec.submodule_search_locations), None)


def _overwritten(name: str) -> bool:
    """Whether the package's own file is no longer the one that pip installed."""
    try:
        installed = metadata.distribution(DISTRIBUTION)
        files = installed.files or ()
    except metadata.PackageNotFoundError:
        return False
    for file in files:
        if file.as_posix() != f"{name}/__init__.py" or file.hash is None:
            continue
        path = ROOT / name / "__init__.py"
        if Path(str(file.locate())).resolve() != path:
            return False  # another copy is running, such as a clone
        digest = hashlib.new(file.hash.mode, path.read_bytes()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value
    return False


def _hidden(name: str, found: Path) -> str:
    return (
        f"import name {name!r}: Python finds {found} first, and Yendor's {ROOT / name} is hidden"
        f" behind it. {_what_to_do(name, found)}"
    )


def _what_to_do(name: str, found: Path) -> str:
    owners = _owners(name) if "site-packages" in found.parts else []
    if owners:
        return f"It belongs to {' and '.join(owners)}: use a virtual environment without it."
    if "site-packages" in found.parts and found.is_dir() and not (found / "__init__.py").exists():
        return "It is left over from another installation: remove it."
    kind = "folder" if found.is_dir() else "file"
    return f"Rename that {kind}, or run from another folder."


def _shared(name: str) -> str:
    owners = _owners(name)
    who = f"{' and '.join(owners)} has" if owners else "another package has"
    return (
        f"import name {name!r}: {who} written over Yendor's {ROOT / name}."
        " Make a virtual environment for Yendor alone, and install it there."
    )


def _owners(name: str) -> list[str]:
    """Return the other distributions that install something under the name."""
    every = metadata.packages_distributions().get(name, [])
    return sorted({owner for owner in every if owner.lower() != DISTRIBUTION})
