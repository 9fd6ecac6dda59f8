"""Workers that would wait for a round's last games play others, and nothing comes out otherwise."""

import time

from agents.baselines import RandomAgent
from envs.macros import MACROS
from experiments.config.models import load
from experiments.seeds import evaluation_seed
from experiments.training.backends import playing_on
from experiments.training.parallel import play_games
from experiments.training.unseen import Unseen

ACTIONS = len(MACROS)


class Straggler(RandomAgent):
    """Is slow in its first game."""

    def act(self, state):
        if self.rng.bit_generator.seed_seq.entropy[1] == 0:
            time.sleep(0.2)
        return super().act(state)


def rows(episodes):
    return [episode.row | {"seconds": 0} for episode in episodes]


def test_a_straggler_leaves_no_worker_idle_and_all_rows_are_the_same(stub_config):
    config = load(stub_config, ("evaluate.games=200",))
    expected = rows(play_games(config, RandomAgent(ACTIONS), range(3), True, 1))
    unseen = Unseen(config, "random")
    played = rows(play_games(config, Straggler(ACTIONS), range(3), True, 2, meanwhile=unseen))
    assert played == expected
    done = sorted(unseen._done)
    assert len(done) > 3  # while game 0 was played
    assert done[0] == evaluation_seed(0)
    with playing_on("serial"):
        alone = rows(play_games(config, unseen._batch.agent, done, False, 1))
    assert [episode.row | {"seconds": 0} for episode in map(unseen._done.get, done)] == alone


def test_training_writes_the_same_bytes_with_and_without_other_games_meanwhile(
    yendor, stub_config, tmp_path
):
    for name, workers in (("one", 1), ("two", 2)):
        arguments = (stub_config, "evaluate.games=6", "--workers", workers)
        assert yendor("train", *arguments, "--out", tmp_path / name).exit_code == 0
    for file in ("checkpoint/arrays.safetensors", "replays/random/5.jsonl.gz"):
        one, two = ((tmp_path / name / file) for name in ("one", "two"))
        if one.exists():
            assert one.read_bytes() == two.read_bytes()
    assert (tmp_path / "two" / "replays" / "random" / "5.jsonl.gz").exists()
