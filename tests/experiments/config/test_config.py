"""A config says what is run; a mistake in it is told with file, key and nearest valid name."""

import importlib.util

import pytest
import yaml

import agents
from envs.games import SETTINGS
from envs.macro_settings import MacroSettings
from envs.nethack.settings import NetHackSettings
from envs.settings import make_settings, names_of
from experiments.config.models import (
    SCHEMA_COMMENT,
    EnvConfig,
    describe,
    dump,
    find,
    load,
    schema,
)
from experiments.config.names import CONFIGS
from experiments.errors import ConfigError

HAS_TORCH = importlib.util.find_spec("torch") is not None
PACKAGED = [
    path for path in sorted(CONFIGS.glob("*.yaml")) if HAS_TORCH or "torch" not in path.stem
]
BANDITS = ("greedy", "epsilon_greedy", "ucb", "thompson", "gradient_bandit")


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.stem)
def test_packaged_config_is_valid_and_says_what_it_shows(path):
    config = load(path)
    assert config.name == path.stem
    assert describe(path)
    assert path.read_text().startswith(SCHEMA_COMMENT + "\n# ")


def test_every_first_agent_has_a_config_and_every_bandit_one_with_situations():
    names = {path.stem for path in PACKAGED}
    assert {"random", "priority", "quickstart", *BANDITS} <= names
    for name in BANDITS:
        assert load(find(name)).agent.model_dump()["context"] == "none"
        assert load(find(f"{name}_situation")).agent.model_dump()["context"] == "situation"


def test_checked_in_schema_is_the_one_that_the_models_give():
    assert (CONFIGS / "schema.json").read_text() == schema()


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.stem)
def test_resolved_config_gives_the_same_config_again(path, tmp_path):
    config = load(path)
    again = tmp_path / "again.yaml"
    again.write_text(dump(config))
    assert load(again) == config


def test_omitted_macros_are_resolved_to_all_of_them(tmp_path):
    (tmp_path / "a.yaml").write_text("agent: {name: random}")
    macros = yaml.safe_load(dump(load(tmp_path / "a.yaml")))["env"]["macros"]
    assert {"explore", "descend", "fight", "search"} <= set(macros)


def test_omitted_features_and_situation_are_resolved_to_all_of_them(tmp_path):
    (tmp_path / "a.yaml").write_text("agent: {name: random}")
    env = yaml.safe_load(dump(load(tmp_path / "a.yaml")))["env"]
    assert {"health", "hostiles", "turn"} <= set(env["features"])
    assert {"threat", "health", "way"} <= set(env["situation"])


def test_name_is_the_files_when_omitted(tmp_path):
    (tmp_path / "mine.yaml").write_text("agent: {name: random}")
    assert load(tmp_path / "mine.yaml").name == "mine"


def test_overrides_are_yaml_values_on_top_of_the_file():
    overrides = ("agent.alpha=2e-1", "train.games=10", "env.macros=[fight, search]", "seed=3")
    config = load(find("thompson"), (*overrides, "env.max_turns=null"))
    assert config.agent.model_dump()["alpha"] == 0.2
    assert (config.train.games, config.seed, config.env.max_turns) == (10, 3, None)
    assert config.env.macros == ["fight", "search"]


def test_every_setting_of_every_agent_can_be_set_in_yaml():
    for name in agents.REGISTRY:
        fields = set(type(load(find("random"), (f"agent.name={name}",)).agent).model_fields)
        assert fields == {"name", *agents.settings_of(name)}


def test_priority_order_becomes_indices_of_the_macro_actions_in_play():
    config = load(find("priority"), ("agent.order=[fight, pray, search]",))
    assert config.agent.settings(["search", "explore", "fight"], []) == {"order": [2, 0]}


def test_masked_features_go_by_the_features_that_the_agent_sees():
    config = load(find("ppo"), ("agent.masked_features=[health, turn, depth]",))
    assert config.agent.settings([], ["turn", "pets", "health"])["masked_features"] == [2, 0]


@pytest.mark.parametrize("game", ["nethack", "stub"])
def test_the_default_game_is_the_one_that_gymnasium_makes(game):
    env = EnvConfig(game=game)
    assert make_settings(MacroSettings, {"game": game}) == make_settings(
        MacroSettings, {key: getattr(env, key) for key in names_of(MacroSettings)}
    )
    assert env.game_settings() == SETTINGS[game]()


def test_arguments_of_the_environment_are_those_of_the_game_that_is_played():
    stub = load(find("random"), ("env.game=stub", "env.stub.levels=2", "env.max_turns=9")).env
    assert stub.arguments()["levels"] == 2 and stub.arguments()["max_turns"] == 9
    assert "character" not in stub.arguments() and "stub" not in stub.arguments()
    assert set(EnvConfig().arguments()) == {
        *names_of(MacroSettings), *names_of(NetHackSettings)
    }  # fmt: skip


MISTAKES = {
    "unknown key": ("trian: {}", ["trian", "'train'"]),
    "unknown key in a section": ("train: {gamse: 3}", ["train.gamse", "'games'"]),
    "unknown setting": ("agent: {name: ucb, cc: 1}", ["agent.cc", "'c'"]),
    "setting of another agent": ("agent: {name: greedy, epsilon: 1}", ["agent.epsilon", "unknown"]),
    "unknown agent": ("agent: {name: tompson}", ["agent.name", "'tompson'", "'thompson'"]),
    "no agent's name": ("agent: {epsilon: 1}", ["agent.name", "missing"]),
    "unknown macro-action": ("env: {macros: [search, fihgt]}", ["env.macros[1]", "'fight'"]),
    "macro-action twice": ("env: {macros: [search, search]}", ["env.macros", "twice"]),
    "unknown feature": ("env: {features: [helth]}", ["env.features[0]", "'health'"]),
    "feature twice": ("env: {features: [turn, turn]}", ["env.features", "twice"]),
    "no feature": ("env: {features: []}", ["env.features", "at least one"]),
    "unknown part": ("env: {situation: [thret]}", ["env.situation[0]", "'threat'"]),
    "unknown task": ("env: {task: scoer}", ["env.task", "'score'"]),
    "setting of the stub": ("env: {stub: {lvels: 2}}", ["env.stub.lvels", "'levels'"]),
    "task that the stub lacks": ("env: {game: stub, task: gold}", ["env", "'gold'", "staircase"]),
    "bad drawing": ("env: {stub: {maps: ['|Q@|']}}", ["env.stub.maps", "unknown letter 'Q'"]),
    "unknown game": ("env: {game: nethak}", ["env.game", "'nethack'"]),
    "unknown reward": ("env: {reward: {progresion: 1}}", ["env.reward", "'progression'"]),
    "unknown role": ("env: {character: mnk-hum-neu-mal}", ["env.character", "mon-hum-neu-mal"]),
    "unknown race": ("env: {character: sam-elf-law-fem}", ["env.character", "sam-hum-law-fem"]),
    "unknown opponent": ("evaluate: {baseline: randm}", ["evaluate.baseline", "'random'"]),
    "unknown choice": ("agent: {name: ucb, context: situatio}", ["agent.context", "'situation'"]),
    "text for a number": ("train: {games: ten}", ["train.games", "integer", "'ten'"]),
    "quoted number": ("seed: '3'", ["seed", "integer", "'3'"]),
    "truth for a number": ("train: {games: true}", ["train.games", "integer", "True"]),
    "fraction for a count": ("train: {games: 1.5}", ["train.games", "1.5"]),
    "number for a section": ("train: 3", ["train", "keys and values"]),
    "section for a number": ("seed: {a: 1}", ["seed", "integer"]),
    "text for a list": ("env: {macros: fight}", ["env.macros", "list"]),
    "number out of range": ("train: {games: -1}", ["train.games", "-1"]),
    "no number": ("env: {discount: .nan}", ["env.discount", "finite"]),
    "setting out of range": ("agent: {name: epsilon_greedy, epsilon: 7}", ["agent", "epsilon"]),
    "key that is no text": ("1: 2", ["1"]),
    "key twice": ("seed: 1\nseed: 2", ["'seed'", "twice", "line 2"]),
}


def assert_refused(result, *told):
    """One message with these parts, exit code 2, no traceback."""
    assert result.exit_code == 2
    assert result.stderr.startswith("yendor: ")
    for part in told:
        assert str(part) in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("text", "told"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake_is_told_with_file_key_and_nearest_name(tmp_path, yendor, text, told):
    path = tmp_path / "wrong.yaml"
    path.write_text(text if "agent:" in text else f"{text}\nagent: {{name: random}}\n")
    assert_refused(yendor("train", path, "--out", tmp_path / "run"), path, *told)
    assert not (tmp_path / "run").exists()


NO_MAPPINGS = {
    "empty": (b"# nothing\n", "empty"),
    "list": (b"- a", "list"),
    "text": (b"hello", "'hello'"),
    "no YAML": (b"agent: {name: [", "not YAML"),
    "no text": (b"\xff\xfe\x00", "can't be read"),
}


@pytest.mark.parametrize(("content", "told"), NO_MAPPINGS.values(), ids=NO_MAPPINGS.keys())
def test_file_that_is_no_mapping_is_told(tmp_path, yendor, content, told):
    path = tmp_path / "wrong.yaml"
    path.write_bytes(content)
    assert_refused(yendor("train", path, "--out", tmp_path / "run"), path, told)


WRONG_OVERRIDES = {
    "no value": ("agent.epsilon", ["key=value"]),
    "no key": ("=3", ["key=value"]),
    "unknown key": ("agent.epsilonn=0.2", ["agent.epsilonn", "'epsilon'"]),
    "unknown section": ("agnet.epsilon=0.2", ["agnet", "'agent'"]),
    "wrong type": ("agent.epsilon=high", ["agent.epsilon", "'high'"]),
    "refused by the agent": ("agent.epsilon=2", ["epsilon"]),
    "below a value": ("seed.x=1", ["seed has no keys"]),
    "no YAML": ("seed=[", ["not YAML"]),
    "too heavy": ("env.reward={turn: 1e10}", ["env.reward: the weight of turn", "-1e9 to 1e9"]),
}


@pytest.mark.parametrize(("override", "told"), WRONG_OVERRIDES.values(), ids=WRONG_OVERRIDES.keys())
def test_mistake_in_an_override_names_the_override(override, told):
    with pytest.raises(ConfigError) as caught:
        load(find("epsilon_greedy"), (override,))
    for part in (f"override {override!r}", *told):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("agent.c=1e308", "agent.c: must be less than or equal to 1e+300, not 1e+308"),
        ("seed=9999999999", "seed: must be less than or equal to 2147483647, not 9999999999"),
    ],
)
def test_a_limit_is_told_in_short(override, told):
    with pytest.raises(ConfigError) as caught:
        load(find("ucb"), (override,))
    assert str(caught.value).endswith(told)


def test_two_mistakes_are_told_in_two_lines(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("agent: {name: random}\nseed: x\ntrian: 1\n")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert [line.split(": ")[1] for line in str(caught.value).splitlines()] == ["seed", "trian"]


def test_unknown_config_names_the_nearest():
    with pytest.raises(ConfigError, match="'quickstart'"):
        find("quikstart")


def test_a_config_is_found_by_path_or_by_name(tmp_path):
    (tmp_path / "own.yaml").write_text("")
    assert find(str(tmp_path / "own.yaml")) == tmp_path / "own.yaml"
    assert find("quickstart") == find("quickstart.yaml") == CONFIGS / "quickstart.yaml"


def test_a_list_that_is_none_is_asked_for_as_a_list():
    with pytest.raises(ConfigError, match="agent.hidden: must be a list, not 'abc'"):
        load(find("ppo"), ("agent.hidden=abc",))
