"""The pages of the reference are what the code says today."""

import re

import pytest

import agents
from envs.macros import REGISTRY
from experiments.config.models import Config
from experiments.reference.config import config_page
from experiments.reference.pages import FOLDER, PAGES, write_pages


@pytest.mark.parametrize("name", PAGES)
def test_kept_page_is_current(name):
    kept = (FOLDER / name).read_text(encoding="utf-8")
    assert kept == PAGES[name](), "python -m experiments.reference writes it anew"


def test_every_macro_action_has_its_entry():
    page = PAGES["macros.md"]()
    assert all(f"\n## {name}\n" in page for name in REGISTRY)


def test_every_key_of_every_section_and_agent_is_there():
    page = config_page()
    models = Config.model_json_schema()["$defs"]
    for name in agents.REGISTRY:
        assert f"\n## agent.name: {name}\n" in page
    for name, model in models.items():
        for key, field in model["properties"].items():
            if "const" not in field and "$ref" not in str(field):  # a section has its own table
                assert f"\n| `{key}` |" in page, f"{name}.{key}"


def test_limits_can_be_read():
    page = config_page()
    assert "≤ 1e+300" in page and "≤ 1,000,000,000" in page
    assert not re.search(r"\d[\d,]{30}", page)


def test_pages_are_written_where_one_asks(tmp_path):
    assert [p.name for p in write_pages(tmp_path / "new")] == list(PAGES)
