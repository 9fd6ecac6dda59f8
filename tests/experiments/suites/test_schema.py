"""What editors are told of a suite's keys."""

import json

import pytest
import yaml

from experiments.config.models import SCHEMA_COMMENT, describe
from experiments.suites.model import SUITES, suite_schema, suites

jsonschema = pytest.importorskip("jsonschema")


def test_the_checked_in_schema_is_the_one_that_the_model_gives():
    assert (SUITES / "schema.json").read_text() == suite_schema()


@pytest.mark.parametrize("path", suites().values(), ids=lambda path: path.stem)
def test_packaged_suites_name_their_schema_and_keep_to_it(path):
    assert path.read_text().startswith(SCHEMA_COMMENT + "\n# ")
    assert describe(path)
    jsonschema.validate(yaml.safe_load(path.read_text()), json.loads(suite_schema()))


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("seeds", 3, True), ("seeds", [0, 7], True), ("seeds", "3", False), ("seeds", 0, False),
        ("sweep", {"agent.c": {"low": 0.1, "high": 1, "steps": 3, "log": True}}, True),
        ("sweep", {"agent.c": [0.1, 0.2]}, True), ("sweep", {"agent.c": {"lo": 1}}, False),
        ("configs", ["ucb", {"config": "ppo", "seeds": 1}], True), ("configs", [{}], False),
        ("evaluat", {}, False),
    ],
)  # fmt: skip
def test_an_editor_is_told_every_way_to_write_a_suite(key, value, fits):
    suite = {"configs": ["random"], key: value}
    found = jsonschema.Draft202012Validator(json.loads(suite_schema())).is_valid(suite)
    assert found == fits
