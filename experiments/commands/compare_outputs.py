"""The files that `yendor compare` writes."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass, fields
from pathlib import Path

import typer

from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.origin import Origin
from experiments.errors import UserError, escaped
from experiments.files import check_suffix
from experiments.outputs import refusal, same_file, whole_file
from experiments.printable import printable, say

STDOUT = Path("-")
SUFFIXES = {  # a text may also go to a file without one, such as /dev/stderr
    "out": (".html", ".htm"), "json": (".json", ""), "csv": (".csv", ""),
    "latex": (".tex", ".txt", ""), "markdown": (".md", ".markdown", ".txt", ""),
}  # fmt: skip


@dataclass(frozen=True)
class Outputs:
    """What to write where; None where a kind was not asked for, "-" for the standard output.

    Attributes:
        out: the report, a page.
        json, csv, latex, markdown: the numbers.
        figures: a folder for every figure as SVG and PDF, with its numbers as CSV.
    """

    out: Path | None = None
    json: Path | None = None
    csv: Path | None = None
    latex: Path | None = None
    markdown: Path | None = None
    figures: Path | None = None

    def wanted(self) -> dict[str, Path]:
        """Return the paths by kind."""
        paths = {field.name: getattr(self, field.name) for field in fields(self)}
        return {kind: path for kind, path in paths.items() if path is not None}

    @property
    def to_stdout(self) -> bool:
        """Whether one of them takes the standard output."""
        return STDOUT in self.wanted().values()

    def numbered(self, number: int) -> Outputs:
        """Return the outputs of the field of that number: of the first one these, else `NAME-2` and
        so on.

        Raises:
            UserError: when the standard output would take more than one.
        """
        if not number:
            return self
        if self.to_stdout:
            raise UserError("the runs play more than one game: name files, not -")
        end = f"-{number + 1}"
        return Outputs(**{k: path.with_stem(path.stem + end) for k, path in self.wanted().items()})

    def check(self) -> None:
        """Look whether all can be written, before a game is played for them.

        Raises:
            UserError: names the option.
        """
        wanted = self.wanted()
        if twice := same_file(list(wanted.values())):
            raise UserError(f"{escaped(twice)}: two outputs can't be the same file")
        for kind, path in wanted.items():
            if kind in ("out", "figures") and path == STDOUT:
                raise UserError(f"--{kind} -: can't be the standard output; name a place")
            if path != STDOUT:
                _check_place(kind, path)


def write_outputs(evidence: Evidence, outputs: Outputs) -> None:
    """Write everything that was asked for, and say where.

    Raises:
        UserError: when a file can't be written.
    """
    from experiments.analysis.report import data, written

    origin = Origin.now(shlex.join(["yendor", *sys.argv[1:]]))
    texts = {
        "json": lambda: data.as_json(evidence, origin),
        "csv": lambda: data.as_csv(evidence),
        "latex": lambda: written.latex(evidence.comparisons, evidence.notes),
        "markdown": lambda: written.markdown(evidence.comparisons, evidence.notes),
    }
    wanted = outputs.wanted()
    for kind, make in texts.items():
        if kind in wanted:
            _write(wanted[kind], make(), kind)
    if outputs.out or outputs.figures:
        _write_drawn(evidence, outputs, origin)


def write_report(evidence: Evidence, path: Path, origin: Origin | None = None) -> Path:
    """Write the page with all there is, and return where.

    Raises:
        UserError: when the file can't be written.
    """
    from experiments.analysis.report.charts import charts_of
    from experiments.analysis.report.page import report
    from experiments.commands.playable import playable

    games, missing = playable(evidence)
    for note in missing:
        say(f"Note: {note}", err=True)
    origin = origin or Origin.now("experiments.compare")
    with whole_file(path) as partial:
        partial.write_text(report(evidence, charts_of(evidence), origin, games), encoding="utf-8")
    return path


def _write_drawn(evidence: Evidence, outputs: Outputs, origin: Origin) -> None:
    from experiments.analysis.report.chart import write_charts
    from experiments.analysis.report.charts import charts_of

    if outputs.out:
        write_report(evidence, outputs.out, origin)
        say(f"The report is {outputs.out}", err=True)
    if outputs.figures:
        charts = charts_of(evidence)
        count = len(write_charts(outputs.figures, charts.all()))
        say(f"{count} files of figures are in {outputs.figures}", err=outputs.to_stdout)


def _write(path: Path, text: str, kind: str) -> None:
    if path == STDOUT:
        typer.echo(printable(text) if sys.stdout.isatty() else text, nl=False)
        return
    with whole_file(path) as partial:
        partial.write_text(text, encoding="utf-8")
    say(f"The {kind} is {path}", err=True)


def _check_place(kind: str, path: Path) -> None:
    if kind == "figures":
        if path.exists() and not path.is_dir():
            raise UserError(f"--figures {escaped(path)}: is a file; name a folder")
        if not path.absolute().parent.is_dir():
            raise UserError(f"--figures {escaped(path)}: there is no folder {escaped(path.parent)}")
    elif path.is_dir():
        raise UserError(f"--{kind} {escaped(path)}: is a folder; name a file in it")
    elif why := refusal(path):
        raise UserError(f"--{kind} {escaped(path)}: can't be written: {why}")
    if kind in SUFFIXES:
        check_suffix(f"--{kind}", path, SUFFIXES[kind])
