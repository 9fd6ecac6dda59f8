"""Games to watch, recorded or live, and a viewer that shows them without a terminal."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from experiments.cli.main import app as yendor
from experiments.playback.run_source import RunSource
from experiments.playback.source import ReplayFolder
from experiments.replays.recorder import Recording
from experiments.runs.interface import names_of
from experiments.runs.run import open_run
from experiments.training.parallel import play_games
from experiments.viewer.app import Viewer

SIZE = (120, 40)
GAMES = 4
CONFIG = {
    "env": {"game": "stub", "max_turns": 800, "reward": {"points": 1.0}},
    "agent": {"name": "thompson", "context": "situation"},
    "train": {"games": 2, "games_per_round": 2},
    "evaluate": {"games": 0},
}


class Watching:
    """A viewer under test, and the keys and the mouse in front of it."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot
        self.player = app.player

    @property
    def playback(self):
        return self.player.playback

    @property
    def position(self):
        return self.player.position

    async def press(self, *keys):
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text):
        names = {" ": "space", "#": "number_sign", "%": "percent_sign", ">": "greater_than_sign"}
        await self.press(*(names.get(character, character) for character in text))

    async def click(self, part, column, row=0):
        await self.pilot.click(f"#{part}", offset=(column, row))
        await self.pilot.pause()

    async def until(self, condition, seconds=5.0):
        for _ in range(int(seconds / 0.02)):
            if condition():
                await self.pilot.pause()
                return
            await asyncio.sleep(0.02)
        raise AssertionError("it did not happen in time")

    def lines(self, part=None):
        """The text on the screen, or of one of its parts, line by line."""
        rows = [
            "".join(segment.text for segment in strip)
            for strip in self.app.screen._compositor.render_strips()
        ]
        if part is None:
            return rows
        region = self.app.query_one(f"#{part}").region
        return [row[region.x : region.right] for row in rows[region.y : region.bottom]]

    def text(self, part=None):
        return "\n".join(self.lines(part))

    def notices(self):
        return [notice.message for notice in self.app._notifications]


@asynccontextmanager
async def open_viewer(
    source, number=0, size=SIZE, speed=0.01, by_hand=False, loaded=True, beside=None
):
    app = Viewer(source, number, speed, by_hand, beside=beside)
    async with app.run_test(size=size) as pilot:
        watching = Watching(app, pilot)
        await pilot.pause()
        if loaded and not watching.playback.can_take_over:
            await watching.until(lambda: watching.playback.over)
        yield watching


@pytest.fixture
def watch():
    """Runs a test's coroutine function in front of a viewer: ``watch(shelf, act, **options)``."""

    def run(source, act, **options):
        async def main():
            async with open_viewer(source, **options) as watching:
                await act(watching)

        asyncio.run(main())

    return run


@pytest.fixture(scope="session")
def stub_run(tmp_path_factory):
    """A run whose games have some dozens of decisions; look, and do not touch."""
    folder = tmp_path_factory.mktemp("viewer")
    # Like a shipped run, it keeps its macro-actions: its games stay the same when there are more.
    pinned = names_of(open_run(Path("thompson")).config.env)
    config = CONFIG | {"env": CONFIG["env"] | pinned}
    (folder / "stub.yaml").write_text(yaml.safe_dump(config))
    arguments = ["train", folder / "stub.yaml", "--out", folder / "run", "--workers", "1"]
    result = CliRunner().invoke(yendor, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return folder / "run"


@pytest.fixture(scope="session")
def replay_folder(stub_run, tmp_path_factory):
    """Replays of unseen games of the stub dungeon; look, and do not touch."""
    folder = tmp_path_factory.mktemp("replays")
    run = open_run(stub_run)
    agent, games = run.checkpoint()
    seeds = range(1_000_000, 1_000_000 + GAMES)
    recording = Recording("learned", games, first_seed=1_000_000)
    for number, episode in enumerate(play_games(run.config, agent, seeds, False, 1, recording)):
        (folder / f"{number}.jsonl.gz").write_bytes(episode.replay)
    return folder


@pytest.fixture
def replays(replay_folder):
    """The recorded games, as a shelf."""
    return ReplayFolder(replay_folder / "0.jsonl.gz")


@pytest.fixture
def live(stub_run):
    """Games played live, as a shelf."""
    return RunSource(stub_run, live=True)
