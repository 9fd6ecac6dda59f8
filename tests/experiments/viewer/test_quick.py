"""A replay is on the screen at once."""

import subprocess
import sys

SLOW = (
    "numba",
    "scipy",
    "agents.registry",
    "pydantic",
    "matplotlib",
    "envs.features",
    "experiments.runs.run",
)


def test_the_viewer_loads_nothing_that_a_replay_does_not_need():
    program = f"""
import sys
import experiments.viewer.app
print([name for name in {SLOW!r} if name in sys.modules])
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.stdout.strip() == "[]", result.stderr


def test_a_seek_shows_its_place_without_more_ado(watch, replays):
    """Nothing is waited for: the screen is that of the new place as soon as the key is done."""

    async def act(viewer):
        viewer.app.screen.action_finish()
        drawn = [line.plain.rstrip() for line in viewer.app.query_one("#screen")._lines]
        chars = viewer.playback.screens[viewer.playback.total].chars
        assert drawn == [row.tobytes().decode("latin-1").rstrip() for row in chars]

    watch(replays, act)
