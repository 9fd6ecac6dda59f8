"""What the documents for people name is there."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
_PATH = re.compile(r"`((?:agents|envs|experiments|tests|configs|docs|\.ci)/[\w./]*)`")
_LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(_PATH.findall(text)) | set(_LINK.findall(text))
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_the_journeys_are_told():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert told == ["An observation", "A reward", "A setting", "A finished game"]


def test_the_packages_tell_type_checkers_that_they_are_typed():
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    for package in ("agents", "compiling", "envs", "experiments"):
        assert (ROOT / package / "py.typed").exists()
        assert "py.typed" in packaged["package-data"][package]


def test_every_folder_of_code_is_a_package_and_so_gets_installed():
    folders = {file.parent for name in ("agents", "compiling", "envs", "experiments")
               for file in (ROOT / name).rglob("*.py")}  # fmt: skip
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


def test_the_workflow_runs_what_contributors_run():
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    steps = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    assert ".ci/run" in steps
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert {hook["entry"].split()[0] for hook in hooks} == {"ruff"}


def test_the_changelog_tells_the_versions_that_the_code_has():
    from envs.features import FEATURE_VERSIONS
    from experiments.replays.format import FORMAT, FORMAT_OF_FUTURES

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"| replays | {FORMAT} |" in text
    assert f"| replays of futures | {FORMAT_OF_FUTURES} |" in text
    changed = {name: version for name, version in FEATURE_VERSIONS.items() if version > 1}
    assert not [name for name in changed if f"`{name}`" not in text]


def test_the_lowest_versions_to_try_are_those_that_are_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = dict(re.split(">=|==", one) for one in project["dependencies"])
    lines = (ROOT / ".ci/lowest.txt").read_text().splitlines()
    tried = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert tried.keys() == declared.keys()
    for name, version in declared.items():
        assert f"{tried[name]}.0.0".startswith(f"{version}.")
