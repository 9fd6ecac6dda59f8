"""A comparison on the stub, with every output that there is."""

import shutil
from pathlib import Path

import yaml
from typer.testing import CliRunner

from experiments.cli.main import app

TEXTS = {
    "--out": "report.html",
    "--json": "c.json",
    "--csv": "c.csv",
    "--latex": "c.tex",
    "--markdown": "c.md",
    "--figures": "figures",
}
NAME = "a_b & 50% <i>"  # as awkward as names get


def compare_all(run: Path, folder: Path) -> Path:
    """Compares a run of twelve evaluated games with another of an awkward name."""
    other = Path(shutil.copytree(run, folder / "other"))
    config = yaml.safe_load((other / "config.yaml").read_text())
    config |= {"name": NAME, "env": config["env"] | {"discount": 0.9}}
    (other / "config.yaml").write_text(yaml.safe_dump(config) + "...\n")
    outputs = [part for option, name in TEXTS.items() for part in (option, str(folder / name))]
    arguments = ["compare", str(run), str(other), "--games", "12", "--workers", "1", *outputs]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return folder
