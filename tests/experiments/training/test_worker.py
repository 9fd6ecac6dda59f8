"""A worker process, from its first moment on."""

import os
import signal
import socket

import pytest

from envs.nethack import folders
from experiments.training import worker
from experiments.training.notebook import Notebook


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_whole_group_is_no_traceback_of_a_worker_that_starts(number, capfd):
    ours, theirs = socket.socketpair()
    notebook = Notebook()
    with theirs:
        process = worker.start(theirs, notebook, folders.home() / f"test-{number}")
    os.kill(process.pid, number)
    ours.shutdown(socket.SHUT_WR)  # there is nothing to do for it
    assert process.wait(60) == 0
    assert capfd.readouterr().err == ""
    ours.close()
    notebook.discard()
