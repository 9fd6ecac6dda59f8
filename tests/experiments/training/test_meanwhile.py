"""Workers that would wait for a round's last games play others, and nothing comes out otherwise."""

import time

import pytest

from agents.baselines import RandomAgent
from envs.macros import MACROS
from experiments.runs.run import open_run
from experiments.seeds import evaluation_seed
from experiments.training import ahead
from experiments.training.asked import ask
from experiments.training.backends import playing_on
from experiments.training.evaluate import evaluate
from experiments.training.parallel import play_games
from experiments.training.unseen import Queue, Unseen

ACTIONS = len(MACROS)


class Straggler(RandomAgent):
    """Is slow in its first game."""

    def act(self, state):
        if self.rng.bit_generator.seed_seq.entropy[1] == 0:
            time.sleep(0.2)
        return super().act(state)


class Quiet:
    """A progress that nobody sees."""

    def skip(self, games):
        pass

    def track(self, episodes):
        return episodes


def rows(episodes):
    return [episode.row | {"seconds": 0} for episode in episodes]


@pytest.fixture
def run(run_folder):
    return open_run(run_folder)


@pytest.fixture
def unseen(run):
    return Unseen(ask(run), 200, 0)


def test_a_straggler_leaves_no_worker_idle_and_all_rows_are_the_same(run, unseen):
    expected = rows(play_games(run.config, RandomAgent(ACTIONS), range(3), True, 1))
    straggler = Straggler(ACTIONS)
    played = rows(play_games(run.config, straggler, range(3), True, 2, meanwhile=unseen))
    assert played == expected
    done = ahead.kept(unseen.asked, range(evaluation_seed(0), evaluation_seed(200)))
    assert len(done) > 3  # while game 0 was played
    assert min(done) == evaluation_seed(0)
    with playing_on("serial"):
        alone = rows(play_games(run.config, unseen.asked.agent, sorted(done), False, 1))
    assert rows(done[seed] for seed in sorted(done)) == alone


def test_games_that_were_played_ahead_are_not_played_again(run, unseen, run_folder):
    first, second = (unseen.next(), unseen.next())
    (episode,) = play_games(run.config, unseen.asked.agent, [second.seed], False, 1)
    marked = episode.row | {"seconds": 12.5}  # by which it is known again
    ahead.keep(unseen.asked, type(episode)(marked, [], b"replay"))
    whole = evaluate(run, 3, 2, Quiet())
    assert [row["seed"] for row in whole] == [first.seed, second.seed, second.seed + 1]
    assert [row["seconds"] == 12.5 for row in whole] == [False, True, False]
    assert (run_folder / "replays/learned/1.jsonl.gz").read_bytes() == b"replay"
    assert not (run_folder / "ahead").exists()


def test_games_of_another_agent_are_left_alone(run, unseen, run_folder):
    game = unseen.next()
    (episode,) = play_games(run.config, unseen.asked.agent, [game.seed], False, 1)
    ahead.keep(unseen.asked, episode)
    assert ahead.kept(ask(run), [game.seed])
    path = run_folder / "config.yaml"
    path.write_text(path.read_text().replace("max_turns: 60", "max_turns: 61"))
    other = ask(open_run(run_folder))
    assert other.run.config.env.max_turns == 61 and not ahead.kept(other, [game.seed])


def test_a_damaged_game_is_played_again(run, unseen, run_folder):
    game = unseen.next()
    (episode,) = play_games(run.config, unseen.asked.agent, [game.seed], False, 1)
    ahead.keep(unseen.asked, episode)
    path = run_folder / "ahead/learned" / str(game.seed)
    path.write_bytes(path.read_bytes()[:-1])
    assert not ahead.kept(unseen.asked, [game.seed])
    assert len(evaluate(run, 1, 1, Quiet())) == 1


def test_games_that_nobody_may_write_are_held_all_the_same(run, unseen, run_folder):
    (run_folder / "ahead").write_text("in the way")
    game = unseen.next()
    (episode,) = play_games(run.config, unseen.asked.agent, [game.seed], False, 1)
    unseen.take(game, episode)
    assert unseen.claim() == {game.seed: episode}
    assert unseen.next() is None  # its turn has come


def test_a_queue_gives_the_games_of_one_after_those_of_the_other(run):
    queue, ours, theirs = Queue(), Unseen(ask(run), 1, 0), Unseen(ask(run, "random"), 1, 0)
    queue.add(ours)
    queue.add(theirs)
    batches = [game and game.batch for game in (queue.next(), queue.next(), queue.next())]
    assert batches == [ours.batch, theirs.batch, None]


def test_training_writes_the_same_bytes_with_and_without_other_games_meanwhile(
    yendor, stub_config, tmp_path
):
    for name, backend, workers in (
        ("serial", "serial", 1), ("one", "processes", 1), ("two", "processes", 2)
    ):  # fmt: skip
        arguments = (stub_config, "evaluate.games=6", "--workers", workers, "--backend", backend)
        assert yendor("train", *arguments, "--out", tmp_path / name).exit_code == 0
    for file in (
        "checkpoint/agent.safetensors", "replays/random/5.jsonl.gz", "replays/learned/5.jsonl.gz"
    ):  # fmt: skip
        serial, one, two = (tmp_path / name / file for name in ("serial", "one", "two"))
        assert serial.read_bytes() == one.read_bytes() == two.read_bytes()
    assert not any((tmp_path / name / "ahead").exists() for name in ("serial", "one", "two"))
