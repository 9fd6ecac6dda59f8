"""Learning from futures: the same bits with any number of workers, and in training only."""

import json
from collections import Counter

import numpy as np
import pytest
import yaml

from agents import State, Transition
from envs.features import FEATURE_NAMES, critical
from experiments.config.models import load, make_agent
from experiments.runs.run import open_run
from experiments.training import teacher, train
from experiments.training.parallel import play_games
from experiments.training.rollout import Episode
from experiments.training.teacher import Teacher

FUTURES = {"states": 3, "futures": 2, "decisions": 3}
FILES = ("metrics.jsonl", "checkpoint/agent.safetensors")


@pytest.fixture
def config_file(stub_config):
    content = yaml.safe_load(stub_config.read_text())
    content["agent"] = {
        "name": "policy_gradient",
        "hidden": [8],
        "lesson_memory": 8,
        "see_legal": True,
    }
    content["train"] |= {"games_per_round": 3, "futures": FUTURES}
    stub_config.write_text(yaml.safe_dump(content))
    return stub_config


@pytest.fixture
def taught(config_file, yendor, tmp_path):
    folder = tmp_path / "taught"
    assert yendor("train", config_file, "--out", folder, "--workers", 1).exit_code == 0
    return folder


def test_two_workers_and_a_resumed_run_give_the_bits_of_one(taught, config_file, yendor, tmp_path):
    two, half = tmp_path / "two", tmp_path / "half"
    assert yendor("train", config_file, "--out", two, "--workers", 2).exit_code == 0
    arguments = ("train", config_file, "train.games=3", "--out", half, "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    assert yendor("train", config_file, "--out", half, "--resume", "--workers", 1).exit_code == 0
    for name in FILES:
        assert (taught / name).read_bytes() == (two / name).read_bytes()
        assert (taught / name).read_bytes() == (half / name).read_bytes()


def test_a_seeded_bandit_is_the_same_with_two_workers_and_resumed(stub_config, yendor, tmp_path):
    content = yaml.safe_load(stub_config.read_text())
    content["train"] |= {"games_per_round": 3, "futures": FUTURES | {"decisions": 1, "rounds": 1}}
    stub_config.write_text(yaml.safe_dump(content))
    folders = [tmp_path / name for name in ("one", "two", "half")]
    for folder, more in zip(folders, ((1,), (2,), (1, "train.games=3")), strict=True):
        arguments = ("train", stub_config, *more[1:], "--out", folder, "--workers", more[0])
        assert yendor(*arguments).exit_code == 0
    arguments = ("train", stub_config, "--out", folders[2], "--resume", "--workers", 1)
    assert yendor(*arguments).exit_code == 0
    for name in FILES:
        one, two, half = ((folder / name).read_bytes() for folder in folders)
        assert one == two == half
    rows = [json.loads(line) for line in (folders[0] / FILES[0]).read_text().splitlines()]
    assert rows[0]["lessons"] == 3 and rows[0]["lesson_pulls"] >= 12
    assert "lessons" not in rows[1]  # only the first round is looked into


def test_a_bandits_decisions_are_drawn_all_alike(config_file):
    config = load(config_file)
    legal = np.zeros(len(config.env.macros), np.bool_)
    legal[:2] = True
    steps = [step(0.5, 0.1, legal), step(0.9, 0.9, legal, discount=0)]
    rng = np.random.default_rng(0)
    drawn = Counter(
        Teacher(config, 0)._choose(Episode({}, steps), 1, rng, alike=True)[0] for _ in range(900)
    )
    assert drawn[0] / drawn[1] == pytest.approx(1, rel=0.2)


def test_a_round_says_what_its_lessons_were_like(taught):
    rows = [json.loads(line) for line in (taught / FILES[0]).read_text().splitlines()]
    assert [row["lessons"] for row in rows] == [3, 3]
    assert all(row["lessons_lost"] == 0 and row["lesson_loss"] > 0 for row in rows)


def test_lessons_change_what_is_learned(taught, config_file, yendor, tmp_path):
    plain = tmp_path / "plain"
    arguments = ("train.futures=null", "--out", plain, "--workers", 1)
    assert yendor("train", config_file, *arguments).exit_code == 0
    assert "lessons" not in (plain / FILES[0]).read_text()
    assert (plain / FILES[1]).read_bytes() != (taught / FILES[1]).read_bytes()


def test_a_lesson_is_the_reward_of_futures_and_what_the_critic_says_of_their_ends(
    config_file, monkeypatch
):
    config, seen = load(config_file), []

    def every_future(*arguments):
        found = futures(*arguments)
        seen.extend(found)
        return found

    futures = teacher.every_future
    monkeypatch.setattr(teacher, "every_future", every_future)
    agent = make_agent(config)
    agent.value = lambda features, legal: 10 * features[:, 0].astype(float) + legal.sum(axis=1)
    [episode] = play_games(config, agent, [0], True, 1, None, Teacher(config, 0))
    [lesson] = episode.lessons
    assert np.isfinite(lesson.returns).all(axis=1).tolist() == lesson.state.action_mask.tolist()
    assert len(seen) == 2 * lesson.state.action_mask.sum()
    for future in seen:
        end = 10 * float(future.observation[0]) + future.info["action_mask"].sum()
        expected = future.reward + future.discount * end
        assert lesson.returns[future.action, future.index] == pytest.approx(expected)
        assert lesson.keystrokes[future.action, future.index] == len(future.keys) >= 1


def test_lessons_that_failed_are_counted_and_training_goes_on(
    config_file, yendor, tmp_path, monkeypatch
):
    monkeypatch.setattr(teacher, "every_future", lambda *_: None)
    result = yendor("train", config_file, "--out", tmp_path / "run", "--backend", "serial")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in (tmp_path / "run" / FILES[0]).read_text().splitlines()]
    assert [(row["lessons"], row["lessons_lost"]) for row in rows] == [(0, 3), (0, 3)]


def test_an_evaluation_never_sees_a_future(taught, yendor, monkeypatch):
    def refuse(*_):
        raise AssertionError("a future was played")

    monkeypatch.setattr(teacher, "every_future", refuse)
    monkeypatch.setattr(train, "Teacher", refuse)
    assert yendor("evaluate", taught, "--games", 2, "--workers", 1).exit_code == 0
    assert open_run(taught).evaluation("learned")


def test_agents_that_can_not_learn_from_futures_say_so(yendor, tmp_path):
    result = yendor("train", "random", "train.futures.states=4", "--out", tmp_path / "run")
    assert result.exit_code == 2
    expected = "'random' can't learn from futures; policy_gradient and the bandits can"
    assert expected in " ".join(result.stderr.split())


def test_a_bandit_learns_from_futures_of_one_decision_alone(stub_config, yendor, tmp_path):
    result = yendor("train", stub_config, "train.futures.states=4", "--out", tmp_path / "run")
    assert result.exit_code == 2
    expected = "looks at one decision's reward; write train.futures.decisions: 1, not 10"
    assert expected in " ".join(result.stderr.split())


def test_futures_need_two_of_each_choice(config_file, yendor, tmp_path):
    result = yendor("train", config_file, "train.futures.futures=1", "--out", tmp_path / "run")
    assert result.exit_code == 2 and "train.futures.futures" in result.stderr


def step(health, nearest, legal, discount=0.9):
    features = np.zeros(len(FEATURE_NAMES), np.float32)
    features[FEATURE_NAMES.index("health")] = health
    features[FEATURE_NAMES.index("nearest_hostile")] = nearest
    state = State(features, 0, np.array(legal))
    return Transition(state, 0, 0.0, discount, state, discount == 0)


def test_critical_decisions_are_looked_into_more_often_and_forced_ones_never(config_file):
    config = load(config_file)
    legal = np.zeros(len(config.env.macros), np.bool_)
    forced, free = legal.copy(), legal.copy()
    forced[config.env.macros.index("search")] = True
    free[[config.env.macros.index(name) for name in ("search", "explore")]] = True
    steps = [step(0.5, 0.1, free), step(0.9, 0.1, free), step(0.5, 0.1, forced)]
    assert [critical(one.state.features) for one in steps] == [True, False, True]
    assert critical(
        step(0.5, 6 / 20, free).state.features
    )  # six steps, though 0.3 has no exact float
    episode, rng = Episode({}, steps), np.random.default_rng(0)
    drawn = Counter(Teacher(config, 0)._choose(episode, 1, rng)[0] for _ in range(900))
    assert drawn[2] == 0 and drawn[0] / drawn[1] == pytest.approx(teacher.CRITICAL, rel=0.3)
    assert Teacher(config, 0)._choose(episode, 5, rng) == [0, 1]


def test_the_states_of_a_round_are_spread_over_its_games(config_file):
    config = load(config_file, ("train.futures.states=4",))
    assert [Teacher(config, 6)._share(seed) for seed in (6, 7, 8)] == [1, 1, 2]


@pytest.mark.nethack
def test_a_real_game_teaches_the_same_twice():
    config = load(
        open_run_config(), ("train.futures.states=24", "train.futures.decisions=1", "seed=3")
    )
    agent = make_agent(config)
    first, second = (
        next(iter(play_games(config, agent, [5], True, 1, None, Teacher(config, 5))))
        for _ in range(2)
    )
    [lesson], [again] = first.lessons, second.lessons
    assert lesson is not None and np.array_equal(lesson.returns, again.returns, equal_nan=True)


def open_run_config():
    from experiments.config.models import find

    return find("ppo_futures")
