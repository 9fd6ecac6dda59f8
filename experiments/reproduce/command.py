"""What `yendor reproduce` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import typer
from rich.console import Console

from envs.names import nearest
from experiments.console import PlainConsole
from experiments.errors import UserError, why
from experiments.outputs import whole_file
from experiments.printable import say
from experiments.reproduce import generalisation, lecture, mnist, nethack, softmax, xor
from experiments.reproduce.digits import find_files
from experiments.reproduce.report import Check, Plot, Report, Settings, render

POSTS: dict[str, Callable[[Settings], Report]] = {
    "lecture": lecture.reproduce,
    "softmax": softmax.reproduce,
    "mnist": mnist.reproduce,
    "xor": xor.reproduce,
    "generalisation": generalisation.reproduce,
    "nethack": nethack.reproduce,
}


def reproduce(post: str | None, out: Path, mnist_folder: Path | None, seed: int) -> None:
    """Show every figure of a post, or of all, beside the computed one, and write the plots.

    Exits with code 1 if a figure does not come out as it must.

    Args:
        post: one of `POSTS`; None for all.
        out: a folder for the plots, made if absent.
        mnist_folder: of MNIST's IDX files; None for the stand-in.
        seed: of all random numbers.

    Raises:
        UserError: for an unknown post, a folder that can't be used, and damaged files.
    """
    names = _chosen(post)
    if mnist_folder:
        if "mnist" not in names:
            raise UserError(f"--mnist is for the post mnist, and not for {post}")
        find_files(mnist_folder)
    _make(out)
    console = PlainConsole()
    checks: list[Check] = []
    for name in names:
        report = _run(name, mnist_folder, seed, console)
        checks += report.checks
        console.print(render(name, report))
        for plot in report.plots:
            _write(out, plot)
    _conclude(checks, out)


def _chosen(post: str | None) -> Sequence[str]:
    if post is None:
        return list(POSTS)
    if post not in POSTS:
        raise UserError(f"unknown post {post!r}; {nearest(post, POSTS)}")
    return [post]


def _run(name: str, mnist_folder: Path | None, seed: int, console: Console) -> Report:
    with console.status(name) as status:  # shows nothing unless on a terminal

        def say(text: str) -> None:
            status.update(f"{name}: {text}")

        return POSTS[name](Settings(seed, mnist_folder, say))


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"--out {out}: can't be made a folder: {why(error)}") from None


def _write(out: Path, plot: Plot) -> None:
    with whole_file(out / f"{plot.name}.png") as partial:
        partial.write_bytes(plot.png)


def _conclude(checks: Sequence[Check], out: Path) -> None:
    failed = [check.name for check in checks if not check.holds]
    errata = sum(bool(check.erratum) and check.holds for check in checks)
    say(
        f"{len(checks) - len(failed)} of {len(checks)} figures come out as they must"
        + (f", {errata} of them errors (docs/posts.md lists them)" if errata else "")
        + f". The plots are in {out}"
    )
    if failed:
        say(f"Failed: {'; '.join(failed)}", err=True)
        raise typer.Exit(1)
