"""No game is in two runs' training, or in training and evaluation; old runs go on as they began."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.errors import RunError, UserError
from experiments.playback.run_source import RunSource
from experiments.runs.run import open_run
from experiments.seeds import GAMES, LAST_BLOCK, LAST_RUN_SEED, evaluation_seed, training_seed

GAME = st.integers(0, GAMES - 1)
TRAINING = st.tuples(st.integers(0, LAST_RUN_SEED), GAME)
EVALUATION = st.tuples(GAME, st.integers(1, LAST_BLOCK))


def seeds_of(folder, file="episodes.jsonl"):
    return [json.loads(line)["seed"] for line in (folder / file).read_text().splitlines()]


@given(TRAINING, TRAINING)
def test_two_games_of_training_never_share_a_seed(a, b):
    assert (training_seed(*a) == training_seed(*b)) == (a == b)


@given(EVALUATION, EVALUATION)
def test_two_games_of_evaluation_never_share_a_seed(a, b):
    assert (evaluation_seed(*a) == evaluation_seed(*b)) == (a == b)


@given(TRAINING, EVALUATION)
def test_no_game_is_in_training_and_evaluation(a, b):
    assert training_seed(*a) != evaluation_seed(*b)


@given(TRAINING, EVALUATION)
def test_seeds_fit_into_64_bits(a, b):
    assert 0 <= training_seed(*a) < 2**63
    assert 0 <= evaluation_seed(*b) < 2**32


def test_the_run_with_seed_0_plays_the_games_it_always_did():
    assert [training_seed(0, game) for game in range(3)] == [0, 1, 2]
    assert evaluation_seed(7) == 1_000_007
    assert evaluation_seed(7, block=3) == 3_000_007


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: training_seed(0, GAMES), "game 1000000 of training: must be from 0 to 999,999"),
        (lambda: training_seed(2**31, 0), "seed 2147483648: must be from 0 to 2,147,483,647"),
        (lambda: evaluation_seed(GAMES), "game 1000000 of block 1: must be from 0 to 999,999"),
        (lambda: evaluation_seed(0, 0), "block 0: must be from 1 to 4,293"),
        (lambda: evaluation_seed(0, 4294), "block 4294: must be from 1 to 4,293"),
    ],
)
def test_what_is_out_of_range_is_told(call, message):
    with pytest.raises(UserError, match=f"^{message}$"):
        call()


@pytest.fixture
def seed_3(yendor, stub_config, tmp_path):
    """A run with seed 3 that has learned from 4 of its 6 games."""
    folder = tmp_path / "seed-3"
    arguments = ("seed=3", "train.games=4", "train.replay_every=1", "--out", folder)
    assert yendor("train", stub_config, *arguments, "--workers", 1).exit_code == 0
    return folder


@pytest.fixture
def old_run(seed_3):
    """The same as it was when all runs trained on the games of run 0."""
    path = seed_3 / "episodes.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps(row | {"seed": row["game"]}) + "\n" for row in rows))
    return seed_3


def resume(yendor, folder):
    return yendor("train", folder, "train.games=6", "--resume", "--workers", 1)


def test_a_runs_seed_chooses_its_games(yendor, seed_3):
    assert resume(yendor, seed_3).exit_code == 0
    assert seeds_of(seed_3) == [3 * 2**32 + game for game in range(6)]
    assert open_run(seed_3).replays("training").keys() == set(range(6))


def test_a_run_that_began_on_the_games_of_seed_0_goes_on_with_them(yendor, old_run):
    result = resume(yendor, old_run)
    assert "was begun on the games of seed 0, and goes on with them" in result.output
    assert seeds_of(old_run) == list(range(6))


def test_games_of_training_are_watched_and_played_again_by_their_seeds(yendor, seed_3):
    first = 3 * 2**32
    assert RunSource(seed_3, training=True).open(2).seed == first + 2
    assert RunSource(seed_3, training=True, live=True).open(2).seed == first + 2
    arguments = ("--generalisation", "--games", 2, "--workers", 1)
    assert yendor("evaluate", seed_3, *arguments).exit_code == 0
    assert seeds_of(seed_3, "evaluations/training_games.jsonl") == [first, first + 1]


def test_a_run_with_games_of_neither_kind_is_damaged(yendor, seed_3):
    path = seed_3 / "episodes.jsonl"
    path.write_text(path.read_text().replace('"seed": 12884901888', '"seed": 7'))
    with pytest.raises(RunError, match="has the seed 7"):
        open_run(seed_3).first_seed()


def test_another_block_has_games_and_a_place_of_its_own(yendor, run_folder):
    arguments = ("evaluate", run_folder, "--games", 2, "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    result = yendor(*arguments, "--block", 2)
    assert "learned-block2: 2 unseen games" in result.output
    assert seeds_of(run_folder, "evaluations/learned.jsonl") == [1_000_000, 1_000_001]
    assert seeds_of(run_folder, "evaluations/learned-block2.jsonl") == [2_000_000, 2_000_001]
    assert open_run(run_folder).replays("learned-block2").keys() == {0, 1}


def test_games_of_another_block_are_watched(yendor, run_folder):
    assert RunSource(run_folder, block=2).open(5).title.endswith("unseen game 5 of block 2")
    arguments = ("evaluate", run_folder, "--games", 1, "--block", 2, "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    playback = RunSource(run_folder, block=2).open(0)
    assert playback.seed == 2_000_000
    assert playback.title == "stub after 6 games, unseen game 0 of block 2"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("evaluate", "--block", 5_000), "block 5000: must be from 1 to 4,293"),
        (("watch", "--block", 5_000), "block 5000: must be from 1 to 4,293"),
        (("watch", "--block", 2, "--training"), "--block is of unseen games"),
    ],
)
def test_a_block_that_there_is_not_is_told(yendor, run_folder, arguments, message):
    verb, *options = arguments
    result = yendor(verb, run_folder, *options)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize("override", ["seed=3000000000", "train.games=1000001"])
def test_a_config_can_not_ask_for_games_that_there_are_not(yendor, stub_config, override):
    result = yendor("train", stub_config, override)
    assert result.exit_code == 2
    assert f"override '{override}'" in result.stderr
