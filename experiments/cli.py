"""The `yendor` command. What a command needs is imported when it runs, so that help is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from experiments.errors import UserError


class _Friendly(TyperGroup):
    """Tells people's mistakes in one message, with exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            typer.echo(f"yendor: {error}", err=True)
            raise typer.Exit(2) from None


app = typer.Typer(
    cls=_Friendly,
    help="Train, watch and compare agents that play NetHack by choosing among macro-actions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")]
Workers = Annotated[
    int | None,
    typer.Option(min=1, help="Processes that play games.", show_default="all processors"),
]


@app.command()
def train(
    config: Annotated[
        str, typer.Argument(help="A YAML file, the name of a packaged config, or a run to resume.")
    ],
    overrides: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY=VALUE]...", help="As in agent.epsilon=0.2 train.games=10."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The run folder.", show_default="runs/<name>")
    ] = None,
    workers: Workers = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run there.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the run there.")] = False,
) -> None:
    """Train an agent; then play unseen games, and show it beside another agent."""
    from experiments import commands

    commands.train(config, tuple(overrides or ()), out, workers, resume, overwrite)


@app.command()
def evaluate(
    run: RunFolder,
    games: Annotated[int | None, typer.Option(min=1, help="How many unseen games.")] = None,
    workers: Workers = None,
    agent: Annotated[
        str | None, typer.Option(help="An untrained agent in the learned one's place.")
    ] = None,
    generalisation: Annotated[
        bool,
        typer.Option("--generalisation", help="Set them beside games that it was trained on."),
    ] = False,
) -> None:
    """Play unseen games, learning off."""
    from experiments import commands

    commands.evaluate(run, games, workers, agent, generalisation)


@app.command()
def compare(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders.")],
    games: Annotated[int | None, typer.Option(min=1, help="Unseen games for each run.")] = None,
    workers: Workers = None,
    out: Annotated[Path | None, typer.Option(help="Write an HTML report here.")] = None,
) -> None:
    """Compare runs on the same unseen games: statistics, plots, a report."""
    from experiments import commands

    commands.compare(runs, games, workers, out)


def _file(help: str) -> Any:
    return typer.Option(metavar="FILE", help=help, rich_help_panel="Recordings")


@app.command()
def watch(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder, or a replay's file.")],
    game: Annotated[int, typer.Option(min=0, help="Which unseen game.")] = 0,
    training: Annotated[
        bool, typer.Option("--training", help="Count among the games of training instead.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Let the agent play it even if there is a replay.")
    ] = False,
    play: Annotated[
        bool, typer.Option("--play", help="Begin by hand; the agent takes over when you like.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Print frames, as in a pipe or a small terminal.")
    ] = False,
    speed: Annotated[
        float, typer.Option(min=0, help="Keystrokes per second; 0: as fast as possible.")
    ] = 12.0,
    gif: Annotated[Path | None, _file("Write an animation in NetHack's tiles.")] = None,
    mp4: Annotated[Path | None, _file("Write a video in NetHack's tiles.")] = None,
    html: Annotated[Path | None, _file("Write a page that plays the game in any browser.")] = None,
    cast: Annotated[Path | None, _file("Write a terminal recording for asciinema.")] = None,
    ttyrec: Annotated[Path | None, _file("Write NLE's own recording.")] = None,
    svg: Annotated[Path | None, _file("Write a picture of one decision.")] = None,
    decisions: Annotated[
        str | None,
        typer.Option(
            metavar="FIRST-LAST",
            help="Record only these, as in 40-120; of a picture, the first.",
            rich_help_panel="Recordings",
        ),
    ] = None,
    width: Annotated[
        int,
        typer.Option(min=480, max=3840, help="Of tiles, in pixels.", rich_help_panel="Recordings"),
    ] = 960,
) -> None:
    """Watch a game in the terminal: a replay, or played by the agent as it stands now."""
    from experiments.recordings.command import Outputs
    from experiments.watch.command import Request
    from experiments.watch.command import watch as show

    outputs = Outputs(gif, mp4, cast, html, ttyrec, svg)
    show(Request(run, game, training, live, plain, play, speed, outputs, decisions, width))


@app.command()
def whatif(
    run: RunFolder,
    game: Annotated[int, typer.Option(min=0, help="Which unseen game.")] = 0,
    training: Annotated[
        bool, typer.Option("--training", help="Count among the games of training instead.")
    ] = False,
    at: Annotated[
        int | None,
        typer.Option(
            metavar="DECISION", help="Counted from 1.", show_default="find the turning points"
        ),
    ] = None,
    futures: Annotated[int, typer.Option(min=2, help="Of each macro-action.")] = 64,
    turns: Annotated[
        int, typer.Option(min=0, help="That a future lasts; 0: to the end of the game.")
    ] = 150,
    by: Annotated[
        str, typer.Option(help="Rank by survival, progression, points or reward.")
    ] = "survival",
    workers: Workers = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the futures as replays to watch.")
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page.")] = None,
) -> None:
    """Ask what another choice would have brought: futures of a game, played by the hundred."""
    from experiments.whatif.command import Request
    from experiments.whatif.command import whatif as ask

    ask(Request(run, game, training, at, futures, turns, by, workers, out, html))


@app.command()
def export(
    run: RunFolder,
    out: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an earlier export.")],
) -> None:
    """Write a folder that the public arena plays: the agent, and what it is made of."""
    from experiments.export.command import export as write

    write(run, out)


@app.command()
def reproduce(
    post: Annotated[
        str | None, typer.Argument(metavar="[POST]", help="Which post.", show_default="all")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the plots go.")] = Path(
        "reproduction"
    ),
    mnist: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="MNIST's four IDX files.", show_default="8 × 8 digits stand in"
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of all random numbers.")] = 0,
) -> None:
    """Compute every figure of the source posts, and show it beside the post's own."""
    from experiments.first_principles.command import reproduce as compute

    compute(post, out, mnist, seed)


@app.command()
def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Which benchmarks.", show_default="all"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Measure speed on one core, as ratios to peers and to the raw game."""
    from experiments.bench.command import bench as measure

    measure(tuple(names or ()), json)


@app.command("list")
def list_() -> None:
    """List agents, macro-actions, rewards and configs."""
    from rich.console import Console

    from experiments.listing import show

    show(Console())


def main() -> None:
    """The entry point of `yendor`."""
    app()


if __name__ == "__main__":
    main()
