"""A setting is written once: what that place says is what everything else does."""

import json
from dataclasses import FrozenInstanceError, asdict, dataclass, fields

import numpy as np
import pytest

from envs.games import SETTINGS
from envs.macro_env import MacroEnv
from envs.macro_settings import MacroSettings
from envs.nethack.settings import ARENA, NetHackSettings
from envs.outcome import KINDS, Outcome
from envs.settings import about, make_settings, names_of, setting, values_of
from envs.stub.env import Stub
from envs.stub.settings import RAW, StubSettings

ROOM = "-------\n|.....|\n|..@..|\n|.....|\n-------"
MODELS = (MacroSettings, NetHackSettings, StubSettings)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_setting_has_a_default_and_a_line_of_documentation(model):
    assert make_settings(model, {}) == model()
    assert all(about(field).doc for field in fields(model))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_settings_stay_as_they_are_and_survive_json(model):
    settings = model()
    with pytest.raises(FrozenInstanceError):
        setattr(settings, names_of(model)[0], None)
    assert make_settings(model, json.loads(json.dumps(values_of(settings)))) == settings


@pytest.mark.parametrize(
    ("model", "values", "words"),
    [
        (StubSettings, {"levls": 2}, "unknown setting 'levls'; did you mean 'levels'?"),
        (StubSettings, {"levels": 0}, "levels must be greater than 0, not 0"),
        (StubSettings, {"levels": "2"}, "levels must be a whole number, not '2'"),
        (StubSettings, {"monsters": 1}, "monsters must be true or false, not 1"),
        (StubSettings, {"hp": 0}, "hp must be greater than"),
        (StubSettings, {"maps": ["|Q@|"]}, "unknown letter 'Q'"),
        (StubSettings, {"maps": "..@.."}, "maps must be a list"),
        (StubSettings, {"task": "oracle"}, "unknown task of the stub 'oracle'.*'score'"),
        (NetHackSettings, {"task": "scroe"}, "unknown task 'scroe'; did you mean 'score'?"),
        (
            NetHackSettings,
            {"max_turns": True},
            "max_turns must be a whole number or None",
        ),
        (NetHackSettings, {"max_idle_keystrokes": 0}, "max_idle_keystrokes must be greater"),
        (NetHackSettings, {"character": "mon"}, "unknown character 'mon'"),
        (NetHackSettings, {"ttyrec": "file"}, "unknown setting 'ttyrec'"),
        (MacroSettings, {"discount": float("nan")}, "discount must be"),
        (MacroSettings, {"max_decisions": 0}, "max_decisions must be greater than 0"),
    ],
)
def test_a_wrong_setting_is_told_with_its_name_and_what_is_valid(model, values, words):
    with pytest.raises(ValueError, match=words):
        make_settings(model, values)


def test_a_game_without_macro_actions_has_no_limit_that_is_not_its_own():
    assert (ARENA.max_turns, ARENA.max_keystrokes) == (None, 1_000_000)  # the public arena's
    assert (RAW.max_turns, RAW.max_keystrokes) == (None, 1_000_000)
    assert Stub().settings == RAW


@pytest.mark.parametrize("changes", [{}, {"levels": 2, "max_turns": 7}])
def test_the_macro_environment_plays_the_default_game_unless_told_otherwise(changes):
    assert MacroEnv("stub", **changes).env.settings == StubSettings(**changes)


def test_a_setting_that_neither_decisions_nor_the_game_have_is_refused():
    with pytest.raises(ValueError, match="unknown setting 'charcter'"):
        MacroEnv("stub", charcter="@")


def test_drawings_are_settings_like_any_other():
    env = Stub(RAW, maps=[ROOM])
    assert env.settings.maps == (ROOM,) and env.settings.max_turns is None
    env.reset(seed=0)
    assert (env.observation["chars"] == ord("@")).sum() == 1


def test_a_field_added_to_a_model_is_checked():
    @dataclass(frozen=True)
    class Windy(StubSettings):
        wind: float | None = setting(None, "how hard it blows", above=0, most=9)

    assert make_settings(Windy, {"wind": 3}).wind == 3
    for model, value in ((Windy, "strong"), (Windy, 0), (Windy, 10), (StubSettings, 3)):
        with pytest.raises(ValueError, match="wind"):
            make_settings(model, {"wind": value})


def test_an_outcome_is_plain_values_of_the_types_that_it_names():
    env = Stub()
    env.reset(seed=0)
    rng = np.random.default_rng(0)
    for _ in range(200):
        if env.press(int(rng.choice(list(b"hjklyubns.")))):
            break
    outcome = env.outcome()
    for name, value in asdict(outcome).items():
        assert isinstance(value, KINDS[name]), name
    assert Outcome.of(json.loads(json.dumps(asdict(outcome))) | {"seed": 0}) == outcome


def test_info_at_the_end_of_a_game_is_its_outcome():
    env = Stub(max_keystrokes=1)
    env.reset(seed=0)
    *_, info = env.step(env.actions.index(ord("s")))
    assert info == asdict(env.outcome())


def test_the_games_are_those_that_have_settings():
    assert {"nethack": NetHackSettings, "stub": StubSettings} == SETTINGS
