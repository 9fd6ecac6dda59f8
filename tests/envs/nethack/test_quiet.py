"""What NetHack's C code prints never reaches the terminal; what Python prints does."""

import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, sys
from envs.nethack.env import NetHack

game = NetHack()
game.reset(seed=0)
with game._library() as library:
    library.nh_getenv.restype = ctypes.c_char_p
    assert library.nh_getenv(b"ROGUEOPTS") is None  # as NetHack does to make the Rogue level
print("told", file=sys.stderr)
"""


@pytest.mark.nethack
def test_the_warning_of_rogueopts_is_not_seen(request):
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True,
                          check=True, cwd=request.config.rootpath)  # fmt: skip
    assert done.stderr == "told\n"
