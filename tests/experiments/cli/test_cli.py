"""The command as a whole: quick help, complete lists, exit codes."""

import subprocess
import sys

import pytest

import agents
from envs.macros import REGISTRY as MACROS
from envs.names import nearest
from experiments.config.names import CONFIGS


def test_help_imports_nothing_heavy():
    code = (
        "import sys, experiments.cli.main;"
        "print({'numpy', 'nle', 'numba', 'matplotlib', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_help_names_the_verbs(yendor):
    result = yendor("--help")
    assert result.exit_code == 0
    for verb in ("train", "evaluate", "watch", "compare", "list"):
        assert verb in result.output


def test_list_shows_every_agent_macro_action_and_config(yendor):
    output = yendor("list").output
    for name in (*agents.REGISTRY, *MACROS, *(path.stem for path in CONFIGS.glob("*.yaml"))):
        assert name in output


@pytest.mark.parametrize(
    "arguments",
    [("trian",), ("train",), ("evaluate",), ("train", "quickstart", "--worker", "2")],
    ids=" ".join,
)
def test_wrong_arguments_end_with_code_2(yendor, arguments):
    assert yendor(*arguments).exit_code == 2


def test_unknown_config_is_told(yendor):
    result = yendor("train", "quikstart")
    assert result.exit_code == 2
    assert result.stderr == (
        "yendor: quikstart: there is no such config; did you mean 'quickstart'?\n"
    )


def test_resume_and_overwrite_exclude_each_other(yendor, stub_config):
    result = yendor("train", stub_config, "--resume", "--overwrite")
    assert result.exit_code == 2


def test_nearest_falls_back_to_all_names():
    assert nearest("fihgt", ["fight", "rest"]) == "did you mean 'fight'?"
    assert nearest("xyz", ["fight", "rest"]) == "choose from fight, rest"
