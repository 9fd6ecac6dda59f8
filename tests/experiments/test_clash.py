"""Another `agents` or `envs` before ours is found and named, whoever put it there."""

import base64
import csv
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = "from experiments import load_run\nload_run('no-such-run')\n"


def run(*arguments, cwd, path=""):
    """Runs Python with the project on its path, behind `path`."""
    places = ":".join(filter(None, (str(path), str(ROOT))))
    environment = os.environ | {"PYTHONPATH": places}
    return subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, text=True,
                          cwd=cwd, env=environment, check=False)  # fmt: skip


def package(folder: Path, text: str = "raise SystemExit('this was imported')\n") -> Path:
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(text)
    return folder


@pytest.mark.parametrize("name", ["agents", "envs"])
def test_a_students_folder_beside_a_script_is_named(tmp_path, name):
    taken = package(tmp_path / name)
    (tmp_path / "mine.py").write_text(SCRIPT)
    done = run("mine.py", cwd=tmp_path)
    assert f"UserError: import name '{name}': Python finds {taken} first" in done.stderr
    assert "Rename that folder" in done.stderr
    assert "this was imported" not in done.stderr


def test_a_single_file_hides_ours_too(tmp_path):
    (tmp_path / "envs.py").write_text("")
    (tmp_path / "mine.py").write_text(SCRIPT)
    assert f"Python finds {tmp_path / 'envs.py'} first" in run("mine.py", cwd=tmp_path).stderr


def test_a_folder_without_code_hides_nothing(tmp_path):
    (tmp_path / "envs").mkdir()  # Python takes a real package before a bare folder
    (tmp_path / "mine.py").write_text(SCRIPT)
    assert "there is no such run" in run("mine.py", cwd=tmp_path).stderr


def test_the_command_tells_it_in_one_message(tmp_path):
    taken = package(tmp_path / "envs")
    done = run("-m", "experiments.cli", "list", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"yendor: import name 'envs': Python finds {taken} first")
    assert "Traceback" not in done.stderr


def test_a_foreign_package_earlier_on_the_path_is_named_with_its_owner(tmp_path):
    site = tmp_path / "site-packages"
    package(site / "agents")
    info = site / "openai_agents-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: openai-agents\nVersion: 1.0\n")
    (info / "RECORD").write_text("agents/__init__.py,,\n")
    done = run("-m", "experiments.cli", "list", cwd=tmp_path, path=site)
    assert done.returncode == 2
    assert "It belongs to openai-agents: use a virtual environment without it" in done.stderr


def test_what_another_installation_left_is_told(tmp_path):
    """Files that pip did not install, in folders that it could not remove."""
    left = tmp_path / "site-packages" / "envs" / "knowledge"
    left.mkdir(parents=True)
    (tmp_path / "mine.py").write_text(EDITABLE.replace("{ROOT}", str(ROOT)))
    done = subprocess.run(
        [sys.executable, "mine.py"], capture_output=True, text=True, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site-packages")}, check=False,
    )  # fmt: skip
    assert f"Python finds {left.parent} first" in done.stderr
    assert "It is left over from another installation: remove it." in done.stderr


EDITABLE = """
import sys
from importlib.util import spec_from_file_location

class Finder:
    def find_spec(name, path=None, target=None):
        if name in ("agents", "compiling", "envs", "experiments"):
            folder = f"{ROOT}/{name}"
            return spec_from_file_location(
                name, folder + "/__init__.py", submodule_search_locations=[folder]
            )

sys.meta_path.append(Finder)
from experiments.clash import check_names
check_names()
print("fine")
"""


def test_an_editable_install_is_no_clash(tmp_path):
    """pip install -e finds packages by a finder of its own, beside the path."""
    (tmp_path / "mine.py").write_text(EDITABLE.replace("{ROOT}", str(ROOT)))
    done = subprocess.run(
        [sys.executable, "mine.py"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": ""},
        check=False,
    )
    assert done.stdout == "fine\n", done.stderr


def test_a_package_that_wrote_over_ours_is_noticed(tmp_path):
    site = tmp_path / "site-packages"
    for name in ("agents", "compiling", "envs", "experiments"):
        shutil.copytree(ROOT / name, site / name, ignore=shutil.ignore_patterns("__pycache__"))
    ours = (site / "agents/__init__.py").read_bytes()
    digest = base64.urlsafe_b64encode(hashlib.sha256(ours).digest()).rstrip(b"=").decode()
    _dist(site, "yendor", [("agents/__init__.py", f"sha256={digest}", len(ours))])
    script = "from experiments.clash import check_names\ncheck_names()\nprint('fine')\n"
    (tmp_path / "mine.py").write_text(script)
    assert run("mine.py", cwd=tmp_path, path=site).stdout == "fine\n"
    (site / "agents/__init__.py").write_text("somebody else's")
    _dist(site, "other-agents", [("agents/__init__.py", "", "")])
    done = run("mine.py", cwd=tmp_path, path=site)
    assert "other-agents has written over Yendor's" in done.stderr


def _dist(site, name, files):
    info = site / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    with (info / "RECORD").open("w", newline="") as file:
        csv.writer(file).writerows(files)
