"""`yendor train CONFIG --from RUN`: a new run begins with what another run's agent has learned."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml
from safetensors.numpy import load_file

import experiments
from experiments.config.models import dump, find, load
from experiments.errors import RunError
from experiments.runs import run as runs
from experiments.runs.create_or_resume import create_or_resume

NETWORK = {
    "env": {
        "game": "stub",
        "max_turns": 60,
        "reward": {"points": 1.0},
        "macros": ["search", "explore", "descend"],
        "features": ["turn", "health", "hostiles"],
        "situation": ["hunger", "threat"],
    },
    "agent": {"name": "policy_gradient", "hidden": [4]},
    "train": {"games": 4, "games_per_round": 2},
    "evaluate": {"games": 0},
}
LEARNED = ("policy", "critic", "features", "returns")  # and not optimisers, lessons, rounds


def write(folder: Path, content: dict, name: str = "network") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(content))
    return path


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def network(tmp_path) -> Path:
    """A config that leaves its macro-actions open."""
    env = {k: v for k, v in NETWORK["env"].items() if k not in ("macros", "features", "situation")}
    return write(tmp_path, NETWORK | {"env": env})


@pytest.fixture(scope="session")
def veteran(tmp_path_factory, request) -> Path:
    """A trained network, which every test shares: look, and do not touch."""
    folder = tmp_path_factory.mktemp("veteran")
    config = write(folder, NETWORK, "veteran")
    experiments.train(config, out=folder / "run", workers=1, progress=False)
    return folder / "run"


def train(yendor, config: object, out: Path, *more: object) -> Path:
    result = yendor("train", config, "--out", out, "--workers", 1, *more)
    assert result.exit_code == 0, result.output
    return out


def refusal(yendor, *arguments: object) -> str:
    result = yendor("train", *arguments, "--workers", 1)
    assert result.exit_code == 2, result.output
    return result.stderr


def arrays(run: Path) -> dict[str, np.ndarray]:
    return load_file(run / "checkpoint/agent.safetensors")


def test_the_first_checkpoint_has_the_weights_to_the_bit(yendor, network, veteran):
    other = ("agent.learning_rate=0.5", "agent.optimiser=sgd", "agent.lesson_memory=8")
    begun = train(yendor, network, Path("new"), "--from", veteran, "train.games=0", *other)
    ours, theirs = arrays(begun), arrays(veteran)
    learned = [name for name in theirs if name.partition(".")[0] in LEARNED]
    assert {"policy", "critic", "features.mean", "returns.mean"} <= set(learned)
    for name in learned:
        assert ours[name].tobytes() == theirs[name].tobytes()
    assert not ours["policy_optimiser.velocity"].any() and not ours["lessons.count"].any()


def test_the_optimiser_begins_anew(yendor, network, veteran):
    begun = train(yendor, network, Path("new"), "--from", veteran, "train.games=0")
    assert arrays(veteran)["policy_optimiser.steps"] > 0
    assert arrays(begun)["policy_optimiser.steps"] == 0


def test_all_that_a_bandit_knows_is_taken_over(yendor, stub_config, finished_run):
    more = ("train.games=0", "agent.prior_mean=0.1")
    begun = train(yendor, stub_config, Path("new"), "--from", finished_run, *more)
    ours, theirs = arrays(begun), arrays(finished_run)
    assert {name: a.tobytes() for name, a in ours.items()} == {
        name: a.tobytes() for name, a in theirs.items()
    }


def test_a_run_keeps_the_names_of_the_one_it_starts_from(yendor, network, veteran):
    begun = train(yendor, network, Path("new"), "--from", veteran, "train.games=2")
    env = runs.open_run(begun).config.env
    assert {key: getattr(env, key) for key in ("macros", "features", "situation")} == {
        key: NETWORK["env"][key] for key in ("macros", "features", "situation")
    }


def test_the_config_says_where_from_and_is_read_again(yendor, network, veteran):
    begun = train(yendor, network, Path("new"), "--from", veteran)
    start = runs.open_run(begun).config.start
    assert (start.run, start.games) == (str(veteran), 4)
    Path("again.yaml").write_text(dump(runs.open_run(begun).config))
    assert load(Path("again.yaml")) == runs.open_run(begun).config


def test_the_run_needs_nothing_of_the_old_one(yendor, network, veteran):
    old = shutil.copytree(veteran, "old")
    whole = train(yendor, network, Path("whole"), "--from", old, "train.games=6")
    begun = train(yendor, network, Path("new"), "--from", old, "train.games=2")
    shutil.rmtree(old)
    result = yendor("train", begun, "train.games=6", "--resume", "--workers", 1)
    assert result.exit_code == 0, result.output
    for name in ("config.yaml", "checkpoint/agent.safetensors"):
        assert (begun / name).read_bytes() == (whole / name).read_bytes()


def test_the_same_command_resumes_even_if_the_old_run_has_learned_more(yendor, network, veteran):
    old = Path(shutil.copytree(veteran, "old"))
    begun = train(yendor, network, Path("new"), "--from", old, "train.games=2")
    train(yendor, old, old, "train.games=6", "--resume")
    train(yendor, network, begun, "--from", old, "train.games=4", "--resume")
    assert runs.open_run(begun).config.start.games == 4  # what it did start from


def test_resuming_from_another_run_is_refused(yendor, network, veteran):
    begun = train(yendor, network, Path("new"), "--from", veteran)
    shutil.copytree(veteran, "other")
    told = refusal(yendor, network, "--out", begun, "--resume", "--from", "other")
    assert f"was made with start.run = '{veteran}', not 'other'" in told


DIFFERENCES = {
    "agent={name: ucb}": "agent.name: the checkpoint has 'policy_gradient', the config 'ucb'",
    "env.macros=[search, explore]": "macros: the checkpoint alone has descend",
    "env.macros=[explore, search, descend]": "macros: the checkpoint has ['search',",
    "env.features=[turn, health]": "features: the checkpoint alone has hostiles",
    "env.situation=[hunger]": "situation: the checkpoint alone has threat",
    "agent.hidden=[5]": "agent.hidden: the checkpoint has [4], the config [5]",
    "agent.activation=relu": "agent.activation: the checkpoint has 'tanh', the config 'relu'",
    "agent.precision=float64": "agent.precision: the checkpoint has 'float32'",
    "agent.masked_features=[health]": "agent.masked_features: the checkpoint has None",
    "agent.normalise_features=false": "agent.normalise_features: the checkpoint has True",
    "agent.prior=[search]": "agent.prior: the checkpoint has None, the config [0]",
}


@pytest.mark.parametrize(("override", "told"), DIFFERENCES.items())
def test_a_difference_is_named_and_nothing_is_made(yendor, network, veteran, override, told):
    message = refusal(yendor, network, override, "--from", veteran, "--out", "new")
    assert f"{veteran}: network can't start from it: {told}" in message
    assert not Path("new").exists()


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("agent.context=none", "agent.context: the checkpoint has 'situation'"),
        ("agent.reward_range=[0, 5]", "agent.posterior: the checkpoint has 'beta'"),
        ("agent.posterior=gaussian", "agent.posterior: the checkpoint has 'beta'"),
    ],
)
def test_what_a_bandits_numbers_stand_for_must_agree(
    yendor, stub_config, finished_run, override, told
):
    assert told in refusal(yendor, stub_config, override, "--from", finished_run, "--out", "new")


def test_a_bandits_unit_of_reward_must_agree(yendor, stub_config):
    ucb = "agent={name: ucb, reward_range: [0.0, 4.0]}"
    train(yendor, stub_config, Path("ucb"), ucb, "train.games=1")
    told = refusal(yendor, stub_config, ucb, "agent.reward_range=[0, 5]", "--from", "ucb")
    assert "agent.reward_range: the checkpoint has [0.0, 4.0], the config [0" in told


def test_an_agent_that_learns_nothing_is_nothing_to_start_from(yendor, stub_config):
    chance = ("agent={name: random}", "train.games=0")
    train(yendor, stub_config, Path("chance"), *chance)
    told = refusal(yendor, stub_config, *chance, "--from", "chance", "--out", "new")
    assert "the agent 'random' learns nothing that another could start from" in told


def test_an_unknown_run_is_told_with_the_nearest(yendor, network):
    told = refusal(yendor, network, "--from", "thomson")
    assert "thomson: there is no such run; did you mean 'thompson'?" in told
    assert "there is no such run" in refusal(yendor, network, "--from", "a/run")


def test_a_run_does_not_start_from_the_one_it_replaces(yendor, network, veteran):
    own = Path(shutil.copytree(veteran, "own"))
    before = arrays(own)["policy"].tobytes()
    os.symlink("own", "link")
    for start in (own, "link"):
        told = refusal(yendor, network, "--out", own, "--overwrite", "--from", start)
        assert "own: a run can't start from the one it replaces" in told
    assert arrays(own)["policy"].tobytes() == before


def test_without_overwrite_a_run_stays(yendor, network, veteran):
    own = Path(shutil.copytree(veteran, "own"))
    told = refusal(yendor, network, "--out", own, "--from", veteran)
    assert "own: holds a run; add --resume to go on with it, or --overwrite" in told
    train(yendor, network, own, "--overwrite", "--from", veteran, "train.games=0")
    assert runs.open_run(own).config.start.games == 4


def test_a_making_that_was_cut_off_starts_from_the_same_run(yendor, network, veteran, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(runs, "conclude_making", lambda folder: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            experiments.train(network, start=veteran, out="new", progress=False)
    result = yendor("train", "new", "--resume", "train.games=0", "--workers", 1)
    assert result.exit_code == 0, result.output
    assert arrays(Path("new"))["policy"].tobytes() == arrays(veteran)["policy"].tobytes()


def test_a_config_that_names_other_weights_than_the_run_now_has_is_refused(
    yendor, network, veteran
):
    old = Path(shutil.copytree(veteran, "old"))
    begun = train(yendor, network, Path("new"), "--from", old, "train.games=0")
    train(yendor, old, old, "train.games=6", "--resume")
    config = shutil.copy(begun / "config.yaml", "again.yaml")
    told = refusal(yendor, config, "--out", "again")
    assert "old: has other weights than those that network was started from" in told
    train(yendor, config, Path("again"), "--from", old)
    assert runs.open_run(Path("again")).config.start.games == 6


def test_the_runs_own_config_gives_the_same_bits_again(yendor, network, veteran):
    begun = train(yendor, network, Path("new"), "--from", veteran)
    again = train(yendor, begun / "config.yaml", Path("again"), "name=network")
    for name in ("config.yaml", "checkpoint/agent.safetensors"):
        assert (begun / name).read_bytes() == (again / name).read_bytes()


def test_a_config_may_name_the_run_itself(network, veteran):
    config = yaml.safe_load(network.read_text()) | {"start": {"run": str(veteran)}}
    path = write(network.parent, config, "named")
    with create_or_resume(str(path), (), Path("new"), False, False) as run:
        assert run.config.start.games == 4
    assert arrays(Path("new"))["policy"].tobytes() == arrays(veteran)["policy"].tobytes()


def test_several_seeds_start_from_the_same_run(yendor, network, veteran):
    train(yendor, network, Path("group"), "--seeds", 2, "--from", veteran, "train.games=0")
    first, second = (arrays(path)["policy"] for path in runs.runs_in(Path("group")))
    assert first.tobytes() == second.tobytes() == arrays(veteran)["policy"].tobytes()


def test_all_of_a_suite_start_from_the_same_run(yendor, network, veteran):
    suite = {"configs": [str(network)], "sweep": {"agent.learning_rate": [0.1, 0.2]}}
    path = write(network.parent, suite | {"set": {"train.games": 0}}, "suite")
    experiments_of = train(yendor, path, Path("suite"), "--from", veteran, "evaluate.games=2")
    made = [run for group in Path(experiments_of).iterdir() if group.is_dir()
            for run in runs.runs_in(group)]  # fmt: skip
    assert len(made) == 2
    for run in made:
        assert arrays(run)["policy"].tobytes() == arrays(veteran)["policy"].tobytes()


def test_the_python_face_starts_from_a_run_too(network, veteran):
    run = experiments.train(
        network, {"train.games": 0}, start=experiments.load_run(veteran), out="new", progress=False
    )
    assert run.config.start.run == str(veteran)
    assert arrays(run.folder)["policy"].tobytes() == arrays(veteran)["policy"].tobytes()
    with pytest.raises(RunError, match="did you mean 'thompson'"):
        experiments.train(network, start="thomson", progress=False)


def test_the_shipped_ppo_can_be_started_from_by_name():
    with create_or_resume("ppo_futures", ("start.run=ppo",), Path("new"), False, False) as run:
        start, env = run.config.start, run.config.env
    shipped = runs.SHIPPED / "ppo"
    assert (start.run, start.games) == ("ppo", 12_000)
    assert env.macros == json.loads((shipped / "checkpoint/checkpoint.json").read_text())["macros"]
    assert arrays(Path("new"))["policy"].tobytes() == arrays(shipped)["policy"].tobytes()


def test_an_untrained_agent_of_such_a_config_is_untrained(network, veteran):
    from experiments.runs.untrained import untrained_config

    config = yaml.safe_load(network.read_text()) | {"start": {"run": str(veteran)}}
    assert untrained_config(write(network.parent, config, "named")).start is None
    assert load(find("ppo_futures")).start is None
