"""What NetHack's C code writes does not reach the screen."""

import os
import sys

from experiments.viewer.redirect import nethack_output_redirected


def test_only_pythons_own_errors_are_seen(capfd):
    with nethack_output_redirected():
        os.write(2, b"license: No such file or directory")
        print("drawn", file=sys.__stderr__)
        print("told", file=sys.stderr)
    os.write(2, b"afterwards")
    assert capfd.readouterr().err == "drawn\ntold\nafterwards"
