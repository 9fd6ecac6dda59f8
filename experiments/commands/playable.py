"""Recorded games as pages, for a report to hold."""

from __future__ import annotations

from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.games import Pick, Played, picks
from experiments.replays.format import ReplayError
from experiments.replays.reader import read_replay

LONGEST = 40_000  # keystrokes: a longer game would make the page heavy


def playable(evidence: Evidence) -> tuple[list[Played], list[str]]:
    """Return the picked games that have replays, and why others are left out."""
    games, notes = [], []
    for pick in picks(evidence):
        page, why = _page(pick, evidence.label)
        if page:
            games.append(Played(pick, page))
        elif why:
            notes.append(f"{pick.config}'s {pick.which} game is not in the report: {why}")
    return games, notes


def _page(pick: Pick, label: str) -> tuple[str, str]:
    """Return the page of a game, or why there is none; neither where it was not recorded."""
    from experiments.narrative.story import story
    from experiments.playback.source import playback_of
    from experiments.recordings.page import page_text

    path = pick.contestant.run.replays(label).get(pick.row["game"])
    if path is None:
        return "", ""
    try:
        replay = read_replay(path)
        if replay.seed != pick.row["seed"] or replay.header.get("trained") != pick.row["trained"]:
            return "", f"{path} is of another game"
        if replay.keystrokes > LONGEST:
            return "", f"{replay.keystrokes:,} keystrokes are too many; watch it: {path}"
        playback = playback_of(path, replay)
        playback.play_out()
    except ReplayError as error:
        return "", str(error)
    return page_text(playback, story="\n\n".join(story(playback))), ""
