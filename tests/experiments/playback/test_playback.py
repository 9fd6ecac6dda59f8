"""Films: an agent's, a replay's, and a person's for a while."""

import numpy as np
import pytest
from helpers.facts import changed, facts

from envs.outcome import Outcome
from experiments.frames.summary import summary_lines
from experiments.narrative.story import story
from experiments.playback.live import LivePlayback
from experiments.playback.replayed import ReplayPlayback
from experiments.playback.run_source import RunSource
from experiments.replays.decisions import BY_HAND
from experiments.replays.reader import read_replay
from experiments.runs.run import open_run
from experiments.training.parallel import play_games
from experiments.training.rollout import environment


@pytest.fixture
def live(finished_run):
    return RunSource(finished_run, live=True).open(1)


@pytest.mark.parametrize(("training", "seed"), [(False, 1_000_002), (True, 2)])
def test_the_game_is_the_one_that_evaluation_plays(finished_run, training, seed):
    run = open_run(finished_run)
    agent, _ = run.checkpoint()
    (episode,) = play_games(run.config, agent, [seed], False, 1)
    playback = RunSource(finished_run, training, live=True).open(2)
    playback.play_out()
    assert playback.outcome() == Outcome.of(episode.row)
    assert len(playback.decisions) == episode.row["decisions"]
    last = playback.decisions[-1]
    assert playback.snapshot(last.end, last).reward == pytest.approx(episode.row["reward"])


def test_the_choice_comes_before_the_first_key(live):
    assert live.length == 0 and len(live.decisions) == 1
    assert live.snapshot(0).decision.keys == b""
    assert live.snapshot(0).choice.chosen == live.names.index(live.decisions[0].macro)


def test_a_replay_and_the_game_itself_are_the_same_film(live, recorded, tmp_path):
    path = tmp_path / "1.jsonl.gz"
    path.write_bytes(recorded[1].replay)
    replayed = ReplayPlayback(read_replay(path))
    assert replayed.total == recorded[1].row["keystrokes"] and live.total is None
    live.play_out()
    replayed.play_out()
    assert live.length == replayed.length == live.total
    assert live.keys == replayed.keys
    assert live.settings == replayed.settings
    for position in range(live.length + 1):
        ours, theirs = live.snapshot(position), replayed.snapshot(position)
        assert (ours.screen.chars == theirs.screen.chars).all()
        assert (ours.screen.glyphs == theirs.screen.glyphs).all()
        assert ours.stats == theirs.stats
        assert ours.decision.keys == theirs.decision.keys
        assert ours.reward == pytest.approx(theirs.reward, rel=1e-4, abs=1e-9)


def test_a_moment_knows_the_decision_only_up_to_there(live):
    live.play_out()
    decision = max(live.decisions, key=lambda d: len(d.keys))
    snapshot = live.snapshot(decision.start + 1)
    assert snapshot.decision.number == decision.number
    assert snapshot.decision.keys == decision.keys[:1] and not snapshot.decision.ended
    assert snapshot.past == tuple(live.decisions[: decision.number - 1])[-40:]
    at_its_end = live.snapshot(decision.end, decision)
    assert at_its_end.decision == decision
    if decision.number < len(live.decisions):
        assert live.snapshot(decision.end).decision.number == decision.number + 1


def test_playing_to_a_position_goes_no_further(live):
    assert live.play_to(5) == 5 == live.length
    assert live.play_to(3) == 3 and live.length == 5
    live.play_out()
    assert live.play_to(10**6) == live.length
    assert not live.advance()


def test_a_person_takes_over_and_hands_back(live):
    live.play_to(4)
    before = len(live.decisions)
    for key in b"ss":
        live.press(key)
    assert live.by_hand and live.length == 6
    assert live.decisions[before - 1].ended == "taken over"
    mine = live.decisions[before]
    assert mine.macro == BY_HAND and mine.keys == b"ss" and mine.choice.chosen == -1
    live.advance()
    assert not live.by_hand and live.decisions[before].ended == "handed back"
    live.play_out()
    assert live.over and len(live.decisions) > before + 1
    assert sum(len(d.keys) for d in live.decisions) == live.outcome().keystrokes


def test_the_agents_preference_is_what_it_would_choose_by(live):
    live.play_to(4)
    live.press(ord("s"))
    preference = live.preference()
    assert preference.probabilities.sum() == pytest.approx(1)
    assert (preference.probabilities[~preference.legal] == 0).all()
    assert preference.chosen == np.argmax(preference.probabilities)


def test_asking_for_the_preference_changes_nothing(live):
    """Neither the game, nor what the player knows, nor the agent and its random numbers."""
    while not live.over and live.length < 15:
        before = facts(live.agent, "agent") | facts(live.env, "env")
        first, second = (facts(live.preference(), identity=False) for _ in range(2))
        assert not changed(before, facts(live.agent, "agent") | facts(live.env, "env"))
        assert first == second
        live.advance()


def test_asking_for_the_preference_changes_no_game(finished_run):
    def keys_of(asking):
        playback = RunSource(finished_run, live=True).open(2)
        while playback.advance():
            if asking and playback.decisions[-1].ended:
                playback.preference()
        return playback.keys

    assert keys_of(True) == keys_of(False)


def test_a_game_can_end_by_hand(live):
    while not live.over:
        live.press(ord("s"))
    assert live.decisions[-1].ended == "game over"
    live.press(ord("s"))
    assert live.total == live.length


def test_the_last_key_of_the_agent_ends_the_film(live):
    """So that nobody can take over a game that is over."""
    env = live.env.env
    while not (env.terminated or env.truncated):
        live.play_to(live.length + 1)
    assert live.over and live.decisions[-1].ended == "game over"
    length = live.length
    live.press(ord("s"))
    assert live.length == length


def test_a_replay_under_way_tells_no_more_than_was_played(replay_file):
    playback = ReplayPlayback(read_replay(replay_file))
    assert playback.outcome().keystrokes == 0 and playback.played == []
    assert story(playback) and summary_lines(playback)
    playback.play_to(200)
    assert playback.outcome().keystrokes == 200 and playback.outcome().cause is None
    assert 0 < len(playback.played) < len(playback.decisions)
    assert "200 keystrokes" in story(playback)[0]
    assert f"{len(playback.played):,} decisions" in summary_lines(playback)
    playback.close()
    assert playback.snapshot(100).position == 100


@pytest.mark.parametrize("keys", [0, 2])
def test_no_more_decisions_than_allowed_are_made_by_hand_or_after(finished_run, keys):
    run = open_run(finished_run)
    agent, _ = run.checkpoint()
    env = run.config.env.model_copy(update={"max_decisions": 2})
    playback = LivePlayback(environment(env), agent, 1_000_001, np.random.default_rng(0))
    playback.play_to(3)
    while not playback.by_hand and not playback.over:
        playback.press(ord("s"))
    for _ in range(keys):
        playback.press(ord("s"))
    playback.play_out()
    assert playback.over and all(decision.ended for decision in playback.decisions)
    assert len(playback.decisions) <= 2
