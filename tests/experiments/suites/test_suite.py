"""What a suite stands for, and what is wrong with one."""

import pytest
import yaml

from experiments.config.names import CONFIGS
from experiments.errors import ConfigError
from experiments.suites.model import find_target, is_suite, load_suite, suites
from experiments.suites.variants import variants

from .conftest import SUITE, write_suite


def made(path, *overrides):
    return {variant.name: variant for variant in variants(load_suite(path, overrides))}


def test_a_suite_is_every_config_with_every_value(suite_file):
    found = made(suite_file)
    assert list(found) == ["bandit-alpha=1.0", "bandit-alpha=2.0", "random"]
    assert found["bandit-alpha=2.0"].seeds == (0, 1)
    assert found["random"].seeds == (0,)
    assert "agent.alpha=2.0" in found["bandit-alpha=2.0"].overrides


def test_characters_and_tasks_are_swept(here):
    both = {"characters": ["@", "mon-hum-neu-mal"], "tasks": ["score", "staircase"]}
    names = list(made(write_suite(here, both | {"configs": ["random"]})))
    assert len(names) == 4
    assert "random-character=mon-hum-neu-mal-task=staircase" in names


def test_overrides_of_a_suites_own_keys_are_for_it_and_others_for_every_config(suite_file):
    loaded = load_suite(suite_file, ("evaluate.games=7", "train.games=8"))
    assert loaded.suite.evaluate.games == 7
    assert all("train.games=8" in variant.overrides for variant in variants(loaded))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seedz": 3}, "small.yaml: seedz: unknown key; did you mean 'seeds'?"),
        ({"configs": []}, "small.yaml: configs: must name one at least"),
        ({"configs": ["tompson"]}, "configs[0]: tompson: there is no such config; did you mean"),
        ({"configs": [{"confg": "ucb"}]}, "configs[0].confg: unknown key; did you mean 'config'?"),
        ({"seeds": 0}, "small.yaml: seeds: must be how many, as in 5, or a list"),
        ({"evaluate": {"games": 0}}, "small.yaml: evaluate.games: must be greater than 0, not 0"),
        ({"evaluate": {"block": 5000}}, "evaluate.block: must be less than or equal to 4293"),
        ({"sweep": {"agent.alfa": [1.0]}}, "agent.alfa: unknown key; did you mean 'alpha'?"),
        ({"sweep": {"seed": {"low": 1}}}, "sweep: seed: a range needs numbers low < high"),
        ({"set": {"agent.c": 1}}, "configs[0]: override 'agent.c=1': agent.c: unknown key"),
        ({"characters": ["monk"]}, "env.character"),
        ({"set": {"seed": 3}}, "configs[0]: seed: is said by the key 'seeds' beside it"),
        (
            {"set": {"env.max_turns": 60}, "sweep": {"env.max_turns": [40, 50]}},
            "configs[0]: set: env.max_turns: the suite sweeps env.max_turns; keep one of both",
        ),
        (
            {"set": {"env.reward.gold": 1.0}, "sweep": {"env.reward": [{"points": 1.0}]}},
            "configs[0]: set: env.reward.gold: the suite sweeps env.reward; keep one of both",
        ),
        (
            {"configs": [{"config": "ucb", "set": {"agent.c": 1}, "sweep": {"agent.c": [1, 2]}}]},
            "configs[0]: set: agent.c: the suite sweeps agent.c; keep one of both",
        ),
        (
            {"characters": ["@"], "sweep": {"env.character": ["@", "mon-hum-neu-mal"]}},
            "configs[0]: env.character: is said by the key 'characters' beside it",
        ),
        (
            {"configs": [{"config": "ucb", "sweep": {"agent.c": [1, 2, 1.0]}}]},
            "configs[0]: ucb-c=1.0 is ucb-c=1 once more; leave one out",
        ),
        ({"configs": ["random", "random"]}, "configs[1]: 'random' is there twice; give it a name"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_key_and_the_nearest(here, changes, message):
    with pytest.raises(ConfigError) as told:
        made(write_suite(here, changes))
    assert message in str(told.value)


def test_seeds_are_no_override(suite_file):
    with pytest.raises(ConfigError, match="say which seeds with --seeds"):
        made(suite_file, "seed=3")


@pytest.mark.parametrize("override", ["agent.alpha=3.0", "agent={name: thompson}"])
def test_a_swept_key_is_not_overridden(suite_file, override):
    with pytest.raises(ConfigError, match="the suite sweeps agent.alpha; change it there"):
        made(suite_file, override)


def test_a_config_sweeps_what_is_set_for_all(here):
    entry = {"config": "random", "sweep": {"env.max_turns": [40, 50]}}
    found = made(write_suite(here, {"configs": [entry]}))  # the suite sets env.max_turns
    assert list(found) == ["random-max_turns=40", "random-max_turns=50"]


def test_a_suite_is_known_by_what_is_in_it(suite_file, stub_config):
    assert is_suite(suite_file)
    assert not is_suite(stub_config)
    assert is_suite(find_target("headline"))
    with pytest.raises(ConfigError, match="did you mean 'headline'?"):
        find_target("headlin")


@pytest.mark.parametrize("name", suites())
def test_packaged_suites_can_be_trained(name):
    assert variants(load_suite(find_target(name)))


def test_the_headline_has_every_family_five_seeds_and_an_hour():
    loaded = load_suite(find_target("headline"))
    found = variants(loaded)
    learned = {variant.name: variant for variant in found if variant.seeds == (0, 1, 2, 3, 4)}
    assert {"epsilon_greedy", "ucb", "thompson", "gradient_bandit"} <= learned.keys()
    assert {"linucb", "ppo"} <= learned.keys()  # that see the features; that look ahead
    assert {"expert", "priority", "random"} == {v.name for v in found} - learned.keys()
    games = 0
    for variant in found:
        sizes = yaml.safe_load(
            "\n".join(o.replace("=", ": ", 1) for o in variant.overrides if "games" in o)
        )
        games += (sizes["train.games"] + loaded.suite.evaluate.games) * len(variant.seeds)
    seconds_per_game, processors = 0.5, 2
    assert games * seconds_per_game / processors <= 60 * 60


def test_the_suite_of_these_tests_is_no_config():
    assert "agent" not in SUITE


def test_the_documented_suite_can_be_trained(here):
    text = (CONFIGS.parent / "docs/suites.md").read_text(encoding="utf-8")
    path = here / "context.yaml"
    path.write_text(text.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    found = made(path)
    assert {"thompson-character=@", "ucb-c=1.0-character=mon-hum-neu-mal"} <= found.keys()
