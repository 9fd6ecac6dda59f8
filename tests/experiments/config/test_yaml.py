"""YAML means what YAML 1.2's core schema says, and nothing of it is built beyond its bounds."""

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.config.models import dump, find, load
from experiments.config.writing import to_line, to_yaml
from experiments.config.yaml import DEEPEST, MOST_NODES, MOST_TEXT, YAMLProblem, parse_value
from experiments.errors import ConfigError

# YAML 1.2.2, section 10.3.2, and its examples 10.8 and 10.9.
CORE = {
    "010": 10, "0o14": 12, "0xC": 12, "+12": 12, "-19": -19, "12e03": 12e3, "1e-3": 1e-3,
    ".5": 0.5, "0.": 0.0, "-2E+05": -2e5, "+.inf": float("inf"), "null": None, "~": None,
    "": None, "Null": None, "true": True, "False": False, "TRUE": True,
}  # fmt: skip
TEXTS = [
    "1:30", "190:20:30", "yes", "no", "on", "off", "Yes", "y", "2024-01-13", "2024-13-01",
    "2001-12-14t21:59:43.10-05:00", "1_000", "0b101", "0x", "1e", ".", "²", "١٢", "<<", "=",
    "nULL", "tRue", "inf", "nan", "-.nan",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), CORE.items())
def test_a_plain_scalar_is_what_the_core_schema_says(text, value):
    read = parse_value(f"[{text}, 0]")[0] if text else parse_value("")
    assert read == value and type(read) is type(value)


@pytest.mark.parametrize("text", TEXTS)
def test_what_only_yaml_1_1_takes_for_something_else_is_text(text):
    assert parse_value(text) == text


def test_keys_are_texts_as_they_are_written():
    assert parse_value("{on: 1, 1: 2, 010: 3, null: 4, 2024-01-01: 5}") == {
        "on": 1, "1": 2, "010": 3, "null": 4, "2024-01-01": 5,
    }  # fmt: skip


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(10**98), 10**98) | st.text()
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_is_read_again(value):
    assert parse_value(to_yaml(value)) == value
    assert parse_value(to_line(value)) == value and "\n" not in to_line(value)
    assert yaml.safe_load(to_yaml({"texts": _texts(value)})) == {"texts": _texts(value)}


def _texts(value):
    """The texts in a value, which readers of YAML 1.1 must read alike."""
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


@given(st.text() | st.sampled_from([*TEXTS, *CORE, "1e-3", "@", "!!int 3", "a: b", " x ", "\x1b"]))
@settings(max_examples=60, deadline=None)
def test_a_config_of_any_name_is_the_same_when_it_is_read_again(tmp_path_factory, name):
    config = RANDOM.model_copy(update={"name": name})
    path = tmp_path_factory.getbasetemp() / "again.yaml"
    path.write_bytes(dump(config).encode())
    assert load(path) == config


RANDOM = load(find("random"))

LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)
REFUSED = {
    "billion laughs": (LAUGHS, f"more than {MOST_NODES:,}"),
    "alias of itself": ("a: &a [*a]", "no anchor 'a'"),
    "unknown alias": ("a: *b", "no anchor 'b'"),
    "many keys": ("".join(f"k{i}: 1\n" for i in range(MOST_NODES)), f"more than {MOST_NODES:,}"),
    "long text": ("x" * (MOST_TEXT + 1), f"at most {MOST_TEXT:,}"),
    "deep lists": ("[" * 5_000, f"more than {DEEPEST} levels"),
    "deep keys": ("".join(f"{' ' * i}a:\n" for i in range(200)), f"more than {DEEPEST} levels"),
    "digits": ("a: 1\nseed: " + "9" * 5_000, "5,000 digits; at most 100 are read, line 2"),
    "digits of a fraction": ("0." + "3" * 200, "202 digits"),
    "digits of a version": (f"%YAML {'9' * 5_000}.1\n---\na", "4300 digits"),
    "tag": ("a: !!int x", "tags such as 'tag:yaml.org,2002:int' are not read"),
    "tag of Python's": ("!!python/object/apply:os.system [ls]", "tags such as"),
    "tag of a key": ("!!str a: 1", "tags such as"),
    "key twice": ("a: 1\nb: 2\na: 3", "key 'a' is given twice, line 3"),
    "key that is a list": ("[a]: 1", "a key must be text"),
    "key that is an alias": ("b: &b x\n*b : 1", "a key must be text"),
    "two documents": ("a: 1\n---\nb: 2", "a second document"),
    "control character": ("a: 1\nb: \x1b", "0x1b is no text, line 2"),
    "no character": ('"\\UFFFFFFFF"', ""),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_yaml_beyond_the_bounds_is_refused_in_a_moment(text, told):
    begin = time.monotonic()
    with pytest.raises(YAMLProblem) as caught:
        parse_value(text)
    assert told in str(caught.value) and len(str(caught.value)) < 300
    assert time.monotonic() - begin < 10


def test_aliases_within_the_bounds_are_copies():
    first, second = parse_value("[&a {b: [1]}, *a]")
    first["b"].append(2)
    assert second == {"b": [1]}


OVERRIDES = {
    "a date for a number": ("seed=2024-13-01", "seed: must be a valid integer, not '2024-13-01'"),
    "minutes for a number": ("seed=1:30", "not '1:30'"),
    "yes for true": ("env.stub.pet=yes", "must be true or false, not 'yes'"),
    "tag": ("seed=!!int x", "tags such as"),
    "digits": ("seed=" + "9" * 5_000, "5,000 digits"),
    "a key of many parts": ("a." * 5_000 + "b=1", "more than 32 parts"),
    "on for a reward": ("env.reward={on: 1}", "unknown reward 'on'"),
    "true for a reward": ("env.reward={true: 1}", "unknown reward 'true'"),
    "a long value": ("seed=" + "x" * 100_000, "must be a valid integer"),
    "a long key": ("x" * 100_000 + "=1", "unknown key"),
    "no list": ("env.macros={a: 1}", "env.macros"),
    "infinity": ("env.discount=1e999", "env.discount"),
}


@pytest.mark.parametrize(("override", "told"), OVERRIDES.values(), ids=OVERRIDES.keys())
def test_an_override_of_another_kind_is_refused_in_a_short_message(override, told):
    with pytest.raises(ConfigError) as caught:
        load(find("quickstart"), (override,))
    assert told in str(caught.value) and len(str(caught.value)) < 1_000


def test_an_override_may_begin_with_what_yaml_reserves():
    assert load(find("random"), ("env.character=@",)).env.character == "@"


def test_octals_of_yaml_1_1_are_decimal_numbers():
    assert load(find("random"), ("seed=010",)).seed == 10


@pytest.mark.parametrize("hidden", ["[10000, 10000]", "[2500, 2500]", "[9999, 9999, 9999]"])
def test_a_network_that_is_too_large_is_refused_before_it_is_made(hidden):
    begin = time.monotonic()
    with pytest.raises(ConfigError, match="weights: at most 5,000,000"):
        load(find("ppo"), (f"agent.hidden={hidden}",))
    assert time.monotonic() - begin < 2


def test_a_layer_that_is_too_wide_is_refused():
    with pytest.raises(ConfigError, match=r"hidden\[0\]: must be less than or equal to 10000"):
        load(find("ppo"), ("agent.hidden=[100000, 100000]",))


def test_a_network_of_too_many_layers_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="4,000 hidden layers are too many: at most 32"):
        load(find("ppo"), (f"agent.hidden={[1] * 4_000}",))


def test_of_many_mistakes_the_first_are_told(tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text("".join(f"k{i}: 1\n" for i in range(500)) + "agent: {name: random}\n")
    with pytest.raises(ConfigError) as caught:
        load(path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 11 and lines[-1].endswith("and 490 more")


def test_a_device_is_no_config(tmp_path):
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    with pytest.raises(ConfigError, match="is no regular file"):
        load(tmp_path / "zero.yaml")


def test_a_name_too_long_for_a_file_is_no_config():
    with pytest.raises(ConfigError, match="no such config"):
        find("x" * 5_000)
