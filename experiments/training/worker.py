"""A process that plays games for another one, which tells it which; see `crew`.

A message either way is its length and a pickle. The other process sends the batch once, and then
seeds; it gets an episode for each, or a `GameFailed`.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import cloudpickle

from envs.nethack import folders
from envs.processes import end_with, undisturbed
from experiments.training.batch import Batch, GameFailed
from experiments.training.notebook import Notebook

LENGTH = struct.Struct(">Q")
PROTOCOL = pickle.HIGHEST_PROTOCOL
OUT_OF_MEMORY = 101  # the exit code
# One thread for each library: processes are what is parallel, and bits must not depend on threads.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS",
     "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS"),
    "1",
)  # fmt: skip
START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from experiments.training.worker import serve
serve(*json.loads(sys.argv[2]))
"""


def start(theirs: socket.socket, notebook: Notebook, folder: Path) -> subprocess.Popen[bytes]:
    """Start a process that serves at the other end of a socket.

    What ends a command may reach its whole group: `serve` decides about that, and until then it
    waits, so that no process dies while it starts, with a traceback.

    Args:
        theirs: that end.
        notebook: in which it notes what it plays.
        folder: for NetHack's files, inside `folders.home`.
    """
    descriptors = (theirs.fileno(), notebook.descriptor)
    arguments = (json.dumps(sys.path), json.dumps([*descriptors, os.getpid(), str(folder)]))
    with undisturbed():
        return subprocess.Popen(
            [sys.executable, "-c", START, *arguments],
            stdin=subprocess.DEVNULL, pass_fds=descriptors, env=os.environ | ONE_THREAD,
        )  # fmt: skip


def serve(descriptor: int, notes: int, parent: int, folder: str) -> None:
    """Plays what it is told to, until the other process has no more to say."""
    # Ctrl-C and a closed terminal are for the process that people talk to; it ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    end_with(parent)
    folders.settle(Path(folder))
    line, notebook = socket.socket(fileno=descriptor), Notebook(notes)
    notebook.beat()
    batch: Batch | None = None
    with suppress(ConnectionError):  # the other process is gone
        while (message := _receive(line)) is not None:
            if isinstance(message, Batch):
                batch = message
            elif batch is not None:
                line.sendall(packed(pickle.dumps(_play(batch, message, notebook), PROTOCOL)))


def _play(batch: Batch, seed: int, notebook: Notebook) -> Any:
    try:
        return batch.play(seed, notebook)
    except GameFailed as error:
        return error
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # what is left of the memory goes with the process


def pack(message: Any) -> bytes:
    """Return a message as bytes; it may hold classes and functions of any kind."""
    return packed(cloudpickle.dumps(message, PROTOCOL))


def packed(content: bytes) -> bytes:
    """Return the bytes of a pickle as a message."""
    return LENGTH.pack(len(content)) + content


def _receive(line: socket.socket) -> Any:
    """Return the next message; None when there will be no more."""
    length = line.recv(LENGTH.size, socket.MSG_WAITALL)
    if len(length) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(length)
    content = bytearray(size)
    view, filled = memoryview(content), 0
    while filled < size:
        got = line.recv_into(view[filled:])
        if not got:
            return None
        filled += got
    return pickle.loads(content)
