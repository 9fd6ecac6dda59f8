"""Checkpoints: `agent.json` says which agent, `agent.safetensors` holds its arrays.

safetensors is imported by the two functions that need it: an exported agent does without.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from agents.bounded import open_regular, parse_json, read_bounded
from agents.renamed import old_names, tell, with_new_names
from agents.whole import sync_folder, write_whole

MOST_JSON = 2**20  # bytes
MOST_ARRAYS = 2**28  # bytes: the largest network there may be, and its optimisers
MOST_SIZE = 1_000_000  # actions, contexts or features
JSON_NAME = "agent.json"
ARRAYS_NAME = "agent.safetensors"

# What headers said before, and what it is called now; settings by the agent that has them.
RENAMED = {"n_situations": "n_contexts"}
RENAMED_SETTINGS = {"policy_gradient": {"trace": "gae_lambda"}}


@dataclass(frozen=True)
class Header:
    """All that is needed to build the agent again, before its arrays are restored."""

    name: str  # as registered
    n_actions: int
    n_contexts: int
    n_features: int
    settings: dict[str, Any]  # the agent's keyword settings, as JSON values


def save(folder: Path, header: Header, arrays: Mapping[str, np.ndarray]) -> None:
    """Write both files. The arrays carry the header too, so that a mixed pair is noticed."""
    from safetensors.numpy import save as to_bytes

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(header), indent=2, sort_keys=True, allow_nan=False)
    contiguous = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    write_whole(folder / ARRAYS_NAME, to_bytes(contiguous, metadata={"agent": text}))
    write_whole(folder / JSON_NAME, f"{text}\n".encode())
    sync_folder(folder)


def load(folder: Path) -> tuple[Header, dict[str, np.ndarray]]:
    """Read both files, those with names of before too.

    Raises:
        ValueError: names the file and what is wrong with it.
    """
    from safetensors import SafetensorError, safe_open

    header = read_header(folder)
    path = Path(folder) / ARRAYS_NAME
    try:
        _check_arrays(path)
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            names = file.keys()
            arrays = {name: file.get_tensor(name) for name in names}
    except FileNotFoundError:
        raise ValueError(f"{path}: this file of the checkpoint is missing") from None
    except (SafetensorError, OSError) as error:
        raise ValueError(f"{path}: truncated or not a safetensors file ({error})") from error
    try:
        ours = _says(metadata.get("agent", "null"), header)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    if not ours:
        raise ValueError(f"{path}: belongs to another agent than {JSON_NAME} beside it")
    return header, arrays


def fill(targets: Mapping[str, np.ndarray], arrays: Mapping[str, np.ndarray]) -> None:
    """Copy `arrays` into `targets` in place; names, shapes and dtypes must be the same."""
    if set(arrays) != set(targets):
        raise ValueError(f"holds the arrays {sorted(arrays)}, expected {sorted(targets)}")
    for name, target in targets.items():
        array = arrays[name]
        if (array.shape, array.dtype) != (target.shape, target.dtype):
            raise ValueError(
                f"array {name!r} is {array.dtype}{array.shape}, "
                f"expected {target.dtype}{target.shape}"
            )
    for name, target in targets.items():
        target[...] = arrays[name]


def read_header(folder: Path) -> Header:
    """Return which agent a checkpoint holds, without its arrays.

    Raises:
        ValueError: names the file and what is wrong with it.
    """
    path = Path(folder) / JSON_NAME
    try:
        content = parse_json(read_bounded(path, MOST_JSON))
    except FileNotFoundError:
        raise ValueError(f"{path}: no checkpoint here, this file is missing") from None
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: truncated or not JSON ({error})") from error
    expected = {field.name for field in fields(Header)}
    try:
        renamed = _renamed(content)
        tell(path, old_names(content, renamed), renamed)
        content = with_new_names(content, renamed)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    if set(content) != expected:
        raise ValueError(f"{path}: must be an object with exactly the keys {sorted(expected)}")
    header = Header(**content)
    sizes = (header.n_actions, header.n_contexts, header.n_features)
    whole = all(type(size) is int and 0 <= size <= MOST_SIZE for size in sizes)
    if not (whole and isinstance(header.name, str) and isinstance(header.settings, dict)):
        raise ValueError(
            f"{path}: the n_* must be whole numbers up to {MOST_SIZE:,}, name a text,"
            " settings an object"
        )
    return header


def _check_arrays(path: Path) -> None:
    """Raise ValueError unless a file and its header have sizes that may be read.

    safetensors itself compares the sizes of all arrays with that of the file.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        header = int.from_bytes(file.read(8), "little")
    if size > MOST_ARRAYS:
        raise ValueError(f"{path}: has {size:,} bytes; at most {MOST_ARRAYS:,} are read")
    if header > min(size, MOST_JSON):
        raise ValueError(f"{path}: truncated or not a safetensors file")


def _says(text: str, header: Header) -> bool:
    """Return whether a header as JSON is this one, by whatever names."""
    content = parse_json(text)
    return isinstance(content, dict) and with_new_names(content, _renamed(content)) == asdict(
        header
    )


def _renamed(content: Any) -> dict[str, str]:
    """Return the keys that were renamed in a header, dotted."""
    if not isinstance(content, dict):
        raise ValueError("must be an object of keys and values")
    return RENAMED | renamed_settings(str(content.get("name")), "settings")


def renamed_settings(agent: str, section: str) -> dict[str, str]:
    """Return the settings of an agent that were renamed, dotted, below a section's name."""
    renamed = RENAMED_SETTINGS.get(agent, {})
    return {f"{section}.{old}": f"{section}.{new}" for old, new in renamed.items()}
