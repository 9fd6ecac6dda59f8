"""The key t in the story: turning points, on request."""

import time

from experiments.playback.run_source import RunSource
from experiments.viewer import asking


def words(watching):
    region = watching.app.screen.query_one("#turning").region
    rows = watching.lines()[region.y : region.bottom]
    return " ".join(" ".join(row[region.x : region.right] for row in rows).split())


def test_t_tells_the_turning_points_in_the_story_and_they_stay(stub_run, watch, monkeypatch):
    monkeypatch.setattr("experiments.whatif.turning_points.CANDIDATE_DECISIONS", 2)
    monkeypatch.setattr("experiments.whatif.turning_points.PULLS_PER_ARM", 2)
    monkeypatch.setattr(asking, "FUTURES", 6)

    async def act(watching):
        await watching.press("i")
        assert "t turning points" in watching.text()
        await watching.press("t")
        await watching.until(lambda: "sequential halving picked" in words(watching), seconds=60)
        assert "A turning point may have been decision" in words(watching)
        await watching.press("escape")
        await watching.press("i")
        await watching.until(lambda: "sequential halving picked" in words(watching))

    watch(RunSource(stub_run), act)


def test_stopping_keeps_what_was_computed(stub_run, watch, monkeypatch):
    """A search that finds one turning point, and then goes on for ever."""

    class Endless(asking.Search):
        def run(self):
            self.arms = [asking_arm]
            yield point
            while True:
                time.sleep(0.01)  # a future
                self.heard(1)

    asking_arm, point = type("Arm", (), {"at": 1})(), object()
    monkeypatch.setattr(asking, "Search", Endless)
    monkeypatch.setattr(asking, "tell", lambda *_: "The one turning point.")
    monkeypatch.setattr(asking, "doubt", lambda search, points, stopped: f"{len(points)} judged.")

    async def act(watching):
        await watching.press("i", "t")
        await watching.until(lambda: "(t stops)" in words(watching), seconds=20)
        await watching.press("t")
        expected = "The one turning point. Stopped; t begins anew. 1 judged."
        await watching.until(lambda: expected in words(watching), seconds=20)

    watch(RunSource(stub_run), act)


def test_leaving_the_story_stops_the_search(stub_run, watch, monkeypatch):
    ended = []

    def endless(source, number, playback, known, heard):
        try:
            while True:
                time.sleep(0.01)
                heard(1)
        finally:
            ended.append(known)

    monkeypatch.setattr(asking, "find_turning_points", endless)

    async def act(watching):
        await watching.press("i", "t")
        await watching.press("escape")
        await watching.until(lambda: bool(ended))

    watch(RunSource(stub_run), act)


def test_a_replay_alone_has_no_agent_to_play_on(replays, watch):
    async def act(watching):
        await watching.press("i", "t")
        await watching.until(lambda: "Only the games of a run" in words(watching), seconds=20)

    watch(replays, act)
